# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who there is: organisations, people, memberships, invitations, participations and API tokens."""

import unicodedata
from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dijkring.core import tenancy
from dijkring.core.access import ROLE_LABELS
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel


class Organisation(models.Model):
    """A body that takes part: content, since which bodies exist is public."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("municipality")
        JOINT_BODY = "joint_body", _("joint body")
        SAFETY_REGION = "safety_region", _("safety region")
        CSIRT = "csirt", _("CSIRT")
        SUPERVISOR = "supervisor", _("supervisor")
        SUPPLIER = "supplier", _("supplier")

    tenancy = tenancy.CONTENT
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=120)
    sort_name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    code = models.CharField(max_length=10, blank=True)
    region_code = models.CharField(max_length=10, blank=True)
    province = models.CharField(max_length=40, blank=True)
    population = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["sort_name"]

    def __str__(self) -> str:
        return self.name


def sort_key(name: str) -> str:
    """Return the key by which Dutch names sort: without the leading 's- or 't, accents or case."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    for start in ("'s-", "'s ", "'t "):
        plain = plain.removeprefix(start)
    return plain.replace("ij", "y")


class Participations(models.QuerySet["Participation"]):
    """Questions about who takes part in what."""

    def running(self, day: date) -> "Participations":
        """Keep what holds on a day; the last day is one of them."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class Participation(models.Model):
    """A body takes part in a joint body or region, from a date until and with a date."""

    objects = Participations.as_manager()

    tenancy = tenancy.CONTENT
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="participants")
    participant = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="participations"
    )
    task = models.CharField(max_length=200, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "participant", "since"], name="one_participation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.participant} → {self.body}"


class UserManager(BaseUserManager["User"]):
    """Makes people; passwords are hashed by Django."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a person with an e-mail address in lower case."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who can log in; what they may do stands in their memberships."""

    tenancy = tenancy.SYSTEM
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)
    # Empty while nobody has shown to read the mail of this address: `proof.py` fills it in.
    address_proven_at = models.DateTimeField(null=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def has_mailbox(self) -> bool:
        """Tell whether mail can arrive; accounts of a provider and of break-glass have none."""
        return not self.email.endswith(".invalid")


@audited()
class Membership(OwnModel):
    """A person's role in an organisation, from a moment until a moment."""

    tenancy = tenancy.own("organisation")
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("person")
    )
    role = models.CharField(
        _("role"),
        max_length=20,
        choices=[(role.value, label) for role, label in ROLE_LABELS.items()],
    )
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=models.Q(until=None),
                name="one_current_membership",
            )
        ]
        indexes = [models.Index(fields=["user"], name="membership_of_user")]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"


@audited(exclude=["token_hash", "mailed_token_hash"])
class Invitation(OwnModel):
    """An invitation to join an organisation in a role; the link works once and ends by itself.

    The link that is mailed has a token of its own, that who invites never sees: only who accepts
    by that one has shown to read the mail of the address.
    """

    tenancy = tenancy.own("organisation")
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(
        _("role"),
        max_length=20,
        choices=[(role.value, label) for role, label in ROLE_LABELS.items()],
    )
    token_hash = models.CharField(max_length=64, unique=True)
    mailed_token_hash = models.CharField(max_length=64, unique=True, null=True)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.email


@audited(exclude=["token_hash", "used_at"])
class ApiToken(OwnModel):
    """A token of an outside system: scopes, fact kinds and an end; only its hash is kept."""

    tenancy = tenancy.own("organisation")
    name = models.CharField(_("name"), max_length=80)
    prefix = models.CharField(max_length=12)
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(_("scopes"), default=list)
    kinds = models.JSONField(_("fact kinds"), default=list)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(_("valid until"))
    withdrawn_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name
