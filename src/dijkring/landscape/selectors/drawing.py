# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The landscape, or the neighbourhood of one asset, as something to draw."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from dijkring.landscape.layers import place
from dijkring.landscape.models import Asset
from dijkring.landscape.selectors.graph import Landscape, Node

# More cannot be read in one drawing; the list beside it has them all.
MOST_DRAWN = 300
LAYERS = {kind: number for number, kind in enumerate(Asset.Kind.values)}
HOWS = ("needs", "group", "degraded")


@dataclass(frozen=True, slots=True)
class Edge:
    """What needs what, how, and for how many seconds it can do without."""

    dependent: Node
    needed: Node
    how: str
    seconds: int


@dataclass(frozen=True)
class Shown:
    """An asset with what it needs and what needs it, for the list beside the drawing."""

    node: Node
    needs: list[Edge] = field(default_factory=list)
    needed_by: list[Edge] = field(default_factory=list)

    @property
    def pk(self) -> int:
        return self.node.pk


@dataclass(frozen=True)
class Drawing:
    """What is shown: assets in order of their layer and name, and the lines between them."""

    rows: list[Shown]
    edges: list[Edge]

    @property
    def too_many(self) -> bool:
        return len(self.rows) > MOST_DRAWN


def drawing(
    landscape: Landscape,
    *,
    kinds: Collection[str] = (),
    around: int | None = None,
    steps: int = 1,
    of: Collection[int] | None = None,
) -> Drawing:
    """Return what is of these kinds (all when none is given), or so many steps from one asset.

    With `of` these assets, and what they need and what needs them.
    """
    edges = _edges(landscape)
    near = _near(edges, around, steps) if around is not None else set(landscape.nodes)
    if of is not None:
        near &= (
            set(of).union(*(_near(edges, one, 1) for one in of))
            if len(of) < MOST_DRAWN
            else set(of)
        )
    nodes = [
        node
        for node in landscape.nodes.values()
        if node.pk in near and (not kinds or node.kind in kinds or node.pk == around)
    ]
    nodes.sort(key=_layer)
    rows = {node.pk: Shown(node) for node in nodes}
    kept = [one for one in edges if one.dependent.pk in rows and one.needed.pk in rows]
    for one in kept:
        rows[one.dependent.pk].needs.append(one)
        rows[one.needed.pk].needed_by.append(one)
    return Drawing(list(rows.values()), kept)


def _edges(landscape: Landscape) -> list[Edge]:
    told, nodes = landscape.dependencies, landscape.nodes
    columns = (told.dependent, told.provider, told.kind, told.seconds)
    return [
        Edge(nodes[dependent], nodes[needed], HOWS[kind], seconds)
        for dependent, needed, kind, seconds in zip(*(c.tolist() for c in columns), strict=True)
    ]


def under(landscape: Landscape, pk: int) -> list[Shown]:
    """Return what lies below a service of another, as far as it is shown, by layer and name."""
    edges, found = _edges(landscape), {pk}
    last = {pk}
    while last:
        last = {one.needed.pk for one in edges if one.dependent.pk in last} - found
        found |= last
    nodes = [landscape.nodes[one] for one in found if landscape.nodes[one].theirs]
    rows = {node.pk: Shown(node) for node in sorted(nodes, key=_layer)}
    for one in edges:
        if one.dependent.pk in rows:
            rows[one.dependent.pk].needs.append(one)
    return list(rows.values())


def _layer(node: Node) -> tuple[int, str]:
    return LAYERS[node.kind], node.name


def _near(edges: list[Edge], around: int, steps: int) -> set[int]:
    """Return what lies so many steps up or down; a step sideways through a neighbour is none."""
    found = {around}
    for up in (False, True):
        last = {around}
        for _step in range(steps):
            ends = ((one.dependent.pk, one.needed.pk) for one in edges)
            pairs = ((b, a) if up else (a, b) for a, b in ends)
            last = {end for begin, end in pairs if begin in last}
            found |= last
    return found


def to_draw(shown: Drawing, around: int | None) -> dict[str, Any]:
    """Return nodes with a place and lines, for the script that draws."""
    layers = {row.pk: LAYERS[row.node.kind] for row in shown.rows}
    places = place(layers, [(one.dependent.pk, one.needed.pk) for one in shown.edges])
    return {
        "nodes": [
            {"id": row.pk, "name": row.node.name, "kind": row.node.kind, "x": x, "y": y,
             "here": row.pk == around, "theirs": row.node.theirs}
            for row in shown.rows
            for x, y in [places[row.pk]]
        ],
        "lines": [
            {"from": one.dependent.pk, "to": one.needed.pk, "how": one.how}
            for one in shown.edges
        ],
    }  # fmt: skip
