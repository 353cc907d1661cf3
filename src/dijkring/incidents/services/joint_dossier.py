# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The shared dossier: an organisation puts its own copies before others, one row per reader.

A member writes for itself and for who leads; who leads puts it before the other members. So who was
taken out gets nothing new, and keeps what it saw.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from dijkring.core import clock, events
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.incidents.models import Incident, Joint, JointEntry, TimelineEntry
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.selectors import joint as selectors
from dijkring.incidents.selectors.joint import Member, Side
from dijkring.incidents.services import checking

SHARED = "incident.shared"
_SAID = ("key", "origin", "kind", "at", "subject", "state", "text", "source", "recorded_at",
         "recorded_by", "author_id")  # fmt: skip
Kind = JointEntry.Kind


@dataclass(frozen=True, slots=True)
class Said:
    """Something for the shared dossier; `entry` is the one of the own timeline that it repeats."""

    kind: str
    at: datetime
    text: str
    subject: str = ""
    state: str = ""
    source: str = ""
    entry: TimelineEntry | None = None
    # What is written once however often it is delivered bears a number of its own.
    origin: UUID | None = None


def side_of(actor: Actor, incident: Incident) -> Side:
    """Return what this incident has to do with a joint one; Refused where it has nothing."""
    found = selectors.side_of(incident)
    if found is None or incident.organisation_id != actor.organisation_id:
        raise Refused(_("This incident is not a joint one."))
    return found


def share(*, actor: Actor, incident: Incident, said: Said) -> JointEntry:
    """Put something in the shared dossier, for who takes part now; it is never changed.

    Raises Refused for who does not take part (any more), an empty text, a moment in the future, an
    entry that was shared already, and a service without a name or a state.
    """
    actor.require(HANDLE)
    side = side_of(actor, checking.locked(actor, incident))
    if not side.takes_part:
        raise Refused(_("You do not take part in this joint incident (any more)."))
    _check(side, said)
    return write(side, said, actor.name)


def _check(side: Side, said: Said) -> None:
    checking.past(said.at, "at")
    checking.needed(said.text, "text", _("Write down what the others should know."))
    entry = said.entry
    if entry is not None and entry not in selectors.unshared(side.incident):
        raise Refused(_("This entry cannot be shared (again)."), "entries")
    if said.kind == Kind.SERVICE:
        checking.needed(said.subject, "subject", _("Choose a service."))
        if said.state not in JointEntry.State.values:
            raise Refused(_("Choose how the service runs."), "state")


def share_entries(
    *, actor: Actor, incident: Incident, entries: Sequence[TimelineEntry]
) -> list[JointEntry]:
    """Put entries of the own timeline in the shared dossier, as they stand there."""
    said = (Said(Kind.EVENT, one.at, one.text, source=one.source, entry=one) for one in entries)
    return [share(actor=actor, incident=incident, said=one) for one in said]


def write(side: Side, said: Said, who: str) -> JointEntry:
    """Write an entry of one's own side, without asking anything; for the services of this room."""
    mine = side.incident.organisation_id
    own = JointEntry.objects.create(
        organisation_id=mine,
        reader_id=mine,
        author_id=mine,
        key=side.key,
        origin=said.origin or uuid4(),
        kind=said.kind,
        at=said.at,
        subject=said.subject.strip()[:160],
        state=said.state,
        text=said.text.strip()[:4000],
        source=said.source.strip()[:200],
        recorded_at=clock.now(),
        recorded_by=who[:120],
        entry=said.entry,
    )
    if side.joint is not None:
        put_before([own], selectors.members(side.joint))
    else:
        copy = JointEntry.objects.create(**_copied(own, mine, side.provider.pk))
        events.publish(SHARED, organisation_id=side.provider.pk, entry=copy.pk)
    return own


def _copied(one: JointEntry, organisation_id: int, reader_id: int) -> dict[str, Any]:
    said = {name: getattr(one, name) for name in _SAID}
    return {**said, "organisation_id": organisation_id, "reader_id": reader_id}


def put_before(entries: Iterable[JointEntry], members: Iterable[Member]) -> int:
    """Put entries that who leads holds before members that take part; acts for who leads.

    Whoever has one already, or wrote it, gets no second copy. Returns how many were made.
    """
    entries = list(entries)
    readers = {one.invite.member_id: one.invite.organisation_id for one in members if one.active}
    origins = [one.origin for one in entries]
    there = set(
        JointEntry.objects.filter(origin__in=origins, reader_id__in=readers).values_list(
            "origin", "reader_id"
        )
    )
    rows = [
        JointEntry(**_copied(one, leader, reader))
        for one in entries
        for reader, leader in readers.items()
        if reader != one.author_id and (one.origin, reader) not in there
    ]
    return len(JointEntry.objects.bulk_create(rows))


def on_shared(*, organisation_id: int, entry: int) -> None:
    """Put what a member shared before the other members; acts for who leads.

    What comes from who takes no part (any more) goes no further.
    """
    found = JointEntry.objects.get(pk=entry, reader_id=organisation_id)
    joint = Joint.objects.filter(organisation_id=organisation_id, key=found.key).first()
    if joint is None:
        return
    members = selectors.members(joint)
    if found.author_id in {one.invite.member_id for one in members if one.active}:
        put_before([found], members)


def catch_up(joint: Joint, member: Member) -> int:
    """Give a member that takes part now everything that was shared before; acts for who leads."""
    return put_before(selectors.dossier(joint.organisation_id, joint.key), [member])
