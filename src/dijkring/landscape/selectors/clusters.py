# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A landscape too large to draw, drawn together: by kind or by supplier, with counts."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, sin, tau
from typing import Any, Literal
from urllib.parse import urlencode

from dijkring.landscape.layers import ACROSS, DOWN, place
from dijkring.landscape.selectors.drawing import HOWS, LAYERS, Drawing
from dijkring.landscape.selectors.graph import Node

By = Literal["kind", "supplier"]
# More cannot be read in one drawing; the smallest go together.
MOST = 60
REST = "…"


@dataclass(frozen=True, slots=True)
class Cluster:
    """Assets drawn as one: what they are called together, how many, of which kind most are.

    `value` opens them alone; empty for what has no name of its own, and for the rest.
    """

    name: str
    count: int
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Together:
    """Clusters and how many dependencies lie between two of them, by their places."""

    clusters: list[Cluster]
    lines: dict[tuple[int, int], int]


def supplier_of(node: Node, parties: Mapping[int, str]) -> str:
    """Return what the supplier of an asset is called; empty when nobody is named."""
    return parties.get(node.party_id or 0, "") or node.supplier


def together(
    shown: Drawing, by: By, names: Mapping[str, str], parties: Mapping[int, str]
) -> Together:
    """Draw together what is shown.

    `names` has the words of kinds, of no supplier under an empty key, of the rest under `REST`.
    """
    keys = {
        row.pk: row.node.kind if by == "kind" else supplier_of(row.node, parties)
        for row in shown.rows
    }
    counts = Counter(keys.values())
    kept = {key for key, _count in counts.most_common(MOST - 1 if len(counts) > MOST else MOST)}
    keys = {pk: key if key in kept else REST for pk, key in keys.items()}
    kinds: dict[str, Counter[str]] = {}
    for row in shown.rows:
        kinds.setdefault(keys[row.pk], Counter())[row.node.kind] += 1
    clusters = [
        Cluster(
            names.get(key, key), of.total(), of.most_common(1)[0][0], "" if key == REST else key
        )
        for key, of in kinds.items()
    ]
    places = {key: at for at, key in enumerate(kinds)}
    lines = Counter(
        (places[keys[one.dependent.pk]], places[keys[one.needed.pk]]) for one in shown.edges
    )
    return Together(clusters, {ends: n for ends, n in lines.items() if ends[0] != ends[1]})


def _round(layers: Mapping[int, int]) -> dict[int, tuple[float, float]]:
    """Return a place on an oval for each, the highest layer on top."""
    order = sorted(layers, key=lambda at: layers[at])
    steps = [tau * step / len(order) for step in range(len(order))]
    return {
        at: (ACROSS * 2.6 * sin(step), -DOWN * 3.6 * cos(step))
        for at, step in zip(order, steps, strict=True)
    }


def to_draw(found: Together, by: By, address: str, kept: list[tuple[str, str]]) -> dict[str, Any]:
    """Return nodes with a place and lines, for the script that draws; a node opens its part.

    `kept` is what of the address stays.
    """
    layers = {at: LAYERS[one.kind] for at, one in enumerate(found.clusters)}
    # One of each layer would hide the lines behind each other: these stand round.
    places = _round(layers) if by == "kind" else place(layers, found.lines)
    return {
        "nodes": [
            {"id": at, "name": f"{one.name} ({one.count})", "kind": one.kind, "x": x, "y": y,
             "here": False, "theirs": not one.value,
             "url": f"{address}?{urlencode([*kept, (by, one.value)])}"}
            for at, one in enumerate(found.clusters)
            for x, y in [places[at]]
        ],
        "lines": [
            {"from": begin, "to": end, "how": HOWS[0], "count": count}
            for (begin, end), count in found.lines.items()
        ],
    }  # fmt: skip
