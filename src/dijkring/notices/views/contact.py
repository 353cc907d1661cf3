# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where somebody gets mail whose account has no address: naming it, and confirming it by a link."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from dijkring.core.web import page
from dijkring.notices.forms import ContactForm
from dijkring.notices.services import contacts
from dijkring.ui import pages
from dijkring.ui.pages import link


@page("notices.own", writes=True)
def contact(request: Any) -> HttpResponse:
    """Name the address where mail is to go."""
    return pages.form_page(
        request,
        ContactForm(request.POST or None),
        title=_("Where I get e-mail"),
        purpose=_("Your account came from another login and has no e-mail address of its own."),
        submit=_("Send the link"),
        back=link(request, "notices:preferences"),
        trail=_trail(request),
        on_valid=lambda valid: _ask(request, valid.cleaned_data["email"]),
    )


def _trail(request: Any) -> list[tuple[str, str]]:
    return [
        (_("Notices"), link(request, "notices:notices")),
        (_("What I get by e-mail"), link(request, "notices:preferences")),
    ]


def _ask(request: Any, email: str) -> str:
    contacts.ask(actor=request.actor, email=email, slug=request.organisation.slug)
    messages.success(request, _("A link is on its way. Open it within a day."))
    return link(request, "notices:preferences")


@page("notices.own", writes=True)
def confirm_contact(request: Any, code: str) -> HttpResponse:
    """Show which address a link confirms; a post takes it in use."""
    found = contacts.waiting(request.actor, code)
    if found is not None and request.method == "POST":
        contacts.confirm(actor=request.actor, code=code)
        messages.success(request, _("From now on your e-mail goes to this address."))
        return HttpResponseRedirect(link(request, "notices:preferences"))
    context = {"title": _("Confirm your address"), "found": found, "trail": _trail(request)}
    status = 200 if found else 404
    response = render(request, "notices/confirm_contact.html", context, status=status)
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response
