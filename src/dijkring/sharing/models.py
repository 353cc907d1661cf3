# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who lets whom see what: agreements, signatures, mandates, looks and handovers."""

from datetime import datetime

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.flow import Flow, Move
from dijkring.core.models import OwnModel
from dijkring.organisations.models import User


class Record(models.TextChoices):
    """What an agreement may be about."""

    NORMS = "norms", _("standing on the norms")
    EXPOSURE = "exposure", _("exposure on the internet")
    JUDGEMENTS = "judgements", _("judgements with their reasons")
    ACTIONS = "actions", _("actions")
    LANDSCAPE = "landscape", _("landscape below what we provide")
    INCIDENTS = "incidents", _("joint incidents, in counts")
    FIGURES = "figures", _("figures of incidents, only in a group")


class Detail(models.TextChoices):
    """How far the receiver may look."""

    AGGREGATE = "aggregate", _("counts only")
    STANDING = "standing", _("the standing of each requirement")
    FACT = "fact", _("the facts themselves")


class Tlp(models.TextChoices):
    """How far what is shared may travel on (Traffic Light Protocol 2.0 of FIRST).

    RED is for named people, never for an organisation, so it cannot be agreed here.
    """

    CLEAR = "clear", "TLP:CLEAR"
    GREEN = "green", "TLP:GREEN"
    AMBER = "amber", "TLP:AMBER"
    STRICT = "strict", "TLP:AMBER+STRICT"


# Which rows of the giver the receiver may read; exposure and the landscape are read through doors
# of their own: they are a part of a table, and a policy speaks about whole tables.
REACH: dict[tuple[str, str], frozenset[str]] = {
    (Record.NORMS, Detail.AGGREGATE): frozenset({"summary"}),
    (Record.NORMS, Detail.STANDING): frozenset({"summary", "standing"}),
    (Record.NORMS, Detail.FACT): frozenset({"summary", "standing", "fact"}),
    (Record.JUDGEMENTS, Detail.FACT): frozenset({"judgement"}),
    (Record.ACTIONS, Detail.FACT): frozenset({"action"}),
}
# What has no counts or standings of its own can only be shared as it is.
ONLY_AS_FACT = frozenset({Record.JUDGEMENTS.value, Record.ACTIONS.value, Record.LANDSCAPE.value})
FLOW = Flow(
    "state",
    (
        Move("draft", "signed", "sharing.sign", _("Sign and offer")),
        Move("draft", "ended", "sharing.end", _("Throw away")),
        Move("signed", "ended", "sharing.end", _("End the agreement")),
    ),
)
_TERMS = (
    "organisation_id",
    "receiver_id",
    "records",
    "detail",
    "legal_basis",
    "purpose",
    "tlp",
    "starts_at",
    "ends_at",
)


_TAKING = ("failed_at", "taken_at", "refusal")
_ANSWER = ("answer", "answered_at", "answered_by", "answer_reason")


def _changed(names: tuple[str, ...]) -> str:
    before, after = (
        f"({', '.join(f'{side}.{name}' for name in names)})" for side in ("OLD", "NEW")
    )
    return f"{before} IS DISTINCT FROM {after}"


class Agreements(models.QuerySet["Agreement"]):
    """Questions about rows of agreements."""

    def in_force(self, moment: datetime) -> "Agreements":
        """Keep what both have signed and nobody has ended, at a moment."""
        signed = Signature.objects.filter(agreement=OuterRef("pk"), withdrawn_at=None)
        return self.filter(
            Exists(signed.filter(organisation=OuterRef("organisation"))),
            Exists(signed.filter(organisation=OuterRef("receiver"))),
            state=Agreement.State.SIGNED,
            starts_at__lte=moment,
            ends_at__gt=moment,
        )


