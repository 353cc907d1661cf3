# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A sheet as rows of text, whether it came from XLSX or CSV."""

from dataclasses import dataclass, field

from .problems import Problems


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its line in the file; `numbers` and `dates` are cells that are not text."""

    line: int
    cells: tuple[str, ...]
    numbers: frozenset[int] = frozenset()
    dates: frozenset[int] = frozenset()

    def cell(self, column: int | None) -> str:
        """Give the text of a column, empty when the row is shorter or the column unknown."""
        return self.cells[column] if column is not None and column < len(self.cells) else ""

    @property
    def empty(self) -> bool:
        return not any(self.cells)


@dataclass(slots=True)
class Table:
    """One sheet: its name (empty for CSV), rows, and the problems met in its cells."""

    sheet: str
    rows: list[Row] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)

    def address(self, column: int, line: int) -> str:
        """Give a cell's address, as `Maatregelen!B7`."""
        return f"{self.sheet}!{letters(column)}{line}" if self.sheet else f"{letters(column)}{line}"


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
