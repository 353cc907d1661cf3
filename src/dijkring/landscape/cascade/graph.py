# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The landscape as arrays: what needs what, checked, and laid out for reading in both directions.

A moment and the number of steps that lead to it are one whole number: seconds times STEP, plus the
steps. The smaller number is the earlier moment, and of equal moments the one with fewer steps.
Every dependency therefore adds at least one: nothing is ever its own cause, also not around a cycle
of dependencies without delay, and the shortest explanation can be read back from the numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
STEP = 1 << 20
MOST_ASSETS = STEP - 1
NEVER = 1 << 61
# Longer than never, also after a start before zero: what a cut dependency adds.
CUT = NEVER + (1 << 60)
MOST_SECONDS = 100 * 366 * 86_400


class Unusable(ValueError):
    """What was asked cannot be reckoned; the message says which line is wrong, and why."""


class Kind(IntEnum):
    """How one asset relies on another."""

    NEEDS = 0
    GROUP = 1
    DEGRADED = 2


@dataclass(frozen=True, slots=True)
class Dependencies:
    """Columns of equal length: who relies on whom (by id), how, and for how long it can do without.

    `group` is a number per group, of one dependent each, and means nothing on other lines;
    `required` says on each line of a group how many of it must work; `seconds` is the delay before
    harm: a battery, a stock, a list on paper.
    """

    dependent: Ints
    provider: Ints
    kind: Ints
    group: Ints
    required: Ints
    seconds: Ints


@dataclass(frozen=True, slots=True)
class Edges:
    """Dependencies by number of their line, with places of assets instead of ids."""

    line: Ints
    dependent: Ints
    provider: Ints
    weight: Ints

    def __len__(self) -> int:
        return len(self.line)

    def pick(self, which: Ints) -> "Edges":
        """Return these lines, in this order."""
        return Edges(
            self.line[which], self.dependent[which], self.provider[which], self.weight[which]
        )


@dataclass(frozen=True, slots=True)
class Pointed:
    """Which lines belong to each asset: `order[starts[a]:starts[a + 1]]`."""

    order: Ints
    starts: Ints

    def of(self, assets: Ints) -> tuple[Ints, Ints]:
        """Return the lines of these assets one after another, and how many each has."""
        places, counts = self.places(assets)
        return self.order[places], counts

    def places(self, assets: Ints) -> tuple[Ints, Ints]:
        """Return where in `order` those lines stand, and how many each asset has."""
        begin = self.starts[assets]
        counts = self.starts[assets + 1] - begin
        total = int(counts.sum())
        if not total:
            return np.empty(0, np.int64), counts
        before = np.cumsum(counts) - counts
        return np.arange(total) + np.repeat(begin - before, counts), counts


@dataclass(frozen=True, slots=True)
class Size:
    """All groups with the same number of members that fail at the same count of failed members.

    `edge` has a column for each group, from number `first` on, with the places of its lines in
    `Graph.members`; a group fails with its `rank`-th member: n - k + 1 for k of n.
    """

    first: int
    rank: int
    edge: Ints


@dataclass(frozen=True, slots=True)
class Graph:
    """A landscape that can be asked; made by `build`.

    `needs` is sorted by provider, `members` by group; a group of which all must work is in `needs`.
    What is read most is there twice: `below` has the providers of `needs` in the order of
    `needs_in`, `above` the groups of `members` in that of `members_out`.
    """

    assets: Ints
    needs: Edges
    members: Edges
    group_of: Ints
    owner: Ints
    sizes: tuple[Size, ...]
    degraded: Edges
    needs_in: Pointed
    needs_out: Pointed
    members_out: Pointed
    groups_in: Pointed
    degraded_in: Pointed
    below: Ints
    above: Ints

    def __len__(self) -> int:
        return len(self.assets)

    def places(self, ids: Sequence[int] | Ints) -> Ints:
        """Return where these assets stand; Unusable for one that is not in the landscape."""
        return _places(self.assets, np.asarray(ids, np.int64))


def build(assets: Sequence[int] | Ints, dependencies: Dependencies) -> Graph:
    """Check the landscape and lay it out; Unusable says which line cannot be, and why.

    Refused: an asset twice, an unknown asset, dependence on itself, a negative or endless delay, a
    group of two dependents, a member twice in a group, and a group that asks more than it has.
    """
    ids = np.unique(np.asarray(assets, np.int64))
    if len(ids) != len(assets):
        raise Unusable("an asset is listed twice")
    if len(ids) > MOST_ASSETS:
        raise Unusable(f"more than {MOST_ASSETS} assets")
    edges = _checked(ids, dependencies)
    kind = dependencies.kind
    in_group = np.flatnonzero(kind == Kind.GROUP)
    groups = _Groups.of(edges.pick(in_group), dependencies, in_group)
    alone = np.concatenate([np.flatnonzero(kind == Kind.NEEDS), in_group[groups.all_needed]])
    needs = edges.pick(alone[np.argsort(edges.provider[alone], kind="stable")])
    degraded = edges.pick(np.flatnonzero(kind == Kind.DEGRADED))
    n = len(ids)
    needs_in, members_out = pointed(needs.dependent, n), pointed(groups.members.provider, n)
    return Graph(
        assets=ids,
        needs=needs,
        members=groups.members,
        group_of=groups.group_of,
        owner=groups.owner,
        sizes=groups.sizes,
        degraded=degraded,
        needs_in=needs_in,
        needs_out=pointed(needs.provider, n),
        members_out=members_out,
        groups_in=pointed(groups.owner, n),
        degraded_in=pointed(degraded.dependent, n),
        below=needs.provider[needs_in.order],
        above=groups.group_of[members_out.order],
    )


