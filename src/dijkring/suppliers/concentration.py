# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How much hangs together on one supplier or one jurisdiction; plain Python.

A share is a part of what is counted (contracts, euros per year, things in the landscape). What has
no country, or no value, is counted apart and never spread over the others.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weighed:
    """One thing that hangs on somebody; an empty key is not known, no weight is not known."""

    key: str
    weight: float | None = 1


@dataclass(frozen=True, slots=True)
class Share:
    """What hangs on one key: how many, how much, and which part of all that is known."""

    key: str
    count: int
    weight: float
    percent: float


@dataclass(frozen=True, slots=True)
class Spread:
    """All shares, the largest first, and what is not known: of whom, or how much."""

    shares: tuple[Share, ...]
    without_key: int
    without_weight: int
    total: float


def spread(rows: Iterable[Weighed]) -> Spread:
    """Return how things are spread over keys; percentages are of everything that has a weight."""
    counts: dict[str, int] = defaultdict(int)
    weights: dict[str, float] = defaultdict(float)
    without_weight = 0
    for one in rows:
        counts[one.key] += 1
        weights[one.key] += one.weight or 0.0
        without_weight += one.weight is None
    total = sum(weights.values())
    found = [
        Share(key, counts[key], weights[key], 100 * weights[key] / total if total else 0.0)
        for key in counts
        if key
    ]
    found.sort(key=lambda one: (-one.weight, -one.count, one.key))
    return Spread(tuple(found), counts.get("", 0), without_weight, total)
