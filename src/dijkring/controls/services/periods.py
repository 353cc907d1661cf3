# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mappings and rules by period, so that the past is explained with the rules of then."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from dijkring.controls.importers import pack as packs
from dijkring.controls.importers.checks import circular, label
from dijkring.controls.importers.pack import Remark
from dijkring.controls.models import EvidenceRule, Mapping, Requirement, in_language
from dijkring.controls.services.places import Places, owned_by
from dijkring.core.errors import Refused

Row = TypeVar("Row", Mapping, EvidenceRule)
Counts = tuple[int, int, int]
_NOTHING: Counts = (0, 0, 0)
_MAPPING = ("source_id", "target_id", "kind", "reason", "origin", "official")
_RULE = (
    "requirement_id",
    "layer",
    "decides",
    "kinds",
    "population",
    "tolerance",
    "repair_days",
    "reason",
)


class RefusedPack(Refused):
    """What the store already holds does not allow this pack; every reason with its line."""

    def __init__(self, remarks: Sequence[Remark]) -> None:
        self.remarks = tuple(remarks)
        first = remarks[0]
        words = f"{first.where}: {in_language(first.reason)}"
        if first.line:
            words = _("Line %(line)d, %(words)s") % {"line": first.line, "words": words}
        if rest := len(remarks) - 1:
            words += " " + _("And %(rest)d more.") % {"rest": rest}
        super().__init__(words, "file")


class Periods:
    """Replaces what was said before by what a pack says, from a moment on."""

    def __init__(
        self, organisation_id: int | None, places: Places, since: datetime, now: datetime
    ) -> None:
        self.organisation_id = organisation_id
        self.places = places
        self.since = since
        self.now = now

    def mappings(self, wanted: Sequence[packs.Mapping]) -> Counts:
        """Replace the mappings between the frameworks that a pack connects.

        Returns how many are new, ended and unchanged. Raises RefusedPack.
        """
        if not wanted:
            return _NOTHING
        ends = [(one.source, one.target) for one in wanted]
        self._refuse_nowhere([(label(one), one.source_line) for one in wanted], ends)
        rows = [self._mapping(one) for one in wanted]
        _refuse_circles(rows, wanted)
        pairs = {(row.source.framework_id, row.target.framework_id) for row in rows}
        between = Q(pk=None)
        for source, target in pairs:
            between |= Q(source__framework_id=source, target__framework_id=target)
        return self._replace(Mapping.objects.filter(between), rows, _MAPPING)

    def _mapping(self, one: packs.Mapping) -> Mapping:
        return Mapping(
            organisation_id=self.organisation_id,
            source=self.places.find(one.source),
            target=self.places.find(one.target),
            kind=one.kind,
            reason=one.reason,
            origin=one.origin,
            official=one.official,
        )

    def rules(self, wanted: Sequence[packs.Rule]) -> Counts:
        """Replace the rules of the frameworks that a pack has rules for; see `mappings`."""
        if not wanted:
            return _NOTHING
        ends = [(one.requirement,) for one in wanted]
        self._refuse_nowhere([(":".join(o.requirement), o.source_line) for o in wanted], ends)
        rows = [self._rule(one) for one in wanted]
        frameworks = {row.requirement.framework_id for row in rows}
        about = EvidenceRule.objects.filter(requirement__framework_id__in=frameworks)
        return self._replace(about, rows, _RULE)

    def _rule(self, one: packs.Rule) -> EvidenceRule:
        return EvidenceRule(
            organisation_id=self.organisation_id,
            requirement=self.places.find(one.requirement),
            layer=one.layer,
            decides=one.decides,
            kinds=list(one.kinds),
            population=one.population,
            tolerance=one.tolerance,
            repair_days=one.repair_days,
            reason=one.reason,
        )

    def _refuse_nowhere(
        self, named: Sequence[tuple[str, int | None]], ends: Sequence[tuple[packs.Place, ...]]
    ) -> None:
        remarks = [
            Remark(line, where, _nowhere(place))
            for (where, line), places in zip(named, ends, strict=True)
            for place in places
            if self.places.find(place) is None
        ]
        if remarks:
            raise RefusedPack(remarks)

    def _replace(self, about: QuerySet[Any], wanted: list[Row], names: tuple[str, ...]) -> Counts:
        def key(row: Row) -> str:
            # The database keeps the keys of JSON in an order of its own.
            return json.dumps([getattr(row, name) for name in names], sort_keys=True)

        current = about.filter(owned_by(self.organisation_id), valid_until=None)
        stored = {key(row): row for row in current}
        asked = {key(row): row for row in wanted}
        ended = [row.pk for name, row in stored.items() if name not in asked]
        if ended:
            current.filter(pk__in=ended).update(valid_until=self.now)
        add = [row for name, row in asked.items() if name not in stored]
        for row in add:
            row.valid_from = self.since
        type(wanted[0]).objects.bulk_create(add)
        return len(add), len(ended), len(stored) - len(ended)


def _nowhere(place: packs.Place) -> packs.Text:
    words = ":".join(place)
    return {
        "nl": f"Onder {words} is niets bekend.",
        "en": f"Nothing is known under {words}.",
    }


def _refuse_circles(rows: Iterable[Mapping], wanted: Sequence[packs.Mapping]) -> None:
    """Refuse when requirements would carry each other, over all that is stored."""
    carrying = {
        (row.source_id, row.target_id): one
        for row, one in zip(rows, wanted, strict=True)
        if one.kind == Mapping.Kind.CARRIES
    }
    stored = Mapping.objects.filter(valid_until=None, kind=Mapping.Kind.CARRIES)
    pairs = {*carrying, *stored.values_list("source_id", "target_id")}
    edges = [*pairs, *_from_leaves({source for source, _target in pairs})]
    rings = circular([((str(a), ""), (str(b), "")) for a, b in edges])
    remarks = [
        Remark(
            one.source_line,
            label(one),
            {"nl": "Deze koppeling loopt in een kring.", "en": "This mapping runs in a circle."},
        )
        for (source, target), one in carrying.items()
        if {(str(source), ""), (str(target), "")} <= rings
    ]
    if remarks:
        raise RefusedPack(remarks)


def _from_leaves(sources: set[int]) -> list[tuple[int, int]]:
    """Return an edge from each leaf to whatever above it carries: that speaks with its voice."""
    frameworks = Requirement.objects.filter(pk__in=sources, leaf=False).values("framework_id")
    rows = Requirement.objects.filter(framework_id__in=frameworks)
    parents = dict(rows.values_list("pk", "parent_id"))
    leaves = rows.filter(leaf=True).values_list("pk", flat=True)
    edges = []
    for leaf in leaves:
        above: int | None = parents[leaf]
        while above is not None:
            if above in sources:
                edges.append((leaf, above))
            above = parents.get(above)
    return edges
