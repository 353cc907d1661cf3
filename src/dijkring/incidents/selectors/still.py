# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether what somebody was told matters still, when the mail about it could not go in time."""

from dijkring.incidents.models import Incident
from dijkring.incidents.selectors import clocks, watch
from dijkring.incidents.selectors.clocks import PARTS, Clock
from dijkring.notices.models import Notice


def key_of(one: Clock) -> str:
    """Return what the notices of all stages of one deadline have in common in their key."""
    return f"incident-{one.incident.pk}-{one.obligation.id}-{one.due:%Y%m%d%H%M}"[:110]


def runs(notice: Notice) -> bool:
    """Tell whether the deadline runs as it did, and the same person was told no later stage."""
    start, _sign, _stage = notice.key.rpartition("-")
    rows = Notice.objects.filter(organisation_id=notice.organisation_id, user_id=notice.user_id)
    if rows.filter(key__startswith=f"{start}-", pk__gt=notice.pk).exists():
        return False
    return any(key_of(one) == start for one in _running(notice))


def _running(notice: Notice) -> list[Clock]:
    rows = (
        Incident.objects.filter(pk=notice.url_args[0])
        .select_related("breach")
        .prefetch_related(*PARTS)
    )
    every = clocks.known(notice.organisation_id)
    return [one for row in rows for one in clocks.of_incident(row, every) if one.runs]


def waits_for_somebody(notice: Notice) -> bool:
    """Tell whether a new incident was not taken up by anybody yet."""
    rows = Incident.objects.filter(pk=notice.url_args[0])
    return rows.filter(state=Incident.State.REPORTED).exists()


def sleeps(_notice: Notice) -> bool:
    """Tell whether still nobody watches the deadlines."""
    return watch.last_look()[1]
