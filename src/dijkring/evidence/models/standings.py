# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where an organisation stands, its history, and the counts per framework."""

from typing import TypeVar

from django.db import models

from dijkring.controls.models import Framework, Requirement
from dijkring.core import tenancy
from dijkring.core.models import OwnModel
from dijkring.evidence.models.judgements import Scope
from dijkring.evidence.models.words import VERDICTS

M = TypeVar("M", bound=models.Model)


class OfTheWhole(models.Manager[M]):
    """Rows about the whole organisation; those about one scope are asked for apart."""

    def get_queryset(self) -> models.QuerySet[M]:
        """Leave out what is about one scope."""
        return super().get_queryset().filter(scope=None)


class Standing(OwnModel):
    """Where an organisation stands on one leaf; no row means: not assessed."""

    tenancy = tenancy.own("standing")
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, null=True, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=16, choices=VERDICTS)
    layers = models.JSONField(default=list)
    since = models.DateTimeField()
    lapses_at = models.DateTimeField(null=True)
    becomes = models.CharField(max_length=16, choices=VERDICTS, blank=True)
    computed_at = models.DateTimeField()

    objects = OfTheWhole()
    every = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "requirement", "scope"],
                nulls_distinct=False,
                name="one_standing_per_leaf",
            )
        ]
        indexes = [
            models.Index(
                fields=["lapses_at"],
                name="standing_due",
                condition=models.Q(lapses_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.requirement_id}: {self.verdict}"


class StandingChange(OwnModel):
    """The history of a standing: dated at the change, recorded when it was seen."""

    tenancy = tenancy.own("standing")
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, null=True, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=16, choices=VERDICTS)
    layers = models.JSONField(default=dict)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    objects = OfTheWhole()
    every = models.Manager()

    class Meta:
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["organisation", "requirement", "at"], name="standing_history"),
            models.Index(fields=["organisation", "at"], name="standing_changes"),
        ]

    def __str__(self) -> str:
        return f"{self.requirement_id}: {self.verdict}"


class Summary(OwnModel):
    """Per organisation and framework the counts of the leaves, for the national overview."""

    tenancy = tenancy.own("summary")
    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="+")
    counts = models.JSONField()
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "framework"], name="one_summary_per_framework"
            )
        ]

    def __str__(self) -> str:
        return f"{self.framework_id}"
