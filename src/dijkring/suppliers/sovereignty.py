# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The EU Cloud Sovereignty Framework as arithmetic; plain Python.

Per objective a service has a level (SEAL, 0-4) and a score (0-1000), or it is not known. The total
is the sum of score/1000 x weight. What is not known counts as nothing and as everything: the total
is a range, and the overall level is never higher than the lowest that is known.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

CONTENT = Path(__file__).parent / "content" / "sovereignty.yaml"
FULL, TOP_LEVEL = 1000, 4


@dataclass(frozen=True, slots=True)
class Objective:
    """One of the eight objectives, with the question that it asks."""

    id: str
    label: dict[str, str]
    ask: dict[str, str]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the framework: weights that add up to 100, and the words of its levels.

    `lowest` tells whether this version takes the lowest level of all objectives for the whole.
    """

    id: str
    dated: date
    source: str
    lowest: bool
    weights: dict[str, int]
    levels: tuple[dict[str, str], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a service comes to: at least, at most, of which objectives nothing is known.

    `level` is the lowest level that is known, None when none is known or the version gives no
    level for the whole; `level_sure` tells whether all eight are known, so that it is the level.
    """

    version: str
    at_least: float
    at_most: float
    without_score: tuple[str, ...]
    level: int | None
    level_sure: bool


@cache
def _content() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))
    return found


@cache
def objectives() -> tuple[Objective, ...]:
    """Return the eight objectives in their order."""
    return tuple(
        Objective(row["id"], {"nl": row["nl"], "en": row["en"]}, row["ask"])
        for row in _content()["objectives"]
    )


@cache
def versions() -> tuple[Version, ...]:
    """Return the versions of the framework, the newest first."""
    found = [
        Version(
            id=row["id"],
            dated=row["dated"],
            source=row["source"],
            lowest=row["overall"] == "lowest",
            weights=row["weights"],
            levels=tuple(row["levels"]),
        )
        for row in _content()["versions"]
    ]
    return tuple(sorted(found, key=lambda one: one.dated, reverse=True))


def outcome(scores: Mapping[str, Mapping[str, Any]], version: Version) -> Outcome:
    """Return what the scores of a service come to under a version."""
    known = {id: row["score"] for id, row in scores.items() if _within(row.get("score"), FULL)}
    levels = {id: row["seal"] for id, row in scores.items() if _within(row.get("seal"), TOP_LEVEL)}
    at_least = sum(version.weights[id] * known[id] / FULL for id in version.weights if id in known)
    unknown = tuple(id for id in version.weights if id not in known)
    return Outcome(
        version=version.id,
        at_least=at_least,
        at_most=at_least + sum(version.weights[id] for id in unknown),
        without_score=unknown,
        level=min(levels.values()) if levels and version.lowest else None,
        level_sure=version.lowest and all(id in levels for id in version.weights),
    )


def _within(value: object, top: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= top
