# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""An ArchiMate model as it stands in a file, before anything is decided about it."""

import re
from dataclasses import dataclass, field

from dijkring.documents.reading.problems import Problems

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Element:
    """One element; `type` as ArchiMate 3 names it."""

    key: str
    type: str
    name: str
    text: str
    values: dict[str, str]
    line: int


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation; `type` as ArchiMate 3 names it (`Serving`, `Realization`)."""

    key: str
    type: str
    source: str
    target: str
    name: str
    values: dict[str, str]
    line: int


@dataclass(slots=True)
class Model:
    """The elements and relations of one file."""

    key: str = ""
    name: str = ""
    elements: list[Element] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)


def tidy(text: str, limit: int, where: str, problems: Problems, line: int | None) -> str:
    """Return a text with plain line ends; refuse what is too long or holds unreadable signs."""
    found = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(found) > limit:
        problems.refuse(
            where[:80], f"Te lang: {len(found)} tekens, hoogstens {limit}.",
            f"Too long: {len(found)} characters, at most {limit}.", line,
        )  # fmt: skip
        return ""
    if _UNWRITABLE.search(found):
        problems.refuse(
            where[:80], "Er staat een onleesbaar teken in.", "Contains an unreadable sign.", line
        )
        return ""
    return found


def on_one_line(text: str, limit: int, where: str, problems: Problems, line: int | None) -> str:
    """Return a text on one line; the same refusals as `tidy`."""
    return tidy(" ".join(text.split()), limit, where, problems, line)
