# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Another Dijkring: a database and a folder of its own, in which everything has other numbers."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from dijkring.tests.harness.database import Clone, within

APART = 5_000_000
FAR = 10_000_000
PRIMARY = """
SELECT c.conrelid::regclass::text, a.attname
FROM pg_constraint c
JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
WHERE c.contype = 'p' AND cardinality(c.conkey) = 1 AND c.connamespace = 'public'::regnamespace
  AND a.atttypid = ANY('{int4,int8}'::regtype[]) AND c.conrelid::regclass::text = ANY(%s)
"""
POINTING = """
SELECT c.conrelid::regclass::text, a.attname
FROM pg_constraint c
JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
WHERE c.contype = 'f' AND c.confrelid = %s::regclass
"""
COUNTERS = "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'"
SHARED = [
    "organisations_organisation", "organisations_user",
    "controls_framework", "controls_requirement", "cooperation_cooperation",
]  # fmt: skip


class Elsewhere:
    """An installation apart: its commands run as processes of their own."""

    def __init__(self, clone: Clone, home: Path) -> None:
        self.clone, self.home = clone, home

    def dijkring(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command as whoever runs that installation would."""
        environment = os.environ | {
            "DIJKRING_HOME": str(self.home),
            "DATABASE_URL": self.clone.app_url,
            "DJANGO_SETTINGS_MODULE": "dijkring.config.settings",
        }
        return subprocess.run(  # noqa: S603
            [sys.executable, "-m", "dijkring", *arguments],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """Ask its database, past every rule."""
        with connected(self.clone) as connection:
            return connection.execute(query.encode()).fetchall()

    def write(self, statement: str) -> None:
        """Change its database, past every rule."""
        with connected(self.clone) as connection:
            connection.execute("SET session_replication_role = replica")
            connection.execute(statement.encode())


@contextmanager
def another(of: Clone, home: Path) -> Iterator[Elsewhere]:
    """Give an installation with the same content under other numbers."""
    clone = Clone(of.server, of.template)
    clone.name = f"{of.name}_elsewhere"
    clone.renew()
    try:
        with connected(clone) as connection:
            renumber(connection)
        yield Elsewhere(clone, home)
    finally:
        clone.drop()


def connected(clone: Clone) -> psycopg.Connection:
    return psycopg.connect(within(clone.server.superuser_url, clone.name), autocommit=True)


def renumber(connection: psycopg.Connection) -> None:
    """Give all shared rows other numbers, and let everything new be numbered elsewhere, too."""
    connection.execute("SET session_replication_role = replica")
    for table, key in connection.execute(PRIMARY, [SHARED]).fetchall():
        move(connection, table, key)
        for place, column in connection.execute(POINTING, [table]).fetchall():
            move(connection, place, column)
    for (name,) in connection.execute(COUNTERS).fetchall():
        restart = sql.SQL("ALTER SEQUENCE {} RESTART WITH {}")
        connection.execute(restart.format(sql.Identifier(name), sql.Literal(FAR)))


def move(connection: psycopg.Connection, table: str, column: str) -> None:
    # By way of negative numbers, so that no new number meets an old one.
    for change in (f"-{column}", f"{APART} - {column}"):
        query = f"UPDATE {table} SET {column} = {change}"  # noqa: S608 -- own names
        connection.execute(query.encode())
