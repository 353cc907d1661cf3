# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Saying 'I have it', so that nobody else is woken."""

from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.incidents.models import Acknowledgement, Incident, TimelineEntry
from dijkring.incidents.services import checking
from dijkring.incidents.services.clocks import DECIDE


def acknowledge(*, actor: Actor, incident: Incident) -> Acknowledgement:
    """Say that one has an incident; what climbs stops until the next stage of a deadline."""
    actor.require(DECIDE)
    found = checking.locked(actor, incident)
    checking.open_still(found)
    if actor.user_id is None:
        raise Refused(_("Only a person can have an incident."))
    now = clock.now()
    TimelineEntry.objects.create(
        organisation_id=actor.organisation_id,
        incident=found,
        at=now,
        text=_("%(who)s has it.") % {"who": actor.name},
        recorded_at=now,
        recorded_by=actor.name[:120],
    )
    return Acknowledgement.objects.create(
        organisation_id=actor.organisation_id, incident=found, user_id=actor.user_id, at=now
    )
