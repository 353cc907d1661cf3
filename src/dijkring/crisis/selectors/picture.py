# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one picture of a crisis: what is pending, which clocks run, who is there, what was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from dijkring.crisis import prepared
from dijkring.crisis.models import Crisis, Decision, Participant, Sitrep, Task, Tick
from dijkring.crisis.selectors import crises
from dijkring.incidents.models import Incident
from dijkring.incidents.selectors import clocks
from dijkring.incidents.selectors.clocks import Clock


@dataclass(frozen=True, slots=True)
class Stand:
    """How a crisis stands now; in a fixed number of queries."""

    crisis: Crisis
    pending: Sequence[Decision]
    clocks: Sequence[Clock]
    sitrep: Sitrep | None
    draft: Sitrep | None
    here: Sequence[Participant]
    unreached: Sequence[Participant]
    tasks: Sequence[Task]
    hack: Tick | None


def stand(crisis: Crisis) -> Stand:
    """Return how a crisis stands now."""
    reports = list(crises.sitreps(crisis)[:2])
    people = [one for one in crises.people(crisis) if one.gone_at is None]
    waiting = [one for one in people if one.here_since is None]
    return Stand(
        crisis=crisis,
        pending=list(crises.pending(crisis)),
        clocks=running(crisis),
        sitrep=next((one for one in reports if one.approved), None),
        draft=next((one for one in reports if not one.approved), None),
        here=[one for one in people if one.here_since is not None],
        unreached=[one for one in waiting if not any(a.reached for a in one.attempts.all())],
        tasks=list(crises.tasks(crisis).filter(state=Task.State.OPEN)),
        hack=_hack(crisis),
    )


LAST = datetime.max.replace(tzinfo=UTC)


def running(crisis: Crisis) -> list[Clock]:
    """Return what the law wants told of the incident of a crisis, the most urgent first.

    What must be told without delay and has no last moment comes last.
    """
    if crisis.incident_id is None:
        return []
    rows = Incident.objects.filter(pk=crisis.incident_id).select_related("breach")
    rows = rows.prefetch_related(*clocks.PARTS)
    every = clocks.known(crisis.organisation_id)
    found = [one for row in rows for one in clocks.of_incident(row, every) if one.open]
    return sorted(found, key=lambda one: one.due or LAST)


def _hack(crisis: Crisis) -> Tick | None:
    items = [prepared.hack_item(phase.id) for phase in prepared.phases()]
    return Tick.objects.filter(crisis=crisis, item__in=items).order_by("-id").first()
