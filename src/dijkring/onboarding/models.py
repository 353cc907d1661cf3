# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was brought in, from which file, and what of it still waits for a person."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.controls.models import Requirement
from dijkring.core import clock, tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.evidence.models import VERDICTS, Scope
from dijkring.organisations.models import User


class FirstCode(models.Model):
    """The code by which the first visitor makes the first account; only its hash is kept."""

    tenancy = tenancy.SYSTEM
    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return clock.written(self.made_at)


@audited(exclude=["counts", "refused", "choice"])
class Intake(OwnModel):
    """One file on its way in: looked at, then brought in, and perhaps taken back."""

    class State(models.TextChoices):
        LOOKING = "looking", _("not brought in yet")
        RUNNING = "running", _("running")
        DONE = "done", _("brought in")
        WITHDRAWN = "withdrawn", _("taken back")

    tenancy = tenancy.own("organisation")
    kind = models.CharField(max_length=20)
    name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    choice = models.JSONField(default=dict)
    numbering = models.CharField(max_length=60, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.LOOKING
    )
    counts = models.JSONField(default=dict)
    refused = models.JSONField(default=list)
    uploaded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["organisation", "sha256"], name="intake_by_hash")]

    def __str__(self) -> str:
        return self.name


class ColumnMemory(OwnModel):
    """Which columns somebody chose for sheets with the same headers."""

    tenancy = tenancy.own("organisation")
    kind = models.CharField(max_length=20)
    header = models.CharField(max_length=64)
    choice = models.JSONField()
    numbering = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "header"], name="one_memory_per_header"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.header[:8]}"


class Brought(OwnModel):
    """One line of a file that was brought in: its key, what it said, and what it made."""

    tenancy = tenancy.own("organisation")
    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=700)
    digest = models.CharField(max_length=64)
    line = models.PositiveIntegerField()
    made = models.JSONField(default=dict)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "key"],
                condition=models.Q(until=None),
                name="one_current_brought",
            )
        ]

    def __str__(self) -> str:
        return self.key


@audited()
class TakenOver(OwnModel):
    """A verdict from before (overgenomen): without a layer, and silent in every standing.

    It waits until a person confirms it, which makes a judgement, or sets it aside with a reason.
    """

    tenancy = tenancy.own("judgement")
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="+")
    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="taken_over")
    line = models.PositiveIntegerField()
    was = models.CharField(_("number in the file"), max_length=120)
    note = models.CharField(max_length=400, blank=True)
    verdict = models.CharField(_("verdict"), max_length=16, choices=VERDICTS)
    reason = models.TextField(_("explanation"), max_length=4000, blank=True)
    said_by = models.CharField(_("said by"), max_length=300, blank=True)
    said_on = models.DateField(_("said on"), null=True)
    valid_until = models.DateField(_("valid until"), null=True)
    about = models.CharField(_("about"), max_length=300, blank=True)
    scope = models.ForeignKey(Scope, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    end_reason = models.CharField(max_length=500, blank=True)
    judgements = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        ordering = ["requirement__position", "id"]
        indexes = [
            models.Index(
                fields=["organisation", "requirement"],
                name="taken_over_open",
                condition=models.Q(ended_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.was}: {self.verdict}"
