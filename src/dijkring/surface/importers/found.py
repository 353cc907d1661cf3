# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a file says, before anybody asks of whom the names in it are."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from dijkring.documents.reading import Remark
from dijkring.documents.reading.columns import Choice, Header
from dijkring.documents.reading.limits import MAX_REMARKS

State = Literal["pass", "fail", "not_measured", "not_applicable"]


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that a file says of one name, at one moment (aware UTC).

    `kind` is the id of a kind of fact. `address` is empty when it is about the name as a whole.
    `since` is when the other saw it first. `detail` explains it and is the same each time.
    """

    name: str
    kind: str
    state: State
    at: datetime
    detail: dict[str, Any]
    line: int | None = None
    address: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """The score that another gave: part web or mail, whole percents."""

    name: str
    part: str
    percent: int
    url: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name on a certificate; `wildcard` says that only `*.name` stood there."""

    name: str
    wildcard: bool
    until: datetime | None
    line: int | None = None


@dataclass(slots=True)
class Report:
    """What one file gave; `header` and `choice` are the columns of a sheet."""

    kind: str
    at: datetime | None = None
    told: list[Told] = field(default_factory=list)
    scores: list[Score] = field(default_factory=list)
    names: list[FoundName] = field(default_factory=list)
    listed: dict[str, str] = field(default_factory=dict)
    refused: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    wrong: dict[str, dict[str, str]] = field(default_factory=dict)
    header: Header | None = None
    choice: Choice | None = None

    def refuse(self, where: str, nl: str, en: str, line: int | None = None) -> None:
        """Record a line that cannot be taken over."""
        self.refused.append(Remark(line, where[:80], {"nl": nl, "en": en}))

    def warn(self, where: str, nl: str, en: str) -> None:
        """Record what the reader should know, and what stops nothing."""
        if len(self.warnings) < MAX_REMARKS:
            self.warnings.append(Remark(None, where[:80], {"nl": nl, "en": en}))


class Unreadable(Exception):
    """The whole file is refused; `remark` says why, with the line where there is one."""

    def __init__(self, remark: Remark) -> None:
        super().__init__(remark.reason["en"])
        self.remark = remark


def unreadable(nl: str, en: str, line: int | None = None) -> Unreadable:
    """Return the refusal of a whole file."""
    return Unreadable(Remark(line, "", {"nl": nl, "en": en}))
