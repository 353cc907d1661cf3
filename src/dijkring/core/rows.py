# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rows straight from and to the database, for the few paths where making objects costs too much."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg.types.datetime import TimestamptzLoader
from psycopg.types.json import JsonbLoader


def id_of(text: str) -> int | None:
    """Read the id of a row as it stands in an address or a form; None for what cannot be one.

    Python takes more signs for digits than `int` reads, and reads numbers no column holds.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


Parameters = Sequence[Any] | Mapping[str, Any]
Rows = list[tuple[Any, ...]]


def fetch(query: str, parameters: Parameters = ()) -> Rows:
    """Return the rows of one query; moments are in UTC, and JSON is read."""
    with connection.cursor() as cursor:
        _ask(cursor, query, parameters)
        return cursor.fetchall()  # type: ignore[no-any-return]


def fetch_together(*asked: tuple[str, Parameters]) -> list[Rows]:
    """Return the rows of several queries as `fetch` does, all sent in one turn."""
    with in_one_turn():
        cursors = [connection.cursor() for _ in asked]
        for cursor, (query, parameters) in zip(cursors, asked, strict=True):
            _ask(cursor, query, parameters)
        return [cursor.fetchall() for cursor in cursors]


@contextmanager
def in_one_turn() -> Iterator[None]:
    """Send what `fetch` and `upsert` ask inside without waiting for each answer apart.

    Half of a short statement is waiting. Nothing else may ask here: how many rows a statement of
    Django touched is not known yet when Django looks at it. Works only inside a transaction, as a
    statement that fails takes those after it along; raises RuntimeError elsewhere.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("in_one_turn works only inside a transaction")
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


def _ask(cursor: CursorWrapper, query: str, parameters: Parameters) -> None:
    # The driver's own loaders read an array of moments five times as fast as those of Django.
    cursor.cursor.adapters.register_loader("timestamptz", TimestamptzLoader)
    cursor.cursor.adapters.register_loader("jsonb", JsonbLoader)
    cursor.execute(query, parameters)


def upsert(
    table: str, types: dict[str, str], rows: Sequence[Sequence[Any]], unique: Sequence[str] = ()
) -> None:
    """Insert rows in one statement; `types` holds the type per column, in the order of the rows.

    A row that is there already, by its `unique` columns, takes the new values.
    """
    if not rows:
        return
    # An array within an array would be flattened: it goes as text, such as {1,2}.
    sent = ", ".join(
        "%s::text[]" if one.endswith("[]") else f"%s::{one}[]" for one in types.values()
    )
    taken = ", ".join(f"c{place}::{one}" for place, one in enumerate(types.values()))
    places = ", ".join(f"c{place}" for place in range(len(types)))
    changed = ", ".join(f"{name} = excluded.{name}" for name in types if name not in unique)
    query = (
        f"INSERT INTO {table} ({', '.join(types)}) "  # noqa: S608 -- names of our own tables
        f"SELECT {taken} FROM unnest({sent}) AS v({places})"
    )
    if unique:
        query += f" ON CONFLICT ({', '.join(unique)}) DO UPDATE SET {changed}"
    with connection.cursor() as cursor:
        cursor.execute(query, [array(column) for column in zip(*rows, strict=True)])


def array(values: Iterable[Any]) -> str:
    """Write values as an array of PostgreSQL; many times as fast as the driver does.

    Raises TypeError for a value that is not text, a number, a moment, a duration, bytes or None.
    """
    return "{" + ",".join([_WRITERS[type(value)](value) for value in values]) + "}"


def _text(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _duration(value: timedelta) -> str:
    return f'"{value.days} days {value.seconds} seconds {value.microseconds} microseconds"'


class _Writers(dict[type, Callable[[Any], str]]):
    """How values of each type are written; those of a subclass as those of its parent."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        self[kind] = next((self[one] for one in kind.__mro__ if one in self), _refuse)
        return self[kind]


def _refuse(value: object) -> str:
    raise TypeError(f"{type(value).__name__} cannot stand in an array")


_WRITERS = _Writers(
    {
        type(None): lambda value: "NULL",
        str: _text,
        bool: lambda value: "t" if value else "f",
        int: str,
        float: repr,
        datetime: lambda value: f'"{value.isoformat()}"',
        date: lambda value: value.isoformat(),
        timedelta: _duration,
        bytes: lambda value: f'"\\\\x{value.hex()}"',
    }
)
