# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Takes an archive over into an empty organisation: every number anew, nobody linked by itself.

All rows get new numbers. People become stand-ins without a log-in. What an archive does not name
itself cannot be reached: a number that is not in it is refused, never used.
"""

import json
import re
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pgtrigger
from django.db import connection, transaction
from django.utils.translation import gettext as _

from dijkring.core.errors import Refused
from dijkring.organisations.models import User
from dijkring.portability.whole import layout
from dijkring.portability.whole.left_behind import MAY_STAY, Behind, Place, behind
from dijkring.portability.whole.reading import Archive
from dijkring.portability.whole.tables import (
    CONTEXT,
    INSIDE,
    LISTS,
    MOVES,
    NATURAL,
    ORGANISATIONS,
    OUTLIVING,
    USERS,
    Table,
    moving,
    tables,
)

BATCH = 1000
MARK = "transfer"
REQUIREMENTS = "controls_requirement"
DIGEST = re.compile("[0-9a-f]{64}")
Row = dict[str, Any]


def check_fits(archive: Archive) -> None:
    """Refuse an archive with tables or columns that this installation does not know."""
    known = tables()
    for told in archive.manifest["tables"]:
        if told["treatment"] != MOVES:
            continue
        table = known.get(told["name"])
        if table is None or table.treatment != MOVES or told["file"] != table.file:
            raise _unknown(told["name"])
        names = {column["name"] for column in told["columns"]}
        if strange := names - set(table.columns):
            raise _unknown(f"{told['name']}.{sorted(strange)[0]}")


def _unknown(what: str) -> Refused:
    words = _(
        "This file holds %(what)s, which this Dijkring does not know. Bring this Dijkring up to"
        " date first. Nothing has been written."
    )
    return Refused(words % {"what": what[:120]}, "file")


def occupied(organisation_id: int) -> list[str]:
    """Return the tables in which an organisation has rows already."""
    names = [table.name for table in moving() if not table.history]
    each = (
        f"CASE WHEN EXISTS (SELECT FROM {name} WHERE organisation_id = %(id)s) THEN '{name}' END"
        for name in names
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(each)}", {"id": organisation_id})
        (found,) = cursor.fetchall()
    return [name for name in found if name]


def not_here(archive: Archive) -> list[str]:
    """Return the norms that are needed and not known here: without them nothing comes in."""
    missing = _missing(archive)
    return sorted({words for (name, _id), words in missing.items() if name not in MAY_STAY})


def staying(archive: Archive) -> Behind:
    """Return what does not come along because it is about an organisation not known here."""
    return behind(archive, _missing(archive))


def _missing(archive: Archive) -> dict[Place, str]:
    """Return the shared rows that are needed and not known here, each in words."""
    _found, missing = _content(archive)
    return {place: _in_words(missing[place]) for place in _needed(archive) & missing.keys()}


def _needed(archive: Archive) -> set[tuple[str, int]]:
    """Return which shared rows the rows that move over refer to."""
    found: set[tuple[str, int]] = set()
    for table in moving():
        columns = [(one, to) for one, to in table.references.items() if to in NATURAL]
        if columns and not table.history:
            for row in archive.rows(table.file):
                found.update((to, row[one]) for one, to in columns if type(row.get(one)) is int)
    return found


def _in_words(key: Mapping[str, Any]) -> str:
    return " ".join(str(value) for value in key.values())


def _content(
    archive: Archive,
) -> tuple[dict[tuple[str, int], int], dict[tuple[str, int], Mapping[str, Any]]]:
    """Find the shared rows here: what is found by table and number, and what is not."""
    rows: dict[str, list[Row]] = {name: [] for name in NATURAL}
    for row in archive.rows(layout.CONTENT):
        if row.get("table") in rows and _is_named(row):
            rows[row["table"]].append(row)
    found: dict[tuple[str, int], int] = {}
    missing: dict[tuple[str, int], Mapping[str, Any]] = {}
    for name in NATURAL:  # frameworks before their requirements
        here = _by_key(name)
        for row in rows[name]:
            key = dict(row["key"])
            if "framework_id" in key:
                key["framework_id"] = found.get(("controls_framework", key["framework_id"]))
            id = here.get(tuple(key.get(part) for part in NATURAL[name]))
            if id is None:
                missing[name, row["id"]] = _told(key, row, rows)
            else:
                found[name, row["id"]] = id
    return found, missing


def _is_named(row: Row) -> bool:
    return type(row.get("id")) is int and isinstance(row.get("key"), dict)


def _told(key: Row, row: Row, rows: dict[str, list[Row]]) -> Row:
    if isinstance(row.get("name"), str):
        return {"name": row["name"][:120]}
    if "framework_id" not in key:
        return key
    norms = {one["id"]: one["key"] for one in rows["controls_framework"]}
    return {**norms.get(row["key"]["framework_id"], {}), "ref": key.get("ref", "")}


def _by_key(name: str) -> dict[tuple[Any, ...], int]:
    own = "" if name == ORGANISATIONS else "WHERE organisation_id IS NULL"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, {', '.join(NATURAL[name])} FROM {name} {own}")  # noqa: S608
        return {tuple(key): id for id, *key in cursor.fetchall()}


@dataclass(slots=True)
class Taking:
    """One archive on its way into one organisation, with the new number of every old one."""

    archive: Archive
    organisation_id: int
    transfer_id: int
    numbers: dict[tuple[str, int], int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    shared: Collection[tuple[str, int]] = ()
    missing: Collection[Place] = ()
    behind: Behind = field(default_factory=Behind)

    def people(self) -> list[tuple[User, str, str]]:
        """Make a stand-in per person: an account that nobody can enter; gives name and address."""
        made = []
        for row in self.archive.rows(layout.PEOPLE):
            name, email = str(row.get("name", ""))[:120], str(row.get("email", ""))[:254]
            user = User(
                email=f"{secrets.token_hex(16)}@stand-in.invalid", name=name, is_active=False
            )
            user.set_unusable_password()
            user.save(force_insert=True)
            self.numbers[USERS, _number(row.get("id"))] = user.pk
            made.append((user, name, email))
        return made

    def rows(self) -> None:
        """Give every row a new number and write it; the audit trail comes along as it was."""
        found, self.missing = _content(self.archive)
        self.numbers.update(found)
        self.shared = found.keys()
        self.behind = staying(self.archive)
        for table in moving():
            self._number(table)
        with _trail_as_it_was():
            for table in moving():
                self.counts[table.name] = self._write(table)
        connection.check_constraints()

    def _number(self, table: Table) -> None:
        old = [_number(row.get(table.key)) for row in self._coming(table)]
        for before, after in zip(old, _fresh(table, len(old)), strict=True):
            self.numbers[table.name, before] = after

    def _coming(self, table: Table) -> Iterator[Row]:
        """Return the rows that come along: all but those about what is not known here."""
        stays = self.behind.rows.get(table.name, set())
        rows = self.archive.rows(table.file)
        return (row for row in rows if row.get(table.key) not in stays) if stays else rows

    def _write(self, table: Table) -> int:
        convert = _Converter(table, self)
        count = 0
        for rows in _batches(self._coming(table)):
            _insert(table, [convert.row(row) for row in rows])
            count += len(rows)
        return count


@contextmanager
def _trail_as_it_was() -> Iterator[None]:
    """Write rows without new lines in the audit trail: the trail itself comes along.

    Only for this transaction; what goes wrong inside undoes it, too.
    """
    names = {trigger.get_pgid(model) for model, trigger in pgtrigger.registered()}
    with transaction.atomic():
        ignore(sorted(names))
        yield
        ignore([])


def ignore(names: list[str]) -> None:
    """Leave these triggers (by their name in the database) out, until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pgtrigger.ignore', %s, true)", ["{" + ",".join(names) + "}"]
        )


