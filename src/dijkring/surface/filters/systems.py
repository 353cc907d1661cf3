# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The filter of the register of systems."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dijkring.surface.models import Part, System
from dijkring.surface.selectors import systems as selectors
from dijkring.ui.filters import ChoiceFilter, FilterSet, SearchFilter

LOOKS = [
    ("owner", _("without an owner")),
    ("empty", _("nothing belongs to it")),
    ("review", _("to be reviewed")),
    ("retired", _("retired")),
]


class SystemFilter(FilterSet):
    """Filter systems; those out of use show only when asked for."""

    search = SearchFilter("name", method="with_words")
    kind = ChoiceFilter(label=_("Kind"), choices=System.Kind.choices)
    part = ChoiceFilter(label=_("We are"), choices=Part.choices)
    look = ChoiceFilter(label=_("State"), choices=LOOKS, method="of_look")

    class Meta:
        model = System
        fields: tuple[str, ...] = ()

    def filter_queryset(self, queryset: QuerySet[System]) -> QuerySet[System]:
        """Leave out what is retired, unless it was asked for."""
        rows: QuerySet[System] = super().filter_queryset(queryset)
        asked = self.form.cleaned_data.get("look") == "retired"
        return rows if asked else rows.filter(retired_at=None)

    def with_words(self, rows: QuerySet[System], _name: str, words: str) -> QuerySet[System]:
        """Search in name, purpose, who mends it, its names and its addresses."""
        named = Q(name__icontains=words) | Q(purpose__icontains=words)
        named |= Q(supplier__icontains=words) | Q(party__name__icontains=words)
        named |= Q(belongings__address__icontains=words)
        named |= Q(belongings__domain__name__icontains=words)
        return rows.filter(pk__in=System.objects.filter(named).values("pk"))

    def of_look(self, rows: QuerySet[System], _name: str, look: str) -> QuerySet[System]:
        """Keep the systems that lack something, or are out of use."""
        too_old = selectors.oldest_good_review()
        wanted: dict[str, Any] = {
            "owner": Q(owner=None),
            "empty": Q(names=0, addresses=0),
            "review": Q(reviewed_on=None) | Q(reviewed_on__lt=too_old),
            "retired": Q(retired_at__isnull=False),
        }
        return rows.filter(wanted[look])
