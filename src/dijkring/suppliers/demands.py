# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sets of demands for buying: content with versions, each demand with its source; plain Python."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

CONTENT = Path(__file__).parent / "content" / "demands"


@dataclass(frozen=True, slots=True)
class Demand:
    """One demand in both languages; `standard` where it is on the 'apply or explain' list."""

    id: str
    nl: str
    en: str
    source: str
    standard: str = ""


@dataclass(frozen=True, slots=True)
class DemandSet:
    """One version of a set of demands."""

    pack: str
    version: str
    title: dict[str, str]
    source: str
    demands: tuple[Demand, ...]

    @property
    def key(self) -> str:
        return f"{self.pack}@{self.version}"

    def kept(self) -> list[dict[str, str]]:
        """Return the demands as a questionnaire keeps them: the texts of now."""
        return [
            {"id": f"{self.pack}.{one.id}", "nl": one.nl, "en": one.en, "source": one.source}
            for one in self.demands
        ]


@cache
def all_sets() -> tuple[DemandSet, ...]:
    """Return every set and version, by file name."""
    return tuple(_read(path) for path in sorted(CONTENT.glob("*.yaml")))


def _read(path: Path) -> DemandSet:
    row: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    demands = tuple(Demand(**one) for one in row.pop("demands"))
    return DemandSet(demands=demands, **row)


def current() -> list[DemandSet]:
    """Return the newest version of each set."""
    newest: dict[str, DemandSet] = {}
    for one in all_sets():
        known = newest.get(one.pack)
        if known is None or _order(one.version) > _order(known.version):
            newest[one.pack] = one
    return list(newest.values())


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def get(key: str) -> DemandSet | None:
    """Return a version of a set by its key, or None."""
    return next((one for one in all_sets() if one.key == key), None)


def standards() -> list[str]:
    """Return the names of the open standards that can be applied or explained."""
    return [demand.standard for one in current() for demand in one.demands if demand.standard]
