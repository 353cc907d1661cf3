# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions about the register of suppliers as a whole."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, TypeVar

from django.db.models import Aggregate, Count, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from dijkring.core import clock
from dijkring.landscape.models import Party
from dijkring.organisations.models import Membership
from dijkring.suppliers.judging import Register
from dijkring.suppliers.models import (
    Alternative,
    AssuranceReport,
    Contract,
    ContractAsset,
    Inquiry,
    ParentCompany,
    ProcessingAgreement,
    Promise,
    Review,
    SovereigntyAssessment,
    SubSupplier,
    Supplier,
    SupplierLine,
)

L = TypeVar("L", bound=SupplierLine)
THERE = Q(removed_at=None)


def running(day: date, prefix: str = "") -> Q:
    """Return the condition that a contract is in force on a day."""

    def on(**terms: Any) -> Q:
        return Q(**{f"{prefix}{name}": value for name, value in terms.items()})

    begun = on(starts_on=None) | on(starts_on__lte=day)
    goes_on = on(renews=True) | on(ends_on=None) | on(ends_on__gte=day)
    return on(removed_at=None) & begun & (on(ended_on__gte=day) | on(ended_on=None) & goes_on)


def suppliers(organisation_id: int) -> QuerySet[Any]:
    """Return every supplier, retired ones too, with what decides in a list.

    Annotated: `running` (contracts in force), `next_end`, `without_exit`, `last_country` (of its
    owners), `reviewed_on`, `assured_until`, `open_promises`. Each is asked apart: joined they
    would multiply.
    """
    ours = Contract.objects.filter(running(clock.today()), supplier=OuterRef("pk"))
    there = {"supplier": OuterRef("pk"), "removed_at": None}
    owners = ParentCompany.objects.exclude(country="").filter(**there)
    promises = Promise.objects.filter(kept_on=None, **there)
    rows = Supplier.objects.filter(organisation_id=organisation_id).select_related("owner", "party")
    return rows.annotate(
        running=_of(ours, Count("pk"), 0),
        next_end=_of(ours, Min("ends_on")),
        without_exit=Exists(ours.filter(exit_plan="", exit_upload=None)),
        last_country=Subquery(owners.order_by("-place", "-pk").values("country")[:1]),
        reviewed_on=_of(Review.objects.filter(**there), Max("on")),
        assured_until=_of(AssuranceReport.objects.filter(**there), Max("until_on")),
        open_promises=_of(promises, Count("pk"), 0),
    ).order_by("name")


def _of(rows: QuerySet[Any], what: Aggregate, nothing: Any = None) -> Any:
    """Return one aggregate over the lines of each supplier."""
    found = Subquery(rows.order_by().values("supplier").annotate(found=what).values("found"))
    return found if nothing is None else Coalesce(found, nothing)


def in_use(organisation_id: int) -> QuerySet[Supplier]:
    """Return the suppliers in use, by name."""
    rows = Supplier.objects.filter(organisation_id=organisation_id, retired_at=None)
    return rows.select_related("party").order_by("name")


def contracts(organisation_id: int) -> QuerySet[Contract]:
    """Return every contract of suppliers in use."""
    rows = Contract.objects.filter(organisation_id=organisation_id, supplier__retired_at=None)
    return rows.filter(THERE).select_related("supplier").order_by("supplier__name", "name")


def delivered(assets: Collection[int]) -> Iterable[int]:
    """Return which of some assets a contract delivers."""
    rows = ContractAsset.objects.filter(asset__in=assets, contract__removed_at=None)
    return rows.values_list("asset_id", flat=True)


def whole(organisation_id: int) -> Register:
    """Return the register as it is judged: nine queries, however large it is."""
    mine = {"organisation_id": organisation_id, "removed_at": None}
    # What another asked, and what nobody answered in time, lays down nothing of ours.
    asked = Inquiry.objects.filter(
        Q(submitted_at__isnull=False) | Q(expires_at__gt=clock.now()),
        organisation_id=organisation_id,
        withdrawn_at=None,
        taken_from="",
    )
    return Register(
        list(in_use(organisation_id)),
        _by_supplier(Contract.objects.filter(THERE, organisation_id=organisation_id)),
        _by_supplier(Review.objects.filter(THERE, organisation_id=organisation_id)),
        _by_supplier(AssuranceReport.objects.filter(THERE, organisation_id=organisation_id)),
        _by_supplier(ProcessingAgreement.objects.filter(THERE, organisation_id=organisation_id)),
        _by_supplier(SubSupplier.objects.filter(**mine)),
        _by_supplier(SovereigntyAssessment.objects.filter(**mine)),
        _by_supplier(Alternative.objects.filter(**mine)),
        frozenset(asked.values_list("supplier_id", flat=True)),
    )


def _by_supplier(rows: Iterable[L]) -> dict[int, list[L]]:
    found: dict[int, list[L]] = defaultdict(list)
    for row in rows:
        found[row.supplier_id].append(row)
    return found


def not_in_register(organisation_id: int) -> list[Party]:
    """Return who delivers something in the landscape and stands in no register of suppliers."""
    known = Supplier.objects.filter(organisation_id=OuterRef("organisation_id"))
    same = known.filter(Q(party=OuterRef("pk")) | Q(name__iexact=OuterRef("name")))
    rows = Party.objects.filter(~Exists(same), organisation_id=organisation_id, retired_at=None)
    return list(rows.filter(assets__retired_at=None).distinct().order_by("name"))


def colleagues(organisation_id: int) -> list[tuple[int, str]]:
    """Return who can own a process, as (person, name)."""
    rows = Membership.objects.filter(organisation_id=organisation_id, until=None)
    return list(rows.order_by("user__name").values_list("user_id", "user__name"))


def jurisdiction(supplier: Supplier, owners: Iterable[Any] = ()) -> str:
    """Return the country whose law reaches a supplier in the end; empty is not known.

    The last company of the chain of owners that has a country, else its own, else that of the
    landscape.
    """
    chain = [one.country for one in owners if one.country]
    own = supplier.jurisdiction or (supplier.party.jurisdiction if supplier.party else "")
    return chain[-1] if chain else own
