# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The suppliers behind what other organisations provide to us, as far as agreements show them."""

from dataclasses import dataclass

from dijkring.landscape import cascade
from dijkring.landscape.selectors.graph import Landscape, Node


@dataclass(frozen=True, slots=True)
class Behind:
    """A supplier of a provider of ours: what it delivers there, and what falls here with it."""

    name: str
    provider: str
    country: str
    delivers: str
    assets: int
    tasks: int

    @property
    def pk(self) -> str:
        return f"{self.provider}: {self.name}"


def behind(known: Landscape) -> list[Behind]:
    """Return the suppliers behind our providers, the one with which most falls first."""
    found: dict[tuple[str, str], list[Node]] = {}
    for node in known.nodes.values():
        if node.supplier and node.within:
            found.setdefault((node.supplier, node.within), []).append(node)
    if not found:
        return []
    sets = [[node.pk for node in nodes] for nodes in found.values()]
    falls = cascade.impact_of_sets(known.graph, sets, known.weights).tolist()
    rows = [
        Behind(
            name, provider, nodes[0].country, ", ".join(node.name for node in nodes), count, tasks
        )
        for ((name, provider), nodes), (count, _residents, tasks) in zip(
            found.items(), falls, strict=True
        )
    ]
    return sorted(rows, key=lambda one: (-one.tasks, -one.assets, one.name))
