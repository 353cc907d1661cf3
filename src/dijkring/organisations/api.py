# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Endpoints about organisations; which bodies exist is public."""

from typing import Any, Literal

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from dijkring.core.rest import ApiRequest, Line, Page, Paging, Resource, endpoint, page_of
from dijkring.organisations.models import Organisation

router = Router(tags=["organisations"])
Kind = Literal["municipality", "joint_body", "safety_region", "csirt", "supervisor", "supplier"]


class OrganisationResource(Resource):
    """A body that takes part; `own` is the organisation of the token."""

    id: int
    slug: str
    name: str
    kind: str
    code: str
    region_code: str
    province: str
    population: int | None
    own: bool


class OrganisationPage(Page[OrganisationResource]):
    """A part of the organisations."""


class OrganisationFilter(Paging):
    kind: Kind | None = None
    region_code: Line | None = None
    name: Line | None = None


@router.get(
    "/organisations", **endpoint("organisations:read", _("List organisations"), OrganisationPage)
)
def list_organisations(request: ApiRequest, wanted: Query[OrganisationFilter]) -> Any:
    rows = Organisation.objects.order_by("sort_name", "id")
    for field, value in wanted.model_dump(
        include={"kind", "region_code"}, exclude_none=True
    ).items():
        rows = rows.filter(**{field: value})
    rows = rows.filter(name__icontains=wanted.name) if wanted.name else rows
    return page_of(request, wanted, rows, lambda row: _resource(request, row))


@router.get(
    "/organisations/{slug}",
    **endpoint("organisations:read", _("Show an organisation"), OrganisationResource),
)
def show_organisation(request: ApiRequest, slug: Line) -> Any:
    return _resource(request, get_object_or_404(Organisation, slug=slug))


def _resource(request: ApiRequest, row: Organisation) -> OrganisationResource:
    return OrganisationResource(
        id=row.pk,
        slug=row.slug,
        name=row.name,
        kind=row.kind,
        code=row.code,
        region_code=row.region_code,
        province=row.province,
        population=row.population,
        own=row.pk == request.actor.organisation_id,
    )
