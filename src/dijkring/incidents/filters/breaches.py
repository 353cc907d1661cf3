# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The filter of the register of breaches."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dijkring.incidents.models import Breach, Incident, Submission
from dijkring.incidents.selectors.breaches import AUTHORITY
from dijkring.ui.filters import (
    ChoiceFilter,
    DateFromFilter,
    DateUntilFilter,
    FilterSet,
    SearchFilter,
)

NATURES = [
    ("confidentiality", _("confidentiality")),
    ("integrity", _("integrity")),
    ("availability", _("availability")),
]
TOLD = [("yes", _("yes")), ("no", _("no"))]


class BreachFilter(FilterSet):
    """Filter breaches."""

    search = SearchFilter("title", method="with_words")
    nature = ChoiceFilter(label=_("Nature of the breach"), choices=NATURES, method="of_nature")
    role = ChoiceFilter(
        label=_("Own role"), field_name="breach__own_role", choices=Breach.OwnRole.choices
    )
    told = ChoiceFilter(label=_("AP told"), choices=TOLD, method="that_ap_knows")
    since = DateFromFilter("reported_at__date", label=_("From"))
    until = DateUntilFilter("reported_at__date", label=_("Until"))

    class Meta:
        model = Incident
        fields: tuple[str, ...] = ()

    def with_words(self, rows: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        """Search in title, facts and processor."""
        found = Q(title__icontains=words) | Q(breach__facts__icontains=words)
        return rows.filter(found | Q(breach__processor__icontains=words))

    def of_nature(self, rows: QuerySet[Any], _name: str, nature: str) -> QuerySet[Any]:
        """Keep those of one nature."""
        return rows.filter(**{f"breach__{nature}": True})

    def that_ap_knows(self, rows: QuerySet[Any], _name: str, answer: str) -> QuerySet[Any]:
        """Keep those of which the AP was told, or was not."""
        told = Submission.objects.filter(
            incident=OuterRef("pk"), obligation=AUTHORITY, withdrawn_at=None
        )
        return rows.filter(Exists(told)) if answer == "yes" else rows.filter(~Exists(told))
