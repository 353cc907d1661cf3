# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Promises of recovery that cannot be kept, given the promises of what they rest on.

An asset that is back within four hours, says its owner, may need a platform that is back within a
day. When everything below keeps its own promise, an asset is back no sooner than the latest of: its
own promise, and for each thing it needs the moment that is back, less the time it can do without.
Of a group of which k must work it waits for the k-th that is back. This is the same fixed point as
a failure, read backwards: everything starts at minus its promise, and the earliest moment is the
latest return. A thing without a promise says nothing, and is no conflict; it still passes on.

A conflict that runs through a group with a member to spare arises only when too many members fail
together; the others arise when one thing fails alone. They are told apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dijkring.landscape.cascade.graph import MOST_SECONDS, NEVER, STEP, Graph, Ints, Unusable
from dijkring.landscape.cascade.settling import Weights, group_moments, settle, weights_of


@dataclass(frozen=True, slots=True)
class Conflict:
    """An asset, what it promises, when it can be back, and whose promise that comes from (ids).

    `path` runs from the cause to the asset, and `lines` are the dependencies between them (lines
    from 0). `together` says that it takes more failures than one.
    """

    asset: int
    promised: int
    possible: int
    path: tuple[int, ...]
    lines: tuple[int, ...]
    together: bool

    @property
    def cause(self) -> int:
        return self.path[0]

    @property
    def excess(self) -> int:
        """How many seconds later than promised."""
        return self.possible - self.promised


@dataclass(frozen=True, slots=True)
class Returns:
    """When each asset can be back, without groups that can lose a member, and with them."""

    graph: Graph
    promised: Ints
    alone: Ints
    together: Ints

    def places(self) -> Ints:
        """Return the places of the assets that promise more than they can keep, the worst first."""
        late = np.flatnonzero(self.excess() > 0)
        return late[np.lexsort((late, -self.excess()[late]))]

    def excess(self) -> Ints:
        """Return how much later than promised each asset can be back, in seconds; 0 for on time."""
        possible = -(self.together // STEP)
        return np.where(self.promised >= 0, np.maximum(possible - self.promised, 0), 0)

    def only_together(self) -> NDArray[np.bool_]:
        """Tell of each asset whether it takes more failures than one to be back too late."""
        late_alone = -(self.alone // STEP) > self.promised
        return np.asarray(~late_alone)

    def conflict(self, place: int) -> Conflict:
        """Tell the conflict of one asset with the shortest chain to where it comes from."""
        promised = int(self.promised[place])
        together = -int(self.alone[place] // STEP) <= promised
        moments = self.together if together else self.alone
        path, lines = _chain(self.graph, moments, starts_of(self.promised), place)
        possible = -int(moments[place] // STEP)
        return Conflict(int(self.graph.assets[place]), promised, possible, path, lines, together)


def returns(graph: Graph, promised: Mapping[int, int] | Ints) -> Returns:
    """Reckon when everything can be back; `promised` in seconds, -1 or absent for no promise.

    As an array it has the order of `graph.assets`. Unusable for a negative or endless promise.
    """
    known = known_promises(graph, promised)
    starts = starts_of(known)
    frontier = np.flatnonzero(known >= 0)
    alone = settle(graph, starts.copy(), frontier, groups=False)
    together = alone
    if len(graph.members):
        together = settle(graph, alone.copy(), np.flatnonzero(alone < NEVER))
    return Returns(graph, known, alone, together)


def conflicts(graph: Graph, promised: Mapping[int, int] | Ints, most: int = 0) -> list[Conflict]:
    """Return each promise that cannot be kept, the worst first, with the chain to its cause.

    `most` (0 for all) limits how many are told.
    """
    found = returns(graph, promised)
    places = found.places()
    return [found.conflict(int(place)) for place in places[: most or None]]


def known_promises(graph: Graph, promised: Mapping[int, int] | Ints) -> Ints:
    if isinstance(promised, np.ndarray):
        known = promised.astype(np.int64)
    else:
        known = np.full(len(graph), -1, np.int64)
        places = graph.places(list(promised))
        known[places] = list(promised.values())
        if (known[places] < 0).any():
            raise Unusable("a promise is a negative time")
    if len(known) != len(graph):
        raise Unusable("promises need one number for each asset")
    if (known < -1).any() or (known > MOST_SECONDS).any():
        raise Unusable("a promise is a negative time, or more than a hundred years")
    return known


def starts_of(promised: Ints) -> Ints:
    return np.where(promised >= 0, -promised * STEP, NEVER)


def _chain(
    graph: Graph, moments: Ints, starts: Ints, place: int
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Walk from an asset back to the promise that decides when it is back."""
    path, lines = [int(graph.assets[place])], list[int]()
    weights = weights_of(graph)
    while moments[place] != starts[place]:
        place, edge, group = behind(graph, moments, place, weights)
        path.append(int(graph.assets[place]))
        lines.append(int((graph.needs if group < 0 else graph.members).line[edge]))
    return tuple(path[::-1]), tuple(lines[::-1])


def behind(graph: Graph, moments: Ints, place: int, weights: Weights) -> tuple[int, int, int]:
    """Return what decides over a place, the edge to it, and the group it is a member of or -1."""
    moment = moments[place]
    edges = graph.needs_in.of(np.array([place]))[0]
    tight = edges[moments[graph.needs.provider[edges]] + weights.needs[edges] == moment]
    if len(tight):
        return int(graph.needs.provider[tight[0]]), int(tight[0]), -1
    groups = graph.groups_in.of(np.array([place]))[0]
    group = int(groups[group_moments(graph, moments, groups, weights.members) == moment][0])
    edges = edges_of(graph, group)[0]
    tight = edges[moments[graph.members.provider[edges]] + weights.members[edges] == moment]
    return int(graph.members.provider[tight[0]]), int(tight[0]), group


def edges_of(graph: Graph, group: int) -> tuple[Ints, int]:
    """Return the lines of a group, and with how many of them it fails."""
    size = next(one for one in reversed(graph.sizes) if one.first <= group)
    return size.edge[:, group - size.first], size.rank
