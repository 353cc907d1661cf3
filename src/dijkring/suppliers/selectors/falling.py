# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What falls when a supplier or a jurisdiction falls away, reckoned by the cascade."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Q

from dijkring.core import clock
from dijkring.landscape import cascade
from dijkring.landscape.models import Asset
from dijkring.landscape.selectors.graph import Landscape, Node
from dijkring.suppliers.models import ContractAsset, Supplier
from dijkring.suppliers.tiering import Fallen

HOUR = 3600


def delivered(suppliers: Iterable[Supplier], landscape: Landscape) -> dict[int, list[int]]:
    """Return per supplier what it delivers that is in use, by its party or under a contract.

    Who provides a service goes by its name, and so does a supplier below it that an agreement
    shows.
    """
    suppliers = list(suppliers)
    by_party = {one.party_id: one.pk for one in suppliers if one.party_id}
    by_name = {one.name.casefold(): one.pk for one in suppliers}
    found: dict[int, set[int]] = defaultdict(set)
    for node in landscape.nodes.values():
        if node.party_id in by_party:
            found[by_party[node.party_id]].add(node.pk)
        elif node.within and not node.theirs and node.within.casefold() in by_name:
            found[by_name[node.within.casefold()]].add(node.pk)
        if node.supplier and node.supplier.casefold() in by_name:
            found[by_name[node.supplier.casefold()]].add(node.pk)
    # What ends on a day to come is still leant upon.
    goes_on = Q(contract__ended_on=None) | Q(contract__ended_on__gte=clock.today())
    rows = ContractAsset.objects.filter(
        goes_on, contract__supplier__in=suppliers, contract__removed_at=None
    )
    for supplier_id, asset_id in rows.values_list("contract__supplier_id", "asset_id"):
        if asset_id in landscape.nodes:
            found[supplier_id].add(asset_id)
    return {pk: sorted(ids) for pk, ids in found.items()}


def fallen(landscape: Landscape, ids: Collection[int], highest: Collection[int]) -> list[Fallen]:
    """Return what fails when some assets fail, with the hours until it does."""
    outcome = cascade.what_if(landscape.graph, list(ids))
    pks, seconds = outcome.failing()
    return [
        _fallen(landscape.nodes[pk], second / HOUR, pk in highest)
        for pk, second in zip(pks.tolist(), seconds.tolist(), strict=True)
    ]


def _fallen(node: Node, hours: float, highest: bool) -> Fallen:
    return Fallen(
        name=node.name,
        after_hours=hours,
        statutory=node.statutory,
        service=node.kind == Asset.Kind.SERVICE,
        residents=node.residents or None,
        misses=None if node.mtpd is None else node.mtpd / HOUR,
        highest=highest,
    )


def of_highest_level(organisation_id: int, levels: int) -> set[int]:
    """Return the assets that stand at the highest level of the method on any axis."""
    rows = Asset.objects.filter(organisation_id=organisation_id, retired_at=None)
    axes = ("availability", "integrity", "confidentiality")
    found: set[int] = set()
    for axis in axes:
        found |= set(rows.filter(**{axis: levels}).values_list("pk", flat=True))
    return found
