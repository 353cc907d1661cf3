# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A report that is written here and handed in by a person with its recipient."""

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.flow import Flow, Move
from dijkring.core.models import OwnModel
from dijkring.incidents.models.clocks import Submission
from dijkring.incidents.models.incidents import HANDLE, Incident
from dijkring.organisations.models import User

REPORT_FLOW = Flow(
    "state",
    (
        Move("draft", "reviewed", HANDLE, _("Review")),
        Move("reviewed", "draft", HANDLE, _("Change")),
        Move("reviewed", "submitted", HANDLE, _("Record that it was handed in")),
    ),
)


@audited(exclude=["form_copy", "version"])
class Report(OwnModel):
    """One version of one report of an incident.

    `texts` holds per field the text, where it comes from, and who wrote it; `form_copy` the form as
    it was. What was handed in stays as it was, with the hash of its content.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        REVIEWED = "reviewed", _("reviewed")
        SUBMITTED = "submitted", _("handed in")

    tenancy = tenancy.own("organisation")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="reports")
    form = models.CharField(_("report"), max_length=80)
    form_copy = models.JSONField()
    number = models.PositiveSmallIntegerField(_("version"))
    language = models.CharField(_("language"), max_length=2)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.DRAFT)
    texts = models.JSONField(_("texts"), default=dict)
    version = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(_("begun"))
    made_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("begun by")
    )
    changed_at = models.DateTimeField(_("changed"))
    changed_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("changed by")
    )
    reviewed_at = models.DateTimeField(_("reviewed"), null=True)
    reviewed_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("reviewed by")
    )
    reviewed_alone = models.BooleanField(_("reviewed by the writer"), default=False)
    review = models.TextField(_("remark of the review"), max_length=2000, blank=True)
    submission = models.OneToOneField(
        Submission,
        null=True,
        on_delete=models.PROTECT,
        related_name="report",
        verbose_name=_("proof that it was handed in"),
    )
    digest = models.CharField(_("hash of the content"), max_length=64, blank=True)

    class Meta:
        ordering = ["id"]
        triggers = [
            REPORT_FLOW.trigger("report_moves"),
            pgtrigger.Protect(
                name="handed_in_stands",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.state = 'submitted'"),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "form", "number"], name="one_version_of_a_report"
            ),
            models.UniqueConstraint(
                fields=["incident", "form"],
                condition=~Q(state="submitted"),
                name="one_open_report",
            ),
            models.CheckConstraint(
                condition=~Q(state="submitted")
                | (Q(submission__isnull=False, reviewed_at__isnull=False) & ~Q(digest="")),
                name="handed_in_with_its_proof",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.number}"

    @property
    def exercise(self) -> bool:
        """Whether it belongs to an exercise."""
        return self.incident.exercise

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed."""
        return self.state != self.State.SUBMITTED

    @property
    def fields(self) -> list[dict[str, Any]]:
        """The fields of its form, as they were when it was begun."""
        found: list[dict[str, Any]] = self.form_copy["fields"]
        return found

    def text(self, field: str) -> str:
        """Return what stands in a field."""
        return str(self.texts.get(field, {}).get("text", ""))
