# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who is needed in a crisis: called, reached or not, there or gone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.crisis.models import CallAttempt, Crisis, LogLine, Participant
from dijkring.crisis.rights import WRITE
from dijkring.crisis.selectors.reach import Reach, reach
from dijkring.crisis.services.entering import enter
from dijkring.incidents.services import checking
from dijkring.ui import words


@dataclass(frozen=True, slots=True)
class Called:
    """One attempt to reach somebody."""

    reached: bool
    at: datetime
    note: str = ""
    next_at: datetime | None = None


def need(*, actor: Actor, crisis: Crisis, functions: Iterable[str]) -> list[Participant]:
    """Let functions stand ready to be called, with who fills them as far as that is known."""
    actor.require(WRITE)
    rows = Participant.objects.filter(crisis=crisis)
    there = {name.casefold() for name in rows.values_list("function", flat=True)}
    wanted = [name for name in functions if name.casefold() not in there]
    known = reach(actor.organisation_id, wanted)
    return Participant.objects.bulk_create(
        [_made(actor, crisis, name, known.get(name) or Reach("")) for name in wanted]
    )


def _made(actor: Actor, crisis: Crisis, function: str, known: Reach) -> Participant:
    return Participant(
        organisation_id=actor.organisation_id,
        crisis=crisis,
        function=function[:120],
        name=known.name[:120],
        phone=known.phone[:60],
        user_id=known.user_id,
    )


def add(
    *, actor: Actor, crisis: Crisis, function: str, name: str = "", phone: str = ""
) -> Participant:
    """Ask for somebody in a function, or write down who fills it."""
    actor.require(WRITE)
    said = checking.needed(function, "function", _("Name the function."))
    enter(actor, crisis, LogLine.Kind.CALL, _("Needed: %(who)s") % {"who": _who(said, name)})
    return Participant.objects.create(
        organisation_id=actor.organisation_id,
        crisis=crisis,
        function=said[:120],
        name=name.strip()[:120],
        phone=phone.strip()[:60],
    )


def name_person(*, actor: Actor, person: Participant, name: str, phone: str) -> Participant:
    """Say who fills a function, and under which number."""
    actor.require(WRITE)
    found = _locked(actor, person)
    found.name, found.phone = name.strip()[:120], phone.strip()[:60]
    found.save(update_fields=["name", "phone"])
    return found


def call(*, actor: Actor, person: Participant, wanted: Called) -> CallAttempt:
    """Record an attempt to reach somebody, and when the next one will be.

    Raises Refused for a next attempt before this one, or after somebody was reached.
    """
    actor.require(WRITE)
    at = checking.past(wanted.at, "at")
    if wanted.next_at and (wanted.reached or wanted.next_at <= at):
        raise Refused(_("The next attempt comes after this one, if nobody was reached."), "next_at")
    said = _("reached") if wanted.reached else _("not reached")
    if wanted.next_at:
        moment = words.time_words(wanted.next_at)
        said = _("not reached; next attempt %(at)s") % {"at": moment}
    text = f"{_who(person.function, person.name)}: {said}. {wanted.note}".strip()
    enter(actor, person.crisis, LogLine.Kind.CALL, text, at=at)
    return CallAttempt.objects.create(
        organisation_id=actor.organisation_id,
        participant=person,
        at=at,
        by=actor.name[:120],
        reached=wanted.reached,
        note=wanted.note.strip()[:300],
        next_at=wanted.next_at,
    )


def arrive(*, actor: Actor, person: Participant) -> Participant:
    """Record that somebody is there."""
    return _mark(actor, person, here=True)


def leave(*, actor: Actor, person: Participant) -> Participant:
    """Record that somebody left."""
    return _mark(actor, person, here=False)


def _mark(actor: Actor, person: Participant, *, here: bool) -> Participant:
    actor.require(WRITE)
    found = _locked(actor, person)
    if here == (found.here_since is not None and found.gone_at is None):
        raise Refused(_("That is how it stands already."))
    said = _("%(who)s is there") if here else _("%(who)s has left")
    who = {"who": _who(found.function, found.name)}
    enter(actor, found.crisis, LogLine.Kind.CALL, said % who)
    now = clock.now()
    found.here_since, found.gone_at = (now, None) if here else (found.here_since, now)
    found.save(update_fields=["here_since", "gone_at"])
    return found


def _locked(actor: Actor, person: Participant) -> Participant:
    rows = Participant.objects.filter(organisation_id=actor.organisation_id)
    return rows.select_related("crisis").select_for_update(of=("self",)).get(pk=person.pk)


def _who(function: str, name: str) -> str:
    return f"{function}, {name}" if name.strip() else function
