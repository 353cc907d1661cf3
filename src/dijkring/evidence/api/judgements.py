# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Endpoints about judgements."""

from datetime import datetime
from typing import Any, Literal

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router
from pydantic import Field

from dijkring.core.rest import ApiRequest, Id, Line, Page, Paging, Resource, endpoint, page_of
from dijkring.evidence.models import Judgement

router = Router(tags=["judgements"])


class DocumentResource(Resource):
    """A document on which a judgement rests; the file itself is only for people."""

    name: str
    sha256: str


class JudgementResource(Resource):
    """A person's verdict on one layer of one requirement, in one line."""

    id: int
    requirement_id: int
    framework: str
    ref: str
    layer: str
    line: str
    verdict: str
    reason: str
    judged_by: str
    judged_at: datetime
    valid_until: datetime | None
    superseded_at: datetime | None
    documents: list[DocumentResource]


class JudgementPage(Page[JudgementResource]):
    """A part of the judgements, the newest first."""


class JudgementFilter(Paging):
    requirement_id: int | None = Field(None, ge=1, le=2**63 - 1)
    ref: Line | None = None
    layer: Literal["design", "existence", "operation"] | None = None
    line: Literal["owner", "ciso", "audit"] | None = None
    current: bool = True


@router.get("/judgements", **endpoint("judgements:read", _("List judgements"), JudgementPage))
def list_judgements(request: ApiRequest, wanted: Query[JudgementFilter]) -> Any:
    given = wanted.model_dump(include={"requirement_id", "layer", "line"}, exclude_none=True)
    rows = _judgements(request).filter(**given)
    rows = rows.filter(requirement__ref=wanted.ref) if wanted.ref else rows
    rows = rows.filter(superseded_at=None) if wanted.current else rows
    return page_of(request, wanted, rows, _resource)


@router.get(
    "/judgements/{judgement_id}",
    **endpoint("judgements:read", _("Show a judgement"), JudgementResource),
)
def show_judgement(request: ApiRequest, judgement_id: Id) -> Any:
    return _resource(get_object_or_404(_judgements(request), pk=judgement_id))


def _judgements(request: ApiRequest) -> QuerySet[Judgement]:
    rows = Judgement.objects.filter(organisation_id=request.actor.organisation_id)
    rows = rows.select_related("requirement__framework", "judged_by")
    return rows.prefetch_related("documents__upload")


def _resource(row: Judgement) -> JudgementResource:
    return JudgementResource(
        id=row.pk,
        requirement_id=row.requirement_id,
        framework=row.requirement.framework.key,
        ref=row.requirement.ref,
        layer=row.layer,
        line=row.line,
        verdict=row.verdict,
        reason=row.reason,
        judged_by=str(row.judged_by or ""),
        judged_at=row.judged_at,
        valid_until=row.valid_until,
        superseded_at=row.superseded_at,
        documents=[
            DocumentResource.model_validate(document.upload) for document in row.documents.all()
        ],
    )
