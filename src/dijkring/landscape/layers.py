# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where each asset stands in a drawing: kinds in layers, and beside each other what belongs so."""

from collections.abc import Iterable, Mapping, Sequence

WIDE = 7
ACROSS, DOWN, BETWEEN = 138, 62, 34
SWEEPS = 4


def place(
    layers: Mapping[int, int], lines: Iterable[tuple[int, int]]
) -> dict[int, tuple[float, float]]:
    """Return a place for each node, given its layer (0 the highest) and the lines between nodes.

    Within a layer a node stands at the mean of its neighbours, as well as it goes after a few
    sweeps up and down; a layer of more than WIDE nodes takes several rows. The same each time.
    """
    beside = _neighbours(layers, lines)
    rows: dict[int, list[int]] = {}
    for node in sorted(layers):
        rows.setdefault(layers[node], []).append(node)
    spot = {node: float(at) for row in rows.values() for at, node in enumerate(row)}
    order = sorted(rows)
    for sweep in range(SWEEPS):
        for layer in order if sweep % 2 else reversed(order):
            row = sorted(rows[layer], key=lambda node: (_mean(node, beside, spot), node))
            rows[layer] = row
            middle = (len(row) - 1) / 2
            spot.update((node, at - middle) for at, node in enumerate(row))
    return _spread([rows[layer] for layer in order])


def _neighbours(
    layers: Mapping[int, int], lines: Iterable[tuple[int, int]]
) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {node: [] for node in layers}
    for one, other in lines:
        found[one].append(other)
        found[other].append(one)
    return found


def _mean(node: int, beside: Mapping[int, Sequence[int]], spot: Mapping[int, float]) -> float:
    near = beside[node]
    return sum(spot[one] for one in near) / len(near) if near else spot[node]


def _spread(layers: Sequence[Sequence[int]]) -> dict[int, tuple[float, float]]:
    """Cut wide layers in rows, each centred."""
    found: dict[int, tuple[float, float]] = {}
    down = 0.0
    for layer in layers:
        for begin in range(0, len(layer), WIDE):
            row = layer[begin : begin + WIDE]
            middle = (len(row) - 1) / 2
            for at, node in enumerate(row):
                # Every other one a little lower, so that long names do not touch.
                found[node] = ((at - middle) * ACROSS, down + (at % 2) * BETWEEN / 3)
            down += DOWN
        down += BETWEEN
    return found
