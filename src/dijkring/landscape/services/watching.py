# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tells, in the transaction of a change, that the landscape is to be looked at again."""

from datetime import timedelta

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from dijkring.core import events

CHANGED = "landscape.changed"
LOOK = "landscape.look"
A_DAY = timedelta(hours=24)


def changed(organisation_id: int) -> None:
    """Let what is recorded about the landscape be looked at again, soon; once for many changes."""
    events.publish(CHANGED, organisation_id=organisation_id)
    try:
        with transaction.atomic():
            look = app.configure_task(LOOK, queueing_lock=f"{LOOK}.{organisation_id}")
            look.defer(organisation_id=organisation_id)
    except AlreadyEnqueued:
        return
