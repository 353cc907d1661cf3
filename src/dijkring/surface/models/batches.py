# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A round of an organisation cut into parts, so that any number of workers can do it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from dijkring.core import clock, tenancy
from dijkring.core.models import Job, OwnModel


class Batch(OwnModel):
    """Some domains of a job, done by one worker at a time; gone when the job has ended.

    `taken_by` names the worker that has it now: one that was thought dead and lives after all may
    not record any more. `alive_at` is when it last gave a sign of life, `tries` how often it was
    taken without anything recorded since. `measured` holds the domains that are done; the counts
    are of domains, and of facts that changed.
    """

    tenancy = tenancy.own("surface")
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    domains = ArrayField(models.BigIntegerField())
    taken_by = models.CharField(max_length=32, blank=True)
    alive_at = models.DateTimeField(default=clock.now)
    tries = models.PositiveSmallIntegerField(default=0)
    measured = ArrayField(models.BigIntegerField(), default=list)
    done = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["job", "number"], name="one_batch_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.job_id}/{self.number}"
