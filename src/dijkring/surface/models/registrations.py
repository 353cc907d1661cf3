# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The registration under the Cbw (art. 44): as submitted, and how it is now."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.organisations.models import User


class Details(OwnModel):
    """What the law wants to know of an entity itself (Cbw art. 44)."""

    entity = models.CharField(_("name of the entity"), max_length=160)
    code = models.CharField(
        _("organisation code"),
        max_length=40,
        blank=True,
        help_text=_("From the Register van Overheidsorganisaties."),
    )
    entity_kind = models.CharField(_("kind of entity"), max_length=120, blank=True)
    sector = models.CharField(_("sector and subsector"), max_length=120, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone number"), max_length=40, blank=True)
    countries = models.CharField(
        _("member states where you are active"), max_length=200, blank=True, default="Nederland"
    )
    exchange = models.CharField(
        _("arrangements for sharing information"), max_length=300, blank=True
    )

    class Meta:
        abstract = True


@audited()
class CbwDetails(Details):
    """How these data are now; `changed` says per field since which day (ISO) it is so."""

    tenancy = tenancy.own("surface")
    changed = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation"], name="one_cbw_details")]

    def __str__(self) -> str:
        return self.entity


@audited()
class CbwRegistration(Details):
    """One registration as it was submitted; the newest is the one that stands there."""

    tenancy = tenancy.own("surface")
    domains = ArrayField(models.CharField(max_length=253), default=list)
    ranges = ArrayField(models.CharField(max_length=60), default=list)
    submitted_on = models.DateField(_("submitted on"))
    reference = models.CharField(_("reference of the confirmation"), max_length=120, blank=True)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded"))

    class Meta:
        ordering = ["-submitted_on", "-id"]

    def __str__(self) -> str:
        return f"{self.submitted_on}"
