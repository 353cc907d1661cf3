# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rounds in batches over any number of workers, and politeness between all of them."""

import asyncio
import os
import time
from collections.abc import Generator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from dijkring.benchmarks import names as naming
from dijkring.benchmarks.rounds import Kill
from dijkring.core import audit, clock, jobs, tasks
from dijkring.core.models import Job, Schedule
from dijkring.evidence.models import Fact, FailedAttempt, Round
from dijkring.lab.threads import ThreadedLab
from dijkring.organisations.models import User
from dijkring.surface import probing
from dijkring.surface import tasks as tasks_
from dijkring.surface.engine import Options
from dijkring.surface.models import Batch, SharedLook
from dijkring.surface.services import batches, measuring, optouts, schedules
from dijkring.surface.services.manners import SharedManners, forget_looks
from dijkring.surface.spreading import next_turn, place
from dijkring.surface.tests.conftest import NAME, measure, stated
from dijkring.surface.visits import PoliteDialer
from dijkring.tests.harness.database import Clone
from dijkring.tests.harness.people import Acting
from dijkring.tests.harness.work import DoJobs

DAY, TLS = timedelta(days=1), "web-tls.tls_version"
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


# --- when -----------------------------------------------------------------------------------------


def test_turns_are_spread_evenly_and_stay_what_they_are() -> None:
    hours = [place(number, DAY) // timedelta(hours=1) for number in range(1, 743)]
    assert set(hours) == set(range(24))
    assert max(map(hours.count, range(24))) <= 742 / 24 + 2
    for number in (1, 7, 300):
        first = next_turn(number, DAY, AT)
        assert AT < first <= AT + DAY
        assert next_turn(number, DAY, first) == first + DAY
        assert next_turn(number, DAY, first - timedelta(minutes=1)) == first


def test_an_organisation_chooses_how_often(acting: Acting, alice: User, do_jobs: DoJobs) -> None:
    with acting(alice) as actor:
        stated(actor)
        daily = Schedule.objects.get()
        assert schedules.frequency(daily) == "daily"
        weekly = schedules.choose(actor=actor, every="weekly")
        assert weekly.next_at - clock.now() <= 7 * DAY
        schedules.choose(actor=actor, every="demand")
    with clock.moved_to(weekly.next_at + 8 * DAY):
        tasks.tick.func(timestamp=0)
        assert do_jobs() == 0
        with acting(alice) as actor:
            daily = schedules.choose(actor=actor, every="daily")
    # A worker that was off for days does not move the hour.
    with clock.moved_to(daily.next_at + 3.5 * DAY):
        tasks.tick.func(timestamp=0)
        with acting(alice):
            assert Schedule.objects.get().next_at == daily.next_at + 4 * DAY
            assert Job.objects.get().kind == measuring.ALL
            # Who chose stands in the audit trail; that the tick moved the moment does not.
            chosen = audit.timeline(daily)
            assert [(one.what, one.who) for one in chosen[:-1]] == [("update", alice.name)] * 3
            assert chosen[1].changes == {"every_hours": (168, 24), "active": (True, False)}


# --- batches --------------------------------------------------------------------------------------


Given = Generator[list[probing.Measured], None, None]


class OneByOne(probing.Measuring):
    """Gives one name after the other, as a slow internet would."""

    def measured(self, names: Sequence[str]) -> Given:
        for name in names:
            if not self._desk.enough.is_set():
                yield [probing.Measured(name, list(optouts.results(name)))]


@pytest.mark.django_db(transaction=True)
def test_what_somebody_waits_for_goes_before_a_round_that_is_going_on(
    acting: Acting,
    alice: User,
    do_jobs: DoJobs,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = ["dijkerveen.example", "waterhoek.example", "lagepolder.example"]
    with acting(alice) as actor:
        rows = [stated(actor, name, carries_mail=False) for name in names]
    monkeypatch.setattr(probing, "Measuring", OneByOne)
    with acting(alice) as actor:
        planned = jobs.start(actor=actor, kind=measuring.ALL, title="Planned")
        Job.objects.filter(pk=planned.pk).update(started_by=None)
        asked = measuring.measure_now(actor=actor, domain=rows[-1])
    run = {"organisation_id": planned.organisation_id, "kind": planned.kind, "ids": {}}
    jobs.perform(job_id=planned.pk, **run)  # type: ignore[arg-type]
    with acting(alice):
        half = Job.objects.get(pk=planned.pk)
        assert (half.state, half.total) == ("running", 3)
        assert 0 < half.done < 3
    do_jobs()
    with acting(alice):
        states = dict(Job.objects.values_list("pk", "state"))
        assert states == {planned.pk: "done", asked.pk: "done"}
        assert Job.objects.get(pk=planned.pk).done == 3
        assert not Batch.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_batch_that_nobody_has_any_more_is_taken_up_again(
    acting: Acting, alice: User, do_jobs: DoJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probing, "Measuring", OneByOne)
    with acting(alice) as actor:
        stated(actor)
        job = measuring.measure_now(actor=actor)
    progress = jobs.Progress(job.pk, job.organisation_id)
    batch = batches.cut(progress)
    assert batch is not None
    batches.take(progress, batch.pk)
    # The first worker hangs, and is thought dead. The second takes over, but the first wakes up
    # and ends what it takes for its own line in the queue; then the second is killed.
    second = batches.take(progress, batch.pk)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
        cursor.execute(
            "SELECT procrastinate_finish_job_v1(id, 'succeeded', true) FROM procrastinate_jobs"
        )
    tasks_.look_after.func(timestamp=0)
    assert do_jobs() == 0, "who took over may be well"
    later = clock.now() + batches.SILENT
    with clock.moved_to(later):
        batches.show_life(progress, second)
        tasks_.look_after.func(timestamp=0)
        assert do_jobs() == 0, "it shows that it lives"
    with clock.moved_to(later + batches.SILENT):
        for _minute in range(2):
            tasks_.look_after.func(timestamp=0)
        assert do_jobs() >= 1
        tasks_.look_after.func(timestamp=0)
        assert do_jobs() == 0
    with acting(alice):
        ended = Job.objects.get(pk=job.pk)
        assert (ended.state, ended.done, ended.total) == ("done", 1, 1)
        assert Round.objects.get().times == 1


@pytest.mark.django_db(transaction=True)
def test_a_fault_of_ours_costs_one_name_and_not_the_round(
    acting: Acting, alice: User, do_jobs: DoJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["dijkerveen.example", "waterhoek.example", "lagepolder.example"]
    with acting(alice) as actor:
        for name in names:
            stated(actor, name, carries_mail=False)
        job = measuring.measure_now(actor=actor)
    record, bad = measuring.record, set(names[:1])

    def breaks(*, seen: measuring.Seen, **values: Any) -> Any:
        if bad.intersection(seen):
            raise ZeroDivisionError
        return record(seen=seen, **values)

    monkeypatch.setattr(measuring, "record", breaks)
    monkeypatch.setattr(probing, "Measuring", AllAtOnce)
    do_jobs()
    with acting(alice):
        assert Job.objects.get(pk=job.pk).state == "running"
        assert Batch.objects.get().done == 0
    _begin_what_waits()
    do_jobs()
    with acting(alice):
        ended = Job.objects.get(pk=job.pk)
        assert (ended.state, ended.done, ended.total) == ("done", 3, 3)
        assert set(Round.objects.values_list("scope", flat=True)) == set(names[1:])


@pytest.mark.django_db(transaction=True)
def test_a_batch_that_fails_again_and_again_is_left_with_the_reason(
    acting: Acting, alice: User, do_jobs: DoJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    with acting(alice) as actor:
        stated(actor)
        job = measuring.measure_now(actor=actor)

    def breaks(*values: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(probing, "Measuring", breaks)
    for _try in range(batches.MOST_TRIES + 2):
        do_jobs()
        _begin_what_waits()
    with acting(alice):
        ended = Job.objects.get(pk=job.pk)
        assert (ended.state, ended.done, ended.total) == ("done", 1, 1)
        assert "1 kon niet worden gemeten. Dijkring zelf ging in de fout" in ended.message
        assert {one.detail["reason"] for one in Fact.objects.filter(until=None)[:5]} == {
            "internal_error"
        }
        assert not Batch.objects.exists()


class AllAtOnce(OneByOne):
    """Gives all names together."""

    def measured(self, names: Sequence[str]) -> Given:
        yield [probing.Measured(name, list(optouts.results(name))) for name in names]


def _begin_what_waits() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL")


def test_what_has_begun_is_waited_for_no_longer_than_a_while_when_more_urgent_work_comes(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def look(run: Any, name: str, known: Any) -> probing.Measured:
        await asyncio.sleep(60 * name.startswith("slow"))
        return probing.Measured(name)

    monkeypatch.setattr(probing, "_look", look)
    monkeypatch.setattr(probing, "LOOK_AROUND", 0.05)
    monkeypatch.setattr(probing, "LAST_WAIT", 0.2)
    manners = SharedManners(anew=False)
    going_on, given, began = probing.Measuring(Options(), manners), [], time.monotonic()
    for found in going_on.measured(["quick.example", "slow.example"]):
        given += [one.name for one in found]
        if given and not found:
            going_on.enough()
    assert given == ["quick.example"]
    assert time.monotonic() - began < 5


@pytest.mark.django_db(transaction=True)
def test_who_was_thought_dead_records_no_more(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        stated(actor)
        job = measuring.measure_now(actor=actor)
    progress = jobs.Progress(job.pk, job.organisation_id)
    batch = batches.cut(progress)
    assert batch is not None
    first, second = batches.take(progress, batch.pk), batches.take(progress, batch.pk)
    with acting(alice):
        batches.hold(second)
        with pytest.raises(batches.Lost):
            batches.hold(first)
        assert batches.finish(progress, second).open == 0
    progress.end("done")
    progress.step(0, 1)
    with acting(alice):
        assert Job.objects.get(pk=job.pk).state == "done"


@pytest.mark.django_db(transaction=True)
def test_two_workers_of_which_one_is_killed_lose_and_double_nothing(
    practice: ThreadedLab, clone: Clone, acting: Acting, alice: User, charlie: User
) -> None:
    names = [(name.name, False) for name in practice.lab.scenario.names.values()][:12]
    organisations = []
    for user in (alice, charlie):
        with acting(user) as actor:
            organisations.append(actor.organisation_id)
    settings = {"DATABASE_URL": clone.app_url, "SURFACE_BATCH": "4", "SECRET_KEY": "x" * 50}
    settings |= {name: value for name, value in os.environ.items() if name not in settings}
    with psycopg.connect(clone.owner_url, autocommit=True) as owner:

        def forget(worker: int) -> None:
            owner.execute(
                "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '5 minutes' "
                "WHERE id = %s",
                [worker],
            )
            # It may stand in line by itself already, for it ticks every minute.
            with suppress(AlreadyEnqueued):
                app.tasks["core.take_up_again"].defer(timestamp=0)

        naming.register(owner, {one: names for one in organisations}, clock.now() - DAY)
        found = Kill(owner, settings, lambda words: None).carry_out(organisations, forget)
    assert found["rounds"] == found["names"] == 2 * len(names)
    wrong = ("lost", "doubled_rounds", "doubled_facts", "jobs_not_whole", "batches_left")
    assert [found[name] for name in wrong] == [0] * len(wrong)


# --- politely -------------------------------------------------------------------------------------


def test_an_address_is_for_one_worker_at_a_time_and_left_alone_when_it_turns_us_away(
    db: None,
) -> None:
    one, other = SharedManners(anew=False), SharedManners(anew=False)
    assert one.take("192.0.2.1").ours
    assert not other.take("192.0.2.1").ours
    assert other.take("192.0.2.2").ours
    other.give_back("192.0.2.1")
    assert not other.take("192.0.2.1").ours
    one.give_back("192.0.2.1")
    assert other.take("192.0.2.1").ours
    with connection.cursor() as cursor:
        cursor.execute("UPDATE surface_turn SET taken_until = now() - interval '1 second'")
    assert one.take("192.0.2.1").ours, "the turn of a worker that is gone ends by itself"
    other.give_all_back(one.by)
    assert other.take("192.0.2.1").ours, "who takes over the work ends its turns at once"
    other.give_back("192.0.2.1")
    waits = []
    for hours in (0, 1, 2, 200):
        with clock.moved_to(AT + timedelta(hours=hours)):
            one.turned_away(["192.0.2.1", "192.0.2.9"])
            turn = other.take("192.0.2.1")
            assert turn.wait_until is not None
            assert not turn.ours
            waits.append(turn.wait_until - clock.now())
    minutes = [wait // timedelta(minutes=1) for wait in waits]
    assert minutes == [15, 30, 60, 15]
    with clock.moved_to(AT + timedelta(days=30)):
        assert one.take("192.0.2.1").ours


def test_what_one_round_saw_is_used_by_the_next_but_not_by_who_presses_the_button(
    db: None,
) -> None:
    planned, by_hand = SharedManners(anew=False), SharedManners(anew=True)
    by_hand.keep({"mx a 192.0.2.1": {"host": "a"}}, whole=True)
    planned.keep({"zone b": {"ns": []}}, whole=False)
    keys = ["mx a 192.0.2.1", "zone b", "zone c"]
    assert planned.known(keys) == {"mx a 192.0.2.1": {"host": "a"}, "zone b": {"ns": []}}
    assert by_hand.known(keys) == {}
    with clock.moved_to(clock.now() + timedelta(hours=2)):
        assert set(planned.known(keys)) == {"mx a 192.0.2.1"}
    with clock.moved_to(clock.now() + timedelta(hours=13)):
        assert planned.known(keys) == {}
        forget_looks()
        assert set(map(str, SharedLook.objects.values_list("seen", flat=True))) == {"{}"}


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the connections that are made, by port."""
    found: list[int] = []
    plain = PoliteDialer.connect

    def counted(self: PoliteDialer, address: str, port: int) -> Any:
        found.append(port)
        return plain(self, address, port)

    monkeypatch.setattr(PoliteDialer, "connect", counted)
    return found


def planned(acting: Acting, user: User, do_jobs: DoJobs) -> None:
    """Carry out the planned round of the organisation of a user."""
    with acting(user) as actor:
        job = jobs.start(actor=actor, kind=measuring.ALL, title="Planned")
        Job.objects.filter(pk=job.pk).update(started_by=None)
    do_jobs()


@pytest.mark.django_db(transaction=True)
def test_rounds_of_two_organisations_visit_a_mail_server_and_a_zone_once(
    practice: ThreadedLab,
    acting: Acting,
    alice: User,
    charlie: User,
    do_jobs: DoJobs,
    opened: list[int],
) -> None:
    visits = []
    for user, name in ((alice, "lagepolder.example"), (charlie, "lagepolder.example")):
        with acting(user) as actor:
            stated(actor, name, carries_mail=True)
        planned(acting, user, do_jobs)
        visits.append((opened.count(25), opened.count(443)))
        opened.clear()
    # What was seen before the second had proven its authority is not for it, but the mail server
    # and the zone are everybody's.
    assert min(visits[0]) > 2
    assert visits[1][0] == 0
    assert visits[1][1] > 2


SHOWN = ("kind", "subject", "state", "detail", "since", "round__observed_at")


@pytest.mark.django_db(transaction=True)
def test_a_name_of_two_organisations_is_measured_once_and_each_gets_its_facts(
    practice: ThreadedLab,
    acting: Acting,
    alice: User,
    charlie: User,
    do_jobs: DoJobs,
    opened: list[int],
) -> None:
    for user in (alice, charlie):
        with acting(user) as actor:
            stated(actor, "lagepolder.example", carries_mail=True)
    with acting(alice) as actor:
        stated(actor, "waterhoek.example")
    facts, visits = {}, []
    for user in (alice, charlie):
        planned(acting, user, do_jobs)
        visits.append({port: opened.count(port) for port in (25, 80, 443)})
        opened.clear()
        with acting(user):
            rows = Fact.objects.filter(member="lagepolder.example", until=None)
            rows = rows.exclude(kind="surface.web-extra.ports")
            facts[user.pk] = sorted(rows.values_list(*SHOWN), key=str)
    assert min(visits[0].values()) > 2
    assert visits[1] == {25: 0, 80: 0, 443: 0}
    assert facts[alice.pk] == facts[charlie.pk]
    assert len(facts[alice.pk]) > 70
    # What only one has, is kept for nobody; of what both have it is not kept who asked.
    looked = SharedLook.objects.filter(seen__seen__has_key="measured_at")
    assert [one.seen["seen"]["domain"] for one in looked] == ["lagepolder.example"]
    first = looked.get()
    assert set(first.seen) == {"seen", "whole"}
    assert first.seen["seen"]["knocked"] is None
    # The button measures anew, for the others as well.
    measure(acting, charlie, do_jobs)
    assert opened.count(443) > 2
    assert looked.get().seen_at > first.seen_at
    opened.clear()
    planned(acting, charlie, do_jobs)
    assert opened.count(443) > 2, "its own last look is no news"
    planned(acting, alice, do_jobs)
    moments = []
    for user in (alice, charlie):
        with acting(user):
            moments.append(Round.objects.get(scope="lagepolder.example").observed_at)
    # The look rests on a mail server that was seen before: it is as old as that.
    assert moments[0] == looked.get().seen_at <= moments[1]


@pytest.mark.django_db(transaction=True)
def test_who_wants_none_is_not_measured_with_the_reason(
    practice: ThreadedLab, clone: Clone, acting: Acting, alice: User, do_jobs: DoJobs
) -> None:
    with acting(alice) as actor:
        stated(actor)
    with acting(alice), pytest.raises(CommandError, match="owner of the tables"):
        call_command("never_measure", "add", NAME, "asked by letter")
    measure(acting, alice, do_jobs)
    add = "INSERT INTO surface_optout (target, reason, since) VALUES (%s, 'by letter', now())"
    with psycopg.connect(clone.owner_url, autocommit=True) as owner:
        for target in (NAME, "192.0.2.0/24"):
            owner.execute("TRUNCATE surface_optout")
            owner.execute(add, [target])
            _measured_nothing(acting, alice, do_jobs, f"surface.{TLS}")


def _measured_nothing(acting: Acting, user: User, do_jobs: DoJobs, kind: str) -> None:
    with acting(user):
        before = set(Fact.objects.filter(kind=kind).values_list("subject", "state", "since"))
        FailedAttempt.objects.all().delete()
    assert measure(acting, user, do_jobs).state == "done"
    with acting(user):
        facts = Fact.objects.filter(kind=kind)
        assert set(facts.values_list("subject", "state", "since")) == before
        tried = FailedAttempt.objects.filter(kind=kind, reason="opted_out", subject__contains="192")
        assert tried.count() == 1


def test_the_list_of_who_wants_none_takes_names_and_networks() -> None:
    manners = SharedManners.__new__(SharedManners)
    manners.names = ["hoster.example"]
    cases = {"hoster.example": True, "www.hoster.example": True, "myhoster.example": False}
    assert {name: manners.is_never(name) for name in cases} == cases
