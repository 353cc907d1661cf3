# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Joint incidents: who takes part, what is shared, what members show, and which mandates hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from dijkring.core import clock
from dijkring.core.rows import fetch
from dijkring.incidents.models import (
    Incident,
    Joint,
    JointEntry,
    JointInvite,
    JointMandate,
    JointPlace,
    TimelineEntry,
)
from dijkring.organisations.models import Organisation
from dijkring.sharing.models import Handover


class Standing(StrEnum):
    """How a member stands, for the leading organisation."""

    UNDER_WAY = "under_way"
    NOT_REACHED = "not_reached"
    REACHED = "reached"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LEFT = "left"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Side:
    """What a joint incident is to one organisation: it leads, or it has a place."""

    key: UUID
    incident: Incident
    provider: Organisation
    joint: Joint | None = None
    place: JointPlace | None = None
    invite: JointInvite | None = None

    @property
    def leads(self) -> bool:
        """Whether this organisation leads."""
        return self.joint is not None

    @property
    def answered(self) -> bool:
        """Whether this organisation answered the last invitation."""
        return self.place is None or bool(self.place.handover.answer)

    @property
    def takes_part(self) -> bool:
        """Whether it may put something in the shared dossier now."""
        if self.place is None:
            return True
        stays = self.place.left_at is None and self.invite is not None
        return stays and self.place.handover.answer == Handover.Answer.ACCEPTED

    @property
    def over(self) -> str:
        """Why this organisation takes no part any more; nothing while it may."""
        if self.place is None or self.takes_part or not self.answered:
            return ""
        if self.place.handover.answer == Handover.Answer.DECLINED:
            return Standing.DECLINED
        return Standing.LEFT if self.place.left_at else Standing.REMOVED


class Told(NamedTuple):
    """A report of a member, as far as it shows that; `at` only where it shows moments."""

    member_id: int
    obligation: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Member:
    """A member as the leading organisation sees it."""

    invite: JointInvite
    place: JointPlace | None
    told: Sequence[Told] = ()

    @property
    def pk(self) -> int:
        """The number of its last invitation."""
        return self.invite.pk

    @property
    def organisation(self) -> Organisation:
        """Who it is."""
        return self.invite.member

    @property
    def standing(self) -> Standing:
        """How far it is; what ended last counts."""
        handover = self.invite.handover
        ended = self._ended()
        if ended is not None:
            return ended
        if handover.refusal or (handover.failed_at and not handover.taken_at):
            return Standing.NOT_REACHED
        if not handover.taken_at:
            return Standing.UNDER_WAY
        return Standing(handover.answer or Standing.REACHED)

    def _ended(self) -> Standing | None:
        if self.invite.removed_at is not None:
            return Standing.REMOVED
        left = self.place is not None and self.place.left_at is not None
        return Standing.LEFT if left and self.invite.handover.answer else None

    @property
    def active(self) -> bool:
        """Whether it gets what is shared from now on."""
        return self.standing == Standing.ACCEPTED

    @property
    def may_be_invited(self) -> bool:
        """Whether it takes no part, and nothing is under way to it."""
        return self.standing in ENDED


ENDED = (Standing.NOT_REACHED, Standing.DECLINED, Standing.LEFT, Standing.REMOVED)


def side_of(incident: Incident) -> Side | None:
    """Return what an incident has to do with a joint one; None for an incident of one's own."""
    joint = Joint.objects.filter(incident=incident).select_related("organisation").first()
    if joint is not None:
        return Side(joint.key, incident, joint.organisation, joint=joint)
    place = places(incident.organisation_id).filter(incident=incident).first()
    if place is None:
        return None
    return Side(place.key, incident, place.provider, place=place, invite=invite_of(place))


def places(organisation_id: int) -> QuerySet[JointPlace]:
    """Return the places of an organisation in joint incidents that others lead."""
    rows = JointPlace.objects.filter(organisation_id=organisation_id)
    return rows.select_related("provider", "handover", "incident")


def invite_of(place: JointPlace) -> JointInvite | None:
    """Return the invitation that holds for a place; None once the member was taken out."""
    return invites_of([place]).get(place.pk)


def invites_of(places: Iterable[JointPlace]) -> dict[int, JointInvite]:
    """Return the invitations that hold for some places of one member, by place."""
    known = {(one.organisation_id, one.key, one.handover_id): one.pk for one in places}
    rows = JointInvite.objects.filter(
        member_id__in={member for member, _key, _handover in known},
        key__in={key for _member, key, _handover in known},
        removed_at=None,
    ).select_related("member")
    found = {known.get((one.member_id, one.key, one.handover_id)): one for one in rows}
    return {pk: one for pk, one in found.items() if pk is not None}


