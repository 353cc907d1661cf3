# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The register of improvements: the list, one action, and what can be done with it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from dijkring.actions import services
from dijkring.actions.filters import ActionFilter
from dijkring.actions.forms import ActionForm, CommentForm, NewActionForm
from dijkring.actions.models import FLOW
from dijkring.actions.models import Action as Improvement
from dijkring.actions.panels import of_action
from dijkring.actions.selectors import proposals
from dijkring.actions.selectors import register as select
from dijkring.actions.tables import ActionTable, look
from dijkring.core.web import page
from dijkring.organisations.history import history
from dijkring.ui import pages
from dijkring.ui.pages import Action, link

FIELDS = ("title", "description", "owner_id", "responsible", "due_on", "priority", "cost")


@page("actions.view")
def actions(request: Any) -> HttpResponse:
    """List the actions."""
    can = request.can("actions.edit")
    new = Action(_("Open an action"), link(request, "actions:new"), "primary")
    return pages.list_page(
        request,
        select.actions(request.actor.organisation_id),
        table=ActionTable,
        filters=ActionFilter,
        title=_("Actions"),
        purpose=_("What is being mended or improved, by whom and before when."),
        actions=[*([new] if can else []), _proposals(request)],
        empty=pages.Empty(
            _("Nothing is being improved now. A failing measurement opens an action by itself."),
            new if can else None,
        ),
    )


def _proposals(request: Any) -> Action:
    waiting = proposals.waiting(request.actor.organisation_id)
    label = _("Handed over to us (%(n)d)") % {"n": waiting} if waiting else _("Handed over to us")
    return Action(label, link(request, "actions:proposals"))


@page("actions.view")
def action(request: Any, pk: int) -> HttpResponse:
    """Show one action: its lines with proof, what it helps, what was said and what changed."""
    found = _action(pk)
    can = request.can("actions.edit")
    return pages.detail_page(
        request,
        found,
        title=found.title,
        state=look(found),
        panels=of_action(request, found),
        actions=_moves(request, found),
        timeline=history(found),
        trail=[(_("Actions"), link(request, "actions:actions"))],
        extra={
            "template": "actions/action.html",
            "comments": select.comments(found),
            "comment_form": CommentForm(organisation_id=found.organisation_id) if can else None,
        },
    )


def _action(pk: int) -> Improvement:
    return get_object_or_404(Improvement.objects.select_related("owner", "opened_by"), pk=pk)


def _moves(request: Any, found: Improvement) -> list[Action]:
    """Return the buttons; what still has open lines cannot be finished by hand."""
    done = Improvement.State.DONE
    waits = found.lines.filter(closed_at=None).exists()
    moves = [
        Action(move.label, link(request, "actions:move", found.pk, move.after))
        for move in FLOW.moves_from(found.state)
        if request.can(move.right) and not (waits and move.after == done)
    ]
    if request.can("actions.hand_over") and found.state == Improvement.State.OPEN:
        address = link(request, "actions:hand_over", found.pk)
        moves.append(Action(_("Hand over…"), address))
    if not request.can("actions.edit"):
        return moves
    return [Action(_("Change"), link(request, "actions:change", found.pk), "primary"), *moves]


@page("actions.edit", writes=True)
def new(request: Any) -> HttpResponse:
    """Open an action; the address may name the requirements that it helps."""
    initial = {"priority": Improvement.Priority.NORMAL, "owner_id": request.actor.user_id}
    initial["requirements"] = ", ".join(request.GET.getlist("requirement"))
    form = NewActionForm(
        request.POST or None, initial=initial, organisation_id=request.actor.organisation_id
    )
    return pages.form_page(
        request,
        form,
        title=_("Open an action"),
        submit=_("Open an action"),
        back=link(request, "actions:actions"),
        on_valid=lambda valid: _open(request, valid.cleaned_data),
    )


def _open(request: Any, values: dict[str, Any]) -> str:
    made = services.open_action(actor=request.actor, **values)
    messages.success(request, _("The action is open."))
    return link(request, "actions:action", made.pk)


@page("actions.edit", writes=True)
def change(request: Any, pk: int) -> HttpResponse:
    """Change what an action says."""
    found = _action(pk)
    form = ActionForm(
        request.POST or None,
        initial={name: getattr(found, name) for name in FIELDS},
        organisation_id=found.organisation_id,
    )
    return pages.form_page(
        request,
        form,
        title=_("Change: %(action)s") % {"action": found},
        submit=_("Save"),
        back=link(request, "actions:action", pk),
        stored=True,
        on_valid=lambda valid: _change(request, found, valid.cleaned_data),
    )


def _change(request: Any, found: Improvement, values: dict[str, Any]) -> str:
    services.change(actor=request.actor, action=found, **values)
    messages.success(request, _("The action has been changed."))
    return link(request, "actions:action", found.pk)


@page("actions.edit", writes=True)
def move(request: Any, pk: int, to: str) -> HttpResponse:
    """Finish an action, call it off or open it again, with a reason."""
    found = _action(pk)
    step = FLOW.move(found.state, to)
    request.actor.require(step.right)
    return pages.confirm_page(
        request,
        title=f"{step.label}: {found}",
        text=_("The action goes from '%(before)s' to '%(after)s'.")
        % {
            "before": found.get_state_display(),
            "after": Improvement.State(to).label,
        },
        submit=step.label,
        back=link(request, "actions:action", pk),
        on_confirm=lambda reason: _move(request, found, to, reason),
    )


def _move(request: Any, found: Improvement, to: str, reason: str) -> str:
    services.move(actor=request.actor, action=found, to=to, reason=reason)
    messages.success(request, _("Done."))
    return link(request, "actions:action", found.pk)


@page("actions.edit", writes=True)
def comment(request: Any, pk: int) -> HttpResponse:
    """Say something about an action."""
    found = _action(pk)
    return pages.form_page(
        request,
        CommentForm(request.POST or None, organisation_id=found.organisation_id),
        title=_("Comment on: %(action)s") % {"action": found},
        submit=_("Place the comment"),
        back=link(request, "actions:action", pk),
        on_valid=lambda valid: _comment(request, found, valid.cleaned_data["text"]),
    )


def _comment(request: Any, found: Improvement, text: str) -> str:
    services.comment(actor=request.actor, action=found, text=text)
    messages.success(request, _("Your comment has been placed."))
    return link(request, "actions:action", found.pk)
