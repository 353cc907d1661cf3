# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a supplier is asked to mend, and whether its answers are shared with other customers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.core import clock, tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.organisations.models import User


@audited()
class MendRequest(OwnModel):
    """One request to one supplier: what is wrong, by when, whom to answer.

    The link by which the supplier answers, and the answer, stand with the asks of `notices`.
    """

    tenancy = tenancy.own("surface")
    supplier = models.CharField(_("supplier"), max_length=120)
    message = models.TextField(_("what you want to say"), max_length=2000, blank=True)
    due_on = models.DateField(_("mended by"))
    answer_to = models.CharField(_("answer to"), max_length=200)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("asked"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    withdrawal = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.supplier}: {clock.day_of(self.made_at)}"


class RequestLine(OwnModel):
    """One failing fact that a request is about, by its identity."""

    tenancy = tenancy.own("surface")
    request = models.ForeignKey(MendRequest, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=300)
    member = models.CharField(max_length=253)
    since = models.DateTimeField()

    class Meta:
        ordering = ["member", "kind", "subject"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "kind", "subject"], name="one_line_per_request"
            )
        ]
        indexes = [models.Index(fields=["member"], name="request_line_of_name")]

    def __str__(self) -> str:
        return f"{self.member} {self.kind}"


@audited()
class AnswerSharing(OwnModel):
    """That an organisation shares what suppliers answer with others that have the same name.

    Who shares sees what others share; `door_shared_answers` asks for both.
    """

    tenancy = tenancy.own("organisation")
    agreed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(_("agreed"))
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(ended_at=None),
                name="one_current_answer_sharing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}"
