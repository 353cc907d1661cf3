# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A person's own notices."""

from django.db.models import QuerySet

from dijkring.notices.models import Feed, Notice, Preference

KEPT = 500


def mine(organisation_id: int, user_id: int) -> QuerySet[Notice]:
    """Return a person's notices of one organisation, the newest first."""
    return Notice.objects.filter(organisation_id=organisation_id, user_id=user_id)


def unread(organisation_id: int, user_id: int) -> int:
    """Count what a person has not read yet."""
    return mine(organisation_id, user_id).filter(read_at=None).count()


def preference(user_id: int) -> Preference | None:
    """Return what a person wants by e-mail; None when they never chose."""
    return Preference.objects.filter(user_id=user_id).first()


def feed(user_id: int) -> Feed | None:
    """Return a person's calendar, or None."""
    return Feed.objects.filter(user_id=user_id).first()
