# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What would become of a file: new, changed, unchanged or refused, line by line. Writes nothing."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.landscape import importers
from dijkring.landscape.importers import Report
from dijkring.landscape.importers.found import NAMED
from dijkring.landscape.models import Asset, Dependency, Imported
from dijkring.landscape.selectors import assets as selectors
from dijkring.landscape.selectors import components, imports
from dijkring.landscape.services import import_files, import_match
from dijkring.landscape.services.import_files import REFERENCE, Choice
from dijkring.landscape.services.import_match import Landscape
from dijkring.landscape.services.wanted import (
    AssetWanted,
    DependencyWanted,
    check_asset,
    check_dependency,
    explained,
)
from dijkring.landscape.words import field_word
from dijkring.ui import words

NEW, CHANGED, UNCHANGED, REFUSED, GONE = "new", "changed", "unchanged", "refused", "gone"
STATUSES = (REFUSED, NEW, CHANGED, GONE, UNCHANGED)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the preview: what it is about, what would become of it, and why."""

    label: str
    status: str
    reason: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class AssetChange:
    """What a file says of one part; `asset` is what is there already."""

    key: str
    wanted: AssetWanted
    asset: Asset | None
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DependencyChange:
    """What a file says of one dependency, by the keys of its ends."""

    dependent: str
    provider: str
    wanted: DependencyWanted
    found: Dependency | None
    fields: tuple[str, ...]


@dataclass(slots=True)
class Plan:
    """What would be written of one file; nothing of it while anything is refused."""

    report: Report
    choice: Choice
    rows: list[Row] = field(default_factory=list)
    assets: list[AssetChange] = field(default_factory=list)
    dependencies: list[DependencyChange] = field(default_factory=list)
    components: list[importers.Component] = field(default_factory=list)
    ending: list[int] = field(default_factory=list)
    before: Imported | None = None
    # Every part of the file that was found here already, changed or not.
    known: dict[str, Asset] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """The rows per status; every status is there."""
        found = Counter(row.status for row in self.rows)
        return {status: found[status] for status in STATUSES}

    @property
    def refused(self) -> bool:
        """Whether something in the file stops all of it."""
        return bool(self.report.refused or self.report.missing or self.counts[REFUSED])

    @property
    def something(self) -> bool:
        """Whether taking it over would change anything, and may be done."""
        found = self.assets or self.dependencies or self.components or self.ending
        return bool(found) and not self.refused

    @property
    def mark(self) -> str:
        """Give what is the same as long as the same would be written."""
        lines = [f"{row.status} {row.label} {row.reason}" for row in self.rows]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def plan(*, actor: Actor, imported: Imported, choice: Choice | None = None) -> Plan:
    """Say what would become of a file."""
    chosen = choice or import_files.choice_of(imported.choice)
    report = import_files.read(imported, chosen)
    return of_report(actor=actor, imported=imported, report=report, choice=chosen)


def of_report(*, actor: Actor, imported: Imported, report: Report, choice: Choice) -> Plan:
    """Say what would become of a file that was read already."""
    actor.require(import_files.RIGHT)
    found = Plan(report, choice, before=imports.same_file(imported))
    found.rows = [
        Row(one.where, REFUSED, one.reason[words.language()], one.line) for one in report.refused
    ]
    if report.components:
        _plan_components(found, actor)
    elif report.assets:
        _Planning(found, actor).plan()
    return found


def kinds_in(report: Report) -> dict[str, int]:
    """Return the kinds in a file with their counts; reference components as a kind of their own."""
    found = Counter(one.kind for one in report.assets)
    references = sum(one.reference for one in report.assets)
    return {**({REFERENCE: references} if references else {}), **found}


def _chosen(report: Report, choice: Choice) -> list[importers.Asset]:
    if not choice.kinds:
        return report.assets
    return [
        one
        for one in report.assets
        if one.kind in choice.kinds or (one.reference and REFERENCE in choice.kinds)
    ]


class _Planning:
    def __init__(self, found: Plan, actor: Actor) -> None:
        self._found = found
        key, strict = found.report.key, found.report.format == "sheet"
        same = None if strict else imports.made_by_model(actor.organisation_id, key)
        self._here = Landscape(actor.organisation_id, same)
        self._levels = len(selectors.levels(actor.organisation_id))
        self._strict = strict
        self._names: dict[tuple[str, str], str] = {}
        self._keys: set[str] = set()

    def plan(self) -> None:
        chosen = _chosen(self._found.report, self._found.choice)
        matched = [(one, self._here.asset(one)) for one in chosen]
        self._names = self._names_after(matched)
        taken: dict[int, str] = {}
        for one, asset in matched:
            self._plan_asset(one, asset, taken)
        for edge in self._found.report.dependencies:
            if edge.dependent in self._keys and edge.provider in self._keys:
                self._plan_dependency(edge)
        self._check_groups()

    def _names_after(
        self, matched: list[tuple[importers.Asset, Asset | None]]
    ) -> dict[tuple[str, str], str]:
        """Return who has which name of those that the file does not name."""
        told = {asset.pk for _one, asset in matched if asset is not None}
        return {
            (one.kind, one.name.casefold()): str(one.pk)
            for one in self._here.assets
            if one.pk not in told
        }

    def _plan_asset(self, one: importers.Asset, asset: Asset | None, taken: dict[int, str]) -> None:
        if asset is not None and taken.setdefault(asset.pk, one.key) != one.key:
            self._refuse(one, _("Two lines of the file are about this part."))
            return
        if self._names.setdefault((one.kind, one.name.casefold()), one.key) != one.key:
            self._refuse(one, _("There is one of this kind with this name already."))
            return
        try:
            wanted = self._wanted(one, asset)
            check_asset(wanted, self._levels)
        except Refused as refused:
            self._refuse(one, explained(refused))
            return
        self._keys.add(one.key)
        self._note_asset(one, asset, wanted)

    def _wanted(self, one: importers.Asset, asset: Asset | None) -> AssetWanted:
        before = import_match.said_of(asset) if asset else AssetWanted(one.name, one.kind)
        said = {name: value for name, value in one.values.items() if name != "owner"}
        said |= {"name": one.name, "kind": one.kind}
        if one.text:
            said["description"] = one.text
        if not one.key.startswith(NAMED) and not self._here.is_own(one.key):
            given = one.key if self._here.is_free(one.key) else ""
            said["reference"] = before.reference or given
        if owner := one.values.get("owner"):
            said["owner_id"] = self._owner(owner, before.owner_id)
        return replace(before, **said)

    def _owner(self, words: str, before: int | None) -> int | None:
        found = self._here.person(words)
        if found is None and self._strict:
            raise Refused(_("Nobody here is called %(name)s.") % {"name": words[:80]}, "owner_id")
        return found or before

    def _note_asset(self, one: importers.Asset, asset: Asset | None, wanted: AssetWanted) -> None:
        if asset is None:
            self._found.assets.append(AssetChange(one.key, wanted, None, ()))
            self._found.rows.append(Row(one.name, NEW, str(_kind_word(wanted.kind)), one.line))
            return
        self._found.known[one.key] = asset
        # What another organisation publishes to us is told there.
        fields = () if asset.provider_id else _different(import_match.said_of(asset), wanted)
        status = CHANGED if fields else UNCHANGED
        self._found.rows.append(Row(one.name, status, _field_words(fields), one.line))
        if fields:
            self._found.assets.append(AssetChange(one.key, wanted, asset, fields))

    def _refuse(self, one: importers.Asset, reason: str) -> None:
        self._found.rows.append(Row(one.name, REFUSED, reason, one.line))

    def _plan_dependency(self, edge: importers.Dependency) -> None:
        label = f"{self._label(edge.dependent)} → {self._label(edge.provider)}"
        here = self._here.dependency(
            self._found.known.get(edge.dependent), self._found.known.get(edge.provider)
        )
        before = import_match.said_of_dependency(here) if here else DependencyWanted()
        wanted = replace(
            before, kind=edge.how, group=edge.group, least=edge.least or None, **edge.values
        )
        try:
            check_dependency(wanted)
        except Refused as refused:
            self._found.rows.append(Row(label, REFUSED, explained(refused), edge.line))
            return
        fields = _different(before, wanted) if here else ()
        status = NEW if here is None else CHANGED if fields else UNCHANGED
        self._found.rows.append(Row(label, status, _field_words(fields), edge.line))
        if status != UNCHANGED:
            self._found.dependencies.append(
                DependencyChange(edge.dependent, edge.provider, wanted, here, fields)
            )

    def _label(self, key: str) -> str:
        if not hasattr(self, "_labels"):
            self._labels = {one.key: one.name for one in self._found.report.assets}
        return self._labels[key]

    def _check_groups(self) -> None:
        """Refuse a group that would need more than there would be."""
        told = import_match.groups_after(self._here, self._found.known, self._found.dependencies)
        for asset, name, needed, there in told:
            words = _("The group '%(name)s' would need %(needed)d of %(there)d.")
            said = {"name": name, "needed": needed, "there": there}
            self._found.rows.append(Row(asset, REFUSED, words % said))


def _different(before: Any, after: Any) -> tuple[str, ...]:
    names = before.__dataclass_fields__
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def _field_words(fields: Iterable[str]) -> str:
    return ", ".join(field_word(name) or name for name in fields)


def _kind_word(kind: str) -> Any:
    return dict(Asset.Kind.choices)[kind]


def _plan_components(found: Plan, actor: Actor) -> None:
    if found.choice.system is None or found.report.refused:
        return
    system = components.system(actor.organisation_id, found.choice.system)
    if system is None:
        raise Refused(_("Choose a system of your own landscape."), "system")
    here = {(one.name, one.version, one.purl): one for one in components.of_system(system)}
    for one in found.report.components:
        before = here.pop((one.name, one.version, one.purl), None)
        same = before is not None and (before.licence, before.kind) == (one.licence, one.kind)
        label = f"{one.name} {one.version}".strip()
        if before is not None and not same:
            found.ending.append(before.pk)
        if not same:
            found.components.append(one)
        status = UNCHANGED if same else CHANGED if before else NEW
        found.rows.append(Row(label, status, one.licence, one.line))
    found.ending += [one.pk for one in here.values()]
    found.rows += [Row(str(one), GONE) for one in here.values()]
