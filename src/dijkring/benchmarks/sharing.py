# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How fast the overview is when the whole country shares: read, logged per giver, and as a page."""

import json
import random
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.test import Client

from dijkring.accountability import looking
from dijkring.accountability.selectors.comparison import comparison
from dijkring.accountability.selectors.national import national
from dijkring.benchmarks.world import SEED, World
from dijkring.core.access import Role, person_actor
from dijkring.core.tenancy import transaction_for
from dijkring.organisations.models import Organisation, User
from dijkring.organisations.services import add_member

TIMES = 20
VERDICTS = ("met", "partly", "not_met", "not_measured", "not_assessed", "not_applicable")


def run(world: World, tell: Callable[[str], None]) -> dict[str, Any]:
    """Let everybody share counts with one body, and measure; milliseconds, median of some runs."""
    receiver = Organisation.objects.get(slug="ibd")
    givers = [id for id in world.organisations if id != receiver.pk]
    _count(world, givers)
    agree(world, givers, receiver.pk)
    user = User.objects.create_user("benchmark@example.org", name="Benchmark")
    with transaction_for([receiver.pk]):
        add_member(organisation_id=receiver.pk, user=user, role=Role.READER)
    actor = person_actor(receiver.pk, user.pk, user.name, Role.READER)
    client = Client()
    client.force_login(user)
    tell("overview")

    def overview() -> None:
        with transaction_for([receiver.pk], actor):
            looking.overview(actor=actor, framework="bio2")

    return {
        "givers": len(givers),
        "overview_ms": _median(overview),
        "overview_page_ms": _median(lambda: client.get(f"/o/{receiver.slug}/gedeeld/")),
        "comparison_ms": _median(lambda: _compare(givers[0])),
        "national_ms": _median(lambda: national("bio2")),
        "looks_logged": _looks(world),
    }


def _compare(organisation: int) -> None:
    with transaction_for([organisation]):
        comparison(organisation)


def _looks(world: World) -> int:
    found = world.connection.execute("SELECT count(*) FROM sharing_look").fetchone()
    return int(found[0]) if found else 0


def _median(work: Callable[[], Any]) -> float:
    found = []
    for _number in range(TIMES):
        begin = time.perf_counter()
        work()
        found.append((time.perf_counter() - begin) * 1000)
    return round(statistics.median(found), 1)


def _count(world: World, givers: list[int]) -> None:
    """Give everybody counts on every norm that all have."""
    rows = world.connection.execute(
        "SELECT framework_id, count(*) FROM controls_requirement WHERE leaf "
        "AND organisation_id IS NULL GROUP BY framework_id"
    ).fetchall()
    dice = random.Random(SEED)  # noqa: S311 -- the same country every time
    with world.connection.cursor() as cursor:
        for framework, leaves in rows:
            for giver in givers:
                cursor.execute(
                    "INSERT INTO evidence_summary (organisation_id, framework_id, counts, "
                    "computed_at) VALUES (%s, %s, %s, %s)",
                    [giver, framework, json.dumps(_counts(dice, leaves)), world.now],
                )


def _counts(dice: random.Random, leaves: int) -> dict[str, int]:
    drawn = dice.choices(VERDICTS, weights=(6, 1, 1, 1, 3, 1), k=leaves)
    return {verdict: drawn.count(verdict) for verdict in VERDICTS if verdict in drawn}


def agree(
    world: World,
    givers: list[int],
    receiver: int,
    records: Sequence[str] = ("norms",),
    detail: str = "aggregate",
) -> None:
    """Put a signed agreement with each giver in place, and the two signatures under it."""
    terms = (world.now - timedelta(days=1), world.now + timedelta(days=365), world.now, world.now)
    with world.connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO sharing_agreement (organisation_id, receiver_id, records, detail, "
            "legal_basis, purpose, tlp, starts_at, ends_at, drafted_at, offered_at, state, "
            "end_reason) SELECT giver, %s, %s, %s, 'x', 'x', 'amber', "
            "%s, %s, %s, %s, 'signed', '' "
            "FROM unnest(%s::bigint[]) giver",
            [receiver, list(records), detail, *terms, givers],
        )
        cursor.execute(
            "INSERT INTO sharing_signature (organisation_id, other_id, agreement_id, name, ground, "
            "signed_at, withdrawal_reason) SELECT side, CASE WHEN side = a.receiver_id THEN "
            "a.organisation_id ELSE a.receiver_id END, a.id, 'x', 'x', %s, '' "
            "FROM sharing_agreement a, unnest(ARRAY[a.organisation_id, a.receiver_id]) side",
            [world.now],
        )
        cursor.execute("ANALYZE")
