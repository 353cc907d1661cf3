# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions about crises and their log."""

from django.db.models import F, Prefetch, QuerySet

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


def crises(organisation_id: int) -> QuerySet[Crisis]:
    """Return crises and exercises, the newest first."""
    rows = Crisis.objects.filter(organisation_id=organisation_id)
    return rows.select_related("incident", "opened_by", "ended_by")


def seen(organisation_id: int, pk: int) -> tuple[int, int] | None:
    """Return the version and the stand of a crisis in one look by its key; None without one."""
    rows = Crisis.objects.filter(organisation_id=organisation_id, pk=pk)
    return rows.values_list("version", "stand").first()


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
