# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Facts in rounds, judgements, standings and what they rest on. The exact meaning: README.md."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.controls.models import Framework, Requirement
from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.organisations.models import User

STATES = [
    ("pass", _("met")),
    ("fail", _("not met")),
    ("not_measured", _("not measured")),
    ("not_applicable", _("not applicable")),
]
VERDICTS = [
    ("not_met", _("not met")),
    ("partly", _("partly met")),
    ("show_again", _("to be shown again")),
    ("not_measured", _("not measured")),
    ("not_assessed", _("not assessed")),
    ("met", _("met")),
    ("not_applicable", _("not applicable")),
]
LAYERS = [("design", _("design")), ("existence", _("existence")), ("operation", _("operation"))]
LINES = [("owner", _("owner")), ("ciso", _("CISO review")), ("audit", _("independent audit"))]


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


class Upload(OwnModel):
    """A document of the organisation: kept by its hash, handed out only through rights."""

    tenancy = tenancy.own("document")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


@audited()
class Judgement(OwnModel):
    """A person's verdict on one layer of one requirement, in one line, until a date."""

    tenancy = tenancy.own("judgement")
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="+")
    layer = models.CharField(_("layer"), max_length=12, choices=LAYERS)
    line = models.CharField(_("line"), max_length=8, choices=LINES)
    verdict = models.CharField(_("verdict"), max_length=16, choices=VERDICTS)
    reason = models.TextField(_("reason"), max_length=4000)
    judged_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    judged_at = models.DateTimeField()
    valid_until = models.DateTimeField(_("valid until"), null=True)
    superseded_at = models.DateTimeField(null=True)
    carried_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-judged_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "requirement", "layer", "line"],
                condition=models.Q(superseded_at=None),
                name="one_current_judgement",
            )
        ]

    def __str__(self) -> str:
        return f"{self.requirement.ref} {self.layer}: {self.verdict}"


class JudgementDocument(OwnModel):
    """A document on which a judgement rests."""

    tenancy = tenancy.own("judgement")
    judgement = models.ForeignKey(Judgement, on_delete=models.PROTECT, related_name="documents")
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.upload)


@audited()
class Deviation(OwnModel):
    """An accepted deviation: shown beside the verdict, never turning anything green."""

    tenancy = tenancy.own("judgement")
    requirement = models.ForeignKey(
        Requirement, null=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=80, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    reason = models.TextField(_("reason"), max_length=2000)
    accepted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField()
    ends_at = models.DateTimeField(_("ends on"))
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.reason[:80]


class Standing(OwnModel):
    """Where an organisation stands on one leaf; no row means: not assessed."""

    tenancy = tenancy.own("standing")
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=16, choices=VERDICTS)
    layers = models.JSONField(default=list)
    since = models.DateTimeField()
    lapses_at = models.DateTimeField(null=True)
    becomes = models.CharField(max_length=16, choices=VERDICTS, blank=True)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "requirement"], name="one_standing_per_leaf"
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
    verdict = models.CharField(max_length=16, choices=VERDICTS)
    layers = models.JSONField(default=dict)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()

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

    tenancy = tenancy.own("standing")
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
