# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads the rows below a header: a value per field, or the reason why a line is refused."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dijkring.documents.reading import Row, letters
from dijkring.documents.reading.columns import (
    Choice,
    Field,
    Header,
    Wrong,
    cell_of,
    plain,
    sample,
)
from dijkring.onboarding.intake.kinds import Kind


@dataclass(slots=True)
class Read:
    """One line of a file: what its fields hold, and why it is refused, if it is."""

    line: int
    values: dict[str, Any] = field(default_factory=dict)
    refused: str = ""


def wrong_columns(kind: Kind, header: Header, choice: Choice) -> dict[str, str]:
    """Return, per field, why its column cannot be the right one; and which fields lack one."""
    found = {}
    for one in kind.fields:
        column = choice.columns.get(one.name)
        if column is None:
            if one.required:
                found[one.name] = _("Choose the column for this.")
            continue
        good, bad, example = sample(kind, one, header, column)
        if bad > good or (one.required and not good):
            found[one.name] = _(
                "Column %(column)s does not hold this: most of it cannot be read, such as "
                "'%(example)s'. Choose another column."
            ) % {"column": letters(column), "example": example[:60]}
    return found


def rows(kind: Kind, header: Header, choice: Choice) -> Iterator[Read]:
    """Read every line below the header; empty lines, headings and repeated headers are left out."""
    again = {plain(words) for words in header.words if words}
    for row in header.table.rows:
        if row.line > header.line and not _is_no_line(kind, row, choice, again):
            yield _read(kind, row, header, choice)


def _is_no_line(kind: Kind, row: Row, choice: Choice, again: set[str]) -> bool:
    cells = [row.cell(column) for column in choice.columns.values()]
    filled = [cell for cell in cells if cell]
    if not filled and not row.faults.keys() & set(choice.columns.values()):
        return True
    if len(filled) == 1 and len(kind.fields) > 1 and _is_heading(kind, row, choice):
        return True
    return len(filled) > 1 and all(plain(cell) in again for cell in filled)


def _is_heading(kind: Kind, row: Row, choice: Choice) -> bool:
    """Tell whether a line only names what comes below it, such as a chapter."""
    required = [one for one in kind.fields if one.required]
    if len(required) < 2 or len([cell for cell in row.cells if cell]) > 2:
        return False
    texts = [row.cell(choice.columns[one.name]) for one in required if one.name in choice.columns]
    found = next((text for text in texts if text), "")
    return bool(found) and not found[:1].isdigit()


def _read(kind: Kind, row: Row, header: Header, choice: Choice) -> Read:
    found = Read(row.line)
    for one in kind.fields:
        column = choice.columns.get(one.name)
        if column is None:
            continue
        try:
            found.values[one.name] = _value(kind, one, row, header, column)
        except Wrong as wrong:
            found.refused = found.refused or f"{letters(column)}{row.line}: {wrong}"
    return found


def _value(kind: Kind, one: Field, row: Row, header: Header, column: int) -> Any:
    if fault := row.faults.get(column):
        raise Wrong(fault["en" if get_language() == "en" else "nl"])
    if not row.cell(column):
        if one.required:
            raise Wrong(_("%(field)s is missing.") % {"field": one.label})
        return None
    value = kind.read(one, cell_of(header.table, row, column))
    if isinstance(value, str) and len(value) > one.limit:
        raise Wrong(
            _("%(field)s is longer than %(limit)d characters.")
            % {"field": one.label, "limit": one.limit}
        )
    return value
