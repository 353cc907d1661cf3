# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the passing of time does to standings, dated at the lapse."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from heapq import heapify, heappop, heappush

from dijkring.controls.catalogue import Catalogue, catalogue
from dijkring.core import clock
from dijkring.core.rows import fetch
from dijkring.evidence.services.keeping import Step, keep
from dijkring.evidence.services.voices import Kept, Place, Voices, dependents, rank, voices

Due = dict[Place, datetime]
Turn = tuple[datetime, int, Place]

_DUE = """
SELECT organisation_id, requirement_id, coalesce(scope_id, 0), lapses_at FROM evidence_standing
WHERE organisation_id = ANY(%s) AND lapses_at <= %s
"""


def lapse(organisations: Collection[int]) -> int:
    """Carry out what the passing of time did; returns the number of standings that changed.

    The organisations must be locked, and see the same catalogue.
    """
    moment = clock.now()
    rows = fetch(_DUE, [list(organisations), moment])
    if not rows:
        return 0
    due = {Place(*row[:3]): row[3] for row in rows}
    before, steps = walk(due, moment, store=True)
    return len(keep(catalogue(moment), before, steps, moment))


def walk(
    due: Due, moment: datetime, *, store: bool
) -> tuple[dict[Place, Kept], dict[Place, list[Step]]]:
    """Return the standings that time alone touched, as kept, and what each became until a moment.

    Goes from lapse to lapse, so that two dates that passed between sweeps both stand in history;
    what a leaf carries is looked at at the same moment. `store` keeps tallies counted anew.
    """
    known = catalogue(moment)
    queue = [_turn(known, at, place) for place, at in due.items() if place[1] in known.nodes]
    if not queue:
        return {}, {}
    heapify(queue)
    places = _with_dependents(known, {place for _, _, place in queue})
    speak = voices(places, known, queue[0][0], keep=store)
    return speak.before, _pass_time(speak, queue, moment)


def _turn(known: Catalogue, at: datetime, place: Place) -> Turn:
    return at, rank(known, place), place


def _with_dependents(known: Catalogue, places: set[Place]) -> set[Place]:
    found, new = set(places), set(places)
    while new:
        new = {target for place in new for target in dependents(known, place)} - found
        found |= new
    return found


def _pass_time(speak: Voices, queue: list[Turn], moment: datetime) -> dict[Place, list[Step]]:
    steps: dict[Place, list[Step]] = defaultdict(list)
    while queue and queue[0][0] <= moment:
        turn = at, _, place = heappop(queue)
        if queue and queue[0] == turn:
            continue
        speak.bring_to(at)
        found = speak.standing(place, at)
        steps[place].append((at, found))
        if found.lapses_at is not None:
            heappush(queue, _turn(speak.known, found.lapses_at, place))
        if speak.verdicts.get(place) != found.verdict:
            speak.verdicts[place] = found.verdict.value
            for dependent in dependents(speak.known, place):
                heappush(queue, _turn(speak.known, at, dependent))
    return steps
