# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How an incident comes in from somebody without an account, from a system, a fact or another."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.core import clock, tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.evidence.models import Fact
from dijkring.incidents.models.incidents import Incident
from dijkring.organisations.models import Organisation, User
from dijkring.sharing.models import Handover

_STANDS = pgtrigger.Update | pgtrigger.Delete


@audited(exclude=["token_hash"])
class WayIn(OwnModel):
    """A secret address at which anybody who knows it reports; of the secret only the hash is kept.

    A new one ends the one before at once.
    """

    class Kind(models.TextChoices):
        PAGE = "page", _("a page")
        MAIL = "mail", _("an e-mail address")

    tenancy = tenancy.own("organisation")
    kind = models.CharField(_("kind"), max_length=4, choices=Kind.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    phone = models.CharField(_("telephone number for haste"), max_length=40, blank=True)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind"],
                condition=models.Q(ended_at=None),
                name="one_way_in_per_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {clock.day_of(self.made_at)}"


class Intake(OwnModel):
    """How one incident came in, from whom, and by which secret that person follows it.

    `key` tells whether the same report comes twice: of a form, a letter or a system.
    """

    class Way(models.TextChoices):
        PAGE = "page", _("the reporting page")
        MAIL = "mail", _("e-mail")
        API = "api", _("a system, by the API")
        FACT = "fact", _("a fact that failed")
        NOTICE = "notice", _("a notice of another organisation")

    tenancy = tenancy.own("organisation")
    incident = models.OneToOneField(Incident, on_delete=models.PROTECT, related_name="intake")
    way = models.CharField(_("came in by"), max_length=6, choices=Way.choices)
    name = models.CharField(_("name"), max_length=120, blank=True)
    contact = models.CharField(_("telephone or e-mail"), max_length=200, blank=True)
    fact = models.ForeignKey(Fact, null=True, on_delete=models.PROTECT, related_name="+")
    follow_hash = models.CharField(max_length=64, unique=True, null=True)
    key = models.CharField(max_length=64, blank=True)
    received_at = models.DateTimeField(_("received"))

    class Meta:
        triggers = [pgtrigger.Protect(name="intake_stands", operation=_STANDS)]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "key"],
                condition=~models.Q(key=""),
                name="one_intake_per_key",
            )
        ]
        indexes = [models.Index(fields=["organisation", "-received_at"], name="intake_recent")]

    def __str__(self) -> str:
        return f"{self.way} {clock.written(self.received_at)}"


@audited()
class IncidentNotice(OwnModel):
    """What another organisation tells of an incident there; here somebody accepts or declines it.

    `aware_at` is since when the sender is aware: for us the strictest beginning of the terms.
    """

    class State(models.TextChoices):
        OPEN = "open", _("waits for an answer")
        ACCEPTED = "accepted", _("taken over")
        DECLINED = "declined", _("declined")

    tenancy = tenancy.own("organisation")
    handover = models.OneToOneField(Handover, on_delete=models.PROTECT, related_name="+")
    sender = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    sent_by = models.CharField(_("sent by"), max_length=120, blank=True)
    reference = models.CharField(_("number with the sender"), max_length=40, blank=True)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("what happened"), max_length=8000, blank=True)
    category = models.CharField(_("category"), max_length=40, blank=True)
    tlp = models.CharField(_("may be shared with"), max_length=12, choices=Incident.Tlp.choices)
    exercise = models.BooleanField(_("exercise"), default=False)
    aware_at = models.DateTimeField(_("aware since"))
    received_at = models.DateTimeField(_("received"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    incident = models.ForeignKey(
        Incident, null=True, on_delete=models.PROTECT, related_name="notices"
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    decided_at = models.DateTimeField(_("answered"), null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title
