# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What needs what in a model, followed through what lies between and over junctions."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dijkring.documents.reading.problems import Refused

from .found import DEGRADED, GROUP, NEEDS, Dependency
from .limits import MAX_DEPENDENCIES, MAX_STEPS


@dataclass(frozen=True, slots=True)
class Edge:
    """`dependent` needs `provider`, or is only worse off without it; `key` of the relation."""

    dependent: str
    provider: str
    needs: bool
    key: str


class Links:
    """The edges between parts, between parts and what is passed through, and junctions."""

    def __init__(self, assets: set[str], junctions: Mapping[str, str], through: set[str]) -> None:
        self._assets = assets
        self._junctions = junctions
        self._through = through
        self._out: dict[str, list[Edge]] = defaultdict(list)
        self._steps = 0

    def knows(self, key: str) -> bool:
        """Tell whether an end has a place here."""
        return key in self._assets or key in self._through or key in self._junctions

    def add(self, edge: Edge) -> None:
        """Add one edge."""
        self._out[edge.dependent].append(edge)

    def dependencies(self, given: Mapping[str, dict[str, Any]]) -> list[Dependency]:
        """Return one dependency per pair, the strictest; `given` are properties per relation.

        Raises Refused when following what lies between takes too long or gives too many.
        """
        found: list[Dependency] = []
        for asset in sorted(self._assets & self._out.keys()):
            found.extend(self._of(asset, given))
            if len(found) > MAX_DEPENDENCIES:
                raise Refused("ArchiMate", "Te veel relaties.", "Too many relations.")
        return found

    def _of(self, asset: str, given: Mapping[str, dict[str, Any]]) -> Iterator[Dependency]:
        done: set[str] = set()
        for how, group, ends in self._reached(asset):
            # One of them is needed for sure, so that the choice is none.
            if how == GROUP and done & ends.keys():
                continue
            for end, key in ends.items():
                if end in done or end == asset:
                    continue
                done.add(end)
                yield _dependency(asset, end, how, group, key, given.get(key, {}))

    def _reached(self, asset: str) -> Iterator[tuple[str, str, dict[str, str]]]:
        """Yield (how, group, parts with the key of a single relation), the strictest first."""
        choices: dict[str, None] = {}
        yield NEEDS, "", self._walk(asset, choices, worse=False)
        for junction in choices:
            ends = self._walk(junction, None, worse=False)
            yield (GROUP, junction, ends) if len(ends.keys() - {asset}) > 1 else (NEEDS, "", ends)
        yield DEGRADED, "", self._walk(asset, None, worse=True)

    def _walk(self, start: str, choices: dict[str, None] | None, *, worse: bool) -> dict[str, str]:
        """Return the parts behind a start; or-junctions met go into `choices`, unfollowed."""
        found: dict[str, str] = {}
        seen, waiting = {start}, [start]
        while waiting:
            place = waiting.pop()
            for edge in self._out.get(place, ()):
                self._count()
                end = edge.provider
                if (end in seen and end not in found) or not (worse or edge.needs):
                    continue
                direct = edge.key if place == start else ""
                if end in self._assets:
                    found[end] = found.get(end, "") or direct
                    seen.add(end)
                elif choices is not None and self._junctions.get(end) == "or":
                    choices[end] = None
                else:
                    seen.add(end)
                    waiting.append(end)
        return found

    def _count(self) -> None:
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise Refused(
                "ArchiMate", "Er lopen te veel wegen door wat ertussen ligt.",
                "Too many paths run through what lies between.",
            )  # fmt: skip


def _dependency(
    asset: str, end: str, how: str, group: str, key: str, given: dict[str, Any]
) -> Dependency:
    """Return a dependency; what the relation itself says of how and group goes first."""
    values = dict(given)
    said = values.pop("how", how)
    name, least = values.pop("group", ""), values.pop("least", None)
    if said == GROUP and name:
        return Dependency(asset, end, GROUP, key, name, least or 1, values)
    if said == GROUP and not group:
        said = NEEDS
    return Dependency(
        asset, end, said, key, group if said == GROUP else "", 1 if said == GROUP else 0, values
    )
