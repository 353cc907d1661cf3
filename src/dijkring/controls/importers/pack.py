# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one shape that every importer produces."""

from dataclasses import dataclass, field
from datetime import date

from dijkring.documents.reading.problems import Remark as Remark

Text = dict[str, str]
Place = tuple[str, str]  # framework id, ref

KINDS = ("group", "theme", "control", "measure", "article", "letter", "duty", "clause")
STATUSES = ("active", "moved", "lapsed", "reference")
LAYERS = ("design", "existence", "operation")
MAPPING_KINDS = ("carries", "contributes")


@dataclass(frozen=True, slots=True)
class Requirement:
    """One node of a framework's tree; `leaf` says that it counts in shares."""

    ref: str
    parent: str | None
    kind: str
    title: Text
    text: Text
    leaf: bool
    status: str
    moved_to: str | None
    layers: tuple[str, ...]
    order: int
    source_line: int | None
    outside_duty: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """`source` carries, or contributes to, `target`."""

    source: Place
    target: Place
    kind: str
    reason: Text
    origin: str
    official: bool
    source_line: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """Which kinds of fact decide or break one layer of a requirement."""

    requirement: Place
    layer: str
    decides: bool
    kinds: tuple[str, ...]
    population: str
    tolerance: int
    repair_days: int | None
    reason: Text
    source_line: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class WasBecomes:
    """What became of a requirement of an earlier version; empty `becomes` means gone."""

    was: Place
    becomes: tuple[Place, ...]
    note: Text


@dataclass(frozen=True, slots=True)
class Pack:
    """One version of one framework, with what belongs to it.

    `names_versions` says which version of another framework this one (a law) points to.
    """

    framework_id: str
    version: str
    title: Text
    issuer: str
    published: date | None
    source: str
    licence: str
    official: bool
    locale: str
    requirements: tuple[Requirement, ...] = ()
    mappings: tuple[Mapping, ...] = ()
    rules: tuple[Rule, ...] = ()
    was_becomes: tuple[WasBecomes, ...] = ()
    is_law: bool = False
    names_versions: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """What a file turned out to hold; a refused file has remarks in `refused` and no pack."""

    name: str
    format: str
    pack: Pack | None
    found: dict[str, int]
    refused: tuple[Remark, ...]
    warnings: tuple[Remark, ...]
