# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Endpoints about standings: every leaf of a norm, and why one stands where it stands."""

from datetime import datetime
from typing import Any, Literal

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router
from pydantic import BaseModel

from dijkring.controls.catalogue import current_framework
from dijkring.controls.models import Framework, Requirement
from dijkring.core.rest import (
    ApiRequest,
    Id,
    Line,
    Moment,
    Page,
    Paging,
    Resource,
    Words,
    endpoint,
    page_of,
)
from dijkring.evidence.selectors import explanation, lists
from dijkring.evidence.selectors.lists import LeafRow
from dijkring.evidence.selectors.standings import Profile

router = Router(tags=["standings"])
Verdict = Literal[
    "not_met", "partly", "show_again", "not_measured", "not_assessed", "met", "not_applicable"
]


class StandingResource(Resource):
    """Where the organisation stands on one leaf; `layers` holds the verdict per layer asked for."""

    requirement_id: int
    ref: str
    title: str
    verdict: Verdict
    layers: dict[str, str]
    since: datetime | None
    lapses_at: datetime | None
    outside_duty: bool


class StandingPage(Page[StandingResource]):
    """A part of the standings, in the order of the norm."""


class ReasonResource(Resource):
    """One link of the chain: what it is, what it says, and what lies below it."""

    kind: str
    label: str
    verdict: str
    since: datetime | None
    until: datetime | None
    who: str
    method: str
    text: str
    id: int | None
    below: list["ReasonResource"]


class ProfileResource(Resource):
    """Counts of the leaves that carry a requirement; a law article has no verdict of its own."""

    counts: dict[str, int]
    total: int
    shown: int
    applicable: int


class ExplainedResource(Resource):
    """A standing with its whole explanation, or the profile where there is no verdict."""

    requirement_id: int
    framework: str
    ref: str
    title: Words
    verdict: Verdict | None
    at: datetime | None
    lapses_at: datetime | None
    becomes: str
    explanation: ReasonResource | None
    would_change: list[str]
    profile: ProfileResource | None


class StandingFilter(Paging):
    framework: Line = "bio2"
    version: Line | None = None
    verdict: Verdict | None = None


class StandingMoment(BaseModel):
    at: Moment | None = None


@router.get("/standings", **endpoint("standings:read", _("List standings"), StandingPage))
def list_standings(request: ApiRequest, wanted: Query[StandingFilter]) -> Any:
    rows = lists.leaf_rows(request.actor.organisation_id, _framework(wanted))
    rows = [row for row in rows if wanted.verdict in (None, row.verdict)]
    return page_of(request, wanted, rows, _standing)


@router.get(
    "/standings/{requirement_id}",
    **endpoint("standings:read", _("Explain a standing"), ExplainedResource),
)
def show_standing(request: ApiRequest, requirement_id: Id, wanted: Query[StandingMoment]) -> Any:
    rows = Requirement.objects.select_related("framework").filter(status="active")
    requirement = get_object_or_404(rows, pk=requirement_id)
    organisation_id = request.actor.organisation_id
    if not requirement.leaf:
        return _profiled(requirement, lists.profile_of(organisation_id, requirement))
    return _explained(explanation.explain(organisation_id, requirement.pk, wanted.at))


def _framework(wanted: StandingFilter) -> Framework:
    versions = Framework.objects.filter(key=wanted.framework, version=wanted.version)
    found = versions.first() if wanted.version else current_framework(wanted.framework)
    if found is None:
        raise Http404
    return found


def _standing(row: LeafRow) -> StandingResource:
    asked = {"design": row.design, "existence": row.existence, "operation": row.operation}
    return StandingResource.model_validate(
        {
            "requirement_id": row.pk,
            "ref": row.ref,
            "title": row.title,
            "verdict": row.verdict,
            "layers": {layer: verdict for layer, verdict in asked.items() if verdict},
            "since": row.since,
            "lapses_at": row.lapses_at,
            "outside_duty": row.outside_duty,
        }
    )


def _explained(found: explanation.Explanation) -> ExplainedResource:
    return ExplainedResource.model_validate(
        {
            **_of_requirement(found.requirement),
            "verdict": found.verdict,
            "at": found.at,
            "lapses_at": found.lapses_at,
            "becomes": found.becomes,
            "explanation": ReasonResource.model_validate(found.root),
            "would_change": found.changes,
            "profile": None,
        }
    )


def _profiled(requirement: Requirement, found: Profile) -> ExplainedResource:
    return ExplainedResource.model_validate(
        {
            **_of_requirement(requirement),
            "verdict": None,
            "at": None,
            "lapses_at": None,
            "becomes": "",
            "explanation": None,
            "would_change": [],
            "profile": ProfileResource.model_validate(found),
        }
    )


def _of_requirement(requirement: Requirement) -> dict[str, Any]:
    return {
        "requirement_id": requirement.pk,
        "framework": requirement.framework.key,
        "ref": requirement.ref,
        "title": requirement.title,
    }
