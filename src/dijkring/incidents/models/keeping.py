# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long incidents are kept, and the proof that one was deleted after that."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.organisations.models import User

# BIO2 5.28.01: at least three years.
LEAST_YEARS, MOST_YEARS = 3, 100
DECIDED = [
    "confirmed_at", "confirmed_by", "confirmation", "done_at", "removed",
    "withdrawn_at", "withdrawn_by", "withdrawal",
]  # fmt: skip


@audited()
class KeepingTerm(OwnModel):
    """For how many years after closing the organisation keeps its incidents."""

    tenancy = tenancy.own("organisation")
    years = models.PositiveSmallIntegerField(_("years after closing"), default=LEAST_YEARS)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation"], name="one_keeping_term"),
            models.CheckConstraint(
                condition=models.Q(years__gte=LEAST_YEARS, years__lte=MOST_YEARS),
                name="kept_long_enough",
            ),
        ]

    def __str__(self) -> str:
        return str(self.years)


@audited()
class Deletion(OwnModel):
    """That one person asked to delete an incident and another agreed: the proof that is left.

    `incident` is its number in the database, which outlives it. `sha256` is the hash of the file of
    the incident as it was when the deletion was asked.
    """

    tenancy = tenancy.own("organisation")
    incident = models.BigIntegerField()
    reference = models.CharField(_("number"), max_length=20)
    reported_at = models.DateTimeField(_("reported"))
    closed_at = models.DateTimeField(_("closed"))
    sha256 = models.CharField(_("hash of its file (SHA-256)"), max_length=64)
    ground = models.TextField(_("ground"), max_length=2000)
    years = models.PositiveSmallIntegerField(_("years after closing"))
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmation = models.TextField(_("why agreed"), max_length=2000, blank=True)
    done_at = models.DateTimeField(_("deleted"), null=True)
    removed = models.JSONField(default=dict)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawal = models.TextField(_("why not"), max_length=2000, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "incident"],
                condition=models.Q(withdrawn_at=None),
                name="one_deletion",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None)
                | ~models.Q(confirmed_by=models.F("asked_by")),
                name="deleted_by_two",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="deletion_stands", exclude=DECIDED),
            pgtrigger.Protect(name="deletion_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def waits(self) -> bool:
        """Whether a second person must still agree."""
        return self.done_at is None and self.withdrawn_at is None
