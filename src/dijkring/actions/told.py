# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What people are told about actions: mentions, comments, new work, and what is due."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from dijkring.actions import handing_over
from dijkring.actions.mentions import mentioned
from dijkring.actions.models import Action, Comment, Proposal
from dijkring.actions.selectors import register
from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.notices import kinds
from dijkring.notices.daily import Draft
from dijkring.notices.services import telling
from dijkring.sharing.models import Handover

SOON = timedelta(days=7)
PROPOSED = "action.proposed"
ANSWERS = {
    PROPOSED: _("%(who)s hands an action over to you: %(title)s"),
    "action.accepted": _("%(who)s accepts what you handed over: %(title)s"),
    "action.declined": _("%(who)s declines what you handed over: %(title)s"),
    "action.failed": _("%(who)s could not be reached with what you handed over: %(title)s"),
}


def register_kinds() -> None:
    """Register the kinds of notice of this room."""
    kinds.register(
        "action.mention", _("Mention"), _("%(who)s mentions you in a comment on: %(title)s")
    )
    kinds.register("action.comment", _("Comment"), _("%(who)s comments on: %(title)s"))
    kinds.register("action.yours", _("Action"), _("You are the owner of: %(title)s"))
    for id, text in ANSWERS.items():
        kinds.register(id, _("Handover"), text)
    kinds.register("action.due", _("Due"), _("Due on %(due_on)s: %(title)s"))
    kinds.register("action.late", _("Late"), _("Late since %(due_on)s: %(title)s"))


def on_commented(*, organisation_id: int, comment_id: int) -> None:
    """Tell who is mentioned, and otherwise the owner and who opened the action."""
    comment = Comment.objects.select_related("action", "author").get(pk=comment_id)
    action, author = comment.action, comment.author_id
    named = mentioned(comment.text, dict(register.owners(organisation_id))) - {author}
    others = {action.owner_id, action.opened_by_id} - named - {author, None}
    for users, kind in ((named, "action.mention"), (others, "action.comment")):
        telling.tell(
            organisation_id=organisation_id,
            users=users,
            kind=kind,
            values={"who": str(comment.author), "title": action.title},
            url_name="actions:action",
            url_args=[action.pk],
            key=f"comment-{comment.pk}",
        )


def on_assigned(*, organisation_id: int, action_id: int) -> None:
    """Tell the owner that an action is theirs."""
    action = Action.objects.get(pk=action_id)
    draft = _yours(action)
    telling.tell(
        organisation_id=organisation_id,
        users=[action.owner_id],
        kind=draft.kind,
        values=draft.values,
        url_name=draft.url_name,
        url_args=draft.url_args,
        key=draft.key,
    )


def on_proposed(*, organisation_id: int, proposal: int) -> None:
    """Tell who may accept that another organisation hands an action over."""
    found = Proposal.objects.select_related("sender").get(pk=proposal)
    telling.tell(
        organisation_id=organisation_id,
        users=handing_over.may_answer(organisation_id),
        kind=PROPOSED,
        values={"who": found.sender.name, "title": found.title},
        url_name="actions:proposal",
        url_args=[found.pk],
        key=f"proposal-{found.pk}",
    )


def on_handover(*, organisation_id: int, handover: int) -> None:
    """Tell who handed an action over what became of it: accepted, declined or not taken up."""
    found = Handover.objects.select_related("receiver").get(pk=handover)
    if found.kind != handing_over.KIND or found.organisation_id != organisation_id:
        return
    telling.tell(
        organisation_id=organisation_id,
        users=[found.sent_by_id],
        kind=f"action.{found.answer or 'failed'}",
        values={"who": found.receiver.name, "title": found.payload["title"]},
        url_name="sharing:handover",
        url_args=[found.pk],
        key=f"handover-{found.pk}-{found.answer}",
    )


def daily(actor: Actor, since: datetime) -> list[Draft]:
    """Return what an owner is told once a day: new actions, what is due in a week, what is late."""
    rows = Action.objects.filter(
        organisation_id=actor.organisation_id, owner_id=actor.user_id, state=Action.State.OPEN
    )
    today = clock.today()
    found = []
    for action in rows:
        if action.opened_at > since and action.opened_by_id is None:
            found.append(_yours(action))
        if action.due_on and action.due_on <= today + SOON:
            found.append(_dated(action, "action.late" if action.due_on < today else "action.due"))
    return found


def _yours(action: Action) -> Draft:
    return _draft("action.yours", {"title": action.title}, action, f"yours-{action.pk}")


def _dated(action: Action, kind: str) -> Draft:
    values = {"title": action.title, "due_on": f"{action.due_on:%Y-%m-%d}"}
    return _draft(kind, values, action, f"{kind}-{action.pk}-{action.due_on:%Y-%m-%d}")


def _draft(kind: str, values: dict[str, str], action: Action, key: str) -> Draft:
    return Draft(kind, values, "actions:action", (action.pk,), key=key)
