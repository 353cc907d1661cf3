# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether the deadlines are being watched: who reminds must not fall asleep unseen."""

from datetime import datetime, timedelta

from dijkring.core import clock
from dijkring.core.rows import fetch

# It runs every five minutes; two that were missed may be a restart.
LONGEST = timedelta(minutes=15)
_LAST = """
SELECT (SELECT at FROM incidents_watchrun WHERE id = 1),
  EXISTS (SELECT FROM incidents_incident
    WHERE organisation_id = %s AND state <> 'closed' AND reported_at < %s)
"""


def asleep_since(organisation_id: int) -> tuple[bool, datetime | None]:
    """Tell whether nobody looked at open incidents for too long, and when somebody last did."""
    since = clock.now() - LONGEST
    [(last, waiting)] = fetch(_LAST, [organisation_id, since])
    return bool(waiting) and (last is None or last < since), last


def last_look() -> tuple[datetime | None, bool]:
    """Return when the deadlines of everybody were last looked at, and whether that is too long ago.

    Before the first time it is too long ago as well: a monitor must see a worker that never began.
    """
    rows = fetch("SELECT at FROM incidents_watchrun WHERE id = 1")
    last: datetime | None = rows[0][0] if rows else None
    return last, last is None or last < clock.now() - LONGEST


def slept_since() -> datetime | None:
    """Return since when nobody looked, when that is too long ago; nothing before the first time."""
    rows = fetch("SELECT at FROM incidents_watchrun WHERE id = 1 AND at < %s",
                 [clock.now() - LONGEST])  # fmt: skip
    return rows[0][0] if rows else None
