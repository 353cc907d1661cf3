# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What ticks every minute: due schedules, and jobs whose worker was killed."""

from django.db import connection
from procrastinate import JobContext
from procrastinate.contrib.django import app

from dijkring.core import clock, jobs
from dijkring.core import events as events  # its task must be known to the worker

AT_MOST = 500
STALLED_AFTER = 60
# What keeps the clock may not wait behind the work that it starts.
FIRST = 100


@app.periodic(cron="* * * * *")
@app.task(name="core.tick", queueing_lock="core.tick", priority=FIRST, pass_context=False)
def tick(timestamp: int) -> None:
    """Start the work that is due; the dates live in the due-table, not in the tick."""
    for organisation_id, schedule_id in due_schedules():
        jobs.start_scheduled(organisation_id, schedule_id)


def due_schedules() -> list[tuple[int, int]]:
    """Return (organisation, schedule) of everything that is due now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT organisation_id, id FROM door_due_schedules(%s, %s)", [clock.now(), AT_MOST]
        )
        return list(cursor.fetchall())


@app.periodic(cron="* * * * *")
@app.task(
    name="core.take_up_again",
    queueing_lock="core.take_up_again",
    priority=FIRST,
    pass_context=True,
)
async def take_up_again(context: JobContext, timestamp: int) -> None:
    """Queue the jobs of workers that are gone once more."""
    manager = context.app.job_manager
    for stalled in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
        await manager.retry_job(stalled)
