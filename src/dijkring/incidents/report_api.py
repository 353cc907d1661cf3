# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Endpoints about the reports of incidents, in the form in which they are exported as JSON."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router
from pydantic import Field

from dijkring.core.rest import ApiRequest, Id, Page, Paging, Resource, endpoint, page_of
from dijkring.incidents.models import Report
from dijkring.incidents.report_documents import data
from dijkring.incidents.selectors import reports as selectors
from dijkring.organisations.models import Organisation

router = Router(tags=["incidents"])
SCOPE = "incidents:read"


class ReportFieldResource(Resource):
    """One field of a report; `source` says what filled it, `person` that somebody wrote it."""

    id: str
    article: str
    label: str
    text: str
    source: str


class ReportContentResource(Resource):
    """What a version says; over this, with sorted keys and no spaces, the hash is taken."""

    form: str
    form_version: int
    version: int
    language: str
    title: str
    article: str
    to: list[str]
    incident: str
    exercise: bool
    fields: list[ReportFieldResource]


class IncidentReportResource(Resource):
    """One version of a report of an incident."""

    id: int
    incident_id: int
    format: str
    format_version: int
    state: str
    organisation: str
    made_at: str
    changed_at: str
    reviewed_at: str | None
    reviewed_alone: bool
    handed_in_at: str | None
    reference: str
    called_back: bool
    content: ReportContentResource
    sha256: str


class IncidentReportPage(Page[IncidentReportResource]):
    """A part of the reports, the oldest first."""


class IncidentReportFilter(Paging):
    incident_id: int | None = Field(None, ge=1, le=2**63 - 1)
    exercise: bool = False


@router.get(
    "/incident-reports",
    **endpoint(SCOPE, _("List reports of incidents"), IncidentReportPage),
)
def list_incident_reports(request: ApiRequest, wanted: Query[IncidentReportFilter]) -> Any:
    rows = selectors.reports(request.actor.organisation_id)
    rows = rows.filter(incident__exercise=wanted.exercise)
    if wanted.incident_id is not None:
        rows = rows.filter(incident_id=wanted.incident_id)
    name = _name(request)
    return page_of(request, wanted, rows, lambda row: _resource(row, name))


@router.get(
    "/incident-reports/{report_id}",
    **endpoint(SCOPE, _("Show a report of an incident"), IncidentReportResource),
)
def show_incident_report(request: ApiRequest, report_id: Id) -> Any:
    rows = selectors.reports(request.actor.organisation_id)
    return _resource(get_object_or_404(rows, pk=report_id), _name(request))


def _name(request: ApiRequest) -> str:
    return Organisation.objects.get(pk=request.actor.organisation_id).name


def _resource(row: Report, organisation: str) -> IncidentReportResource:
    values = {"id": row.pk, "incidentId": row.incident_id, **data(row, organisation)}
    return IncidentReportResource.model_validate(values)
