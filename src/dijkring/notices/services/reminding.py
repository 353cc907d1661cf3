# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The mail of an ask and its reminders, each made in one transaction and sent after it.

A reminder is claimed before it goes, so it never goes twice. The link itself is marked after it
went: who is killed meanwhile mails it again rather than never.
"""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import system_actor
from dijkring.core.tenancy import transaction_for
from dijkring.notices import mail
from dijkring.notices.mail import Letter
from dijkring.notices.models import Ask
from dijkring.notices.services import asking, telling
from dijkring.notices.services.answering import look
from dijkring.ui import words

# What the asker is told when no mail goes; of what is over there is nothing to tell.
WORD: dict[str, str] = {Ask.State.OPEN: "ask.waiting", Ask.State.EXPIRED: "ask.silent"}


def mail_ask(*, organisation_id: int, ask_id: int) -> bool:
    """Mail the link of a new ask; False when it went already, is over, or could not be sent."""
    with _as(organisation_id):
        ask = _locked(ask_id)
        if ask is None or ask.mailed_at or look(ask).state != Ask.State.OPEN:
            return False
        letter = _letter(ask, "link")
    sent = _send(ask, letter)
    if sent:
        with _as(organisation_id):
            Ask.objects.filter(pk=ask_id).update(mailed_at=clock.now())
    return sent


def remind(*, organisation_id: int, ask_id: int) -> bool:
    """Do what is due for an ask: a reminder, or word to the asker. True when a mail was sent.

    Rungs that nobody carried out in time are skipped, so that no two reminders come at once.
    """
    with _as(organisation_id):
        ask = _locked(ask_id)
        now = clock.now()
        if ask is None or ask.next_at is None or ask.next_at > now:
            return False
        state = look(ask).state
        ask.next_at = None
        if state == Ask.State.OPEN:
            ask.next_at = asking.rung_after(ask.asked_at, ask.ladder, ask.expires_at, now)
            ask.reminded += 1
        ask.save(update_fields=["next_at", "reminded"])
        if state != Ask.State.OPEN or not mail.possible():
            _tell(ask, WORD.get(state))
            return False
        letter = _letter(ask, "reminder")
    return _send(ask, letter)


def _as(organisation_id: int) -> Any:
    return transaction_for([organisation_id], system_actor(organisation_id))


def _locked(ask_id: int) -> Ask | None:
    rows = Ask.objects.select_for_update(of=("self",)).filter(pk=ask_id)
    return rows.select_related("organisation", "asked_by").first()


def _letter(ask: Ask, template: str) -> Letter:
    """Make the mail with a link of its own; the question itself stays out of it."""
    token = asking.new_token(ask)
    names = {"organisation": ask.organisation.name, "title": ask.title}
    with translation.override(ask.language):
        subject = (
            _("Reminder: a question of %(organisation)s")
            if template == "reminder"
            else _("A question of %(organisation)s: %(title)s")
        ) % names
        until = words.moment_words(ask.expires_at)
    context = {"ask": ask, "until": until, "address": mail.address("by_link", token)}
    return Letter(ask.email, subject, template, context, ask.language)


def _send(ask: Ask, letter: Letter) -> bool:
    sent = mail.send(letter)
    if not sent:
        with _as(ask.organisation_id):
            _tell(ask, "ask.unsent")
    return sent


def _tell(ask: Ask, kind: str | None) -> None:
    if kind is not None:
        telling.tell(
            organisation_id=ask.organisation_id,
            users=[ask.asked_by_id],
            kind=kind,
            values={"who": ask.name, "title": ask.title},
            url_name="notices:ask",
            url_args=[ask.pk],
        )
