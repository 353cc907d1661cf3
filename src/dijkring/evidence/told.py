# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What people are told about standings: once a day, how many changed and which way."""

from datetime import datetime

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.evidence.models import StandingChange
from dijkring.notices import kinds
from dijkring.notices.daily import Draft
from dijkring.notices.daily import register as find_daily

KIND = "standing.changed"
RIGHT = "evidence.review"


def register() -> None:
    """Register the kind of notice of this room, and the look at it before the daily e-mail."""
    kinds.register(
        KIND, _("Standings"), _("Requirements with another standing since the last e-mail: %(n)s")
    )
    find_daily(daily)


def daily(actor: Actor, since: datetime) -> list[Draft]:
    """Tell who judges as CISO how many requirements have another standing."""
    if not actor.can(RIGHT):
        return []
    rows = StandingChange.objects.filter(
        organisation_id=actor.organisation_id, at__gt=since, at__lte=clock.now()
    )
    count = rows.aggregate(n=Count("requirement", distinct=True))["n"]
    day = clock.today()
    draft = Draft(KIND, {"n": count}, "evidence:standings", key=f"standings-{day}")
    return [draft] if count else []
