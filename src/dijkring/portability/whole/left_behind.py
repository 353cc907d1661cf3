# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an archive holds and cannot come along: it needs an organisation that is not known here.

A norm that is missing stops everything; an organisation or a co-operation only stops the rows that
are about it. Those stay in the file and are told, before and after.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from dijkring.portability.whole.reading import Archive
from dijkring.portability.whole.tables import ORGANISATIONS, Table, moving

COOPERATIONS = "cooperation_cooperation"
MAY_STAY = (ORGANISATIONS, COOPERATIONS)
Place = tuple[str, int]


@dataclass(slots=True)
class Behind:
    """Which rows stay, by table, and in the words of their keys for want of what."""

    rows: dict[str, set[int]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    links: dict[str, int] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    def stays(self, table: str, id: object) -> bool:
        """Tell whether one row stays."""
        return id in self.rows.get(table, ())

    def told(self) -> dict[str, Any]:
        """Return it as JSON can keep it."""
        return {"unknown": self.unknown, "counts": self.counts, "links": self.links}


def behind(archive: Archive, missing: Mapping[Place, str]) -> Behind:
    """Return what stays for want of shared rows: those rows, and in turn what needs them."""
    gone: dict[str, set[int]] = {}
    for name, id in missing:
        if name in MAY_STAY:
            gone.setdefault(name, set()).add(id)
    found: dict[str, set[int]] = {}
    while fresh := _next(archive, gone, found):
        for name, ids in fresh.items():
            found.setdefault(name, set()).update(ids)
            gone.setdefault(name, set()).update(ids)
    counts = {name: len(ids) for name, ids in sorted(found.items())}
    links = {
        name: more
        for name, n in _links(archive, missing).items()
        if (more := n - counts.get(name, 0))
    }
    unknown = sorted({words for (name, _id), words in missing.items() if name in MAY_STAY})
    return Behind(found, counts, links, unknown if found or links else [])


def _next(
    archive: Archive,
    gone: Mapping[str, Collection[int]],
    found: Mapping[str, set[int]],
) -> dict[str, set[int]]:
    fresh: dict[str, set[int]] = {}
    for table in moving():
        needed = _needed(table, gone)
        for row in archive.rows(table.file) if needed else ():
            lost = any(row.get(one) in gone[to] for one, to in needed)
            id = row.get(table.key)
            if lost and isinstance(id, int) and id not in found.get(table.name, ()):
                fresh.setdefault(table.name, set()).add(id)
    return fresh


def _needed(table: Table, gone: Mapping[str, Collection[int]]) -> list[tuple[str, str]]:
    """Return the columns, with their tables, without which a row of this table cannot be."""
    if table.history:
        return []
    may_be_empty = {str(one.column) for one in table.model._meta.concrete_fields if one.null}
    return [
        (one, to) for one, to in table.references.items() if to in gone and one not in may_be_empty
    ]


def _links(archive: Archive, missing: Collection[Place]) -> dict[str, int]:
    """Count per table the rows that come along but lose a link to what is not known here."""
    lost: Counter[str] = Counter()
    for table in moving():
        links = [place for place in table.references.items() if place[1] in MAY_STAY]
        for row in archive.rows(table.file) if links and not table.history else ():
            lost[table.name] += any((to, row.get(one)) in missing for one, to in links)
    return dict(+lost)
