# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""An incident that several organisations handle together: who takes part, and what they share.

Nobody's own incident is shared. What is shared is a row between who writes and one who reads it,
made at the moment of sharing: who has left gets no new rows, and keeps what it saw.
"""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.incidents.models.incidents import Incident, TimelineEntry
from dijkring.organisations.models import Organisation
from dijkring.sharing.models import Handover

REMOVAL = ["removed_at", "removed_by", "removal"]
WITHDRAWAL = ["withdrawn_at", "withdrawn_by", "withdrawal"]


@audited()
class Joint(OwnModel):
    """That an organisation handles one of its incidents together with others, and leads that.

    `key` is the number of the shared dossier, with everybody.
    """

    tenancy = tenancy.own("organisation")
    incident = models.OneToOneField(Incident, on_delete=models.PROTECT, related_name="joint")
    key = models.UUIDField(default=uuid4, unique=True)
    opened_at = models.DateTimeField(_("opened"))
    opened_by = models.CharField(_("opened by"), max_length=120)

    class Meta:
        ordering = ["-id"]
        triggers = [pgtrigger.ReadOnly(name="joint_stands")]

    def __str__(self) -> str:
        return str(self.key)


@audited()
class JointInvite(OwnModel):
    """That the leading organisation invited another one to take part, until it takes it out."""

    tenancy = tenancy.between("member")
    joint = models.ForeignKey(Joint, on_delete=models.PROTECT, related_name="invites")
    member = models.ForeignKey(settings.TENANT_MODEL, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField()
    handover = models.OneToOneField(Handover, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(_("invited"))
    invited_by = models.CharField(max_length=120)
    removed_at = models.DateTimeField(_("taken out"), null=True)
    removed_by = models.CharField(max_length=120, blank=True)
    removal = models.CharField(_("taken out because"), max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["member", "key"], name="joint_invite_of_member")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(organisation=F("member")), name="joint_invite_is_to_another"
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None) | ~Q(removal=""), name="joint_removed_with_a_reason"
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="joint_invite_stands", exclude=REMOVAL),
            pgtrigger.Protect(
                name="joint_removed_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.removed_at IS NOT NULL"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}"


@audited()
class JointPlace(OwnModel):
    """The place of a member: which incident of its own goes with the joint one, and what it shows.

    The leading organisation may read this row; of the incident it sees nothing but the number.
    """

    class Shows(models.TextChoices):
        NOTHING = "nothing", _("nothing")
        REPORTED = "reported", _("only that a report was handed in")
        MOMENTS = "moments", _("also when it was handed in")

    tenancy = tenancy.between("provider")
    provider = models.ForeignKey(settings.TENANT_MODEL, on_delete=models.PROTECT, related_name="+")
    incident = models.OneToOneField(Incident, on_delete=models.PROTECT, related_name="place")
    key = models.UUIDField()
    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="+")
    shows = models.CharField(
        _("what we show of our reports"),
        max_length=8,
        choices=Shows.choices,
        default=Shows.REPORTED,
    )
    arrived_at = models.DateTimeField(_("arrived"))
    accepted_at = models.DateTimeField(_("accepted"), null=True)
    left_at = models.DateTimeField(_("left"), null=True)
    leaving = models.CharField(_("left because"), max_length=500, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="one_joint_place"),
            models.CheckConstraint(
                condition=Q(left_at=None) | ~Q(leaving=""), name="joint_left_with_a_reason"
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="joint_place_stands",
                fields=["organisation", "provider", "incident", "key", "arrived_at"],
            )
        ]

    def __str__(self) -> str:
        return str(self.key)


class JointEntry(OwnModel):
    """Something in the shared dossier, as one of its readers holds it; never changed or removed.

    `organisation` put it before `reader`; `author` is who said it. The copies of one entry bear
    the same `origin`. Only the author's own copy points at an entry of its own timeline.
    """

    class Kind(models.TextChoices):
        EVENT = "event", _("what happened")
        SITUATION = "situation", _("situation")
        SERVICE = "service", _("service")
        MEMBER = "member", _("who takes part")

    class State(models.TextChoices):
        RUNNING = "running", _("runs")
        HINDERED = "hindered", _("hindered")
        DOWN = "down", _("out of order")

    tenancy = tenancy.between("reader", changes="nobody")
    reader = models.ForeignKey(settings.TENANT_MODEL, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField()
    origin = models.UUIDField(default=uuid4)
    kind = models.CharField(_("kind"), max_length=9, choices=Kind.choices)
    at = models.DateTimeField(_("when"))
    subject = models.CharField(_("service"), max_length=160, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, blank=True)
    text = models.TextField(_("what"), max_length=4000)
    source = models.CharField(_("known from"), max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=120)
    entry = models.ForeignKey(
        TimelineEntry, null=True, on_delete=models.PROTECT, related_name="shared_as"
    )

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["reader", "key", "at"], name="joint_dossier")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "origin", "reader"], name="one_copy_per_reader"
            ),
            models.UniqueConstraint(
                fields=["entry"], condition=Q(entry__isnull=False), name="entry_shared_once"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="joint_entry_stands", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]


@audited()
class JointMandate(OwnModel):
    """That a member lets the leading organisation hand in reports in its name."""

    tenancy = tenancy.between("provider")
    provider = models.ForeignKey(settings.TENANT_MODEL, on_delete=models.PROTECT, related_name="+")
    # Empty where it holds for every joint incident that this organisation leads.
    key = models.UUIDField(null=True)
    document = models.CharField(_("decision that gives it"), max_length=300)
    obligations = models.JSONField(_("for which reports"), default=list)
    since = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("until"))
    given_at = models.DateTimeField(_("given"))
    given_by = models.CharField(_("given by"), max_length=120)
    ground = models.CharField(_("on the ground of"), max_length=400)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    withdrawn_by = models.CharField(max_length=120, blank=True)
    withdrawal = models.CharField(_("withdrawn because"), max_length=500, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("since")), name="joint_mandate_ends_after_its_start"
            )
        ]
        triggers = [pgtrigger.ReadOnly(name="joint_mandate_stands", exclude=WITHDRAWAL)]

    def __str__(self) -> str:
        return self.document
