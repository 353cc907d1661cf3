# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How often everything of an organisation is measured."""

from django.utils.translation import gettext as _

from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.core.models import Schedule
from dijkring.surface.services import measuring

PERIODS = {"daily": measuring.DAY, "weekly": measuring.WEEK}
DEMAND = "demand"


def current(organisation_id: int) -> Schedule | None:
    """Return what is planned, or was before somebody chose to measure on demand only."""
    return Schedule.objects.filter(organisation_id=organisation_id, kind=measuring.ALL).first()


def frequency(planned: Schedule | None) -> str:
    """Return the choice of the page: daily, weekly or demand."""
    if planned is None or not planned.active:
        return DEMAND
    return "weekly" if planned.every_hours >= 24 * 7 else "daily"


def choose(*, actor: Actor, every: str) -> Schedule:
    """Plan the measuring of everything: daily, weekly, or on demand only.

    It is done at the organisation's own place in the day or week, the same every time.
    """
    actor.require("surface.measure")
    if every not in {*PERIODS, DEMAND}:
        raise Refused(_("Choose daily, weekly or on demand only."), "every")
    period = PERIODS.get(every, measuring.DAY)
    return measuring.plan(actor=actor, every=period, active=every != DEMAND)
