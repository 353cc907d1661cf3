# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who carries what for whom, as edges between parties; plain Python."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["task", "participation", "provision", "nobody"]
KINDS: tuple[Kind, ...] = ("task", "participation", "provision", "nobody")


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in the chain; the key tells parties of one name apart."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Edge:
    """Something that the carrier does for the taker; `page` is its url name with arguments."""

    kind: Kind
    taker: Party
    carrier: Party
    what: str
    since: date | None = None
    until: date | None = None
    page: tuple[str, tuple[int, ...]] | None = None
    count: int = 1

    def ended(self, at: date) -> bool:
        """Tell whether it was over before a day."""
        return self.until is not None and self.until < at


@dataclass(frozen=True, slots=True)
class Bundle:
    """The edges of one kind between two parties, drawn as one line."""

    kind: Kind
    taker: Party
    carrier: Party
    count: int


def bundles(edges: Iterable[Edge]) -> list[Bundle]:
    """Put edges of one kind between the same two parties together."""
    counts: dict[tuple[Kind, Party, Party], int] = defaultdict(int)
    for edge in edges:
        counts[edge.kind, edge.taker, edge.carrier] += edge.count
    return [Bundle(*ends, count) for ends, count in counts.items()]


def columns(edges: Sequence[Bundle], own: str) -> tuple[list[Party], list[Party]]:
    """Return the takers and the carriers from top to bottom; who is both stands in both.

    Our own organisation stands first among the takers; carriers stand at the height of those for
    whom they work, so that few lines cross.
    """
    takers = sorted({edge.taker for edge in edges}, key=lambda one: (one.key != own, one.name))
    heights: dict[Party, list[int]] = defaultdict(list)
    for edge in edges:
        heights[edge.carrier].append(takers.index(edge.taker))
    carriers = sorted(heights, key=lambda one: (sum(heights[one]) / len(heights[one]), one.name))
    return takers, carriers
