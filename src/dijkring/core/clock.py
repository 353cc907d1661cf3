# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one clock. The demo region and the tests move it; nothing else asks the time."""

from calendar import monthrange
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_moved: ContextVar[datetime | None] = ContextVar("moved", default=None)


def now() -> datetime:
    """Return the moment in UTC."""
    return _moved.get() or datetime.now(UTC)


def today() -> date:
    """Return the day in the Netherlands (Europe/Amsterdam), where the law's days begin and end."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """Return the day in the Netherlands of an aware moment."""
    return moment.astimezone(AMSTERDAM).date()


def written(moment: datetime) -> str:
    """Return the day and time in the Netherlands of an aware moment, as in `2026-11-23 14:05`."""
    return f"{moment.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}"


def begin_of(day: date) -> datetime:
    """Return the moment at which a day begins in the Netherlands, in its time zone."""
    return datetime.combine(day, time.min, AMSTERDAM)


def months_after(day: date, months: int) -> date:
    """Return the same day so many calendar months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@contextmanager
def moved_to(moment: datetime) -> Iterator[None]:
    """Let `now` answer with an aware moment inside this block."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    token = _moved.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _moved.reset(token)