def _number(value: object) -> int:
    if type(value) is not int:
        raise Refused(_("A row in this file has no number. Nothing has been written."), "file")
    return value


def _fresh(table: Table, count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [table.name, table.key, count],
        )
        return [row[0] for row in cursor.fetchall()]


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _insert(table: Table, rows: list[Row]) -> None:
    names = [*table.columns, *table.left_out]
    columns = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table.name} ({columns}) SELECT {columns} "  # noqa: S608 -- own names
            f"FROM jsonb_populate_recordset(NULL::{table.name}, %s::jsonb)",
            [json.dumps(rows)],
        )


class _Converter:
    """Turns rows of an archive into rows of one table here."""

    def __init__(self, table: Table, taking: Taking) -> None:
        self.table = table
        self.taking = taking
        fields: dict[str, Any] = {
            str(field.column): field for field in table.model._meta.concrete_fields
        }
        self.choices = {} if table.history else _choices(fields)
        self.filled = {name: field for name, field in fields.items() if name != table.key}
        self.nullable = {name for name, field in fields.items() if field.null}
        self.inside = {
            column: keys for (name, column), keys in INSIDE.items() if name == table.name
        }
        self.lists = {column: to for (name, column), to in LISTS.items() if name == table.name}
        if "pgh_context" in table.columns:
            self.inside["pgh_context"] = CONTEXT

    def row(self, row: Row) -> Row:
        """Return a row with its new numbers, of this organisation, and nothing of another."""
        made = {name: self._safe(name, row[name]) for name in self.table.columns if name in row}
        made[self.table.key] = self.taking.numbers[
            self.table.name, _number(row.get(self.table.key))
        ]
        for name, column in self.filled.items():
            if name not in made:
                made[name] = _without(name in self.table.left_out, column)
        made["organisation_id"] = self.taking.organisation_id
        if "pgh_context" in made:
            # Who reads the trail must see which part of it came from elsewhere.
            made["pgh_context"] = {**(made["pgh_context"] or {}), MARK: self.taking.transfer_id}
        return made

    def _safe(self, name: str, value: Any) -> Any:
        try:
            return self._value(name, value)
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            raise self._refused(name) from error

    def _value(self, name: str, value: Any) -> Any:
        if value is None:
            return None
        if name in self.table.references:
            return self._reference(name, value)
        if name in self.choices and value not in self.choices[name]:
            raise self._refused(name)
        if name == "sha256" and value and not DIGEST.fullmatch(value):
            # It is the name of a file, too.
            raise self._refused(name)
        if name in self.lists:
            return self._listed(self.lists[name], value)
        if name in self.inside and isinstance(value, dict):
            return self._inside(value, self.inside[name])
        return value

    def _listed(self, target: str, values: list[Any]) -> list[int]:
        found = (self.taking.numbers.get((target, _number(value))) for value in values)
        return [number for number in found if number is not None]

    def _reference(self, name: str, value: Any) -> int | None:
        target = self.table.references[name]
        found = self.taking.numbers.get((target, _number(value)))
        if self.table.name == REQUIREMENTS and (target, value) in self.taking.shared:
            # Under a norm of everybody stands nothing of one organisation.
            raise self._refused(name)
        outlives = self.table.history or (self.table.name, name) in OUTLIVING
        if found is None and outlives:
            return self._gone(name, target, value)
        if found is None and not self._may_be_lost(name, target, value):
            raise self._refused(name)
        return found

    def _gone(self, name: str, target: str, value: int) -> int | None:
        """Give what is named and is not there any more a number of its own, where it can."""
        table = tables().get(target)
        if table is None or table.treatment != MOVES:
            return None if name in self.nullable else -abs(value)
        self.taking.numbers[target, value] = fresh = _fresh(table, 1)[0]
        return fresh

    def _may_be_lost(self, name: str, target: str, value: int) -> bool:
        """Tell whether this is let go of: it points at what is not taken over."""
        table = tables().get(target)
        here = table is not None and table.treatment == MOVES
        return name in self.nullable and (not here or self._is_behind(target, value))

    def _is_behind(self, target: str, value: int) -> bool:
        unknown = target in MAY_STAY and (target, value) in self.taking.missing
        return unknown or self.taking.behind.stays(target, value)

    def _inside(self, value: Row, keys: Mapping[str, str]) -> Row:
        numbers = self.taking.numbers
        new = {
            key: numbers.get((to, value[key]))
            for key, to in keys.items()
            if type(value.get(key)) is int
        }
        return {**value, **new}

    def _refused(self, name: str) -> Refused:
        words = _(
            "%(table)s, column %(name)s, holds something that is not allowed. Nothing has been"
            " written."
        )
        return Refused(words % {"table": self.table.name, "name": name}, "file")


def _choices(fields: Mapping[str, Any]) -> dict[str, set[Any]]:
    return {
        name: {value for value, _label in field.flatchoices} | ({""} if field.blank else set())
        for name, field in fields.items()
        if field.choices
    }


def _without(secret: bool, column: Any) -> Any:
    """Return what stands in a column that is not in the archive; a secret becomes unusable."""
    if column.null:
        return None
    if secret and not column.blank:
        return secrets.token_hex(32)[: column.max_length or 64]
    return _plain(column.get_default())


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"{value.total_seconds()} seconds"
    return str(value) if isinstance(value, Decimal) else value