def pointed(keys: Ints, n: int) -> Pointed:
    """Return which lines have each key from 0 to n."""
    order = np.argsort(keys, kind="stable").astype(np.int64)
    counts = np.bincount(keys, minlength=n)
    return Pointed(order, np.concatenate([[0], np.cumsum(counts)]).astype(np.int64))


def _checked(ids: Ints, told: Dependencies) -> Edges:
    columns = (told.provider, told.kind, told.group, told.required, told.seconds)
    if any(len(column) != len(told.dependent) for column in columns):
        raise Unusable("the columns of the dependencies differ in length")
    if len(told.dependent) and not np.isin(told.kind, list(Kind)).all():
        raise Unusable("a dependency is of an unknown kind")
    dependent, provider = _places(ids, told.dependent), _places(ids, told.provider)
    _refuse(dependent == provider, "depends on itself")
    _refuse(told.seconds < 0, "has a negative time")
    _refuse(told.seconds > MOST_SECONDS, "has a delay of more than a hundred years")
    weight = told.seconds.astype(np.int64) * STEP + 1
    return Edges(np.arange(len(dependent)), dependent, provider, weight)


def _places(ids: Ints, wanted: Ints) -> Ints:
    if not len(wanted):
        return np.empty(0, np.int64)
    if not len(ids):
        raise Unusable(f"unknown asset {wanted[0]}")
    found = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    strange = ids[found] != wanted
    if strange.any():
        raise Unusable(f"unknown asset {wanted[np.argmax(strange)]}")
    return found.astype(np.int64)


def _refuse(wrong: NDArray[np.bool_], words: str) -> None:
    if wrong.any():
        raise Unusable(f"dependency {int(np.argmax(wrong)) + 1} {words}")


@dataclass(frozen=True, slots=True)
class _Groups:
    """The groups that can lose a member, ordered by size and rank; the others are plain needs."""

    members: Edges
    group_of: Ints
    owner: Ints
    sizes: tuple[Size, ...]
    all_needed: NDArray[np.bool_]

    @staticmethod
    def of(edges: Edges, told: Dependencies, lines: Ints) -> "_Groups":
        """Check and order the groups of these lines."""
        names, group = np.unique(told.group[lines], return_inverse=True)
        size = np.bincount(group, minlength=len(names))
        required, owner = _one_each(group, told.required[lines]), _one_each(group, edges.dependent)
        _refuse_groups(names, required < 1, "asks for none of its members")
        asked = f"asks more members than it has ({_largest(required, size)})"
        _refuse_groups(names, required > size, asked)
        _refuse_twice(group, edges.provider)
        rank = size - required + 1
        order = np.lexsort((rank, size))
        order = order[rank[order] > 1]
        new = np.full(len(names), -1)
        new[order] = np.arange(len(order))
        kept = np.flatnonzero(new[group] >= 0)
        kept = kept[np.argsort(new[group[kept]], kind="stable")]
        members = edges.pick(kept)
        sizes = _sizes(size[order], rank[order])
        return _Groups(members, new[group[kept]], owner[order], sizes, new[group] < 0)


def _one_each(group: Ints, values: Ints) -> Ints:
    """Return the value of each group, which must be the same on all its lines."""
    found = np.zeros(int(group.max()) + 1 if len(group) else 0, np.int64)
    found[group] = values
    if (found[group] != values).any():
        raise Unusable("a group has two dependents, or asks for two numbers of members")
    return found


def _largest(required: Ints, size: Ints) -> str:
    wrong = np.flatnonzero(required > size)
    return f"{required[wrong[0]]} of {size[wrong[0]]}" if len(wrong) else ""


def _refuse_groups(names: Ints, wrong: NDArray[np.bool_], words: str) -> None:
    if wrong.any():
        raise Unusable(f"group {names[np.argmax(wrong)]} {words}")


def _refuse_twice(group: Ints, provider: Ints) -> None:
    order = np.lexsort((provider, group))
    same = (np.diff(group[order]) == 0) & (np.diff(provider[order]) == 0)
    if same.any():
        raise Unusable("an asset stands twice in one group")


def _sizes(size: Ints, rank: Ints) -> tuple[Size, ...]:
    """Lay groups of one size and rank under each other; both are sorted."""
    if not len(size):
        return ()
    new = np.flatnonzero((np.diff(size, prepend=-1) != 0) | (np.diff(rank, prepend=-1) != 0))
    ends = [*new[1:].tolist(), len(size)]
    first_edge = np.cumsum(size) - size
    return tuple(
        Size(
            int(begin),
            int(rank[begin]),
            first_edge[None, begin:end] + np.arange(size[begin])[:, None],
        )
        for begin, end in zip(new.tolist(), ends, strict=True)
    )
