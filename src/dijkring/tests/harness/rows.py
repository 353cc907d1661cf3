# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A row in any table, made from nothing but its columns, so that no table can be forgotten."""

from collections.abc import Iterable
from typing import NamedTuple

import psycopg
from psycopg import sql

COLUMNS = """
SELECT a.attname, t.typname, t.typcategory = 'A', greatest(a.atttypmod - 4, 0)
FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped
  AND a.attgenerated = '' AND a.attidentity = '' AND NOT a.atthasdef
"""
CHECKS = """
SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'
"""
VALUES = {
    "bool": "true",
    "bytea": "'\\x00'",
    "date": "current_date",
    "float8": "1",
    "inet": "'192.0.2.1'",
    "int2": "{n} % 1000",
    "int4": "{n}",
    "int8": "{n}",
    "interval": "'1 day'",
    "jsonb": "'{{}}'",
    "numeric": "1",
    "text": "'{n}'",
    "timestamptz": "now()",
    "uuid": "gen_random_uuid()",
    "varchar": "'{n}'",
}


class Insert(NamedTuple):
    """The parts of a statement that makes one row of one organisation."""

    columns: list[str]
    values: list[str]

    def statement(self, table: str) -> sql.Composed:
        names = sql.SQL(", ").join(sql.Identifier(name) for name in self.columns)
        values = sql.SQL(", ".join(self.values))
        insert = sql.SQL("INSERT INTO {} ({}) VALUES ({})")
        return insert.format(sql.Identifier(table), names, values)


def insert(connection: psycopg.Connection, table: str, organisation: int, n: int) -> Insert:
    """Return an insert for a table; `n` makes the row differ from others in unique columns."""
    columns = connection.execute(COLUMNS, [table]).fetchall()
    made = Insert([], [])
    for name, kind, is_array, longest in columns:
        # The last digits tell rows apart, also in a column of two signs.
        number = str(n)[-longest:] if kind == "varchar" and longest else n
        value = "'{}'" if is_array else VALUES[kind].format(n=number)
        made.columns.append(name)
        made.values.append(str(organisation) if name == "organisation_id" else value)
    return made


def forget_checks(connection: psycopg.Connection, tables: Iterable[str]) -> None:
    """Drop the checks of tables, so that a row of arbitrary values can stand in them."""
    for table in tables:
        for (name,) in connection.execute(CHECKS, [table]).fetchall():
            drop = sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}")
            connection.execute(drop.format(sql.Identifier(table), sql.Identifier(name)))


def plant(connection: psycopg.Connection, tables: list[str], organisations: list[int]) -> None:
    """Commit one row per table and organisation, past triggers, keys and checks; a superuser's."""
    forget_checks(connection, tables)
    connection.execute("SET session_replication_role = replica")
    for table in tables:
        for n, organisation in enumerate(organisations, start=900_001):
            connection.execute(insert(connection, table, organisation, n).statement(table))
    connection.execute("SET session_replication_role = origin")
