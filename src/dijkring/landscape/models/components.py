# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The software that a system is made of (SBOM)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dijkring.core import tenancy
from dijkring.core.models import OwnModel
from dijkring.landscape.models.assets import Asset
from dijkring.landscape.models.imports import Imported


class Component(OwnModel):
    """One part of the software of a system, as a list of parts tells it.

    It comes with a file and ends with a newer one, so that an import can be undone.
    """

    tenancy = tenancy.own("landscape")
    system = models.ForeignKey(
        Asset, on_delete=models.CASCADE, related_name="components", verbose_name=_("system")
    )
    name = models.CharField(_("software"), max_length=200)
    version = models.CharField(_("version"), max_length=100, blank=True)
    purl = models.CharField(_("package URL"), max_length=500, blank=True)
    licence = models.CharField(_("licence"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=40, blank=True)
    imported = models.ForeignKey(Imported, on_delete=models.CASCADE, related_name="components")
    ended_by = models.ForeignKey(
        Imported, null=True, on_delete=models.CASCADE, related_name="ended_components"
    )

    class Meta:
        ordering = ["name", "version", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["system", "name", "version", "purl"],
                condition=Q(ended_by=None),
                name="one_component_per_system",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "name"],
                condition=Q(ended_by=None),
                name="components_in_use",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}".strip()
