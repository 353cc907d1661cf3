# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Groups of things of which some must work: a group never needs more than there are."""

from django.utils.translation import gettext as _

from dijkring.core.errors import Refused
from dijkring.landscape.models import Asset, Dependency, DependencyGroup

LONGEST = 120


def named(asset: Asset, name: str) -> DependencyGroup:
    """Return the group of an asset with this name, made when it is new: then one is enough."""
    title = " ".join(name.split())
    if len(title) > LONGEST:
        raise Refused(_("Write at most %(most)d characters.") % {"most": LONGEST}, "group")
    found, _new = DependencyGroup.objects.get_or_create(
        asset=asset, name=title, defaults={"organisation_id": asset.organisation_id}
    )
    return found


def check_enough(group: DependencyGroup, without: int = 0) -> None:
    """Refuse a group that needs more than there are: 3 of 2. An empty one is of no account."""
    there = group.members.filter(ended_at=None).count() - without
    if 0 < there < group.needed:
        words = _("The group '%(name)s' would need %(needed)d of %(there)d.")
        said = {"name": group.name, "needed": group.needed, "there": there}
        raise Refused(words % said, "least")


def check_without(asset: Asset) -> None:
    """Refuse to take away an asset where a group would need more than is left."""
    rows = Dependency.objects.filter(needed=asset, ended_at=None, group__isnull=False)
    for row in rows.select_related("group"):
        if row.group is not None:
            check_enough(row.group, without=1)
