# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Endpoints about the landscape: what there is, and what needs what."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from dijkring.core.rest import ApiRequest, Id, Page, Paging, Resource, endpoint, page_of
from dijkring.landscape.models import Asset, Dependency
from dijkring.landscape.selectors import assets as selectors
from dijkring.landscape.selectors import dependencies

router = Router(tags=["landscape"])
SCOPE = "landscape:read"
Kind = Literal[
    "task", "service", "process", "system", "data", "platform", "network", "location", "ot",
    "supplied", "role",
]  # fmt: skip


class AssetResource(Resource):
    """Something that the organisation has, does or relies on; null means unknown.

    With `provider` it stands for a service of that organisation. Levels count from 1, the lowest.
    """

    id: int
    kind: str
    name: str
    description: str
    owner: str
    lifecycle: str
    availability: int | None
    integrity: int | None
    confidentiality: int | None
    mtpd_hours: Decimal | None
    rto_hours: Decimal | None
    rpo_hours: Decimal | None
    residents: int | None
    statutory: bool | None
    law: str
    personal_data: str
    algorithm: str
    supplier: str
    jurisdiction: str
    place: str
    latitude: float | None
    longitude: float | None
    provider: str
    reference: str
    confirmed_on: date | None
    added_at: datetime
    retired_at: datetime | None


class AssetPage(Page[AssetResource]):
    """A part of the landscape, by name."""


class AssetFilter(Paging):
    kind: Kind | None = None
    retired: bool = False


class DependencyResource(Resource):
    """One asset needs another, by their ids; of a group `needed_of_group` must work."""

    id: int
    dependent: int
    needed: int
    kind: str
    group: str
    needed_of_group: int | None
    delay_hours: Decimal | None
    since: date | None
    confirmed_on: date | None


class DependencyPage(Page[DependencyResource]):
    """A part of what needs what."""


@router.get("/assets", **endpoint(SCOPE, _("List the landscape"), AssetPage))
def list_assets(request: ApiRequest, wanted: Query[AssetFilter]) -> Any:
    rows = _assets(request).filter(retired_at__isnull=not wanted.retired)
    rows = rows.filter(kind=wanted.kind) if wanted.kind else rows
    return page_of(request, wanted, rows, _asset)


@router.get("/assets/{asset_id}", **endpoint(SCOPE, _("Show an asset"), AssetResource))
def show_asset(request: ApiRequest, asset_id: Id) -> Any:
    return _asset(get_object_or_404(_assets(request), pk=asset_id))


@router.get("/dependencies", **endpoint(SCOPE, _("List what needs what"), DependencyPage))
def list_dependencies(request: ApiRequest, wanted: Query[Paging]) -> Any:
    rows = dependencies.dependencies(request.actor.organisation_id).order_by("pk")
    return page_of(request, wanted, rows, _dependency)


def _assets(request: ApiRequest) -> QuerySet[Asset]:
    rows = Asset.objects.filter(organisation_id=request.actor.organisation_id)
    return rows.select_related("owner", "party", "provider").order_by("name", "pk")


_SAME = (
    "kind", "name", "description", "lifecycle", *selectors.LEVELS, "mtpd_hours", "rto_hours",
    "rpo_hours", "residents", "statutory", "law", "personal_data", "algorithm", "place",
    "latitude", "longitude", "reference", "confirmed_on", "added_at", "retired_at",
)  # fmt: skip


def _asset(row: Asset) -> AssetResource:
    values = {name: getattr(row, name) for name in _SAME}
    return AssetResource(
        id=row.pk,
        owner=str(row.owner or ""),
        supplier=str(row.party or ""),
        jurisdiction=row.jurisdiction or (row.party.jurisdiction if row.party else ""),
        provider=str(row.provider or ""),
        **values,
    )


def _dependency(row: Dependency) -> DependencyResource:
    return DependencyResource(
        id=row.pk,
        dependent=row.dependent_id,
        needed=row.needed_id,
        kind=row.kind,
        group=str(row.group or ""),
        needed_of_group=row.group.needed if row.group else None,
        delay_hours=row.delay_hours,
        since=row.since,
        confirmed_on=row.confirmed_on,
    )
