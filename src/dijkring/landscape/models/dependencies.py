# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What needs what, how much of it, and how long it can do without."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.landscape.models.assets import Asset, hours, not_negative

MOST_IN_A_GROUP = 100


@audited()
class DependencyGroup(OwnModel):
    """Things of which an asset needs a number: two data centres of which one is enough."""

    tenancy = tenancy.own("landscape")
    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(_("name"), max_length=120)
    # How many of them must work; how many there are follows from the dependencies in it.
    needed = models.PositiveSmallIntegerField(_("needed"), default=1)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["asset", "name"], name="one_group_per_name"),
            models.CheckConstraint(
                condition=Q(needed__gte=1, needed__lte=MOST_IN_A_GROUP), name="group_needs_some"
            ),
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class Dependency(OwnModel):
    """One asset needs another; it belongs to the organisation that depends."""

    class Kind(models.TextChoices):
        NEEDS = "needs", _("needs")
        GROUP = "group", _("one of a group")
        DEGRADED = "degraded", _("is hindered without")

    tenancy = tenancy.own("landscape")
    dependent = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="needs")
    needed = models.ForeignKey(
        Asset, on_delete=models.CASCADE, related_name="needed_by", verbose_name=_("needs")
    )
    kind = models.CharField(_("how"), max_length=8, choices=Kind.choices, default=Kind.NEEDS)
    group = models.ForeignKey(
        DependencyGroup, null=True, blank=True, on_delete=models.CASCADE, related_name="members"
    )
    # A battery, a stock, a list on paper; unknown counts as at once.
    delay_hours = hours(_("can do without for (hours)"))
    since = models.DateField(_("since"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=120, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    confirmed_on = models.DateField(_("last confirmed"), null=True, blank=True)
    added_at = models.DateTimeField(_("added"))
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name_plural = "dependencies"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dependent", "needed"],
                condition=Q(ended_at=None),
                name="one_dependency_between_two",
            ),
            models.CheckConstraint(
                condition=~Q(dependent=F("needed")), name="nothing_depends_on_itself"
            ),
            models.CheckConstraint(
                condition=Q(kind="group", group__isnull=False)
                | (~Q(kind="group") & Q(group__isnull=True)),
                name="group_where_one_of_a_group",
            ),
            models.CheckConstraint(
                condition=not_negative("delay_hours"), name="dependency_delay_can_be"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "dependent"],
                condition=Q(ended_at=None),
                name="dependencies_in_use",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dependent} → {self.needed}"
