# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Endpoints about what is asked: frameworks and their requirements."""

from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from dijkring.controls.models import Framework, Requirement
from dijkring.core.rest import (
    ApiRequest,
    Id,
    Line,
    Page,
    Paging,
    Resource,
    Words,
    endpoint,
    page_of,
)

router = Router(tags=["frameworks"])


class FrameworkResource(Resource):
    """One version of a norm or law; `own` when the organisation brought it in itself."""

    id: int
    key: str
    version: str
    title: Words
    issuer: str
    published: date | None
    source: str
    licence: str
    official: bool
    is_law: bool
    own: bool


class FrameworkPage(Page[FrameworkResource]):
    """A part of the frameworks."""


class RequirementResource(Resource):
    """One node of a framework; a leaf is what a standing is about."""

    id: int
    framework_id: int
    parent_id: int | None
    ref: str
    kind: str
    title: Words
    text: Words
    leaf: bool
    status: str
    moved_to: str
    layers: list[str]
    outside_duty: bool
    link: str


class RequirementPage(Page[RequirementResource]):
    """A part of the requirements, in the order of the norm."""


class FrameworkFilter(Paging):
    key: Line | None = None


class RequirementFilter(Paging):
    leaf: bool | None = None


@router.get("/frameworks", **endpoint("frameworks:read", _("List frameworks"), FrameworkPage))
def list_frameworks(request: ApiRequest, wanted: Query[FrameworkFilter]) -> Any:
    rows = Framework.objects.order_by("key", "version", "id")
    return page_of(request, wanted, rows.filter(key=wanted.key) if wanted.key else rows, _framework)


@router.get(
    "/frameworks/{framework_id}",
    **endpoint("frameworks:read", _("Show a framework"), FrameworkResource),
)
def show_framework(request: ApiRequest, framework_id: Id) -> Any:
    return _framework(get_object_or_404(Framework, pk=framework_id))


@router.get(
    "/frameworks/{framework_id}/requirements",
    **endpoint("frameworks:read", _("List the requirements of a framework"), RequirementPage),
)
def list_requirements(
    request: ApiRequest, framework_id: Id, wanted: Query[RequirementFilter]
) -> Any:
    rows = get_object_or_404(Framework, pk=framework_id).requirements.order_by("position", "id")
    rows = rows if wanted.leaf is None else rows.filter(leaf=wanted.leaf)
    return page_of(request, wanted, rows, RequirementResource.model_validate)


@router.get(
    "/requirements/{requirement_id}",
    **endpoint("frameworks:read", _("Show a requirement"), RequirementResource),
)
def show_requirement(request: ApiRequest, requirement_id: Id) -> Any:
    return RequirementResource.model_validate(get_object_or_404(Requirement, pk=requirement_id))


def _framework(row: Framework) -> FrameworkResource:
    return FrameworkResource(
        id=row.pk,
        key=row.key,
        version=row.version,
        title=row.title,
        issuer=row.issuer,
        published=row.published,
        source=row.source,
        licence=row.licence,
        official=row.official,
        is_law=row.is_law,
        own=row.organisation_id is not None,
    )
