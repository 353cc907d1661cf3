# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Endpoints about the landscape: what there is, and what needs what."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router
from pydantic import Field

from dijkring.core.rest import ApiRequest, Id, Line, Page, Paging, Resource, endpoint, page_of
from dijkring.landscape.models import Asset, Component, Dependency, Scenario
from dijkring.landscape.selectors import assets as selectors
from dijkring.landscape.selectors import components, dependencies, starts, whatif
from dijkring.landscape.selectors.whatif import Harm
from dijkring.landscape.services.looking import seen

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


class StartResource(Resource):
    """What fails at the start: an asset by its id, or all that hangs on one name."""

    kind: str
    value: str
    name: str


class ScenarioResource(Resource):
    """A what-if that is kept; what follows is reckoned anew."""

    id: int
    name: str
    description: str
    starts: list[StartResource]
    added_at: datetime


class ScenarioPage(Page[ScenarioResource]):
    """A part of the scenarios, by name."""


class HarmResource(Resource):
    """What fails or is hindered after so many hours, and by what, the cause first.

    `asset` is null for a part of another's landscape, which lies `within` that organisation.
    """

    asset: int | None
    name: str
    kind: str
    within: str
    state: Literal["fails", "hindered"]
    hours: float
    statutory: bool
    residents: int
    because: list[str]


class AnsweredScenario(ScenarioResource):
    """A scenario with all that happens in it now, the earliest first."""

    harms: list[HarmResource]


class ComponentResource(Resource):
    """One part of the software of a system, by the latest list that was taken over (SBOM)."""

    id: int
    system: int
    name: str
    version: str
    purl: str
    licence: str
    kind: str


class ComponentPage(Page[ComponentResource]):
    """A part of the software, by name and version."""


class ComponentFilter(Paging):
    system: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = None
    name: Line | None = None


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


@router.get("/scenarios", **endpoint(SCOPE, _("List scenarios"), ScenarioPage))
def list_scenarios(request: ApiRequest, wanted: Query[Paging]) -> Any:
    rows = whatif.scenarios(request.actor.organisation_id).order_by("name", "pk")
    return page_of(request, wanted, rows, _scenario)


@router.get(
    "/scenarios/{scenario_id}",
    **endpoint(
        SCOPE, _("Show what fails in a scenario, as the landscape is now"), AnsweredScenario
    ),
)
def show_scenario(request: ApiRequest, scenario_id: Id) -> Any:
    rows = whatif.scenarios(request.actor.organisation_id)
    found = get_object_or_404(rows, pk=scenario_id)
    known = seen(request.actor, found.name)
    hanging = starts.by_kind(known, starts.names(found.organisation_id, known))
    chosen = starts.chosen(known, hanging, starts.asked_by(found))
    harms = whatif.answer(known, chosen).harms if chosen else []
    return AnsweredScenario(**_scenario(found).model_dump(), harms=[_harm(one) for one in harms])


@router.get("/components", **endpoint(SCOPE, _("List the software of systems"), ComponentPage))
def list_components(request: ApiRequest, wanted: Query[ComponentFilter]) -> Any:
    rows = components.components(request.actor.organisation_id)
    rows = rows.filter(system_id=wanted.system) if wanted.system else rows
    rows = rows.filter(name=wanted.name) if wanted.name else rows
    return page_of(request, wanted, rows, _component)


def _scenario(row: Scenario) -> ScenarioResource:
    return ScenarioResource(
        id=row.pk,
        name=row.name,
        description=row.description,
        starts=[
            StartResource(kind=one.kind, value=value, name=one.words or str(one))
            for one, (_kind, value) in zip(row.starts.all(), starts.asked_by(row), strict=True)
        ],
        added_at=row.added_at,
    )


def _harm(one: Harm) -> HarmResource:
    return HarmResource(
        asset=None if one.node.theirs else one.pk,
        name=one.node.name,
        kind=one.node.kind,
        within=one.node.within,
        state="fails" if one.state == "fails" else "hindered",
        hours=round(one.seconds / whatif.HOUR, 2),
        statutory=one.node.statutory,
        residents=one.node.residents,
        because=[one.landscape.nodes[step.asset].name for step in one.path[:-1]],
    )


def _component(row: Component) -> ComponentResource:
    same = ("name", "version", "purl", "licence", "kind")
    return ComponentResource(
        id=row.pk, system=row.system_id, **{name: getattr(row, name) for name in same}
    )


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
