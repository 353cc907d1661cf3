# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeping the list of who is on call, and handing over from one to the next."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.core.leaving import Leaving
from dijkring.incidents import told
from dijkring.incidents.models import Shift
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.selectors import oncall as selectors
from dijkring.notices.services import telling, urgent
from dijkring.ui import words

LONGEST = timedelta(days=35)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A shift: who is called as which number, from when until when (aware moments)."""

    user_id: int
    since: datetime
    until: datetime
    rank: int = 1


def add(*, actor: Actor, wanted: Wanted) -> Shift:
    """Put somebody on call; who is put there by another is told, and at once if it begins now.

    Raises Refused for who may not handle incidents, an end before the begin or in the past, more
    than five weeks, and a second shift of the same person at the same time.
    """
    actor.require(HANDLE)
    _check_person(actor, wanted.user_id, "user")
    if wanted.until <= wanted.since:
        raise Refused(_("The end must come after the begin."), "until")
    if wanted.until <= clock.now():
        raise Refused(_("This shift is over already."), "until")
    if wanted.until - wanted.since > LONGEST:
        raise Refused(_("A shift is five weeks at most."), "until")
    _check_free(actor, wanted)
    made = _create(actor, wanted)
    _tell_of(made, actor, told.PUT_ON)
    return made


def _check_person(actor: Actor, user_id: int, field: str) -> None:
    if user_id not in {one.user_id for one in selectors.candidates(actor.organisation_id)}:
        raise Refused(_("On call is only who may handle incidents here."), field)


def _check_free(actor: Actor, wanted: Wanted) -> None:
    rows = Shift.objects.filter(organisation_id=actor.organisation_id, user_id=wanted.user_id)
    for one in rows.filter(since__lt=wanted.until, until__gt=wanted.since):
        raise Refused(
            _("This person is on call already from %(since)s until %(until)s.")
            % {"since": words.moment_words(one.since), "until": words.moment_words(one.until)},
            "user",
        )


def _create(actor: Actor, wanted: Wanted, before: Shift | None = None, note: str = "") -> Shift:
    return Shift.objects.create(
        organisation_id=actor.organisation_id,
        user_id=wanted.user_id,
        rank=wanted.rank,
        since=wanted.since,
        until=wanted.until,
        taken_over=before,
        note=note.strip(),
        made_at=clock.now(),
        made_by=actor.name[:120],
    )


def hand_over(*, actor: Actor, shift: Shift, user_id: int, note: str) -> Shift:
    """Hand a shift over from now on, with a note; the next one is told at once.

    Raises Refused for a shift that is over or was handed over, the same person, and no note.
    """
    actor.require(HANDLE)
    found = _running(actor, shift)
    if not note.strip():
        raise Refused(
            _("Write down what the next one must know; 'nothing open' is enough."), "note"
        )
    if user_id == found.user_id:
        raise Refused(_("Choose somebody else."), "user")
    _check_person(actor, user_id, "user")
    now, until = clock.now(), found.until
    since = max(now, found.since)
    wanted = Wanted(user_id, since, until, found.rank)
    _check_free(actor, wanted)
    found.until = since
    found.save(update_fields=["until"])
    made = _create(actor, wanted, found, note)
    _tell(made)
    return made


def _running(actor: Actor, shift: Shift) -> Shift:
    rows = Shift.objects.select_for_update(of=("self",)).select_related("user")
    found = rows.get(pk=shift.pk, organisation_id=actor.organisation_id)
    if found.until <= clock.now():
        raise Refused(_("This shift is over already."))
    return found


def _tell(made: Shift) -> None:
    # Who is on call from this moment cannot wait for the mail of tomorrow.
    tell = urgent.tell if made.runs else telling.tell
    tell(
        organisation_id=made.organisation_id,
        users=[made.user_id],
        kind=told.HANDED_OVER,
        values={"who": str(made.taken_over.user) if made.taken_over else "", "note": made.note},
        url_name="incidents:oncall",
        key=f"oncall-{made.pk}",
    )


def _tell_of(shift: Shift, actor: Actor, kind: str) -> None:
    """Tell somebody what another did with their shift."""
    if shift.user_id == actor.user_id:
        return
    tell = urgent.tell if shift.runs else telling.tell
    tell(
        organisation_id=shift.organisation_id,
        users=[shift.user_id],
        kind=kind,
        values={
            "who": actor.name,
            "since": words.moment_words(shift.since),
            "until": words.moment_words(shift.until),
        },
        url_name="incidents:oncall",
        key=f"{kind}-{shift.pk}",
    )


def end(*, actor: Actor, shift: Shift) -> None:
    """End a shift now, without anybody in its place; one that has not begun never begins.

    Who was on call is told, unless they end it themselves.
    """
    actor.require(HANDLE)
    found = _running(actor, shift)
    _tell_of(found, actor, told.TAKEN_OFF)
    found.until = max(clock.now(), found.since)
    found.save(update_fields=["until"])


def leave(leaving: Leaving) -> list[str]:
    """End the shifts of somebody who leaves; who takes over is no business of a computer."""
    rows = Shift.objects.filter(
        organisation_id=leaving.organisation_id, user_id=leaving.user_id, until__gt=clock.now()
    )
    count = 0
    for found in rows:
        found.until = max(clock.now(), found.since)
        found.save(update_fields=["until"])
        count += 1
    return [_("%(count)d shifts on call ended") % {"count": count}] if count else []
