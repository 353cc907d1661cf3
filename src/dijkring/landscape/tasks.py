# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Looking at the landscape: soon after a change, and each day, since time alone changes it too."""

import logging

from procrastinate.contrib.django import app

from dijkring.core import clock
from dijkring.core.rows import fetch
from dijkring.core.tenancy import transaction_for
from dijkring.landscape.services import observing, watching

AT_MOST = 500

log = logging.getLogger(__name__)


@app.task(name=watching.LOOK)
def look(organisation_id: int) -> None:
    """Look at the landscape of one organisation."""
    with transaction_for([organisation_id]):
        observing.observe(organisation_id)


@app.periodic(cron="*/10 * * * *")
@app.task(name="landscape.look_each_day", queueing_lock="landscape.look_each_day")
def look_each_day(timestamp: int) -> None:
    """Look at every landscape that nobody looked at since yesterday."""
    query = "SELECT organisation_id FROM door_landscapes_due(%s, %s)"
    for (organisation_id,) in fetch(query, [clock.now() - watching.A_DAY, AT_MOST]):
        try:
            look(organisation_id)
        except Exception:
            # One organisation may not hold up the others.
            log.exception("the landscape of organisation %s was not looked at", organisation_id)
