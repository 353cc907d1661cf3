# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Starting a playbook, doing its tasks, adding one's own; playbooks of the organisation itself."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dijkring.core import clock, tenancy
from dijkring.core.access import Actor, Role
from dijkring.core.errors import Refused
from dijkring.core.leaving import Leaving
from dijkring.incidents import playbooks
from dijkring.incidents.models import Incident, Playbook, Task
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.obligations import ContentError
from dijkring.incidents.playbooks import PHASES, Step
from dijkring.incidents.selectors import clocks as clock_selectors
from dijkring.incidents.selectors import playbooks as selectors
from dijkring.incidents.services import checking
from dijkring.organisations.models import Membership
from dijkring.organisations.services import colleagues

RIGHT = "incidents.playbooks"
# So many tasks fit in a phase.
ROOM = 1_000
MOST_TASKS = 500
# Which role in the house does what a playbook asks of a role; others are chosen by hand.
DOERS = {
    "ciso": Role.CISO,
    "owner": Role.PROCESS_OWNER,
    "privacy": Role.PRIVACY_OFFICER,
    "secretary": Role.SECRETARY,
    "board": Role.BOARD,
}


def start(*, actor: Actor, incident: Incident, key: str, counted_from: datetime) -> list[Task]:
    """Make the tasks of a playbook, due so many hours after a moment.

    A role that one colleague has gets that colleague. Raises Refused for a playbook that is not
    there or was started already.
    """
    actor.require(HANDLE)
    found = checking.locked(actor, incident)
    checking.open_still(found)
    playbook = selectors.find(actor.organisation_id, key)
    if playbook is None:
        raise Refused(_("There is no such playbook (any more)."), "key")
    if found.tasks.filter(playbook=key).exists():
        raise Refused(_("This playbook has been started already."), "key")
    _room_for(found, len(playbook.steps))
    doers = _doers(actor.organisation_id)
    last = _last_moments(found)
    return [
        _task(actor, found, playbook, step, counted_from, doers.get(step.role), last)
        for step in playbook.steps
    ]


def _task(
    actor: Actor,
    found: Incident,
    playbook: playbooks.Playbook,
    step: Step,
    counted_from: datetime,
    assignee: int | None,
    last: Mapping[str, datetime],
) -> Task:
    return Task.objects.create(
        organisation_id=actor.organisation_id,
        incident=found,
        playbook=playbook.key,
        playbook_version=playbook.version,
        step=step.id,
        phase=step.phase,
        place=_place(step.phase) + playbook.steps.index(step),
        words=dict(step.do),
        why=dict(step.why),
        role=step.role,
        obligations=list(step.obligations),
        assignee_id=assignee,
        due_at=_due(step, counted_from, last),
        added_at=clock.now(),
    )


def _due(step: Step, counted_from: datetime, last: Mapping[str, datetime]) -> datetime | None:
    """Return by when a step must be done: never after the report that it prepares."""
    own = [counted_from + timedelta(hours=step.within_hours)] if step.within_hours else []
    return min([*own, *(last[id] for id in step.obligations if id in last)], default=None)


def _last_moments(found: Incident) -> dict[str, datetime]:
    every = clock_selectors.of_incident(found, clock_selectors.known(found.organisation_id))
    return {one.obligation.id: one.due for one in every if one.due and one.runs}


def _place(phase: str) -> int:
    return PHASES.index(phase) * ROOM


def _doers(organisation_id: int) -> dict[str, int]:
    people = colleagues(organisation_id)
    found = {}
    for role, held in DOERS.items():
        ids = {one.user_id for one in people if one.role == held}
        if len(ids) == 1:
            found[role] = ids.pop()
    return found


def _room_for(found: Incident, more: int) -> None:
    if found.tasks.count() + more > MOST_TASKS:
        raise Refused(_("An incident has at most %(most)d tasks.") % {"most": MOST_TASKS})


