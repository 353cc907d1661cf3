# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How much hangs on one supplier and on one jurisdiction: what falls, and what it costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dijkring.core import clock
from dijkring.landscape import cascade
from dijkring.landscape.selectors.graph import Landscape, landscape
from dijkring.suppliers.concentration import Spread, Weighed, spread
from dijkring.suppliers.models import ParentCompany
from dijkring.suppliers.selectors import falling, register


@dataclass(frozen=True, slots=True)
class Weight:
    """What hangs on one supplier or country: how much of its own, and what falls with it.

    `tasks` are statutory tasks that fall; the percentages are of all there are in the landscape,
    None where there are none.
    """

    key: str
    own: int
    assets: int
    residents: int
    tasks: int
    tasks_percent: float | None
    assets_percent: float

    @property
    def percent(self) -> float:
        """The share that is held against a limit: of statutory tasks, else of everything."""
        return self.assets_percent if self.tasks_percent is None else self.tasks_percent


class Concentration(NamedTuple):
    """What hangs on each supplier and each country, the heaviest first, and what is not known.

    `no_country` counts suppliers that deliver something while nobody knows whose law reaches them.
    """

    by_supplier: Sequence[Weight]
    by_country: Sequence[Weight]
    by_place: Sequence[Weight]
    no_country: int
    value_by_supplier: Spread
    value_by_country: Spread
    countries_of: Mapping[str, str]


def owners(organisation_id: int) -> dict[int, list[ParentCompany]]:
    """Return the chain of owners per supplier, from the supplier upwards."""
    rows = ParentCompany.objects.filter(organisation_id=organisation_id, removed_at=None)
    found: dict[int, list[ParentCompany]] = {}
    for row in rows.order_by("place", "pk"):
        found.setdefault(row.supplier_id, []).append(row)
    return found


def measure(organisation_id: int, known: Landscape | None = None) -> Concentration:
    """Return what hangs on each supplier, jurisdiction and place, and how money is spread.

    `known` is the landscape with what agreements show below it; without it ours alone.
    """
    suppliers = list(register.in_use(organisation_id))
    chains = owners(organisation_id)
    reach = {one.pk: register.jurisdiction(one, chains.get(one.pk, ())) for one in suppliers}
    known = known or landscape(organisation_id)
    delivered = falling.delivered(suppliers, known)
    by_supplier = {one.name: delivered[one.pk] for one in suppliers if one.pk in delivered}
    value = _values(organisation_id)
    names = {one.pk: one.name for one in suppliers}
    return Concentration(
        _weigh(known, by_supplier),
        _weigh(known, _by_country(known, delivered, reach)),
        _weigh(known, _by_place(known)),
        sum(not reach[pk] for pk in delivered),
        spread(Weighed(names.get(pk, ""), euros) for pk, euros in value),
        spread(Weighed(reach.get(pk, ""), euros) for pk, euros in value),
        {names[pk]: code for pk, code in reach.items()},
    )


def _values(organisation_id: int) -> list[tuple[int, float | None]]:
    day = clock.today()
    running = [one for one in register.contracts(organisation_id) if one.runs(day)]
    return [(one.supplier_id, None if one.value is None else float(one.value)) for one in running]


def _by_country(
    known: Landscape, delivered: Mapping[int, Sequence[int]], reach: Mapping[int, str]
) -> dict[str, list[int]]:
    """Gather assets by country: of the owners of their supplier, else as the landscape has it."""
    found: dict[str, set[int]] = {}
    placed: set[int] = set()
    for supplier_id, ids in delivered.items():
        if code := reach[supplier_id]:
            found.setdefault(code, set()).update(ids)
            placed.update(ids)
    for node in known.nodes.values():
        if node.country and node.pk not in placed:
            found.setdefault(node.country, set()).add(node.pk)
    return {code: sorted(ids) for code, ids in found.items()}


def _by_place(known: Landscape) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for node in known.nodes.values():
        if node.place:
            found.setdefault(node.place, []).append(node.pk)
    return found


def _weigh(known: Landscape, named: Mapping[str, Sequence[int]]) -> list[Weight]:
    if not named:
        return []
    tasks = any(one.statutory for one in known.nodes.values())
    return [
        Weight(
            key=row.name,
            own=row.own,
            assets=row.falls[0],
            residents=row.falls[1],
            tasks=row.falls[2],
            tasks_percent=100 * row.parts[2] if tasks else None,
            assets_percent=100 * row.parts[0],
        )
        for row in cascade.concentration(known.graph, named, known.weights)
    ]
