# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is not known of a landscape, where something good can only be said when it is."""

from collections import defaultdict
from collections.abc import Iterable

from dijkring.landscape.models import Asset
from dijkring.landscape.selectors.assets import WORK
from dijkring.landscape.selectors.graph import Landscape, Node

# What somebody delivers, be it ourselves; a person needed promises no hours.
DELIVERED = (
    Asset.Kind.SYSTEM,
    Asset.Kind.PLATFORM,
    Asset.Kind.NETWORK,
    Asset.Kind.OT,
    Asset.Kind.SUPPLIED,
)


def bare(landscape: Landscape) -> list[Node]:
    """Return the tasks, services and processes of which nobody said what they need."""
    needing = set(landscape.dependencies.dependent.tolist())
    rows = landscape.nodes.values()
    return [one for one in rows if one.kind in WORK and not one.within and one.pk not in needing]


def without_supplier(landscape: Landscape) -> list[Node]:
    """Return what is delivered by nobody knows whom; what a body provides is known."""
    delivered = (one for one in landscape.nodes.values() if one.kind in DELIVERED)
    return [one for one in delivered if one.party_id is None and one.body_id is None]


def without_country(landscape: Landscape) -> list[Node]:
    """Return what is delivered under nobody knows whose law; a public body is under ours."""
    delivered = (one for one in landscape.nodes.values() if one.kind in DELIVERED)
    return [one for one in delivered if not one.country and one.body_id is None]


def unpromised(landscape: Landscape) -> list[Node]:
    """Return what lies below a promise and promises nothing itself."""
    needs: dict[int, list[int]] = defaultdict(list)
    pairs = landscape.dependencies
    for above, below in zip(pairs.dependent.tolist(), pairs.provider.tolist(), strict=True):
        needs[above].append(below)
    promising = [one.pk for one in landscape.nodes.values() if one.promised >= 0]
    nodes = (landscape.nodes[pk] for pk in _below(promising, needs))
    return [one for one in nodes if one.promised < 0 and one.kind != Asset.Kind.ROLE]


def _below(top: Iterable[int], needs: dict[int, list[int]]) -> list[int]:
    found: set[int] = set()
    last = set(top)
    while last:
        last = {below for one in last for below in needs[one]} - found
        found |= last
    return sorted(found)
