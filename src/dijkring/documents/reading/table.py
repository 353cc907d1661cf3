# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A sheet as rows of text, whether it came from XLSX, ODS or CSV."""

from dataclasses import dataclass, field, replace
from datetime import date

from .problems import Problems

EXCEL_ZERO = date(1899, 12, 30)
FORMULA = {"nl": "In deze cel staat een formule.", "en": "This cell holds a formula."}
NO_VALUE = {
    "nl": "In deze cel staat een formule zonder bewaarde uitkomst.",
    "en": "This cell holds a formula without a kept value.",
}
ERROR = {"nl": "In deze cel staat een fout.", "en": "This cell holds an error value."}


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its line in the file; `numbers` and `dates` are cells that are not text.

    `faults` holds why a cell has no value that can be used: a formula without one, an error.
    """

    line: int
    cells: tuple[str, ...]
    numbers: frozenset[int] = frozenset()
    dates: frozenset[int] = frozenset()
    faults: dict[int, dict[str, str]] = field(default_factory=dict)

    def cell(self, column: int | None) -> str:
        """Give the text of a column, empty when the row is shorter or the column unknown."""
        return self.cells[column] if column is not None and column < len(self.cells) else ""

    @property
    def empty(self) -> bool:
        return not any(self.cells) and not self.faults


@dataclass(frozen=True, slots=True)
class Block:
    """Cells that were merged into one: lines and 0-based columns, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Table:
    """One sheet: its name (empty for CSV), rows, and the problems met in its cells.

    `merged` holds its merged cells; `day_zero` is the day from which bare numbers count days.
    """

    sheet: str
    rows: list[Row] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)
    merged: list[Block] = field(default_factory=list)
    day_zero: date = EXCEL_ZERO

    def address(self, column: int, line: int) -> str:
        """Give a cell's address, as `Maatregelen!B7`."""
        return f"{self.sheet}!{letters(column)}{line}" if self.sheet else f"{letters(column)}{line}"

    def unmerged(self) -> "Table":
        """Give the table with what stands in merged cells repeated downwards in their column."""
        at = {row.line: place for place, row in enumerate(self.rows)}
        rows = list(self.rows)
        for block in self.merged:
            value = self.rows[at[block.top]].cell(block.left) if block.top in at else ""
            for line in range(block.top + 1, min(block.bottom, self._last) + 1):
                if value and line in at:
                    rows[at[line]] = _with(rows[at[line]], block.left, value)
        return replace(self, rows=rows)

    @property
    def _last(self) -> int:
        return self.rows[-1].line if self.rows else 0


def _with(row: Row, column: int, value: str) -> Row:
    cells = list(row.cells) + [""] * (column + 1 - len(row.cells))
    cells[column] = cells[column] or value
    return replace(row, cells=tuple(cells))


def letters(column: int) -> str:
    """Give the spreadsheet letters of a 0-based column: 0 is A, 26 is AA."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def column_of(word: str) -> int | None:
    """Give the 0-based column of spreadsheet letters, None when it is something else."""
    if not (1 <= len(word) <= 3 and word.isascii() and word.isalpha()):
        return None
    number = 0
    for letter in word.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
