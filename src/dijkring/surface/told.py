# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What people are told about measuring: once a day, and only when something changed."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.notices import daily, kinds
from dijkring.notices.daily import Draft
from dijkring.surface.selectors import findings

KIND = "surface.findings"
RIGHT = "surface.measure"


def register() -> None:
    """Register the kind of notice of this room, and the look at it before the daily e-mail."""
    words = _("Internet measuring since the last e-mail: new findings %(new)s, solved %(solved)s")
    kinds.register(KIND, _("Internet measuring"), words)
    daily.register(find)


def find(actor: Actor, since: datetime) -> list[Draft]:
    """Tell who measures how many findings are new and how many solved; nothing without a change."""
    if not actor.can(RIGHT):
        return []
    new, solved = findings.changes(actor.organisation_id, since)
    if not new and not solved:
        return []
    day = clock.today()
    values = {"new": new, "solved": solved}
    return [Draft(KIND, values, "surface:findings", key=f"findings-{day}")]
