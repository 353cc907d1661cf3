# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Moments as files write them; a bare day begins at midnight in the Netherlands."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


def moment(text: str) -> datetime | None:
    """Return an ISO 8601 moment in UTC, where it names no zone as UTC; None for other text."""
    try:
        found = datetime.fromisoformat(text.strip())
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        return found.astimezone(UTC) if found.astimezone(UTC) >= EARLIEST else None
    except (ValueError, OverflowError):
        return None


def start_of(day: date) -> datetime:
    """Return the beginning of a day in the Netherlands, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=AMSTERDAM).astimezone(UTC)
