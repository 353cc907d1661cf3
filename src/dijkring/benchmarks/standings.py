# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How fast standings are: everything anew, one change, an unchanged round, lapses, pages.

The peer is the same engine without tallies and without knowing what hangs on what: after one new
fact it reads all facts of the organisation again and recomputes every standing, which is how a
compliance tool without increments works.
"""

import resource
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dijkring.accountability.selectors.national import national
from dijkring.benchmarks.world import World
from dijkring.controls.catalogue import catalogue
from dijkring.controls.models import Requirement
from dijkring.core import clock
from dijkring.core.access import system_actor
from dijkring.core.tenancy import transaction_for
from dijkring.evidence import tasks
from dijkring.evidence.models import Scope, Standing
from dijkring.evidence.services import (
    judgements,
    offers,
    provisions,
    rounds,
    scopes,
    standings,
)
from dijkring.evidence.services.rounds import Observation
from dijkring.organisations.models import Organisation, User
from dijkring.organisations.services import add_member

TIMES = 30
ROUND_FACTS = 40
TAKERS = 40
Tell = Callable[[str], None]


def run(world: World, tell: Tell) -> dict[str, Any]:
    """Measure everything and return the figures; milliseconds unless the name says otherwise."""
    found: dict[str, Any] = {"organisations": len(world.organisations), "facts": world.facts}
    found["full_recomputation_s"] = _full(world, tell)
    tell("one change")
    found |= _one_change(world)
    found |= _unchanged(world)
    tell("forty takers")
    found |= _forty_takers(world)
    tell("pages")
    found |= _pages(world)
    tell("lapses")
    found |= _sweep(world)
    found |= _volume(world)
    found["peak_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return found


def _timed(work: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


def _median(work: Callable[[int], Any], first: Callable[[int], Any] | None = None) -> float:
    """Return the median of some runs; what comes `first` each time is not counted."""
    found = []
    for number in range(TIMES):
        if first:
            first(number)
        found.append(_timed(partial(work, number)))
    return round(statistics.median(found), 3)


def _full(world: World, tell: Tell) -> float:
    begin = time.perf_counter()
    for number, organisation in enumerate(world.organisations):
        with transaction_for([organisation]):
            standings.recompute_all(organisation)
        if number % 100 == 0:
            tell(f"full recomputation: {number} of {len(world.organisations)}")
    return round(time.perf_counter() - begin, 2)


def _kinds(world: World) -> list[str]:
    # The kind that most leaves hang on comes first: that is the fact that changes.
    known = catalogue(clock.now())
    return sorted(world.kinds, key=lambda kind: -len(known.by_kind.get(kind, ())))


def _observations(world: World, first: str) -> list[Observation]:
    kinds, member = _kinds(world), world.member(0)
    subjects = [(kinds[n % len(kinds)], n // len(kinds)) for n in range(ROUND_FACTS)]
    found = [
        Observation(kind, f"{member}/192.0.2.{place}" if place else member, "pass", {"reason": "x"})
        for kind, place in subjects
    ]
    return [Observation(found[0].kind, found[0].subject, first, {"reason": "x"}), *found[1:]]


def _record(world: World, organisation: int, number: int, seen: list[Observation]) -> None:
    at = world.now + timedelta(seconds=number + 1)
    with transaction_for([organisation]):
        rounds.record(
            actor=system_actor(organisation),
            source="dijkring",
            member=world.member(0),
            observed_at=at,
            observations=seen,
        )


def _one_change(world: World) -> dict[str, float]:
    """Measure what one changed fact costs: its standings alone, and recorded with its action."""
    ours = world.organisations[0]
    seen = [_observations(world, state) for state in ("fail", "pass")]
    with clock.moved_to(world.now + timedelta(minutes=5)):
        _record(world, ours, 0, seen[1])
        recorded = _median(lambda n: _record(world, ours, n + 1, seen[n % 2]))
        kind = _kinds(world)[0]
        change = _median(lambda n: _standings(ours, kind), lambda n: _turn(world, n))
        peer = _median(lambda n: _everything(ours), lambda n: _turn(world, n))
    return {
        "one_new_fact_ms": change,
        "one_new_fact_recorded_with_its_action_ms": recorded,
        "peer_one_new_fact_ms": peer,
        "ratio_to_peer": round(peer / change, 1),
    }


def _turn(world: World, number: int) -> None:
    """Turn one fact behind the back of the standings."""
    state = "fail" if number % 2 == 0 else "pass"
    world.connection.execute(
        "UPDATE evidence_fact SET state = %s WHERE organisation_id = %s AND kind = %s "
        "AND subject = %s AND until IS NULL",
        [state, world.organisations[0], _kinds(world)[0], world.member(0)],
    )


def _standings(organisation: int, kind: str) -> None:
    with transaction_for([organisation]):
        standings.begin_change(organisation)
        standings.after_facts(organisation, [kind], clock.now())


def _everything(organisation: int) -> None:
    with transaction_for([organisation]):
        standings.recompute_all(organisation)


def _unchanged(world: World) -> dict[str, float]:
    ours = world.organisations[1]
    with clock.moved_to(world.now + timedelta(minutes=5)):
        seen = _observations(world, "pass")
        _record(world, ours, 0, seen)
        return {
            "unchanged_round_facts": ROUND_FACTS,
            "unchanged_round_ms": _median(lambda n: _record(world, ours, n + 1, seen)),
        }


def _forty_takers(world: World) -> dict[str, Any]:
    """Measure one judgement of a provider until all takers of its service have moved."""
    provider, *others = world.organisations[-TAKERS - 1 :]
    leaf = Requirement.objects.get(pk=world.leaves[-1])
    with transaction_for([provider]):
        service = _service(provider, leaf, others)
    for taker in others:
        with transaction_for([taker]):
            _take(taker, provider, service, leaf)
    begin = time.perf_counter()
    with transaction_for([provider]):
        _judge(provider, leaf, service)
        offers.on_scope_changed(organisation_id=provider, scope=service.pk)
    taken = round(time.perf_counter() - begin, 2)
    with transaction_for(others):
        moved = Standing.objects.filter(requirement=leaf, verdict="not_met").count()
    return {"takers_moved": moved, "provision_s": taken}


def _service(provider: int, leaf: Requirement, others: list[int]) -> Scope:
    actor = system_actor(provider)
    service = scopes.add(actor=actor, kind="service", name="Benchmark")
    offers.cover(actor=actor, service=service, requirements=[leaf])
    for taker in Organisation.objects.filter(pk__in=others):
        offers.publish_to(actor=actor, service=service, taker=taker)
    return service


def _take(taker: int, provider: int, service: Scope, leaf: Requirement) -> None:
    provisions.take(
        actor=system_actor(taker),
        provider=Organisation.objects.get(pk=provider),
        service=service.pk,
        service_name=service.name,
        requirements=[leaf],
        layers=["operation"],
        document="x",
    )


def _judge(provider: int, leaf: Requirement, scope: Scope) -> None:
    judgements.judge(
        actor=system_actor(provider),
        requirement=leaf,
        layer="operation",
        line="owner",
        verdict="not_met",
        reason="x",
        valid_until=None,
        scope=scope,
    )


def _pages(world: World) -> dict[str, Any]:
    organisation = Organisation.objects.get(pk=world.organisations[0])
    user = User.objects.create_user("benchmark@example.org", name="Benchmark")
    with transaction_for([organisation.pk]):
        add_member(organisation_id=organisation.pk, user=user, role="ciso")
    client = Client()
    client.force_login(user)
    address = f"/o/{organisation.slug}/standen/"
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    queries = len(captured)
    page = _median(lambda n: client.get(address))
    return {
        "standings_page_ms": page,
        "standings_page_queries": queries,
        "national_overview_ms": _median(lambda n: national("bio2")),
    }


def _sweep(world: World) -> dict[str, Any]:
    with clock.moved_to(world.now + timedelta(days=4)):
        due = tasks.due_organisations()
        begin = time.perf_counter()
        lapses = sum(tasks.lapse(part) for part in tasks.batches(due))
        return {"sweep_lapses": lapses, "sweep_s": round(time.perf_counter() - begin, 2)}


_SIZE = "SELECT pg_total_relation_size('evidence_fact') + pg_total_relation_size('evidence_round')"


def _volume(world: World) -> dict[str, Any]:
    """Measure one day of unchanged rounds over a part of the country: rows and bytes it adds."""
    part = world.organisations[2:22]
    world.connection.execute("VACUUM FULL evidence_round")
    before = world.connection.execute(f"SELECT count(*) FROM evidence_fact").fetchone()[0]  # type: ignore[index]  # noqa: F541
    size = world.connection.execute(_SIZE).fetchone()[0]  # type: ignore[index]
    with clock.moved_to(world.now + timedelta(minutes=5)):
        for organisation in part:
            _record(world, organisation, 0, _observations(world, "pass"))
    settled = world.connection.execute("SELECT count(*) FROM evidence_fact").fetchone()[0]  # type: ignore[index]
    size = world.connection.execute(_SIZE).fetchone()[0]  # type: ignore[index]
    with clock.moved_to(world.now + timedelta(days=1, minutes=5)):
        for organisation in part:
            _record(world, organisation, 86_400, _observations(world, "pass"))
    rows = world.connection.execute("SELECT count(*) FROM evidence_fact").fetchone()[0] - settled  # type: ignore[index]
    grown = world.connection.execute(_SIZE).fetchone()[0] - size  # type: ignore[index]
    return {
        "first_day_new_rows": settled - before,
        "daily_rows_per_domain": rows / len(part),
        "daily_bytes_per_domain": grown / len(part),
    }
