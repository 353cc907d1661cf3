# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""From an ArchiMate model to parts of the landscape and what they need."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from dijkring.documents.reading.columns import Field, plain
from dijkring.documents.reading.problems import Problems, Refused

from . import values, vocabulary
from .fields import ASSET_VALUES, DEPENDENCY_VALUES, by_word
from .found import Asset, Dependency, Report
from .groups import check_groups
from .limits import MAX_ASSETS
from .links import Edge, Links
from .model import Element, Model, Relation

_KIND = next(one for one in ASSET_VALUES if one.name == "kind")
_HOW = next(one for one in DEPENDENCY_VALUES if one.name == "how")
# Others call many things a type: only our own word for it says what kind a part is.
_ASSET_WORDS = by_word(tuple(one for one in ASSET_VALUES if one is not _KIND))
_DEPENDENCY_WORDS = by_word(DEPENDENCY_VALUES)
_REFERENCE = "referentiecomponent"
_LONGEST_NAME = 160
_LONGEST_TEXT = 2_000
_LONGEST_GROUP = 120
_NO_NAME = "(zonder naam)"


def take(model: Model, levels: Sequence[str], report: Report, problems: Problems) -> None:
    """Put what a model holds into the report; what has no place here is counted by its type.

    `levels` are the words of the classification. Raises Refused for a model that is too large.
    """
    if len(model.elements) > 4 * MAX_ASSETS or len(model.relations) > 10 * MAX_ASSETS:
        raise Refused("ArchiMate", "Dit model is te groot.", "This model is too large.")
    _Taking(model, levels, report, problems).take()


