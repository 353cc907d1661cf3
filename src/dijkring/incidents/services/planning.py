# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""When there is something to remind anybody of again, so that a tick looks only where there is.

The plan of an organisation is thrown away by every change of what its clocks run on (a trigger does
that). Who looks writes a new one only if nothing changed meanwhile; else the next tick looks again.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from dijkring.core import clock
from dijkring.core.rows import fetch
from dijkring.incidents.models import Incident, WatchPlan
from dijkring.incidents.selectors import clocks, oncall
from dijkring.incidents.selectors.clocks import Clock
from dijkring.incidents.services import watching
from dijkring.incidents.services.ladder import STAGES, Stage
from dijkring.incidents.services.watching import TAKE_UP, People

FAR = datetime(2100, 1, 1, tzinfo=UTC)
# Whatever was overlooked, such as another role of somebody, is found within this time; the half of
# it differs per organisation, so that they do not all come at once.
LONGEST, MINUTES = timedelta(hours=2), 120
_SEEN = "SELECT xmin::text FROM incidents_watchplan WHERE organisation_id = %s"
_MINE = (
    "SELECT id FROM incidents_watchplan WHERE organisation_id = %s AND xmin::text = %s "
    "FOR UPDATE SKIP LOCKED"
)


def look(*, organisation_id: int) -> int:
    """Remind who must be reminded, and plan when to look again; returns how many notices came."""
    seen = fetch(_SEEN, [organisation_id])
    now = clock.now()
    running = clocks.open_clocks(organisation_id)
    running += clocks.open_clocks(organisation_id, exercises=True)
    count = watching.remind_of(organisation_id, running, now)
    if not seen:
        # Nothing tells of a change before there is a plan: the next tick looks once more.
        WatchPlan.objects.bulk_create(
            [WatchPlan(organisation_id=organisation_id, at=now)], ignore_conflicts=True
        )
    elif mine := fetch(_MINE, [organisation_id, seen[0][0]]):
        waiting = watching.not_taken_up(organisation_id, now)
        concerned = {*(one.incident.pk for one in running), *(one.pk for one in waiting)}
        people = watching.people_of(organisation_id, concerned)
        at = next_look(running, waiting, people, now)
        at = min([at, *oncall.turns(organisation_id)] if concerned else [at])
        at = min(at, now + LONGEST + timedelta(minutes=organisation_id % MINUTES))
        WatchPlan.objects.filter(pk=mine[0][0]).update(at=at)
    return count


def next_look(
    running: Iterable[Clock], waiting: Iterable[Incident], people: People, now: datetime
) -> datetime:
    """Return from when on there is somebody to tell: the next stage, or the next rung of one."""
    found = []
    for row in waiting:
        found += _rungs(row, TAKE_UP, row.reported_at, people)
    for one in running:
        began = one.deadline.anchor_at
        if one.due is not None and began is not None:
            stages = [stage for stage in STAGES if began < one.due + stage.after]
            for stage in stages:
                found += _rungs(one.incident, stage, one.due, people)
    return min((at for at in found if at > now), default=FAR)


def _rungs(incident: Incident, stage: Stage, due: datetime, people: People) -> list[datetime]:
    """Return the moments at which somebody is to be told of a stage."""
    count = max(1, len(people.rungs(incident, stage)))
    step = min(stage.patience, stage.room / count)
    return [due + stage.after + place * step for place in range(count)]
