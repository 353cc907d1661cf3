# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Storing the facts and rounds of a recording, each in one statement whatever their number."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter

from django.db import connection

from dijkring.core.rows import fetch, upsert
from dijkring.evidence.models import Fact, Round

# How long it holds that what was known of a subject was withdrawn: any source that speaks since,
# or a later observation of the same, stands instead.
NOTHING_HOLDS = timedelta(0)


@dataclass(slots=True)
class NewFact:
    """A fact that begins; a first round has a hundred of them, too many to make models of."""

    organisation_id: int
    kind: str
    subject: str
    member: str
    source: str
    state: str
    detail: str
    digest: bytes
    since: datetime
    state_since: datetime
    validity: timedelta
    recorded_at: datetime
    recorded_by: str
    pk: int = 0
    round_id: int | None = None
    confirmed_at: datetime | None = None
    until: datetime | None = None
    end_reason: str = ""
    gone: bool = False


_MOVE = """
UPDATE evidence_round r SET fingerprint = v.print, shortest_validity = v.shortest,
    observed_at = %s, all_confirmed = v.whole, times = times + 1
FROM unnest(%s::bigint[], %s::bytea[], %s::interval[], %s::bool[]) AS v(id, print, shortest, whole)
WHERE r.id = v.id
"""
_UPDATE = """
UPDATE evidence_fact f SET round_id = v.round_id, confirmed_at = v.confirmed_at, until = v.until,
    end_reason = v.end_reason, gone = v.gone
FROM unnest(
    %s::bigint[], %s::bigint[], %s::timestamptz[], %s::timestamptz[], %s::text[], %s::bool[]
) AS v(id, round_id, confirmed_at, until, end_reason, gone)
WHERE f.id = v.id
"""


_IDS = """
SELECT nextval(pg_get_serial_sequence('evidence_fact', 'id')) FROM generate_series(1, %s)
"""
_FACT = {
    "id": "bigint",
    "organisation_id": "bigint",
    "kind": "text",
    "subject": "text",
    "member": "text",
    "source": "text",
    "state": "text",
    "detail": "jsonb",
    "digest": "bytea",
    "since": "timestamptz",
    "state_since": "timestamptz",
    "round_id": "bigint",
    "confirmed_at": "timestamptz",
    "validity": "interval",
    "until": "timestamptz",
    "end_reason": "text",
    "gone": "bool",
    "recorded_at": "timestamptz",
    "recorded_by": "text",
}
_READ = attrgetter("pk", *list(_FACT)[1:])


def move(rounds: Sequence[Round], at: datetime, whole: Sequence[bool]) -> None:
    """Let rounds be of a later moment; `whole` tells of each whether all was measured."""
    prints = [bytes(round.fingerprint) for round in rounds]
    validities = [round.shortest_validity for round in rounds]
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, [at, [one.pk for one in rounds], prints, validities, list(whole)])


def insert(facts: Sequence[NewFact]) -> None:
    """Store new facts in one statement; a first round has a hundred of them per name."""
    if facts:
        for fact, (id,) in zip(facts, fetch(_IDS, [len(facts)]), strict=True):
            fact.pk = id
        upsert("evidence_fact", _FACT, list(map(_READ, facts)))


def update(facts: Collection[Fact]) -> None:
    """Store what a round changed of facts in one statement; the hot path of daily measuring."""
    if facts:
        rows = [(f.pk, f.round_id, f.confirmed_at, f.until, f.end_reason, f.gone) for f in facts]
        with connection.cursor() as cursor:
            cursor.execute(_UPDATE, [list(column) for column in zip(*rows, strict=True)])
