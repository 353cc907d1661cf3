# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The log that everybody in a crisis writes, and the tasks that are given in it."""

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.crisis.models import Crisis, LogLine, Task
from dijkring.crisis.rights import WRITE
from dijkring.crisis.services.entering import enter
from dijkring.incidents.services import checking


def write(
    *, actor: Actor, crisis: Crisis, text: str, at: datetime | None = None, source: str = ""
) -> LogLine:
    """Write what happened in the log; nothing of it is ever changed."""
    actor.require(WRITE)
    said = checking.needed(text, "text", _("Write down what happened."))
    return enter(actor, crisis, LogLine.Kind.NOTE, said, at=at, source=source)


def put_in(
    *, actor: Actor, crisis: Crisis, text: str, at: datetime | None = None, source: str = ""
) -> LogLine:
    """Write a line for a system; its token opens nothing else, and its name stands with the line.

    Raises Refused without a text, for a moment to come, and once the crisis has ended.
    """
    writer = replace(actor, rights=frozenset({WRITE}))
    return write(actor=writer, crisis=crisis, text=text, at=at, source=source)


def give_task(
    *, actor: Actor, crisis: Crisis, text: str, given_to: str, due_at: datetime | None = None
) -> Task:
    """Ask somebody to do something; it stands in the log and stays open until it is ended."""
    actor.require(WRITE)
    what = checking.needed(text, "text", _("Say what must be done."))[:500]
    who = checking.needed(given_to, "given_to", _("Say who does it."))[:120]
    line = _("Task for %(who)s: %(what)s") % {"who": who, "what": what}
    enter(actor, crisis, LogLine.Kind.TASK, line)
    return Task.objects.create(
        organisation_id=actor.organisation_id,
        crisis=crisis,
        text=what,
        given_to=who,
        given_by=actor.name[:120],
        given_at=clock.now(),
        due_at=due_at,
    )


def end_task(*, actor: Actor, task: Task, state: str, result: str = "") -> Task:
    """Say that a task was done, or is not needed any more; also after the crisis has ended."""
    actor.require(WRITE)
    rows = Task.objects.filter(organisation_id=actor.organisation_id)
    found = rows.select_related("crisis").select_for_update(of=("self",)).get(pk=task.pk)
    if found.state != Task.State.OPEN or state not in (Task.State.DONE, Task.State.DROPPED):
        raise Refused(_("This task was ended already."))
    said = Task.State(state).label
    line = f"{found.given_to}: {found.text} – {said}. {result}".strip()
    enter(actor, found.crisis, LogLine.Kind.TASK, line, afterwards=True)
    found.state, found.result = state, result.strip()[:500]
    found.ended_at, found.ended_by = clock.now(), actor.name[:120]
    found.save()
    return found
