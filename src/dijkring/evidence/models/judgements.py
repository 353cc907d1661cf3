# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What people say: documents, scopes, judgements, accepted deviations."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.controls.models import Requirement
from dijkring.core import clock, tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.evidence.models.words import LAYERS, LINES, VERDICTS
from dijkring.organisations.models import User

# The type of what is kept unseen, such as malware: no document, so no list and no choice shows it.
INERT = "application/octet-stream"


class Documents(models.Manager["Upload"]):
    """The uploads that are documents."""

    def get_queryset(self) -> models.QuerySet["Upload"]:
        """Leave out what is kept unseen."""
        return super().get_queryset().exclude(media_type=INERT)


# A hash is also the name of the file, and so never anything else.
DIGEST = "^[0-9a-f]{64}$"


class Upload(OwnModel):
    """A document of the organisation: kept by its hash, handed out only through rights.

    `objects` are the documents; `everything` has what is kept unseen as well.
    """

    tenancy = tenancy.own("document")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    objects = Documents()
    everything = models.Manager["Upload"]()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(sha256__regex=DIGEST), name="upload_hash")
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class Scope(OwnModel):
    """A system, process, location or service about which is judged apart; a service has takers."""

    class Kind(models.TextChoices):
        SYSTEM = "system", _("system")
        PROCESS = "process", _("process")
        LOCATION = "location", _("location")
        SERVICE = "service", _("service")

    tenancy = tenancy.own("standing")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("description"), blank=True, max_length=2000)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=models.Q(until=None),
                name="one_current_scope_per_name",
            )
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class Judgement(OwnModel):
    """A person's verdict on one layer of one requirement, in one line, until a date."""

    tenancy = tenancy.own("judgement")
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, null=True, on_delete=models.PROTECT, related_name="+")
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
                fields=["organisation", "requirement", "layer", "line", "scope"],
                condition=models.Q(superseded_at=None),
                nulls_distinct=False,
                name="one_current_judgement",
            )
        ]

    def __str__(self) -> str:
        return f"{self.requirement.ref} {self.layer}: {self.verdict}"

    @property
    def held(self) -> str:
        """What it says now: one that is past its date is to be shown again."""
        over = self.valid_until is not None and self.valid_until <= clock.now()
        return "show_again" if over and self.superseded_at is None else self.verdict


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
