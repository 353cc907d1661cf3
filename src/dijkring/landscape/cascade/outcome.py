# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What if these fail: when each asset fails or is hindered, and the shortest reason why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from dijkring.landscape.cascade.graph import NEVER, STEP, Edges, Graph, Ints, Unusable
from dijkring.landscape.cascade.settling import group_moments, settle, start, weights_of

State = Literal["fails", "hindered"]
How = Literal["start", "needs", "group", "hindered"]


@dataclass(frozen=True, slots=True)
class Link:
    """One step of an explanation: this asset, by the one before, along this line.

    `line` counts the lines of the dependencies from 0, and is -1 at the start; of a group it is
    the member whose failure was one too many, the `rank`-th of `size`.
    """

    asset: int
    seconds: int
    state: State
    how: How
    line: int = -1
    rank: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """The moments of everything, in the order of `graph.assets`; read them through the methods.

    An asset is *hindered* from the moment that something it relies on in passing has failed, or
    something it needs is hindered, until it fails itself. Being hindered passes on along what is
    needed and through groups that have too few members left that are well; a line that only
    hinders passes on failures and nothing else, since a thing that still works still helps.
    """

    graph: Graph
    fails: Ints
    hindered: Ints

    def failing(self) -> tuple[Ints, Ints]:
        """Return the ids of all that fails, and after how many seconds; the starts after 0."""
        there = np.flatnonzero(self.fails < NEVER)
        return self.graph.assets[there], self.fails[there] // STEP

    def only_hindered(self) -> tuple[Ints, Ints]:
        """Return the ids of all that is hindered and does not fail, and after how many seconds."""
        there = np.flatnonzero((self.hindered < NEVER) & (self.fails >= NEVER))
        return self.graph.assets[there], self.hindered[there] // STEP

    def path(self, asset: int) -> list[Link]:
        """Return the shortest explanation of the earliest harm to an asset, the cause first.

        Of all explanations of that moment it has the fewest steps. An empty list says that nothing
        happens to it; Unusable that it is unknown.
        """
        place = int(self.graph.places([asset])[0])
        state: State = "hindered" if self.hindered[place] < self.fails[place] else "fails"
        found: list[Link] = []
        while (moments := self._of(state))[place] < NEVER:
            link, cause, state = self._before(place, state, int(moments[place]))
            found.append(link)
            if link.how == "start":
                break
            place = cause
        return found[::-1]

    def _of(self, state: State) -> Ints:
        return self.fails if state == "fails" else self.hindered

    def _before(self, place: int, state: State, moment: int) -> tuple[Link, int, State]:
        """Return the step that leads here, where it comes from, and in what state that is."""
        graph, asset, seconds = self.graph, int(self.graph.assets[place]), moment // STEP
        if moment == 0:
            return Link(asset, 0, "fails", "start"), place, "fails"
        moments = self._of(state)
        for line in explaining(
            graph.needs, graph.needs_in.of(np.array([place]))[0], moments, moment
        ):
            link = Link(asset, seconds, state, "needs", int(graph.needs.line[line]))
            return link, *self._cause(int(graph.needs.provider[line]), state)
        found = group_behind(graph, moments, place, moment)
        if found:
            line, rank, size = found
            link = Link(asset, seconds, state, "group", int(graph.members.line[line]), rank, size)
            return link, *self._cause(int(graph.members.provider[line]), state)
        here = graph.degraded_in.of(np.array([place]))[0]
        line = explaining(graph.degraded, here, self.fails, moment)[0]
        link = Link(asset, seconds, "hindered", "hindered", int(graph.degraded.line[line]))
        return link, int(graph.degraded.provider[line]), "fails"

    def _cause(self, place: int, state: State) -> tuple[int, State]:
        """Tell whether the cause of something hindered is hindered itself, or has failed."""
        failed = self.fails[place] <= self.hindered[place]
        return place, "fails" if state == "fails" or failed else "hindered"


def what_if(graph: Graph, failing: Sequence[int] | Ints) -> Outcome:
    """Reckon what happens when these assets fail at moment zero; Unusable for an unknown one."""
    if not len(failing):
        raise Unusable("nothing fails")
    places = np.unique(graph.places(failing))
    fails = settle(graph, start(graph, places), places)
    hindered = fails.copy()
    touched = _hindered_at_once(graph, fails, hindered)
    settle(graph, hindered, touched)
    return Outcome(graph, fails, hindered)


def _hindered_at_once(graph: Graph, fails: Ints, hindered: Ints) -> Ints:
    lines = graph.degraded
    moment = fails[lines.provider] + lines.weight
    better = np.flatnonzero((fails[lines.provider] < NEVER) & (moment < hindered[lines.dependent]))
    np.minimum.at(hindered, lines.dependent[better], moment[better])
    return np.unique(lines.dependent[better])


def explaining(edges: Edges, lines: Ints, moments: Ints, moment: int) -> Ints:
    """Return which of these lines lead to exactly this moment, in the order they were told."""
    tight = lines[moments[edges.provider[lines]] + edges.weight[lines] == moment]
    ordered: Ints = tight[np.argsort(edges.line[tight], kind="stable")]
    return ordered


def group_behind(
    graph: Graph, moments: Ints, place: int, moment: int
) -> tuple[int, int, int] | None:
    """Return the decisive line of a group of this asset that fails at this moment, if one does.

    With it come the rank at which the group fails and how many members it has.
    """
    groups = graph.groups_in.of(np.array([place]))[0]
    if not len(groups):
        return None
    found = group_moments(graph, moments, groups, weights_of(graph).members)
    for group in groups[found == moment]:
        size = next(one for one in reversed(graph.sizes) if one.first <= group)
        edge = size.edge[:, group - size.first]
        line = explaining(graph.members, edge, moments, moment)[0]
        return int(line), size.rank, len(edge)
    return None
