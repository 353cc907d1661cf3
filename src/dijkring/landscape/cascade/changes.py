# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The least that has to change before one promise can be kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from dijkring.landscape.cascade.conflicts import behind, edges_of, known_promises, starts_of
from dijkring.landscape.cascade.graph import CUT, MOST_SECONDS, NEVER, STEP, Graph, Ints, Unusable
from dijkring.landscape.cascade.settling import Weights, settle

# Earlier than anything: what must stay out of a reckoning starts here and never moves.
OUT = -NEVER
MOST_ROUNDS = 500


@dataclass(frozen=True, slots=True)
class Change:
    """What takes a conflict away, together with the others of its set.

    `promise`: this asset must be back within so many seconds. `buffer`: the asset must be able to
    do without what the dependency (a line, from 0) leads to for so many seconds.
    """

    kind: Literal["promise", "buffer"]
    asset: int
    line: int
    seconds: int


# What may change: the promise at a place, or the delay of a line of needs or of members.
What = Literal["promise", "needs", "members"]
Element = tuple[What, int]


@dataclass(frozen=True, slots=True)
class _Case:
    """The part of the landscape below one asset, with the numbers that may change."""

    graph: Graph
    place: int
    known: Ints
    inside: Ints
    starts: Ints
    weights: Weights

    def array(self, what: What) -> Ints:
        """Return the numbers of this kind, which may be changed in place."""
        if what == "promise":
            return self.starts
        return self.weights.needs if what == "needs" else self.weights.members

    def original(self, what: What) -> Ints:
        """Return the numbers of this kind as they were."""
        if what == "promise":
            return starts_of(self.known)
        return self.graph.needs.weight if what == "needs" else self.graph.members.weight

    def settled(self) -> Ints:
        """Reckon when all inside is back."""
        moments = np.full(len(self.graph), OUT, np.int64)
        moments[self.inside] = self.starts[self.inside]
        frontier = self.inside[moments[self.inside] < NEVER]
        return settle(self.graph, moments, frontier, self.weights)

    def keeps(self, moments: Ints) -> bool:
        """Tell whether the asset is back in time."""
        moment = int(moments[self.place])
        return moment >= NEVER or -(moment // STEP) <= int(self.known[self.place])


def least_changes(
    graph: Graph,
    promised: Mapping[int, int] | Ints,
    asset: int,
    *,
    promises: bool = True,
    buffers: bool = True,
) -> list[Change]:
    """Return the fewest changes after which this asset (an id) can keep its own promise.

    A change is a quicker promise of something below, or a longer time to do without along one
    dependency. Every reason that is left gives the promises and dependencies it consists of, one of
    which has to change; the smallest choice that meets all reasons so far is a small integer
    programme and exact, and so on until no reason is left. Which of equally small sets comes out is
    not said. Each change is told no larger than needed, given the others. Unusable when there is no
    conflict, or when nothing that may be changed takes it away.
    """
    case = _case(graph, known_promises(graph, promised), int(graph.places([asset])[0]))
    reasons: list[frozenset[Element]] = []
    chosen: frozenset[Element] = frozenset()
    for _round in range(MOST_ROUNDS):
        moments = case.settled()
        if case.keeps(moments):
            break
        reason = _reason(case, moments)
        allowed = {one for one in reason if (promises if one[0] == "promise" else buffers)}
        if not allowed:
            raise Unusable("nothing that may be changed takes this conflict away")
        reasons.append(frozenset(allowed))
        chosen = _exchange(case, chosen, _smallest(reasons))
    else:
        raise Unusable("too many chains for an exact answer")
    if not reasons:
        raise Unusable("this asset has no conflict")
    return [_sized(case, what, at) for what, at in sorted(chosen)]


def _case(graph: Graph, known: Ints, place: int) -> _Case:
    starts = starts_of(known)
    weights = Weights(graph.needs.weight.copy(), graph.members.weight.copy())
    return _Case(graph, place, known, _below(graph, place), starts, weights)


def _exchange(
    case: _Case, before: frozenset[Element], after: frozenset[Element]
) -> frozenset[Element]:
    """Put back what is no longer chosen, and take away what now is."""
    for what, at in before - after:
        case.array(what)[at] = case.original(what)[at]
    for what, at in after - before:
        case.array(what)[at] = NEVER if what == "promise" else CUT
    return after


def _below(graph: Graph, place: int) -> Ints:
    """Return all that an asset rests on, itself too."""
    seen = np.zeros(len(graph), np.bool_)
    seen[place] = True
    frontier = np.array([place])
    while len(frontier):
        parts = [graph.needs.provider[graph.needs_in.of(frontier)[0]]]
        for group in graph.groups_in.of(frontier)[0].tolist():
            parts.append(graph.members.provider[edges_of(graph, group)[0]])
        found = np.unique(np.concatenate(parts))
        frontier = found[~seen[found]]
        seen[frontier] = True
    return np.flatnonzero(seen)


def _reason(case: _Case, moments: Ints) -> set[Element]:
    """Return every promise and line that one explanation of the asset's return consists of.

    Through a group it takes all members that are late, up to the one that decides.
    """
    found: set[Element] = set()
    seen: set[int] = set()
    waiting = [case.place]
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        if moments[here] == case.starts[here]:
            found.add(("promise", here))
            continue
        for element, cause in _supports(case, moments, here):
            found.add(element)
            waiting.append(cause)
    return found


def _supports(case: _Case, moments: Ints, place: int) -> list[tuple[Element, int]]:
    graph, weights = case.graph, case.weights
    cause, edge, group = behind(graph, moments, place, weights)
    if group < 0:
        return [(("needs", edge), cause)]
    edges, rank = edges_of(graph, group)
    each = moments[graph.members.provider[edges]] + weights.members[edges]
    late = edges[np.argsort(each, kind="stable")[:rank]]
    return [(("members", int(edge)), int(graph.members.provider[edge])) for edge in late]


def _smallest(reasons: Sequence[frozenset[Element]]) -> frozenset[Element]:
    """Choose the fewest elements such that every reason loses one."""
    names = sorted(frozenset[Element]().union(*reasons))
    column = {name: number for number, name in enumerate(names)}
    hits = np.zeros((len(reasons), len(names)))
    for row, reason in enumerate(reasons):
        hits[row, [column[one] for one in reason]] = 1
    # Read only when it is needed: it takes half a second that every start would pay.
    from scipy.optimize import Bounds, LinearConstraint, milp

    solved = milp(
        np.ones(len(names)),
        constraints=LinearConstraint(hits, lb=1),
        integrality=np.ones(len(names)),
        bounds=Bounds(0, 1),
    )
    if solved.x is None:
        raise Unusable("too many chains for an exact answer")
    return frozenset(name for name, taken in zip(names, solved.x, strict=True) if taken > 0.5)


def _sized(case: _Case, what: What, at: int) -> Change:
    """Make a change as small as it may be, the others being as they are, and leave it so."""
    graph, numbers = case.graph, case.array(what)
    if what == "promise":

        def early(seconds: int) -> bool:
            numbers[at] = -seconds * STEP
            return case.keeps(case.settled())

        seconds = _last(early, MOST_SECONDS)
        numbers[at] = -seconds * STEP
        return Change("promise", int(graph.assets[at]), -1, seconds)
    edges = graph.needs if what == "needs" else graph.members

    def short(seconds: int) -> bool:
        numbers[at] = seconds * STEP + 1
        return not case.keeps(case.settled())

    seconds = _last(short, MOST_SECONDS) + 1
    numbers[at] = seconds * STEP + 1
    return Change("buffer", int(graph.assets[edges.dependent[at]]), int(edges.line[at]), seconds)


def _last(holds: Callable[[int], bool], bound: int) -> int:
    """Return the largest number for which it holds; it holds for 0, and then up to that number."""
    low, high = 0, bound
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low
