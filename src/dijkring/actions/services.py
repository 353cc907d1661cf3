# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Verbs of the register of improvements."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from dijkring.actions.mentions import Unclear, mentioned
from dijkring.actions.models import FLOW, Action, ActionLine, Comment
from dijkring.actions.selectors import register
from dijkring.core import clock, events, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.organisations.models import Membership

ASSIGNED, COMMENTED = "action.assigned", "action.commented"


def open_action(
    *,
    actor: Actor,
    title: str,
    description: str = "",
    owner_id: int | None = None,
    due_on: date | None = None,
    priority: str = "normal",
    cost: Decimal | None = None,
    responsible: str = "",
    requirements: Sequence[str] = (),
    origin_kind: str = "",
    handed_over_by: str = "",
    subjects: Sequence[str] = (),
) -> Action:
    """Open an action, with a line per subject; `requirements` are refs such as `bio2:5.14.01`."""
    actor.require("actions.edit")
    _check_owner(actor, owner_id)
    action = Action.objects.create(
        organisation_id=actor.organisation_id,
        title=title,
        description=description,
        owner_id=owner_id,
        due_on=due_on,
        priority=priority,
        cost=cost,
        responsible=responsible,
        requirements=list(requirements),
        origin_kind=origin_kind,
        handed_over_by=handed_over_by,
        opened_at=clock.now(),
        opened_by_id=actor.user_id,
    )
    add_lines(actor=actor, action=action, subjects=dict.fromkeys(subjects, ""))
    _tell_owner(actor, action, None)
    return action


def _tell_owner(actor: Actor, action: Action, before: int | None) -> None:
    """Tell a new owner; what a person takes upon themselves, and what Dijkring opens, needs none.

    What Dijkring opens is told once a day, since it opens many at a time.
    """
    new = action.owner_id not in {None, before, actor.user_id}
    if new and actor.kind != "system":
        events.publish(ASSIGNED, organisation_id=action.organisation_id, action_id=action.pk)


def _check_owner(actor: Actor, owner_id: int | None) -> None:
    if owner_id is None:
        return
    members = Membership.objects.filter(
        organisation_id=actor.organisation_id, user_id=owner_id, until=None
    )
    if not members.exists():
        raise Refused(_("The owner must be a colleague with access."), "owner")


def add_lines(*, actor: Actor, action: Action, subjects: Mapping[str, str]) -> int:
    """Add a line per subject (subject to what is wrong) that has no open line yet."""
    actor.require("actions.edit")
    known = set(action.lines.filter(closed_at=None).values_list("subject", flat=True))
    lines = [
        ActionLine(
            organisation_id=action.organisation_id,
            action=action,
            subject=subject,
            text=text[:500],
            opened_at=clock.now(),
        )
        for subject, text in subjects.items()
        if subject not in known
    ]
    ActionLine.objects.bulk_create(lines)
    return len(lines)


def change(*, actor: Actor, action: Action, **values: Any) -> Action:
    """Change title, description, owner, due date, priority, cost or who carries it out."""
    actor.require("actions.edit")
    allowed = {"title", "description", "owner_id", "due_on", "priority", "cost", "responsible"}
    if unknown := set(values) - allowed:
        raise Refused(
            _("This cannot be changed: %(fields)s.") % {"fields": ", ".join(sorted(unknown))}
        )
    _check_owner(actor, values.get("owner_id"))
    before = action.owner_id
    for name, value in values.items():
        setattr(action, name, value)
    action.save(update_fields=list(values))
    _tell_owner(actor, action, before)
    return action


def move(*, actor: Actor, action: Action, to: str, reason: str = "") -> Action:
    """Finish, call off or open an action again; an action with open lines cannot be finished."""
    actor.require(FLOW.move(action.state, to).right)
    if to == Action.State.DONE and action.lines.filter(closed_at=None).exists():
        raise Refused(
            _("Lines are still open. They close when a measurement shows that they are mended.")
        )
    if to == Action.State.CANCELLED and not reason.strip():
        raise Refused(_("Give the reason for calling it off."), "reason")
    tenancy.note_reason(reason)
    action.state = to
    action.closed_at = None if to == Action.State.OPEN else clock.now()
    action.close_reason = reason[:500]
    action.save(update_fields=["state", "closed_at", "close_reason"])
    return action


def comment(*, actor: Actor, action: Action, text: str) -> Comment:
    """Say something about an action; who is mentioned with @ and a name is told."""
    actor.require("actions.edit")
    if not text.strip() or actor.user_id is None:
        raise Refused(_("Write a comment first."), "text")
    _check_mentions(actor.organisation_id, text)
    made = Comment.objects.create(
        organisation_id=action.organisation_id,
        action=action,
        author_id=actor.user_id,
        text=text,
        at=clock.now(),
    )
    events.publish(COMMENTED, organisation_id=made.organisation_id, comment_id=made.pk)
    return made


def _check_mentions(organisation_id: int, text: str) -> None:
    if "@" not in text:
        return
    try:
        mentioned(text, dict(register.owners(organisation_id)))
    except Unclear as unclear:
        words = {"words": unclear.words, "names": ", ".join(f"@{n}" for n in unclear.names)}
        raise Refused(
            _("Whom do you mean by @%(words)s? Write one of: %(names)s.") % words, "text"
        ) from unclear


def close_line(*, actor: Actor, line: ActionLine, proof: dict[str, Any]) -> None:
    """Close a line with the passing fact as proof; the last line finishes the action."""
    line.closed_at, line.proof = clock.now(), proof
    line.save(update_fields=["closed_at", "proof"])
    _finish_when_empty(line.action, _("Every line is closed with proof."))


def end_line(*, actor: Actor, origin_kind: str, subject: str, reason: str) -> None:
    """End the open lines about a subject without proof, with the reason."""
    lines = ActionLine.objects.filter(
        organisation_id=actor.organisation_id,
        action__origin_kind=origin_kind,
        subject=subject,
        closed_at=None,
    ).select_related("action")
    for line in lines:
        line.closed_at, line.end_reason = clock.now(), reason[:500]
        line.save(update_fields=["closed_at", "end_reason"])
        _finish_when_empty(line.action, reason)


def end_reported_line(*, actor: Actor, line: ActionLine, reason: str) -> None:
    """Close a line that somebody reported as mended; refused where a measurement has to show it."""
    actor.require("actions.close")
    if line.closed_at is not None:
        raise Refused(_("This line is closed already."))
    if line.action.origin_kind:
        raise Refused(_("This line closes when a measurement shows that it is mended."))
    tenancy.note_reason(reason)
    line.closed_at, line.end_reason = clock.now(), reason[:500]
    line.save(update_fields=["closed_at", "end_reason"])
    _finish_when_empty(line.action, _("Every line has been reported as mended."))


def _finish_when_empty(action: Action, reason: str) -> None:
    if action.state == Action.State.OPEN and not action.lines.filter(closed_at=None).exists():
        action.state, action.closed_at, action.close_reason = (
            Action.State.DONE,
            clock.now(),
            reason[:500],
        )
        action.save(update_fields=["state", "closed_at", "close_reason"])
