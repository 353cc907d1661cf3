# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Jobs on the same PostgreSQL: queued inside the transaction, done in many short ones.

A function marked with `@job("room.verb")` is work that a person can follow. It gets a `Progress`
and the ids it was started with. It may be run twice (a killed worker's job is taken up again), so
what it records must be recorded once.
"""

from collections.abc import Callable
from typing import Any

import structlog
from django.db import models, transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from dijkring.core import clock, events
from dijkring.core.access import Actor, system_actor
from dijkring.core.errors import Refused
from dijkring.core.models import Job, Schedule
from dijkring.core.tenancy import acting_for

log = structlog.get_logger(__name__)
ENDED = "job.ended"
Work = Callable[..., str | None]
_work: dict[str, Work] = {}
_queues: dict[str, str] = {}


def job(kind: str, queue: str = "default") -> Callable[[Work], Work]:
    """Register a function as the work of a kind; it returns the address of its result, or None."""

    def register(function: Work) -> Work:
        _work[kind] = function
        _queues[kind] = queue
        return function

    return register


class Progress:
    """How far a job is; each step is a transaction of its own, so that it is seen."""

    def __init__(self, job_id: int, organisation_id: int) -> None:
        self.job_id = job_id
        self.organisation_id = organisation_id

    def step(self, done: int, total: int, message: str = "") -> None:
        """Show that `done` of `total` parts are ready."""
        self._write(done=done, total=total, message=message, state=Job.State.RUNNING)

    def end(self, state: str, message: str = "", result_url: str = "") -> None:
        """Close the job with its result; without a message the one of the last step stays."""
        said = {"message": message} if message else {}
        with transaction.atomic():
            self._write(state=state, result_url=result_url, ended_at=clock.now(), **said)
            events.publish(ENDED, organisation_id=self.organisation_id, job_id=self.job_id)

    def _write(self, **values: Any) -> None:
        with transaction.atomic(), acting_for([self.organisation_id]):
            Job.objects.filter(id=self.job_id).update(version=models.F("version") + 1, **values)


def start(*, actor: Actor, kind: str, title: str, **ids: int) -> Job:
    """Queue a job inside the running transaction; a rollback leaves no job."""
    job = Job.objects.create(
        organisation_id=actor.organisation_id,
        kind=kind,
        title=title,
        started_by_id=actor.user_id,
        created_at=clock.now(),
    )
    run.configure(queue=_queues[kind]).defer(
        job_id=job.id,
        organisation_id=actor.organisation_id,
        kind=kind,
        ids=dict[str, JSONValue](ids),
    )
    return job


@app.task(name="core.run", retry=False)
def run(*, job_id: int, organisation_id: int, kind: str, ids: dict[str, int]) -> None:
    """Do the work of one job and say how it ended."""
    perform(job_id=job_id, organisation_id=organisation_id, kind=kind, ids=ids)


def perform(*, job_id: int, organisation_id: int, kind: str, ids: dict[str, int]) -> None:
    """Do the work of one job in this process; a job that has ended already is left alone."""
    progress = Progress(job_id, organisation_id)
    with transaction.atomic(), acting_for([organisation_id]):
        if Job.objects.get(id=job_id).ended:
            return
    progress.step(0, 0)
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
        progress.end(Job.State.DONE, result_url=result_url or "")


def schedule(*, actor: Actor, kind: str, title: str, every_hours: int) -> Schedule:
    """Plan work that returns every so many hours, starting one period from now."""
    found, _created = Schedule.objects.update_or_create(
        organisation_id=actor.organisation_id,
        kind=kind,
        defaults={
            "title": title,
            "every_hours": every_hours,
            "next_at": _next(every_hours),
            "active": True,
        },
    )
    return found


def _next(every_hours: int) -> Any:
    from datetime import timedelta

    return clock.now() + timedelta(hours=every_hours)


def start_scheduled(organisation_id: int, schedule_id: int) -> bool:
    """Queue the work of one due schedule and move its date; False when another did it already."""
    with transaction.atomic(), acting_for([organisation_id]):
        due = Schedule.objects.select_for_update(skip_locked=True).filter(
            id=schedule_id, active=True, next_at__lte=clock.now()
        )
        for found in due:
            start(actor=system_actor(organisation_id), kind=found.kind, title=found.title)
            found.next_at = _next(found.every_hours)
            found.save(update_fields=["next_at"])
            return True
    return False
