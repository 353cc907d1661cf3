# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What stands in the calendar of a person: everything due that they may see, where they work."""

import hashlib
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.urls import resolve, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from dijkring.core import clock, due
from dijkring.core.access import rights_of
from dijkring.core.due import DueItem
from dijkring.core.tenancy import transaction_for
from dijkring.core.web import Membership, memberships_of, pages
from dijkring.notices.icalendar_feed import Event, write
from dijkring.notices.mail import address
from dijkring.notices.models import Feed, Preference
from dijkring.organisations.services import hash_token
from dijkring.ui import words

AHEAD = timedelta(days=400)


def calendar_of(token: str) -> bytes | None:
    """Return the calendar behind a secret address; None when nobody (any more) has that.

    Who has left every organisation has no calendar; who left one sees nothing of it.
    """
    feed = Feed.objects.select_related("user").filter(token_hash=hash_token(token)).first()
    memberships = memberships_of(feed.user_id) if feed and feed.user.is_active else []
    if feed is None or not memberships:
        return None
    chosen = Preference.objects.filter(user_id=feed.user_id).first()
    language = chosen.language if chosen else "nl"
    with translation.override(language):
        events = [event for one in memberships for event in _events(one)]
        name = _("Dijkring: what is due")
    return write(events, name=name, language=language, stamp=feed.made_at)


def _events(where: Membership) -> list[Event]:
    rights = rights_of(where.role)
    with transaction_for([where.organisation_id]):
        items = due.items(where.organisation_id, clock.now() + AHEAD, rights.__contains__)
        seen = [item for item in items if right_of(item, where.slug) in rights]
        # Words are made while the texts of the rows can still be read.
        names: Counter[str] = Counter()
        return [_event(where, item, names) for item in seen]


def _event(where: Membership, item: DueItem, names: Counter[str]) -> Event:
    name = _name(where, item)
    names[name] += 1
    uid = name if names[name] == 1 else f"{name}-{names[name]}"
    return Event(
        f"{uid}@dijkring",
        item.day,
        f"{item.title} ({where.name})",
        _description(item),
        str(item.label),
        address(item.url_name, where.slug, *item.args),
    )


def _name(where: Membership, item: DueItem) -> str:
    """Return what stays the same of a thing when its date moves or its title is changed."""
    args: tuple[Any, ...] = item.args or (hashlib.sha256(item.title.encode()).hexdigest()[:16],)
    return "-".join(str(part) for part in (where.organisation_id, item.kind, *args))


def _description(item: DueItem) -> str:
    parts = [str(item.label)]
    if isinstance(item.at, datetime):
        parts.append(words.moment_words(item.at))
    if item.owner:
        parts.append(_("Owner: %(owner)s") % {"owner": item.owner})
    return "\n".join(parts)


def right_of(item: DueItem, slug: str) -> str:
    """Return the right that the page of a due thing asks for."""
    page = resolve(reverse(item.url_name, args=[slug, *item.args])).func
    return pages.rights[page.page_name]  # type: ignore[attr-defined]