@dataclass(frozen=True, slots=True)
class _Values:
    """Reads the properties of a model; what cannot be read is warned about and left empty."""

    levels: Sequence[str]
    problems: Problems
    unread: Counter[str]

    def read(self, given: dict[str, str], known: dict[str, Field], line: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, text in given.items():
            field = known.get(plain(name))
            if field is None:
                self.unread[name] += 1
                continue
            try:
                found.setdefault(field.name, values.read(field, text, self.levels))
            except values.Bad as bad:
                self.problems.warn(name[:80], bad.reason["nl"], bad.reason["en"], line)
        return found


class _Taking:
    def __init__(
        self, model: Model, levels: Sequence[str], report: Report, problems: Problems
    ) -> None:
        self._model = model
        self._report = report
        self._problems = problems
        self._values = _Values(levels, problems, report.unread)
        self._elements: dict[str, Element] = {}
        self._assets: dict[str, Asset] = {}
        self._namesakes: Counter[tuple[str, str]] = Counter()
        self._junctions: dict[str, str] = {}
        self._through: set[str] = set()
        self._relations = {one.key for one in model.relations}

    def take(self) -> None:
        self._check_keys()
        self._take_elements()
        self._cut_texts()
        links = Links(set(self._assets), self._junctions, self._through)
        for relation in self._model.relations:
            self._take_relation(relation, links)
        self._report.assets = list(self._assets.values())
        found = links.dependencies(self._values_of_relations())
        self._report.dependencies = self._named(found)
        check_groups(self._report, self._problems)

    def _check_keys(self) -> None:
        seen: dict[str, int] = {}
        parts: list[Element | Relation] = [*self._model.elements, *self._model.relations]
        for one in parts:
            if not one.key:
                self._problems.refuse(
                    one.type, "Dit onderdeel heeft geen kenmerk.", "This part has no identifier.",
                    one.line,
                )  # fmt: skip
            elif one.key in seen:
                self._problems.refuse(
                    one.key[:80], f"Dit kenmerk staat er al (regel {seen[one.key]}).",
                    f"Duplicate identifier (line {seen[one.key]}).", one.line,
                )  # fmt: skip
            seen.setdefault(one.key, one.line)
        self._elements = {one.key: one for one in self._model.elements}

    def _take_elements(self) -> None:
        taken: set[tuple[str, str]] = set()
        for one in self._elements.values():
            if one.type in vocabulary.JUNCTIONS:
                self._junctions[one.key] = vocabulary.JUNCTIONS[one.type]
            elif one.type in vocabulary.THROUGH and not _said(_KIND, one):
                self._through.add(one.key)
                self._report.through[one.type] += 1
            elif one.type in vocabulary.KINDS or _said(_KIND, one):
                self._take_asset(one, taken)
            else:
                self._report.left_out[one.type or "?"] += 1

    def _take_asset(self, one: Element, taken: set[tuple[str, str]]) -> None:
        asset = self._asset(one)
        name, number = asset.name, self._namesakes[asset.kind, asset.name.casefold()]
        while (asset.kind, asset.name.casefold()) in taken:
            number += 1
            tail = f" ({number + 1})"
            asset = replace(asset, name=_cut(name, _LONGEST_NAME - len(tail)) + tail)
        self._namesakes[asset.kind, name.casefold()] = number
        if asset.name != name:
            self._problems.warn(
                name[:80], f"Deze naam staat er vaker; dit onderdeel heet hier '{asset.name}'.",
                f"This name stands there more than once; this part is named '{asset.name}' here.",
                one.line,
            )  # fmt: skip
        taken.add((asset.kind, asset.name.casefold()))
        self._assets[one.key] = asset
        if len(self._assets) > MAX_ASSETS:
            raise Refused("ArchiMate", "Te veel onderdelen.", "Too many parts.", one.line)

    def _asset(self, one: Element) -> Asset:
        kind = _said(_KIND, one)
        own = plain(_KIND.label["nl"])
        given = {name: text for name, text in one.values.items() if not kind or plain(name) != own}
        found = self._values.read(given, _ASSET_WORDS, one.line)
        kind = kind or vocabulary.KINDS[one.type]
        name = one.name or f"{_NO_NAME} {one.type} {one.key}"
        if not one.name:
            self._problems.warn(
                one.key[:80], "Dit onderdeel heeft geen naam.", "This part has no name.", one.line
            )
        reference = any(plain(value) == _REFERENCE for value in one.values.values())
        return Asset(
            one.key, kind, _cut(name, _LONGEST_NAME), _cut(one.text, _LONGEST_TEXT), one.type,
            found, reference, one.line,
        )  # fmt: skip

    def _cut_texts(self) -> None:
        longer = sum(
            len(self._elements[key].text) > _LONGEST_TEXT
            or len(self._elements[key].name) > _LONGEST_NAME
            for key in self._assets
        )
        if longer:
            self._problems.warn(
                "", f"{longer} lange namen of omschrijvingen zijn ingekort.",
                f"{longer} long names or descriptions have been shortened.",
            )  # fmt: skip

    def _take_relation(self, one: Relation, links: Links) -> None:
        ends = [self._end(one, key) for key in (one.source, one.target)]
        if None in ends:
            return
        source, target = ends[0] or "", ends[1] or ""
        edge = self._edge(one, source, target)
        if edge is None or not (links.knows(source) and links.knows(target)):
            self._report.left_out[one.type or "?"] += 1
        elif edge.dependent == edge.provider:
            self._problems.warn(
                one.key[:80], "Dit onderdeel heeft zichzelf nodig; dat telt niet.",
                "This part needs itself; that does not count.", one.line,
            )  # fmt: skip
        else:
            links.add(edge)

    def _end(self, one: Relation, key: str) -> str | None:
        if key in self._elements:
            return key
        if key in self._relations:
            self._report.left_out[f"{one.type} (relatie)"] += 1
            return None
        self._problems.refuse(
            one.key[:80], f"Deze relatie wijst naar {key[:60] or 'niets'}, dat er niet staat.",
            f"This relation points to {key[:60] or 'nothing'}, which is not there.", one.line,
        )  # fmt: skip
        return None

    def _edge(self, one: Relation, source: str, target: str) -> Edge | None:
        holder = self._assets.get(source)
        holds = holder is not None and holder.kind == "location"
        if holds and one.type in vocabulary.HOLDING:
            return Edge(target, source, True, one.key)
        if one.type in vocabulary.TARGET_NEEDS | vocabulary.TARGET_WORSE:
            return Edge(target, source, one.type in vocabulary.TARGET_NEEDS, one.key)
        if one.type in vocabulary.SOURCE_NEEDS | vocabulary.SOURCE_WORSE:
            return Edge(source, target, one.type in vocabulary.SOURCE_NEEDS, one.key)
        return Edge(target, source, True, one.key) if _said(_HOW, one) else None

    def _values_of_relations(self) -> dict[str, dict[str, Any]]:
        return {
            one.key: self._values.read(one.values, _DEPENDENCY_WORDS, one.line)
            for one in self._model.relations
            if one.values
        }

    def _named(self, found: list[Dependency]) -> list[Dependency]:
        """Name the choice of an or-junction after the parts that can stand in for each other."""
        members: dict[tuple[str, str], list[str]] = defaultdict(list)
        for one in found:
            if one.group in self._junctions:
                members[one.dependent, one.group].append(self._assets[one.provider].name)
        return [
            replace(one, group=_cut(" / ".join(sorted(names)), _LONGEST_GROUP))
            if (names := members.get((one.dependent, one.group)))
            else one
            for one in found
        ]


def _said(field: Field, one: Element | Relation) -> str:
    """Return what a property under our own name says of a field; empty for anything else."""
    for name, text in one.values.items():
        if plain(name) == plain(field.label["nl"]):
            try:
                return str(values.read(field, text))
            except values.Bad:
                return ""
    return ""


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
