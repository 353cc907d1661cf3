# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What left and what came in, and the people who came along with it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.core import tenancy
from dijkring.core.access import ROLE_LABELS
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.organisations.models import User


@audited(exclude=["choices", "outcome"])
class Transfer(OwnModel):
    """One file that left or came in: who did it, why, and what came of it."""

    class Kind(models.TextChoices):
        REGISTER = "register", _("register brought back")
        EXPORT = "export", _("whole organisation exported")
        IMPORT = "import", _("whole organisation brought in")

    class State(models.TextChoices):
        LOOKED_AT = "looked_at", _("looked at, nothing written")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        DROPPED = "dropped", _("called off")

    tenancy = tenancy.own("organisation")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    register = models.CharField(max_length=60, blank=True)
    reason = models.CharField(_("reason"), max_length=2000, blank=True)
    file_name = models.CharField(_("file"), max_length=200)
    key = models.CharField(max_length=32, unique=True)
    size = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    choices = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("when"))
    ended_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.file_name}"


@audited()
class Newcomer(OwnModel):
    """A person who came along with an organisation: a name until that person joins by invitation.

    `stand_in` is an account that nobody can log in to; what the person did points at it, until a
    colleague confirms that `joined` is the same person.
    """

    tenancy = tenancy.own("organisation")
    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="newcomers")
    stand_in = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(
        _("role"),
        max_length=20,
        blank=True,
        choices=[(role.value, label) for role, label in ROLE_LABELS.items()],
    )
    invited_at = models.DateTimeField(_("invited on"), null=True)
    joined = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "stand_in"], name="one_newcomer_each")
        ]

    def __str__(self) -> str:
        return self.name
