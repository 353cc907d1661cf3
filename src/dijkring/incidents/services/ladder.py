# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who hears when of a deadline: the owner, the next on the list, at last the board.

Plain arithmetic on moments and ids, so that it can be tested without a database.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
# Told later than this after it should have been, a reminder says so itself.
LATE = 15 * MINUTE


@dataclass(frozen=True, slots=True)
class Stage:
    """A moment around a deadline; it climbs a rung after `patience` without 'I have it'.

    The whole ladder fits in `room`, so that a long list does not outlive the stage. Without
    patience everybody hears at once.
    """

    id: str
    after: timedelta
    patience: timedelta
    room: timedelta
    to_board: bool = True


NONE = timedelta(0)
# Who is next hears before the deadline, not after it.
STAGES = (
    Stage("day", -24 * HOUR, 60 * MINUTE, 19 * HOUR, to_board=False),
    Stage("hours", -4 * HOUR, 20 * MINUTE, 2 * HOUR),
    Stage("hour", -HOUR, 10 * MINUTE, 45 * MINUTE),
    Stage("due", NONE, NONE, NONE),
    Stage("late", HOUR, NONE, NONE),
    Stage("day_late", 24 * HOUR, NONE, NONE),
)


@dataclass(frozen=True, slots=True)
class Call:
    """Who is to be told at a stage, and the moment at which it should have happened."""

    stage: Stage
    who: frozenset[int]
    at: datetime

    def is_late(self, now: datetime) -> bool:
        """Tell whether it comes later than it should."""
        return now - self.at > LATE


def stage_of(due: datetime, began: datetime, now: datetime) -> Stage | None:
    """Return the last stage that has come; one from before the term began is none."""
    come = [stage for stage in STAGES if began < due + stage.after <= now]
    return come[-1] if come else None


def rungs(
    first: Iterable[int], listed: Sequence[int], top: Sequence[Iterable[int]]
) -> list[frozenset[int]]:
    """Return the rungs: first who has it, each next on the list, then what stands above."""
    found: list[frozenset[int]] = []
    for wanted in (first, *([one] for one in listed), *top):
        fresh = frozenset(wanted) - frozenset().union(*found)
        if fresh:
            found.append(fresh)
    return found


def calls(
    stage: Stage, due: datetime, rungs: Sequence[frozenset[int]], held_at: datetime | None,
    now: datetime,
) -> list[Call]:  # fmt: skip
    """Return who is to be told by now; `held_at` is when somebody last said 'I have it'.

    Then only the first is, for the stage in which it was said. Without patience it does not count:
    who is late is known to everybody.
    """
    begins = due + stage.after
    step = min(stage.patience, stage.room / max(1, len(rungs)))
    held = held_at is not None and held_at >= begins and bool(step)
    climbed = rungs[:1] if held else rungs
    found = [Call(stage, who, begins + place * step) for place, who in enumerate(climbed)]
    return [one for one in found if one.at <= now]
