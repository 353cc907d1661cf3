# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""When an organisation has its turn: always at the same hour, and not all at the same one."""

from datetime import UTC, datetime, timedelta

# Steps of the golden ratio divide a round as evenly as can be, however many there are.
GOLDEN = 0.6180339887498949
EPOCH = datetime(2024, 1, 1, tzinfo=UTC)


def place(organisation_id: int, period: timedelta) -> timedelta:
    """Return the place of an organisation within a period, in whole minutes."""
    return timedelta(minutes=int(organisation_id * GOLDEN % 1 * (period // timedelta(minutes=1))))


def next_turn(organisation_id: int, period: timedelta, after: datetime) -> datetime:
    """Return the first turn of an organisation after an aware moment, in UTC."""
    first = EPOCH + place(organisation_id, period)
    return first + ((after - first) // period + 1) * period
