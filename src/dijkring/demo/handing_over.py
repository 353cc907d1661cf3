# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Actions that one organisation of the region hands over to another, and the answers."""

from datetime import timedelta
from typing import Any

from dijkring.actions import handing_over
from dijkring.actions.handing_over import Sent
from dijkring.actions.models import Action, Proposal
from dijkring.core import clock
from dijkring.core.tenancy import transaction_for
from dijkring.demo import region
from dijkring.organisations.models import Organisation
from dijkring.sharing.services import handovers


def hand_over(row: dict[str, Any]) -> None:
    """Let one hand an open action over, and the receiver take it up as a proposal."""
    actor = region.in_role(row["sender"], "ciso")
    receiver = Organisation.objects.get(slug=row["receiver"])
    with transaction_for([actor.organisation_id], actor):
        action = Action.objects.get(title=row["action"], state=Action.State.OPEN)
        due_on = clock.today() + timedelta(days=row["within"])
        made = handing_over.hand_over(
            actor=actor,
            action=action,
            receiver=receiver,
            sent=Sent(row["title"], row["description"], row["why"], due_on),
        )
    handovers.take(receiver_id=receiver.pk, handover_id=made.pk)


def accept(row: dict[str, Any]) -> None:
    """Let the receiver make an action of its own of what was handed over."""
    actor = region.in_role(row["receiver"], "ciso")
    with transaction_for([actor.organisation_id], actor):
        found = Proposal.objects.get(title=row["title"], state=Proposal.State.OPEN)
        handing_over.accept(
            actor=actor,
            proposal=found,
            title=found.title,
            description=found.description,
            due_on=found.due_on,
            owner_id=actor.user_id,
        )
