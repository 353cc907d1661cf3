# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Handing an action over to another organisation: first what goes, then the preview."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from dijkring.actions import handing_over
from dijkring.actions.forms import HandOverForm
from dijkring.actions.handing_over import Sent
from dijkring.actions.models import Action as Improvement
from dijkring.core import clock
from dijkring.core.web import page
from dijkring.sharing.partners import partners
from dijkring.ui import pages
from dijkring.ui.pages import link
from dijkring.ui.panels import Facts


@page("actions.hand_over", writes=True)
def hand_over(request: Any, pk: int) -> HttpResponse:
    """Hand an open action over: type what goes, look at it once more, and send it."""
    found = get_object_or_404(
        Improvement, pk=pk, organisation_id=request.actor.organisation_id, state="open"
    )
    form = _form(request, found)
    looking = request.method == "POST" and "send" not in request.POST
    if looking and form.is_valid():
        if "change" not in request.POST:
            return _preview(request, found, form)
        form = _empty(request, form.cleaned_data)
    return pages.form_page(
        request,
        form,
        title=_("Hand over: %(action)s") % {"action": found},
        purpose=_("Only what stands here goes to the other. You see it once more before it goes."),
        submit=_("See what goes"),
        back=link(request, "actions:action", pk),
        trail=_trail(request, found),
        on_valid=lambda valid: _send(request, found, valid.cleaned_data),
    )


def _form(request: Any, found: Improvement) -> HandOverForm:
    if request.method == "POST":
        return HandOverForm(request.POST, partners=partners(found.organisation_id))
    late = found.due_on is not None and found.due_on < clock.today()
    return _empty(
        request,
        {
            "title": found.title,
            "description": found.description,
            "due_on": None if late else found.due_on,
        },
    )


def _empty(request: Any, initial: dict[str, Any]) -> HandOverForm:
    return HandOverForm(initial=initial, partners=partners(request.actor.organisation_id))


def _trail(request: Any, found: Improvement) -> list[tuple[str, str]]:
    return [
        (_("Actions"), link(request, "actions:actions")),
        (str(found), link(request, "actions:action", found.pk)),
    ]


def _preview(request: Any, found: Improvement, form: HandOverForm) -> HttpResponse:
    receiver, sent = _sent(form.cleaned_data)
    payload = handing_over.payload_of(request.actor, found, sent)
    goes = Facts(
        _("This is all that goes to %(receiver)s") % {"receiver": receiver},
        handing_over.rows_of(payload),
    )
    context = {
        "title": _("Hand over to %(receiver)s?") % {"receiver": receiver},
        "purpose": _("They see that it comes from %(us)s. Your own action stays open.")
        % {"us": request.organisation.name},
        "goes": goes.render(request),
        "form": form,
        "address": link(request, "actions:hand_over", found.pk),
        "trail": _trail(request, found),
    }
    return render(request, "actions/hand_over.html", context)


def _sent(values: dict[str, Any]) -> tuple[Any, Sent]:
    return values["receiver"], Sent(**{n: v for n, v in values.items() if n != "receiver"})


def _send(request: Any, found: Improvement, values: dict[str, Any]) -> str:
    receiver, sent = _sent(values)
    handing_over.hand_over(actor=request.actor, action=found, receiver=receiver, sent=sent)
    words = _("It is under way to %(receiver)s. On this page you see what becomes of it.")
    messages.success(request, words % {"receiver": receiver})
    return link(request, "actions:action", found.pk)
