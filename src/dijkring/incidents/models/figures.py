# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the organisation aims at with incidents, and the counts that may be shared in a group."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel


@audited()
class Target(OwnModel):
    """The own targets; what is empty was not set, and is then not measured."""

    tenancy = tenancy.own("organisation")
    detect_hours = models.PositiveIntegerField(_("detected within (hours)"), null=True, blank=True)
    contain_hours = models.PositiveIntegerField(
        _("contained within (hours)"), null=True, blank=True
    )
    recover_hours = models.PositiveIntegerField(
        _("recovered within (hours)"), null=True, blank=True
    )
    avoidable = models.PositiveIntegerField(
        _("avoidable incidents per year, at most"), null=True, blank=True
    )
    breach_days = models.PositiveSmallIntegerField(
        _("breach written down in full within (days)"), null=True, blank=True
    )
    board_days = models.PositiveSmallIntegerField(
        _("council or board told of a grave incident within (days)"), null=True, blank=True
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation"], name="one_incident_target")]

    def __str__(self) -> str:
        return str(self.organisation)


class IncidentCount(OwnModel):
    """The incidents of one kind in one month, counted; without exercises and TLP:RED."""

    tenancy = tenancy.own("organisation")
    month = models.DateField()
    category = models.CharField(max_length=40, blank=True)
    incidents = models.PositiveIntegerField()
    in_time = models.PositiveIntegerField()
    late = models.PositiveIntegerField()
    avoidable = models.PositiveIntegerField()
    unavoidable = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "month", "category"], name="one_incident_count"
            )
        ]
        indexes = [
            models.Index(
                fields=["month"],
                include=[
                    "organisation", "category", "incidents", "in_time", "late", "avoidable",
                    "unavoidable",
                ],
                name="incident_count_months",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.category}"
