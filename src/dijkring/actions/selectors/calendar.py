# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The calendar: everything due, of all rooms, per month."""

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dijkring.actions.models import Action
from dijkring.core import clock, due
from dijkring.core.due import Can, DueItem

AHEAD = timedelta(days=365)


def due_actions(organisation_id: int, until: datetime) -> list[DueItem]:
    """Return the open actions with a date before a moment."""
    last = clock.day_of(until)
    rows = Action.objects.filter(
        organisation_id=organisation_id, state=Action.State.OPEN, due_on__lte=last
    ).select_related("owner")
    return [
        DueItem(row.due_on, row.title, "actions:action", (row.pk,), "action", str(row.owner or ""))
        for row in rows
        if row.due_on is not None
    ]


def coming(organisation_id: int, can: Can) -> list[DueItem]:
    """Return what is late and what is due within a year."""
    return due.items(organisation_id, clock.now() + AHEAD, can)


def of_month(organisation_id: int, month: date, can: Can) -> tuple[list[DueItem], int]:
    """Return what is due in the month that begins on a day, and how much from before is late."""
    end = datetime.combine(following(month), time.min, clock.AMSTERDAM)
    found = due.items(organisation_id, end, can)
    inside = [item for item in found if item.day >= month]
    now = clock.now()
    late = [item for item in found if item.day < month and item.moment < now]
    return inside, len(late)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the month's sheet; `inside` tells whether it belongs to the month."""

    day: date
    inside: bool
    items: list[DueItem]


def weeks(month: date, items: Sequence[DueItem]) -> list[list[Day]]:
    """Return the sheet of a month, in weeks that begin on Monday."""
    on: dict[date, list[DueItem]] = {}
    for item in items:
        on.setdefault(item.day, []).append(item)
    sheet = Calendar().monthdatescalendar(month.year, month.month)
    return [[Day(day, day.month == month.month, on.get(day, [])) for day in week] for week in sheet]


def following(month: date) -> date:
    """Return the first day of the next month."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def preceding(month: date) -> date:
    """Return the first day of the month before."""
    return (month.replace(day=1) - timedelta(days=1)).replace(day=1)
