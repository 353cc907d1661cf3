# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Storing a pack: requirements by their number, mappings and rules by period.

What a pack no longer says ends now and stays for the past; what it says anew holds from now. The
first time that a framework comes in, its mappings and rules hold from the day it was published.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from dijkring.controls.importers import pack as packs
from dijkring.controls.importers.checks import circular
from dijkring.controls.models import EvidenceRule, Framework, Mapping, Requirement
from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused

BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
Row = TypeVar("Row", Mapping, EvidenceRule)


@dataclass(slots=True)
class ImportResult:
    """What an import did, in counts, and the numbers that a person must look at again."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    look_again: list[str] = field(default_factory=list)
    framework_id: int | None = None


@transaction.atomic
def import_pack(
    *, pack: packs.Pack, actor: Actor | None = None, organisation_id: int | None = None
) -> ImportResult:
    """Store a pack, for everybody (as the owner of the tables) or for one organisation.

    Importing the same pack again changes nothing. Raises Refused for a mapping or rule to nowhere
    and for mappings that carry in a circle; nothing is then stored.
    """
    if actor is not None:
        actor.require("controls.import")
    return _Storing(pack, organisation_id).run()


class _Storing:
    """One pack on its way into the database."""

    def __init__(self, pack: packs.Pack, organisation_id: int | None) -> None:
        self.pack = pack
        self.organisation_id = organisation_id
        self.now = clock.now()
        self.result = ImportResult()

    def run(self) -> ImportResult:
        self.framework = self._framework() if self.pack.requirements else None
        if self.framework is not None:
            self.result.framework_id = self.framework.pk
            self._requirements(self.framework)
        self._mappings()
        self._rules()
        if self.result.new or self.result.changed:
            self._stamp()
        return self.result

    def _framework(self) -> Framework:
        pack = self.pack
        words = {
            "title": pack.title,
            "issuer": pack.issuer,
            "published": pack.published,
            "source": pack.source,
            "licence": pack.licence,
            "official": pack.official,
            "is_law": pack.is_law,
            "names_versions": pack.names_versions,
        }
        found, self.first = Framework.objects.get_or_create(
            organisation_id=self.organisation_id,
            key=pack.framework_id,
            version=pack.version,
            defaults={**words, "imported_at": self.now},
        )
        self.result.new += self.first
        if not self.first and any(getattr(found, name) != value for name, value in words.items()):
            Framework.objects.filter(pk=found.pk).update(**words)
            self.result.changed += 1
        return found

    # --- requirements

    def _requirements(self, framework: Framework) -> None:
        known = {row.ref: row for row in framework.requirements.all()}
        add, change = [], []
        for wanted in self.pack.requirements:
            values = _values(wanted)
            row = known.get(wanted.ref)
            if row is None:
                add.append(Requirement(organisation_id=self.organisation_id, framework=framework, ref=wanted.ref, **values))
            elif values := {**values, **_kept(row, values)}:
                self._note_change(row, values, change)
        Requirement.objects.bulk_create(add)
        if change:
            Requirement.objects.bulk_update(change, list(_values(self.pack.requirements[0])))
        self.result.new += len(add)
        self.result.changed += len(change)
        self._parents(framework)

    def _note_change(self, row: Requirement, values: dict[str, Any], change: list[Requirement]) -> None:
        if all(getattr(row, name) == value for name, value in values.items()):
            self.result.unchanged += 1
            return
        for name, value in values.items():
            setattr(row, name, value)
        change.append(row)

    def _parents(self, framework: Framework) -> None:
        rows = {row.ref: row for row in framework.requirements.all()}
        moved = []
        for wanted in self.pack.requirements:
            row, parent = rows[wanted.ref], rows.get(wanted.parent or "")
            if row.parent_id != (parent.pk if parent else None):
                row.parent = parent
                moved.append(row)
        Requirement.objects.bulk_update(moved, ["parent"])

    # --- mappings and rules, by period

    def _mappings(self) -> None:
        if not self.pack.mappings:
            return
        wanted = [
            Mapping(
                organisation_id=self.organisation_id,
                source=self._find(one.source),
                target=self._find(one.target),
                kind=one.kind,
                reason=one.reason,
                origin=one.origin,
                official=one.official,
            )
            for one in self.pack.mappings
        ]
        self._refuse_circles(wanted)
        targets = {row.target.framework_id for row in wanted}
        sources = {row.source.framework_id for row in wanted}
        mine = Mapping.objects.filter(
            organisation_id=self.organisation_id,
            source__framework_id__in=sources,
            target__framework_id__in=targets,
        )
        names = ("source_id", "target_id", "kind", "reason", "origin", "official")
        self._replace(mine.filter(valid_until=None), wanted, names)

    def _refuse_circles(self, wanted: Iterable[Mapping]) -> None:
        stored = Mapping.objects.filter(valid_until=None, kind="carries").values_list("source_id", "target_id")
        edges = [((str(a), ""), (str(b), "")) for a, b in stored]
        edges += [((str(m.source_id), ""), (str(m.target_id), "")) for m in wanted if m.kind == "carries"]
        if found := circular(edges):
            refs = Requirement.objects.filter(pk__in=[int(id) for id, _none in found]).values_list("ref", flat=True)
            raise Refused(_("These requirements carry each other in a circle: %(refs)s.") % {"refs": ", ".join(sorted(refs))})

    def _rules(self) -> None:
        if not self.pack.rules:
            return
        wanted = [
            EvidenceRule(
                organisation_id=self.organisation_id,
                requirement=self._find(one.requirement),
                layer=one.layer,
                decides=one.decides,
                kinds=list(one.kinds),
                population=one.population,
                tolerance=one.tolerance,
                repair_days=one.repair_days,
                reason=one.reason,
            )
            for one in self.pack.rules
        ]
        frameworks = {row.requirement.framework_id for row in wanted}
        mine = EvidenceRule.objects.filter(
            organisation_id=self.organisation_id, requirement__framework_id__in=frameworks, valid_until=None
        )
        names = ("requirement_id", "layer", "decides", "kinds", "population", "tolerance", "repair_days", "reason")
        self._replace(mine, wanted, names)

    def _replace(self, current: Any, wanted: list[Row], names: tuple[str, ...]) -> None:
        def key(row: Row) -> str:
            # The database keeps the keys of JSON in an order of its own.
            return json.dumps([getattr(row, name) for name in names], sort_keys=True)

        stored = {key(row): row for row in current}
        asked = {key(row): row for row in wanted}
        ended = [row.pk for name, row in stored.items() if name not in asked]
        current.filter(pk__in=ended).update(valid_until=self.now)
        add = [row for name, row in asked.items() if name not in stored]
        for row in add:
            row.valid_from = self.now if stored else self._first_day(row)
        type(wanted[0]).objects.bulk_create(add)
        self.result.new += len(add)
        self.result.changed += len(ended)
        self.result.unchanged += len(stored) - len(ended)

    def _first_day(self, row: Mapping | EvidenceRule) -> datetime:
        about = row.source if isinstance(row, Mapping) else row.requirement
        published = about.framework.published
        return datetime.combine(published, time(0), UTC) if published and published.year < 2020 else BEGINNING

    def _find(self, place: packs.Place) -> Requirement:
        key, ref = place
        rows = Requirement.objects.select_related("framework").filter(
            Q(framework__organisation=None) | Q(framework__organisation_id=self.organisation_id),
            framework__key=key,
            ref=ref,
        )
        version = self.pack.version if key == self.pack.framework_id else self._named_versions().get(key)
        found = (rows.filter(framework__version=version).first() if version else None) or rows.order_by(
            "-framework__published", "-framework__imported_at"
        ).first()
        if found is None:
            raise Refused(_("Nothing is known under %(place)s.") % {"place": f"{key}:{ref}"})
        return found

    def _named_versions(self) -> dict[str, str]:
        if not hasattr(self, "_named"):
            self._named: dict[str, str] = {}
            for names in Framework.objects.filter(is_law=True).values_list("names_versions", flat=True):
                self._named.update(names)
        return self._named

    def _stamp(self) -> None:
        # The catalogue in memory is known by the moment of the last import.
        own = Framework.objects.filter(organisation_id=self.organisation_id)
        touched = own.filter(pk=self.framework.pk) if self.framework else own
        touched.update(imported_at=self.now)


def _values(wanted: packs.Requirement) -> dict[str, Any]:
    return {
        "kind": wanted.kind,
        "title": wanted.title,
        "text": wanted.text,
        "leaf": wanted.leaf,
        "status": wanted.status,
        "moved_to": wanted.moved_to or "",
        "layers": list(wanted.layers),
        "outside_duty": wanted.outside_duty,
        "link": wanted.link,
        "position": wanted.order,
    }


def _kept(row: Requirement, values: dict[str, Any]) -> dict[str, Any]:
    """Keep what an official file does not hold: our label, kind, layers, duty and link."""
    if set(values["title"].values()) - {row.ref}:
        return {}
    names = ("title", "kind", "layers", "outside_duty", "link", "position")
    return {name: getattr(row, name) for name in names}
