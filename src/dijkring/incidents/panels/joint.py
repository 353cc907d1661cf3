# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the page of an incident says of its joint one, and the panels of the shared dossier."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from dijkring.incidents import joint_words as said
from dijkring.incidents.models import Incident, JointEntry
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.selectors import joint as selectors
from dijkring.incidents.selectors.joint import Member, Side
from dijkring.incidents.tables.joint import MandateTable, MemberTable
from dijkring.sharing.models import Handover
from dijkring.ui import words
from dijkring.ui.panels import Facts, Markup, Moment, Panel, RelatedTable, Timeline

LEAD, INVITED = "incidents.joint", "incident.joint"


def of_incident(request: Any, found: Incident) -> list[Panel]:
    """Return on the page of an incident with whom it is handled, or that others can be invited."""
    side = selectors.side_of(found)
    if side is None and not (found.is_open and request.can(LEAD)):
        return []
    members = selectors.members(side.joint) if side is not None and side.joint else []
    context = {
        "incident": found,
        "side": side,
        "look": said.side_look(side) if side else None,
        "waits": side is not None and not side.answered,
        "may": request.can(HANDLE),
        "count": len(members),
        "active": sum(one.active for one in members),
    }
    return [Markup(_("Together with others"), "incidents/joint_panel.html", context)]


def of_handover(request: Any, found: Handover) -> list[Panel]:
    """Return on the page of an invitation the way to the own incident that came of it."""
    if found.kind != INVITED or found.receiver_id != request.actor.organisation_id:
        return []
    place = selectors.places(found.receiver_id).filter(handover=found).first()
    if place is None:
        return []
    context = {"incident": place.incident, "waits": not found.answer}
    return [Markup(_("Your own incident"), "incidents/joint_handover.html", context)]


def of_dossier(request: Any, side: Side, members: Sequence[Member]) -> list[Panel]:
    """Return the panels of the shared dossier, as this side sees it."""
    entries = list(selectors.dossier(side.incident.organisation_id, side.key))
    first = [] if side.answered and not side.over else [_stands(side)]
    return [
        *first,
        _situation(entries),
        _members(request, side, members) if side.leads else Facts(_("Our place"), _place(side)),
        *_mandates(request, side),
        Timeline(
            _("What was shared"),
            [_moment(one) for one in reversed(entries)],
            _("Nothing has been shared yet. Everybody chooses entry by entry what goes here."),
        ),
    ]


def _stands(side: Side) -> Panel:
    context = {"side": side, "look": said.side_look(side), "place": side.place}
    return Markup(_("How it stands with us"), "incidents/joint_stands.html", context)


def _situation(entries: Sequence[JointEntry]) -> Panel:
    context = {
        "situation": selectors.situation(entries),
        "services": [(one, said.service_look(one)) for one in selectors.services(entries)],
    }
    return Markup(_("The situation"), "incidents/joint_situation.html", context)


def _members(request: Any, side: Side, members: Sequence[Member]) -> Panel:
    hidden = () if request.can(LEAD) else ("out",)
    table = MemberTable(
        members, request=request, incident_id=side.incident.pk, exclude=hidden, orderable=False
    )
    return RelatedTable(_("Members"), table, _("Nobody has been invited yet."))


def _place(side: Side) -> list[tuple[Any, Any]]:
    place = side.place
    assert place is not None  # noqa: S101 -- who does not lead has one
    return [
        (_("Led by"), side.provider.name),
        (_("Arrived"), place.arrived_at),
        (_("State"), str(said.side_look(side).word)),
        (_("What we show of our reports"), place.get_shows_display()),
        *([(_("We left because"), place.leaving)] if place.leaving else []),
    ]


def _mandates(request: Any, side: Side) -> list[Panel]:
    rows = list(selectors.mandates(side))
    if not rows:
        return []
    table = MandateTable(rows, request=request, orderable=False)
    return [RelatedTable(_("Mandates to hand in reports"), table)]


def _moment(one: JointEntry) -> Moment:
    who = f"{one.author.name}, {words.person_words(one.recorded_by)}"
    source = f" ({one.source})" if one.source else ""
    return Moment(one.at, said.entry_words(one) + source, who)
