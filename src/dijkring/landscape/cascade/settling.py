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

NOWHERE = np.empty(0, np.int64)


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
    lines, counts = graph.needs_out.of(frontier)
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
    lines, _counts = graph.members_out.of(frontier)
    if not len(lines):
        return
    touched = np.unique(graph.group_of[lines])
    _lower(moments, graph.owner[touched], group_moments(graph, moments, touched, weight), marks)


def group_moments(graph: Graph, moments: Ints, groups: Ints, weight: Ints) -> Ints:
    """Return when each of these groups (sorted) has lost too many members."""
    found = np.empty(len(groups), np.int64)
    firsts = [size.first for size in graph.sizes]
    bounds = [*np.searchsorted(groups, firsts).tolist(), len(groups)]
    for number, size in enumerate(graph.sizes):
        here = slice(bounds[number], bounds[number + 1])
        if here.start == here.stop:
            continue
        edge = size.edge[groups[here] - size.first]
        each = moments[graph.members.provider[edge]] + weight[edge]
        found[here] = np.partition(each, size.rank - 1, axis=1)[:, size.rank - 1]
    return found
