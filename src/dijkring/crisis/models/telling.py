# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is told in a crisis: situation reports, messages, and the ticks of checklists."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.crisis.models.crises import STANDS, Crisis
from dijkring.organisations.models import User


@audited(exclude=["version"])
class Sitrep(OwnModel):
    """A situation report; once approved it stands, and the next one says what changed."""

    tenancy = tenancy.own("organisation")
    crisis = models.ForeignKey(Crisis, on_delete=models.PROTECT, related_name="sitreps")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField(_("as it stood on"))
    picture = models.TextField(_("Picture"), max_length=8000, blank=True)
    stake = models.TextField(_("What is at stake"), max_length=8000, blank=True)
    outlook = models.TextField(_("Expected course"), max_length=8000, blank=True)
    measures = models.TextField(_("Measures"), max_length=8000, blank=True)
    decisions = models.TextField(_("Decisions needed"), max_length=8000, blank=True)
    communication = models.TextField(_("Communication"), max_length=8000, blank=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(_("approved"), null=True)
    approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["number"]
        triggers = [
            pgtrigger.Protect(
                name="approved_sitrep_stands",
                operation=STANDS,
                condition=pgtrigger.Q(old__approved_at__isnull=False),
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["crisis", "number"], name="one_sitrep_number"),
            models.UniqueConstraint(
                fields=["crisis"], condition=Q(approved_at=None), name="one_sitrep_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"sitrep {self.number}"

    @property
    def approved(self) -> bool:
        """Whether somebody has approved it."""
        return self.approved_at is not None


class SitrepSent(OwnModel):
    """To whom an approved situation report was given, and how; never changed."""

    tenancy = tenancy.own("organisation")
    sitrep = models.ForeignKey(Sitrep, on_delete=models.PROTECT, related_name="sent")
    to = models.CharField(_("to whom"), max_length=300)
    channel = models.CharField(_("in which way"), max_length=120)
    at = models.DateTimeField(_("when"))
    by = models.CharField(max_length=120)

    class Meta:
        ordering = ["at", "id"]
        triggers = [pgtrigger.Protect(name="sent_stands", operation=STANDS)]

    def __str__(self) -> str:
        return self.to


@audited()
class Message(OwnModel):
    """What is said to a group of people, by whom; sent by hand, never from here."""

    tenancy = tenancy.own("organisation")
    crisis = models.ForeignKey(Crisis, on_delete=models.PROTECT, related_name="messages")
    group = models.CharField(_("target group"), max_length=200)
    text = models.TextField(_("message"), max_length=4000)
    channel = models.CharField(_("channel"), max_length=200)
    spokesperson = models.CharField(_("spokesperson"), max_length=120)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    sent_at = models.DateTimeField(_("sent"), null=True)
    sent_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["id"]
        triggers = [
            pgtrigger.Protect(
                name="sent_message_stands",
                operation=STANDS,
                condition=pgtrigger.Q(old__sent_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.text[:60]}"


class Tick(OwnModel):
    """What was answered to one line of a checklist; the last answer counts. Never changed."""

    class Answer(models.TextChoices):
        DONE = "done", pgettext_lazy("checklist", "done")
        NOT_NEEDED = "not_needed", pgettext_lazy("checklist", "not needed")
        YES = "yes", _("yes")
        NO = "no", _("no")
        UNKNOWN = "unknown", _("not known yet")

    tenancy = tenancy.own("organisation")
    crisis = models.ForeignKey(Crisis, on_delete=models.PROTECT, related_name="ticks")
    item = models.CharField(max_length=60)
    answer = models.CharField(max_length=10, choices=Answer.choices)
    note = models.CharField(_("note"), max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    class Meta:
        ordering = ["id"]
        triggers = [pgtrigger.Protect(name="tick_stands", operation=STANDS)]

    def __str__(self) -> str:
        return f"{self.item} {self.answer}"
