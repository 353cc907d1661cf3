# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Joint incidents, made by the real services: led by us, and led by another."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from dijkring.core import clock
from dijkring.core.access import Actor, Role, person_actor
from dijkring.core.tenancy import acting_for
from dijkring.incidents.models import Awareness, Incident, Joint, JointPlace
from dijkring.incidents.selectors import clocks as clock_selectors
from dijkring.incidents.selectors import joint as selectors
from dijkring.incidents.selectors.joint import Member
from dijkring.incidents.services import (
    clocks,
    joint,
    joint_dossier,
    joint_places,
    joint_reports,
    reporting,
)
from dijkring.incidents.services.joint import Invitation
from dijkring.incidents.services.joint_dossier import Said
from dijkring.incidents.services.joint_reports import Wanted
from dijkring.incidents.services.reporting import Reported
from dijkring.notices.models import Notice
from dijkring.organisations.models import Organisation, User
from dijkring.organisations.services import add_member
from dijkring.sharing.services import handovers
from dijkring.sharing.tests.objects import giver_of, in_force, secretary
from dijkring.tests.harness.work import DoJobs

WANTED = Invitation("Mailplatform versleuteld", "Sinds de nacht kan niemand bij de mail.")


def handler(organisation: Organisation) -> Actor:
    """Return somebody new who handles incidents in an organisation; acts for it."""
    email = f"wacht@{organisation.slug}.example"
    user, made = User.objects.get_or_create(email=email, defaults={"name": "Wout Wacht"})
    with acting_for([organisation.pk]):
        if made:
            add_member(organisation_id=organisation.pk, user=user, role=Role.CISO)
    return person_actor(organisation.pk, user.pk, user.name, Role.CISO)


def befriend(one: Actor, other: Actor) -> None:
    """Let two organisations co-operate, by an agreement of the one with the other."""
    sides = [secretary(actor.organisation_id, actor.user_id) for actor in (one, other)]
    in_force(*sides)


def began(actor: Actor, *, at: datetime | None = None, exercise: bool = False) -> Incident:
    """Report an incident that touches others as well."""
    noticed = at or clock.now() - timedelta(hours=2)
    wanted = Reported(WANTED.title, noticed, "Alleen voor onszelf.", "no", exercise)
    with acting_for([actor.organisation_id], actor):
        return reporting.report(actor=actor, wanted=wanted)


def invited(leader: Actor, incident: Incident, *members: Actor) -> None:
    """Invite members, and let the invitation arrive at once."""
    with acting_for([leader.organisation_id], leader):
        chosen = [Organisation.objects.get(pk=one.organisation_id) for one in members]
        made = joint.invite(actor=leader, incident=incident, members=chosen, wanted=WANTED)
    for one in made:
        handovers.take(receiver_id=one.member_id, handover_id=one.handover_id)


def own_of(member: Actor) -> Incident:
    """Return the incident of a member's own that came of the last invitation."""
    with acting_for([member.organisation_id], member):
        rows = JointPlace.objects.filter(organisation_id=member.organisation_id)
        return rows.select_related("incident__organisation").latest("pk").incident


def answered(member: Actor, *, accepted: bool = True, reason: str = "Niet ons platform.") -> None:
    """Take part, or decline."""
    with acting_for([member.organisation_id], member):
        joint_places.answer(
            actor=member,
            incident=own_of(member),
            accepted=accepted,
            shows=JointPlace.Shows.REPORTED,
            reason="" if accepted else reason,
        )


def shared(actor: Actor, incident: Incident, text: str) -> None:
    """Put something in the shared dossier."""
    with acting_for([actor.organisation_id], actor):
        said = Said("event", clock.now(), text)
        joint_dossier.share(actor=actor, incident=incident, said=said)


def mandated(member: Actor, *obligations: str) -> int:
    """Let who leads hand in reports for a member; returns the number of the mandate."""
    signer = secretary(member.organisation_id, member.user_id)
    now = clock.now()
    wanted = Wanted(obligations, "Mandaatregister 2026, nr. 12", now, now + timedelta(days=30))
    with acting_for([member.organisation_id], signer):
        return joint_reports.give(actor=signer, incident=own_of(member), wanted=wanted).pk


def incident_of(leader: Actor, *, exercise: bool = False) -> Incident:
    with acting_for([leader.organisation_id], leader):
        return began(leader, exercise=exercise)


def together(leader: Actor, *members: Actor, do: DoJobs) -> Incident:
    """Handle an incident with members that take part."""
    found = incident_of(leader)
    invited(leader, found, *members)
    for one in members:
        answered(one)
    do()
    return found


def members_of(leader: Actor) -> list[Member]:
    with acting_for([leader.organisation_id], leader):
        return selectors.members(Joint.objects.latest("pk"))


def amended(actor: Actor, incident: Incident, at: datetime, reason: str) -> None:
    """State another moment of awareness."""
    with acting_for([actor.organisation_id], actor):
        clocks.become_aware(
            actor=actor,
            incident=incident,
            of=Awareness.Of.EVENT,
            at=at,
            who="Wacht",
            evidence="Het logboek van de wacht",
            reason=reason,
        )


def told_to(actor: Actor, kind: str) -> int:
    """Return how often a person was told something of a kind."""
    with acting_for([actor.organisation_id], actor):
        rows = Notice.objects.filter(kind=kind).values_list("user_id", flat=True)
        return list(rows).count(actor.user_id or 0)


def due(actor: Actor, incident: Incident) -> dict[str, clock_selectors.Clock]:
    with acting_for([actor.organisation_id], actor):
        fresh = Incident.objects.get(pk=incident.pk)
        every = clock_selectors.known(actor.organisation_id)
        return {one.obligation.id: one for one in clock_selectors.of_incident(fresh, every)}


def key_of(leader: Actor, led: Incident) -> UUID:
    with acting_for([leader.organisation_id], leader):
        return Joint.objects.get(incident=led).key


def make(actor: Actor, n: int) -> dict[str, dict[str, Any]]:
    """Lead one joint incident and take part in another; returns the arguments of each page."""
    other = handler(giver_of(actor, n))
    befriend(other, actor)
    led = began(actor)
    invited(actor, led, other)
    answered(other)
    shared(actor, led, f"Het platform staat stil {n}.")
    theirs = began(other)
    invited(other, theirs, actor)
    answered(actor)
    own = own_of(actor)
    leading = ("joint", "joint_invite", "joint_share", "joint_offer", "joint_submit", "joint_aware")
    slug = Organisation.objects.get(pk=other.organisation_id).slug
    return {
        **{f"incidents:{page}": {"pk": led.pk} for page in leading},
        **{f"incidents:{page}": {"pk": own.pk} for page in ("joint_place", "joint_mandate")},
        "incidents:joint_out": {"pk": led.pk, "member": slug},
        "incidents:joint_withdraw": {"pk": mandated(actor, "cbw.early_warning")},
    }
