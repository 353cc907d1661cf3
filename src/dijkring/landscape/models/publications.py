# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What we provide to others: an asset as a service, what we promise, and to whom it is shown."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.evidence.models import Scope
from dijkring.landscape.models.assets import Asset, hours, not_negative
from dijkring.organisations.models import Organisation


@audited()
class Publication(OwnModel):
    """An asset that we provide to others as a service; takers see this, and nothing below it."""

    class State(models.TextChoices):
        RUNNING = "running", _("runs")
        HINDERED = "hindered", _("hindered")
        DOWN = "down", _("out of order")
        MAINTENANCE = "maintenance", _("planned maintenance")

    tenancy = tenancy.own("landscape")
    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="publications")
    name = models.CharField(_("name"), max_length=160)
    description = models.TextField(_("description"), blank=True, max_length=2000)
    rto_hours = hours(_("is back within (hours)"))
    rpo_hours = hours(_("loses at most (hours of data)"))
    # Our service on the norms: takers see how many of what it covers is met, and no reasons.
    norms = models.ForeignKey(
        Scope, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("standing on the norms"),
    )  # fmt: skip
    state = models.CharField(_("state"), max_length=11, choices=State.choices, default="running")
    state_since = models.DateTimeField(_("since"))
    state_note = models.CharField(_("note for takers"), max_length=500, blank=True)
    since = models.DateTimeField(_("published since"))
    until = models.DateTimeField(_("published until"), null=True)
    end_reason = models.CharField(_("reason of the end"), max_length=500, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["asset"], condition=Q(until=None), name="one_publication_per_asset"
            ),
            models.CheckConstraint(
                condition=not_negative("rto_hours") & not_negative("rpo_hours"),
                name="publication_times_can_be",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class ServiceTaker(OwnModel):
    """An organisation to which a service is shown; it sees it while it co-operates with us."""

    tenancy = tenancy.own("landscape")
    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="takers")
    taker = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "taker"],
                condition=Q(until=None),
                name="one_current_service_taker",
            ),
            models.CheckConstraint(
                condition=~Q(taker=F("organisation")), name="taker_is_another_organisation"
            ),
        ]

    def __str__(self) -> str:
        return str(self.taker)
