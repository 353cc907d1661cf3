# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""One register of improvements: an action with lines, a comment thread, a due date."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.flow import Flow, Move
from dijkring.core.models import OwnModel
from dijkring.organisations.models import Organisation, User
from dijkring.sharing.models import Handover

FLOW = Flow(
    "state",
    (
        Move("open", "done", "actions.close", _("Finish")),
        Move("open", "cancelled", "actions.close", _("Call off")),
        Move("done", "open", "actions.edit", _("Open again")),
        Move("cancelled", "open", "actions.edit", _("Open again")),
    ),
)
PROPOSAL_FLOW = Flow(
    "state",
    (
        Move("open", "accepted", "actions.accept", _("Accept")),
        Move("open", "declined", "actions.accept", _("Decline")),
    ),
)


@audited()
class Action(OwnModel):
    """An improvement; it knows its origin as kind and party, without a key to the fact."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("cancelled")

    class Priority(models.TextChoices):
        HIGH = "high", _("high")
        NORMAL = "normal", _("normal")
        LOW = "low", _("low")

    tenancy = tenancy.own("action")
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("what to do"), blank=True, max_length=8000)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    priority = models.CharField(
        _("priority"), max_length=8, choices=Priority.choices, default=Priority.NORMAL
    )
    owner = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("owner"),
    )
    due_on = models.DateField(_("due date"), null=True, blank=True)
    cost = models.DecimalField(
        _("cost in euros"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    origin_kind = models.CharField(max_length=80, blank=True)
    responsible = models.CharField(_("carried out by"), max_length=120, blank=True)
    requirements = models.JSONField(default=list)
    handed_over_by = models.CharField(_("handed over by"), max_length=120, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    close_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        triggers = [FLOW.trigger("allowed_moves")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "origin_kind", "responsible"],
                condition=models.Q(state="open") & ~models.Q(origin_kind=""),
                name="one_open_action_per_kind_and_party",
            )
        ]
        indexes = [models.Index(fields=["organisation", "state", "due_on"], name="action_due")]

    def __str__(self) -> str:
        return self.title


@audited()
class ActionLine(OwnModel):
    """One failing subject of an action; closed by a passing fact, with that fact as proof.

    `reported` is set by who shows lines: somebody said by a link that it is mended.
    """

    reported = False
    tenancy = tenancy.own("action")
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="lines")
    subject = models.CharField(_("subject"), max_length=300)
    text = models.CharField(_("what is wrong"), max_length=500, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    proof = models.JSONField(null=True)
    end_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["closed_at", "subject"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "subject"],
                condition=models.Q(closed_at=None),
                name="one_open_line_per_subject",
            )
        ]

    def __str__(self) -> str:
        return self.subject


class Comment(OwnModel):
    """What somebody said about an action."""

    tenancy = tenancy.own("action")
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("comment"), max_length=4000)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return self.text[:80]


@audited()
class Proposal(OwnModel):
    """An action that another organisation handed over; somebody here accepts or declines it.

    Who may see our actions by an agreement does not see what a third one proposes to us.
    """

    class State(models.TextChoices):
        OPEN = "open", _("waits for an answer")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    tenancy = tenancy.own("organisation")
    handover = models.OneToOneField(Handover, on_delete=models.PROTECT, related_name="+")
    sender = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("sender")
    )
    sent_by = models.CharField(_("sent by"), max_length=120, blank=True)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("what to do"), blank=True, max_length=4000)
    why = models.TextField(_("why"), blank=True, max_length=2000)
    due_on = models.DateField(_("proposed due date"), null=True)
    received_at = models.DateTimeField(_("received"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    decided_at = models.DateTimeField(_("answered"), null=True)
    decided_by = models.ForeignKey(
        User,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("answered by"),
    )
    reason = models.CharField(_("because"), max_length=500, blank=True)
    action = models.OneToOneField(
        Action,
        null=True,
        on_delete=models.PROTECT,
        related_name="proposal",
        verbose_name=_("action"),
    )

    class Meta:
        ordering = ["-id"]
        triggers = [PROPOSAL_FLOW.trigger("allowed_answers")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="declined") | ~models.Q(reason=""),
                name="proposal_declined_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="accepted") | models.Q(action__isnull=False),
                name="accepted_proposal_has_an_action",
            ),
        ]

    def __str__(self) -> str:
        return self.title
