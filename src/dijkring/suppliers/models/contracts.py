# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was agreed with a supplier: contracts, and agreements about personal data."""

from datetime import date

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.evidence.models import Upload
from dijkring.landscape.models import Asset
from dijkring.suppliers.models.suppliers import DocumentedLine


@audited()
class Contract(DocumentedLine):
    """An agreement with a supplier: its terms, its dates, and how we get out of it (BIO2 5.20.06).

    `ended_on` is the day on which it really stopped; without it a contract with `renews` goes on
    after `ends_on`.
    """

    class Gibit(models.TextChoices):
        """Versions of the municipal purchasing terms for IT, newest first; and what is not that."""

        V2025 = "2025", "GIBIT 2025"
        V2023 = "2023", "GIBIT 2023"
        V2020 = "2020", "GIBIT 2020"
        V2016 = "2016", "GIBIT 2016"
        OTHER = "other", _("other terms of ours")
        THEIRS = "theirs", _("terms of the supplier")

    name = models.CharField(_("name"), max_length=120)
    reference = models.CharField(_("our number"), max_length=60, blank=True)
    gibit = models.CharField(_("terms"), max_length=6, choices=Gibit.choices, blank=True)
    starts_on = models.DateField(_("starts"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    notice_on = models.DateField(_("give notice before"), null=True, blank=True)
    renews = models.BooleanField(_("goes on by itself"), default=False)
    value = models.DecimalField(
        _("euros per year"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    delivers = models.TextField(_("what it delivers"), max_length=2000, blank=True)
    sla = models.TextField(_("service levels"), max_length=2000, blank=True)
    exit_plan = models.TextField(_("how we leave"), max_length=4000, blank=True)
    exit_on = models.DateField(_("exit plan of"), null=True, blank=True)
    exit_upload = models.ForeignKey(
        Upload, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("document of the exit plan"),
    )  # fmt: skip
    ended_on = models.DateField(_("really ended"), null=True)

    class Meta(DocumentedLine.Meta):
        ordering = ["name", "id"]
        verbose_name = _("contract")
        constraints = [
            models.UniqueConstraint(
                "supplier",
                Lower("name"),
                condition=models.Q(removed_at=None, ended_on=None),
                name="one_running_contract",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on=None)
                | models.Q(starts_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="contract_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def runs(self, day: date) -> bool:
        """Tell whether the contract is in force on a day."""
        if self.removed_at is not None or (self.starts_on and self.starts_on > day):
            return False
        if self.ended_on is not None:
            return self.ended_on >= day
        return self.renews or self.ends_on is None or self.ends_on >= day

    @property
    def has_exit(self) -> bool:
        """Whether it is written down how we leave: in words or in a document."""
        return bool(self.exit_plan.strip()) or self.exit_upload_id is not None


class ContractAsset(OwnModel):
    """Something in our landscape that a contract delivers."""

    tenancy = tenancy.own("organisation")
    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="deliveries")
    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="contracts")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "asset"], name="one_delivery_per_asset")
        ]

    def __str__(self) -> str:
        return str(self.asset)


@audited()
class ProcessingAgreement(DocumentedLine):
    """An agreement about personal data that a supplier processes for us (GDPR art. 28(3))."""

    what = models.CharField(_("which personal data, of whom"), max_length=300)
    signed_on = models.DateField(_("signed"), null=True, blank=True)
    until = models.DateField(_("valid until"), null=True, blank=True)
    abroad = models.CharField(_("countries outside the EEA"), max_length=200, blank=True)

    class Meta(DocumentedLine.Meta):
        verbose_name = _("processing agreement")

    def __str__(self) -> str:
        return self.what
