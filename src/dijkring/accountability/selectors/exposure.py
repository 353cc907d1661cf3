# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who is exposed to a kind of finding, of those who share their exposure; read inside a look."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from dijkring.controls.models import in_language
from dijkring.core import clock
from dijkring.core.rows import fetch
from dijkring.evidence import kinds
from dijkring.surface.selectors.findings import kinds_of_room
from dijkring.surface.tables.findings import category_words


@dataclass(frozen=True, slots=True)
class Counts:
    """How many subjects of one giver are exposed, not known and not exposed."""

    exposed: int
    unknown: int
    safe: int
    confirmed: datetime | None


def tests() -> list[tuple[str, str]]:
    """Return the kinds of finding that can be asked about, by their words and category."""
    named = [
        (kind.id, f"{in_language(kind.label)} ({category_words(kind.id)})")
        for kind in kinds_of_room()
    ]
    return sorted(named, key=lambda one: one[1].casefold())


def counts(givers: Collection[int], kind: str, words: str) -> dict[int, Counts]:
    """Return the counts per giver; absent: not shared this far, or nothing there of this kind.

    A name that ought to be looked at and never was counts as not known.
    With words only what was seen and holds them counts, and only of who shares facts.
    """
    query = "SELECT giver, exposed, unknown, safe, confirmed FROM door_exposed(%s, %s, %s, %s, %s)"
    population = kinds.get(kind).population
    rows = fetch(query, [list(givers), kind, population, words, clock.now()])
    return {row[0]: Counts(*row[1:]) for row in rows}


def subjects(givers: Collection[int], kind: str, words: str) -> dict[int, tuple[str, ...]]:
    """Return what is exposed, per giver that shares the facts themselves."""
    query = "SELECT giver, subject FROM door_exposed_subjects(%s, %s, %s, %s)"
    found: dict[int, list[str]] = defaultdict(list)
    for giver, subject in fetch(query, [list(givers), kind, words, clock.now()]):
        found[giver].append(subject)
    return {giver: tuple(names) for giver, names in found.items()}
