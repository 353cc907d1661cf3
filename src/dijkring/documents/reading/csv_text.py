# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads CSV into a table."""

import csv
import io
import re
from collections import Counter

from .limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from .problems import Refused
from .table import FORMULA, Row, Table

_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)*%?")
_SIGNS = (",", ";", "\t", "|")


def read(text: str) -> list[Table]:
    """Read CSV with a comma, semicolon, tab or bar between the cells.

    A cell that a spreadsheet would take for a formula (after = + - @) is a problem of the table;
    a number or a lone dash is not. Raises Refused with the line for broken quoting and size.
    """
    table = Table("")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    line, cells = 1, 0
    try:
        for values in reader:
            cells += len(values)
            _check_size(len(table.rows), cells, len(values), line)
            table.rows.append(_row(table, line, values))
            line = reader.line_num + 1
    except csv.Error as error:
        raise Refused("CSV", f"Kapotte CSV: {error}.", f"Broken CSV: {error}.", line) from error
    return [table]


def _separator(text: str) -> str:
    """Give the sign that cuts the first lines into the same number of cells most often."""
    lines = [line for line in text[:20_000].split("\n") if line.strip()][:20]

    def score(sign: str) -> tuple[int, int]:
        counts = Counter(line.count(sign) for line in lines if sign in line)
        width, often = max(counts.items(), key=lambda item: item[1], default=(0, 0))
        return often, width

    return max(_SIGNS, key=score)


def _check_size(rows: int, cells: int, width: int, line: int) -> None:
    if rows >= MAX_ROWS or cells > MAX_CELLS or width > MAX_COLUMNS:
        raise Refused("CSV", "Te veel rijen of kolommen.", "Too many rows or columns.", line)


def _row(table: Table, line: int, values: list[str]) -> Row:
    cells = tuple(value.strip() for value in values)
    for column, value in enumerate(cells):
        if value[:1] in tuple("=+-@") and value != "-" and not _NUMBER.fullmatch(value):
            table.problems.refuse(
                table.address(column, line), "In deze cel staat een formule.",
                "This cell holds a formula.", line,
            )  # fmt: skip
    # What another spreadsheet would work out may not come in as words; a dash or plus may.
    faults = {column: FORMULA for column, value in enumerate(cells) if value.startswith("=")}
    return Row(line, cells, faults=faults)
