# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""One e-mail a day per person, at their hour, and only when there is something new."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import translation
from django.utils.translation import ngettext

from dijkring.core import clock
from dijkring.core.access import person_actor
from dijkring.core.tenancy import acting_for, transaction_for
from dijkring.core.web import Membership, memberships_of
from dijkring.notices import daily, kinds, mail
from dijkring.notices.mail import Letter
from dijkring.notices.models import Contact, Notice, Preference
from dijkring.notices.services import contacts, preferences, telling
from dijkring.organisations.models import User

DAY = timedelta(days=1)
# Two mails of the day can lie an hour further apart, when the clocks go back.
OLD = DAY + timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a digest: its words and the page it leads to.

    `late` is when it happened, for what should have stood in a mail before this one.
    """

    words: str
    address: str
    late: datetime | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What is new in one organisation, and the notices it was made of."""

    organisation: Membership
    lines: list[Line]
    ids: list[int]


def due(most: int = 1000) -> list[int]:
    """Return the people whose hour has come."""
    rows = _waiting(clock.now())
    return list(rows.order_by("next_at").values_list("user_id", flat=True)[:most])


def _waiting(moment: datetime) -> QuerySet[Preference]:
    """Return who wants a mail now and has a place for it."""
    confirmed = Contact.objects.filter(user_id=OuterRef("user_id"), confirmed_at__isnull=False)
    reachable = ~Q(user__email__iendswith=contacts.NOBODYS) | Exists(confirmed)
    return Preference.objects.filter(reachable, digest=True, next_at__lte=moment)


def send_digest(*, user_id: int) -> bool:
    """Send one person what is new; False when it went already, or there is nothing new.

    Planned for tomorrow before it is sent, so that it never goes twice. What it told is marked
    after it went: when the mail server does not take it, it is in the mail of the next day.
    """
    with transaction.atomic():
        chosen = _claim(user_id)
        if chosen is None:
            return False
        before = chosen.last_at or clock.now() - DAY
        parts = [_part(user_id, one, chosen, before) for one in memberships_of(user_id)]
        parts = [part for part in parts if part.lines]
        letter = _letter(chosen, parts) if parts else None
        if letter:
            _plan(chosen, last_at=clock.now())
    if letter is None:
        return False
    sent = mail.send(letter)
    if sent:
        for part in parts:
            with transaction_for([part.organisation.organisation_id]):
                telling.mark_mailed(part.ids)
    return sent


def _claim(user_id: int) -> Preference | None:
    rows = _waiting(clock.now()).select_for_update(of=("self",)).select_related("user")
    found = rows.filter(user_id=user_id).first()
    if found is None:
        return None
    _plan(found, next_at=preferences.next_moment(found.hour, clock.now()))
    return found if found.user.is_active else None


def _plan(chosen: Preference, **moments: datetime) -> None:
    Preference.objects.filter(pk=chosen.pk).update(**moments)


def _part(user_id: int, where: Membership, chosen: Preference, since: datetime) -> Part:
    actor = person_actor(where.organisation_id, user_id, str(chosen.user), where.role)
    with acting_for([where.organisation_id], actor), translation.override(chosen.language):
        _tell_daily(user_id, where, daily.drafts(actor, since))
        rows = list(_fresh(where.organisation_id, user_id))
        told = [row for row in rows if kinds.matters(row)]
        telling.mark_mailed({row.pk for row in rows} - {row.pk for row in told})
        lines = [_line(where.slug, row) for row in told]
    return Part(where, lines, [row.pk for row in told])


def _tell_daily(user_id: int, where: Membership, drafts: Sequence[daily.Draft]) -> None:
    for draft in drafts:
        telling.tell(
            organisation_id=where.organisation_id,
            users=[user_id],
            kind=draft.kind,
            values=draft.values,
            url_name=draft.url_name,
            url_args=draft.url_args,
            key=draft.key,
        )


def _fresh(organisation_id: int, user_id: int) -> Sequence[Notice]:
    rows = Notice.objects.filter(
        organisation_id=organisation_id, user_id=user_id, read_at=None, digested_at=None
    )
    return list(rows.order_by("at", "id"))


def _line(slug: str, row: Notice) -> Line:
    late = row.at if clock.now() - row.at > OLD else None
    address = mail.address(row.url_name, slug, *row.url_args)
    return Line(kinds.say(row.kind, row.values), address, late)


def _letter(chosen: Preference, parts: list[Part]) -> Letter:
    count = sum(len(part.lines) for part in parts)
    user: User = chosen.user
    leave = mail.address("unsubscribe", preferences.unsubscribe_code(user.pk))
    with translation.override(chosen.language):
        subject = ngettext("Dijkring: %(n)s notice", "Dijkring: %(n)s notices", count) % {
            "n": count
        }
    headers = {
        "List-Unsubscribe": f"<{leave}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    context = {"parts": parts, "person": user, "leave": leave}
    to = contacts.mail_address(user)
    return Letter(to, subject, "digest", context, chosen.language, headers)
