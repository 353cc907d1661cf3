# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was agreed with whom, where the document is, and when it is looked at again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.crisis.models.partners import Partner, Reviewed
from dijkring.evidence.models import Upload
from dijkring.sharing.models import Agreement


@audited()
class PartnerAgreement(Reviewed):
    """A covenant, contract, mandate or working agreement with one or more partners."""

    class Kind(models.TextChoices):
        COVENANT = "covenant", _("covenant")
        CONTRACT = "contract", _("contract")
        MANDATE = "mandate", _("mandate decision")
        WORKING = "working", _("working agreement")

    title = models.CharField(_("title"), max_length=160)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    text = models.TextField(_("what was agreed"), max_length=4000, blank=True)
    reference = models.CharField(_("number and place"), max_length=200, blank=True)
    upload = models.ForeignKey(
        Upload, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("document"),
    )  # fmt: skip
    sharing = models.ForeignKey(
        Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("agreement on sharing"),
    )  # fmt: skip
    agreed_on = models.DateField(_("agreed on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    class Meta:
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


@audited()
class PartnerAgreementSide(OwnModel):
    """A partner with whom something was agreed."""

    tenancy = tenancy.own("organisation")
    agreement = models.ForeignKey(PartnerAgreement, on_delete=models.CASCADE, related_name="sides")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="sides")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "partner"], name="one_side_per_partner")
        ]

    def __str__(self) -> str:
        return str(self.partner)
