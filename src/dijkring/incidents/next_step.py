# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one thing to do next in an incident; plain Python."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# So close to a deadline, the report goes before all that could still be found out.
CLOSE_BY = timedelta(hours=4)


class Step(StrEnum):
    """What to do next."""

    TAKE_UP = "take_up"
    AWARE = "aware"
    REPORT = "report"
    TRIAGE = "triage"
    CONFIRM = "confirm"
    WEIGH = "weigh"
    JUDGE = "judge"
    TELL = "tell"
    TASKS = "tasks"
    END = "end"
    CLOSE = "close"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Situation:
    """How an incident stands, as far as it says what comes next."""

    state: str
    aware: bool
    # Of the clock that asks for something first.
    due: datetime | None
    triaged: bool
    # Decided not to report, by somebody else than the reader, and not confirmed yet.
    to_confirm: bool
    to_weigh: bool
    to_judge: bool
    # Something must be told without delay, for which the law gives no last moment.
    to_tell: bool
    open_tasks: bool


def step(found: Situation, now: datetime) -> Step:
    """Return what comes first: a moment of awareness, a report that is near, then what is open."""
    if found.state == "closed":
        return Step.NOTHING
    if not found.aware:
        return Step.AWARE
    if found.due is not None and found.due - now <= CLOSE_BY:
        return Step.REPORT
    return Step.TAKE_UP if found.state == "reported" else _open(found)


def _open(found: Situation) -> Step:
    in_order = (
        (not found.triaged, Step.TRIAGE),
        (found.to_confirm, Step.CONFIRM),
        (found.to_weigh, Step.WEIGH),
        (found.to_judge, Step.JUDGE),
        (found.due is not None, Step.REPORT),
        (found.to_tell, Step.TELL),
        (found.open_tasks, Step.TASKS),
        (found.state != "ended", Step.END),
    )
    return next((one for asked, one in in_order if asked), Step.CLOSE)
