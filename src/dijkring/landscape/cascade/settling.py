# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The least fixed point: who is reached at what moment, by nothing but outside causes.

An asset is reached at the earliest of: its own start, a thing it needs plus the delay, and the
(n - k + 1)-th member (each plus its delay) of a group of which k must work. Starting from nothing
and letting each improvement pass on reaches the solution in which the least fails: a cycle is
reached from outside or not at all. Each wave settles at least the earliest moment not yet settled,
so there are at most as many waves as assets; in a layered landscape there are about ten.
"""

from dataclasses import dataclass

import numpy as np

from dijkring.landscape.cascade.graph import NEVER, Graph, Ints

# Up to this rank, laying the members beside each other is quicker than sorting them.
FEW = 4
HIGHEST = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Weights:
    """What each dependency adds, in place of what the landscape says."""

    needs: Ints
    members: Ints


def weights_of(graph: Graph) -> Weights:
    """Return what each dependency of the landscape adds."""
    return Weights(graph.needs.weight, graph.members.weight)


def settle(
    graph: Graph, moments: Ints, frontier: Ints, weights: Weights | None = None,
    *, groups: bool = True,
) -> Ints:  # fmt: skip
    """Lower `moments` in place to the fixed point, given that only `frontier` has been lowered.

    `groups=False` leaves out groups that can lose a member.
    """
    added = weights or weights_of(graph)
    marks = np.zeros(len(graph), np.bool_)
    while len(frontier):
        _through_needs(graph, moments, frontier, added.needs, marks)
        if groups and len(graph.members):
            _through_groups(graph, moments, frontier, added.members, marks)
        frontier = np.flatnonzero(marks)
        marks[frontier] = False
    return moments


def start(graph: Graph, places: Ints) -> Ints:
    """Return moments in which only these assets are reached, at zero."""
    moments = np.full(len(graph), NEVER, np.int64)
    moments[places] = 0
    return moments


def _through_needs(
    graph: Graph, moments: Ints, frontier: Ints, weight: Ints, marks: np.ndarray
) -> None:
    lines, counts = graph.needs_out.places(frontier)
    if not len(lines):
        return
    moment = np.repeat(moments[frontier], counts) + weight[lines]
    _lower(moments, graph.needs.dependent[lines], moment, marks)


def _lower(moments: Ints, places: Ints, moment: Ints, marks: np.ndarray) -> None:
    better = np.flatnonzero(moment < moments[places])
    if len(better):
        places = places[better]
        np.minimum.at(moments, places, moment[better])
        marks[places] = True


def _through_groups(
    graph: Graph, moments: Ints, frontier: Ints, weight: Ints, marks: np.ndarray
) -> None:
    lines, _counts = graph.members_out.places(frontier)
    if not len(lines):
        return
    touched = distinct(graph.above[lines], len(graph.owner))
    _lower(moments, graph.owner[touched], group_moments(graph, moments, touched, weight), marks)


def distinct(values: Ints, bound: int) -> Ints:
    """Return each value once, in order; quicker than sorting when there are many."""
    there = np.zeros(bound, np.bool_)
    there[values] = True
    return np.flatnonzero(there)


def group_moments(graph: Graph, moments: Ints, groups: Ints, weight: Ints) -> Ints:
    """Return when each of these groups (sorted) has lost too many members."""
    found = np.empty(len(groups), np.int64)
    firsts = [size.first for size in graph.sizes]
    bounds = [*np.searchsorted(groups, firsts).tolist(), len(groups)]
    for number, size in enumerate(graph.sizes):
        here = slice(bounds[number], bounds[number + 1])
        if here.start == here.stop:
            continue
        rows = groups[here] - size.first
        edges = size.edge[:, rows]
        found[here] = _rank_th(moments[graph.members.provider[edges]] + weight[edges], size.rank)
    return found


def _rank_th(each: Ints, rank: int) -> Ints:
    """Return the rank-th smallest of each column."""
    if rank == len(each):
        highest: Ints = each.max(axis=0)
        return highest
    if rank > FEW:
        sorted_part: Ints = np.partition(each, rank - 1, axis=0)[rank - 1]
        return sorted_part
    smallest = [np.full(each.shape[1], HIGHEST) for _place in range(rank)]
    for row in each:
        for place, known in enumerate(smallest):
            smallest[place], row = np.minimum(known, row), np.maximum(known, row)
    return smallest[-1]
