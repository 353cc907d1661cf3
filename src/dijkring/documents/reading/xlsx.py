# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads XLSX into tables, after the zip and its XML have been found harmless.

No formula is ever worked out. Read as `values`, a formula gives the value that the spreadsheet
program kept beside it; without one, or read otherwise, it is a problem of its cell.
"""

import io
import re
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from . import package
from .limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from .problems import Refused
from .table import ERROR, EXCEL_ZERO, FORMULA, NO_VALUE, Block, Row, Table, column_of

_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_MOST_MERGED = 20_000
_MAC_ZERO = date(1904, 1, 1)


def read(content: bytes, *, values: bool = False) -> list[Table]:
    """Read every sheet; what is wrong with a cell is a problem of its table, with the address.

    Raises Refused for a zip or XML bomb, encryption, and anything that is not a workbook.
    """
    with package.opened(content, "XLSX") as archive:
        if "xl/workbook.xml" not in archive.namelist():
            raise Refused("ZIP", "Dit is geen XLSX-werkmap.", "This is not an XLSX workbook.")
        looks = _look(archive)
    return _tables(content, looks, values)


@dataclass(slots=True)
class _Look:
    """What a walk through the XML of one sheet tells, and openpyxl does not."""

    merged: list[Block] = field(default_factory=list)
    without_value: set[tuple[int, int]] = field(default_factory=set)
    _cell: str = ""
    _formula: bool = False
    _value: bool = False
    _within: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "c":
            self._cell, self._formula = attributes.get("r", ""), False
            # A text that is empty is a value as well.
            self._value = attributes.get("t") == "str"
        elif name == "f":
            self._formula = True
        elif name == "v":
            self._within = True
        elif name == "mergeCell" and len(self.merged) < _MOST_MERGED:
            self.merged += _block(attributes.get("ref", ""))

    def text(self, words: str) -> None:
        if self._within and words.strip():
            self._value = True

    def end(self, tag: str) -> None:
        self._within = False
        if tag.rpartition(":")[2] == "c" and self._formula and not self._value:
            self.without_value.update(_place(self._cell))


def _place(address: str) -> list[tuple[int, int]]:
    found = _ADDRESS.fullmatch(address)
    column = column_of(found[1]) if found else None
    return [(int(found[2]), column)] if found and column is not None else []


def _block(reference: str) -> list[Block]:
    first, _colon, last = reference.partition(":")
    return [
        Block(top, left, bottom, right)
        for top, left in _place(first)
        for bottom, right in _place(last)
    ]


def _look(archive: zipfile.ZipFile) -> dict[str, _Look]:
    watch = package.Watch()
    looks: dict[str, _Look] = defaultdict(_Look)
    for member in archive.infolist():
        name = member.filename
        if not name.endswith((".xml", ".rels", ".vml")):
            continue
        look = looks[name] if name.startswith("xl/worksheets/") else None
        with archive.open(member) as stream:
            if look is None:
                watch.walk(stream, name)
            else:
                watch.walk(stream, name, look.start, look.end, look.text)
    return looks


def _tables(content: bytes, looks: dict[str, _Look], values: bool) -> list[Table]:
    # Read only when it is needed: every start would pay for it.
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(
                io.BytesIO(content), read_only=True, keep_links=False, data_only=values
            )
            zero = _MAC_ZERO if book.epoch.year == 1904 else EXCEL_ZERO
            reader = _Reader(looks, values, zero)
            return [reader.table(sheet) for sheet in book.worksheets]
    except Refused:
        raise
    # openpyxl answers a wrong workbook with nearly any exception.
    except Exception as error:
        kind = type(error).__name__
        raise Refused(
            "XLSX", f"Deze werkmap klopt niet ({kind}).", f"This workbook is not valid ({kind})."
        ) from error


class _Reader:
    """Reads the sheets of one workbook, which share how many cells they may have."""

    def __init__(self, looks: dict[str, _Look], values: bool, zero: date) -> None:
        self._looks = looks
        self._values = values
        self._zero = zero
        self._budget = MAX_CELLS

    def table(self, sheet: Any) -> Table:
        look = self._looks.get(str(sheet._worksheet_path).lstrip("/"), _Look())
        table = Table(sheet.title, merged=look.merged, day_zero=self._zero)
        missing = look.without_value if self._values else set()
        sheet.reset_dimensions()  # the stated size may be a lie
        for line, cells in enumerate(sheet.iter_rows(), start=1):
            self._budget -= len(cells)
            if line > MAX_ROWS or len(cells) > MAX_COLUMNS or self._budget < 0:
                raise Refused(
                    sheet.title, "Te veel rijen of kolommen.", "Too many rows or columns.", line
                )
            row = _row(line, cells, missing, self._values)
            if not row.empty:
                table.rows.append(row)
                _tell(table, row)
        return table


def _tell(table: Table, row: Row) -> None:
    for column, reason in row.faults.items():
        where = table.address(column, row.line)
        table.problems.refuse(where, reason["nl"], reason["en"], row.line)


def _row(line: int, cells: Iterable[Any], missing: set[tuple[int, int]], values: bool) -> Row:
    texts, numbers, dates = [], set(), set()
    faults: dict[int, dict[str, str]] = {}
    for column, cell in enumerate(cells):
        value = cell.value
        text = _text(value)
        if fault := _fault(cell.data_type, text, (line, column) in missing, values):
            faults[column] = fault
        if isinstance(value, float):
            numbers.add(column)
        elif isinstance(value, int) and not isinstance(value, bool) and values:
            numbers.add(column)
        elif isinstance(value, date | datetime | time | timedelta):
            dates.add(column)
        texts.append(text)
    return Row(line, tuple(texts), frozenset(numbers), frozenset(dates), faults)


def _fault(kind: str, text: str, missing: bool, values: bool) -> dict[str, str] | None:
    if kind == "e":
        return ERROR
    if missing:
        return NO_VALUE
    return FORMULA if not values and (kind == "f" or text.startswith("=")) else None


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
