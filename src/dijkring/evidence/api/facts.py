# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Endpoints about facts: read them, and let an outside system post its own."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from django.db.models import DateTimeField, ExpressionWrapper, F, QuerySet
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import Body, Query, Router
from pydantic import AfterValidator, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from dijkring.core import clock
from dijkring.core.rest import (
    ApiRequest,
    Given,
    Id,
    Line,
    Moment,
    Page,
    Paging,
    Resource,
    Words,
    endpoint,
    one_of,
    page_of,
)
from dijkring.evidence import kinds
from dijkring.evidence.api.details import Detail
from dijkring.evidence.models import Fact
from dijkring.evidence.services import posting
from dijkring.evidence.services.rounds import Recorded

router = Router(tags=["facts"])
MOST_FACTS = 500
MOST_MOMENTS = 50
State = Literal["pass", "fail", "not_measured", "not_applicable"]
Kind = Annotated[
    str, Field(json_schema_extra=one_of(lambda: (kind.id for kind in kinds.all_kinds())))
]


class GivenFact(Given):
    """One fact of an outside system.

    In the detail `text` and `reason` are shown to people; `text` may be `{nl, en}`.
    """

    kind: Kind
    subject: Line
    state: State
    observed_at: Moment
    detail: Detail = Field(default_factory=dict)


def _few_moments(facts: list[GivenFact]) -> list[GivenFact]:
    # Facts of one moment are one round; every other moment weighs all standings again.
    if len({fact.observed_at for fact in facts}) > MOST_MOMENTS:
        raise PydanticCustomError("too_many_moments", "too many moments", {"most": MOST_MOMENTS})
    return facts


def _one_or_many(given: Any) -> str:
    return "many" if isinstance(given, list) else "one"


GivenFacts = Annotated[
    Annotated[GivenFact, Tag("one")]
    | Annotated[
        Annotated[
            list[GivenFact],
            Field(min_length=1, max_length=MOST_FACTS),
            AfterValidator(_few_moments),
        ],
        Tag("many"),
    ],
    Discriminator(_one_or_many),
]


class FactResource(Resource):
    """An observation over a stretch of time.

    A `pass` that has `lapsed` counts as not measured; a `fail` stays, unconfirmed.
    """

    id: int
    kind: str
    subject: str
    member: str
    source: str
    state: State
    detail: dict[str, Any]
    since: datetime
    state_since: datetime
    confirmed_at: datetime
    valid_until: datetime
    lapsed: bool
    until: datetime | None
    end_reason: str
    withdrawn: str | None
    recorded_at: datetime


class FactPage(Page[FactResource]):
    """A part of the facts."""


class ReceivedResource(Resource):
    """What posting changed: facts that began and ended; the others were confirmed."""

    received: int
    began: list[int]
    ended: list[int]
    failed_attempts: int


class KindResource(Resource):
    """A kind of fact; `granted` when this token may post it."""

    id: str
    label: Words
    subject_type: str
    validity_days: int
    severity: str
    granted: bool


class KindPage(Page[KindResource]):
    """A part of the kinds of fact."""


class FactFilter(Paging):
    kind: Line | None = None
    subject: Line | None = None
    source: Line | None = None
    state: State | None = None
    current: bool = True


@router.get("/facts", **endpoint("facts:read", _("List facts"), FactPage))
def list_facts(request: ApiRequest, wanted: Query[FactFilter]) -> Any:
    given = wanted.model_dump(include={"kind", "subject", "source", "state"}, exclude_none=True)
    rows = _facts(request).filter(**given)
    rows = rows.filter(until=None) if wanted.current else rows
    return page_of(request, wanted, rows.order_by("kind", "subject", "-since", "-id"), _resource)


@router.get("/facts/{fact_id}", **endpoint("facts:read", _("Show a fact"), FactResource))
def show_fact(request: ApiRequest, fact_id: Id) -> Any:
    return _resource(get_object_or_404(_facts(request), pk=fact_id))


@router.post("/facts", **endpoint("facts:write", _("Post facts"), ReceivedResource, status=201))
def post_facts(request: ApiRequest, given: Body[GivenFacts]) -> Any:
    facts = given if isinstance(given, list) else [given]
    recorded = posting.post(
        actor=request.actor,
        source=request.source,
        granted=request.kinds,
        facts=[posting.Posted(**dict(fact)) for fact in facts],
    )
    return _received(len(facts), recorded)


@router.get("/fact-kinds", **endpoint("facts:read", _("List the kinds of fact"), KindPage))
def list_fact_kinds(request: ApiRequest, wanted: Query[Paging]) -> Any:
    return page_of(request, wanted, kinds.all_kinds(), lambda kind: _kind(request, kind))


def _facts(request: ApiRequest) -> QuerySet[Fact]:
    confirmed = Coalesce("confirmed_at", "round__observed_at")
    until = ExpressionWrapper(F("confirmed") + F("validity"), output_field=DateTimeField())
    rows = Fact.objects.filter(organisation_id=request.actor.organisation_id)
    rows = rows.select_related("withdrawal")
    return rows.annotate(confirmed=confirmed).annotate(valid_until=until)


def _resource(row: Any) -> FactResource:
    withdrawal = getattr(row, "withdrawal", None)
    return FactResource(
        id=row.pk,
        kind=row.kind,
        subject=row.subject,
        member=row.member,
        source=row.source,
        state=row.state,
        detail=row.detail,
        since=row.since,
        state_since=row.state_since,
        confirmed_at=row.confirmed,
        valid_until=row.valid_until,
        lapsed=row.until is None and row.valid_until <= clock.now(),
        until=row.until,
        end_reason=row.end_reason,
        withdrawn=withdrawal.reason if withdrawal else None,
        recorded_at=row.recorded_at,
    )


def _received(count: int, recorded: Sequence[Recorded]) -> ReceivedResource:
    return ReceivedResource(
        received=count,
        began=[fact.pk for part in recorded for fact in part.new],
        ended=[fact.pk for part in recorded for fact in part.ended],
        failed_attempts=sum(part.attempts for part in recorded),
    )


def _kind(request: ApiRequest, kind: kinds.FactKind) -> KindResource:
    return KindResource(
        id=kind.id,
        label=kind.label,
        subject_type=kind.subject_type,
        validity_days=kind.validity.days,
        severity=kind.severity,
        granted=kind.id in request.kinds,
    )
