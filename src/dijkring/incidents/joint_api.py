# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The endpoint of the shared dossier of a joint incident, as one's own organisation holds it."""

from datetime import datetime
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import Router

from dijkring.core.rest import ApiRequest, Id, Resource, endpoint
from dijkring.incidents.models import JointEntry
from dijkring.incidents.selectors import incidents
from dijkring.incidents.selectors import joint as selectors
from dijkring.incidents.selectors.joint import Member, Side

router = Router(tags=["incidents"])


class JointEntryResource(Resource):
    """Something that somebody shared; `subject` and `state` only of a service."""

    origin: str
    author: str
    kind: str
    at: datetime
    recorded_at: datetime
    recorded_by: str
    text: str
    subject: str
    state: str
    source: str


class JointReportResource(Resource):
    """A report that a member shows; `at` is null where it does not show the moment."""

    obligation: str
    at: datetime | None


class JointMemberResource(Resource):
    """A member, for who leads; what it does not show of its reports is not here."""

    organisation: str
    standing: str
    reported: list[JointReportResource]


class JointResource(Resource):
    """A joint incident; `members` is empty for who does not lead."""

    key: str
    incident: int
    exercise: bool
    leads: bool
    led_by: str
    takes_part: bool
    members: list[JointMemberResource]
    entries: list[JointEntryResource]


@router.get(
    "/incidents/{incident_id}/joint",
    **endpoint("incidents:read", _("Show the shared dossier of an incident"), JointResource),
)
def show_joint(request: ApiRequest, incident_id: Id) -> Any:
    rows = incidents.everything(request.actor.organisation_id)
    side = selectors.side_of(get_object_or_404(rows, pk=incident_id))
    if side is None:
        raise Http404
    return _resource(side)


def _resource(side: Side) -> JointResource:
    incident = side.incident
    members = selectors.members(side.joint) if side.joint else []
    entries = selectors.dossier(incident.organisation_id, side.key)
    return JointResource(
        key=str(side.key),
        incident=incident.pk,
        exercise=incident.exercise,
        leads=side.leads,
        led_by=side.provider.slug,
        takes_part=side.takes_part,
        members=[_member(one) for one in members],
        entries=[_entry(one) for one in entries],
    )


def _member(one: Member) -> JointMemberResource:
    told = [JointReportResource(obligation=row.obligation, at=row.at) for row in one.told]
    return JointMemberResource(
        organisation=one.organisation.slug, standing=str(one.standing), reported=told
    )


def _entry(one: JointEntry) -> JointEntryResource:
    names = ("kind", "at", "recorded_at", "recorded_by", "text", "subject", "state", "source")
    values = {name: getattr(one, name) for name in names}
    return JointEntryResource(origin=str(one.origin), author=one.author.slug, **values)
