# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What weighs most: single points, what hangs on one name, and promises that cannot be kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from dijkring.landscape import cascade
from dijkring.landscape.cascade import Change, Conflict, Returns, Unusable
from dijkring.landscape.selectors.graph import Landscape, Node
from dijkring.landscape.selectors.starts import Start


@dataclass(frozen=True, slots=True)
class Weight:
    """An asset or a name with what falls when it fails: others, residents, statutory tasks.

    `total` is how many assets there are; itself is not counted among `others`, and its residents
    and its task are.
    """

    start: Start
    kind: str
    own: int
    others: int
    residents: int
    tasks: int
    total: int

    @property
    def pk(self) -> str:
        return self.start.value

    @property
    def share(self) -> tuple[int, int]:
        """What falls, itself too, of everything there is."""
        return self.others + self.own, self.total


def single_points(landscape: Landscape) -> list[Weight]:
    """Return each asset that takes others along when it fails alone, the gravest first.

    Graver is: more statutory tasks, then more residents, then more assets. What has a stand-in
    takes nothing along, and is not here.
    """
    if not landscape.nodes:
        return []
    falls = cascade.impact(landscape.graph, landscape.weights).tolist()
    found = [
        Weight(
            Start("asset", str(node.pk), node.name, (node.pk,)), node.kind, 1, count - 1,
            residents, tasks, len(falls),
        )
        for node, (count, residents, tasks) in zip(landscape.nodes.values(), falls, strict=True)
        if count > 1
    ]  # fmt: skip
    return sorted(found, key=_gravity)


def _gravity(one: Weight) -> tuple[int, int, int, str]:
    return -one.tasks, -one.residents, -one.others, one.start.name


def concentration(landscape: Landscape, starts: Sequence[Start]) -> list[Weight]:
    """Return for each name what falls when all that hangs on it fails at once, gravest first."""
    if not starts:
        return []
    sets = [start.assets for start in starts]
    falls = cascade.impact_of_sets(landscape.graph, sets, landscape.weights).tolist()
    found = [
        Weight(
            start, start.kind, len(start.assets), count - len(start.assets), residents, tasks,
            len(landscape.nodes),
        )
        for start, (count, residents, tasks) in zip(starts, falls, strict=True)
    ]  # fmt: skip
    return sorted(found, key=_gravity)


@dataclass(frozen=True)
class Broken:
    """A promise that cannot be kept; the chain to the promise it breaks on is found when asked."""

    landscape: Landscape
    returns: Returns
    place: int
    node: Node
    together: bool

    @property
    def pk(self) -> int:
        return self.node.pk

    @cached_property
    def conflict(self) -> Conflict:
        """What is promised and possible, and by what."""
        return self.returns.conflict(self.place)

    @cached_property
    def path(self) -> list[Node]:
        """The chain, the cause first."""
        return self.landscape.path(self.conflict.path)

    @property
    def cause(self) -> Node:
        return self.path[0]


def conflicts(landscape: Landscape) -> list[Broken]:
    """Return the promises that cannot be kept: where one failure is enough, then the worst."""
    found = cascade.returns(landscape.graph, landscape.promised)
    several, nodes = found.only_together(), list(landscape.nodes.values())
    rows = [
        Broken(landscape, found, place, nodes[place], bool(several[place]))
        for place in found.places().tolist()
    ]
    return sorted(rows, key=lambda one: one.together)


def conflict_of(landscape: Landscape, pk: int) -> Broken | None:
    """Return the conflict of one asset, None when it can keep its promise."""
    found = cascade.returns(landscape.graph, landscape.promised)
    place = landscape.index[pk]
    if not found.excess()[place]:
        return None
    several = bool(found.only_together()[place])
    return Broken(landscape, found, place, landscape.nodes[pk], several)


def ways_out(landscape: Landscape, pk: int) -> dict[str, list[Change]]:
    """Return the least sets of changes after which an asset keeps its promise.

    `any` of everything, `promises` by quicker promises alone, `buffers` by doing without longer.
    """

    def least(promises: bool, buffers: bool) -> list[Change]:
        try:
            return cascade.least_changes(
                landscape.graph, landscape.promised, pk, promises=promises, buffers=buffers
            )
        except Unusable:
            return []

    wanted: dict[str, Callable[[], list[Change]]] = {
        "any": lambda: least(True, True),
        "promises": lambda: least(True, False),
        "buffers": lambda: least(False, True),
    }
    return {name: way() for name, way in wanted.items()}
