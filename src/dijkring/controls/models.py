# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is asked: frameworks with versions, requirements as trees, mappings, evidence rules."""

import re

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.text import Truncator, capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.organisations.models import Organisation, User


def in_language(text: dict[str, str]) -> str:
    """Return a text of the content in the language of the reader, else Dutch, else any."""
    return text.get(get_language() or "nl") or text.get("nl") or next(iter(text.values()), "")


def version_key(version: str) -> tuple[tuple[int, int, str], ...]:
    """Return the key by which versions sort: 1.9 before 1.10, and 1.3-draft before 1.3."""
    parts = [part for part in re.split(r"([0-9]+)", version.casefold()) if part.strip(" .-_+")]
    # Words sort below the end, and the end below numbers.
    key = [(2, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts]
    return (*key, (1, 0, ""))


class MixedModel(models.Model):
    """Content for everybody, or a row that one organisation brought in itself."""

    tenancy = tenancy.MIXED
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )

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
                fields=["organisation", "key", "version"],
                name="one_framework_version",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{in_language(self.title)} {self.version}"

    @property
    def age(self) -> tuple[object, ...]:
        """Sort key: later versions are larger; of the same version the one for everybody is."""
        return (*version_key(self.version), self.organisation_id is None)


class Requirement(MixedModel):
    """One node of a framework; a leaf is what a standing is about.

    `text` is in our own words; `official_text` that of the publisher, once somebody imported it.
    """

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
    official_text = models.JSONField(default=dict, blank=True)
    leaf = models.BooleanField(default=False)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ACTIVE)
    moved_to = models.CharField(max_length=120, blank=True)
    layers = ArrayField(models.CharField(max_length=12), default=list)
    outside_duty = models.BooleanField(default=False)
    link = models.CharField(max_length=500, blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["framework_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "ref"], name="one_ref_per_framework")
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.label}".strip()

    @property
    def label(self) -> str:
        """Return the title; of a norm without titles how the text begins."""
        title = in_language(self.title)
        return title if title != self.ref else Truncator(self.description).chars(80)

    @property
    def description(self) -> str:
        return in_language({**self.text, **self.official_text})


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
    owner = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("owner")
    )
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


class WasBecomes(MixedModel):
    """What became of a number of an earlier version in `version`; no `becomes` means gone."""

    key = models.SlugField(max_length=60)
    version = models.CharField(max_length=40)
    was = models.CharField(max_length=120)
    becomes = ArrayField(models.CharField(max_length=120), default=list)
    note = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "key", "version", "was"],
                name="one_fate_per_number",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}: {self.was}"


@audited()
class LookAgain(OwnModel):
    """Something of a new framework version that a person must look at again.

    `requirement` is where to look: the new place, or the old one where nothing took its place.
    """

    class Cause(models.TextChoices):
        MOVED = "moved", _("moved to another number")
        REWORDED = "reworded", _("the text has changed")
        GONE = "gone", _("nothing takes its place")

    tenancy = tenancy.own("judgement")
    requirement = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="+")
    old = models.ForeignKey(Requirement, null=True, on_delete=models.CASCADE, related_name="+")
    was = models.CharField(max_length=120)
    reason = models.CharField(max_length=300, choices=Cause.choices)
    note = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    conclusion = models.CharField(max_length=2000, blank=True)

    class Meta:
        ordering = ["requirement__position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "requirement", "old"], name="one_look_per_pair"
            )
        ]

    def __str__(self) -> str:
        return f"{self.was} → {self.requirement.ref}"

    @property
    def why(self) -> str:
        """Say in words what happened to the old number."""
        cause = capfirst(self.get_reason_display())
        note = in_language(self.note) if self.note else ""
        return f"{cause}. {note}" if note else cause
