# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Leading a joint incident: opening it, inviting members, taking one out, and what they answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import uuid5

from django.utils.translation import gettext as _

from dijkring.core import clock, events, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.incidents import joint_told as told
from dijkring.incidents.models import Awareness, Incident, Joint, JointEntry, JointInvite
from dijkring.incidents.selectors import clocks
from dijkring.incidents.selectors import joint as selectors
from dijkring.incidents.selectors.joint import Member, Side
from dijkring.incidents.services import checking
from dijkring.incidents.services import joint_dossier as dossier
from dijkring.incidents.services.joint_dossier import Said
from dijkring.organisations.models import Organisation
from dijkring.sharing import partners
from dijkring.sharing.models import Handover
from dijkring.sharing.services import handovers

LEAD = "incidents.joint"
# Who takes part is written down by nobody in particular.
SYSTEM = "Dijkring"
INVITED, AWARE = "incident.joint", "incident.joint_aware"
REMOVED = "incident.joint_removed"


@dataclass(frozen=True, slots=True)
class Invitation:
    """All that a member gets to read with the invitation, beside the moment of awareness."""

    title: str
    text: str


def may_be_invited(incident: Incident) -> list[Organisation]:
    """Return with whom the organisation co-operates and who takes no part yet, by name."""
    side = selectors.side_of(incident)
    busy = set()
    if side is not None and side.joint is not None:
        members = selectors.members(side.joint)
        busy = {one.invite.member_id for one in members if not one.may_be_invited}
    found = partners.partners(incident.organisation_id)
    return [one for one in found if one.pk not in busy]


def invite(
    *, actor: Actor, incident: Incident, members: Iterable[Organisation], wanted: Invitation
) -> list[JointInvite]:
    """Invite organisations to handle an incident together; the first time opens the dossier.

    Each gets an incident of its own as soon as this arrives, and its clocks run from our awareness.
    Raises Refused without awareness, for TLP:RED, a member's own incident, and for who takes part.
    """
    actor.require(LEAD)
    found = checking.locked(actor, incident)
    checking.open_still(found)
    checking.needed(wanted.title, "title", _("Say in a few words what is the matter."))
    chosen = list(members)
    if not chosen:
        raise Refused(_("Choose whom you invite."), "members")
    _may_lead(found)
    allowed = {one.pk for one in may_be_invited(found)}
    for one in chosen:
        if one.pk not in allowed:
            raise Refused(_("%(who)s cannot be invited (again).") % {"who": one}, "members")
    joint = _opened(actor, found)
    payload = _payload(actor, joint, wanted)
    return [_invite(actor, joint, one, payload) for one in chosen]


def _may_lead(found: Incident) -> None:
    side = selectors.side_of(found)
    if side is not None and not side.leads:
        raise Refused(_("%(who)s leads this joint incident.") % {"who": side.provider})
    if clocks.latest(found) is None:
        raise Refused(_("First record since when you are aware of this incident."))
    if found.tlp == Incident.Tlp.RED:
        raise Refused(_("TLP:RED is for named people only. Change that first."))


def _opened(actor: Actor, found: Incident) -> Joint:
    joint = Joint.objects.filter(incident=found).first()
    return joint or Joint.objects.create(
        organisation_id=actor.organisation_id,
        incident=found,
        opened_at=clock.now(),
        opened_by=actor.name[:120],
    )


def _payload(actor: Actor, joint: Joint, wanted: Invitation) -> dict[str, Any]:
    found = joint.incident
    aware = clocks.latest(found)
    assert aware is not None  # noqa: S101 -- asked before
    return {
        "key": str(joint.key),
        "title": wanted.title.strip()[:200],
        "text": wanted.text.strip()[:4000],
        "aware_at": aware.at.isoformat(),
        "reference": found.reference,
        "severity": found.severity,
        "category": found.category,
        "tlp": found.tlp,
        "personal_data": found.personal_data,
        "exercise": found.exercise,
        "by": actor.name[:120],
    }


def _invite(
    actor: Actor, joint: Joint, member: Organisation, payload: dict[str, Any]
) -> JointInvite:
    sent = handovers.send(actor=actor, receiver_id=member.pk, kind=INVITED, payload=payload)
    return JointInvite.objects.create(
        organisation_id=actor.organisation_id,
        joint=joint,
        member=member,
        key=joint.key,
        handover=sent,
        invited_at=clock.now(),
        invited_by=actor.name[:120],
    )


