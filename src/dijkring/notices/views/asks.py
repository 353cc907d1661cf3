# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is asked by link: the list, one ask with its answer, asking, withdrawing, taking over."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dijkring.core.web import page
from dijkring.notices import by_link, mail
from dijkring.notices.filters import AskFilter
from dijkring.notices.forms import AskForm
from dijkring.notices.models import Ask
from dijkring.notices.selectors import asks as select
from dijkring.notices.services import asking
from dijkring.notices.tables import AskTable, UseTable, look, purpose_words
from dijkring.organisations.history import history
from dijkring.ui import pages
from dijkring.ui.pages import Action, link
from dijkring.ui.panels import Facts, Panel, RelatedTable


@page("notices.asks")
def asks(request: Any) -> HttpResponse:
    """List what was asked by link."""
    return pages.list_page(
        request,
        select.asks(request.actor.organisation_id),
        table=AskTable,
        filters=AskFilter,
        title=_("Asked"),
        purpose=_("What people without a login were asked by an e-mail link, and what they said."),
        empty=pages.Empty(
            _("Nothing has been asked yet. You ask something on the page of an action or a norm.")
        ),
    )


@page("notices.asks")
def ask(request: Any, pk: int) -> HttpResponse:
    """Show one ask: the question, the answer, and how its links were used."""
    found = _ask(pk)
    return pages.detail_page(
        request,
        found,
        title=found.title,
        state=look(found),
        purpose=purpose_words(found.purpose),
        panels=_panels(request, found),
        actions=_actions(request, found),
        timeline=history(found),
        trail=[(_("Asked"), link(request, "notices:asks"))],
    )


def _ask(pk: int) -> Ask:
    return get_object_or_404(Ask.objects.select_related("asked_by", "settled_by"), pk=pk)


def _panels(request: Any, found: Ask) -> list[Panel]:
    uses = UseTable(select.uses(found), request=request)
    return [
        Facts(_("The question"), _question(request, found)),
        *([Facts(_("The answer"), _answer(found))] if found.answered_at else []),
        RelatedTable(_("Use of the links"), uses, _("No link has been used yet.")),
    ]


def _question(request: Any, found: Ask) -> list[tuple[str, Any]]:
    return [
        (_("Question"), found.question),
        (_("Of whom"), f"{found.name} ({found.email})"),
        (_("Asked by"), str(found.asked_by)),
        (_("Asked"), found.asked_at),
        (_("Mailed"), found.mailed_at),
        (_("Reminders"), found.reminded),
        (_("Valid until"), found.expires_at),
    ]


def _answer(found: Ask) -> list[tuple[str, Any]]:
    purpose = by_link.purpose(found.purpose)
    choice = dict(purpose.choices).get(found.choice) if purpose else None
    other = _("This is another name than that of who was asked.") if found.other_name else ""
    return [
        *([(_("Choice"), str(choice))] if choice else []),
        *([(_("Day"), found.day)] if found.day else []),
        *([(_("Answer"), found.answer)] if found.answer else []),
        (_("Answered by"), f"{found.answered_by}. {other}" if other else found.answered_by),
        (_("Answered"), found.answered_at),
        *([(_("Taken over by"), str(found.settled_by))] if found.settled_at else []),
    ]


def _actions(request: Any, found: Ask) -> list[Action]:
    purpose = by_link.purpose(found.purpose)
    about = purpose.describe(found.organisation_id, found.object_id) if purpose else None
    shown = []
    if about:
        shown.append(
            Action(_("To what it is about"), link(request, about.url_name, *about.url_args))
        )
    if purpose is None or not (request.can("notices.ask") and request.can(purpose.right)):
        return shown
    if asking.can_settle(found):
        address = link(request, "notices:settle", found.pk)
        shown.insert(0, Action(purpose.settle_label, address, "primary", post=True))
    if found.state == Ask.State.OPEN:
        shown.append(
            Action(_("Make a link"), link(request, "notices:make_link", found.pk), post=True)
        )
    if found.state in {Ask.State.OPEN, Ask.State.EXPIRED}:
        shown.append(Action(_("Withdraw"), link(request, "notices:withdraw", found.pk)))
    return shown


@page("notices.ask", writes=True)
def new_ask(request: Any, subject: str, pk: int) -> HttpResponse:
    """Ask somebody something about an object."""
    there = by_link.page_of(subject, request.actor, pk)
    if there is None:
        raise Http404
    made: list[Ask] = []

    def on_valid(valid: Any) -> str:
        made.append(
            asking.ask(actor=request.actor, subject=subject, subject_id=pk, **valid.cleaned_data)
        )
        messages.success(request, _("The e-mail with the link is on its way."))
        return link(request, "notices:ask", made[0].pk)

    response = pages.form_page(
        request,
        AskForm(request.POST or None, offers=there.offers),
        title=_("Ask somebody by link"),
        purpose=_("A process owner or team leader answers from an e-mail, without logging in."),
        submit=_("Ask"),
        back=link(request, there.url_name, pk),
        on_valid=on_valid,
    )
    return _shown_once(request, made[0]) if made and not mail.possible() else response


def _shown_once(request: Any, found: Ask) -> HttpResponse:
    """Answer with a link that exists only now and is kept nowhere."""
    token = asking.make_link(actor=request.actor, ask=found)
    context = {
        "title": _("Link for %(name)s") % {"name": found.name},
        "text": _("Give this link to %(name)s yourself, by a way that you trust.")
        % {"name": found.name},
        "secret": request.build_absolute_uri(reverse("by_link", args=[token])),
        "note": _("It works for one answer, until the date that you chose."),
        "back": link(request, "notices:ask", found.pk),
    }
    response = render(request, "organisations/shown_once.html", context)
    response["Cache-Control"] = "no-store"
    return response


@page("notices.ask", writes=True)
def make_link(request: Any, pk: int) -> HttpResponse:
    """Make one more link, shown once."""
    found = _ask(pk)
    if request.method != "POST":
        return redirect(link(request, "notices:ask", pk))
    return _shown_once(request, found)


@page("notices.ask", writes=True)
def withdraw(request: Any, pk: int) -> HttpResponse:
    """Withdraw an ask."""
    found = _ask(pk)
    back = link(request, "notices:ask", pk)

    def on_confirm(reason: str) -> str:
        asking.withdraw(actor=request.actor, ask=found, reason=reason)
        messages.success(request, _("The ask has been withdrawn."))
        return back

    return pages.confirm_page(
        request,
        title=_("Withdraw: %(title)s") % {"title": found.title},
        text=_("Every link of this ask stops working at once. %(name)s gets no reminder any more.")
        % {"name": found.name},
        submit=_("Withdraw"),
        back=back,
        on_confirm=on_confirm,
    )


@page("notices.ask", writes=True)
def settle(request: Any, pk: int) -> HttpResponse:
    """Take over an answer with one click."""
    found = _ask(pk)
    if request.method == "POST":
        asking.settle(actor=request.actor, ask=found)
        messages.success(request, _("The answer has been taken over."))
    return redirect(link(request, "notices:ask", pk))
