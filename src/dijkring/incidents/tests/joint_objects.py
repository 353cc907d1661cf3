# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Joint incidents, made by the real services: led by us, and led by another."""

from datetime import datetime, timedelta
from typing import Any

from dijkring.core import clock
from dijkring.core.access import Actor, Role, person_actor
from dijkring.core.tenancy import acting_for
from dijkring.incidents.models import Incident, JointPlace
from dijkring.incidents.services import joint, joint_dossier, joint_places, joint_reports, reporting
from dijkring.incidents.services.joint import Invitation
from dijkring.incidents.services.joint_dossier import Said
from dijkring.incidents.services.joint_reports import Wanted
from dijkring.incidents.services.reporting import Reported
from dijkring.organisations.models import Organisation, User
from dijkring.organisations.services import add_member
from dijkring.sharing.services import handovers
from dijkring.sharing.tests.objects import giver_of, in_force, secretary

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
