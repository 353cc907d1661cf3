# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The register of what is reachable from the internet: systems, and what belongs to each."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.landscape.models import Party
from dijkring.organisations.models import User
from dijkring.surface.models.domains import Domain, Part


@audited()
class System(OwnModel):
    """Something of the organisation that the internet can reach (BIO2 5.14.04).

    `supplier` is how who mends it was written, `party` the same one in the landscape.
    """

    class Kind(models.TextChoices):
        WEBSITE = "website", _("website or web application")
        MAIL = "mail", _("mail")
        API = "api", _("API")
        NETWORK = "network", _("address or network")
        OTHER = "other", _("something else")

    tenancy = tenancy.own("surface")
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.WEBSITE)
    part = models.CharField(
        _("what we are"), max_length=8, choices=Part.choices, default=Part.OWNER
    )
    owner = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("owner"),
    )  # fmt: skip
    supplier = models.CharField(_("who mends it"), max_length=120, blank=True)
    party = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.SET_NULL, related_name="internet_systems",
        verbose_name=_("who mends it"),
    )  # fmt: skip
    purpose = models.CharField(_("purpose"), max_length=500, blank=True)
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    added_at = models.DateTimeField(_("added"))
    retired_at = models.DateTimeField(_("retired"), null=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                "organisation",
                Lower("name"),
                condition=models.Q(retired_at=None),
                name="one_current_system",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def mender(self) -> str:
        """Who mends it, as that is called now."""
        return self.party.name if self.party else self.supplier


@audited()
class Belonging(OwnModel):
    """A registered name, or an address, range or API address, that belongs to a system."""

    tenancy = tenancy.own("surface")
    system = models.ForeignKey(System, on_delete=models.CASCADE, related_name="belongings")
    domain = models.ForeignKey(
        Domain, null=True, on_delete=models.CASCADE, related_name="belongings"
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["address", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(domain=None) ^ models.Q(address=""), name="name_or_address"
            ),
            models.UniqueConstraint(fields=["system", "domain"], name="one_place_per_name"),
            models.UniqueConstraint(
                fields=["system", "address"],
                condition=~models.Q(address=""),
                name="one_place_per_address",
            ),
        ]

    def __str__(self) -> str:
        return self.address or str(self.domain)
