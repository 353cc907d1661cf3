# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Powers that the organisation itself gave by mandate, agreement or contract."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.core.audit import audited
from dijkring.crisis.models.agreements import PartnerAgreement
from dijkring.crisis.models.partners import Partner, Reviewed


@audited()
class GivenPower(Reviewed):
    """What a partner may do because it was given; `source` is the power of the law behind it."""

    class Basis(models.TextChoices):
        MANDATE = "mandate", _("mandate")
        AGREEMENT = "agreement", _("agreement")
        CONTRACT = "contract", _("contract")

    measure = models.CharField(_("measure"), max_length=40)
    holder = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="given", verbose_name=_("who may")
    )
    basis = models.CharField(_("on the ground of"), max_length=9, choices=Basis.choices)
    source = models.CharField(_("mandate of"), max_length=60, blank=True)
    agreement = models.ForeignKey(
        PartnerAgreement, null=True, blank=True, on_delete=models.PROTECT, related_name="powers",
        verbose_name=_("laid down in"),
    )  # fmt: skip
    what = models.CharField(_("what may be done"), max_length=500)
    condition = models.CharField(_("under which condition"), max_length=500, blank=True)
    limit = models.CharField(_("with which limit"), max_length=500, blank=True)
    until_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["measure", "pk"]

    def __str__(self) -> str:
        return self.what
