# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two workers at the same moment: what both record is recorded once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from dijkring.actions.models import ActionLine
from dijkring.core import clock
from dijkring.evidence.models import Fact, Round, Standing, StandingChange
from dijkring.evidence.services import standings
from dijkring.evidence.tests.makers import DAY, START, count, judge, norm, see
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting

SITE = "www.dijkerveen.example"
WORKERS = 2


@pytest.mark.django_db(transaction=True)
def test_round_of_two_workers_is_recorded_once(acting: Acting, alice: User) -> None:
    with acting(alice) as actor, clock.moved_to(START):
        asked = norm(actor.organisation_id).tls
        count(actor, SITE)
        for layer in ("design", "existence"):
            judge(actor, asked, layer)
    together = Barrier(WORKERS)

    def measure() -> None:
        with acting(alice) as actor, clock.moved_to(START + DAY):
            together.wait()
            see(actor, SITE, "fail", text="Spreekt nog TLS 1.0")
        connection.close()

    run_together(measure)
    with acting(alice):
        assert [model.objects.count() for model in (Round, Fact, ActionLine)] == [1, 1, 1]
        assert Standing.objects.get(requirement=asked).verdict == "not_met"
        assert StandingChange.objects.filter(requirement=asked, verdict="not_met").count() == 1


@pytest.mark.django_db(transaction=True)
def test_lapse_of_two_workers_is_carried_out_once(acting: Acting, alice: User) -> None:
    with acting(alice) as actor, clock.moved_to(START):
        asked = norm(actor.organisation_id).judged
        judge(actor, asked, days=3)
    together = Barrier(WORKERS)

    def sweep() -> None:
        with acting(alice) as actor, clock.moved_to(START + 5 * DAY):
            together.wait()
            standings.begin_change(actor.organisation_id)
        connection.close()

    run_together(sweep)
    with acting(alice):
        found = StandingChange.objects.filter(requirement=asked).values_list("verdict", "at")
        assert list(found) == [("met", START), ("show_again", START + 3 * DAY)]


def run_together(work: Callable[[], None]) -> None:
    with ThreadPoolExecutor(WORKERS) as workers:
        for done in [workers.submit(work) for _ in range(WORKERS)]:
            done.result()
