# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asking somebody without a login: ask, make a link, withdraw, take an answer over."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from dijkring.core import clock, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.core.leaving import Leaving
from dijkring.notices import by_link, mail
from dijkring.notices.by_link import Offer
from dijkring.notices.models import Ask, LinkToken
from dijkring.organisations.services import hash_token

DAYS = 14
MOST_DAYS = 60
LADDER = (3, 7, 12)
MOST_A_DAY = 100


def ask(
    *,
    actor: Actor,
    subject: str,
    subject_id: int,
    offer: Offer,
    name: str,
    email: str,
    question: str,
    days: int = DAYS,
    ladder: Sequence[int] = LADDER,
    language: str = "nl",
) -> Ask:
    """Ask somebody something by link; it is mailed after this transaction where that can be.

    The link ends after `days`; reminders go after the days of the ladder. Raises Refused for what
    is not there (any more), a term that is too long, and a hundred asks of one person in a day.
    """
    purpose = _purpose(actor, offer.purpose)
    if actor.user_id is None or not 1 <= days <= MOST_DAYS:
        raise Refused(_("A link is valid for at most %(most)s days.") % {"most": MOST_DAYS}, "days")
    _check_number(actor)
    about = purpose.describe(actor.organisation_id, offer.object_id)
    if about is None:
        raise Refused(_("This is not needed any more."))
    now = clock.now()
    steps = sorted({step for step in ladder if 0 < step < days})
    expires_at = days_after(now, days)
    made = Ask.objects.create(
        organisation_id=actor.organisation_id,
        purpose=purpose.id,
        object_id=offer.object_id,
        subject=subject,
        subject_id=subject_id,
        title=mail.one_line(about.title, 300),
        question=question.strip(),
        name=mail.one_line(name),
        email=email.lower(),
        language=language,
        ladder=steps,
        asked_by_id=actor.user_id,
        asked_at=now,
        expires_at=expires_at,
        next_at=rung_after(now, steps, expires_at, now),
    )
    if mail.possible():
        app.configure_task("notices.mail_ask").defer(
            organisation_id=actor.organisation_id, ask_id=made.pk
        )
    return made


def _purpose(actor: Actor, id: str) -> by_link.Purpose:
    actor.require("notices.ask")
    found = by_link.purpose(id)
    if found is None:
        raise Refused(_("Choose what you ask from the list."), "offer")
    actor.require(found.right)
    return found


def _check_number(actor: Actor) -> None:
    since = clock.now() - timedelta(days=1)
    rows = Ask.objects.filter(
        organisation_id=actor.organisation_id, asked_by_id=actor.user_id, asked_at__gt=since
    )
    if rows.count() >= MOST_A_DAY:
        raise Refused(
            _("You have asked %(most)s people something today. Go on tomorrow.")
            % {"most": MOST_A_DAY}
        )


def days_after(moment: datetime, days: int) -> datetime:
    """Return the same time some days later, on the clock of Amsterdam, also over its changes."""
    return moment.astimezone(clock.AMSTERDAM) + timedelta(days=days)


def rung_after(
    asked_at: datetime, ladder: Sequence[int], expires_at: datetime, now: datetime
) -> datetime:
    """Return when something is to be done after `now`: the next reminder, or the end."""
    rungs = [days_after(asked_at, step) for step in ladder]
    return min((rung for rung in rungs if now < rung < expires_at), default=expires_at)


def make_link(*, actor: Actor, ask: Ask) -> str:
    """Make one more link, to give to the person yourself; returns the token, kept nowhere."""
    _purpose(actor, ask.purpose)
    if ask.state != Ask.State.OPEN:
        raise Refused(_("This ask is not open any more."))
    return new_token(ask)


def new_token(ask: Ask) -> str:
    """Make a token of 256 random bits for an ask, and keep only its hash."""
    token = secrets.token_urlsafe(32)
    LinkToken.objects.create(
        organisation_id=ask.organisation_id,
        ask=ask,
        token_hash=hash_token(token),
        made_at=clock.now(),
    )
    return token


def withdraw(*, actor: Actor, ask: Ask, reason: str) -> None:
    """Withdraw an ask: every link of it stops working at once."""
    _purpose(actor, ask.purpose)
    found = _locked(ask)
    if found.state not in {Ask.State.OPEN, Ask.State.EXPIRED}:
        raise Refused(_("This ask is not open any more."))
    tenancy.note_reason(reason)
    found.withdrawn_at, found.next_at = clock.now(), None
    found.save(update_fields=["withdrawn_at", "next_at"])


def settle(*, actor: Actor, ask: Ask) -> None:
    """Take over what was answered; done once, by somebody with the right of the purpose."""
    purpose = _purpose(actor, ask.purpose)
    found = _locked(ask)
    if purpose.settle is None or not can_settle(found):
        raise Refused(_("There is no answer here that can be taken over."))
    purpose.settle(actor, found)
    found.settled_at, found.settled_by_id = clock.now(), actor.user_id
    found.save(update_fields=["settled_at", "settled_by"])


def can_settle(ask: Ask) -> bool:
    """Tell whether an answer waits for somebody to take it over."""
    purpose = by_link.purpose(ask.purpose)
    agreed = ask.state == Ask.State.ANSWERED and ask.choice != by_link.DISAGREE
    return purpose is not None and purpose.settle is not None and agreed


def _locked(ask: Ask) -> Ask:
    return Ask.objects.select_for_update().get(pk=ask.pk, organisation_id=ask.organisation_id)


def leave(leaving: Leaving) -> int:
    """Give the open asks of who leaves to the successor, or withdraw them; returns how many."""
    rows = Ask.objects.filter(
        organisation_id=leaving.organisation_id,
        asked_by_id=leaving.user_id,
        answered_at=None,
        withdrawn_at=None,
    )
    if leaving.successor_id:
        return rows.update(asked_by_id=leaving.successor_id)
    return rows.update(withdrawn_at=clock.now(), next_at=None)
