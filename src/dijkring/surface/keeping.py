# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is kept by itself, such as the score of each organisation, and what is thrown away."""

import logging

from procrastinate.contrib.django import app

from dijkring.core import clock
from dijkring.core.rows import fetch
from dijkring.core.tenancy import transaction_for
from dijkring.surface.services import manners, scores

AT_MOST = 500

log = logging.getLogger(__name__)


@app.periodic(cron="*/10 * * * *")
@app.task(name="surface.keep_scores", queueing_lock="surface.keep_scores")
def keep_scores(timestamp: int) -> None:
    """Store the score of every organisation whose score is due."""
    for organisation_id in due():
        try:
            with transaction_for([organisation_id]):
                scores.keep(organisation_id)
        except Exception:
            # One organisation may not hold up the others.
            log.exception("the score of organisation %s was not kept", organisation_id)


@app.periodic(cron="25 * * * *")
@app.task(name="surface.forget_looks", queueing_lock="surface.forget_looks")
def forget_looks(timestamp: int) -> None:
    """Throw away observations that are too old to be shared."""
    manners.forget_looks()


def due() -> list[int]:
    """Return the organisations whose score of today lacks, or was overtaken by a measurement."""
    now = clock.now()
    today = clock.begin_of(clock.day_of(now))
    rows = fetch("SELECT organisation_id FROM door_scores_due(%s, %s, %s)", [now, today, AT_MOST])
    return [row[0] for row in rows]
