# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions about what needs what."""

from django.db.models import Count, Q, QuerySet

from dijkring.landscape.models import Asset, Dependency, DependencyGroup

CURRENT = Q(ended_at=None)


def dependencies(organisation_id: int) -> QuerySet[Dependency]:
    """Return the dependencies as they are now, with both ends."""
    rows = Dependency.objects.filter(CURRENT, organisation_id=organisation_id)
    ends = ("dependent__provider", "needed__provider", "needed__party", "group")
    return rows.select_related(*ends).order_by("dependent__name", "needed__name", "pk")


def needs_of(asset: Asset) -> QuerySet[Dependency]:
    """Return what an asset needs."""
    return dependencies(asset.organisation_id).filter(dependent=asset)


def needed_by(asset: Asset) -> QuerySet[Dependency]:
    """Return what needs an asset."""
    return dependencies(asset.organisation_id).filter(needed=asset)


def groups_of(asset: Asset) -> QuerySet[DependencyGroup]:
    """Return the groups of an asset with how many there are in each (`there`)."""
    there = Count("members", filter=Q(members__ended_at=None))
    return asset.groups.annotate(there=there).order_by("name")
