# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a register of incidents says of a period: times, and whether targets were met. No database.

What was not recorded is not measured, and a target that was not set is not met by silence.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

PASS, FAIL, NOT_MEASURED, NOT_APPLICABLE = "pass", "fail", "not_measured", "not_applicable"
# One in ten may take longer: the one attack that nobody saw does not colour a whole year.
MAY_BE_OVER = 0.1
Judged = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Times:
    """The moments of one incident, as far as they were recorded."""

    name: str
    occurred: datetime | None
    detected: datetime | None
    contained: datetime | None
    recovered: datetime | None
    ended: bool

    def between(self, first: str, last: str) -> timedelta | None:
        """Return the time between two moments; None when one is not known or they are crossed."""
        begin, end = getattr(self, first), getattr(self, last)
        return end - begin if begin and end and end >= begin else None


def hours(rows: Iterable[Times], first: str, last: str) -> float | None:
    """Return the middle number of hours between two moments; None when none is known."""
    took = [row.between(first, last) for row in rows]
    known = [one.total_seconds() / 3600 for one in took if one is not None]
    return median(known) if known else None


def within(
    rows: Sequence[Times], first: str, last: str, target: int | None, now: datetime
) -> Judged:
    """Judge whether nine in ten incidents stayed within so many hours.

    What still goes on is over as soon as it takes longer; of what was not recorded more than one
    in ten is too much to say anything.
    """
    if not rows:
        return NOT_APPLICABLE, {"reden": "geen incidenten in het laatste jaar"}
    if target is None:
        return NOT_MEASURED, {"reden": "geen doel gesteld"}
    most = timedelta(hours=target)
    took = {row.name: row.between(first, last) for row in rows}
    known = {name: one for name, one in took.items() if one is not None}
    going_on = [row for row in rows if not row.ended and row.name not in known]
    late = [row.name for row in going_on if _lasts_longer(row, first, most, now)]
    over = [*(name for name, one in known.items() if one > most), *late]
    unknown = [row.name for row in rows if row.ended and row.name not in known]
    judged = len(known) + len(late)
    if not judged:
        return NOT_MEASURED, {"reden": "geen tijden vastgelegd"}
    detail = {"doel in uren": target, "langer": over, "niet vastgelegd": unknown}
    if len(over) > MAY_BE_OVER * judged:
        return FAIL, detail
    much = len(over) + len(unknown) > MAY_BE_OVER * (judged + len(unknown))
    return NOT_MEASURED if much else PASS, detail


def _lasts_longer(row: Times, first: str, most: timedelta, now: datetime) -> bool:
    begin: datetime | None = getattr(row, first)
    return begin is not None and now - begin > most


def at_most(names: Sequence[str], undecided: Sequence[str], target: int | None) -> Judged:
    """Judge whether no more incidents were avoidable than the target; who did not say is named."""
    detail = {"doel": target, "vermijdbaar": list(names), "niet beoordeeld": list(undecided)}
    if target is None:
        return NOT_MEASURED, {"reden": "geen doel gesteld"}
    if len(names) > target:
        return FAIL, detail
    return (NOT_MEASURED if len(names) + len(undecided) > target else PASS), detail


def staff(took: Mapping[str, timedelta], term: timedelta) -> Judged:
    """Judge whether nine in ten reports of staff came within a term of what they noticed.

    That nobody reported says nothing: there may have been nothing, or nobody knew where.
    """
    if not took:
        return NOT_MEASURED, {"reden": "in het laatste jaar meldde geen medewerker iets"}
    over = [name for name, one in took.items() if one > term]
    detail = {"meldingen": len(took), "later gemeld": over}
    return FAIL if len(over) > MAY_BE_OVER * len(took) else PASS, detail


def answered(said: Mapping[str, str], label: str) -> Judged:
    """Judge a question that each incident was asked: `said` is yes, no or unknown by name."""
    if not said:
        return NOT_APPLICABLE, {"reden": "er was niets dat dit vroeg"}
    no = [name for name, one in said.items() if one == "no"]
    unknown = [name for name, one in said.items() if one == "unknown"]
    state = FAIL if no else NOT_MEASURED if unknown else PASS
    return state, {label: no, "niet bekend": unknown, "aantal": len(said)}


def none_left(wanted: Mapping[str, bool], label: str) -> Judged:
    """Judge that all is done of what had to be by now: name to whether it was left undone."""
    if not wanted:
        return NOT_APPLICABLE, {"reden": "er was niets dat dit vroeg"}
    left = [name for name, undone in wanted.items() if undone]
    return (FAIL if left else PASS), {label: left, "aantal": len(wanted)}
