# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads parts of the landscape from a sheet: a whole landscape, or the reference components of
GEMMA with their classification. The columns are guessed from the header or chosen by a person.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dijkring.documents.reading import Row, Table, columns, sheets
from dijkring.documents.reading.columns import Cell, Choice, Field, Header
from dijkring.documents.reading.problems import Problems, Refused

from . import values
from .fields import ASSET, DEPENDENCY
from .found import GROUP, NAMED, NEEDS, Asset, Dependency, Report
from .groups import check_groups
from .limits import MAX_ASSETS, MAX_DEPENDENCIES

NO_NAME = "groep"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A kind of sheet with its fields; `levels` are the words of the classification."""

    fields: tuple[Field, ...]
    levels: Sequence[str]

    def read(self, field: Field, cell: Cell) -> Any:
        """Return the value of a cell that is not empty; raises Bad."""
        return values.read(field, cell.text, self.levels, cell.zero)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person chose: the column of each field, and the kind of lines that name none."""

    columns: Mapping[str, int | None] | None = None
    kind: str = "system"


def read(
    content: bytes, levels: Sequence[str], asked: Asked, report: Report, problems: Problems
) -> None:
    """Read the sheet that fits best, and a second one with dependencies where there is one.

    A cell that cannot be read, a part that stands there twice and a dependency on what is not
    there are refused with their line. Raises Refused for a file without lines.
    """
    tables = [table for table in sheets.read(content) if table.rows]
    if not tables:
        raise Refused("", "Er staan geen regels in.", "There are no lines in it.")
    sheet = Sheet(ASSET, levels)
    pairs = _dependency_header(tables, levels)
    rest = [table for table in tables if pairs is None or table is not pairs.table]
    header = columns.header_of(sheet, rest or tables)
    if header is None:
        raise Refused("", "Er staan geen regels in.", "There are no lines in it.")
    _choose(sheet, header, asked, report)
    if report.missing:
        return
    reading = _Reading(sheet, asked.kind, report, problems)
    reading.assets(header)
    if pairs is not None and rest:
        reading.dependencies(pairs, Sheet(DEPENDENCY, levels))


def _choose(sheet: Sheet, header: Header, asked: Asked, report: Report) -> None:
    given = columns.guess(sheet, header) if asked.columns is None else asked.columns
    width = len(header.words)
    known = {name: at for name, at in given.items() if at is not None and at < width}
    report.header = header
    report.choice = Choice(header.table.sheet, header.line, header.depth, known)
    report.missing = tuple(
        one.name for one in sheet.fields if one.required and one.name not in known
    )


def _dependency_header(tables: list[Table], levels: Sequence[str]) -> Header | None:
    """Return the header of a sheet with both ends of dependencies, in a file of several sheets."""
    sheet = Sheet(DEPENDENCY, levels)
    for table in tables if len(tables) > 1 else []:
        header = columns.header_of(sheet, [table])
        if header and {"dependent", "provider"} <= columns.guess(sheet, header).keys():
            return header
    return None