def add(
    *,
    actor: Actor,
    incident: Incident,
    text: str,
    phase: str,
    assignee_id: int | None = None,
    due_at: datetime | None = None,
) -> Task:
    """Add a task of one's own to an incident."""
    actor.require(HANDLE)
    found = checking.locked(actor, incident)
    checking.open_still(found)
    _room_for(found, 1)
    said = checking.needed(text, "text", _("Say what must be done."))[:1000]
    if phase not in PHASES:
        raise Refused(_("Choose a phase of the list."), "phase")
    _is_colleague(actor, assignee_id)
    return Task.objects.create(
        organisation_id=actor.organisation_id,
        incident=found,
        phase=phase,
        place=_place(phase) + ROOM - 1,
        words={"nl": said, "en": said},
        assignee_id=assignee_id,
        due_at=due_at,
        added_at=clock.now(),
    )


def _is_colleague(actor: Actor, user_id: int | None) -> None:
    members = Membership.objects.filter(organisation_id=actor.organisation_id, until=None)
    if user_id is not None and not members.filter(user_id=user_id).exists():
        raise Refused(_("Who does it must be a colleague with access."), "assignee_id")


def _locked(actor: Actor, task: Task) -> Task:
    actor.require(HANDLE)
    rows = Task.objects.select_for_update().filter(organisation_id=actor.organisation_id)
    found = rows.get(pk=task.pk)
    checking.open_still(found.incident)
    return found


def end(*, actor: Actor, task: Task, state: str, reason: str = "") -> Task:
    """Say that a task was done, skip it with a reason, or take it up again.

    What somebody else ended meanwhile keeps the name and moment of that person.
    """
    found = _locked(actor, task)
    if found.state == state:
        return found
    if state == Task.State.SKIPPED:
        checking.needed(reason, "reason", _("Say why this step is not needed."))
    elif state not in Task.State.values:
        raise Refused(_("This step is not possible now."))
    ended = state != Task.State.OPEN
    found.state, found.reason = state, reason.strip()[:2000]
    found.ended_at = clock.now() if ended else None
    found.ended_by_id = actor.user_id if ended else None
    found.save()
    return found


def assign(*, actor: Actor, task: Task, assignee_id: int | None, due_at: datetime | None) -> Task:
    """Say who does a task, and by when."""
    found = _locked(actor, task)
    _is_colleague(actor, assignee_id)
    found.assignee_id, found.due_at = assignee_id, due_at
    found.save(update_fields=["assignee", "due_at"])
    return found


def leave(leaving: Leaving) -> list[str]:
    """Give the open tasks of somebody who leaves to the successor, or leave them to nobody."""
    rows = Task.objects.filter(
        organisation_id=leaving.organisation_id,
        assignee_id=leaving.user_id,
        state=Task.State.OPEN,
    )
    moved = rows.update(assignee_id=leaving.successor_id)
    words = _("Tasks of incidents that nobody does now: %(count)d")
    if leaving.successor_id is not None:
        words = _("Tasks of incidents handed over: %(count)d")
    return [words % {"count": moved}] if moved else []


def keep(*, actor: Actor, text: str) -> Playbook:
    """Add a playbook of the organisation itself; one with the same id takes the place of the last.

    Raises Refused, in words, for what cannot be read and for the id of one of ours.
    """
    actor.require(RIGHT)
    try:
        found = playbooks.read(text, _("the playbook"), own=True)
    except ContentError as error:
        raise Refused(error.english if get_language() == "en" else error.dutch, "text") from error
    if any(one.key == found.key for one in playbooks.ours()):
        words = _("Dijkring has a playbook '%(id)s' already; choose another id.")
        raise Refused(words % {"id": found.key}, "text")
    rows = selectors.own(actor.organisation_id).filter(key=found.key)
    rows.update(retired_at=clock.now())
    return Playbook.objects.create(
        organisation_id=actor.organisation_id,
        key=found.key,
        name=found.title["nl"][:120],
        text=text,
        added_at=clock.now(),
        added_by_id=actor.user_id,
    )


def retire(*, actor: Actor, key: str, reason: str) -> None:
    """Take a playbook of the organisation out of use; tasks that it made stay."""
    actor.require(RIGHT)
    tenancy.note_reason(checking.needed(reason, "reason", _("Give a reason.")))
    selectors.own(actor.organisation_id).filter(key=key).update(retired_at=clock.now())
