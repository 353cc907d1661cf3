# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Long work and schedules; the abstract base of every table that belongs to an organisation."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.core import tenancy
from dijkring.core.audit import audited


class OwnModel(models.Model):
    """A row of one organisation; the subclass declares `tenancy = own(kind)`."""

    organisation = models.ForeignKey(
        settings.TENANT_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("organisation"),
    )

    class Meta:
        abstract = True


class Job(OwnModel):
    """Long work that a person can follow: a measurement, an import, a report."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    tenancy = tenancy.own("organisation")
    kind = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)
    result_url = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["organisation", "-id"], name="job_of_organisation")]

    def __str__(self) -> str:
        return self.title

    @property
    def ended(self) -> bool:
        return self.state in {self.State.DONE, self.State.FAILED}


@audited(exclude=["next_at"])
class Schedule(OwnModel):
    """Work that returns: a date in a due-table; the minute tick only looks at it.

    Who chose a rhythm is kept; that the tick moves the next moment is no choice of anybody.
    """

    tenancy = tenancy.own("organisation")
    kind = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    every_hours = models.PositiveIntegerField()
    next_at = models.DateTimeField()
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind"], name="one_schedule_per_kind")
        ]
        indexes = [
            models.Index(fields=["next_at"], name="schedule_due", condition=models.Q(active=True))
        ]

    def __str__(self) -> str:
        return self.title
