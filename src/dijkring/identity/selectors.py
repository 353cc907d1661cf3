# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who can log in how, for the administrator; and the ways in, for everybody."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dijkring.core.due import DueItem
from dijkring.identity.models import (
    BreakGlass,
    BreakGlassUse,
    EmergencyAccess,
    EmergencyUse,
    Identity,
)
from dijkring.organisations.models import Membership

REVIEW_WITHIN = timedelta(days=7)
TEST_WITHIN = timedelta(days=366)
SET_UP_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Way:
    """An organisation into which one can log in other than with Dijkring's own login."""

    organisation_id: int
    slug: str
    name: str
    provider: bool
    break_glass: bool
    emergency: bool


def ways(slug: str = "") -> list[Way]:
    """Return the organisations with a provider in use, or one organisation with any other way."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT organisation_id, slug, name, provider, break_glass, emergency "
            "FROM door_login_ways(%s)",
            [slug],
        )
        return [Way(*row) for row in cursor.fetchall()]


def members(organisation_id: int) -> QuerySet[Membership]:
    """Return which people have access now, by name; envelopes are no people."""
    envelopes = BreakGlass.objects.filter(organisation_id=organisation_id).values("user_id")
    rows = Membership.objects.filter(organisation_id=organisation_id, until=None)
    rows = rows.exclude(user_id__in=envelopes)
    return rows.select_related("user").order_by("user__name", "id")


def identities(organisation_id: int) -> list[Identity]:
    """Return which logins of the provider belong to which accounts."""
    rows = Identity.objects.filter(organisation_id=organisation_id).select_related("user")
    return list(rows.order_by("user__name", "id"))


def accounts(organisation_id: int) -> list[BreakGlass]:
    """Return the break-glass accounts that were not withdrawn."""
    rows = BreakGlass.objects.filter(organisation_id=organisation_id, withdrawn_at=None)
    return list(rows.select_related("sealed_by"))


def uses(organisation_id: int) -> QuerySet[BreakGlassUse]:
    """Return the times that a seal was broken, the last one first."""
    rows = BreakGlassUse.objects.filter(organisation_id=organisation_id)
    return rows.select_related("account", "reviewed_by")


def to_review(organisation_id: int) -> list[BreakGlassUse]:
    """Return the uses at which nobody has looked yet."""
    return list(uses(organisation_id).filter(reviewed_at=None))


def emergency_accesses(organisation_id: int) -> list[EmergencyAccess]:
    """Return who has emergency access now."""
    rows = EmergencyAccess.objects.filter(organisation_id=organisation_id, ended_at=None)
    return list(rows.select_related("user").order_by("user__name", "id"))


def emergency_uses(organisation_id: int) -> QuerySet[EmergencyUse]:
    """Return the times that somebody came in by emergency access, the last one first."""
    rows = EmergencyUse.objects.filter(organisation_id=organisation_id)
    return rows.select_related("access__user", "reviewed_by")


def emergencies_to_review(organisation_id: int) -> list[EmergencyUse]:
    """Return the uses of emergency access at which nobody has looked yet."""
    return list(emergency_uses(organisation_id).filter(reviewed_at=None))


def due_emergency(organisation_id: int, until: datetime) -> list[DueItem]:
    """Return what of emergency access is due: setting up, a test every year, a look at a use."""
    found = []
    for access in emergency_accesses(organisation_id):
        if access.enrolled_at is None:
            text, at = _("Set up the emergency access of %(name)s"), access.given_at + SET_UP_WITHIN
        else:
            text = _("Test the emergency access of %(name)s")
            at = (access.tested_at or access.enrolled_at) + TEST_WITHIN
        found.append((at, text, access))
    found += [
        (use.used_at + REVIEW_WITHIN, _("Look at the use of %(name)s"), use.access)
        for use in emergencies_to_review(organisation_id)
    ]
    return [
        DueItem(at, text % {"name": access}, "identity:overview", (), "emergency")
        for at, text, access in found
        if at < until
    ]


def due(organisation_id: int, until: datetime) -> list[DueItem]:
    """Return the looks and tests that are due: a use within a week, a test within a year."""
    looks = [
        _due(use.used_at + REVIEW_WITHIN, _("Look at the use of %(name)s"), use.account)
        for use in to_review(organisation_id)
    ]
    tests = [
        _due(since + TEST_WITHIN, _("Test %(name)s"), account)
        for account in accounts(organisation_id)
        if (since := account.tested_at or account.sealed_at)
    ]
    return [item for item in (*looks, *tests) if item.moment < until]


def _due(at: datetime, text: str, account: Any) -> DueItem:
    return DueItem(at, text % {"name": account.name}, "identity:overview", (), "break_glass")
