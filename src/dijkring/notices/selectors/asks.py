# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was asked by link, as a list and on the page that it is about."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet

from dijkring.core import clock
from dijkring.notices.models import Ask, LinkUse


def asks(organisation_id: int) -> QuerySet[Ask]:
    """Return everything that was asked, the newest first."""
    return Ask.objects.filter(organisation_id=organisation_id).select_related("asked_by")


def with_state(rows: QuerySet[Ask], state: str, moment: datetime | None = None) -> QuerySet[Ask]:
    """Keep what stands in a state at a moment (now), as `Ask.state` has it."""
    now = moment or clock.now()
    ended = {
        Ask.State.SETTLED: Q(settled_at__isnull=False),
        Ask.State.ANSWERED: Q(settled_at=None, answered_at__isnull=False),
        Ask.State.WITHDRAWN: Q(answered_at=None, withdrawn_at__isnull=False),
        Ask.State.OPEN: Q(answered_at=None, withdrawn_at=None, expires_at__gt=now),
        Ask.State.EXPIRED: Q(answered_at=None, withdrawn_at=None, expires_at__lte=now),
    }
    return rows.filter(ended[Ask.State(state)]) if state in ended else rows


def on_page(organisation_id: int, subject: str, subject_id: int) -> list[Ask]:
    """Return what was asked about an object, the newest first; withdrawn asks are left out."""
    rows = asks(organisation_id).filter(subject=subject, subject_id=subject_id)
    return list(rows.exclude(withdrawn_at__isnull=False)[:50])


def answers_on(organisation_id: int, subject: str, subject_id: int) -> list[Ask]:
    """Return what was asked about an object and answered, the oldest answer first."""
    rows = asks(organisation_id).filter(subject=subject, subject_id=subject_id)
    return list(rows.filter(answered_at__isnull=False).order_by("answered_at")[:100])


def answered(organisation_id: int, purpose: str, ids: Collection[int]) -> dict[int, Ask]:
    """Return per object the last answer for a purpose that nobody has dealt with yet."""
    rows = Ask.objects.filter(
        organisation_id=organisation_id,
        purpose=purpose,
        object_id__in=ids,
        answered_at__isnull=False,
        settled_at=None,
    )
    return {row.object_id: row for row in rows.order_by("answered_at")}


def uses(ask: Ask) -> list[LinkUse]:
    """Return when the links of an ask were used, the last use first."""
    return list(ask.uses.all())
