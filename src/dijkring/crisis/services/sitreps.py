# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Situation reports: drafted from what is known, approved by a person, given to others by hand."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.crisis.models import Crisis, LogLine, Sitrep, SitrepSent
from dijkring.crisis.rights import LEAD, WRITE
from dijkring.crisis.services.entering import enter
from dijkring.incidents.services import checking

SECTIONS = ("picture", "stake", "outlook", "measures", "decisions", "communication")


class Overtaken(Refused):
    """Somebody else saved first; `version` is the one that stands now."""

    def __init__(self, message: str, version: int) -> None:
        super().__init__(message)
        self.version = version


def draft(*, actor: Actor, crisis: Crisis, sections: Mapping[str, str]) -> Sitrep:
    """Begin the next situation report; there is one draft at a time, which is returned if there.

    `sections` is what is known already.
    """
    actor.require(WRITE)
    rows = Sitrep.objects.filter(crisis=crisis)
    if there := rows.filter(approved_at=None).first():
        return there
    number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    line = _("Situation report %(number)s is being drafted") % {"number": number}
    enter(actor, crisis, LogLine.Kind.SITREP, line)
    return Sitrep.objects.create(
        organisation_id=actor.organisation_id,
        crisis=crisis,
        number=number,
        at=clock.now(),
        made_by_id=actor.user_id,
        **{name: sections.get(name, "")[:8000] for name in SECTIONS},
    )


def write(*, actor: Actor, sitrep: Sitrep, sections: Mapping[str, str], version: int) -> Sitrep:
    """Write a draft; raises Overtaken when somebody else saved since `version`."""
    actor.require(WRITE)
    found = _draft(actor, sitrep)
    if found.version != version:
        said = _("Somebody else saved this report while you had it open. What you typed is still"
                 " here; save again to put it in its place.")  # fmt: skip
        raise Overtaken(said, found.version)
    for name in SECTIONS:
        setattr(found, name, sections.get(name, "").strip()[:8000])
    found.at, found.version = clock.now(), found.version + 1
    found.save()
    return found


def approve(*, actor: Actor, sitrep: Sitrep) -> Sitrep:
    """Approve a draft; from then on it stands. Raises Refused without a picture."""
    actor.require(LEAD)
    enter(actor, sitrep.crisis, LogLine.Kind.SITREP, _("Situation report %(number)s approved") % {
        "number": sitrep.number
    })  # fmt: skip
    found = _draft(actor, sitrep)
    checking.needed(found.picture, "picture", _("A situation report begins with the picture."))
    found.approved_at, found.approved_by_id = clock.now(), actor.user_id
    found.save(update_fields=["approved_at", "approved_by"])
    return found


def send(*, actor: Actor, sitrep: Sitrep, to: str, channel: str, at: datetime) -> SitrepSent:
    """Record to whom an approved report was given; nothing is sent from here."""
    actor.require(WRITE)
    if not sitrep.approved:
        raise Refused(_("Only an approved report is given to others."))
    who = checking.needed(to, "to", _("Say to whom."))
    how = checking.needed(channel, "channel", _("Say in which way."))
    line = _("Situation report %(number)s given to %(who)s: %(how)s") % {
        "number": sitrep.number, "who": who, "how": how
    }  # fmt: skip
    enter(actor, sitrep.crisis, LogLine.Kind.SITREP, line, at=at)
    return SitrepSent.objects.create(
        organisation_id=actor.organisation_id,
        sitrep=sitrep,
        to=who[:300],
        channel=how[:120],
        at=at,
        by=actor.name[:120],
    )


def _draft(actor: Actor, sitrep: Sitrep) -> Sitrep:
    rows = Sitrep.objects.filter(organisation_id=actor.organisation_id)
    found = rows.select_for_update().get(pk=sitrep.pk)
    if found.approved:
        raise Refused(_("This report was approved and stands. Draft the next one."))
    return found
