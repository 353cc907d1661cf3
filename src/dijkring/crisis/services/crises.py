# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Opening a crisis, going up or down a ladder, and ending it."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext as _

from dijkring.core import clock, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.crisis.models import Crisis, Ladder, LevelChange, LogLine
from dijkring.crisis.rights import LEAD
from dijkring.crisis.selectors import crises as selectors
from dijkring.crisis.selectors.levels import Rung, rung
from dijkring.crisis.services.entering import enter
from dijkring.crisis.services.people import need
from dijkring.incidents.models import Incident
from dijkring.incidents.services import checking

_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


@dataclass(frozen=True, slots=True)
class Opening:
    """What is told to open a crisis; one that comes from an incident takes its exercise mark."""

    title: str
    level: str
    reason: str
    summary: str = ""
    incident_id: int | None = None
    exercise: bool = False


def open_crisis(*, actor: Actor, wanted: Opening) -> Crisis:
    """Open a crisis on a level of our own ladder; who is needed on it stands ready to be called.

    Raises Refused without a title, a level or a reason, and for an incident that is not ours.
    """
    actor.require(LEAD)
    title = checking.needed(wanted.title, "title", _("Say in a few words what is the matter."))
    incident = _incident(actor, wanted.incident_id)
    exercise = incident.exercise if incident else wanted.exercise
    year, number = _next_number(actor.organisation_id, exercise)
    made = Crisis.objects.create(
        organisation_id=actor.organisation_id,
        year=year,
        number=number,
        exercise=exercise,
        title=title[:200],
        summary=wanted.summary.strip()[:4000],
        incident=incident,
        opened_at=clock.now(),
        opened_by_id=actor.user_id,
    )
    change_level(
        actor=actor, crisis=made, ladder=Ladder.OWN, key=wanted.level, reason=wanted.reason
    )
    return made


def _incident(actor: Actor, pk: int | None) -> Incident | None:
    if pk is None:
        return None
    found = Incident.objects.filter(organisation_id=actor.organisation_id, pk=pk).first()
    if found is None:
        raise Refused(_("This incident is not known."), "incident")
    return found


def _next_number(organisation_id: int, exercise: bool) -> tuple[int, int]:
    year = clock.today().year
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME, [f"crisis:{organisation_id}"])
    rows = Crisis.objects.filter(organisation_id=organisation_id, exercise=exercise, year=year)
    return year, (rows.aggregate(last=Max("number"))["last"] or 0) + 1


def change_level(
    *, actor: Actor, crisis: Crisis, ladder: str, key: str, reason: str
) -> LevelChange:
    """Bring a crisis to another level; without a key it leaves that ladder.

    Whoever is needed there and was not yet stands ready to be called. Raises Refused for an
    unknown level, the level that it has already, and without a reason.
    """
    actor.require(LEAD)
    why = checking.needed(reason, "reason", _("Give a reason."))
    wanted = _wanted(actor, ladder, key)
    name = wanted.name if wanted else ""
    field = "level" if ladder == Ladder.OWN else "grip"
    said = name or _("no level any more")
    label = Ladder(ladder).label
    enter(actor, crisis, LogLine.Kind.LEVEL, f"{label}: {said}. {why}")
    now = Crisis.objects.get(pk=crisis.pk)
    if getattr(now, field) == name:
        raise Refused(_("The crisis is on this level already."), "level")
    Crisis.objects.filter(pk=crisis.pk).update(**{field: name})
    setattr(crisis, field, name)
    if wanted:
        need(actor=actor, crisis=crisis, functions=wanted.called)
    return LevelChange.objects.create(
        organisation_id=actor.organisation_id,
        crisis=crisis,
        ladder=ladder,
        key=key,
        name=name,
        reason=why[:2000],
        at=clock.now(),
        by=actor.name[:120],
    )


def _wanted(actor: Actor, ladder: str, key: str) -> Rung | None:
    if not key and ladder == Ladder.GRIP:
        return None
    found = rung(actor.organisation_id, ladder, key)
    if found is None or not found.in_use:
        raise Refused(_("Choose a level of the list."), "level")
    return found


def end(*, actor: Actor, crisis: Crisis, reason: str) -> Crisis:
    """End a crisis; what was written in it stays, and nothing is added but how it is seen later.

    Raises Refused while a decision is pending.
    """
    actor.require(LEAD)
    why = checking.needed(reason, "reason", _("Give a reason."))
    enter(actor, crisis, LogLine.Kind.LEVEL, _("The crisis has ended. %(why)s") % {"why": why})
    if selectors.pending(crisis).exists():
        raise Refused(_("A decision is still pending. Take it, or withdraw the question."))
    tenancy.note_reason(why)
    found = Crisis.objects.get(pk=crisis.pk)
    found.ended_at, found.ended_by_id, found.end_reason = clock.now(), actor.user_id, why[:2000]
    found.save(update_fields=["ended_at", "ended_by", "end_reason"])
    return found


def reopen(*, actor: Actor, crisis: Crisis, reason: str) -> Crisis:
    """Open a crisis that ended again; that it had ended, and why, stays in its log.

    Raises Refused for one that has not ended, after thirty days, and without a reason.
    """
    actor.require(LEAD)
    why = checking.needed(reason, "reason", _("Give a reason."))
    line = _("The crisis has been opened again. %(why)s") % {"why": why}
    enter(actor, crisis, LogLine.Kind.LEVEL, line, afterwards=True)
    found = Crisis.objects.get(pk=crisis.pk)
    if found.again_until is None:
        raise Refused(_("This crisis goes on."))
    if clock.now() > found.again_until:
        raise Refused(_("This crisis ended too long ago. Open another one."))
    tenancy.note_reason(why)
    found.ended_at, found.ended_by_id, found.end_reason = None, None, ""
    found.reopened_at, found.reopened_by_id = clock.now(), actor.user_id
    found.reopen_reason = why[:2000]
    found.save(update_fields=[
        "ended_at", "ended_by", "end_reason", "reopened_at", "reopened_by", "reopen_reason"
    ])  # fmt: skip
    return found
