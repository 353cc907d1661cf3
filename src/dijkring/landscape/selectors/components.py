# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions about the software that systems are made of."""

from django.db.models import QuerySet

from dijkring.landscape.models import Asset, Component

# What can be made of software.
HOLDERS = (Asset.Kind.SYSTEM, Asset.Kind.PLATFORM, Asset.Kind.OT, Asset.Kind.SUPPLIED)


def systems(organisation_id: int) -> QuerySet[Asset]:
    """Return what can have a list of parts."""
    rows = Asset.objects.filter(
        organisation_id=organisation_id, retired_at=None, kind__in=HOLDERS, provider=None
    )
    return rows.order_by("name", "pk")


def system(organisation_id: int, pk: int) -> Asset | None:
    """Return one that can have a list of parts."""
    return systems(organisation_id).filter(pk=pk).first()


def components(organisation_id: int) -> QuerySet[Component]:
    """Return the parts of all systems in use, as their latest lists tell."""
    rows = Component.objects.filter(
        organisation_id=organisation_id, ended_by=None, system__retired_at=None
    )
    return rows.select_related("system", "imported").order_by("name", "version", "pk")


def of_system(asset: Asset) -> QuerySet[Component]:
    """Return the parts of one system."""
    return components(asset.organisation_id).filter(system=asset)