def remove(*, actor: Actor, invite: JointInvite, reason: str) -> JointInvite:
    """Take a member out: it gets nothing new, keeps what it saw, and its own clocks go on."""
    actor.require(LEAD)
    rows = JointInvite.objects.select_for_update(of=("self",)).select_related("joint", "member")
    found = rows.get(pk=invite.pk, organisation_id=actor.organisation_id)
    if found.removed_at is not None:
        raise Refused(_("This member was taken out already."))
    said = checking.needed(reason, "reason", _("Give a reason."))[:500]
    tenancy.note_reason(said)
    found.removed_at, found.removed_by, found.removal = clock.now(), actor.name[:120], said
    found.save(update_fields=["removed_at", "removed_by", "removal"])
    words = _("%(who)s takes no part any more.") % {"who": found.member}
    _note(found.joint, words, actor.name, f"out {found.pk}")
    events.publish(REMOVED, organisation_id=found.member_id, invite=found.pk)
    return found


def _note(joint: Joint, words: str, who: str, once: str) -> None:
    """Write in the dossier who takes part; the same `once` is written once."""
    origin = uuid5(joint.key, once)
    if JointEntry.objects.filter(reader_id=joint.organisation_id, origin=origin).exists():
        return
    incident = Incident.objects.get(pk=joint.incident_id)
    side = Side(joint.key, incident, joint.organisation, joint=joint)
    said = Said(JointEntry.Kind.MEMBER, clock.now(), words, origin=origin)
    dossier.write(side, said, who)


def member_of(handover: Handover) -> tuple[Joint, Member] | None:
    """Return the member whose last invitation this is; acts for who leads."""
    rows = JointInvite.objects.filter(handover=handover, organisation_id=handover.organisation_id)
    found = rows.select_related("joint__organisation", "joint__incident").first()
    if found is None:
        return None
    members = selectors.members(found.joint)
    return next(((found.joint, one) for one in members if one.invite.pk == found.pk), None)


def on_answered(*, organisation_id: int, handover: int) -> None:
    """Open the dossier for a member that takes part, and tell who invited it; acts for who leads.

    Also told: that a member was not reached, and must be called.
    """
    sent = Handover.objects.select_related("receiver").get(pk=handover)
    known = member_of(sent) if sent.organisation_id == organisation_id else None
    if known is None:
        return
    joint, member = known
    if member.active:
        words = _("%(who)s takes part.") % {"who": sent.receiver}
        _note(joint, words, SYSTEM, f"in {sent.pk}")
        dossier.catch_up(joint, member)
    kind = {"accepted": told.ACCEPTED, "declined": told.DECLINED}.get(sent.answer, told.FAILED)
    why = sent.answer_reason or sent.refusal
    key = f"{sent.pk}-{sent.taken_at or sent.failed_at}"
    told.tell(kind, joint.incident, sent.receiver.name, key, [sent.sent_by_id], why=why)


def on_left(*, organisation_id: int, handover: int) -> None:
    """Write down that a member left, and tell who handles the incident; acts for who leads."""
    known = member_of(Handover.objects.select_related("receiver").get(pk=handover))
    if known is None or known[1].place is None or known[0].organisation_id != organisation_id:
        return
    joint, member = known
    assert member.place is not None  # noqa: S101 -- asked above
    name = member.organisation.name
    _note(joint, _("%(who)s takes no part any more.") % {"who": name}, SYSTEM, f"out {handover}")
    told.tell(told.LEFT, joint.incident, name, str(handover), why=member.place.leaving)


def pass_on_awareness(*, actor: Actor, incident: Incident) -> int:
    """Tell every member that our moment of awareness was amended; returns how many.

    Where a member took no anchor of its own, its clocks follow; with its own reason they stand.
    """
    actor.require(LEAD)
    side = dossier.side_of(actor, checking.locked(actor, incident))
    aware = clocks.latest(side.incident)
    if side.joint is None or aware is None or not aware.reason:
        raise Refused(_("Nothing was amended that members should know."))
    members = [one for one in selectors.members(side.joint) if one.place and not one.may_be_invited]
    for one in members:
        _send_awareness(actor, side, one, aware)
    return len(members)


def _send_awareness(actor: Actor, side: Side, member: Member, aware: Awareness) -> None:
    payload = {
        "key": str(side.key),
        "title": side.incident.title,
        "aware_at": aware.at.isoformat(),
        "reason": aware.reason,
        "by": actor.name[:120],
    }
    receiver = member.invite.member_id
    handovers.send(actor=actor, receiver_id=receiver, kind=AWARE, payload=payload)
