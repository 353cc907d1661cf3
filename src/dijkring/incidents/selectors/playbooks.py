# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which playbooks there are, and the tasks of incidents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from dijkring.controls.models import in_language
from dijkring.core.due import DueItem
from dijkring.incidents import playbooks
from dijkring.incidents.models import Incident, Playbook, Task
from dijkring.incidents.obligations import ContentError


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the tasks are; what was skipped asks for nothing any more."""

    done: int
    skipped: int
    total: int

    @property
    def ended(self) -> int:
        """How many ask for nothing any more."""
        return self.done + self.skipped


def own(organisation_id: int) -> QuerySet[Playbook]:
    """Return the playbooks of the organisation itself that are in use."""
    rows = Playbook.objects.filter(organisation_id=organisation_id, retired_at=None)
    return rows.select_related("added_by")


def known(organisation_id: int) -> list[playbooks.Playbook]:
    """Return every playbook: those of the organisation first."""
    found = []
    for row in own(organisation_id):
        try:
            found.append(playbooks.read(row.text, row.name, own=True))
        except ContentError:
            # It was right when it was added, and can be read on its page no more.
            continue
    return [*found, *playbooks.ours()]


def find(organisation_id: int, key: str) -> playbooks.Playbook | None:
    """Return a playbook by its key."""
    return next((one for one in known(organisation_id) if one.key == key), None)


def fitting(incident: Incident, every: Sequence[playbooks.Playbook]) -> list[playbooks.Playbook]:
    """Return playbooks that were not started, those for this kind of incident first."""
    started = set(incident.tasks.exclude(playbook="").values_list("playbook", flat=True))
    left = [one for one in every if one.key not in started]
    return sorted(left, key=lambda one: incident.category not in one.categories)


def tasks(incident: Incident) -> QuerySet[Task]:
    """Return the tasks of an incident, phase by phase."""
    rows = Task.objects.filter(incident_id=incident.pk)
    return rows.select_related("assignee", "ended_by").order_by("place", "pk")


def progress(rows: Sequence[Task]) -> Progress:
    """Count how far they are."""
    states = [one.state for one in rows]
    return Progress(states.count("done"), states.count("skipped"), len(rows))


def due(organisation_id: int, until: datetime) -> list[DueItem]:
    """Return the open tasks with a moment, for the calendar; those of exercises stand apart."""
    rows = Task.objects.filter(
        organisation_id=organisation_id,
        state=Task.State.OPEN,
        due_at__lt=until,
        incident__exercise=False,
    ).exclude(incident__state=Incident.State.CLOSED)
    return [
        DueItem(
            one.due_at,
            f"{one.incident.reference}: {in_language(one.words)}",
            "incidents:incident",
            (one.incident_id,),
            "incident_task",
            str(one.assignee or ""),
        )
        for one in rows.select_related("incident", "assignee").order_by("due_at")
        if one.due_at is not None
    ]
