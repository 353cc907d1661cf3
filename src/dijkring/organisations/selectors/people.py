# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who has access, who is invited, and which systems hold a token."""

from django.db.models import QuerySet

from dijkring.core import clock
from dijkring.organisations.models import ApiToken, Invitation, Membership

MOST_ENDED = 50


def members(organisation_id: int) -> QuerySet[Membership]:
    """Return who has access now, by name."""
    rows = Membership.objects.filter(organisation_id=organisation_id, until=None)
    return rows.select_related("user").order_by("user__name", "id")


def ended(organisation_id: int) -> list[Membership]:
    """Return the roles that ended, the last ones first, at most fifty."""
    rows = Membership.objects.filter(organisation_id=organisation_id).exclude(until=None)
    return list(rows.select_related("user").order_by("-until")[:MOST_ENDED])


def open_invitations(organisation_id: int) -> QuerySet[Invitation]:
    """Return the invitations that can still be accepted."""
    rows = Invitation.objects.filter(
        organisation_id=organisation_id,
        accepted_at=None,
        withdrawn_at=None,
        expires_at__gt=clock.now(),
    )
    return rows.select_related("invited_by")


def tokens(organisation_id: int) -> QuerySet[ApiToken]:
    """Return the API tokens, the newest first; those that ended stay listed."""
    rows = ApiToken.objects.filter(organisation_id=organisation_id)
    return rows.select_related("created_by")
