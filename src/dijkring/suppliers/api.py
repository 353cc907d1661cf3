# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Endpoints about suppliers and contracts."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from dijkring.core.rest import ApiRequest, Id, Page, Paging, Resource, endpoint, page_of
from dijkring.suppliers.models import Contract
from dijkring.suppliers.selectors import register as selectors

router = Router(tags=["suppliers"])


class SupplierResource(Resource):
    """A supplier; an empty `tier` is not known."""

    id: int
    name: str
    kvk: str
    delivers: str
    jurisdiction: str
    cloud: str
    personal_data: str
    leans: str
    tier: str
    added_at: datetime
    retired_at: datetime | None


class SupplierPage(Page[SupplierResource]):
    """A part of the suppliers, by name."""


class SupplierFilter(Paging):
    retired: Literal["yes", "no"] | None = None


class ContractResource(Resource):
    """A contract with its dates; `hasExit` tells whether it is written down how we leave."""

    id: int
    supplier_id: int
    name: str
    reference: str
    gibit: str
    starts_on: date | None
    ends_on: date | None
    notice_on: date | None
    renews: bool
    ended_on: date | None
    value: Decimal | None
    has_exit: bool


class ContractPage(Page[ContractResource]):
    """A part of the contracts, by supplier and name."""


SCOPE = "suppliers:read"


@router.get("/suppliers", **endpoint(SCOPE, _("List suppliers"), SupplierPage))
def list_suppliers(request: ApiRequest, wanted: Query[SupplierFilter]) -> Any:
    rows = selectors.suppliers(request.actor.organisation_id)
    if wanted.retired is not None:
        rows = rows.filter(retired_at__isnull=wanted.retired == "no")
    return page_of(request, wanted, rows, SupplierResource.model_validate)


@router.get("/suppliers/{supplier_id}", **endpoint(SCOPE, _("Show a supplier"), SupplierResource))
def show_supplier(request: ApiRequest, supplier_id: Id) -> Any:
    rows = selectors.suppliers(request.actor.organisation_id)
    return SupplierResource.model_validate(get_object_or_404(rows, pk=supplier_id))


@router.get("/contracts", **endpoint(SCOPE, _("List contracts"), ContractPage))
def list_contracts(request: ApiRequest, wanted: Query[Paging]) -> Any:
    rows = selectors.contracts(request.actor.organisation_id)
    return page_of(request, wanted, rows, ContractResource.model_validate)


@router.get("/contracts/{contract_id}", **endpoint(SCOPE, _("Show a contract"), ContractResource))
def show_contract(request: ApiRequest, contract_id: Id) -> Any:
    rows = Contract.objects.filter(organisation_id=request.actor.organisation_id)
    return ContractResource.model_validate(get_object_or_404(rows, pk=contract_id))
