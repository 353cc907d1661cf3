# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What of the landscape an incident touches, since when, and how sure that is."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.incidents.models.incidents import Incident
from dijkring.landscape.models import Asset
from dijkring.organisations.models import User


@audited()
class TouchedAsset(OwnModel):
    """An asset that an incident touches; what proves not to be touched stays, and says so."""

    class Certainty(models.TextChoices):
        SUSPECTED = "suspected", _("suspected")
        CONFIRMED = "confirmed", _("confirmed")
        CLEARED = "cleared", _("not touched after all")

    tenancy = tenancy.own("organisation")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="touched")
    asset = models.ForeignKey(
        Asset, on_delete=models.PROTECT, related_name="+", verbose_name=_("asset")
    )
    certainty = models.CharField(
        _("how sure"), max_length=10, choices=Certainty.choices, default=Certainty.SUSPECTED
    )
    since = models.DateTimeField(_("touched since"))
    until = models.DateTimeField(_("works again since"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(fields=["incident", "asset"], name="asset_touched_once")
        ]
        indexes = [models.Index(fields=["asset"], name="touched_of_asset")]

    def __str__(self) -> str:
        return str(self.asset)

    @property
    def is_down(self) -> bool:
        """Whether it is touched still, as far as is known."""
        return self.until is None and self.certainty != self.Certainty.CLEARED
