# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""All frameworks that an organisation sees, in memory, as the rules of a moment.

Loaded once per version of the content and shared between organisations that see the same.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from dijkring.controls.models import EvidenceRule, Framework, Mapping, Requirement

_STAMP = "SELECT array_agg(id ORDER BY id), max(imported_at) FROM controls_framework"


@dataclass(frozen=True, slots=True)
class Rule:
    """One evidence rule, as the engine needs it."""

    id: int
    requirement: int
    layer: str
    decides: bool
    kinds: tuple[str, ...]
    population: str
    tolerance: int
    repair: timedelta | None


@dataclass(slots=True)
class Node:
    """One requirement, without its texts."""

    id: int
    framework: int
    parent: int | None
    ref: str
    leaf: bool
    layers: tuple[str, ...]
    outside_duty: bool
    children: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Catalogue:
    """Requirements, rules and mappings of one moment."""

    nodes: dict[int, Node] = field(default_factory=dict)
    rules: dict[int, list[Rule]] = field(default_factory=lambda: defaultdict(list))
    by_kind: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    carried_by: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    carries: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    roots: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    keys: dict[int, str] = field(default_factory=dict)

    def leaves_below(self, id: int) -> list[int]:
        """Return the leaves of a requirement's subtree, itself included, in order."""
        node = self.nodes[id]
        below = [leaf for child in node.children for leaf in self.leaves_below(child)]
        return [id, *below] if node.leaf else below

    def leaves_of(self, framework: int) -> list[int]:
        """Return the leaves of a whole framework, in order."""
        return [leaf for root in self.roots[framework] for leaf in self.leaves_below(root)]

    def leaves_behind(self, id: int) -> list[int]:
        """Return the leaves that carry a requirement: its own, and those mapped to its tree."""
        found = dict.fromkeys(self.leaves_below(id))
        for source in self._sources_of_tree(id):
            found.update(dict.fromkeys(self.leaves_below(source)))
        return list(found)

    def _sources_of_tree(self, id: int) -> list[int]:
        # What is mapped to the whole speaks for the whole; its parts are cross-sections of it.
        if own := self.carried_by.get(id):
            return own
        return [
            source for child in self.nodes[id].children for source in self._sources_of_tree(child)
        ]

    def dependents(self, ids: Iterable[int]) -> set[int]:
        """Return the leaves of other norms that take their standing from these leaves."""
        found: set[int] = set()
        for id in ids:
            above = self._with_parents(id)
            found.update(
                t for source in above for t in self.carries.get(source, []) if self.nodes[t].leaf
            )
        return found

    def _with_parents(self, id: int) -> list[int]:
        line = [id]
        while (parent := self.nodes[line[-1]].parent) is not None:
            line.append(parent)
        return line


def catalogue(at: datetime) -> Catalogue:
    """Return the catalogue of now; of a moment in the past with the rules and mappings of then."""
    found, stamp = _stamp()
    frameworks = tuple(found or ())
    if stamp is None or at >= stamp:
        return _load(frameworks, stamp, None)
    # Between two changes every moment has the same rules: one catalogue serves them all.
    changes = _changes(frameworks, stamp)
    place = bisect_right(changes, at)
    return _load(frameworks, stamp, changes[place - 1] if place else at)


@lru_cache(maxsize=16)
def _changes(frameworks: tuple[int, ...], stamp: datetime) -> list[datetime]:
    """Return every moment at which a rule or mapping began or ended, in order."""
    moments: set[datetime] = set()
    for model in (EvidenceRule, Mapping):
        for period in (
            _seen(model.objects.all()).values_list("valid_from", "valid_until").distinct()
        ):
            moments.update(moment for moment in period if moment is not None)
    return sorted(moments)


def _stamp() -> tuple[list[int] | None, datetime | None]:
    with connection.cursor() as cursor:
        cursor.execute(_STAMP)
        return cursor.fetchone()  # type: ignore[no-any-return]


@lru_cache(maxsize=16)
def _load(frameworks: tuple[int, ...], stamp: datetime | None, at: datetime | None) -> Catalogue:
    found = Catalogue(keys=dict(Framework.objects.values_list("id", "key")))
    rows = _seen(Requirement.objects.filter(status="active"))
    for row in rows.order_by("framework_id", "position"):
        _add_node(found, row)
    for rule in _valid(_seen(EvidenceRule.objects.all()), at):
        _add_rule(found, rule)
    for mapping in _valid(_seen(Mapping.objects.filter(kind=Mapping.Kind.CARRIES)), at):
        if {mapping.source_id, mapping.target_id} <= found.nodes.keys():
            found.carried_by[mapping.target_id].append(mapping.source_id)
            found.carries[mapping.source_id].append(mapping.target_id)
    return found


def _seen(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """Leave out what is of one organisation, unless it has a framework of its own.

    What is loaded serves everybody who sees the same frameworks.
    """
    own = Framework.objects.exclude(organisation=None).exists()
    return queryset if own else queryset.filter(organisation=None)


def _valid(queryset, at: datetime | None):  # type: ignore[no-untyped-def]
    if at is None:
        return queryset.filter(valid_until=None)
    return queryset.filter(Q(valid_until=None) | Q(valid_until__gt=at), valid_from__lte=at)


def _add_node(found: Catalogue, row: Requirement) -> None:
    node = Node(
        row.id,
        row.framework_id,
        row.parent_id,
        row.ref,
        row.leaf,
        tuple(row.layers),
        row.outside_duty,
    )
    found.nodes[row.id] = node
    if node.parent in found.nodes:
        found.nodes[node.parent].children.append(row.id)
    else:
        found.roots[row.framework_id].append(row.id)


def _add_rule(found: Catalogue, row: EvidenceRule) -> None:
    if row.requirement_id not in found.nodes:
        return
    repair = None if row.repair_days is None else timedelta(days=row.repair_days)
    rule = Rule(
        row.id,
        row.requirement_id,
        row.layer,
        row.decides,
        tuple(row.kinds),
        row.population,
        row.tolerance,
        repair,
    )
    found.rules[row.requirement_id].append(rule)
    for kind in rule.kinds:
        found.by_kind[kind].add(row.requirement_id)


def judged_frameworks() -> QuerySet[Framework]:
    """Return the frameworks with leaves: those of which the standing is judged."""
    leaves = Requirement.objects.filter(framework=OuterRef("pk"), leaf=True)
    return Framework.objects.filter(Exists(leaves))


def current_framework(key: str) -> Framework | None:
    """Return the version of a norm that is in force: the one a law names, else the newest.

    A copy that an organisation imported counts only where there is none for everybody. None when
    nothing is known under the key.
    """
    held = Exists(Requirement.objects.filter(framework=OuterRef("pk")))
    known = Framework.objects.filter(Q(key=key) | Q(is_law=True)).annotate(held=held)
    by_age = sorted(known, key=lambda one: one.age)
    found = [one for one in by_age if one.key == key and one.held]
    laws = [one for one in by_age if one.is_law]
    named = {name: version for law in laws for name, version in law.names_versions.items()}
    in_force = [one for one in found if one.version == named.get(key)]
    return next(reversed(in_force or found), None)
