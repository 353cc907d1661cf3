# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an edited sheet says beside what stands in Dijkring now: line by line, field by field."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from dijkring.core.errors import Refused
from dijkring.core.registers import Column, Line, Register
from dijkring.documents import reading
from dijkring.documents.sheets import Column as SheetColumn
from dijkring.documents.sheets import Kind, to_csv, to_ods, to_xlsx
from dijkring.portability.sheets import cells

ID, VERSION = "id", "version"
VERSION_LABEL = gettext_lazy("version (leave as it is)")
NEW, CHANGED, UNCHANGED, REFUSED, CONFLICT = "new", "changed", "unchanged", "refused", "conflict"
WRITERS: dict[str, Callable[..., bytes]] = {"csv": to_csv, "xlsx": to_xlsx, "ods": to_ods}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that says something else: here, and in the sheet."""

    label: str
    here: str
    there: str


@dataclass(slots=True)
class Entry:
    """One line of the sheet and what it asks for; `number` is its line in the file."""

    number: int
    id: str
    title: str
    kind: str
    values: dict[str, Any] = field(default_factory=dict)
    changed: frozenset[str] = frozenset()
    differences: tuple[Difference, ...] = ()
    reason: str = ""


def written(register: Register, organisation_id: int, kind: str) -> bytes:
    """Write a register as a sheet, with the id and the version of every line."""
    columns = [
        SheetColumn(ID, ID),
        *(SheetColumn(one.key, str(one.label), _kind(one)) for one in register.columns),
        SheetColumn(VERSION, str(VERSION_LABEL)),
    ]  # fmt: skip
    rows = [_row(register, line) for line in register.lines(organisation_id)]
    return WRITERS[kind](str(register.label), columns, rows)


def _kind(column: Column) -> Kind:
    return column.kind if column.kind in ("date", "number") else "text"


def _row(register: Register, line: Line) -> list[Any]:
    values = [cells.shown(column, line.values.get(column.key)) for column in register.columns]
    return [line.id, *values, cells.version(register.editable, line.values)]


def compared(register: Register, organisation_id: int, content: bytes) -> list[Entry]:
    """Compare a sheet with what stands here now; Refused for what is no sheet of this register."""
    table, places = _table(register, content)
    here = {line.id: line for line in register.lines(organisation_id)}
    entries = [
        _entry(register, table, row, places, here)
        for row in table.rows
        if row.line > places.head and not row.empty
    ]
    _refuse_doubles(entries)
    return entries


@dataclass(frozen=True, slots=True)
class _Places:
    head: int
    columns: Mapping[str, int]


def _table(register: Register, content: bytes) -> tuple[reading.Table, _Places]:
    try:
        tables = reading.read(content)
    except reading.Refused as refused:
        language = "nl" if (get_language() or "nl").startswith("nl") else "en"
        raise Refused(refused.remark.reason[language], "file") from refused
    for table in tables:
        for row in table.rows[:10]:
            places = _places(register, row)
            if {ID, VERSION} <= places.columns.keys():
                return table, places
    words = _("This is no sheet of '%(name)s': the columns id and version are missing.")
    raise Refused(words % {"name": register.label}, "file")


def _places(register: Register, row: reading.Row) -> _Places:
    known = {ID: {ID}, VERSION: {VERSION, *cells.words_of(VERSION_LABEL)}}
    known |= {one.key: {one.key, *cells.words_of(one.label)} for one in register.columns}
    heads = [cell.strip().casefold() for cell in row.cells]
    found = {
        key: place
        for key, words in known.items()
        for place, head in enumerate(heads)
        if head in words
    }
    return _Places(row.line, found)


def _entry(
    register: Register,
    table: reading.Table,
    row: reading.Row,
    places: _Places,
    here: Mapping[str, Line],
) -> Entry:
    id = row.cell(places.columns[ID]).strip()
    line = here.get(id)
    entry = Entry(row.line, id, line.title if line else "", REFUSED)
    if id and line is None:
        entry.reason = _("There is no line with this id (any more).")
        return entry
    try:
        entry.values = _values(register, table, row, places, line)
    except Refused as refused:
        entry.reason = refused.message
        return entry
    if line is None:
        return _new(register, entry)
    return _known(register, entry, line, row.cell(places.columns[VERSION]).strip())


def _values(
    register: Register,
    table: reading.Table,
    row: reading.Row,
    places: _Places,
    line: Line | None,
) -> dict[str, Any]:
    wanted = [one for one in register.columns if one.editable or (line is None and one.adding)]
    found: dict[str, Any] = {}
    for column in wanted:
        place = places.columns.get(column.key)
        if place is None:
            found[column.key] = line.values.get(column.key) if line else cells.read(
                column, "", number=False, day_zero=table.day_zero
            )  # fmt: skip
            continue
        if fault := row.faults.get(place):
            raise Refused(fault["nl" if (get_language() or "nl").startswith("nl") else "en"])
        found[column.key] = cells.read(
            column, row.cell(place), number=place in row.numbers, day_zero=table.day_zero
        )
    return found


def _new(register: Register, entry: Entry) -> Entry:
    if register.add is None:
        entry.reason = _("New lines cannot be made here: this line has no id.")
        return entry
    entry.kind = NEW
    told = [one for one in register.columns if cells.plain(one, entry.values.get(one.key))]
    entry.differences = tuple(
        Difference(str(one.label), "", _words(one, entry.values[one.key])) for one in told
    )
    entry.title = entry.differences[0].there if entry.differences else ""
    return entry


def _known(register: Register, entry: Entry, line: Line, version: str) -> Entry:
    differing = [
        one
        for one in register.editable
        if cells.plain(one, entry.values[one.key]) != cells.plain(one, line.values.get(one.key))
    ]
    untouched = version == cells.version(register.editable, entry.values)
    if not differing or untouched:
        entry.kind = UNCHANGED
        return entry
    same = version == cells.version(register.editable, line.values)
    entry.changed = frozenset(one.key for one in differing)
    entry.differences = tuple(
        Difference(
            str(one.label),
            _words(one, line.values.get(one.key)),
            _words(one, entry.values[one.key]),
        )
        for one in differing
    )
    if register.change is None:
        entry.reason = _("This list cannot be changed by a sheet.")
        return entry
    entry.kind = CHANGED if same else CONFLICT
    return entry


def _words(column: Column, value: Any) -> str:
    found = cells.shown(column, value)
    return "" if found is None else str(found)


def _refuse_doubles(entries: list[Entry]) -> None:
    times = Counter(entry.id for entry in entries if entry.id)
    for entry in entries:
        if times[entry.id] > 1 and entry.kind != UNCHANGED:
            entry.kind = REFUSED
            entry.reason = _("This id stands on more than one line.")
