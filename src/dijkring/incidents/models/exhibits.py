# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Evidence of an incident with its chain of custody."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.core import clock, tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.evidence.models import Upload
from dijkring.evidence.models.judgements import DIGEST
from dijkring.incidents.models.incidents import Incident
from dijkring.organisations.models import User


@audited()
class Exhibit(OwnModel):
    """One piece of evidence, numbered within its incident: a file kept here or something elsewhere.

    What it is and its hash never change; where it is stands in its chain of custody.
    """

    tenancy = tenancy.own("organisation")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="exhibits")
    number = models.PositiveSmallIntegerField(_("number"))
    what = models.CharField(_("what it is"), max_length=200)
    upload = models.ForeignKey(Upload, null=True, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(_("hash (SHA-256)"), max_length=64, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["incident", "number"], name="one_exhibit_number"),
            models.CheckConstraint(
                condition=models.Q(sha256="") | models.Q(sha256__regex=DIGEST), name="exhibit_hash"
            ),
        ]
        triggers = [pgtrigger.ReadOnly(name="exhibit_stands")]

    def __str__(self) -> str:
        return f"{self.number}. {self.what}"


class CustodyRecord(OwnModel):
    """One link of the chain: taken, handed over, or its hash reckoned again. Never changed."""

    class Act(models.TextChoices):
        TAKEN = "taken", _("taken into custody")
        GIVEN = "given", _("handed over")
        CHECKED = "checked", _("hash reckoned again")

    tenancy = tenancy.own("organisation")
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="custody")
    act = models.CharField(max_length=8, choices=Act.choices)
    at = models.DateTimeField(_("when"))
    by = models.CharField(_("by whom"), max_length=120)
    origin = models.CharField(_("where from"), max_length=300, blank=True)
    to = models.CharField(_("to whom, and where it is now"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    equal = models.BooleanField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=120)

    class Meta:
        ordering = ["id"]
        triggers = [
            pgtrigger.Protect(name="custody_stands", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.act} {clock.written(self.at)}"
