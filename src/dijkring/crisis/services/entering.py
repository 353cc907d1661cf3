# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How everything in a crisis is written: raise the version, and with it hold the order."""

from datetime import datetime

from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.core.rows import fetch
from dijkring.crisis.models import Crisis, LogLine
from dijkring.incidents.services import checking

_RAISE = """
UPDATE crisis_crisis SET version = version + 1, stand = stand + %s
WHERE organisation_id = %s AND id = %s AND (ended_at IS NULL OR %s) RETURNING version
"""


def enter(
    actor: Actor,
    crisis: Crisis,
    kind: str,
    text: str,
    *,
    at: datetime | None = None,
    source: str = "",
    afterwards: bool = False,
) -> LogLine:
    """Write a line in the log; whoever else writes waits until this transaction has ended.

    All but plain notes raise the stand as well. Raises Refused once the crisis has ended, unless
    it is said `afterwards`.
    """
    moment = checking.past(at, "at") if at else clock.now()
    plain = kind in (LogLine.Kind.NOTE, LogLine.Kind.CHECK)
    found = fetch(_RAISE, [0 if plain else 1, actor.organisation_id, crisis.pk, afterwards])
    if not found:
        raise Refused(_("This crisis has ended. Nothing can be added to it any more."))
    return LogLine.objects.create(
        organisation_id=actor.organisation_id,
        crisis_id=crisis.pk,
        serial=found[0][0],
        kind=kind,
        at=moment,
        text=text[:4000],
        source=source.strip()[:200],
        recorded_at=clock.now(),
        recorded_by=actor.name[:120],
    )
