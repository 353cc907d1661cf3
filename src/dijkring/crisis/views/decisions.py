# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What must be decided, what was decided, and how that is seen later."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.web import page
from dijkring.crisis import look, prepared
from dijkring.crisis.forms.telling import QuestionForm, RulingForm, option_values
from dijkring.crisis.models import Crisis, Decision
from dijkring.crisis.rights import VIEW, WRITE
from dijkring.crisis.selectors import crises as selectors
from dijkring.crisis.services import decisions as services
from dijkring.crisis.views.crises import back_to, crisis_of, trail
from dijkring.crisis.views.people import may_write
from dijkring.ui import pages, words
from dijkring.ui.pages import Action, link


@page(VIEW)
def decisions(request: Any, pk: int) -> HttpResponse:
    """Show the questions, those that wait on top."""
    found = crisis_of(request, pk)
    rows = [(one, look.decision_look(one)) for one in selectors.decisions(found)]
    new = Action(_("Ask for a decision"), back_to(request, found, "put"), "primary", "plus")
    return pages.detail_page(
        request,
        found,
        title=look.titled(found, _("Decisions")),
        purpose=_(
            "Questions that wait for a decision come first. What was decided stays as it was."
        ),
        actions=[new] if may_write(request, found) else [],
        trail=trail(request, found),
        extra={
            "template": "crisis/decisions.html",
            "rows": rows,
            "dilemmas": list(prepared.dilemmas(words.language()).values()),
            "may": may_write(request, found),
        },
    )


@page(WRITE, writes=True)
def put(request: Any, pk: int) -> HttpResponse:
    """Put a question, as one's own or as it was prepared."""
    found = crisis_of(request, pk)
    card = prepared.dilemmas(words.language()).get(request.GET.get("dilemma", ""))
    start: dict[str, Any] = {}
    if card is not None:
        start = {"question": card.question, "dilemma": card.dilemma, "asked": card.asked}
        start |= {"card": card.key, **option_values(card.options)}
    return pages.form_page(
        request,
        QuestionForm(request.POST or None, initial=start),
        title=look.titled(found, _("Ask for a decision")),
        purpose=_(
            "Say what the choice is, not what you want to hear. The question cannot be changed"
            " afterwards."
        ),
        submit=_("Put the question"),
        back=back_to(request, found, "decisions"),
        trail=trail(request, found),
        on_valid=lambda form: _put(request, found, form),
    )


def _put(request: Any, found: Crisis, form: QuestionForm) -> str:
    made = services.put(actor=request.actor, crisis=found, wanted=form.wanted())
    return link(request, "crisis:decision", made.pk)


def _decision(request: Any, pk: int) -> Decision:
    rows = Decision.objects.filter(organisation_id=request.actor.organisation_id)
    rows = rows.select_related("crisis__incident").prefetch_related("rulings")
    found = get_object_or_404(rows, pk=pk)
    request.crisis = found.crisis
    return found


@page(VIEW)
def decision(request: Any, pk: int) -> HttpResponse:
    """Show one question with its options and what followed."""
    found = _decision(request, pk)
    card = prepared.dilemmas(words.language()).get(found.card)
    settled = _("Amend, or add how you see it now")
    label = settled if found.settled_at else _("Record the decision")
    record = Action(label, link(request, "crisis:rule", found.pk), "primary")
    return pages.detail_page(
        request,
        found,
        title=look.titled(found.crisis, str(found)),
        state=look.decision_look(found),
        actions=[record] if request.can(WRITE) else [],
        trail=[*trail(request, found.crisis),
               (_("Decisions"), back_to(request, found.crisis, "decisions"))],
        extra={"template": "crisis/decision.html", "decision": found, "card": card},
    )  # fmt: skip


@page(WRITE, writes=True)
def rule(request: Any, pk: int) -> HttpResponse:
    """Record what was decided, or how it is seen later."""
    found = _decision(request, pk)
    return pages.form_page(
        request,
        RulingForm(
            request.POST or None,
            kinds=services.kinds_of(found),
            initial={"by": "" if found.settled_at else found.asked, "at": clock.now()},
        ),
        title=look.titled(found.crisis, str(found)),
        purpose=_("It cannot be changed afterwards; what came before stays beside it."),
        submit=_("Record"),
        back=link(request, "crisis:decision", found.pk),
        trail=trail(request, found.crisis),
        on_valid=lambda form: _ruled(request, found, form),
    )


def _ruled(request: Any, found: Decision, form: RulingForm) -> str:
    services.rule(actor=request.actor, decision=found, wanted=form.wanted())
    messages.success(request, _("Recorded."))
    return link(request, "crisis:decision", found.pk)
