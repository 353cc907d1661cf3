# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the clocks of the law run on: awareness, the weighing, what was told and what was asked."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.core import clock, tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.evidence.models import Upload
from dijkring.incidents.models.incidents import Incident
from dijkring.incidents.models.watch import stirs
from dijkring.organisations.models import User

CALLED_BACK = ["withdrawn_at", "withdrawn_by", "withdrawal"]


class Awareness(OwnModel):
    """A statement of when the organisation became aware, of the event or of its significance.

    Never changed: a later statement amends an earlier one, with a reason, and both stay.
    """

    class Of(models.TextChoices):
        EVENT = "event", _("of the event")
        SIGNIFICANCE = "significance", _("that it is significant")

    tenancy = tenancy.own("organisation")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="awareness")
    of = models.CharField(_("aware of"), max_length=12, choices=Of.choices, default=Of.EVENT)
    at = models.DateTimeField(_("aware since"))
    who = models.CharField(_("who became aware"), max_length=120)
    evidence = models.TextField(_("from what this shows"), max_length=2000)
    reason = models.TextField(_("reason of the amendment"), max_length=2000, blank=True)
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.CharField(max_length=120)

    class Meta:
        ordering = ["id"]
        triggers = [
            pgtrigger.Protect(
                name="awareness_stands", operation=pgtrigger.Update | pgtrigger.Delete
            ),
            stirs("awareness_stirs"),
        ]

    def __str__(self) -> str:
        return f"{self.of} {clock.written(self.at)}"


@audited()
class Significance(OwnModel):
    """One weighing of whether an incident must be reported under a regime; the last one counts.

    Not to report holds only once a second person has confirmed it.
    """

    tenancy = tenancy.own("organisation")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="weighings")
    regime = models.CharField(max_length=40)
    content_version = models.PositiveSmallIntegerField()
    answers = models.JSONField(default=dict)
    report = models.BooleanField(_("report"))
    reason = models.TextField(_("reason"), max_length=2000)
    # Why somebody else decided than the privacy officer, whose decision this is.
    standing_in = models.CharField(_("why the privacy officer did not"), max_length=500, blank=True)
    decided_at = models.DateTimeField(_("decided"))
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmation = models.TextField(_("why agreed"), max_length=2000, blank=True)

    class Meta:
        ordering = ["id"]
        triggers = [
            pgtrigger.ReadOnly(
                name="weighing_stands", exclude=["confirmed_at", "confirmed_by", "confirmation"]
            ),
            stirs("weighing_stirs"),
        ]

    def __str__(self) -> str:
        return f"{self.regime} {self.report}"

    @property
    def holds(self) -> bool:
        """Whether nothing waits for a second person any more."""
        return self.report or self.confirmed_at is not None


@audited()
class Submission(OwnModel):
    """That a report was handed in through the recipient's own channel; one that was wrong is
    called back with a reason and stays visible."""

    tenancy = tenancy.own("organisation")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="submissions")
    obligation = models.CharField(max_length=80)
    at = models.DateTimeField(_("handed in"))
    by = models.CharField(_("handed in by"), max_length=120)
    how = models.CharField(_("in which way"), max_length=200)
    reference = models.CharField(_("reference of the recipient"), max_length=120, blank=True)
    receipt = models.TextField(_("confirmation of receipt"), max_length=4000, blank=True)
    document = models.ForeignKey(
        Upload,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("proof as a document"),
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawal = models.TextField(_("why it was wrong"), max_length=2000, blank=True)

    class Meta:
        ordering = ["at", "id"]
        triggers = [
            pgtrigger.ReadOnly(name="submission_stands", exclude=CALLED_BACK),
            stirs("submission_stirs"),
        ]

    def __str__(self) -> str:
        return f"{self.obligation} {clock.written(self.at)}"


class Request(OwnModel):
    """That somebody who may do so asked for a report, by when."""

    tenancy = tenancy.own("organisation")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="requests")
    obligation = models.CharField(max_length=80)
    asked_by = models.CharField(_("who asks"), max_length=120)
    asked_at = models.DateTimeField(_("asked"))
    due_at = models.DateTimeField(_("wanted by"))
    words = models.TextField(_("what is asked"), max_length=2000, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=120)

    class Meta:
        ordering = ["asked_at", "id"]
        triggers = [
            pgtrigger.Protect(name="request_stands", operation=pgtrigger.Update | pgtrigger.Delete),
            stirs("request_stirs"),
        ]

    def __str__(self) -> str:
        return f"{self.obligation} {clock.written(self.due_at)}"


@audited()
class HouseRule(OwnModel):
    """Obligations of the organisation itself, in the form of our own content."""

    tenancy = tenancy.own("organisation")
    name = models.CharField(_("name"), max_length=120)
    text = models.TextField(_("obligations (YAML)"), max_length=50_000)
    added_at = models.DateTimeField()
    retired_at = models.DateTimeField(_("retired"), null=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name
