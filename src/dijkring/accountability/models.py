# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reports to the council, stored with their figures and their moment; and visits."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.flow import Flow, Move
from dijkring.core.models import OwnModel
from dijkring.organisations.models import User

FLOW = Flow(
    "status",
    (
        Move("concept", "secretary", "accountability.make", _("Offer to the municipal secretary")),
        Move(
            "secretary",
            "portfolio_holder",
            "accountability.secretary",
            _("Agree as municipal secretary"),
        ),
        Move("portfolio_holder", "college", "accountability.board", _("Agree as portfolio holder")),
        Move(
            "college",
            "council",
            "accountability.board",
            _("Adopted by the college: send to the council"),
        ),
        Move("secretary", "concept", "accountability.secretary", _("Send back")),
        Move("portfolio_holder", "concept", "accountability.board", _("Send back")),
        Move("college", "concept", "accountability.board", _("Send back")),
    ),
)


@audited(exclude=["figures", "annex"])
class Report(OwnModel):
    """One report to the council: a public part and a confidential annex, over one period."""

    class Status(models.TextChoices):
        CONCEPT = "concept", _("concept of the CISO")
        SECRETARY = "secretary", _("with the municipal secretary")
        PORTFOLIO_HOLDER = "portfolio_holder", _("with the portfolio holder")
        COLLEGE = "college", _("with the college")
        COUNCIL = "council", _("sent to the council")

    tenancy = tenancy.own("document")
    title = models.CharField(_("title"), max_length=200)
    period_from = models.DateField(_("from"))
    period_to = models.DateField(_("until"))
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.CONCEPT)
    figures = models.JSONField()
    annex = models.JSONField()
    secrecy_ground = models.TextField(_("ground for secrecy"), max_length=1000)
    previous = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-made_at"]
        triggers = [FLOW.trigger("allowed_moves")]

    def __str__(self) -> str:
        return self.title


@audited()
class ReportStep(OwnModel):
    """One step of signing off: who, when, with which remark."""

    tenancy = tenancy.own("document")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="steps")
    before = models.CharField(max_length=20)
    after = models.CharField(max_length=20, choices=Report.Status.choices)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(blank=True, max_length=2000)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class Visit(OwnModel):
    """When somebody last looked at today's page, and the time before."""

    tenancy = tenancy.own("organisation")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    before = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="one_visit_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"
