# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lines of a sheet by the columns that were chosen or guessed; refusals line by line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dijkring.documents.reading import Row, Table, columns, dates, letters, sheets
from dijkring.documents.reading.columns import Cell, Choice, Field, Header, Wrong

from .found import Report, unreadable

MOST_LINES = 20_000
NOT_READ = {"nl": "Kies de kolom hiervoor.", "en": "Choose the column for this."}


def words(text: str) -> tuple[str, ...]:
    """Return the headers by which a column is known."""
    return tuple(one.strip() for one in text.split(","))


class BadCell(Wrong):
    """A cell that cannot be read; the reason in both languages."""

    def __init__(self, nl: str, en: str) -> None:
        super().__init__(en)
        self.reason = {"nl": nl, "en": en}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One kind of sheet; a cell is text, a day or a host."""

    fields: tuple[Field, ...]

    def read(self, field: Field, cell: Cell) -> Any:
        """Return the value of a cell that is not empty; raises BadCell with the reason."""
        if len(cell.text) > field.limit:
            raise BadCell(
                f"Langer dan {field.limit} tekens.", f"Longer than {field.limit} characters."
            )
        return _day(cell) if field.type == "date" else cell.text.strip()


def _day(cell: Cell) -> date:
    shown = cell.text[:40]
    try:
        return dates.read(cell.text, cell.zero).first
    except dates.NoDate as error:
        nl = f"'{shown}' is geen datum. Schrijf bijvoorbeeld 31-12-2026."
        raise BadCell(nl, f"'{shown}' is no date. Write for example 31-12-2026.") from error


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number, and the values of the fields that are filled."""

    number: int
    values: dict[str, Any]


def tables(body: bytes) -> list[Table]:
    """Return the sheets with something in them; raises Refused, Unreadable."""
    found = [table for table in sheets.read(body) if table.rows]
    if not found:
        raise unreadable("Er staan geen regels in dit bestand.", "There are no lines in this file.")
    return found


def open_columns(
    sheet: Sheet, body: bytes, report: Report, chosen: Mapping[str, int | None] | None
) -> Header:
    """Find the header and the columns, and write both in the report with what lacks a column."""
    header = columns.header_of(sheet, tables(body))
    if header is None:
        raise unreadable("Er staan geen regels in dit bestand.", "There are no lines in this file.")
    width = len(header.words)
    given = columns.guess(sheet, header) if chosen is None else chosen
    known = {name: at for name, at in given.items() if at is not None and at < width}
    report.header = header
    report.choice = Choice(header.table.sheet, header.line, header.depth, known)
    report.wrong = {
        one.name: NOT_READ for one in sheet.fields if one.required and one.name not in known
    }
    return header


def lines(sheet: Sheet, report: Report) -> Iterator[Line]:
    """Yield the lines below the header; one with a cell that cannot be read is refused."""
    if report.header is None or report.choice is None or report.wrong:
        return
    header, choice = report.header, report.choice
    rows = [row for row in header.table.rows if row.line > header.line]
    if len(rows) > MOST_LINES:
        raise unreadable(f"Meer dan {MOST_LINES} regels.", f"More than {MOST_LINES} lines.")
    for row in rows:
        line = _line(sheet, header, choice, row, report)
        if line is not None and line.values:
            yield line


def _line(sheet: Sheet, header: Header, choice: Choice, row: Row, report: Report) -> Line | None:
    values: dict[str, Any] = {}
    for field in sheet.fields:
        column = choice.columns.get(field.name)
        if column is None:
            continue
        try:
            if (value := _value(sheet, field, header, row, column)) is not None:
                values[field.name] = value
        except BadCell as bad:
            where = f"{letters(column)}{row.line}"
            report.refuse(where, bad.reason["nl"], bad.reason["en"], row.line)
            return None
    return _whole(sheet, Line(row.line, values), report)


def _value(sheet: Sheet, field: Field, header: Header, row: Row, column: int) -> Any:
    if fault := row.faults.get(column):
        raise BadCell(fault["nl"], fault["en"])
    text = row.cell(column)
    if not text.strip():
        return None
    if text.lstrip()[0] in "=" or text.startswith(("+cmd", "@SUM")):
        raise BadCell("In deze cel staat een formule.", "This cell holds a formula.")
    return sheet.read(field, columns.cell_of(header.table, row, column))


def _whole(sheet: Sheet, line: Line, report: Report) -> Line | None:
    """Refuse a line that lacks what it needs; an empty line is none at all."""
    for field in sheet.fields:
        if field.required and line.values and field.name not in line.values:
            nl, en = field.label
            report.refuse("", f"{nl} ontbreekt.", f"{en} is missing.", line.number)
            return None
    return line
