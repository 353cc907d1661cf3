# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The names of an organisation on the internet, and by what authority they are measured."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.flow import Flow, Move
from dijkring.core.models import OwnModel
from dijkring.organisations.models import User

FLOW = Flow(
    "state",
    (
        Move("registered", "authorised", "surface.register", _("Prove authority")),
        Move("registered", "removed", "surface.register", _("Remove")),
        Move("authorised", "removed", "evidence.population", _("Remove")),
    ),
)


class Part(models.TextChoices):
    """What the organisation is to something on the internet."""

    OWNER = "owner", _("owner")
    JOINT = "joint", _("owner together with others")
    CUSTOMER = "customer", _("customer of a supplier")


@audited(exclude=["token"])
class Domain(OwnModel):
    """A name that the organisation answers for; nothing is measured before authority is proven."""

    class State(models.TextChoices):
        REGISTERED = "registered", _("authority not proven yet")
        AUTHORISED = "authorised", _("being measured")
        REMOVED = "removed", pgettext_lazy("domain", "removed")

    class Authority(models.TextChoices):
        DNS_TXT = "dns_txt", _("record in the DNS")
        STATEMENT = "statement", _("statement of an entitled person")
        PARENT = "parent", _("authority over the name above it")

    tenancy = tenancy.own("surface")
    name = models.CharField(_("domain"), max_length=253)
    carries_web = models.BooleanField(_("has a website"), default=True)
    carries_mail = models.BooleanField(_("carries mail"), default=False)
    responsible = models.CharField(_("hosted by"), max_length=120, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    part = models.CharField(
        _("what we are"), max_length=8, choices=Part.choices, default=Part.OWNER
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.REGISTERED
    )
    token = models.CharField(max_length=64)
    authority = models.CharField(
        _("authority"), max_length=10, choices=Authority.choices, blank=True
    )
    authority_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    authority_at = models.DateTimeField(null=True)
    authority_text = models.CharField(max_length=1000, blank=True)
    registered_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]
        triggers = [FLOW.trigger("allowed_moves")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=~models.Q(state="removed"),
                name="one_current_domain",
            )
        ]
        indexes = [
            # Which names do several organisations have? Asked for every batch.
            models.Index(
                fields=["name"], name="domain_by_name", condition=models.Q(state="authorised")
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def record_name(self) -> str:
        """Where the TXT record that proves authority stands."""
        return f"_dijkring.{self.name}"

    @property
    def record_value(self) -> str:
        """What that record says."""
        return f"dijkring-verify={self.token}"
