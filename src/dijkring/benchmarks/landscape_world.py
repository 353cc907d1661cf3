# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A landscape of a whole country: tasks on processes on systems on platforms on what is shared."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dijkring.landscape.cascade.graph import Dependencies, Kind

Ints = NDArray[np.int64]
SEED = 11
HOUR = 3600
# Of each organisation: how many of a hundred assets stand on each floor, the highest first.
FLOORS = (("service", 24), ("process", 24), ("system", 32), ("platform", 14), ("location", 6))
DELAYS = np.array([0, 0, 0, HOUR // 4, HOUR, 4 * HOUR, 8 * HOUR, 24 * HOUR, 72 * HOUR])
PROMISES = np.array([-1, 4 * HOUR, 8 * HOUR, 24 * HOUR, 48 * HOUR, 72 * HOUR])
LEAPS = np.array([0.62, 0.25, 0.13])


@dataclass(frozen=True, slots=True)
class Country:
    """Assets by number, their owner and floor (0 the highest), and what they rely on."""

    organisation: Ints
    floor: Ints
    residents: Ints
    statutory: Ints
    promised: Ints
    dependencies: Dependencies

    def __len__(self) -> int:
        return len(self.organisation)


def country(assets: int, dependencies: int, organisations: int, seed: int = SEED) -> Country:
    """Return a country of about so many dependencies: the same each time.

    One asset in a hundred and fifty is shared by all (suppliers, data centres, networks), in three
    layers of their own; a third of the lines is in groups of two to four, a tenth only hinders.
    """
    dice = np.random.default_rng(seed)
    shared = max(assets // 150, 6)
    own = assets - shared
    organisation = np.concatenate(
        [np.sort(dice.integers(0, organisations, own)), np.full(shared, -1)]
    )
    floor = np.concatenate([_floors(dice, own), _shared_floors(dice, shared)])
    lines = _lines(dice, organisation, floor, dependencies)
    resident = np.where(floor == 0, dice.integers(200, 150_000, assets), 0)
    statutory = ((floor == 0) & (dice.random(assets) < 0.5)).astype(np.int64)
    promised = dice.choice(PROMISES, assets)
    return Country(organisation, floor, resident, statutory, promised, lines)


def _floors(dice: np.random.Generator, own: int) -> Ints:
    shares = np.array([share for _name, share in FLOORS]) / 100
    return dice.choice(len(FLOORS), own, p=shares).astype(np.int64)


def _shared_floors(dice: np.random.Generator, shared: int) -> Ints:
    return len(FLOORS) + dice.choice(3, shared, p=[0.7, 0.2, 0.1]).astype(np.int64)


def _lines(dice: np.random.Generator, organisation: Ints, floor: Ints, wanted: int) -> Dependencies:
    dependent, provider = _pairs(dice, organisation, floor, wanted)
    kind = dice.choice(3, len(dependent), p=[0.57, 0.33, 0.1]).astype(np.int64)
    order = np.lexsort((kind, dependent))
    dependent, provider, kind = dependent[order], provider[order], kind[order]
    kind, group, required = _grouped(dice, dependent, kind)
    seconds = dice.choice(DELAYS, len(dependent)).astype(np.int64)
    return Dependencies(dependent, provider, kind, group, required, seconds)


def _pairs(
    dice: np.random.Generator, organisation: Ints, floor: Ints, wanted: int
) -> tuple[Ints, Ints]:
    """Draw pairs: mostly in one organisation and one to three floors lower, else what is shared."""
    n = len(organisation)
    by_place = np.lexsort((floor, organisation))
    key = organisation * 10 + floor
    sorted_key = key[by_place]
    low = int(floor.max())
    found: list[Ints] = []
    have = 0
    while have < wanted:
        dependent = dice.integers(0, n, wanted + wanted // 3)
        leap = 1 + dice.choice(3, len(dependent), p=LEAPS)
        own = (organisation[dependent] >= 0) & (dice.random(len(dependent)) < 0.93)
        target = np.where(own, organisation[dependent], -1) * 10
        target += np.where(
            own, floor[dependent] + leap, np.maximum(floor[dependent] + 1, len(FLOORS))
        )
        begin = np.searchsorted(sorted_key, target, "left")
        size = np.searchsorted(sorted_key, target, "right") - begin
        there = (size > 0) & (floor[dependent] < low)
        dependent, begin, size = dependent[there], begin[there], size[there]
        provider = by_place[begin + (dice.random(len(size)) * size).astype(np.int64)]
        found.append(dependent * n + provider)
        merged = np.unique(np.concatenate(found))
        found, have = [merged], len(merged)
        if not len(dependent):
            break
    pairs = np.sort(dice.permutation(found[0])[:wanted])
    return pairs // n, pairs % n


def _grouped(dice: np.random.Generator, dependent: Ints, kind: Ints) -> tuple[Ints, Ints, Ints]:
    """Cut the lines of a group of each dependent in groups of two to four; one may fail."""
    n = len(dependent)
    place = np.arange(n)
    first = np.ones(n, np.bool_)
    first[1:] = (np.diff(dependent) != 0) | (np.diff(kind) != 0)
    within = place - np.maximum.accumulate(np.where(first, place, 0))
    size = 2 + dice.integers(0, 3, int(dependent.max()) + 1 if n else 0)[dependent]
    grouped = kind == Kind.GROUP
    group = np.where(grouped, np.cumsum(first | (within % size == 0)), 0)
    counts = np.bincount(group)
    lonely = grouped & (counts[group] < 2)
    kind = np.where(lonely, int(Kind.NEEDS), kind)
    required = np.where(kind == Kind.GROUP, np.maximum(counts[group] - 1, 1), 0)
    return kind, np.where(lonely, 0, group), required
