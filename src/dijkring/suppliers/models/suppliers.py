# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Suppliers: what this organisation keeps of a party, and the chain of owners above it."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.evidence.models import Upload
from dijkring.landscape.models import Party
from dijkring.organisations.models import User


class Known(models.TextChoices):
    """Yes, no, or nobody has said yet; what is not said never counts as no."""

    YES = "yes", _("yes")
    NO = "no", _("no")


class Tier(models.TextChoices):
    """How much hangs on a supplier; empty is not known."""

    CRITICAL = "critical", _("critical")
    IMPORTANT = "important", _("important")
    ORDINARY = "ordinary", _("ordinary")


@audited()
class Supplier(OwnModel):
    """A party that delivers to this organisation (BIO2 5.22.02).

    `party` is the same supplier in the landscape, `kvk` its number in the trade register: by the
    body behind the one and by the other, two organisations know that they mean the same.
    `tier_found` is computed, `tier_set` is what somebody decided instead, with a reason.
    """

    tenancy = tenancy.own("organisation")
    name = models.CharField(_("name"), max_length=160)
    party = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.SET_NULL, related_name="suppliers",
        verbose_name=_("in the landscape"),
    )  # fmt: skip
    kvk = models.CharField(_("number in the trade register"), max_length=8, blank=True)
    delivers = models.CharField(_("what it does for us"), max_length=500, blank=True)
    owner = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("process owner"),
    )  # fmt: skip
    contact = models.CharField(_("contact"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone, also at night"), max_length=60, blank=True)
    jurisdiction = models.CharField(_("country of the law it obeys"), max_length=2, blank=True)
    cloud = models.CharField(_("cloud service"), max_length=3, choices=Known.choices, blank=True)
    personal_data = models.CharField(
        _("processes personal data for us"), max_length=3, choices=Known.choices, blank=True
    )
    leans = models.CharField(
        _("leans on others to serve us"), max_length=3, choices=Known.choices, blank=True
    )
    tier_found = models.CharField(max_length=9, choices=Tier.choices, blank=True)
    tier_why = models.JSONField(default=list)
    tier_found_at = models.DateTimeField(null=True)
    tier_set = models.CharField(_("level"), max_length=9, choices=Tier.choices, blank=True)
    tier_reason = models.CharField(_("reason of the level"), max_length=500, blank=True)
    added_at = models.DateTimeField(_("added"))
    retired_at = models.DateTimeField(_("retired"), null=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                "organisation",
                Lower("name"),
                condition=models.Q(retired_at=None),
                name="one_current_supplier",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def tier(self) -> str:
        """The level that counts: what somebody decided, else what was computed."""
        return self.tier_set or self.tier_found


class SupplierLine(OwnModel):
    """Something that hangs on a supplier; taken out with a reason it can be put back."""

    tenancy = tenancy.own("organisation")
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="%(class)ss")
    added_at = models.DateTimeField(_("added"))
    removed_at = models.DateTimeField(_("taken out"), null=True)

    class Meta:
        abstract = True
        ordering = ["-id"]


class DocumentedLine(SupplierLine):
    """A line with a document behind it."""

    upload = models.ForeignKey(
        Upload, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("document"),
    )  # fmt: skip

    class Meta(SupplierLine.Meta):
        abstract = True


@audited()
class ParentCompany(SupplierLine):
    """A company above a supplier: place 1 owns the supplier, place 2 owns place 1."""

    place = models.PositiveSmallIntegerField(_("place in the chain"), default=1)
    name = models.CharField(_("name"), max_length=160)
    country = models.CharField(_("country of the law it obeys"), max_length=2, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(SupplierLine.Meta):
        ordering = ["place", "id"]
        verbose_name = _("company above it")

    def __str__(self) -> str:
        return self.name


@audited()
class SubSupplier(SupplierLine):
    """A party on which a supplier leans to serve us (BIO2 5.21.02)."""

    name = models.CharField(_("name"), max_length=160)
    known = models.ForeignKey(
        Supplier, null=True, blank=True, on_delete=models.PROTECT, related_name="serves",
        verbose_name=_("the same as our supplier"),
    )  # fmt: skip
    delivers = models.CharField(_("what it does for the supplier"), max_length=300, blank=True)
    country = models.CharField(_("country of the law it obeys"), max_length=2, blank=True)
    accepted_on = models.DateField(_("we accepted it on"), null=True, blank=True)

    class Meta(SupplierLine.Meta):
        ordering = ["name", "id"]
        verbose_name = _("sub-supplier")

    def __str__(self) -> str:
        return self.name
