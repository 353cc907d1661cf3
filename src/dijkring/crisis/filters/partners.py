# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The filters of partners and agreements; what was taken out shows only when asked for."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dijkring.core import clock
from dijkring.crisis.models.agreements import PartnerAgreement
from dijkring.crisis.models.partners import Partner
from dijkring.ui.filters import ChoiceFilter, FilterSet, SearchFilter

AGAIN, OUT = ("again", _("needs review")), ("out", _("taken out"))


class InUseFilter(FilterSet):
    """Leaves out what was taken out, unless it was asked for."""

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep what is in use."""
        rows: QuerySet[Any] = super().filter_queryset(queryset)
        out = self.form.cleaned_data.get("look") == "out"
        return rows.filter(retired_at__isnull=not out)

    def of_look(self, rows: QuerySet[Any], _name: str, look: str) -> QuerySet[Any]:
        """Keep what lacks something."""
        nobody = Q(kind=Partner.Kind.OWN, holder=None, person="")
        conditions = {
            "again": Q(review_on__lt=clock.today()),
            "nobody": nobody,
            "number": Q(phone_day="") | Q(phone_night=""),
            "ended": Q(ends_on__lt=clock.today()),
        }
        return rows.filter(conditions[look]) if look in conditions else rows


class PartnerFilter(InUseFilter):
    """Filter partners."""

    search = SearchFilter("name", method="with_words")
    kind = ChoiceFilter(label=_("Kind"), choices=Partner.Kind.choices)
    look = ChoiceFilter(
        label=_("State"),
        choices=[
            ("nobody", _("nobody is named")),
            ("number", _("a number is missing")),
            AGAIN,
            OUT,
        ],
        method="of_look",
    )

    class Meta:
        model = Partner
        fields: tuple[str, ...] = ()

    def with_words(self, rows: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        """Search in name, person and what it does."""
        found = Q(name__icontains=text) | Q(person__icontains=text) | Q(does__icontains=text)
        return rows.filter(found | Q(holder__name__icontains=text))


class AgreementFilter(InUseFilter):
    """Filter agreements."""

    search = SearchFilter("title", method="with_words")
    kind = ChoiceFilter(label=_("Kind"), choices=PartnerAgreement.Kind.choices)
    look = ChoiceFilter(
        label=_("State"), choices=[AGAIN, ("ended", _("has ended")), OUT], method="of_look"
    )

    class Meta:
        model = PartnerAgreement
        fields: tuple[str, ...] = ()

    def with_words(self, rows: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        """Search in title, text and partner."""
        found = Q(title__icontains=text) | Q(text__icontains=text)
        return rows.filter(found | Q(sides__partner__name__icontains=text)).distinct()
