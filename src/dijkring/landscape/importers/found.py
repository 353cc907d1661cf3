# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a file says, before anybody compares it with what is there."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from dijkring.documents.reading import Remark
from dijkring.documents.reading.columns import Choice, Header

NEEDS, GROUP, DEGRADED = "needs", "group", "degraded"
# Begins the key of a part that has no identifier of its own in the file.
NAMED = "name:"


@dataclass(frozen=True, slots=True)
class Asset:
    """One part of the landscape; `key` is its identifier in the file, `source` its type there.

    `values` are what else it says, by the names in `fields`. `reference` marks a reference
    component of GEMMA.
    """

    key: str
    kind: str
    name: str
    text: str = ""
    source: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    reference: bool = False
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Dependency:
    """`dependent` needs `provider`; both are keys of assets.

    With how `group`, members with the same `group` stand in for each other and `least` of
    them must work. `key` is empty for what follows from more than one relation.
    """

    dependent: str
    provider: str
    how: str = NEEDS
    key: str = ""
    group: str = ""
    least: int = 0
    values: dict[str, Any] = field(default_factory=dict)
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Component:
    """One part of the software of a system. `purl` is its package URL, where there is one."""

    name: str
    version: str = ""
    purl: str = ""
    licence: str = ""
    kind: str = ""
    line: int | None = None


@dataclass(slots=True)
class Report:
    """What one file gave. `refused` means that nothing of it may be written.

    `key` is the identifier of a model. `left_out` counts what has no place here, `through` what was
    only followed to what lies behind it, both by their type in the file; `unread` counts properties
    by name. `about` is the system that a list of parts names. `header` and `choice` are the columns
    of a sheet, `missing` the fields without a column.
    """

    format: str = "unknown"
    key: str = ""
    name: str = ""
    about: str = ""
    assets: list[Asset] = field(default_factory=list)
    dependencies: list[Dependency] = field(default_factory=list)
    components: list[Component] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    through: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    refused: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()
    header: Header | None = None
    choice: Choice | None = None
    missing: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """What was found, by what it is, without the zeros."""
        found = Counter(asset.kind for asset in self.assets)
        found["dependency"] = len(self.dependencies)
        found["component"] = len(self.components)
        return {name: count for name, count in found.items() if count}
