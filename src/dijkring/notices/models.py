# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Notices, what people want of them, calendar feeds, and what is asked by link."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dijkring.core import clock, tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.organisations.models import User

LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
MORNING = 7


class Notice(OwnModel):
    """Something one person is told; its words are made in the language of who reads it."""

    tenancy = tenancy.own("organisation")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    values = models.JSONField(default=dict)
    url_name = models.CharField(max_length=80)
    url_args = models.JSONField(default=list)
    key = models.CharField(max_length=120)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    digested_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user", "key"],
                condition=~models.Q(key=""),
                name="one_notice_per_key",
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation", "user"],
                name="notice_unread",
                condition=models.Q(read_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.user_id}"


class Preference(models.Model):
    """What one person wants by e-mail, over all organisations."""

    tenancy = tenancy.SYSTEM
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(
        _("language of e-mails"), max_length=2, choices=LANGUAGES, default="nl"
    )
    digest = models.BooleanField(_("one e-mail a day"), default=True)
    hour = models.PositiveSmallIntegerField(_("hour"), default=MORNING)
    next_at = models.DateTimeField()
    last_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_at"], name="digest_due", condition=models.Q(digest=True))
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.hour}"


class Contact(models.Model):
    """Where somebody gets mail whose account has no address; it counts once they confirmed it.

    What is `wanted` waits for the link that was mailed there; only the hash of its code is kept.
    """

    tenancy = tenancy.SYSTEM
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(_("e-mail address"), blank=True)
    confirmed_at = models.DateTimeField(null=True)
    wanted = models.EmailField(blank=True)
    code_hash = models.CharField(max_length=64, unique=True, null=True)
    asked_at = models.DateTimeField(null=True)
    asked_today = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.user_id}"


class Feed(models.Model):
    """The calendar of one person under a secret address, of which only the hash is kept."""

    tenancy = tenancy.SYSTEM
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id}"


@audited(exclude=["next_at", "reminded", "mailed_at"])
class Ask(OwnModel):
    """A question to somebody without a login; what it is for stands in `by_link`.

    `subject` and `subject_id` say on which page it stands, `purpose` and `object_id` what for.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("state", "open")
        ANSWERED = "answered", _("answered")
        SETTLED = "settled", _("dealt with")
        EXPIRED = "expired", _("expired")
        WITHDRAWN = "withdrawn", _("withdrawn")

    tenancy = tenancy.own("organisation")
    purpose = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    subject = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    title = models.CharField(_("about"), max_length=300)
    question = models.TextField(_("question"), max_length=2000)
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="nl")
    ladder = models.JSONField(default=list)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    expires_at = models.DateTimeField(_("valid until"))
    next_at = models.DateTimeField(null=True)
    reminded = models.PositiveSmallIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.CharField(_("answered by"), max_length=120, blank=True)
    other_name = models.BooleanField(_("answered under another name"), default=False)
    choice = models.CharField(_("choice"), max_length=20, blank=True)
    day = models.DateField(_("day"), null=True)
    answer = models.TextField(_("answer"), max_length=4000, blank=True)
    settled_at = models.DateTimeField(_("taken over"), null=True)
    settled_by = models.ForeignKey(
        User,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("taken over by"),
    )

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["organisation", "subject", "subject_id"], name="ask_on_page"),
            models.Index(
                fields=["next_at"], name="ask_due", condition=models.Q(next_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def state(self) -> str:
        """How it stands now."""
        return self.state_at(clock.now())

    def state_at(self, moment: datetime) -> str:
        """Return how it stands at a moment after the last change."""
        for ended, state in (
            (self.settled_at, self.State.SETTLED),
            (self.answered_at, self.State.ANSWERED),
            (self.withdrawn_at, self.State.WITHDRAWN),
        ):
            if ended:
                return state
        return self.State.OPEN if moment < self.expires_at else self.State.EXPIRED


class LinkToken(OwnModel):
    """One address by which an ask is answered: every mail has its own; only the hash is kept."""

    tenancy = tenancy.own("organisation")
    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="tokens")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.ask_id}"


class LinkUse(OwnModel):
    """Somebody posted by a link: when, under which name, and what came of it."""

    class Outcome(models.TextChoices):
        ANSWERED = "answered", _("answer taken")
        USED = "used", _("refused: answered already")
        EXPIRED = "expired", _("refused: expired")
        WITHDRAWN = "withdrawn", _("refused: withdrawn")
        GONE = "gone", _("refused: not needed any more")

    tenancy = tenancy.own("organisation")
    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="uses")
    at = models.DateTimeField()
    name = models.CharField(max_length=120)
    other_name = models.BooleanField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.outcome} {self.name}"
