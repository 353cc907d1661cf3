# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions about one supplier."""

from collections.abc import Iterable, Sequence

from django.db.models import Count, Q, QuerySet

from dijkring.landscape.models import Asset
from dijkring.suppliers.models import (
    CountryOfConcern,
    Inquiry,
    ParentCompany,
    Supplier,
    SupplierLine,
)


def lines(supplier: Supplier, model: type[SupplierLine]) -> QuerySet[SupplierLine]:
    """Return the lines of one kind that are there."""
    rows = model._default_manager.filter(supplier=supplier, removed_at=None)
    return rows.select_related("supplier")


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


def taken_out(supplier: Supplier, models: Iterable[type[SupplierLine]]) -> list[SupplierLine]:
    """Return everything that was taken out, the latest first; one query per kind."""
    found: list[SupplierLine] = []
    for model in models:
        rows = model._default_manager.filter(supplier=supplier, removed_at__isnull=False)
        found += rows.select_related("supplier")
    return sorted(found, key=lambda one: str(one.removed_at), reverse=True)
