# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which column of an untidy sheet means what: header of up to three rows, guessed or chosen."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from .table import EXCEL_ZERO, Row, Table, column_of, letters

_SEARCHED = 30
_DEEPEST = 3
_SAMPLE = 40
_MOST_COLUMNS = 60


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a column can mean; `words` are headers by which it is recognised."""

    name: str
    label: Any
    words: tuple[str, ...]
    type: str = "text"
    required: bool = False
    limit: int = 300


class Wrong(ValueError):
    """A cell cannot be read as its field asks; the message says why and what to write."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, and whether the file holds it as a number or a date."""

    text: str
    number: bool = False
    dated: bool = False
    zero: date = EXCEL_ZERO


class Kind(Protocol):
    """What a sheet can hold: its fields, and how a cell of one of them is read."""

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields, the most telling first."""

    def read(self, field: Field, cell: Cell) -> Any:
        """Return the value of a cell that is not empty; raises Wrong."""


def plain(text: str) -> str:
    """Return lower-case letters and digits without accents, other signs as one space each."""
    bare = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[a-z0-9?]+", bare))


@dataclass(frozen=True, slots=True)
class Choice:
    """A sheet, the last line of its header, and the 0-based column of each field."""

    sheet: str
    header: int
    depth: int
    columns: dict[str, int]

    def kept(self) -> dict[str, object]:
        """Return the choice as JSON can hold it."""
        chosen = {name: letters(column) for name, column in self.columns.items()}
        return {"sheet": self.sheet, "header": self.header, "depth": self.depth, "columns": chosen}


def of_kept(kept: Mapping[str, object]) -> Choice | None:
    """Return a kept choice, None when it is none."""
    columns = kept.get("columns")
    if not isinstance(columns, Mapping):
        return None
    found = {str(name): column_of(str(word)) for name, word in columns.items()}
    chosen = {name: column for name, column in found.items() if column is not None}
    header, depth = kept.get("header", 1), kept.get("depth", 1)
    if not isinstance(header, int) or not isinstance(depth, int):
        return None
    return Choice(str(kept.get("sheet", "")), header, depth, chosen)


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a sheet: its last line, how many lines, and the words above each column."""

    table: Table
    line: int
    depth: int
    words: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """Give what is the same for sheets with the same headers, whatever they hold."""
        text = "|".join(plain(words) for words in self.words)
        return hashlib.sha256(text.encode()).hexdigest()

    def options(self) -> list[tuple[str, str]]:
        """Return the columns as (letters, words for a person)."""
        return [
            (letters(place), f"{letters(place)}: {words[:70]}" if words else letters(place))
            for place, words in enumerate(self.words[:_MOST_COLUMNS])
        ]


def header_of(kind: Kind, tables: Sequence[Table], choice: Choice | None = None) -> Header | None:
    """Return the header that fits a kind best, or the one that was chosen; None without rows."""
    best: tuple[int, Header] | None = None
    for table in tables:
        if choice is not None and table.sheet != choice.sheet:
            continue
        for header in _candidates(table, choice):
            score = _fit(kind, header)
            if best is None or score > best[0]:
                best = (score, header)
    return best[1] if best else None


def _candidates(table: Table, choice: Choice | None) -> list[Header]:
    found = []
    for place, row in enumerate(table.rows[:_SEARCHED]):
        if choice is not None and row.line != choice.header:
            continue
        for depth in range(1, min(_DEEPEST, place + 1) + 1):
            if choice is None or choice.depth == depth:
                found.append(Header(table, row.line, depth, _above(table, place, depth)))
    return found


def _above(table: Table, place: int, depth: int) -> tuple[str, ...]:
    """Return the words above each column over some header rows, merged cells spread out."""
    rows = table.rows[place + 1 - depth : place + 1]
    width = max(len(row.cells) for row in rows)
    words: list[list[str]] = [[] for _column in range(width)]
    for row in rows:
        for column, text in enumerate(_spread(table, row.line, row.cells, width)):
            if text and text not in words[column]:
                words[column].append(" ".join(text.split()))
    return tuple(" / ".join(one) for one in words)


def _spread(table: Table, line: int, cells: Sequence[str], width: int) -> list[str]:
    found = [*cells, *[""] * (width - len(cells))]
    for block in table.merged:
        if block.top <= line <= block.bottom and block.left < width:
            for column in range(block.left, min(block.right + 1, width)):
                found[column] = found[column] or found[block.left]
    return found


def _fit(kind: Kind, header: Header) -> int:
    """Weigh a header: required fields most, then how many are known, then the fewest rows."""
    known = guess(kind, header)
    required = sum(one.required and one.name in known for one in kind.fields)
    right = sum(
        _suits(kind, one, header, known[one.name]) for one in kind.fields if one.name in known
    )
    return 1000 * required + 20 * len(known) + 10 * right - header.depth


def guess(kind: Kind, header: Header) -> dict[str, int]:
    """Return the column of each field that the words of the header give away."""
    scores = sorted(
        (-score, order, column, field.name)
        for order, field in enumerate(kind.fields)
        for column, words in enumerate(header.words[:_MOST_COLUMNS])
        if (score := _score(field, words))
    )
    found: dict[str, int] = {}
    for _weight, _order, column, name in scores:
        if name not in found and column not in found.values():
            found[name] = column
    return found


def _score(field: Field, words: str) -> int:
    parts = [plain(part) for part in words.split(" / ")]
    if parts[-1] in field.words:
        return 6
    if any(part in field.words for part in parts):
        return 4
    if len(words) > 80:
        return 0
    tokens = set(" ".join(parts).split())
    return 2 if tokens & {word for word in field.words if " " not in word} else 0


def _suits(kind: Kind, field: Field, header: Header, column: int) -> bool:
    """Tell whether at least half of the first filled cells can be read as the field asks."""
    good, bad, _example = sample(kind, field, header, column)
    return good > 0 and good >= bad


def sample(kind: Kind, field: Field, header: Header, column: int) -> tuple[int, int, str]:
    """Count the first filled cells of a column that can and cannot be read, with an example."""
    good, bad, example = 0, 0, ""
    for row in header.table.rows:
        if row.line <= header.line or not row.cell(column):
            continue
        try:
            kind.read(field, cell_of(header.table, row, column))
            good += 1
        except Wrong:
            bad, example = bad + 1, example or row.cell(column)
        if good + bad == _SAMPLE:
            break
    return good, bad, example


def cell_of(table: Table, row: Row, column: int) -> Cell:
    """Return one cell of a row with what the file says of it."""
    text = row.cell(column)
    return Cell(text, column in row.numbers, column in row.dates, table.day_zero)
