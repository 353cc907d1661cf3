# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who is on call, when nobody is, and who hears first of an incident."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Role, rights_of
from dijkring.core.due import DueItem
from dijkring.incidents.models import Incident, Shift
from dijkring.incidents.models.incidents import HANDLE
from dijkring.organisations.models import Membership
from dijkring.organisations.services import colleagues

# How far ahead an empty place in the list is warned of.
AHEAD = timedelta(days=14)
Gap = tuple[datetime, datetime]


def candidates(organisation_id: int) -> list[Membership]:
    """Return who can be on call: colleagues who may handle incidents."""
    return colleagues(organisation_id, [role for role in Role if HANDLE in rights_of(role)])


def shifts(organisation_id: int) -> QuerySet[Shift]:
    """Return the shifts that run or come, of people who still have access."""
    present = Membership.objects.filter(organisation_id=organisation_id, until=None)
    rows = Shift.objects.filter(organisation_id=organisation_id, until__gt=clock.now())
    rows = rows.filter(user_id__in=present.values("user_id"))
    return rows.select_related("user", "taken_over__user").order_by("since", "rank", "id")


def on_call(organisation_id: int) -> list[int]:
    """Return who is on call now, in the order in which they are called."""
    return list(on_call_since(organisation_id))


def on_call_since(organisation_id: int) -> dict[int, datetime]:
    """Return who is on call now with since when, in the order in which they are called."""
    rows = shifts(organisation_id).filter(since__lte=clock.now()).order_by("rank", "since", "id")
    found: dict[int, datetime] = {}
    for user_id, since in rows.values_list("user_id", "since"):
        found.setdefault(user_id, since)
    return found


def turns(organisation_id: int) -> list[datetime]:
    """Return the moments ahead at which the list turns by itself: somebody begins or ends."""
    rows = shifts(organisation_id).values_list("since", "until")
    return [moment for pair in rows for moment in pair if moment > clock.now()]


def gaps(organisation_id: int, until: datetime | None = None) -> list[Gap]:
    """Return when nobody is on call, from now on; nothing where no list is kept at all."""
    if not Shift.objects.filter(organisation_id=organisation_id).exists():
        return []
    rows = shifts(organisation_id).values_list("since", "until")
    return list(_between(rows, clock.now(), until or clock.now() + AHEAD))


def _between(shifts: Iterable[Gap], at: datetime, until: datetime) -> Iterator[Gap]:
    """Return the stretches that no shift covers; the shifts come in the order of their begin."""
    for since, ends in shifts:
        if since > at and at < until:
            yield at, min(since, until)
        at = max(at, ends)
    if at < until:
        yield at, until


def due(organisation_id: int, until: datetime) -> list[DueItem]:
    """Return the first moment at which nobody will be on call, for the calendar."""
    ahead = min(until, clock.now() + AHEAD)
    return [
        DueItem(since, _("Nobody is on call from here on"), "incidents:oncall", (), "oncall")
        for since, _ends in gaps(organisation_id, ahead)[:1]
    ]


def handlers_of(incident: Incident) -> set[int]:
    """Return who hears first: who handles it, else who is on call first, else the CISO."""
    if incident.owner_id:
        return {incident.owner_id}
    first = on_call(incident.organisation_id)[:1]
    return set(first) or {one.user_id for one in colleagues(incident.organisation_id, [Role.CISO])}
