# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How people prove who they are: the provider, the duty of a second step, break-glass."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.core import clock, tenancy
from dijkring.core.access import ROLE_LABELS
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.organisations.models import User

ROLES = [(role.value, label) for role, label in ROLE_LABELS.items()]


@audited(exclude=["sealed_secret", "checked_at", "check_result"])
class IdentityProvider(OwnModel):
    """The identity provider of an organisation (OpenID Connect); it opens this one only."""

    tenancy = tenancy.own("organisation")
    name = models.CharField(_("name"), max_length=80)
    issuer = models.URLField(_("issuer"), max_length=300)
    client_id = models.CharField(_("client id"), max_length=200)
    sealed_secret = models.TextField(blank=True)
    domains = models.CharField(_("e-mail domains"), max_length=300, blank=True)
    two_steps = models.BooleanField(_("asks for a second step"), default=False)
    active = models.BooleanField(_("in use"), default=False)
    checked_at = models.DateTimeField(null=True)
    check_result = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation"], name="one_provider_per_organisation")
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class RoleRule(OwnModel):
    """Who has this value in this claim gets this role; the first rule that fits decides."""

    tenancy = tenancy.own("organisation")
    provider = models.ForeignKey(IdentityProvider, on_delete=models.CASCADE, related_name="rules")
    position = models.PositiveSmallIntegerField()
    claim = models.CharField(_("claim"), max_length=120)
    value = models.CharField(_("value"), max_length=200)
    role = models.CharField(_("role"), max_length=20, choices=ROLES)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.claim} = {self.value}"


@audited(exclude=["claimed_email", "seen_at"])
class Identity(OwnModel):
    """Who a person is to the provider: issuer and subject, and nothing else."""

    tenancy = tenancy.own("organisation")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    issuer = models.URLField(max_length=300)
    subject = models.CharField(max_length=255)
    claimed_email = models.CharField(max_length=254, blank=True)
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "issuer", "subject"], name="one_identity_per_subject"
            )
        ]
        indexes = [models.Index(fields=["organisation", "user"], name="identity_of_user")]

    def __str__(self) -> str:
        return str(self.user)


@audited()
class SecondStepDuty(OwnModel):
    """Everybody needs a second step from a moment on; who decided that, and when."""

    tenancy = tenancy.own("organisation")
    required = models.BooleanField(default=False)
    from_at = models.DateTimeField(_("from"), null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation"], name="one_duty_per_organisation")
        ]

    def __str__(self) -> str:
        return f"{self.required} {self.from_at and clock.written(self.from_at)}"


@audited(exclude=["code_hash"])
class BreakGlass(OwnModel):
    """An account for one role in a crisis: no provider, no telephone, a code on paper."""

    tenancy = tenancy.own("organisation")
    name = models.CharField(_("name"), max_length=80)
    role = models.CharField(_("role"), max_length=20, choices=ROLES)
    keeper = models.CharField(_("where the envelope lies"), max_length=200)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    code_hash = models.CharField(max_length=64, unique=True, null=True)
    sealed_at = models.DateTimeField(_("sealed on"), null=True)
    sealed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    tested_at = models.DateTimeField(_("last tested"), null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


@audited()
class BreakGlassUse(OwnModel):
    """One time that a seal was broken: why, from where, and who looked at it afterwards."""

    class Why(models.TextChoices):
        CRISIS = "crisis", _("crisis")
        TEST = "test", _("test")

    tenancy = tenancy.own("organisation")
    account = models.ForeignKey(BreakGlass, on_delete=models.PROTECT, related_name="uses")
    why = models.CharField(_("why"), max_length=8, choices=Why.choices)
    who = models.CharField(_("who broke the seal"), max_length=120)
    reason = models.TextField(_("reason"), max_length=2000)
    address = models.GenericIPAddressField(null=True)
    used_at = models.DateTimeField(_("used on"))
    reviewed_at = models.DateTimeField(_("looked at on"), null=True)
    reviewed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    review = models.TextField(_("what came out"), blank=True, max_length=2000)

    class Meta:
        ordering = ["-used_at"]
        indexes = [
            models.Index(
                fields=["organisation"],
                name="break_glass_to_review",
                condition=models.Q(reviewed_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} {clock.day_of(self.used_at)}"


@audited(exclude=["password", "sealed_totp", "code_hashes", "counter", "tested_at"])
class EmergencyAccess(OwnModel):
    """The own way in of one person for when the provider is down: password and second step.

    It is no password of the account: it opens this organisation only. Kept are the hash of the
    password, the sealed secret of the app, the hashes of the recovery codes that were not used,
    and the last time step whose code was taken, so that no code works twice.
    """

    tenancy = tenancy.own("organisation")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    login = models.CharField(_("name to log in with"), max_length=60)
    purpose = models.CharField(_("for which role in the crisis"), max_length=200)
    given_at = models.DateTimeField(_("given on"))
    given_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    password = models.CharField(max_length=200, blank=True)
    sealed_totp = models.TextField(blank=True)
    code_hashes = models.JSONField(default=list)
    counter = models.BigIntegerField(default=0)
    enrolled_at = models.DateTimeField(_("set up on"), null=True)
    tested_at = models.DateTimeField(_("last tested"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        ordering = ["login", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", field],
                condition=models.Q(ended_at=None),
                name=f"one_emergency_access_per_{field}",
            )
            for field in ("user", "login")
        ]

    def __str__(self) -> str:
        return str(self.user)


@audited()
class EmergencyUse(OwnModel):
    """One time that somebody came in so: why, from where, and who looked at it afterwards."""

    class Step(models.TextChoices):
        CODE = "code", _("code of the app")
        RECOVERY = "recovery", _("recovery code from paper")

    tenancy = tenancy.own("organisation")
    access = models.ForeignKey(EmergencyAccess, on_delete=models.PROTECT, related_name="uses")
    why = models.CharField(_("why"), max_length=8, choices=BreakGlassUse.Why.choices)
    reason = models.TextField(_("reason"), max_length=2000)
    step = models.CharField(_("second step"), max_length=8, choices=Step.choices)
    address = models.GenericIPAddressField(null=True)
    used_at = models.DateTimeField(_("used on"))
    reviewed_at = models.DateTimeField(_("looked at on"), null=True)
    reviewed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    review = models.TextField(_("what came out"), blank=True, max_length=2000)

    class Meta:
        ordering = ["-used_at"]
        indexes = [
            models.Index(
                fields=["organisation"],
                name="emergency_to_review",
                condition=models.Q(reviewed_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.access} {clock.day_of(self.used_at)}"
