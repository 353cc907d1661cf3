# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who is on call, who said 'I have it', and the systems that are told: webhooks with deliveries."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.core import clock, tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.incidents.models.incidents import Incident
from dijkring.incidents.models.watch import stirs
from dijkring.organisations.models import User

MOST_RANKS = 9


@audited()
class Shift(OwnModel):
    """Somebody is on call between two moments; rank 1 is called first, the next ones after it.

    What was handed over begins a new shift, with the one before and a note.
    """

    tenancy = tenancy.own("organisation")
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("who")
    )
    rank = models.PositiveSmallIntegerField(_("called as number"), default=1)
    since = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("until"))
    taken_over = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="handed_to"
    )
    note = models.TextField(_("note of the hand-over"), max_length=2000, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)

    class Meta:
        ordering = ["since", "rank", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")), name="shift_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=models.Q(rank__range=(1, MOST_RANKS)), name="shift_has_a_rank"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "until"], name="shift_running")]
        triggers = [stirs("shift_stirs")]

    def __str__(self) -> str:
        return f"{self.user} {clock.written(self.since)}"

    @property
    def runs(self) -> bool:
        """Whether this person is on call now."""
        return self.since <= clock.now() < self.until


class Acknowledgement(OwnModel):
    """Somebody said 'I have it'; the climbing stops until the next stage of a deadline."""

    tenancy = tenancy.own("organisation")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="acknowledged")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        triggers = [
            pgtrigger.Protect(
                name="acknowledgement_stands", operation=pgtrigger.Update | pgtrigger.Delete
            ),
            stirs("acknowledgement_stirs"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {clock.written(self.at)}"


@audited(exclude=["sealed"])
class Webhook(OwnModel):
    """A system of the organisation that hears what cannot wait; its secret is kept sealed."""

    tenancy = tenancy.own("organisation")
    name = models.CharField(_("name"), max_length=80)
    url = models.CharField(_("address"), max_length=500)
    sealed = models.TextField()
    made_at = models.DateTimeField(_("made"))
    made_by = models.CharField(max_length=120)
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Delivery(OwnModel):
    """One message to a webhook, sent until it is taken or given up; each is made once per key."""

    tenancy = tenancy.own("organisation")
    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="deliveries")
    event = models.CharField(_("event"), max_length=40)
    key = models.CharField(max_length=140)
    body = models.TextField()
    made_at = models.DateTimeField(_("made"))
    tries = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_at = models.DateTimeField(_("next attempt"), null=True)
    answer = models.CharField(_("last answer"), max_length=200, blank=True)
    taken_at = models.DateTimeField(_("taken"), null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["webhook", "key"], name="one_delivery_per_key")
        ]
        indexes = [
            models.Index(
                fields=["next_at"], name="delivery_due", condition=models.Q(next_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.event} {clock.written(self.made_at)}"

    @property
    def state(self) -> str:
        """How it stands: taken, waiting or given up."""
        if self.taken_at is not None:
            return "taken"
        return "waiting" if self.next_at is not None else "given_up"
