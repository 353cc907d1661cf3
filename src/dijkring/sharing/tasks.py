# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What sharing does by itself: taking up handovers, and ending copies when an agreement ends."""

import logging

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from dijkring.sharing.services import endings, handovers

log = logging.getLogger(__name__)


@app.task(name="sharing.take", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def take(*, handover_id: int, receiver_id: int) -> None:
    """Take up one handover for its receiver; the sender sees when that fails."""
    try:
        handovers.take(receiver_id=receiver_id, handover_id=handover_id)
    except Exception:
        handovers.note_failure(receiver_id=receiver_id, handover_id=handover_id)
        raise


@app.task(name="sharing.ended", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def ended(*, agreement_id: int, receiver_id: int) -> None:
    """End what was inherited under one agreement."""
    endings.carry_out(agreement_id=agreement_id, receiver_id=receiver_id)


@app.periodic(cron="* * * * *")
@app.task(name="sharing.sweep", queueing_lock="sharing.sweep")
def sweep(timestamp: int) -> None:
    """End what was inherited under agreements that are over by the clock."""
    for agreement_id, receiver_id in endings.over():
        try:
            endings.carry_out(agreement_id=agreement_id, receiver_id=receiver_id)
        except Exception:
            log.exception("the end of agreement %s was not carried out", agreement_id)
