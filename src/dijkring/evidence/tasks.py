# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What evidence does by itself: carrying out lapses, every minute."""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from django.db import connection
from procrastinate.contrib.django import app

from dijkring.core import clock
from dijkring.core.tenancy import acting_for, transaction_for
from dijkring.evidence import kinds
from dijkring.evidence.services import follow_up, lapses, offers, standings

AT_MOST = 20_000
TOGETHER = 50

log = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(name="evidence.sweep", queueing_lock="evidence.sweep")
def sweep(timestamp: int) -> None:
    """Carry out every lapse that is due."""
    for organisations in batches(due_organisations()):
        lapse(organisations)


@app.periodic(cron="* * * * *")
@app.task(name="evidence.offers_over", queueing_lock="evidence.offers_over")
def offers_over(timestamp: int) -> None:
    """End what providers have taken out of their services, from its day on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT organisation_id, offer FROM door_offers_over(%s, %s)", [clock.now(), AT_MOST]
        )
        found = defaultdict(list)
        for organisation_id, offer in cursor.fetchall():
            found[organisation_id].append(offer)
    for organisation_id, ids in found.items():
        with transaction_for([organisation_id]):
            offers.carry_out_ends(organisation_id, ids)


def due_organisations() -> list[int]:
    """Return the organisations with a standing that is due."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT organisation_id FROM door_due_standings(%s, %s)", [clock.now(), AT_MOST]
        )
        return [row[0] for row in cursor.fetchall()]


def batches(organisations: Sequence[int]) -> Iterator[Sequence[int]]:
    """Cut a list of organisations into parts that go together."""
    for start in range(0, len(organisations), TOGETHER):
        yield organisations[start : start + TOGETHER]


def lapse(organisations: Collection[int]) -> int:
    """Carry out the lapses of some organisations in one transaction; returns what changed.

    When that fails each gets a transaction of its own, so that one cannot hold up the others.
    """
    try:
        with transaction_for(organisations):
            return sum(
                _lapse_together(group) for group in standings.of_one_catalogue(organisations)
            )
    except Exception:
        if len(organisations) == 1:
            log.exception("the lapses of organisation %s were not carried out", *organisations)
            return 0
        return sum(lapse([organisation]) for organisation in organisations)


def _lapse_together(organisations: Collection[int]) -> int:
    with acting_for(organisations):
        standings.lock(organisations)
        return lapses.lapse(organisations)


@app.periodic(cron="7 * * * *")
@app.task(name="evidence.after_grace", queueing_lock="evidence.after_grace")
def after_grace(timestamp: int) -> None:
    """Open actions for what fails since longer than its grace, or beyond an accepted deviation."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT organisation_id FROM door_failing(%s)", [_ids()])
        organisations = [row[0] for row in cursor.fetchall()]
    for organisation_id in organisations:
        with transaction_for([organisation_id]):
            standings.lock([organisation_id])
            follow_up.follow(organisation_id)


def _ids() -> list[str]:
    return [kind.id for kind in kinds.all_kinds()]
