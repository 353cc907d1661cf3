# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Frameworks as a list and as a tree, and what one requirement is tied to."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q

from dijkring.controls.models import (
    EvidenceRule,
    Framework,
    Mapping,
    Requirement,
    WasBecomes,
    in_language,
)

ACTIVE = Q(requirements__status=Requirement.Status.ACTIVE)


@dataclass(frozen=True, slots=True)
class FrameworkRow:
    """One line of the list of frameworks."""

    pk: int
    title: str
    version: str
    issuer: str
    published: date | None
    leaves: int
    is_law: bool
    shared: bool
    in_force: bool


def frameworks() -> list[FrameworkRow]:
    """Return the frameworks that the reader sees, by title and with the newest version first."""
    rows = list(
        Framework.objects.filter(requirements__isnull=False).annotate(
            leaves=Count("requirements", filter=ACTIVE & Q(requirements__leaf=True)),
        )
    )
    named = {pair for row in rows if row.is_law for pair in row.names_versions.items()}
    rows.sort(key=lambda row: row.age, reverse=True)
    rows.sort(key=lambda row: (not row.is_law, in_language(row.title).casefold()))
    return [_row(row, (row.key, row.version) in named) for row in rows]


def _row(row: Framework, in_force: bool) -> FrameworkRow:
    return FrameworkRow(
        row.pk,
        in_language(row.title),
        row.version,
        row.issuer,
        row.published,
        row.leaves,  # type: ignore[attr-defined]  # counted by the query
        row.is_law,
        row.organisation_id is None,
        in_force and row.organisation_id is None,
    )


# --- the tree -----------------------------------------------------------------------------------


@dataclass(slots=True)
class Line:
    """One node of the tree as it is drawn; `closes` is how many branches end after it."""

    requirement: Requirement
    opens: bool
    expanded: bool
    leaves: int
    moved_to: Requirement | None = None
    closes: list[None] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tree:
    """A framework as lines, with the counts of what stands in it."""

    lines: list[Line]
    counts: dict[str, int]
    found: int | None


def tree(framework: Framework, words: str = "") -> Tree:
    """Return a framework as a tree; with words only what holds them all, and what is above it."""
    rows = list(framework.requirements.order_by("position"))
    wanted = words.casefold().split()
    matching = {row.pk for row in rows if wanted and _holds(row, wanted)}
    drawing = _Drawing(rows, matching if wanted else None)
    lines = list(drawing.lines())
    return Tree(lines, _counts(rows), len(matching) if wanted else None)


def _holds(row: Requirement, wanted: Sequence[str]) -> bool:
    text = " ".join((row.ref, *row.title.values(), *row.text.values(), *row.official_text.values()))
    folded = text.casefold()
    return all(word in folded for word in wanted)


def _counts(rows: Sequence[Requirement]) -> dict[str, int]:
    counts = {"parts": len(rows), "leaves": 0, "moved": 0, "lapsed": 0}
    for row in rows:
        counts["leaves"] += row.leaf and row.status == Requirement.Status.ACTIVE
        counts["moved"] += row.status in {Requirement.Status.MOVED, Requirement.Status.REFERENCE}
        counts["lapsed"] += row.status == Requirement.Status.LAPSED
    return counts


class _Drawing:
    """Walks a tree in the order of the norm; `matching` limits it to some nodes."""

    def __init__(self, rows: Sequence[Requirement], matching: set[int] | None) -> None:
        self.by_ref = {row.ref: row for row in rows}
        self.below: dict[int | None, list[Requirement]] = defaultdict(list)
        for row in rows:
            self.below[row.parent_id].append(row)
        self.matching = matching
        self.shown = self._with_parents({row.pk: row.parent_id for row in rows})

    def _with_parents(self, parents: dict[int, int | None]) -> set[int]:
        if self.matching is None:
            return set(parents)
        shown: set[int] = set()
        for id in self.matching:
            at: int | None = id
            while at is not None and at not in shown:
                shown.add(at)
                at = parents[at]
        return shown

    def lines(self, parent: int | None = None) -> Iterator[Line]:
        for row in self.below[parent]:
            if row.pk in self.shown:
                yield from self._branch(row)

    def _branch(self, row: Requirement) -> Iterator[Line]:
        below = list(self.lines(row.pk))
        leaves = sum(line.leaves for line in below if line.requirement.parent_id == row.pk)
        own = int(row.leaf and row.status == Requirement.Status.ACTIVE)
        yield Line(
            row, bool(below), self.matching is not None, leaves + own, self.by_ref.get(row.moved_to)
        )
        if below:
            below[-1].closes.append(None)
        yield from below


# --- one requirement ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tie:
    """A mapping seen from one end: the requirement at the other end."""

    other: Requirement
    kind: str
    reason: str
    origin: str
    official: bool


def ties(requirement: Requirement) -> tuple[list[Tie], list[Tie]]:
    """Return what a requirement counts for, and what counts for it; now, in the norm's order."""
    now = Mapping.objects.filter(valid_until=None)
    onward = now.filter(source=requirement).select_related("target__framework")
    back = now.filter(target=requirement).select_related("source__framework")
    return (
        [_tie(one, one.target) for one in onward.order_by("target__framework", "target__position")],
        [_tie(one, one.source) for one in back.order_by("source__framework", "source__position")],
    )


def _tie(mapping: Mapping, other: Requirement) -> Tie:
    reason = in_language(mapping.reason)
    return Tie(other, mapping.kind, reason, mapping.origin, mapping.official)


def rules_of(requirement: Requirement) -> list[EvidenceRule]:
    """Return the rules that hold now for a requirement."""
    return list(EvidenceRule.objects.filter(requirement=requirement, valid_until=None))


def place_of(requirement: Requirement) -> list[Requirement]:
    """Return what stands above a requirement, the highest first."""
    found: list[Requirement] = []
    rows = {row.pk: row for row in requirement.framework.requirements.all()}
    at = requirement.parent_id
    while at is not None:
        found.insert(0, rows[at])
        at = rows[at].parent_id
    return found


def moved_to(requirement: Requirement) -> Requirement | None:
    """Return where a moved requirement went in the same version."""
    if not requirement.moved_to:
        return None
    return requirement.framework.requirements.filter(ref__iexact=requirement.moved_to).first()


def came_from(requirement: Requirement) -> list[WasBecomes]:
    """Return the numbers of earlier versions whose place a requirement takes."""
    framework = requirement.framework
    place = f"{framework.key}:{requirement.ref}"
    rows = WasBecomes.objects.filter(
        key=framework.key, version=framework.version, becomes__contains=[place]
    )
    return list(rows.order_by("was"))
