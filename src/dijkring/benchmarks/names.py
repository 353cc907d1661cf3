# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Names of organisations that may be measured, put in place with COPY."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import psycopg
from psycopg import sql

DOMAIN = (
    "organisation_id, name, carries_web, carries_mail, responsible, note, part, state, token, "
    "authority, authority_at, authority_text, registered_at"
)
MEMBER = "organisation_id, population, member, responsible, since, reason"
Rows = Iterable[tuple[Any, ...]]


def register(
    connection: psycopg.Connection,
    names: Mapping[int, Sequence[tuple[str, bool]]],
    since: datetime,
) -> None:
    """Register names per organisation, proven and counting; the flag says whether one has mail."""
    _copy(connection, "surface_domain", DOMAIN, _domains(names, since))
    _copy(connection, "evidence_populationmember", MEMBER, _members(names, since))


def _domains(names: Mapping[int, Sequence[tuple[str, bool]]], since: datetime) -> Rows:
    for organisation, of_one in names.items():
        for name, mail in of_one:
            yield (
                organisation, name, True, mail, "", "", "owner", "authorised", "benchmark",
                "statement", since, "benchmark", since,
            )  # fmt: skip


def _members(names: Mapping[int, Sequence[tuple[str, bool]]], since: datetime) -> Rows:
    for organisation, of_one in names.items():
        for name, mail in of_one:
            for population in ("surface.web", "surface.mail")[: 1 + mail]:
                yield organisation, population, name, "", since, ""


def _copy(connection: psycopg.Connection, table: str, columns: str, rows: Rows) -> None:
    name = sql.Identifier(table)
    connection.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(name))
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(name, sql.SQL(columns))
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            copy.write_row(row)
    connection.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(name))
    connection.execute(sql.SQL("ANALYZE {}").format(name))


def organisations(connection: psycopg.Connection, wanted: int) -> list[int]:
    """Return so many organisations; those that are missing are made."""
    known = _ids(connection)
    for number in range(wanted - len(known)):
        connection.execute(
            "INSERT INTO organisations_organisation "
            "(kind, name, sort_name, slug, code, region_code, province, source) "
            "VALUES ('joint_body', %s, %s, %s, '', '', '', 'benchmark')",
            [f"Samenwerking {number}", f"samenwerking {number}", f"samenwerking-{number}"],
        )
    return _ids(connection)[:wanted]


def _ids(connection: psycopg.Connection) -> list[int]:
    rows: Iterator[Any] = connection.execute("SELECT id FROM organisations_organisation ORDER BY 1")
    return [row[0] for row in rows]
