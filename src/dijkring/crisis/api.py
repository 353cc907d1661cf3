# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Endpoints about crises: what there is, their log, decisions and situation reports.

They name persons, so they have scopes of their own; and a crisis of an incident with TLP:RED is for
the people in the room, so no system gets it.
"""

from datetime import datetime
from typing import Annotated, Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import Body, Query, Router
from pydantic import Field, StringConstraints

from dijkring.core.errors import Forbidden
from dijkring.core.rest import (
    ApiRequest,
    Given,
    Id,
    Moment,
    Page,
    Paging,
    Resource,
    endpoint,
    page_of,
)
from dijkring.crisis.models import Crisis, Decision, LogLine, Ruling, Sitrep, SitrepSent
from dijkring.crisis.selectors import crises as selectors
from dijkring.crisis.selectors.sitreps import SECTIONS
from dijkring.crisis.services import log
from dijkring.incidents.models import Incident

router = Router(tags=["crises"])
READ, WRITE = "crises:read", "crises:write"


class CrisisResource(Resource):
    """A crisis, or with `exercise` one that is not real; `version` rises with all that is written.

    `grip` is empty without a level of the safety region.
    """

    id: int
    reference: str
    exercise: bool
    title: str
    summary: str
    level: str
    grip: str
    incident_id: int | None
    opened_at: datetime
    ended_at: datetime | None
    version: int


class CrisisPage(Page[CrisisResource]):
    """A part of the crises, the newest first."""


class CrisisFilter(Paging):
    open: bool | None = None
    exercise: bool = False


class LogLineResource(Resource):
    """A line of the log: when it happened, and when it was written down. Never changed."""

    serial: int
    kind: str
    at: datetime
    text: str
    source: str
    recorded_at: datetime
    recorded_by: str


class LogPage(Page[LogLineResource]):
    """A part of the log, in the order in which it was written."""


class LogFilter(Paging):
    after: int = Field(0, ge=0, le=2**31 - 1)


# Lines may end; other control characters cannot be stored or shown.
Told = Annotated[
    str,
    StringConstraints(min_length=1, max_length=4000, pattern=r"^[^\x00-\x08\x0b-\x1f\x7f]*$"),
]
Source = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]


class GivenLine(Given):
    """What a system writes in the log; without `at` it happened now."""

    text: Told
    at: Moment | None = None
    source: Source = ""


class OptionResource(Resource):
    """One answer to a question, with what speaks for and against it."""

    text: str
    good: str
    bad: str


class RulingResource(Resource):
    """What was decided, amended, withdrawn, or seen later; never changed."""

    kind: str
    text: str
    reason: str
    by: str
    at: datetime
    recorded_at: datetime
    recorded_by: str


class DecisionResource(Resource):
    """A question as it was put, and what followed; `settledAt` is null while it waits."""

    id: int
    number: int
    question: str
    dilemma: str
    options: list[OptionResource]
    asked: str
    needed_by: datetime | None
    put_at: datetime
    put_by: str
    settled_at: datetime | None
    rulings: list[RulingResource]


class DecisionPage(Page[DecisionResource]):
    """A part of the questions, those that wait first."""


class SentResource(Resource):
    """To whom an approved report was given, and how."""

    to: str
    channel: str
    at: datetime
    by: str


class SitrepResource(Resource):
    """A situation report; without `approvedAt` it is a draft, and `version` counts how often saved.

    An approved one is never changed.
    """

    id: int
    number: int
    version: int
    at: datetime
    approved_at: datetime | None
    approved_by: str
    picture: str
    stake: str
    outlook: str
    measures: str
    decisions: str
    communication: str
    sent: list[SentResource]


class SitrepPage(Page[SitrepResource]):
    """A part of the situation reports, the newest first."""


class SitrepFilter(Paging):
    approved: bool | None = None


@router.get("/crises", **endpoint(READ, _("List crises"), CrisisPage))
def list_crises(request: ApiRequest, wanted: Query[CrisisFilter]) -> Any:
    rows: QuerySet[Crisis] = selectors.crises(request.actor.organisation_id)
    rows = rows.filter(exercise=wanted.exercise).exclude(incident__tlp=Incident.Tlp.RED)
    rows = rows if wanted.open is None else rows.filter(ended_at__isnull=wanted.open)
    return page_of(request, wanted, rows, _crisis)


@router.get("/crises/{crisis_id}", **endpoint(READ, _("Show a crisis"), CrisisResource))
def show_crisis(request: ApiRequest, crisis_id: Id) -> Any:
    return _crisis(_found(request, crisis_id))


@router.get("/crises/{crisis_id}/log", **endpoint(READ, _("Read the log of a crisis"), LogPage))
def list_log(request: ApiRequest, crisis_id: Id, wanted: Query[LogFilter]) -> Any:
    rows = selectors.lines(_found(request, crisis_id), after=wanted.after).order_by("serial")
    return page_of(request, wanted, rows, _line)


@router.post(
    "/crises/{crisis_id}/log",
    **endpoint(WRITE, _("Write in the log of a crisis"), LogLineResource, status=201),
)
def write_log(request: ApiRequest, crisis_id: Id, given: Body[GivenLine]) -> Any:
    found = _found(request, crisis_id)
    return _line(log.put_in(actor=request.actor, crisis=found, **given.model_dump()))


@router.get(
    "/crises/{crisis_id}/decisions",
    **endpoint(READ, _("List the decisions of a crisis"), DecisionPage),
)
def list_decisions(request: ApiRequest, crisis_id: Id, wanted: Query[Paging]) -> Any:
    rows = selectors.decisions(_found(request, crisis_id))
    return page_of(request, wanted, rows, _decision)


@router.get(
    "/crises/{crisis_id}/situation-reports",
    **endpoint(READ, _("List the situation reports of a crisis"), SitrepPage),
)
def list_situation_reports(request: ApiRequest, crisis_id: Id, wanted: Query[SitrepFilter]) -> Any:
    rows = selectors.sitreps(_found(request, crisis_id))
    if wanted.approved is not None:
        rows = rows.filter(approved_at__isnull=not wanted.approved)
    return page_of(request, wanted, rows, _sitrep)


def _found(request: ApiRequest, crisis_id: int) -> Crisis:
    found = get_object_or_404(selectors.crises(request.actor.organisation_id), pk=crisis_id)
    if found.incident is not None and found.incident.tlp == Incident.Tlp.RED:
        raise Forbidden("TLP:RED")
    return found


def _crisis(row: Crisis) -> CrisisResource:
    names = CrisisResource.model_fields.keys() - {"id"}
    return CrisisResource(id=row.pk, **{name: getattr(row, name) for name in names})


def _line(row: LogLine) -> LogLineResource:
    return LogLineResource(**{name: getattr(row, name) for name in LogLineResource.model_fields})


def _decision(row: Decision) -> DecisionResource:
    names = DecisionResource.model_fields.keys() - {"id", "options", "rulings"}
    return DecisionResource(
        id=row.pk,
        options=[OptionResource(**one) for one in row.options],
        rulings=[_ruling(one) for one in row.rulings.all()],
        **{name: getattr(row, name) for name in names},
    )


def _ruling(row: Ruling) -> RulingResource:
    return RulingResource(**{name: getattr(row, name) for name in RulingResource.model_fields})


def _sitrep(row: Sitrep) -> SitrepResource:
    return SitrepResource(
        id=row.pk,
        number=row.number,
        version=row.version,
        at=row.at,
        approved_at=row.approved_at,
        approved_by=str(row.approved_by or ""),
        sent=[_sent(one) for one in row.sent.all()],
        **{name: getattr(row, name) for name in SECTIONS},
    )


def _sent(row: SitrepSent) -> SentResource:
    return SentResource(**{name: getattr(row, name) for name in SentResource.model_fields})
