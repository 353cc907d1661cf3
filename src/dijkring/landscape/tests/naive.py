# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The cascade once more, written as it is meant and as slow as that is; only to compare with."""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from dijkring.landscape.cascade import Dependencies, Kind

Line = tuple[int, int, str, int, int, int]
KINDS = {"needs": Kind.NEEDS, "group": Kind.GROUP, "degraded": Kind.DEGRADED}
INFINITE = float("inf")


def columns(lines: Iterable[Line]) -> Dependencies:
    """Return lines (dependent, provider, kind, group, required, seconds) as columns."""
    rows = [(d, p, int(KINDS[kind]), g, k, s) for d, p, kind, g, k, s in lines]
    table = np.array(rows, np.int64).reshape(-1, 6)
    return Dependencies(*table.T)


@dataclass(frozen=True)
class Naive:
    """A landscape as lists; every question is asked until nothing changes any more."""

    assets: list[int]
    lines: list[Line]

    def groups(self) -> dict[int, list[Line]]:
        found: dict[int, list[Line]] = {}
        for line in self.lines:
            if line[2] == "group":
                found.setdefault(line[3], []).append(line)
        return found

    def fails(self, starts: Mapping[int, float], *, groups: bool = True) -> dict[int, float]:
        """Return when each asset fails: sweep after sweep, from nothing fails."""
        moments = {asset: starts.get(asset, INFINITE) for asset in self.assets}
        while True:
            before = dict(moments)
            for dependent, provider, kind, _group, _required, seconds in self.lines:
                if kind == "needs":
                    moments[dependent] = min(moments[dependent], moments[provider] + seconds)
            for lines in self.groups().values():
                lost = sorted(moments[line[1]] + line[5] for line in lines)
                rank = len(lines) - lines[0][4] + 1
                if groups or rank == 1:
                    owner = lines[0][0]
                    moments[owner] = min(moments[owner], lost[rank - 1])
            if moments == before:
                return moments

    def hindered(self, fails: Mapping[int, float]) -> dict[int, float]:
        """Return when each asset is hindered or fails, whichever is first."""
        starts = dict(fails)
        for dependent, provider, kind, _group, _required, seconds in self.lines:
            if kind == "degraded":
                starts[dependent] = min(starts[dependent], fails[provider] + seconds)
        return self.fails(starts)

    def possible(self, promised: Mapping[int, int], *, groups: bool = True) -> dict[int, float]:
        """Return when each asset can be back: the longest chain, the k-th member of a group."""
        back = {asset: float(promised.get(asset, -INFINITE)) for asset in self.assets}
        while True:
            before = dict(back)
            for dependent, provider, kind, _group, _required, seconds in self.lines:
                if kind == "needs":
                    back[dependent] = max(back[dependent], back[provider] - seconds)
            for lines in self.groups().values():
                owner, required = lines[0][0], lines[0][4]
                if groups or required == len(lines):
                    each = sorted(back[line[1]] - line[5] for line in lines)
                    back[owner] = max(back[owner], each[required - 1])
            if back == before:
                return back

    def fewest_changes(
        self, promised: Mapping[int, int], asset: int, *, promises: bool, buffers: bool
    ) -> int | None:
        """Try every set of promises and dependencies, the small ones first."""
        loose = [("promise", a) for a in promised if a != asset] if promises else []
        loose += [("line", n) for n in range(len(self.lines))] if buffers else []
        for size in range(len(loose) + 1):
            for chosen in itertools.combinations(loose, size):
                if self._keeps(promised, asset, set(chosen)):
                    return size
        return None

    def _keeps(self, promised: Mapping[int, int], asset: int, mended: set[tuple[str, int]]) -> bool:
        left = {a: seconds for a, seconds in promised.items() if ("promise", a) not in mended}
        lines = [
            (*line[:5], 10**9) if ("line", n) in mended else line
            for n, line in enumerate(self.lines)
        ]
        return Naive(self.assets, lines).possible(left)[asset] <= promised[asset]
