# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Ending the handling of an incident, closing it with its lessons, and opening it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from dijkring.actions import services as actions
from dijkring.controls.models import in_language
from dijkring.core import clock, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.incidents.models import FLOW, Incident
from dijkring.incidents.selectors import clocks as selectors
from dijkring.incidents.services import checking

# To learn from incidents is a control of its own.
LEARNING = "bio2:5.27"


@dataclass(frozen=True, slots=True)
class Closing:
    """What an incident is closed with; each improvement becomes an action."""

    cause: str
    avoidable: str
    avoidable_reason: str
    lessons: str = ""
    improvements: Sequence[str] = ()
    due_on: date | None = None
    # Whether what was logged was enough to see what happened.
    logs: str = Incident.Known.UNKNOWN


def end(
    *,
    actor: Actor,
    incident: Incident,
    at: datetime,
    contained_at: datetime | None = None,
    recovered_at: datetime | None = None,
) -> Incident:
    """End the handling; from here the final report of an incident that went on is counted.

    When it was contained and recovered stays None where that is not known.
    """
    found = checking.locked(actor, incident)
    actor.require(FLOW.move(found.state, Incident.State.ENDED).right)
    if found.state == Incident.State.CLOSED:
        raise Refused(_("This incident has been closed. Open it again first."))
    checking.past(at, "at")
    checking.not_before_awareness(found, at, "at")
    _in_order(found, contained_at, "contained_at")
    _in_order(found, recovered_at, "recovered_at")
    found.state, found.ended_at = Incident.State.ENDED, at
    found.contained_at, found.recovered_at = contained_at, recovered_at
    found.version += 1
    moments = ["ended_at", "contained_at", "recovered_at"]
    found.save(update_fields=["state", "version", *moments])
    return found


def _in_order(found: Incident, at: datetime | None, name: str) -> None:
    if at is None:
        return
    checking.past(at, name)
    if found.detected_at is not None and at < found.detected_at:
        raise Refused(_("That lies before it was noticed."), name)


def take_up_again(*, actor: Actor, incident: Incident, reason: str) -> Incident:
    """Go on with the handling of an incident that had ended; or open one that was closed."""
    found = checking.locked(actor, incident)
    closed = found.state == Incident.State.CLOSED
    to = Incident.State.ENDED if closed else Incident.State.HANDLING
    actor.require(FLOW.move(found.state, to).right)
    tenancy.note_reason(checking.needed(reason, "reason", _("Give a reason.")))
    found.state, found.closed_at = to, None
    found.ended_at = found.ended_at if closed else None
    found.version += 1
    found.save(update_fields=["state", "closed_at", "ended_at", "version"])
    return found


def close(*, actor: Actor, incident: Incident, wanted: Closing) -> Incident:
    """Close an incident; it stays in the register, and what was learnt becomes actions.

    Raises Refused while a report is due that was neither handed in nor decided against.
    """
    found = checking.locked(actor, incident)
    actor.require(FLOW.move(found.state, Incident.State.CLOSED).right)
    _nothing_due(found)
    _check(wanted)
    found.cause, found.lessons = wanted.cause.strip(), wanted.lessons.strip()
    found.avoidable, found.avoidable_reason = wanted.avoidable, wanted.avoidable_reason.strip()
    found.logs = wanted.logs
    found.state, found.closed_at = Incident.State.CLOSED, clock.now()
    found.version += 1
    found.save()
    for line in wanted.improvements:
        _open_action(actor, found, line, wanted.due_on)
    return found


def _nothing_due(found: Incident) -> None:
    every = selectors.known(found.organisation_id)
    clocks = selectors.of_incident(found, every)
    # What counts from a report that is not due asks for nothing.
    still = [one for one in clocks if one.open and not one.deadline.stands_on_nothing]
    if still:
        titles = ", ".join(in_language(dict(one.obligation.title)) for one in still)
        raise Refused(
            _("Still to be reported: %(reports)s. Record that it was reported, or decide with two"
              " persons that it need not be.") % {"reports": titles}
        )  # fmt: skip


def _check(wanted: Closing) -> None:
    checking.needed(wanted.cause, "cause", _("Say what the cause was, or that it is not known."))
    if wanted.avoidable not in Incident.Known.values:
        raise Refused(_("Say whether it could have been avoided."), "avoidable")
    if wanted.logs not in Incident.Known.values:
        raise Refused(_("Say whether the logs showed what happened."), "logs")
    checking.needed(wanted.avoidable_reason, "avoidable_reason", _("Say why you think so."))


def _open_action(actor: Actor, found: Incident, line: str, due_on: date | None) -> None:
    # An exercise teaches as well: its lessons are real, and say where they come from.
    actions.open_action(
        actor=actor,
        title=line.strip()[:200],
        description=_("Lesson of incident %(incident)s.") % {"incident": found},
        owner_id=found.owner_id,
        due_on=due_on,
        requirements=[LEARNING],
    )
