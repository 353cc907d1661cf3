# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from dijkring.core import clock, events, jobs, tasks
from dijkring.core.access import system_actor
from dijkring.core.errors import Refused
from dijkring.core.jobs import Progress
from dijkring.core.models import Job, Schedule
from dijkring.core.tenancy import transaction_for
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting, actor_of

DoJobs = Callable[[], int]
seen: list[tuple[int, int]] = []


@pytest.fixture(autouse=True)
def work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_work", dict(jobs._work))
    monkeypatch.setattr(jobs, "_queues", dict(jobs._queues))
    seen.clear()

    @jobs.job("proof.count")
    def count(progress: Progress, *, organisation_id: int, most: int = 1) -> str:
        for n in range(most):
            progress.step(n + 1, most, f"deel {n + 1}")
        seen.append((organisation_id, most))
        return "/klaar/"

    @jobs.job("proof.refuse")
    def refuse(progress: Progress, *, organisation_id: int) -> str | None:
        raise Refused("Er is geen domein om te meten.")

    @jobs.job("proof.break")
    def break_(progress: Progress, *, organisation_id: int) -> str | None:
        raise ZeroDivisionError


def started(acting: Acting, alice: User, kind: str, **ids: int) -> Job:
    with acting(alice) as actor:
        return jobs.start(actor=actor, kind=kind, title="Proef", **ids)


def as_it_is(acting: Acting, alice: User, job: Job) -> Job:
    with acting(alice):
        return Job.objects.get(pk=job.pk)


@pytest.mark.django_db(transaction=True)
def test_a_step_aside_is_seen_while_a_long_transaction_goes_on(acting: Acting, alice: User) -> None:
    job = started(acting, alice, "proof.count")
    with transaction.atomic():
        Progress(job.pk, job.organisation_id).step_aside(3, 10, "halverwege")
        transaction.set_rollback(True)
    job = as_it_is(acting, alice, job)
    assert (job.done, job.total, job.message) == (3, 10, "halverwege")


def test_a_job_shows_how_far_it_is_and_where_its_result_lies(
    acting: Acting, alice: User, do_jobs: DoJobs
) -> None:
    job = started(acting, alice, "proof.count", most=3)
    assert (job.state, job.started_by_id) == (Job.State.QUEUED, alice.pk)
    do_jobs()
    job = as_it_is(acting, alice, job)
    assert (job.state, job.done, job.total, job.message) == (Job.State.DONE, 3, 3, "deel 3")
    assert job.result_url == "/klaar/"
    assert job.ended
    assert job.ended_at is not None
    assert job.version == 5


def test_a_refusal_is_told_in_its_own_words(acting: Acting, alice: User, do_jobs: DoJobs) -> None:
    job = started(acting, alice, "proof.refuse")
    do_jobs()
    job = as_it_is(acting, alice, job)
    assert (job.state, job.message) == (Job.State.FAILED, "Er is geen domein om te meten.")


def test_a_broken_job_fails_without_its_insides(
    acting: Acting, alice: User, do_jobs: DoJobs
) -> None:
    job = started(acting, alice, "proof.break")
    with pytest.raises(ZeroDivisionError):
        do_jobs()
    job = as_it_is(acting, alice, job)
    assert job.state == Job.State.FAILED
    assert "ZeroDivision" not in job.message


def test_a_job_that_has_ended_is_not_done_again(
    acting: Acting, alice: User, do_jobs: DoJobs
) -> None:
    job = started(acting, alice, "proof.count", most=2)
    do_jobs()
    ids = {"job_id": job.pk, "organisation_id": job.organisation_id}
    jobs.perform(kind="proof.count", ids={"most": 2}, **ids)
    assert seen == [(job.organisation_id, 2)]


def test_a_rollback_leaves_no_job(acting: Acting, alice: User, do_jobs: DoJobs) -> None:
    def start_and_fail() -> None:
        with acting(alice) as actor:
            jobs.start(actor=actor, kind="proof.count", title="Proef")
            raise KeyError

    with pytest.raises(KeyError):
        start_and_fail()
    assert do_jobs() == 0
    assert seen == []


def test_work_returns_on_its_date_and_once(acting: Acting, alice: User, do_jobs: DoJobs) -> None:
    with acting(alice) as actor:
        jobs.schedule(actor=actor, kind="proof.count", title="Elke dag", every_hours=24)
    tasks.tick.func(timestamp=0)
    assert do_jobs() == 0
    with clock.moved_to(clock.now() + timedelta(hours=25)):
        tasks.tick.func(timestamp=0)
        tasks.tick.func(timestamp=0)
        do_jobs()
        assert seen == [(actor.organisation_id, 1)]
        with acting(alice):
            assert Schedule.objects.get().next_at > clock.now()


def test_an_event_reaches_its_subscriber_for_its_organisation_only(
    monkeypatch: pytest.MonkeyPatch, acting: Acting, alice: User, charlie: User, do_jobs: DoJobs
) -> None:
    monkeypatch.setattr(events, "_handlers", {})
    told: list[tuple[int, int, int]] = []

    def listen(*, organisation_id: int, thing: int) -> None:
        told.append((organisation_id, thing, Job.objects.count()))

    events.subscribe("proof.happened", listen)
    started(acting, charlie, "proof.refuse")
    with acting(alice) as actor:
        events.publish("proof.happened", organisation_id=actor.organisation_id, thing=5)
    do_jobs()
    assert told == [(actor_of(alice).organisation_id, 5, 0)]


@pytest.mark.django_db
def test_a_system_actor_holds_every_right() -> None:
    with transaction_for([1], system_actor(1)):
        system_actor(1).require("anything.at_all")
        assert system_actor(1).can("anything.at_all")
