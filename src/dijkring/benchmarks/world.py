# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A country of organisations with facts and judgements, put in place with COPY."""

import hashlib
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from psycopg import sql

SEED = 11
MEMBERS = 45
JUDGED_LEAVES = 60
WEEK = timedelta(days=7)
Tell = Callable[[str], None]
Rows = Iterator[tuple[Any, ...]]


class World:
    """What is put in the database: so many organisations, so many current facts in all."""

    def __init__(
        self, owner_url: str, organisations: int, facts: int, kinds: dict[str, str]
    ) -> None:
        self.connection = psycopg.connect(owner_url, autocommit=True)
        self.now = datetime.now(UTC).replace(microsecond=0)
        self.random = random.Random(SEED)  # noqa: S311 -- the same country every time
        self.kinds = kinds
        self.organisations = self._organisations(organisations)
        self.members = -(-facts // (len(self.organisations) * len(kinds)))
        self.facts = facts
        rows = self.connection.execute(
            "SELECT id FROM controls_requirement WHERE leaf ORDER BY id LIMIT %s", [JUDGED_LEAVES]
        )
        self.leaves = [row[0] for row in rows]

    def _organisations(self, wanted: int) -> list[int]:
        known = [
            row[0]
            for row in self.connection.execute(
                "SELECT id FROM organisations_organisation ORDER BY id"
            )
        ]
        with self.connection.cursor() as cursor:
            for number in range(wanted - len(known)):
                cursor.execute(
                    "INSERT INTO organisations_organisation "
                    "(kind, name, sort_name, slug, code, region_code, province, source) "
                    "VALUES ('joint_body', %s, %s, %s, '', '', '', 'benchmark') RETURNING id",
                    [f"Samenwerking {number}", f"samenwerking {number}", f"samenwerking-{number}"],
                )
                known.append(cursor.fetchone()[0])  # type: ignore[index]
        return known[:wanted]

    def fill(self, tell: Tell) -> None:
        """Copy populations, rounds, facts and judgements into place."""
        for table, columns, rows in (
            ("evidence_populationmember", POPULATION, self._population()),
            ("evidence_round", ROUND, self._rounds()),
            ("evidence_fact", FACT, self._facts()),
            ("evidence_judgement", JUDGEMENT, self._judgements()),
        ):
            tell(f"{table}: {self._copy(table, columns, rows)} rows")
        for table in (
            "evidence_populationmember",
            "evidence_round",
            "evidence_fact",
            "evidence_judgement",
        ):
            highest = sql.SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), max(id)) FROM {}")
            self.connection.execute(highest.format(sql.Literal(table), sql.Identifier(table)))
            self.connection.execute(f"VACUUM ANALYZE {table}")

    def _copy(self, table: str, columns: str, rows: Rows) -> int:
        count = 0
        self.connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        with (
            self.connection.cursor() as cursor,
            cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)
                count += 1
        self.connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        return count

    def member(self, number: int) -> str:
        """Return the name of a member."""
        return f"m{number}.example"

    def _population(self) -> Rows:
        for organisation in self.organisations:
            for population in sorted(set(self.kinds.values())):
                for number in range(self.members):
                    yield (
                        organisation,
                        population,
                        self.member(number),
                        "",
                        self.now - timedelta(days=90),
                        "",
                    )

    def _rounds(self) -> Rows:
        id = 0
        for organisation in self.organisations:
            for number in range(self.members):
                id += 1
                first, last = self.now - timedelta(days=60), self.now - timedelta(hours=number % 24)
                member = self.member(number)
                yield (
                    id, organisation, "dijkring", member, b"\0" * 32, first, last, 60, WEEK, True,
                    self.now,
                )  # fmt: skip

    def _facts(self) -> Rows:
        made = round_id = 0
        digest = hashlib.blake2b(b"x", digest_size=16).digest()
        since = self.now - timedelta(days=60)
        healthy = self.organisations[0]  # here one fact moves a standing
        for organisation in self.organisations:
            for number in range(self.members):
                round_id += 1
                for kind in self.kinds:
                    made += 1
                    if made <= self.facts:
                        member = self.member(number)
                        yield (
                            organisation,
                            kind,
                            member,
                            member,
                            "dijkring",
                            "pass" if organisation == healthy else self._state(),
                            "{}",
                            digest,
                            since,
                            since,
                            round_id,
                            WEEK,
                            "",
                            self.now,
                            "",
                            False,
                        )

    def _state(self) -> str:
        roll = self.random.random()
        return "pass" if roll < 0.985 else "fail" if roll < 0.995 else "not_applicable"

    def _judgements(self) -> Rows:
        soon = set(self.leaves[:14])
        for organisation in self.organisations:
            for leaf in self.leaves:
                for layer in ("design", "existence", "operation"):
                    days = 3 if leaf in soon and layer == "design" else 300
                    until = self.now + timedelta(days=days, minutes=self.random.randint(0, 600))
                    yield (
                        organisation,
                        leaf,
                        layer,
                        "owner",
                        "met",
                        "x",
                        self.now - timedelta(days=10),
                        until,
                    )


POPULATION = "organisation_id, population, member, responsible, since, reason"
ROUND = (
    "id, organisation_id, source, scope, fingerprint, first_at, observed_at, times, "
    "shortest_validity, all_confirmed, recorded_at"
)
FACT = (
    "organisation_id, kind, subject, member, source, state, detail, digest, since, state_since, "
    "round_id, validity, end_reason, recorded_at, recorded_by, gone"
)
JUDGEMENT = "organisation_id, requirement_id, layer, line, verdict, reason, judged_at, valid_until"
