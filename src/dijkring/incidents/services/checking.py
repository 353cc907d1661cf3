# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every moment and every change of an incident must meet, in plain words."""

from datetime import datetime

from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.incidents.models import Incident
from dijkring.incidents.selectors import clocks
from dijkring.ui import words


def locked(actor: Actor, incident: Incident) -> Incident:
    """Return the incident as it stands now, for this transaction only."""
    rows = Incident.objects.select_for_update().filter(organisation_id=actor.organisation_id)
    return rows.get(pk=incident.pk)


def past(at: datetime, field: str) -> datetime:
    """Refuse a moment without a time zone, out of all reason, or in the future."""
    if at.tzinfo is None:
        raise Refused(_("The time zone of this moment is missing."), field)
    if not 2000 <= at.year <= 2100:
        raise Refused(_("This year cannot be right."), field)
    if at > clock.now():
        raise Refused(
            _("This moment lies in the future. Give the moment at which it was so."), field
        )
    return at


def not_before_awareness(incident: Incident, at: datetime, field: str) -> None:
    """Refuse a moment before the organisation became aware of the event."""
    aware = clocks.latest(incident)
    if aware is None:
        raise Refused(_("First record since when you are aware of this incident."), field)
    if at < aware.at:
        raise Refused(
            _("This lies before the moment of becoming aware: %(aware)s.")
            % {"aware": words.moment_words(aware.at)},
            field,
        )


def open_still(incident: Incident) -> None:
    """Refuse a change of an incident that was closed."""
    if not incident.is_open:
        raise Refused(_("This incident has been closed. Open it again first."))


def needed(text: str, field: str, message: str) -> str:
    """Refuse an empty text."""
    if not text.strip():
        raise Refused(message, field)
    return text.strip()
