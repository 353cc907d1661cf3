# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions about one supplier."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from dijkring.core.rows import fetch
from dijkring.landscape.models import Asset
from dijkring.suppliers.models import (
    CountryOfConcern,
    Inquiry,
    ParentCompany,
    Supplier,
    SupplierLine,
)


@dataclass(frozen=True, slots=True)
class Lines:
    """Everything that hangs on a supplier: what is there per kind, and what was taken out."""

    there: dict[type[SupplierLine], list[SupplierLine]]
    taken_out: list[SupplierLine]

    @property
    def owners(self) -> list[ParentCompany]:
        """The companies above a supplier, from its owner upwards."""
        found = [one for one in self.there.get(ParentCompany, []) if isinstance(one, ParentCompany)]
        return sorted(found, key=lambda one: (one.place, one.pk))


def lines(supplier: Supplier, models: Sequence[type[SupplierLine]]) -> Lines:
    """Return everything that hangs on a supplier, of all tables in one query."""
    each = [
        f"SELECT {place}, to_jsonb(t) FROM {model._meta.db_table} t WHERE supplier_id = %s"  # noqa: S608
        for place, model in enumerate(models)
    ]
    rows = fetch(" UNION ALL ".join(each), [supplier.pk] * len(models))
    found = [_line(models[place], values, supplier) for place, values in rows]
    found.sort(key=_order)
    there: dict[type[SupplierLine], list[SupplierLine]] = {}
    for one in found:
        if one.removed_at is None:
            there.setdefault(type(one), []).append(one)
    taken_out = [one for one in found if one.removed_at is not None]
    return Lines(there, sorted(taken_out, key=lambda one: str(one.removed_at), reverse=True))


def _line(model: type[SupplierLine], values: dict[str, Any], supplier: Supplier) -> SupplierLine:
    """Make a line of what the database wrote as JSON; what is asked of it later is asked then."""
    fields = model._meta.concrete_fields
    row = model.from_db("default", [one.attname for one in fields], [
        one.to_python(values[one.column or ""]) for one in fields
    ])  # fmt: skip
    row.supplier = supplier
    return row


def _order(line: SupplierLine) -> tuple[str, int]:
    """Return the order of the table: by name where it has one, else the newest first."""
    by_name = "name" in (line._meta.ordering or ())
    return (str(line).casefold() if by_name else "", -line.pk)


def owners(supplier: Supplier) -> list[ParentCompany]:
    """Return the companies above a supplier, from its owner upwards."""
    rows = ParentCompany.objects.filter(supplier=supplier, removed_at=None)
    return list(rows.order_by("place", "pk"))


def concerns(organisation_id: int) -> dict[str, CountryOfConcern]:
    """Return our own list of countries with an offensive cyber programme, by code."""
    rows = CountryOfConcern.objects.filter(organisation_id=organisation_id, removed_at=None)
    return {one.country: one for one in rows}


def delivered(supplier: Supplier) -> Sequence[Asset]:
    """Return what a supplier delivers in our landscape, by itself or under a running contract."""
    own = Q(contracts__contract__supplier=supplier, contracts__contract__removed_at=None)
    if supplier.party_id:
        own |= Q(party_id=supplier.party_id)
    rows = Asset.objects.filter(own, retired_at=None, organisation_id=supplier.organisation_id)
    return list(rows.distinct().order_by("name"))


def inquiries(supplier: Supplier) -> QuerySet[Inquiry]:
    """Return the questionnaires of a supplier, the newest first."""
    rows = Inquiry.objects.filter(supplier=supplier).select_related("supplier")
    return rows.annotate(given=Count("replies", filter=~Q(replies__choice=""))).order_by("-pk")
