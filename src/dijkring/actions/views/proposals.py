# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What other organisations handed over to us: the list, one proposal, accepting and declining."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from dijkring.actions import handing_over
from dijkring.actions.filters import ProposalFilter
from dijkring.actions.forms import ActionForm
from dijkring.actions.models import Action as Improvement
from dijkring.actions.models import Proposal
from dijkring.actions.panels import of_proposal
from dijkring.actions.selectors import proposals as select
from dijkring.actions.tables import ProposalTable, proposal_look
from dijkring.core.web import page
from dijkring.organisations.history import history
from dijkring.ui import pages
from dijkring.ui.pages import Action, link


@page("actions.view")
def proposals(request: Any) -> HttpResponse:
    """List what others handed over to us."""
    return pages.list_page(
        request,
        select.proposals(request.actor.organisation_id),
        table=ProposalTable,
        filters=ProposalFilter,
        title=_("Handed over to us"),
        purpose=_("What other organisations ask of us. It becomes an action when we accept it."),
        trail=_trail(request)[:1],
        empty=pages.Empty(_("Nobody has handed an action over to us.")),
    )


def _trail(request: Any) -> list[tuple[str, str]]:
    return [
        (_("Actions"), link(request, "actions:actions")),
        (_("Handed over to us"), link(request, "actions:proposals")),
    ]


def _proposal(request: Any, pk: int) -> Proposal:
    return get_object_or_404(select.proposals(request.actor.organisation_id), pk=pk)


def _waiting(request: Any, pk: int) -> Proposal:
    return get_object_or_404(
        select.proposals(request.actor.organisation_id), pk=pk, state=Proposal.State.OPEN
    )


@page("actions.view")
def proposal(request: Any, pk: int) -> HttpResponse:
    """Show what another asks of us, and what we answered."""
    found = _proposal(request, pk)
    return pages.detail_page(
        request,
        found,
        title=found.title,
        state=proposal_look(found),
        panels=of_proposal(request, found),
        actions=_acts(request, found),
        timeline=history(found),
        trail=_trail(request),
    )


def _acts(request: Any, found: Proposal) -> list[Action]:
    if found.state != Proposal.State.OPEN or not request.can(handing_over.ACCEPT):
        return []
    return [
        Action(_("Accept"), link(request, "actions:accept", found.pk), "primary"),
        Action(_("Decline"), link(request, "actions:decline", found.pk)),
    ]


@page("actions.accept", writes=True)
def accept(request: Any, pk: int) -> HttpResponse:
    """Make an action of ours of what another handed over."""
    found = _waiting(request, pk)
    form = ActionForm(
        request.POST or None, initial=_initial(found), organisation_id=found.organisation_id
    )
    return pages.form_page(
        request,
        form,
        title=_("Accept: %(proposal)s") % {"proposal": found},
        purpose=_("It becomes an action of your own. %(sender)s sees that you accept it.")
        % {"sender": found.sender},
        submit=_("Accept"),
        back=link(request, "actions:proposal", pk),
        trail=_trail(request),
        on_valid=lambda valid: _accept(request, found, valid.cleaned_data),
    )


def _initial(found: Proposal) -> dict[str, Any]:
    return {
        "title": found.title,
        "description": "\n\n".join(words for words in (found.description, found.why) if words),
        "due_on": found.due_on,
        "priority": Improvement.Priority.NORMAL,
    }


def _accept(request: Any, found: Proposal, values: dict[str, Any]) -> str:
    made = handing_over.accept(actor=request.actor, proposal=found, **values)
    messages.success(request, _("The action is open."))
    return link(request, "actions:action", made.pk)


@page("actions.accept", writes=True)
def decline(request: Any, pk: int) -> HttpResponse:
    """Decline what another handed over, with a reason that it sees."""
    found = _waiting(request, pk)
    return pages.confirm_page(
        request,
        title=_("Decline: %(proposal)s") % {"proposal": found},
        text=_("%(sender)s sees your name and your reason.") % {"sender": found.sender},
        submit=_("Decline"),
        back=link(request, "actions:proposal", pk),
        trail=_trail(request),
        on_confirm=lambda reason: _decline(request, found, reason),
    )


def _decline(request: Any, found: Proposal, reason: str) -> str:
    handing_over.decline(actor=request.actor, proposal=found, reason=reason)
    messages.success(request, _("You have declined it."))
    return link(request, "actions:proposal", found.pk)
