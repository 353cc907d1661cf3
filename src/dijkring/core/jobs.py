# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Jobs on the same PostgreSQL: queued inside the transaction, done in many short ones.

A function marked with `@job("room.verb")` is work that a person can follow. It gets a `Progress`
and the ids it was started with. It may be run twice (a killed worker's job is taken up again), so
what it records must be recorded once.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, Final

import structlog
from django.db import connection, models, transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from dijkring.core import clock, events
from dijkring.core.access import Actor, system_actor
from dijkring.core.errors import Refused
from dijkring.core.models import Job, Schedule
from dijkring.core.tenancy import transaction_for

log = structlog.get_logger(__name__)
ENDED = "job.ended"


class Later(Enum):
    """What work returns that goes on in parts: the last of them ends the job."""

    IN_PARTS = "in parts"


IN_PARTS: Final = Later.IN_PARTS
Work = Callable[..., str | Later | None]
_work: dict[str, Work] = {}
_queues: dict[str, tuple[str, int]] = {}


def job(kind: str, queue: str = "default", urgency: int = 0) -> Callable[[Work], Work]:
    """Register a function as the work of a kind; it returns the address of its result, or None.

    On one queue the work with the highest urgency goes first. Work that returns `IN_PARTS` has
    queued parts of itself with `start_part`.
    """

    def register(function: Work) -> Work:
        _work[kind] = function
        _queues[kind] = queue, urgency
        return function

    return register


class Progress:
    """How far a job is; each step is a transaction of its own, so that it is seen."""

    def __init__(self, job_id: int, organisation_id: int) -> None:
        self.job_id = job_id
        self.organisation_id = organisation_id

    def begin(self) -> None:
        """Show that the work is going on; what parts of it have counted stays."""
        self._write(state=Job.State.RUNNING)

    def step(self, done: int, total: int, message: str = "") -> None:
        """Show that `done` of `total` parts are ready."""
        self._write(done=done, total=total, message=message, state=Job.State.RUNNING)

    def step_aside(self, done: int, total: int, message: str = "") -> None:
        """Show it from within work that is one long transaction, over a connection of its own."""

        def write() -> None:
            try:
                self.step(done, total, message)
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as thread:
            thread.submit(write).result()

    def end(self, state: str, message: str = "", result_url: str = "") -> None:
        """Close the job with its result; without a message the one of the last step stays."""
        said = {"message": message} if message else {}
        with transaction.atomic():
            self._write(state=state, result_url=result_url, ended_at=clock.now(), **said)
            events.publish(ENDED, organisation_id=self.organisation_id, job_id=self.job_id)

    def _write(self, **values: Any) -> None:
        with transaction_for([self.organisation_id]):
            # A worker that was thought dead does not open again what another has ended.
            still = Job.objects.filter(id=self.job_id, ended_at=None)
            still.update(version=models.F("version") + 1, **values)


def start(*, actor: Actor, kind: str, title: str, urgency: int | None = None, **ids: int) -> Job:
    """Queue a job inside the running transaction; a rollback leaves no job.

    `urgency` instead of that of its kind.
    """
    job = Job.objects.create(
        organisation_id=actor.organisation_id,
        kind=kind,
        title=title,
        started_by_id=actor.user_id,
        created_at=clock.now(),
    )
    start_part(job.pk, actor.organisation_id, kind, urgency, timedelta(0), **ids)
    return job


def start_part(
    job_id: int,
    organisation_id: int,
    kind: str,
    urgency: int | None = None,
    wait: timedelta = timedelta(0),
    **ids: int,
) -> None:
    """Queue work of a kind under a job that is there already, inside the running transaction.

    It begins no sooner than after `wait`.
    """
    queue, usual = _queues[kind]
    at = clock.now() + wait if wait else None
    run.configure(
        queue=queue, priority=usual if urgency is None else urgency, schedule_at=at
    ).defer(
        job_id=job_id,
        organisation_id=organisation_id,
        kind=kind,
        ids=dict[str, JSONValue](ids),
    )


_MORE_URGENT = """
SELECT EXISTS (SELECT FROM procrastinate_jobs
  WHERE status = 'todo' AND priority > %s AND queue_name = %s
    AND (scheduled_at IS NULL OR scheduled_at <= now()))
"""


def more_urgent_waits(kind: str, urgency: int) -> bool:
    """Tell whether work that is more urgent waits on the queue of a kind."""
    with connection.cursor() as cursor:
        cursor.execute(_MORE_URGENT, [urgency, _queues[kind][0]])
        return bool(cursor.fetchone()[0])


@app.task(name="core.run", retry=False)
def run(*, job_id: int, organisation_id: int, kind: str, ids: dict[str, int]) -> None:
    """Do the work of one job and say how it ended."""
    perform(job_id=job_id, organisation_id=organisation_id, kind=kind, ids=ids)


def perform(*, job_id: int, organisation_id: int, kind: str, ids: dict[str, int]) -> None:
    """Do the work of one job in this process; a job that has ended already is left alone."""
    progress = Progress(job_id, organisation_id)
    with transaction_for([organisation_id]):
        if Job.objects.get(id=job_id).ended:
            return
    progress.begin()
    try:
        result_url = _work[kind](progress, organisation_id=organisation_id, **ids)
    except Refused as refused:
        progress.end(Job.State.FAILED, refused.message)
    except Exception:
        log.exception("job failed", kind=kind, job=job_id)
        progress.end(
            Job.State.FAILED, _("This did not work. The cause is in the log of the server.")
        )
        raise
    else:
        if result_url is not IN_PARTS:
            progress.end(Job.State.DONE, result_url=result_url or "")


def schedule(
    *,
    actor: Actor,
    kind: str,
    title: str,
    every_hours: int,
    first: datetime | None = None,
    active: bool = True,
) -> Schedule:
    """Plan work that returns every so many hours, from `first` on or one period from now.

    What is not active waits until it is planned again.
    """
    found, _created = Schedule.objects.update_or_create(
        organisation_id=actor.organisation_id,
        kind=kind,
        defaults={
            "title": title,
            "every_hours": every_hours,
            "next_at": first or clock.now() + timedelta(hours=every_hours),
            "active": active,
        },
    )
    return found


def _after(next_at: datetime, every_hours: int) -> datetime:
    """Return the first return that lies ahead: the hour stays what it was, also after a pause."""
    period = timedelta(hours=every_hours)
    missed = (clock.now() - next_at) // period
    return next_at + (missed + 1) * period


def start_scheduled(organisation_id: int, schedule_id: int) -> bool:
    """Queue the work of one due schedule and move its date; False when another did it already."""
    with transaction_for([organisation_id]):
        due = Schedule.objects.select_for_update(skip_locked=True).filter(
            id=schedule_id, active=True, next_at__lte=clock.now()
        )
        for found in due:
            start(actor=system_actor(organisation_id), kind=found.kind, title=found.title)
            found.next_at = _after(found.next_at, found.every_hours)
            found.save(update_fields=["next_at"])
            return True
    return False