@audited()
class Agreement(OwnModel):
    """What `organisation` lets `receiver` see, on which ground, from a moment until a moment."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SIGNED = "signed", _("signed")
        ENDED = "ended", _("ended")

    # A draft is thinking aloud: the database shows it to the receiver only once it is offered.
    tenancy = tenancy.between("receiver", shown_since="offered_at")
    receiver = models.ForeignKey(
        settings.TENANT_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("receiver"),
    )
    records = ArrayField(
        models.CharField(max_length=12, choices=Record.choices), verbose_name=_("what is shared")
    )
    detail = models.CharField(
        _("detail"), max_length=12, choices=Detail.choices, default=Detail.AGGREGATE
    )
    legal_basis = models.CharField(_("legal ground"), max_length=300)
    purpose = models.TextField(_("purpose"), max_length=1000)
    tlp = models.CharField(_("may travel on"), max_length=8, choices=Tlp.choices)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.DRAFT)
    drafted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True)
    end_reason = models.CharField(_("reason of the end"), max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = Agreements.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(organisation=F("receiver")), name="agreement_between_two"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="agreement_ends_after_its_start"
            ),
            models.CheckConstraint(
                condition=~Q(state="signed") | Q(offered_at__isnull=False),
                name="signed_agreement_is_offered",
            ),
        ]
        indexes = [models.Index(fields=["receiver", "state"], name="agreement_of_receiver")]
        triggers = [
            FLOW.trigger("allowed_moves"),
            # What somebody signed for stays what it was.
            pgtrigger.Protect(
                name="terms_stand",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(f"OLD.state <> 'draft' AND {_changed(_TERMS)}"),
            ),
            pgtrigger.Protect(
                name="offered_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.offered_at IS NOT NULL AND OLD.offered_at IS DISTINCT FROM NEW.offered_at"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} → {self.receiver}"


@audited()
class Mandate(OwnModel):
    """Who may sign besides the board and the secretary, until when, by which decision."""

    tenancy = tenancy.own("organisation")
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("person")
    )
    decision = models.CharField(_("decision that gives it"), max_length=300)
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"))
    given_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.user}"


@audited()
class Signature(OwnModel):
    """One of the two signatures under an agreement: of `organisation`, towards `other`."""

    tenancy = tenancy.between("other")
    other = models.ForeignKey(settings.TENANT_MODEL, on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="signatures")
    signed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    ground = models.CharField(_("mandate"), max_length=400)
    signed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["signed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "organisation"], name="one_signature_per_side"
            )
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="signature_stands",
                exclude=["withdrawn_at", "withdrawal_reason"],
            )
        ]

    def __str__(self) -> str:
        return self.name


class Look(OwnModel):
    """One look by `organisation` at what `giver` shares; written first and never changed."""

    class What(models.TextChoices):
        SUMMARY = "summary", _("counts per framework")
        STANDINGS = "standings", _("standings of a framework")
        FACTS = "facts", _("facts")
        JUDGEMENTS = "judgements", _("judgements")
        ACTIONS = "actions", _("actions")
        EXPOSURE = "exposure", _("exposure, in counts")
        EXPOSED = "exposed", _("exposure, per measurement")
        LANDSCAPE = "landscape", _("landscape below a service")

    tenancy = tenancy.between("giver", changes="nobody")
    giver = models.ForeignKey(settings.TENANT_MODEL, on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    looked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("who"), max_length=120)
    what = models.CharField(_("what"), max_length=12, choices=What.choices)
    about = models.CharField(_("about"), max_length=120, blank=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["giver", "-at"], name="looks_at_giver")]
        triggers = [
            pgtrigger.Protect(name="look_stands", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.what}"


class Handover(OwnModel):
    """Something that `organisation` brings to `receiver`, who takes it up once and answers once."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    tenancy = tenancy.between("receiver", changes="other")
    receiver = models.ForeignKey(settings.TENANT_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=80)
    payload = models.JSONField()
    sent_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("handed over"))
    repeats = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="repeated_by"
    )
    failed_at = models.DateTimeField(_("failed"), null=True)
    taken_at = models.DateTimeField(_("taken up"), null=True)
    refusal = models.CharField(_("refused, because"), max_length=500, blank=True)
    answer = models.CharField(_("answer"), max_length=8, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.CharField(_("answered by"), max_length=120, blank=True)
    answer_reason = models.CharField(_("because"), max_length=500, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["receiver", "taken_at"], name="handover_of_receiver")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="") | Q(taken_at__isnull=False, refusal=""),
                name="only_what_was_taken_up_is_answered",
            ),
            models.CheckConstraint(
                condition=~Q(answer="declined") | ~Q(answer_reason=""),
                name="declined_with_a_reason",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="handover_stands", exclude=[*_TAKING, *_ANSWER]),
            pgtrigger.Protect(
                name="taken_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(f"OLD.taken_at IS NOT NULL AND {_changed(_TAKING)}"),
            ),
            pgtrigger.Protect(
                name="answered_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(f"OLD.answer <> '' AND {_changed(_ANSWER)}"),
            ),
        ]

    @property
    def alive(self) -> bool:
        """Whether it can still become something, or did: not refused and not declined."""
        return not self.refusal and self.answer != self.Answer.DECLINED

    def __str__(self) -> str:
        return self.kind


class Ending(OwnModel):
    """That the copies under an agreement, with `organisation` as receiver, have ended as well."""

    tenancy = tenancy.own("organisation")
    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.agreement_id}"
