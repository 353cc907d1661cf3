# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Communication lines and checklists."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dijkring.controls.models import in_language
from dijkring.core import clock
from dijkring.core.web import page
from dijkring.crisis import look, prepared
from dijkring.crisis.forms.telling import MessageForm
from dijkring.crisis.models import Crisis, Message, Tick
from dijkring.crisis.rights import VIEW, WRITE
from dijkring.crisis.selectors import crises as selectors
from dijkring.crisis.services import telling as services
from dijkring.crisis.views.crises import back_to, crisis_of, trail
from dijkring.crisis.views.people import may_write
from dijkring.ui import pages
from dijkring.ui.pages import Action


@page(VIEW)
def messages(request: Any, pk: int) -> HttpResponse:
    """Show what is said to whom."""
    found = crisis_of(request, pk)
    new = Action(_("Prepare a message"), back_to(request, found, "prepare"), "primary", "plus")
    return pages.detail_page(
        request,
        found,
        title=look.titled(found, _("Communication")),
        purpose=_("What is said to which people, by whom. Nothing is sent from here."),
        actions=[new] if may_write(request, found) else [],
        trail=trail(request, found),
        extra={
            "template": "crisis/messages.html",
            "rows": list(selectors.messages(found)),
            "may": may_write(request, found),
        },
    )


@page(WRITE, writes=True)
def prepare(request: Any, pk: int) -> HttpResponse:
    """Prepare a message."""
    found = crisis_of(request, pk)
    return pages.form_page(
        request,
        MessageForm(request.POST or None),
        title=look.titled(found, _("Prepare a message")),
        purpose=_("Say what you know, what you do not know, what people can do, and when you tell"
                  " more."),
        submit=_("Keep"),
        back=back_to(request, found, "messages"),
        trail=trail(request, found),
        on_valid=lambda form: _prepared(request, found, form),
    )  # fmt: skip


def _prepared(request: Any, found: Crisis, form: MessageForm) -> str:
    services.prepare(actor=request.actor, crisis=found, wanted=form.wanted())
    return back_to(request, found, "messages")


@page(WRITE, writes=True)
@require_POST
def sent(request: Any, pk: int) -> HttpResponse:
    """Record that a message was sent by hand just now."""
    rows = Message.objects.filter(organisation_id=request.actor.organisation_id)
    message = get_object_or_404(rows.select_related("crisis"), pk=pk)
    services.sent(actor=request.actor, message=message, at=clock.now())
    return redirect(back_to(request, message.crisis, "messages"))


@page(VIEW)
def checklists(request: Any, pk: int) -> HttpResponse:
    """Show the checklists of all phases, each with the standing question first."""
    found = crisis_of(request, pk)
    ticks = {one.item: one for one in Tick.objects.filter(crisis=found)}
    question, why = (in_language(dict(words)) for words in prepared.question())
    phases = [
        {
            "words": in_language(dict(phase.words)),
            "hack": (prepared.hack_item(phase.id), ticks.get(prepared.hack_item(phase.id))),
            "items": [(id, in_language(dict(words)), ticks.get(id)) for id, words in phase.items],
        }
        for phase in prepared.phases()
    ]
    return pages.detail_page(
        request,
        found,
        title=look.titled(found, _("Checklists")),
        purpose=why,
        trail=trail(request, found),
        extra={
            "template": "crisis/checklists.html",
            "question": question,
            "phases": phases,
            "may": may_write(request, found),
            "hack_answers": [(one.value, one.label) for one in services.HACK],
            "answers": [(one.value, one.label) for one in services.PLAIN],
        },
    )


@page(WRITE, writes=True)
@require_POST
def tick(request: Any, pk: int) -> HttpResponse:
    """Answer a line of a checklist."""
    found = crisis_of(request, pk)
    given = {name: request.POST.get(name, "") for name in ("item", "answer", "note")}
    services.tick(actor=request.actor, crisis=found, **given)
    return redirect(back_to(request, found, "checklists"))
