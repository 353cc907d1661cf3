# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happens at the doorstep: somebody without a login answers by a link."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.core.tenancy import transaction_for
from dijkring.notices import by_link, mail
from dijkring.notices.by_link import Description, Purpose
from dijkring.notices.models import Ask, LinkUse
from dijkring.notices.services import telling
from dijkring.organisations.services import hash_token

GONE = "gone"


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link leads to: the ask, how it stands, and what the receiver may see of it."""

    ask: Ask
    state: str
    purpose: Purpose | None
    about: Description | None


def find(token: str) -> tuple[int, int] | None:
    """Return (ask, organisation) of a token, or None."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ask_id, organisation_id FROM door_link(%s)", [hash_token(token)])
        return cursor.fetchone()  # type: ignore[no-any-return]


def open_link(token: str) -> Opened | None:
    """Return what a link leads to; None for one that does not exist. Changes nothing."""
    found = find(token)
    if found is None:
        return None
    with transaction_for([found[1]]):
        return look(Ask.objects.select_related("organisation", "asked_by").get(pk=found[0]))


def look(ask: Ask) -> Opened:
    """Return how an ask stands for who would answer it now."""
    purpose = by_link.purpose(ask.purpose)
    about = purpose.describe(ask.organisation_id, ask.object_id) if purpose else None
    return Opened(ask, _state(ask, about), purpose, about)


def _state(ask: Ask, about: Description | None) -> str:
    """Return how a link stands; one whose asker has left, or whose matter is over, is gone."""
    if ask.state != Ask.State.OPEN:
        return ask.state
    there = about is not None and telling.is_member(ask.asked_by_id, ask.organisation_id)
    return Ask.State.OPEN if there else GONE


def answer(
    *, token: str, name: str, text: str, choice: str = "", day: date | None = None
) -> Opened | None:
    """Take the answer of a link, once; every use is logged. None for a link that is not there.

    The state of what is returned is that from before: `open` means that the answer was taken.
    Raises Refused for an empty answer, and changes nothing then.
    """
    found = find(token)
    if found is None:
        return None
    name = mail.one_line(name)
    actor = Actor(found[1], _("%(name)s, by a link") % {"name": name}, kind="link")
    with transaction_for([found[1]], actor):
        rows = Ask.objects.select_for_update(of=("self",))
        opened = look(rows.select_related("organisation", "asked_by").get(pk=found[0]))
        if opened.state == Ask.State.OPEN:
            _check(opened, name, text, choice)
            opened.ask.day = _checked_day(opened.purpose, choice, day)
            _take(opened.ask, name, text, choice)
        _log(opened, name)
        return opened


def _check(opened: Opened, name: str, text: str, choice: str) -> None:
    choices = {value for value, _label in opened.purpose.choices} if opened.purpose else set()
    if not name:
        raise Refused(_("Fill in your name."), "name")
    if choices and choice not in choices:
        raise Refused(_("Choose an answer."), "choice")
    explained = opened.purpose.explained if opened.purpose else ()
    if not text.strip() and (not choices or choice in explained):
        raise Refused(_("Write your answer first."), "text")


def _checked_day(purpose: Purpose | None, choice: str, day: date | None) -> date | None:
    """Return the day that goes with a choice, or none; Refused when it lacks or has passed."""
    if purpose is None or not purpose.dated or choice != purpose.dated:
        return None
    if day is None or day < clock.today():
        raise Refused(_("Fill in the day: today or later."), "day")
    return day


def _take(ask: Ask, name: str, text: str, choice: str) -> None:
    ask.answered_at, ask.next_at = clock.now(), None
    ask.answered_by, ask.other_name = name, is_other(name, ask.name)
    ask.answer, ask.choice = text.strip(), choice
    ask.save(
        update_fields=[
            "answered_at", "next_at", "answered_by", "other_name", "answer", "choice", "day",
        ]
    )  # fmt: skip
    telling.tell(
        organisation_id=ask.organisation_id,
        users=[ask.asked_by_id],
        kind="ask.answered",
        values={"who": name, "title": ask.title},
        url_name="notices:ask",
        url_args=[ask.pk],
    )


def is_other(name: str, meant: str) -> bool:
    """Tell whether two names differ, apart from capitals and spaces."""
    return " ".join(name.casefold().split()) != " ".join(meant.casefold().split())


_OUTCOMES = {
    Ask.State.OPEN: LinkUse.Outcome.ANSWERED,
    Ask.State.EXPIRED: LinkUse.Outcome.EXPIRED,
    Ask.State.WITHDRAWN: LinkUse.Outcome.WITHDRAWN,
    GONE: LinkUse.Outcome.GONE,
}


def _log(opened: Opened, name: str) -> None:
    LinkUse.objects.create(
        organisation_id=opened.ask.organisation_id,
        ask=opened.ask,
        at=clock.now(),
        name=name,
        other_name=is_other(name, opened.ask.name),
        outcome=_OUTCOMES.get(opened.state, LinkUse.Outcome.USED),
    )
