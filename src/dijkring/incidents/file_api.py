# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The endpoint of the file of an incident: everything but the bytes of its evidence.

It names persons, so it has a scope of its own; and TLP:RED is for the people in the room, so no
system gets it.
"""

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import Router

from dijkring.core.errors import Forbidden
from dijkring.core.rest import ApiRequest, Id, Resource, Words, endpoint
from dijkring.incidents.models import Exhibit, Incident, Task
from dijkring.incidents.selectors import costs, incidents, playbooks, touched
from dijkring.incidents.selectors import dossier as selectors

router = Router(tags=["incidents"])


class TouchedResource(Resource):
    """An asset that is touched; `until` is since when it works again."""

    asset_id: int
    name: str
    certainty: str
    since: datetime
    until: datetime | None
    note: str


class TaskResource(Resource):
    """A task; `playbook` and `step` are empty for one of the organisation's own."""

    id: int
    playbook: str
    step: str
    phase: str
    words: Words
    role: str
    assignee: str
    state: str
    due_at: datetime | None
    ended_at: datetime | None
    reason: str


class EntryResource(Resource):
    """A line of the timeline: when it happened, and when it was written down."""

    at: datetime
    text: str
    source: str
    recorded_at: datetime
    recorded_by: str


class CustodyResource(Resource):
    """A link of the chain of custody; `equal` is null unless the hash was reckoned again."""

    act: str
    at: datetime
    by: str
    origin: str
    to: str
    note: str
    equal: bool | None
    recorded_at: datetime
    recorded_by: str


class ExhibitResource(Resource):
    """A piece of evidence: what it is and its hash, never its bytes; `file` is its name."""

    number: int
    what: str
    file: str
    size: int | None
    sha256: str
    custody: list[CustodyResource]


class IndicatorResource(Resource):
    """A trace as it really reads."""

    kind: str
    value: str
    note: str


class CostResource(Resource):
    """An amount in cents."""

    what: str
    cents: int
    certain: bool
    paid_to: str
    budget_year: int


class PoliceResource(Resource):
    """Whether the police was told, and if not, why."""

    done: bool
    at: datetime | None
    number: str
    reason: str


class ContactResource(Resource):
    """That somebody was told something."""

    at: datetime
    to: str
    channel: str
    text: str
    by: str


class IncidentFileResource(Resource):
    """The file of an incident; `police` is null as long as that is not decided."""

    incident_id: int
    reference: str
    exercise: bool
    tlp: str
    touched: list[TouchedResource]
    tasks: list[TaskResource]
    timeline: list[EntryResource]
    evidence: list[ExhibitResource]
    indicators: list[IndicatorResource]
    costs: list[CostResource]
    police: PoliceResource | None
    contacts: list[ContactResource]


@router.get(
    "/incidents/{incident_id}/file",
    **endpoint("incidents:file", _("Show the file of an incident"), IncidentFileResource),
)
def show_incident_file(request: ApiRequest, incident_id: Id) -> Any:
    rows = incidents.everything(request.actor.organisation_id)
    found = get_object_or_404(rows, pk=incident_id)
    if found.tlp == Incident.Tlp.RED:
        raise Forbidden("TLP:RED")
    return _resource(found)


def _resource(found: Incident) -> IncidentFileResource:
    said = selectors.police(found)
    return IncidentFileResource(
        incident_id=found.pk,
        reference=found.reference,
        exercise=found.exercise,
        tlp=found.tlp,
        touched=[
            TouchedResource(name=one.asset.name, **_of(one, TouchedResource, "name"))
            for one in touched.of_incident(found)
        ],
        tasks=[_task(one) for one in playbooks.tasks(found)],
        timeline=[EntryResource(**_of(one, EntryResource)) for one in found.entries.all()],
        evidence=[_exhibit(one) for one in selectors.exhibits(found)],
        indicators=[
            IndicatorResource(**_of(one, IndicatorResource)) for one in selectors.indicators(found)
        ],
        costs=[CostResource(**_of(one, CostResource)) for one in costs.of_incident(found)],
        police=PoliceResource(**_of(said, PoliceResource)) if said else None,
        contacts=[
            ContactResource(**_of(one, ContactResource)) for one in selectors.contacts(found)
        ],
    )


def _of(row: Any, kind: type[Resource], *but: str) -> dict[str, Any]:
    """Return the values of a row that bear the names of the fields."""
    return {name: getattr(row, name) for name in kind.model_fields if name not in but}


def _task(one: Task) -> TaskResource:
    return TaskResource(
        assignee=str(one.assignee) if one.assignee else "", **_of(one, TaskResource, "assignee")
    )


def _exhibit(one: Exhibit) -> ExhibitResource:
    return ExhibitResource(
        number=one.number,
        what=one.what,
        file=one.upload.name if one.upload else "",
        size=one.upload.size if one.upload else None,
        sha256=one.sha256,
        custody=[CustodyResource(**_of(row, CustodyResource)) for row in one.custody.all()],
    )
