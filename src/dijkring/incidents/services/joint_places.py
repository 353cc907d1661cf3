# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A member's side of a joint incident: its own incident on arrival, its answer, and leaving."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from dijkring.core import clock, events, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.incidents import joint_told as told
from dijkring.incidents.guides import categories
from dijkring.incidents.models import Awareness, Incident, JointInvite, JointPlace
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.selectors import clocks as clock_selectors
from dijkring.incidents.selectors import joint as selectors
from dijkring.incidents.services import checking, clocks, reporting
from dijkring.incidents.services import joint_dossier as dossier
from dijkring.incidents.services.reporting import Reported
from dijkring.organisations.models import Organisation
from dijkring.sharing.models import Handover
from dijkring.sharing.services import handovers
from dijkring.ui import words

LEFT = "incident.joint_left"
Known = Incident.Known


def read_payload(payload: dict[str, Any]) -> tuple[UUID, datetime]:
    """Return the number of the dossier and the moment of awareness; Refused when unreadable."""
    try:
        key, at = UUID(str(payload["key"])), datetime.fromisoformat(str(payload["aware_at"]))
    except (KeyError, ValueError) as error:
        raise Refused(_("This invitation cannot be read.")) from error
    return key, checking.past(at, "aware_at")


def take_up(*, actor: Actor, handover: Handover) -> None:
    """Give the receiver an incident of its own at once, on clocks from the sender's awareness.

    That is the strictest reading: what the provider knew, its client knew. Another anchor is an
    amendment, with a reason. Acts for the receiver; Refused where nobody can take it up.
    """
    key, aware_at = read_payload(handover.payload)
    if handover.repeats_id is not None:
        raise Refused(_("Invite this organisation again from the joint incident itself."))
    if not told.answering(actor.organisation_id):
        raise Refused(_("There is nobody at the receiver who can take this up."))
    place = selectors.places(actor.organisation_id).filter(key=key).first()
    if place is not None:
        _again(place, handover)
        return
    JointPlace.objects.create(
        organisation_id=actor.organisation_id,
        provider_id=handover.organisation_id,
        incident=_report(actor, handover, aware_at),
        key=key,
        handover=handover,
        arrived_at=clock.now(),
    )


def _report(actor: Actor, handover: Handover, aware_at: datetime) -> Incident:
    said, sender = handover.payload, handover.organisation.name
    evidence = _("Handover %(number)s of %(who)s, number %(reference)s there, arrived on %(at)s.")
    given = {
        "number": handover.pk,
        "who": sender,
        "reference": said.get("reference", ""),
        "at": words.moment_words(clock.now()),
    }
    # That the provider has no personal data of its own says nothing about those of the member.
    personal = Known.YES if said.get("personal_data") == Known.YES else Known.UNKNOWN
    wanted = Reported(
        title=str(said.get("title", ""))[:200],
        noticed_at=aware_at,
        description=str(said.get("text", ""))[:8000],
        personal_data=personal,
        exercise=bool(said.get("exercise")),
        reporter=sender,
        evidence=evidence % given,
    )
    made = reporting.report(actor=actor, wanted=wanted)
    _copy(made, said)
    return made


def _copy(made: Incident, said: dict[str, Any]) -> None:
    """Take over what the sender says of the kind of incident, as far as it is known here."""
    chosen = {
        "severity": (said.get("severity"), Incident.Severity.values),
        "tlp": (said.get("tlp"), Incident.Tlp.values),
        "category": (said.get("category"), categories()),
    }
    for name, (value, known) in chosen.items():
        if value in known:
            setattr(made, name, value)
    made.save(update_fields=list(chosen))


def _again(place: JointPlace, handover: Handover) -> None:
    if place.provider_id != handover.organisation_id:
        raise Refused(_("This invitation cannot be read."))
    place.handover, place.accepted_at, place.left_at, place.leaving = handover, None, None, ""
    place.save(update_fields=["handover", "accepted_at", "left_at", "leaving"])
    told.tell(told.AGAIN, place.incident, handover.organisation.name, str(handover.pk))


def _own(actor: Actor, incident: Incident) -> JointPlace:
    actor.require(HANDLE)
    rows = JointPlace.objects.select_for_update(of=("self",)).select_related("handover")
    found = rows.filter(organisation_id=actor.organisation_id, incident=incident).first()
    if found is None:
        raise Refused(_("This incident is not a joint one."))
    return found


def answer(
    *, actor: Actor, incident: Incident, accepted: bool, shows: str, reason: str = ""
) -> JointPlace:
    """Take part, or decline with a reason; the own incident and its clocks go on either way."""
    found = _own(actor, incident)
    _show(found, shows)
    handovers.answer(actor=actor, handover=found.handover, accepted=accepted, reason=reason)
    found.accepted_at = clock.now() if accepted else None
    found.save(update_fields=["shows", "accepted_at"])
    return found


def show(*, actor: Actor, incident: Incident, shows: str) -> JointPlace:
    """Choose how much who leads sees of our reports; it holds at once."""
    found = _own(actor, incident)
    _show(found, shows)
    found.save(update_fields=["shows"])
    return found


def _show(found: JointPlace, shows: str) -> None:
    if shows not in JointPlace.Shows.values:
        raise Refused(_("Choose from the list."), "shows")
    found.shows = shows


def leave(*, actor: Actor, incident: Incident, reason: str) -> JointPlace:
    """Take no part any more: nothing new comes in, what was seen stays, the own clocks go on."""
    found = _own(actor, incident)
    side = dossier.side_of(actor, incident)
    if not side.takes_part:
        raise Refused(_("You do not take part in this joint incident (any more)."))
    said = checking.needed(reason, "reason", _("Give a reason."))[:500]
    tenancy.note_reason(said)
    found.left_at, found.leaving = clock.now(), said
    found.save(update_fields=["left_at", "leaving"])
    events.publish(LEFT, organisation_id=found.provider_id, handover=found.handover_id)
    return found


def on_removed(*, organisation_id: int, invite: int) -> None:
    """Tell who handles the incident that who leads took us out; acts for the member."""
    found = JointInvite.objects.select_related("organisation").get(pk=invite)
    place = selectors.places(organisation_id).filter(key=found.key).first()
    if place is not None:
        told.tell(
            told.REMOVED,
            place.incident,
            found.organisation.name,
            str(invite),
            why=found.removal,
        )


def take_awareness(*, actor: Actor, handover: Handover) -> None:
    """Let the clocks follow an amendment of who leads, unless we took an anchor of our own."""
    key, at = read_payload(handover.payload)
    places = selectors.places(actor.organisation_id)
    place = places.filter(key=key, provider_id=handover.organisation_id).first()
    if place is None:
        raise Refused(_("This incident is not a joint one."))
    sender = handover.organisation.name
    before = clock_selectors.latest(place.incident)
    if before is None or not _followed(before, actor, handover.organisation):
        told.tell(told.KEPT, place.incident, sender, str(handover.pk))
        return
    clocks.become_aware(
        actor=actor,
        incident=place.incident,
        of=Awareness.Of.EVENT,
        at=at,
        who=sender,
        evidence=_("Handover %(number)s of %(who)s.") % {"number": handover.pk, "who": sender},
        reason=str(handover.payload.get("reason", ""))
        or _("The leading organisation amended its moment."),
    )
    told.tell(told.AMENDED, place.incident, sender, str(handover.pk))


def _followed(before: Awareness, actor: Actor, provider: Organisation) -> bool:
    """Tell whether the moment that counts was the provider's, written down by Dijkring itself."""
    return before.who == provider.name and before.recorded_by == actor.name
