# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is asked: frameworks with versions, requirements as trees, mappings, evidence rules."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.organisations.models import Organisation, User


def in_language(text: dict[str, str]) -> str:
    """Return a text of the content in the language of the reader, else Dutch, else any."""
    return text.get(get_language() or "nl") or text.get("nl") or next(iter(text.values()), "")


class MixedModel(models.Model):
    """Content for everybody, or a row that one organisation brought in itself."""

    tenancy = tenancy.MIXED
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Framework(MixedModel):
    """One version of a norm or law; `key` stays the same over versions."""

    key = models.SlugField(max_length=60)
    version = models.CharField(max_length=40)
    title = models.JSONField()
    issuer = models.CharField(max_length=200, blank=True)
    published = models.DateField(null=True)
    source = models.CharField(max_length=500, blank=True)
    licence = models.CharField(max_length=500, blank=True)
    official = models.BooleanField(default=False)
    is_law = models.BooleanField(default=False)
    names_versions = models.JSONField(default=dict, blank=True)
    imported_at = models.DateTimeField()

    class Meta:
        ordering = ["key", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "key", "version"], name="one_framework_version", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{in_language(self.title)} {self.version}"


class Requirement(MixedModel):
    """One node of a framework; a leaf is what a standing is about."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("active")
        MOVED = "moved", _("moved")
        LAPSED = "lapsed", _("lapsed")
        REFERENCE = "reference", _("reference")

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="requirements")
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="children")
    ref = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    title = models.JSONField()
    text = models.JSONField(default=dict)
    leaf = models.BooleanField(default=False)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ACTIVE)
    moved_to = models.CharField(max_length=120, blank=True)
    layers = ArrayField(models.CharField(max_length=12), default=list)
    outside_duty = models.BooleanField(default=False)
    link = models.CharField(max_length=500, blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["framework_id", "position"]
        constraints = [models.UniqueConstraint(fields=["framework", "ref"], name="one_ref_per_framework")]

    def __str__(self) -> str:
        return f"{self.ref} {in_language(self.title)}"

    @property
    def label(self) -> str:
        return in_language(self.title)

    @property
    def description(self) -> str:
        return in_language(self.text)


class PeriodModel(MixedModel):
    """Content that holds from a moment until a moment, so that the past keeps its own rules."""

    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Mapping(PeriodModel):
    """One requirement carries, or contributes to, another."""

    class Kind(models.TextChoices):
        CARRIES = "carries", _("carries")
        CONTRIBUTES = "contributes", _("contributes")

    source = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="carries")
    target = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="carried_by")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    reason = models.JSONField(default=dict)
    origin = models.CharField(max_length=300, blank=True)
    official = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.source.ref} {self.kind} {self.target.ref}"


class EvidenceRule(PeriodModel):
    """Which facts decide, or can break, one layer of a requirement."""

    requirement = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="rules")
    layer = models.CharField(max_length=12)
    decides = models.BooleanField()
    kinds = ArrayField(models.CharField(max_length=80))
    population = models.CharField(max_length=60)
    tolerance = models.PositiveIntegerField(default=0)
    repair_days = models.PositiveIntegerField(null=True)
    reason = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.requirement.ref} {self.layer}"


@audited()
class Applicability(OwnModel):
    """One line of the statement of applicability, by period (Verklaring van Toepasselijkheid)."""

    tenancy = tenancy.own("standing")
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="+")
    applicable = models.BooleanField(_("applicable"))
    reason = models.TextField(_("reason"), max_length=2000)
    owner = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("owner"))
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "requirement"],
                condition=models.Q(valid_until=None),
                name="one_current_applicability",
            )
        ]

    def __str__(self) -> str:
        return f"{self.requirement.ref}: {self.applicable}"


@audited()
class LookAgain(OwnModel):
    """Something of a new framework version that a person must look at again."""

    tenancy = tenancy.own("judgement")
    requirement = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="+")
    was = models.CharField(max_length=120)
    reason = models.CharField(max_length=300)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.was} → {self.requirement.ref}"
