# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Looking for names that resemble ours, keeping what is found, judging it."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from dijkring.core import clock, jobs
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.core.models import Job, Schedule
from dijkring.surface.engine.lookalikes import Lookalike as Seen
from dijkring.surface.models import Lookalike
from dijkring.surface.selectors import lookalikes as selectors

RIGHT = "surface.measure"
WEEK = 7 * 24


def look_now(*, actor: Actor) -> Job:
    """Start looking, and from now on every week; Refused when we have no name to resemble."""
    actor.require(RIGHT)
    if not selectors.own_names(actor.organisation_id):
        raise Refused(_("First prove authority over a name: then we know what to look for."))
    title = _("Look for names like ours")
    known = Schedule.objects.filter(organisation_id=actor.organisation_id, kind=selectors.KIND)
    if not known.exists():
        jobs.schedule(actor=actor, kind=selectors.KIND, title=title, every_hours=WEEK)
    return jobs.start(actor=actor, kind=selectors.KIND, title=title)


def record(
    *, organisation_id: int, resembles: str, asked: Collection[str], found: Iterable[Seen]
) -> list[Lookalike]:
    """Record which of the names asked for exist now; returns the new ones.

    A name that could not be looked up keeps what was known of it.
    """
    now, new = clock.now(), []
    seen = {one.name: one for one in found}
    ours = selectors.registered(organisation_id, asked)
    known = {
        row.name: row
        for row in Lookalike.objects.filter(organisation_id=organisation_id, name__in=asked)
    }
    for name in sorted(seen.keys() - ours):
        if seen[name].trouble:
            continue
        row = known.get(name)
        if row is None:
            row = Lookalike(
                organisation_id=organisation_id, name=name, resembles=resembles, first_seen=now
            )
            new.append(row)
        elif seen[name].receives_mail and not row.receives_mail:
            # That it began to receive mail must be judged anew.
            row.verdict, row.judged_at = Lookalike.Verdict.OPEN, None
        _see(row, seen[name])
    _note_gone(known.values(), seen.keys() - ours)
    return new


def _see(row: Lookalike, seen: Seen) -> None:
    row.receives_mail, row.has_address = seen.receives_mail, seen.has_address
    row.seen_at, row.gone_at = clock.now(), None
    row.save()


def _note_gone(known: Iterable[Lookalike], there: Collection[str]) -> None:
    for row in known:
        if row.name not in there and row.gone_at is None:
            row.gone_at = clock.now()
            row.save(update_fields=["gone_at"])


def judge(*, actor: Actor, lookalike: Lookalike, verdict: str, note: str) -> Lookalike:
    """Say what we think of a name; a reason is needed but for what is to be judged again."""
    actor.require(RIGHT)
    if verdict not in Lookalike.Verdict.values:
        raise Refused(_("Choose one of the answers."), "verdict")
    if verdict != Lookalike.Verdict.OPEN and not note.strip():
        raise Refused(_("Say why, or where it was reported."), "note")
    lookalike.verdict, lookalike.note = verdict, note.strip()
    lookalike.judged_at = None if verdict == Lookalike.Verdict.OPEN else clock.now()
    lookalike.save(update_fields=["verdict", "note", "judged_at"])
    return lookalike
