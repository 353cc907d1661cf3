# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Facts in rounds, who ought to have one, and what they add up to."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.evidence.models.words import STATES
from dijkring.organisations.models import User


class Round(OwnModel):
    """Facts observed together; it carries the moment, so that an unchanged round is one update."""

    tenancy = tenancy.own("fact")
    source = models.CharField(max_length=80)
    scope = models.CharField(max_length=300)
    fingerprint = models.BinaryField(max_length=32)
    first_at = models.DateTimeField()
    observed_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)
    shortest_validity = models.DurationField()
    all_confirmed = models.BooleanField(default=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "source", "scope"], name="one_round_per_scope"
            )
        ]

    def __str__(self) -> str:
        return f"{self.scope} ({self.source})"


class Fact(OwnModel):
    """One observation over a stretch of time; never edited, only extended, closed or withdrawn."""

    tenancy = tenancy.own("fact")
    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=300)
    member = models.CharField(max_length=300)
    source = models.CharField(max_length=80)
    state = models.CharField(max_length=16, choices=STATES)
    detail = models.JSONField(default=dict)
    digest = models.BinaryField(max_length=16)
    since = models.DateTimeField()
    state_since = models.DateTimeField()
    round = models.ForeignKey(Round, null=True, on_delete=models.PROTECT, related_name="facts")
    confirmed_at = models.DateTimeField(null=True)
    validity = models.DurationField()
    until = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=200, blank=True)
    gone = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "subject", "source"],
                condition=models.Q(until=None),
                name="one_current_fact",
            ),
            models.CheckConstraint(
                condition=models.Q(round__isnull=False) | models.Q(confirmed_at__isnull=False),
                name="fact_has_a_confirmation",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "kind", "since"], name="fact_history"),
            models.Index(
                fields=["organisation", "member"],
                name="fact_of_member",
                condition=models.Q(until=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}: {self.state}"


class FailedAttempt(OwnModel):
    """A measurement that could not be done; it is logged and replaces nothing."""

    tenancy = tenancy.own("fact")
    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=300)
    source = models.CharField(max_length=80)
    at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "subject", "source", "reason"],
                name="one_row_per_failed_attempt",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


@audited()
class Withdrawal(OwnModel):
    """Why a wrong fact does not count any more."""

    tenancy = tenancy.own("fact")
    fact = models.OneToOneField(Fact, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.CharField(max_length=500)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.reason


@audited()
class PopulationMember(OwnModel):
    """A subject that ought to have facts, from a moment until a moment."""

    tenancy = tenancy.own("fact")
    population = models.CharField(max_length=60)
    member = models.CharField(max_length=300)
    responsible = models.CharField(max_length=120, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    taken_out_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "population", "member"],
                condition=models.Q(until=None),
                name="one_current_member",
            )
        ]

    def __str__(self) -> str:
        return self.member


class Tally(OwnModel):
    """What the current facts of one kind add up to; what rules read instead of facts."""

    tenancy = tenancy.own("standing")
    kind = models.CharField(max_length=80)
    lapses = ArrayField(models.DateTimeField())
    failing_since = ArrayField(models.DateTimeField())
    fail_lapses = ArrayField(models.DateTimeField())
    not_measured = models.PositiveIntegerField()
    not_applicable = models.PositiveIntegerField()
    not_applicable_lapses = ArrayField(models.DateTimeField())
    exact_until = models.DateTimeField(null=True)
    missing = models.PositiveIntegerField()
    population = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind"], name="one_tally_per_kind")
        ]

    def __str__(self) -> str:
        return self.kind
