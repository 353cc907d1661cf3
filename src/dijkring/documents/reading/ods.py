# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads ODS (ISO/IEC 26300) into tables, straight from its XML; formulas give their kept value."""

from dataclasses import dataclass, field
from zipfile import ZipFile

from . import package
from .limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from .problems import Refused
from .table import ERROR, NO_VALUE, Block, Row, Table

_MEDIA_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_NUMBERS = frozenset({"float", "currency", "percentage"})


def read(content: bytes) -> list[Table]:
    """Read every sheet; Refused for a bomb, encryption, and anything that is no spreadsheet."""
    with package.opened(content, "ODS") as archive:
        names = set(archive.namelist())
        if "content.xml" not in names or not _is_sheet(archive, names):
            raise Refused("ZIP", "Dit is geen ODS-werkblad.", "This is not an ODS spreadsheet.")
        watch, reader = package.Watch(), _Reader()
        for name in sorted(names):
            if not name.endswith(".xml"):
                continue
            with archive.open(name) as stream:
                if name == "content.xml":
                    watch.walk(stream, name, reader.start, reader.end, reader.text)
                else:
                    watch.walk(stream, name)
    return reader.tables


def _is_sheet(archive: ZipFile, names: set[str]) -> bool:
    if "mimetype" not in names:
        return False
    with archive.open("mimetype") as stream:
        return stream.read(200).strip() == _MEDIA_TYPE


@dataclass(slots=True)
class _Cell:
    """One cell while its XML is being read."""

    attributes: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    paragraphs: int = 0

    @property
    def kind(self) -> str:
        return self.attributes.get("office:value-type", "")

    @property
    def value(self) -> str:
        """The value as text: of a number and a date what is kept, not what is shown."""
        kept = {"date": "office:date-value", "boolean": "office:boolean-value"}
        name = "office:value" if self.kind in _NUMBERS else kept.get(self.kind, "")
        shown = "".join(self.words).strip()
        return (self.attributes.get(name, "") or shown).removesuffix(".0")

    @property
    def fault(self) -> dict[str, str] | None:
        if self.value.startswith(("#", "Err:")) and "table:formula" in self.attributes:
            return ERROR
        return NO_VALUE if "table:formula" in self.attributes and not self.value else None


class _Reader:
    """Builds tables while the XML goes by; repeated cells count against the bounds."""

    def __init__(self) -> None:
        self.tables: list[Table] = []
        self._line = 0
        self._repeat = 1
        self._cells: list[_Cell] = []
        self._cell: _Cell | None = None
        self._budget = MAX_CELLS
        self._skipped = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table":
            self.tables.append(Table(attributes.get("table:name", "")))
            self._line = 0
        elif tag == "table:table-row":
            self._cells, self._repeat = [], _number(attributes, "table:number-rows-repeated")
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._cell = _Cell(attributes)
        elif tag == "office:annotation":
            self._skipped += 1
        elif tag == "text:p" and self._cell is not None and not self._skipped:
            self._cell.words += ["\n"] if self._cell.paragraphs else []
            self._cell.paragraphs += 1
        elif tag in ("text:s", "text:tab", "text:line-break") and self._cell is not None:
            self._cell.words.append(" ")

    def text(self, words: str) -> None:
        if self._cell is not None and self._cell.paragraphs and not self._skipped:
            self._cell.words.append(words)

    def end(self, tag: str) -> None:
        if tag in ("table:table-cell", "table:covered-table-cell"):
            self._end_cell(tag)
        elif tag == "office:annotation":
            self._skipped -= 1
        elif tag == "table:table-row" and self.tables:
            self._end_row()

    def _end_cell(self, tag: str) -> None:
        cell, self._cell = self._cell, None
        if cell is None or not self.tables:
            return
        times = _number(cell.attributes, "table:number-columns-repeated")
        empty = not cell.value and "table:formula" not in cell.attributes
        room = MAX_COLUMNS + 1 - len(self._cells)
        if not empty and times > room:
            raise _too_many(self._line)
        # The cells up to the edge of the sheet are one empty cell, repeated.
        self._cells += [cell] * min(times, room)
        if tag == "table:table-cell" and not empty:
            self._merge(cell, len(self._cells) - times)

    def _merge(self, cell: _Cell, left: int) -> None:
        rows = _number(cell.attributes, "table:number-rows-spanned")
        columns = _number(cell.attributes, "table:number-columns-spanned")
        if rows > 1 or columns > 1:
            top = self._line + 1
            block = Block(top, left, top + rows - 1, left + columns - 1)
            self.tables[-1].merged.append(block)

    def _end_row(self) -> None:
        while self._cells and not self._cells[-1].value and not self._cells[-1].fault:
            self._cells.pop()
        if not self._cells:
            self._line += self._repeat
            return
        for _time in range(self._repeat):
            self._line += 1
            self._budget -= len(self._cells)
            if self._line > MAX_ROWS or len(self._cells) > MAX_COLUMNS or self._budget < 0:
                raise _too_many(self._line)
            self._add(self.tables[-1])

    def _add(self, table: Table) -> None:
        cells = list(enumerate(self._cells))
        row = Row(
            self._line,
            tuple(cell.value for _column, cell in cells),
            frozenset(column for column, cell in cells if cell.kind in _NUMBERS),
            frozenset(column for column, cell in cells if cell.kind == "date"),
            {column: cell.fault for column, cell in cells if cell.fault is not None},
        )
        table.rows.append(row)
        for column, reason in row.faults.items():
            where = table.address(column, row.line)
            table.problems.refuse(where, reason["nl"], reason["en"], row.line)


def _number(attributes: dict[str, str], name: str) -> int:
    value = attributes.get(name, "1")
    return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) < 9 else 1


def _too_many(line: int) -> Refused:
    return Refused("ODS", "Te veel rijen of kolommen.", "Too many rows or columns.", line)
