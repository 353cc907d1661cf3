# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one clock. The demo region and the tests move it; nothing else asks the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_moved: ContextVar[datetime | None] = ContextVar("moved", default=None)


def now() -> datetime:
    """Return the moment in UTC."""
    return _moved.get() or datetime.now(UTC)


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
