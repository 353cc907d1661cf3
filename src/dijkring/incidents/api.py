# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Endpoints about incidents: which there are, and by when what must be reported."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import Body, Query, Router
from pydantic import Field, StringConstraints

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
    page_of,
)
from dijkring.incidents.models import Incident, Intake
from dijkring.incidents.selectors import clocks
from dijkring.incidents.selectors import incidents as selectors
from dijkring.incidents.selectors.clocks import Clock
from dijkring.incidents.services import intake
from dijkring.incidents.services.intake import Came
from dijkring.incidents.services.reporting import Reported

router = Router(tags=["incidents"])


class ClockResource(Resource):
    """One obligation of an incident; `due` is null where there is no fixed term."""

    obligation: str
    title: Words
    article: str
    anchor: str
    anchor_at: datetime | None
    due: datetime | None
    was: datetime | None
    standing: str
    submitted_at: datetime | None


class IncidentResource(Resource):
    """An incident, or with `exercise` one that is not real; `category` is of the taxonomy.

    Of an incident that is TLP:RED the title stays empty: that is for named people only.
    """

    id: int
    reference: str
    exercise: bool
    title: str
    state: str
    severity: str
    category: str
    tlp: str
    personal_data: str
    occurred_at: datetime | None
    detected_at: datetime | None
    reported_at: datetime
    ended_at: datetime | None
    closed_at: datetime | None
    avoidable: str
    clocks: list[ClockResource]


class IncidentPage(Page[IncidentResource]):
    """A part of the incidents, the newest first."""


class IncidentFilter(Paging):
    state: Literal["reported", "triage", "handling", "ended", "closed"] | None = None
    exercise: bool = False


# Lines may end; other control characters cannot be stored or shown.
Text = Annotated[str, StringConstraints(max_length=8000, pattern=r"^[^\x00-\x08\x0b-\x1f\x7f]*$")]
Short = Annotated[str, StringConstraints(max_length=120, pattern=r"^[^\x00-\x1f\x7f]*$")]


class GivenIncident(Given):
    """What a system reports; the terms count from `noticedAt`. It is never an exercise."""

    title: Annotated[Line, Field(max_length=200)]
    noticed_at: Moment
    description: Text = ""
    personal_data: Literal["unknown", "yes", "no"] = "unknown"
    reporter: Short = ""
    contact: Short = ""


@router.post(
    "/incidents",
    **endpoint("incidents:write", _("Report an incident"), IncidentResource, status=201),
)
def report_incident(request: ApiRequest, given: Body[GivenIncident]) -> Any:
    values = given.model_dump(include={"title", "noticed_at", "description", "personal_data"})
    came = Came(Reported(**values, reporter=given.reporter), given.reporter, given.contact)
    made = intake.put_in(actor=request.actor, came=came, at=Intake.Way.API)
    return show_incident(request, made.incident_id)


@router.get("/incidents", **endpoint("incidents:read", _("List incidents"), IncidentPage))
def list_incidents(request: ApiRequest, wanted: Query[IncidentFilter]) -> Any:
    organisation_id = request.actor.organisation_id
    rows: QuerySet[Incident] = selectors.incidents(organisation_id, exercise=wanted.exercise)
    rows = rows.filter(state=wanted.state) if wanted.state else rows
    every = clocks.known(organisation_id)
    return page_of(
        request, wanted, rows, lambda row: _resource(row, clocks.of_incident(row, every))
    )


@router.get(
    "/incidents/{incident_id}",
    **endpoint("incidents:read", _("Show an incident"), IncidentResource),
)
def show_incident(request: ApiRequest, incident_id: Id) -> Any:
    rows = selectors.everything(request.actor.organisation_id)
    row = get_object_or_404(rows, pk=incident_id)
    return _resource(row, clocks.of_incident(row, clocks.known(row.organisation_id)))


def _resource(row: Incident, found: list[Clock]) -> IncidentResource:
    names = IncidentResource.model_fields.keys() - {"clocks"}
    values = {name: getattr(row, name) for name in names - {"id"}}
    if row.tlp == Incident.Tlp.RED:
        values["title"] = ""
    return IncidentResource(id=row.pk, clocks=[_clock(one) for one in found], **values)


def _clock(one: Clock) -> ClockResource:
    return ClockResource(
        obligation=one.obligation.id,
        title=dict(one.obligation.title),
        article=one.deadline.article,
        anchor=one.deadline.anchor,
        anchor_at=one.deadline.anchor_at,
        due=one.due,
        was=one.was,
        standing=str(one.standing),
        submitted_at=one.deadline.submitted_at,
    )
