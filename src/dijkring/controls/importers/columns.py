# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which column of a sheet means what: guessed from the header, or chosen by a person."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace

from dijkring.documents.reading.table import Row, Table, column_of, letters

from .words import plain

# Order matters where a header could mean two things: 'Parent ID' is a parent before it is an id.
FIELDS = ("parent", "version", "leaf", "kind", "id", "title", "text")
_WORDS = {
    "parent": "parent ouder bovenliggend bovenliggende valt onder parentid hoort bij",
    "version": "version versie",
    "leaf": "leaf blad toetsbaar assessable beoordeelbaar telt",
    "kind": "kind soort type categorie category",
    "id": "id nr nummer number no ref reference referentie code identifier kenmerk",
    "title": "title titel naam name onderwerp subject kop",
    "text": (
        "text tekst omschrijving beschrijving description maatregel overheidsmaatregel eis "
        "requirement inhoud norm statement control beheersmaatregel measure"
    ),
}
_KNOWN = {name: frozenset(words.split()) for name, words in _WORDS.items()}
_SUFFIXES = {"id": ("nummer", "number"), "text": ("tekst", "omschrijving")}
_NUMBERED = re.compile(r"[A-Za-z]{0,6}[.-]?[0-9]+([.-][0-9A-Za-z]+)+")
_HEADER_ROWS = 30


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column for each field, as letters ('B') or as header text; header_row is 1-based.

    Without a sheet or header row the first one that fits is taken.
    """

    id: str | None = None
    title: str | None = None
    text: str | None = None
    parent: str | None = None
    kind: str | None = None
    version: str | None = None
    leaf: str | None = None
    sheet: str | None = None
    header_row: int | None = None

    def chosen(self) -> dict[str, str]:
        """Give the fields that have a column, with that column."""
        return {name: word for name in FIELDS if (word := getattr(self, name))}


def parse_choice(words: str) -> ColumnChoice:
    """Read `id=A,title=Titel,sheet=Blad1,header=3`.

    Raises ValueError with the part that is wrong.
    """
    known = {field.name for field in fields(ColumnChoice)} - {"header_row"}
    choice = ColumnChoice()
    for part in words.split(","):
        name, _, value = (side.strip() for side in part.partition("="))
        if name == "header" and value.isascii() and value.isdigit():
            choice = replace(choice, header_row=int(value))
        elif name in known and value:
            choice = replace(choice, **{name: value})  # type: ignore[arg-type]
        else:
            raise ValueError(part.strip())
    if not choice.id:
        raise ValueError("id")
    return choice


def propose_columns(header: Sequence[str], sample: Iterable[Sequence[str]]) -> ColumnChoice:
    """Guess the columns from Dutch and English header words, as letters.

    A sheet whose header names no id gets the first column whose sample holds numbers such as
    5.01.02. Fields that no header names stay empty.
    """
    scores = [
        (-score, order, column, name)
        for column, words in enumerate(header)
        for order, name in enumerate(FIELDS)
        if (score := _score(name, plain(words)))
    ]
    found: dict[str, str] = {}
    taken: set[int] = set()
    for _, _, column, name in sorted(scores):
        if name not in found and column not in taken:
            found[name] = letters(column)
            taken.add(column)
    if found and "id" not in found:
        numbered = _numbered_column(list(sample), taken)
        found |= {"id": letters(numbered)} if numbered is not None else {}
    return ColumnChoice(**found)  # type: ignore[arg-type]


def _score(name: str, words: str) -> int:
    if words in _KNOWN[name]:
        return 2
    tokens = words.split()
    # A long sentence is no header, whatever words it uses.
    if len(tokens) > 5:
        return 0
    ends = _SUFFIXES.get(name, ())
    return int(any(token in _KNOWN[name] or token.endswith(ends) for token in tokens if token))


def _numbered_column(sample: list[Sequence[str]], taken: set[int]) -> int | None:
    width = max((len(cells) for cells in sample), default=0)
    for column in range(width):
        values = [cells[column].strip() for cells in sample if column < len(cells)]
        filled = [value for value in values if value]
        if column not in taken and filled and all(map(_NUMBERED.fullmatch, filled)):
            return column
    return None


def locate(tables: list[Table], choice: ColumnChoice | None) -> tuple[Table, int, dict[str, int]]:
    """Find the sheet, the index of its header row, and the column number of each field.

    Raises LookupError when no row fits.
    """
    best: tuple[int, Table, int, dict[str, int]] | None = None
    for table in tables:
        if choice is not None and choice.sheet not in (None, table.sheet):
            continue
        for index, row in enumerate(table.rows[:_HEADER_ROWS]):
            columns = _columns(table, index, row, choice)
            if columns and (best is None or len(columns) > best[0]):
                best = (len(columns), table, index, columns)
    if best is None:
        raise LookupError
    return best[1:]


def _columns(
    table: Table, index: int, row: Row, choice: ColumnChoice | None
) -> dict[str, int] | None:
    """Give the columns if this row can be the header, else None."""
    if choice is None:
        sample = [later.cells for later in table.rows[index + 1 : index + 21]]
        found = _resolved(propose_columns(row.cells, sample), row)
        fits = found is not None and "id" in found and ("title" in found or "text" in found)
        return found if fits else None
    if choice.header_row not in (None, row.line):
        return None
    return _resolved(choice, row)


def _resolved(choice: ColumnChoice, row: Row) -> dict[str, int] | None:
    headers = {plain(words): column for column, words in reversed(list(enumerate(row.cells)))}
    found: dict[str, int] = {}
    for name, word in choice.chosen().items():
        column = headers.get(plain(word)) if plain(word) else None
        column = column_of(word) if column is None else column
        if column is None or column >= len(row.cells):
            return None
        found[name] = column
    return found
