# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a person needs to choose the columns of a sheet: the headers, and our guess."""

from dataclasses import dataclass

from dijkring.documents.reading import csv_text, xlsx
from dijkring.documents.reading.problems import Refused
from dijkring.documents.reading.table import Table, letters

from .columns import ColumnChoice, locate

_MAX_COLUMNS = 50
_ZIP = b"PK"


@dataclass(frozen=True, slots=True)
class Picker:
    """The columns as (letters, words for a person), and the choice that is in force."""

    columns: list[tuple[str, str]]
    choice: ColumnChoice


def picker(content: bytes, choice: ColumnChoice | None = None) -> Picker | None:
    """Return the columns of the sheet that fits best; None when the content is no sheet."""
    try:
        tables = _tables(content)
    except Refused:
        return None
    wide = [table for table in tables if table.rows and len(table.rows[0].cells) > 1]
    if not wide:
        return None
    try:
        table, header, found = locate(tables, choice)
    except LookupError:
        return Picker(_columns(wide[0], 0), choice or ColumnChoice())
    chosen = {name: letters(column) for name, column in found.items()}
    line = table.rows[header].line
    guess = ColumnChoice(**chosen, sheet=table.sheet or None, header_row=line)
    return Picker(_columns(table, header), guess)


def _tables(content: bytes) -> list[Table]:
    if content.startswith(_ZIP):
        return xlsx.read(content)
    if b"\0" in content:
        raise Refused("", "Dit is geen tekst.", "This is not text.")
    return csv_text.read(content.decode("utf-8-sig", errors="replace"))


def _columns(table: Table, header: int) -> list[tuple[str, str]]:
    cells = table.rows[header].cells[:_MAX_COLUMNS]
    return [
        (letters(column), f"{letters(column)}: {words[:60]}" if words else letters(column))
        for column, words in enumerate(cells)
    ]