def led(organisation_id: int) -> QuerySet[Joint]:
    """Return the joint incidents that an organisation leads, the newest first."""
    rows = Joint.objects.filter(organisation_id=organisation_id).select_related("incident")
    return rows.order_by("-opened_at", "-pk")


def members(joint: Joint) -> list[Member]:
    """Return the members of a joint incident by name, each with its last invitation."""
    invites = JointInvite.objects.filter(organisation_id=joint.organisation_id, joint=joint)
    last = {one.member_id: one for one in invites.select_related("member", "handover")}
    rows = JointPlace.objects.filter(provider_id=joint.organisation_id, key=joint.key)
    places = {one.organisation_id: one for one in rows}
    told = told_of(joint)
    found = [
        Member(one, places.get(id), [row for row in told if row.member_id == id])
        for id, one in last.items()
    ]
    return sorted(found, key=lambda one: one.organisation.sort_name)


def told_of(joint: Joint) -> list[Told]:
    """Return which reports members show that they handed in; acts for who leads."""
    return [Told(*row) for row in fetch("SELECT * FROM door_joint_told(%s)", [joint.key])]


def dossier(organisation_id: int, key: UUID) -> QuerySet[JointEntry]:
    """Return the shared dossier as one organisation holds it, the oldest first."""
    rows = JointEntry.objects.filter(reader_id=organisation_id, key=key)
    return rows.select_related("author").order_by("at", "recorded_at", "pk")


def situation(entries: Iterable[JointEntry]) -> JointEntry | None:
    """Return the situation that was shared last."""
    found = [one for one in entries if one.kind == JointEntry.Kind.SITUATION]
    return max(found, key=lambda one: (one.recorded_at, one.pk), default=None)


def services(entries: Iterable[JointEntry]) -> list[JointEntry]:
    """Return how each service stands by what was said last, per author and name."""
    found: dict[tuple[int, str], JointEntry] = {}
    for one in sorted(entries, key=lambda one: (one.at, one.recorded_at)):
        if one.kind == JointEntry.Kind.SERVICE:
            found[one.author_id, one.subject] = one
    return sorted(found.values(), key=lambda one: one.subject)


def unshared(incident: Incident) -> QuerySet[TimelineEntry]:
    """Return the entries of one's own timeline that stand in no shared dossier, newest first."""
    rows = TimelineEntry.objects.filter(incident=incident, shared_as=None)
    return rows.order_by("-at", "-pk")


# --- mandates -------------------------------------------------------------------------------------


def mandates(side: Side) -> QuerySet[JointMandate]:
    """Return the mandates that members gave to who leads, as far as one's own side sees them."""
    rows = JointMandate.objects.filter(provider=side.provider).select_related("organisation")
    rows = rows if side.leads else rows.filter(organisation_id=side.incident.organisation_id)
    return (rows.filter(key=side.key) | rows.filter(key=None)).order_by("-pk")


def holds(mandate: JointMandate, at: datetime) -> bool:
    """Tell whether a mandate held at a moment, and was not withdrawn since."""
    return mandate.withdrawn_at is None and mandate.since <= at < mandate.until


def mandate_for(
    member_id: int, provider_id: int, key: UUID, obligation: str, at: datetime
) -> JointMandate | None:
    """Return the mandate under which a report may be handed in for a member at a moment."""
    rows = JointMandate.objects.filter(organisation_id=member_id, provider_id=provider_id)
    rows = rows.filter(withdrawn_at=None, since__lte=at, until__gt=at)
    fits = (rows.filter(key=key) | rows.filter(key=None)).order_by("-pk")
    return next((one for one in fits if obligation in one.obligations), None)


def may_hand_in(joint: Joint) -> list[tuple[Member, JointMandate, str]]:
    """Return for whom what may be handed in now, under which mandate; by member and report."""
    now, found = clock.now(), []
    for one in members(joint):
        if one.place is None or not one.active:
            continue
        rows = JointMandate.objects.filter(
            organisation_id=one.place.organisation_id, provider_id=joint.organisation_id
        )
        for mandate in rows.filter(key=joint.key) | rows.filter(key=None):
            if holds(mandate, now):
                found += [(one, mandate, obligation) for obligation in mandate.obligations]
    return found


# --- for others, in counts ------------------------------------------------------------------------


class Counts(NamedTuple):
    """One joint incident for who has an agreement with its leader: numbers, and nothing more.

    The last three are None where there are fewer than three members: a number would be a name.
    """

    provider_id: int
    opened_at: datetime
    open: bool
    invited: int
    reached: int | None
    accepted: int | None
    warned: int | None


def counts() -> list[Counts]:
    """Return the counts of joint incidents that others share with the organisation that asks."""
    return [Counts(*row) for row in fetch("SELECT * FROM door_joint_counts(%s)", [clock.now()])]