class _Reading:
    def __init__(self, sheet: Sheet, kind: str, report: Report, problems: Problems) -> None:
        self._sheet = sheet
        self._kind = kind
        self._report = report
        self._problems = problems
        # By reference and by name, to find the ends of dependencies.
        self._keys: dict[str, str] = {}
        self._twice: dict[tuple[str, str], int] = {}

    def assets(self, header: Header) -> None:
        assert self._report.choice is not None  # noqa: S101 -- chosen just before
        for row, found in self._rows(self._sheet, header, self._report.choice.columns, MAX_ASSETS):
            self._add(row.line, found)

    def _add(self, line: int, found: dict[str, Any]) -> None:
        name, kind = " ".join(str(found.pop("name")).split()), found.pop("kind", self._kind)
        key = found.pop("key", "") or f"{NAMED}{kind}:{name.casefold()}"
        for place in ((kind, name.casefold()), ("", key)):
            if (before := self._twice.setdefault(place, line)) != line:
                self._problems.refuse(
                    name[:80], f"Dit onderdeel staat er al (regel {before}).",
                    f"This part stands there already (line {before}).", line,
                )  # fmt: skip
                return
        self._keys.setdefault(name.casefold(), key)
        self._keys[key] = key
        text = found.pop("text", "")
        self._report.assets.append(Asset(key, kind, name, text, "", found, False, line))

    def dependencies(self, header: Header, sheet: Sheet) -> None:
        seen: dict[tuple[str, str], int] = {}
        chosen = columns.guess(sheet, header)
        for row, found in self._rows(sheet, header, chosen, MAX_DEPENDENCIES):
            ends = [self._end(str(found.pop(one)), row) for one in ("dependent", "provider")]
            if None in ends:
                continue
            pair = (ends[0] or "", ends[1] or "")
            if reason := self._wrong_pair(pair, seen, row.line):
                self._problems.refuse("", reason[0], reason[1], row.line)
                continue
            self._report.dependencies.append(_dependency(pair, found, row.line))
        check_groups(self._report, self._problems)

    def _wrong_pair(
        self, pair: tuple[str, str], seen: dict[tuple[str, str], int], line: int
    ) -> tuple[str, str] | None:
        if pair[0] == pair[1]:
            return ("Een onderdeel kan zichzelf niet nodig hebben.", "A part cannot need itself.")
        if (before := seen.setdefault(pair, line)) != line:
            return (
                f"Deze afhankelijkheid staat er al (regel {before}).",
                f"Duplicate dependency (line {before}).",
            )
        return None

    def _end(self, text: str, row: Row) -> str | None:
        key = self._keys.get(text.strip()) or self._keys.get(" ".join(text.split()).casefold())
        if key is None:
            shown = " ".join(text.split())[:60]
            self._problems.refuse(
                shown, "Dit onderdeel staat niet in het bestand.",
                "This part is not in the file.", row.line,
            )  # fmt: skip
        return key

    def _rows(
        self, sheet: Sheet, header: Header, chosen: Mapping[str, int], most: int
    ) -> Iterator[tuple[Row, dict[str, Any]]]:
        rows = [row for row in header.table.rows if row.line > header.line and not row.empty]
        if len(rows) > most:
            raise Refused("", f"Meer dan {most} regels.", f"More than {most} lines.")
        for row in rows:
            found = self._row(sheet, header, chosen, row)
            if found is not None:
                yield row, found

    def _row(
        self, sheet: Sheet, header: Header, chosen: Mapping[str, int], row: Row
    ) -> dict[str, Any] | None:
        found: dict[str, Any] = {}
        wrong = False
        for field in sheet.fields:
            column = chosen.get(field.name)
            if column is None:
                continue
            try:
                value = _value(sheet, field, header, row, column)
            except values.Bad as bad:
                where = header.table.address(column, row.line)
                self._problems.refuse(where, bad.reason["nl"], bad.reason["en"], row.line)
                wrong = True
                continue
            if value is not None:
                found[field.name] = value
        return None if wrong or not found or self._incomplete(sheet, found, row) else found

    def _incomplete(self, sheet: Sheet, found: dict[str, Any], row: Row) -> bool:
        for field in sheet.fields:
            if field.required and field.name not in found:
                nl, en = field.label["nl"], field.label["en"]
                self._problems.refuse("", f"{nl} ontbreekt.", f"{en} is missing.", row.line)
                return True
        return False


def _value(sheet: Sheet, field: Field, header: Header, row: Row, column: int) -> Any:
    if fault := row.faults.get(column):
        raise values.Bad(fault["nl"], fault["en"])
    text = row.cell(column).strip()
    # A writer of ours puts an apostrophe before what a spreadsheet would take for a formula.
    if text[:1] == "'" and text[1:2] in tuple("=+-@"):
        text = text[1:]
    if not text:
        return None
    return sheet.read(field, Cell(text, zero=columns.cell_of(header.table, row, column).zero))


def _dependency(pair: tuple[str, str], found: dict[str, Any], line: int) -> Dependency:
    group, least = found.pop("group", ""), found.pop("least", None)
    how = found.pop("how", GROUP if group else NEEDS)
    if how != GROUP:
        return Dependency(*pair, how, values=found, line=line)
    return Dependency(*pair, GROUP, "", group or NO_NAME, least or 1, found, line)
