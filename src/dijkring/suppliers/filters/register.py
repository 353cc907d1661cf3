# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The filters of suppliers, contracts, questionnaires and the calendar."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dijkring.core import clock
from dijkring.suppliers.models import (
    Contract,
    Inquiry,
    Procurement,
    StandardException,
    Supplier,
    Tier,
)
from dijkring.suppliers.selectors.register import running
from dijkring.ui.filters import ChoiceFilter, FilterSet, SearchFilter

LOOKS = [
    ("exit", _("a contract without a way out")),
    ("contract", _("no running contract")),
    ("review", _("never reviewed")),
    ("assurance", _("no valid assurance")),
    ("owner", _("without a process owner")),
    ("retired", _("retired")),
]


class SupplierFilter(FilterSet):
    """Filter suppliers; those out of use show only when asked for."""

    search = SearchFilter("name", method="with_words")
    tier = ChoiceFilter(
        label=pgettext_lazy("supplier", "Level"),
        choices=[*Tier.choices, ("unknown", _("not known"))],
        method="of_tier",
    )
    look = ChoiceFilter(label=_("What lacks"), choices=LOOKS, method="of_look")

    class Meta:
        model = Supplier
        fields: tuple[str, ...] = ()

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Leave out what is retired, unless it was asked for."""
        rows: QuerySet[Any] = super().filter_queryset(queryset)
        asked = self.form.cleaned_data.get("look") == "retired"
        return rows if asked else rows.filter(retired_at=None)

    def with_words(self, rows: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        """Search in name, number, what it does, contact, and the names of its contracts."""
        found = Q(name__icontains=words) | Q(kvk=words) | Q(delivers__icontains=words)
        found |= Q(contact__icontains=words) | Q(contracts__name__icontains=words)
        return rows.filter(pk__in=Supplier.objects.filter(found).values("pk"))

    def of_tier(self, rows: QuerySet[Any], _name: str, tier: str) -> QuerySet[Any]:
        """Keep one level: what was decided, else what was computed."""
        if tier == "unknown":
            return rows.filter(tier_set="", tier_found="")
        return rows.filter(Q(tier_set=tier) | Q(tier_set="", tier_found=tier))

    def of_look(self, rows: QuerySet[Any], _name: str, look: str) -> QuerySet[Any]:
        """Keep what lacks something, or is retired."""
        wanted: dict[str, Q] = {
            "exit": Q(without_exit=True),
            "contract": Q(running=0),
            "review": Q(reviewed_on=None),
            "assurance": Q(assured_until=None) | Q(assured_until__lt=clock.today()),
            "owner": Q(owner=None),
            "retired": Q(retired_at__isnull=False),
        }
        return rows.filter(wanted[look])


class ContractFilter(FilterSet):
    """Filter contracts; what has ended shows only when asked for."""

    search = SearchFilter("name", method="with_words")
    gibit = ChoiceFilter(label=_("Terms"), choices=Contract.Gibit.choices)
    look = ChoiceFilter(
        label=_("State"),
        choices=[("exit", _("running, without a way out")), ("ended", _("ended or not begun"))],
        method="of_look",
    )

    class Meta:
        model = Contract
        fields: tuple[str, ...] = ()

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Leave out what does not run, unless it was asked for."""
        rows: QuerySet[Any] = super().filter_queryset(queryset)
        asked = self.form.cleaned_data.get("look") == "ended"
        return rows if asked else rows.filter(running(clock.today()))

    def with_words(self, rows: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        """Search in name, number, supplier and what it delivers."""
        found = Q(name__icontains=words) | Q(reference__icontains=words)
        return rows.filter(
            found | Q(supplier__name__icontains=words) | Q(delivers__icontains=words)
        )

    def of_look(self, rows: QuerySet[Any], _name: str, look: str) -> QuerySet[Any]:
        """Keep contracts without a way out, or those that do not run."""
        if look == "exit":
            return rows.filter(exit_plan="", exit_upload=None)
        return rows.exclude(pk__in=rows.filter(running(clock.today())).values("pk"))


class InquiryFilter(FilterSet):
    """Filter questionnaires."""

    search = SearchFilter("supplier__name")
    look = ChoiceFilter(label=_("State"), choices=Inquiry.State.choices, method="of_look")

    class Meta:
        model = Inquiry
        fields: tuple[str, ...] = ()

    def of_look(self, rows: QuerySet[Any], _name: str, look: str) -> QuerySet[Any]:
        """Keep questionnaires that stand in one way; the clock decides what has expired."""
        now = clock.now()
        waiting = Q(submitted_at=None, withdrawn_at=None)
        wanted = {
            Inquiry.State.OPEN.value: waiting & Q(expires_at__gt=now),
            Inquiry.State.EXPIRED.value: waiting & Q(expires_at__lte=now),
            Inquiry.State.SUBMITTED.value: Q(submitted_at__isnull=False),
            Inquiry.State.WITHDRAWN.value: Q(submitted_at=None, withdrawn_at__isnull=False),
        }
        return rows.filter(wanted[look])


class ProcurementFilter(FilterSet):
    """Filter the calendar."""

    search = SearchFilter("name")
    state = ChoiceFilter(label=_("State"), choices=Procurement.State.choices)

    class Meta:
        model = Procurement
        fields: tuple[str, ...] = ()


class ExplanationFilter(FilterSet):
    """Filter explanations; what was taken out shows only when asked for."""

    search = SearchFilter("what")
    look = ChoiceFilter(label=_("State"), choices=[("removed", _("taken out"))], method="of_look")

    class Meta:
        model = StandardException
        fields: tuple[str, ...] = ()

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Leave out what was taken out, unless it was asked for."""
        rows: QuerySet[Any] = super().filter_queryset(queryset)
        asked = self.form.cleaned_data.get("look") == "removed"
        return rows if asked else rows.filter(removed_at=None)

    def of_look(self, rows: QuerySet[Any], _name: str, look: str) -> QuerySet[Any]:
        """Keep what was taken out."""
        return rows.filter(removed_at__isnull=False)
