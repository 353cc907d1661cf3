# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The impact of every asset, exactly: sixty-four failures at once, one in each bit of a word.

What falls is a matter of yes or no here, without moments. k-of-n makes impact neither additive nor
inherited (two halves may each do no harm), so each asset is really made to fail; but a word carries
sixty-four of them over a dependency in one operation. Most assets reach little: those are taken
together with their neighbours, and what reaches half the landscape with its like.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dijkring.landscape.cascade.graph import Graph, Ints, Unusable
from dijkring.landscape.cascade.settling import distinct

Words = NDArray[np.uint64]
BITS = 64
LOOK_AHEAD = 6
CHUNK = 4096
EVERY = np.uint64(0xFFFF_FFFF_FFFF_FFFF)


def impact(graph: Graph, weights: Ints) -> Ints:
    """Return what falls with each asset, itself counted: a row per asset, a column per weight.

    `weights` has a row per asset (in the order of `graph.assets`) and whole, not negative numbers:
    a one for the count, residents, a one for a statutory task. Somebody who misses two services
    counts twice: that is the harm, not the number of people.
    """
    table = _checked(graph, weights)
    found = table.copy()
    places = _by_reach(graph)
    words = np.zeros(len(graph), np.uint64)
    for begin in range(0, len(places), BITS):
        batch = places[begin : begin + BITS]
        seeds = (np.arange(len(batch)), batch)
        found[batch] = _fall(graph, words, seeds, table)[: len(batch)]
    return found


def impact_of_sets(graph: Graph, sets: Sequence[Sequence[int]], weights: Ints) -> Ints:
    """Return what falls when each of these sets of assets (ids) fails, themselves counted."""
    table = _checked(graph, weights)
    words = np.zeros(len(graph), np.uint64)
    parts = []
    for begin in range(0, len(sets), BITS):
        batch = [graph.places(one) for one in sets[begin : begin + BITS]]
        bits = np.repeat(np.arange(len(batch)), [len(one) for one in batch])
        parts.append(_fall(graph, words, (bits, np.concatenate(batch)), table)[: len(batch)])
    return np.concatenate(parts) if parts else np.empty((0, table.shape[1]), np.int64)


@dataclass(frozen=True, slots=True)
class Share:
    """What hangs on one name (a supplier, a country, a place): its assets, and what falls with it.

    `parts` is the share of everything, per weight, from 0 to 1.
    """

    name: str
    own: int
    falls: tuple[int, ...]
    parts: tuple[float, ...]


def concentration(graph: Graph, names: Mapping[str, Sequence[int]], weights: Ints) -> list[Share]:
    """Return for each name what falls when all its assets fail at once, the gravest first.

    Graver is: more of the last weight, then of the one before it. So the columns run from the
    least telling (a count) to the most (statutory tasks).
    """
    sets = list(names.values())
    falls = impact_of_sets(graph, sets, weights)
    total = np.maximum(_checked(graph, weights).sum(axis=0), 1)
    shares = [
        Share(name, len(own), tuple(row.tolist()), tuple((row / total).tolist()))
        for name, own, row in zip(names, sets, falls, strict=True)
    ]
    return sorted(shares, key=lambda one: (one.falls[::-1], one.name), reverse=True)


def _checked(graph: Graph, weights: Ints) -> Ints:
    table = np.asarray(weights, np.int64)
    if table.ndim != 2 or len(table) != len(graph):
        raise Unusable("weights need a row for each asset")
    if (table < 0).any():
        raise Unusable("a weight is negative")
    return table


def _by_reach(graph: Graph) -> Ints:
    """Return all that others rely on: what may reach as much together, and neighbours in order.

    The number of ways up, a few steps far, is only a guess at the reach; it sets the order.
    """
    n = len(graph)
    rows = np.concatenate([graph.needs.provider, graph.members.provider])
    columns = np.concatenate([graph.needs.dependent, graph.members.dependent])
    # Read only when it is needed: it takes half a second that every start would pay.
    from scipy.sparse import csr_matrix

    up = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(n, n))
    ways = np.ones(n)
    for _step in range(LOOK_AHEAD):
        ways = np.minimum(1 + up @ ways, 1e12)
    kind = np.floor(np.log2(ways) / 3)
    order = np.lexsort((np.arange(n), kind))
    relied_on = np.diff(up.indptr)[order] > 0
    places: Ints = order[relied_on]
    return places


def _fall(graph: Graph, words: Words, seeds: tuple[Ints, Ints], table: Ints) -> Ints:
    """Let each bit fall from its seeds, sum the weights of what fell, and clear the words."""
    bits, places = seeds
    np.bitwise_or.at(words, places, np.uint64(1) << bits.astype(np.uint64))
    frontier = np.unique(places)
    while len(frontier):
        frontier = _wave(graph, words, frontier)
    fallen = np.flatnonzero(words)
    summed = np.zeros((BITS, table.shape[1]), np.int64)
    for begin in range(0, len(fallen), CHUNK):
        part = fallen[begin : begin + CHUNK]
        bytes_of = words[part].view(np.uint8).reshape(-1, BITS // 8)
        there = np.unpackbits(bytes_of, axis=1, bitorder="little")
        summed += there.T.astype(np.int64) @ table[part]
    words[fallen] = 0
    return summed


def _wave(graph: Graph, words: Words, frontier: Ints) -> Ints:
    """Pass on what the frontier has, and return whose word grew."""
    grown = np.zeros(len(graph), np.bool_)
    lines, _counts = graph.needs_out.places(frontier)
    if len(lines):
        reached = distinct(graph.needs.dependent[lines], len(graph))
        _grow(words, reached, _any_need(graph, words, reached), grown)
    lines, _counts = graph.members_out.places(frontier)
    if len(lines):
        touched = distinct(graph.above[lines], len(graph.owner))
        for groups, lost in _lost_groups(graph, words, touched):
            np.bitwise_or.at(words, *_growing(words, graph.owner[groups], lost, grown))
    return np.flatnonzero(grown)


def _any_need(graph: Graph, words: Words, reached: Ints) -> Words:
    lines, counts = graph.needs_in.places(reached)
    starts = np.cumsum(counts) - counts
    found: Words = np.bitwise_or.reduceat(words[graph.below[lines]], starts)
    return found


def _grow(words: Words, places: Ints, added: Words, grown: NDArray[np.bool_]) -> None:
    before = words[places]
    after = before | added
    changed = after != before
    words[places[changed]] = after[changed]
    grown[places[changed]] = True


def _growing(
    words: Words, places: Ints, added: Words, grown: NDArray[np.bool_]
) -> tuple[Ints, Words]:
    """Return only the places (one may stand there twice) to which this adds something."""
    changed = np.flatnonzero(added & ~words[places])
    grown[places[changed]] = True
    return places[changed], added[changed]


def _lost_groups(graph: Graph, words: Words, groups: Ints) -> Iterator[tuple[Ints, Words]]:
    """Give groups with the bits in which at least `rank` of their members have fallen."""
    for size in graph.sizes:
        here = groups[(groups >= size.first) & (groups < size.first + size.edge.shape[1])]
        if not len(here):
            continue
        fallen = words[graph.members.provider[size.edge[:, here - size.first]]]
        yield here, at_least(fallen, size.rank)


def at_least(words: Words, rank: int) -> Words:
    """Return the bits that are set in at least `rank` of the rows, per column."""
    reached = [np.full(words.shape[1], EVERY), *([np.zeros(words.shape[1], np.uint64)] * rank)]
    for row in words:
        for level in range(rank, 0, -1):
            reached[level] = reached[level] | (reached[level - 1] & row)
    return reached[rank]
