# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Handing an action over to an organisation with which we co-operate, and answering one there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkring.actions import services
from dijkring.actions.models import Action, Proposal
from dijkring.actions.selectors import proposals
from dijkring.core import clock, events, tenancy
from dijkring.core.access import Actor, Role, rights_of
from dijkring.core.errors import Refused
from dijkring.organisations.models import Organisation
from dijkring.organisations.services import colleagues
from dijkring.sharing import kinds
from dijkring.sharing.models import Handover
from dijkring.sharing.services import handovers

KIND = proposals.KIND
SEND, ACCEPT = "actions.hand_over", "actions.accept"
PROPOSED = "action.proposed"
LONGEST = {"title": 200, "description": 4000, "why": 2000, "by": 120}
State = Proposal.State


@dataclass(frozen=True, slots=True)
class Sent:
    """All that goes to the other: what the sender typed or saw, and nothing else."""

    title: str
    description: str = ""
    why: str = ""
    due_on: date | None = None


def register() -> None:
    """Register the kind of handover of this room."""
    kinds.register(
        kinds.Kind(
            KIND,
            gettext_lazy("Action"),
            right=SEND,
            handler=take_up,
            answering=ACCEPT,
            title=lambda payload: str(payload.get("title", "")),
            rows=rows_of,
        )
    )


def rows_of(payload: dict[str, Any]) -> Sequence[tuple[Any, Any]]:
    """Show what goes to the other, as labels with values."""
    due_on = payload.get("due_on")
    rows = [
        (_("What is to be done, in one line"), payload.get("title")),
        (_("Explanation"), payload.get("description")),
        (_("Why"), payload.get("why")),
        (_("Proposed date"), date.fromisoformat(due_on) if due_on else None),
        (_("Handed over by"), payload.get("by")),
        (_("Number with the sender"), payload.get("ref")),
    ]
    return [(label, value) for label, value in rows if value]


def payload_of(actor: Actor, action: Action, sent: Sent) -> dict[str, Any]:
    """Return what goes to the other, as the preview shows it."""
    return {
        "ref": action.pk,
        "title": sent.title.strip(),
        "description": sent.description.strip(),
        "why": sent.why.strip(),
        "due_on": sent.due_on.isoformat() if sent.due_on else None,
        "by": actor.name[: LONGEST["by"]],
    }


def hand_over(*, actor: Actor, action: Action, receiver: Organisation, sent: Sent) -> Handover:
    """Hand an open action over; it stays open here until somebody here finishes it.

    Raises Refused for an action that is not open, an empty title, too long a text, a day that has
    passed, and for what this organisation has already and has not declined.
    """
    actor.require(SEND)
    # Two who press the button at once wait for each other.
    found = Action.objects.select_for_update().get(
        pk=action.pk, organisation_id=actor.organisation_id
    )
    if found.state != Action.State.OPEN:
        raise Refused(_("Only an open action can be handed over."))
    if any(one.alive for one in proposals.sent(found) if one.receiver_id == receiver.pk):
        words = _("%(organisation)s has this already.")
        raise Refused(words % {"organisation": receiver}, "receiver")
    if sent.due_on is not None and sent.due_on < clock.today():
        raise Refused(_("Choose today or a date in the future."), "due_on")
    payload = payload_of(actor, found, sent)
    _check(payload)
    return handovers.send(actor=actor, receiver_id=receiver.pk, kind=KIND, payload=payload)


def _check(payload: dict[str, Any]) -> None:
    for name, most in LONGEST.items():
        if len(str(payload.get(name) or "")) > most:
            raise Refused(_("This is too long: at most %(most)d signs.") % {"most": most}, name)
    if not str(payload.get("title") or "").strip():
        raise Refused(_("Say in one line what is to be done."), "title")


def take_up(*, actor: Actor, handover: Handover) -> None:
    """Put what was handed over in the register of the receiver, as a proposal; acts for it."""
    payload = handover.payload
    _check(payload)
    if not may_answer(actor.organisation_id):
        raise Refused(_("There is nobody at the receiver who can accept this."))
    made = Proposal.objects.create(
        organisation_id=actor.organisation_id,
        handover=handover,
        sender_id=handover.organisation_id,
        sent_by=payload.get("by") or "",
        title=payload["title"],
        description=payload.get("description") or "",
        why=payload.get("why") or "",
        due_on=date.fromisoformat(payload["due_on"]) if payload.get("due_on") else None,
        received_at=clock.now(),
    )
    events.publish(PROPOSED, organisation_id=actor.organisation_id, proposal=made.pk)


def may_answer(organisation_id: int) -> list[int]:
    """Return the people of an organisation who may accept what is handed over to it."""
    roles = [role for role in Role if ACCEPT in rights_of(role)]
    return [one.user_id for one in colleagues(organisation_id, roles)]


def accept(*, actor: Actor, proposal: Proposal, **values: Any) -> Action:
    """Accept a proposal: it becomes an action of ours; `values` are those of `open_action`."""
    found = _open(actor, proposal)
    action = services.open_action(actor=actor, handed_over_by=str(found.sender), **values)
    found.action = action
    _answer(actor, found, State.ACCEPTED, "")
    return action


def decline(*, actor: Actor, proposal: Proposal, reason: str) -> None:
    """Decline a proposal; the sender sees the reason."""
    found = _open(actor, proposal)
    if not reason.strip():
        raise Refused(_("Give a reason."), "reason")
    tenancy.note_reason(reason)
    _answer(actor, found, State.DECLINED, reason.strip()[:500])


def _open(actor: Actor, proposal: Proposal) -> Proposal:
    actor.require(ACCEPT)
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("sender", "handover")
    found = rows.get(pk=proposal.pk, organisation_id=actor.organisation_id)
    if found.state != State.OPEN:
        raise Refused(_("Somebody has answered this already."))
    return found


def _answer(actor: Actor, found: Proposal, state: str, reason: str) -> None:
    found.state, found.reason = state, reason
    found.decided_at, found.decided_by_id = clock.now(), actor.user_id
    found.save(update_fields=["state", "reason", "decided_at", "decided_by", "action"])
    accepted = state == State.ACCEPTED
    handovers.answer(actor=actor, handover=found.handover, accepted=accepted, reason=reason)
