# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""By which way a session was opened, and ending sessions when access ends."""

from importlib import import_module
from typing import Any, TypedDict

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import ngettext

from dijkring.core.access import Actor
from dijkring.core.leaving import Leaving
from dijkring.core.web import memberships_of
from dijkring.organisations.models import Membership, User

OPENED = "opened"
PROVIDER, BREAK_GLASS, EMERGENCY = "provider", "break_glass", "emergency"
SHORT_SECONDS = 4 * 60 * 60


class Opened(TypedDict):
    """How a session was opened when not by Dijkring's own login; it opens one organisation."""

    by: str
    organisation: int
    slug: str
    name: str
    two_steps: bool


def opened(request: Any) -> Opened | None:
    """Return how this session was opened; None for Dijkring's own login, which opens all."""
    found: Opened | None = request.session.get(OPENED)
    return found


def remember(sender: Any, request: Any, opened: Opened | None = None, **_more: Any) -> None:
    """Write at each login by which way the session was opened; a signal's receiver."""
    request.session.pop(OPENED, None)
    if opened is not None:
        request.session[OPENED] = opened
        if opened["by"] in (BREAK_GLASS, EMERGENCY):
            request.session.set_expiry(SHORT_SECONDS)


def end_of_person(*, actor: Actor, user_id: int) -> int:
    """End all sessions of a colleague, wherever; returns how many."""
    actor.require("identity.manage")
    colleague = Membership.objects.filter(
        organisation_id=actor.organisation_id, user_id=user_id, until=None
    )
    return end(user_id) if colleague.exists() else 0


def end(user_id: int, organisation_id: int | None = None, by: str = "") -> int:
    """End the sessions of a person; with an organisation only those that open nothing else.

    `by` leaves alone what was opened in another way.
    """
    ended = 0
    for session in UserSession.objects.filter(user_id=user_id):
        if organisation_id is None or _opens_only(session.session_key, organisation_id, by):
            session.end()
            ended += 1
    return ended


def end_others(user_id: int, session_key: str) -> int:
    """End the sessions of a person but one; returns how many."""
    others = list(UserSession.objects.filter(user_id=user_id).exclude(session_key=session_key))
    for session in others:
        session.end()
    return len(others)


def go_on(request: Any, user: User) -> None:
    """Keep a person logged in here whose password was changed just now."""
    update_session_auth_hash(request, user)
    UserSession.objects.create_from_request(request)


def _opens_only(key: str, organisation_id: int, by: str) -> bool:
    store = import_module(settings.SESSION_ENGINE).SessionStore(key)
    found = store.load().get(OPENED)
    return bool(found and found["organisation"] == organisation_id and by in ("", found["by"]))


def after_leaving(leaving: Leaving) -> list[str]:
    """End what the person still has open of the organisation; the part of identity in a leave.

    Sessions that also open other organisations go on: there the person still has access, and the
    door looks at the membership at every page.
    """
    elsewhere = [
        one
        for one in memberships_of(leaving.user_id)
        if one.organisation_id != leaving.organisation_id
    ]
    ended = end(leaving.user_id, leaving.organisation_id if elsewhere else None)
    return [ended_words(ended)] if ended else []


def ended_words(ended: int) -> str:
    """Say how many sessions were ended."""
    text = ngettext("%(count)d session ended", "%(count)d sessions ended", ended)
    return text % {"count": ended}


def counts(user_ids: list[int]) -> dict[int, int]:
    """Return the number of known sessions per person."""
    rows = UserSession.objects.filter(user_id__in=user_ids).values("user_id")
    return {row["user_id"]: row["n"] for row in rows.annotate(n=Count("id"))}


def after_logout(request: Any) -> str | None:
    """Return where somebody goes who logs out of a session that the provider opened."""
    way = opened(request)
    return reverse("login_gone", args=[way["slug"]]) if way and way["by"] == PROVIDER else None
