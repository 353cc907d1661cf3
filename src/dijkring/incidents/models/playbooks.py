# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Playbooks of the organisation itself, and the tasks that an incident has from one."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.incidents.models.incidents import Incident
from dijkring.organisations.models import User


@audited()
class Playbook(OwnModel):
    """A playbook of the organisation itself, in the form of our own content."""

    tenancy = tenancy.own("organisation")
    key = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=120)
    text = models.TextField(_("playbook (YAML)"), max_length=200_000)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(_("retired"), null=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "key"],
                condition=models.Q(retired_at=None),
                name="one_playbook_per_key",
            )
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class Task(OwnModel):
    """Something to be done in an incident: a step of a playbook as it read, or one's own.

    `playbook` and `step` are the ids in the content; both are empty for one's own task. `words` and
    `why` are texts per language, as they were when the playbook was started.
    """

    class State(models.TextChoices):
        OPEN = "open", _("still to do")
        DONE = "done", _("done")
        SKIPPED = "skipped", _("skipped")

    tenancy = tenancy.own("organisation")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="tasks")
    playbook = models.CharField(max_length=40, blank=True)
    playbook_version = models.PositiveSmallIntegerField(default=0)
    step = models.CharField(max_length=60, blank=True)
    phase = models.CharField(_("phase"), max_length=10)
    place = models.PositiveSmallIntegerField()
    words = models.JSONField(_("what is to be done"))
    why = models.JSONField(_("why"), default=dict)
    role = models.CharField(_("role"), max_length=20, blank=True)
    obligations = models.JSONField(default=list)
    assignee = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("who does it"),
    )  # fmt: skip
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "playbook", "step"],
                condition=~models.Q(step=""),
                name="one_task_per_step",
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation", "due_at"],
                condition=models.Q(state="open"),
                name="incident_task_due",
            )
        ]

    def __str__(self) -> str:
        return str(self.words.get("nl") or next(iter(self.words.values()), ""))

    def is_late(self, now: datetime) -> bool:
        """Tell whether it should have been done by now."""
        return self.state == self.State.OPEN and self.due_at is not None and self.due_at < now
