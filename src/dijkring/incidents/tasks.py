# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What this room does by itself: watch the deadlines, and record its facts once a day."""

import logging
from collections.abc import Callable
from functools import partial

from django.db import transaction
from procrastinate.contrib.django import app

from dijkring.core import clock
from dijkring.core.rows import fetch
from dijkring.core.tenancy import transaction_for
from dijkring.incidents.selectors.watch import slept_since
from dijkring.incidents.services import planning, recording, watching, webhooks

log = logging.getLogger(__name__)
# What keeps the law's clock does not wait behind long work.
URGENT = 90


@app.periodic(cron="*/5 * * * *")
@app.task(name="incidents.watch", queueing_lock="incidents.watch", priority=URGENT)
def watch(timestamp: int) -> None:
    """Remind people of the deadlines of every organisation, and note that this was done.

    After too long a sleep it says so first.
    """
    if slept := slept_since():
        for organisation_id, open_still in fetch("SELECT * FROM door_incident_keepers()"):
            if open_still:
                _each(partial(watching.tell_slept, since=slept), organisation_id)
    for (organisation_id,) in fetch("SELECT * FROM door_watch_due(%s)", [clock.now()]):
        _each(planning.look, organisation_id)
    with transaction.atomic():
        watching.has_run()
    for organisation_id, delivery_id in webhooks.due():
        deliver.defer(organisation_id=organisation_id, delivery_id=delivery_id)


@app.task(name="incidents.deliver", priority=URGENT)
def deliver(*, organisation_id: int, delivery_id: int) -> None:
    """Send one message to a webhook, if it is due."""
    webhooks.send(organisation_id=organisation_id, delivery_id=delivery_id)


@app.periodic(cron="53 3 * * *")
@app.task(name="incidents.daily", queueing_lock="incidents.daily")
def daily(timestamp: int) -> None:
    """Record the facts of every register of incidents."""
    for organisation_id, _open_still in fetch("SELECT * FROM door_incident_keepers()"):
        _each(recording.look, organisation_id)


def _each(work: Callable[..., object], organisation_id: int) -> None:
    """Do the work of one organisation; its fault may not hold up the others."""
    try:
        with transaction_for([organisation_id]):
            work(organisation_id=organisation_id)
    except Exception:
        log.exception("the incidents of organisation %s were not looked at", organisation_id)
