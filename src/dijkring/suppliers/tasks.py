# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What this room does by itself: each day it looks at every register again."""

import logging

from procrastinate.contrib.django import app

from dijkring.core.rows import fetch
from dijkring.core.tenancy import transaction_for
from dijkring.suppliers.services import mailing, watching

log = logging.getLogger(__name__)


@app.periodic(cron="41 3 * * *")
@app.task(name="suppliers.daily", queueing_lock="suppliers.daily")
def daily(timestamp: int) -> None:
    """Compute the levels and record the facts of every register of suppliers."""
    for (organisation_id,) in fetch("SELECT * FROM door_supplier_keepers()"):
        try:
            look_again(organisation_id=organisation_id)
        except Exception:
            # One organisation may not hold up the others.
            log.exception("the suppliers of organisation %s were not looked at", organisation_id)


@app.task(name=mailing.TASK)
def mail_link(*, organisation_id: int, inquiry_id: int) -> None:
    """Mail the link of a questionnaire that somebody asked for."""
    mailing.mail_link(organisation_id=organisation_id, inquiry_id=inquiry_id)


def look_again(*, organisation_id: int) -> None:
    """Compute the levels and record the facts of one register."""
    with transaction_for([organisation_id]):
        watching.look(organisation_id)
        watching.reckon(organisation_id=organisation_id)
