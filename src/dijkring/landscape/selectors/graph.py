# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The landscape as the cascade takes it: everything in use of one organisation, in four queries.

What another organisation provides is an asset of our own, and what lies below it stays within that
organisation: it promises what its published service promises. Where an agreement shows more, its
parts can be laid below it (`below`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from dijkring.core import clock
from dijkring.core.rows import fetch
from dijkring.landscape import cascade
from dijkring.landscape.cascade import Dependencies, Graph
from dijkring.landscape.cascade.graph import Ints
from dijkring.landscape.selectors.below import Below, Part

_ASSETS = """
SELECT a.service, a.id, a.kind, a.name, (a.rto_hours * 3600)::bigint, (a.mtpd_hours * 3600)::bigint,
  coalesce(a.residents, 0), a.kind = 'task' OR coalesce(a.statutory, false), a.owner_id, a.party_id,
  coalesce(a.provider_id, p.body_id), coalesce(nullif(a.jurisdiction, ''), p.jurisdiction, ''),
  a.place, a.law, coalesce(nullif(u.name, ''), u.email, ''),
  coalesce(o.name, '')
FROM landscape_asset a LEFT JOIN landscape_party p ON p.id = a.party_id
LEFT JOIN organisations_user u ON u.id = a.owner_id
LEFT JOIN organisations_organisation o ON o.id = a.provider_id
WHERE a.organisation_id = %s AND a.retired_at IS NULL ORDER BY a.id
"""
_LINES = """
SELECT array_agg(d.id), array_agg(d.dependent_id), array_agg(d.needed_id),
  array_agg(CASE d.kind WHEN 'needs' THEN 0 WHEN 'group' THEN 1 ELSE 2 END),
  array_agg(coalesce(d.group_id, 0)), array_agg(coalesce(g.needed, 0)),
  array_agg(coalesce(d.delay_hours * 3600, 0)::bigint)
FROM landscape_dependency d LEFT JOIN landscape_dependencygroup g ON g.id = d.group_id
WHERE d.organisation_id = %s AND d.ended_at IS NULL
"""
_PROMISED = """
SELECT service, (rto_hours * 3600)::bigint FROM door_landscape_services(%s)
WHERE taker = %s AND rto_hours IS NOT NULL
"""
# What is weighed, the least telling first.
WEIGHED = ("assets", "residents", "tasks")


@dataclass(frozen=True, slots=True)
class Node:
    """What the pages need to know of an asset; times in seconds, -1 for no promise.

    `within` names who provides it: what lies below is theirs. `theirs` is a part of their landscape
    that an agreement shows, with the name of its `supplier` there.
    """

    pk: int
    kind: str
    name: str
    promised: int
    mtpd: int | None
    residents: int
    statutory: bool
    owner_id: int | None
    party_id: int | None
    body_id: int | None
    country: str
    place: str
    law: str
    owner: str
    within: str
    theirs: bool = False
    supplier: str = ""


@dataclass(frozen=True)
class Landscape:
    """One organisation's landscape, ready to be asked; `lines` has the ids of the dependencies."""

    nodes: dict[int, Node]
    lines: list[int]
    dependencies: Dependencies
    short: list[int] = field(default_factory=list)

    @cached_property
    def graph(self) -> Graph:
        """Lay the landscape out for the cascade."""
        return cascade.build(list(self.nodes), self.dependencies)

    @cached_property
    def weights(self) -> Ints:
        """Return what each asset weighs: one, its residents, one for a statutory task."""
        rows = [(1, one.residents, int(one.statutory)) for one in self.nodes.values()]
        return np.array(rows, np.int64).reshape(-1, len(WEIGHED))

    @cached_property
    def promised(self) -> Ints:
        """Return within how many seconds each asset is back, -1 where nothing is promised."""
        return np.array([one.promised for one in self.nodes.values()], np.int64)

    @cached_property
    def index(self) -> dict[int, int]:
        """Return the place of each asset in arrays."""
        return {pk: place for place, pk in enumerate(self.nodes)}

    def path(self, assets: Iterable[int]) -> list[Node]:
        """Return the assets of a chain."""
        return [self.nodes[pk] for pk in assets]


def landscape(organisation_id: int, below: Below | None = None) -> Landscape:
    """Read all that an organisation has in use and what needs what.

    With `below` the parts of what others provide stand under it, as their own nodes.
    """
    promised: dict[int, Any] = dict(fetch(_PROMISED, [clock.now(), organisation_id]))
    nodes = {row[1]: _node(row, promised) for row in fetch(_ASSETS, [organisation_id])}
    columns = [np.array(column or [], np.int64) for column in fetch(_LINES, [organisation_id])[0]]
    if below is not None:
        nodes |= {part.pk: _part(part) for part in below.parts}
        nodes |= {pk: _told(nodes[pk], part) for pk, part in below.roots.items() if pk in nodes}
        columns = _with(columns, below.lines)
    # In the order of the graph, in which the arrays of weights and promises are read.
    nodes = dict(sorted(nodes.items()))
    known = np.array(list(nodes), np.int64)
    inside = np.isin(columns[1], known) & np.isin(columns[2], known)
    lines, dependent, needed, kind, group, required, seconds = (one[inside] for one in columns)
    required, short = _no_more_than_there_are(group, required)
    told = Dependencies(dependent, needed, kind, group, required, seconds)
    return Landscape(nodes, lines.tolist(), told, short)


def _node(row: tuple[Any, ...], promised: dict[int, int]) -> Node:
    service, pk, kind, name, rto, *rest = row
    return Node(pk, kind, name, promised.get(service, -1 if rto is None else rto), *rest)


def _part(part: Part) -> Node:
    promised, longest = (None if one is None else round(one * 3600) for one in part.hours)
    return Node(
        part.pk, part.kind, part.name, -1 if promised is None else promised, longest, 0, False,
        None, part.party_id, part.provider_id, part.country, part.place, "", "", part.provider,
        theirs=True, supplier=part.supplier,
    )  # fmt: skip


def _told(node: Node, part: Part) -> Node:
    """Let the provider tell what we do not know of its service ourselves."""
    return replace(
        node,
        party_id=node.party_id or part.party_id,
        country=node.country or part.country,
        place=node.place or part.place,
        supplier=part.supplier,
    )


def _with(columns: Sequence[Ints], lines: Sequence[Sequence[int]]) -> list[Ints]:
    more = np.array(lines, np.int64).reshape(-1, len(columns)).T
    return [np.concatenate(pair) for pair in zip(columns, more, strict=True)]


def _no_more_than_there_are(group: Ints, required: Ints) -> tuple[Ints, list[int]]:
    """Let a group that lost members need all that is left; also return which groups those are."""
    names, of, size = np.unique(group, return_inverse=True, return_counts=True)
    there = size[of]
    short = (group > 0) & (required > there)
    return np.where(short, there, required), np.unique(group[short]).tolist() if len(names) else []
