# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Co-operations with their tasks and seats, what one organisation records of them, and Cbw tests.

A co-operation without an organisation is content for everybody. One with an organisation is its
proposal, seen by itself only, until an operator makes it content.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.core import clock, tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.evidence.models import Upload
from dijkring.organisations.models import Organisation, User
from dijkring.ui import words


class MixedModel(models.Model):
    """Content for everybody, or part of the proposal of one organisation."""

    tenancy = tenancy.MIXED
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True


class WordedModel(MixedModel):
    """Content with Dutch words, and the English ones of the same fields where they are known."""

    english = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    def said(self, field: str) -> str:
        """Return a field in the language of the reader; Dutch where no English is known."""
        in_english = self.english.get(field, "") if words.language() == "en" else ""
        return str(in_english or getattr(self, field))


def not_ended_before_begun(name: str) -> models.CheckConstraint:
    """Return the check that a period does not end before it begins."""
    begun = models.Q(until__gte=models.F("since"))
    open_ = models.Q(until=None) | models.Q(since=None)
    return models.CheckConstraint(condition=open_ | begun, name=name)


class Cooperation(WordedModel):
    """Bodies that have work done together: its legal form, its basis, and from when until when.

    `body` is the organisation that carries it, of which others are participants; a proposal has
    none yet. `host` is the municipality that does the work in a centre arrangement.
    """

    class Form(models.TextChoices):
        """The forms of the Wet gemeenschappelijke regelingen, art. 1 and 8."""

        PUBLIC_BODY = "public_body", _("public body")
        OPERATIONAL = "operational", _("operational organisation")
        JOINT_ORGAN = "joint_organ", _("joint organ")
        CENTRE = "centre", _("centre municipality")
        PLAIN = "plain", _("arrangement without a body")

    body = models.OneToOneField(
        Organisation, null=True, on_delete=models.PROTECT, related_name="cooperation"
    )
    name = models.CharField(_("name"), max_length=120)
    legal_form = models.CharField(_("legal form"), max_length=12, choices=Form.choices)
    host = models.ForeignKey(
        Organisation,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("centre municipality"),
    )
    purpose = models.TextField(_("purpose"), max_length=2000, blank=True)
    basis = models.CharField(_("basis document"), max_length=300, blank=True)
    basis_link = models.URLField(_("where it was published"), max_length=500, blank=True)
    since = models.DateField(_("since"), null=True)
    until = models.DateField(_("until"), null=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    proposed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            not_ended_before_begun("cooperation_ends_after_it_begins"),
            models.UniqueConstraint(fields=["organisation", "name"], name="one_proposal_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_proposal(self) -> bool:
        return self.organisation_id is not None

    @property
    def has_ended(self) -> bool:
        return self.until is not None and self.until < clock.today()


class Seat(WordedModel):
    """A place in the government of a co-operation: which function of which participant fills it.

    Functions, never names: this is public content.
    """

    class Organ(models.TextChoices):
        GENERAL = "general", _("general board")
        DAILY = "daily", _("daily board")
        CHAIR = "chair", _("chair")
        PEN = "pen", _("holds the pen")
        OWNER = "owner", _("official owner")
        DIRECTOR = "director", _("director")

    cooperation = models.ForeignKey(Cooperation, on_delete=models.CASCADE, related_name="seats")
    organ = models.CharField(_("place"), max_length=10, choices=Organ.choices)
    filled_by = models.ForeignKey(
        Organisation,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("organisation"),
    )
    function = models.CharField(_("function"), max_length=120)

    class Meta:
        ordering = ["organ", "id"]

    def __str__(self) -> str:
        return f"{self.get_organ_display()}: {self.said('function')}"


class Task(WordedModel):
    """Something that the co-operation does for some of its participants."""

    cooperation = models.ForeignKey(Cooperation, on_delete=models.CASCADE, related_name="tasks")
    name = models.CharField(_("task"), max_length=200)
    description = models.TextField(_("what it comes down to"), max_length=2000, blank=True)
    since = models.DateField(_("since"), null=True)
    until = models.DateField(_("until"), null=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            not_ended_before_begun("task_ends_after_it_begins"),
            models.UniqueConstraint(fields=["cooperation", "name"], name="one_task_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_ended(self) -> bool:
        return self.until is not None and self.until < clock.today()


class TaskTaker(MixedModel):
    """A participant for which a task is done; there is a row for each one."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="takers")
    taker = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "taker"], name="one_taker_per_task")]

    def __str__(self) -> str:
        return f"{self.task} → {self.taker}"


class ProposedParticipant(OwnModel):
    """A participant of a proposal; of content the organisations know who takes part."""

    tenancy = tenancy.own("organisation")
    cooperation = models.ForeignKey(Cooperation, on_delete=models.CASCADE, related_name="proposed")
    participant = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    since = models.DateField(_("since"), null=True)
    until = models.DateField(_("until"), null=True)

    class Meta:
        constraints = [
            not_ended_before_begun("proposed_part_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["cooperation", "participant"], name="one_proposed_participant"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant} → {self.cooperation}"


@audited()
class Involvement(OwnModel):
    """What one organisation records about a co-operation for itself."""

    tenancy = tenancy.own("organisation")
    cooperation = models.ForeignKey(Cooperation, on_delete=models.PROTECT, related_name="+")
    our_task = models.TextField(_("what we do in it ourselves"), max_length=2000, blank=True)
    contact = models.CharField(_("contact at the co-operation"), max_length=200, blank=True)
    owner = models.ForeignKey(
        User,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("our official owner"),
    )
    representative = models.CharField(_("who represents us"), max_length=200, blank=True)
    share = models.DecimalField(
        _("our share in percent"), max_digits=5, decimal_places=2, null=True
    )
    contribution = models.DecimalField(
        _("our contribution per year in euros"), max_digits=12, decimal_places=2, null=True
    )
    council = models.TextField(_("how the council is informed"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("our side of a co-operation")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "cooperation"], name="one_involvement_per_cooperation"
            )
        ]

    def __str__(self) -> str:
        return str(self.cooperation)


class InvolvementDocument(OwnModel):
    """A document that one organisation keeps with a co-operation."""

    tenancy = tenancy.own("document")
    cooperation = models.ForeignKey(Cooperation, on_delete=models.PROTECT, related_name="+")
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "cooperation", "upload"],
                name="one_document_per_cooperation",
            )
        ]

    def __str__(self) -> str:
        return str(self.upload)


@audited()
class CbwTest(OwnModel):
    """One time that the test was done whether a co-operation falls under the Cbw.

    `answers` holds per question the answer and its reason; `result` what came out, with the texts
    of then, so that an old test reads as it was done. Without `finished_at` it is being done.
    """

    tenancy = tenancy.own("judgement")
    cooperation = models.ForeignKey(Cooperation, on_delete=models.PROTECT, related_name="+")
    version = models.CharField(_("version of the questions"), max_length=40)
    answers = models.JSONField(default=dict)
    outcome = models.CharField(_("outcome"), max_length=40, blank=True)
    result = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(_("done on"), null=True)
    done_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(_("told to the participants on"), null=True)

    class Meta:
        verbose_name = _("Cbw test")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "cooperation"],
                condition=models.Q(finished_at=None),
                name="one_cbw_test_in_hand",
            )
        ]

    def __str__(self) -> str:
        return f"Cbw: {self.cooperation}"
