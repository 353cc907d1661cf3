# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Actions that one hands over to another, for the tests that visit every page."""

from typing import Any

from dijkring.actions import handing_over, services
from dijkring.actions.handing_over import Sent
from dijkring.actions.models import Proposal
from dijkring.core.access import Actor, Role, person_actor
from dijkring.core.tenancy import acting_for
from dijkring.organisations.models import Organisation
from dijkring.sharing.services import handovers
from dijkring.sharing.tests.objects import giver_of

Arguments = dict[str, dict[str, Any]]


def proposed(sender: Actor, receiver: Organisation, title: str = "Samen oefenen") -> Proposal:
    """Hand an action over and take it up at once; ends acting for the receiver."""
    with acting_for([sender.organisation_id], sender):
        action = services.open_action(actor=sender, title=title)
        made = handing_over.hand_over(
            actor=sender,
            action=action,
            receiver=receiver,
            sent=Sent(title, "Een oefening van een dagdeel.", "U kent de meldkamer."),
        )
    assert handovers.take(receiver_id=receiver.pk, handover_id=made.pk)
    with acting_for([receiver.pk]):
        return Proposal.objects.get(handover=made)


def make(actor: Actor, n: int = 1) -> Arguments:
    """Make an action to hand over, and something that a partner hands over to us."""
    ours = services.open_action(actor=actor, title=f"Overdragen {n}")
    partner = giver_of(actor, n)
    them = person_actor(partner.pk, actor.user_id or 0, "P. Artner", Role.CISO)
    us = Organisation.objects.get(pk=actor.organisation_id)
    proposal = {"pk": proposed(them, us, f"Samen oefenen {n}").pk}
    names = ("actions:proposal", "actions:accept", "actions:decline")
    return {"actions:hand_over": {"pk": ours.pk}, **dict.fromkeys(names, proposal)}
