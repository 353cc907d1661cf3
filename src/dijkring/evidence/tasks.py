# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What evidence does by itself: carrying out lapses, every minute."""

from django.db import connection, transaction
from procrastinate.contrib.django import app

from dijkring.core import clock
from dijkring.core.tenancy import acting_for
from dijkring.evidence import kinds
from dijkring.evidence.services import follow_up, standings

AT_MOST = 20_000


@app.periodic(cron="* * * * *")
@app.task(name="evidence.sweep", queueing_lock="evidence.sweep")
def sweep(timestamp: int) -> None:
    """Carry out every lapse that is due."""
    for organisation_id in due_organisations():
        lapse(organisation_id)


def due_organisations() -> list[int]:
    """Return the organisations with a standing that is due."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT organisation_id FROM door_due_standings(%s, %s)", [clock.now(), AT_MOST]
        )
        return [row[0] for row in cursor.fetchall()]


def lapse(organisation_id: int) -> int:
    """Carry out the lapses of one organisation in a transaction of its own."""
    with transaction.atomic(), acting_for([organisation_id]):
        standings.lock(organisation_id)
        return standings.lapse(organisation_id)


@app.periodic(cron="7 * * * *")
@app.task(name="evidence.after_grace", queueing_lock="evidence.after_grace")
def after_grace(timestamp: int) -> None:
    """Open actions for what fails since longer than its grace, or beyond an accepted deviation."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT organisation_id FROM door_failing(%s)", [_ids()])
        organisations = [row[0] for row in cursor.fetchall()]
    for organisation_id in organisations:
        with transaction.atomic(), acting_for([organisation_id]):
            standings.lock(organisation_id)
            follow_up.follow(organisation_id)


def _ids() -> list[str]:
    return [kind.id for kind in kinds.all_kinds()]
