# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions about crises and their log."""

from typing import NamedTuple

from django.db.models import F, Prefetch, QuerySet

from dijkring.core.rows import fetch
from dijkring.crisis.models import (
    CallAttempt,
    Crisis,
    Decision,
    LogLine,
    Message,
    Participant,
    Sitrep,
    Task,
)
from dijkring.incidents.models import Incident

# What of the incident stands in the picture: any change of one of these rows gives another number.
_SEEN = """
SELECT c.version, c.stand, (SELECT coalesce(sum(hashtext(part)), 0)::bigint FROM (
  SELECT 'i' || xmin FROM incidents_incident WHERE id = c.incident_id
  UNION ALL SELECT 't' || id || ',' || xmin FROM incidents_touchedasset
    WHERE incident_id = c.incident_id
  UNION ALL SELECT 'a' || id || ',' || xmin FROM incidents_awareness
    WHERE incident_id = c.incident_id
  UNION ALL SELECT 'w' || id || ',' || xmin FROM incidents_significance
    WHERE incident_id = c.incident_id
  UNION ALL SELECT 's' || id || ',' || xmin FROM incidents_submission
    WHERE incident_id = c.incident_id
  UNION ALL SELECT 'r' || id || ',' || xmin FROM incidents_request
    WHERE incident_id = c.incident_id) AS parts(part))
FROM crisis_crisis c WHERE c.organisation_id = %s AND c.id = %s
"""


class Seen(NamedTuple):
    """What somebody who follows has seen: the version, the stand, and a number of the incident."""

    version: int
    stand: int
    outside: int


def crises(organisation_id: int) -> QuerySet[Crisis]:
    """Return crises and exercises, the newest first."""
    rows = Crisis.objects.filter(organisation_id=organisation_id)
    return rows.select_related("incident", "opened_by", "ended_by")


def seen(organisation_id: int, pk: int) -> Seen | None:
    """Return how far a crisis and its incident are, in one look by keys; None without one."""
    rows = fetch(_SEEN, [organisation_id, pk])
    return Seen(*rows[0]) if rows else None


def lines(crisis: Crisis, *, after: int = 0, upto: int | None = None) -> QuerySet[LogLine]:
    """Return the lines of the log that came after a version, the newest first."""
    rows = LogLine.objects.filter(crisis=crisis, serial__gt=after)
    rows = rows.filter(serial__lte=upto) if upto is not None else rows
    return rows.order_by("-serial")


def people(crisis: Crisis) -> QuerySet[Participant]:
    """Return who is needed or there, with the attempts to reach them."""
    attempts = Prefetch("attempts", CallAttempt.objects.order_by("at", "id"))
    return Participant.objects.filter(crisis=crisis).prefetch_related(attempts)


def decisions(crisis: Crisis) -> QuerySet[Decision]:
    """Return the questions, those that wait on top, with what was ruled on them."""
    rows = Decision.objects.filter(crisis=crisis).prefetch_related("rulings")
    return rows.order_by(F("settled_at").desc(nulls_first=True), "needed_by", "-number")


def pending(crisis: Crisis) -> QuerySet[Decision]:
    """Return the questions that wait for a decision, the most urgent first."""
    return Decision.objects.filter(crisis=crisis, settled_at=None).order_by("needed_by", "number")


def sitreps(crisis: Crisis) -> QuerySet[Sitrep]:
    """Return the situation reports, the newest first."""
    rows = Sitrep.objects.filter(crisis=crisis).select_related("made_by", "approved_by")
    return rows.prefetch_related("sent").order_by("-number")


def tasks(crisis: Crisis) -> QuerySet[Task]:
    """Return the tasks that were given, open ones first."""
    return Task.objects.filter(crisis=crisis).order_by("-state", "due_at", "id")


def messages(crisis: Crisis) -> QuerySet[Message]:
    """Return what is or will be said, what was not sent yet first."""
    return Message.objects.filter(crisis=crisis).order_by(
        F("sent_at").desc(nulls_first=True), "-id"
    )


def of_incident(incident: Incident) -> QuerySet[Crisis]:
    """Return the crises that were opened from an incident."""
    return Crisis.objects.filter(organisation_id=incident.organisation_id, incident_id=incident.pk)
