# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Your own notices, what you want by e-mail, and your calendar."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dijkring.core.web import page
from dijkring.notices.filters import NoticeFilter
from dijkring.notices.forms import PreferenceForm
from dijkring.notices.models import MORNING, Notice
from dijkring.notices.selectors import notices as select
from dijkring.notices.services import contacts, feeds, telling
from dijkring.notices.services import preferences as prefer
from dijkring.notices.tables import NoticeTable
from dijkring.ui import pages
from dijkring.ui.pages import Action, link


@page("notices.own")
def notices(request: Any) -> HttpResponse:
    """List your own notices."""
    return pages.list_page(
        request,
        select.mine(request.actor.organisation_id, request.actor.user_id),
        table=NoticeTable,
        filters=NoticeFilter,
        title=_("Notices"),
        purpose=_("What happened that is about you. Only you see this."),
        actions=[
            Action(_("Mark all as read"), link(request, "notices:read_all"), post=True),
            Action(_("What I get by e-mail"), link(request, "notices:preferences")),
            Action(_("My calendar"), link(request, "notices:feed")),
        ],
        empty=pages.Empty(_("There are no notices for you.")),
        extra={"template": "notices/list.html"},
    )


@page("notices.own", writes=True)
def open_notice(request: Any, pk: int) -> HttpResponse:
    """Lead to what a notice is about; a post marks it as read as well."""
    rows = select.mine(request.actor.organisation_id, request.actor.user_id)
    found: Notice = get_object_or_404(rows, pk=pk)
    if request.method == "POST":
        telling.read(actor=request.actor, notice=found)
    return redirect(link(request, found.url_name, *found.url_args))


@page("notices.own", writes=True)
def read_all(request: Any) -> HttpResponse:
    """Mark all your notices as read."""
    if request.method == "POST":
        telling.read_all(actor=request.actor)
    return redirect(link(request, "notices:notices"))


@page("notices.own", writes=True)
def preferences(request: Any) -> HttpResponse:
    """Choose what you want by e-mail."""
    chosen = select.preference(request.actor.user_id)
    initial = {
        "digest": chosen.digest if chosen else True,
        "hour": chosen.hour if chosen else MORNING,
        "language": chosen.language if chosen else "nl",
    }
    return pages.form_page(
        request,
        PreferenceForm(request.POST or None, initial=initial),
        title=_("What I get by e-mail"),
        purpose=_("This holds for all organisations that you work for."),
        submit=_("Save"),
        back=link(request, "notices:notices"),
        trail=_trail(request),
        on_valid=lambda valid: _prefer(request, valid.cleaned_data),
        extra={"template": "notices/preferences.html", **_reach(request)},
    )


def _reach(request: Any) -> dict[str, Any]:
    """Return where this person gets mail, for who has no address of their own."""
    own = contacts.has_own_address(request.user)
    return {
        "own_address": own,
        "contact": None if own else contacts.contact_of(request.actor.user_id),
    }


def _trail(request: Any) -> list[tuple[str, str]]:
    return [(_("Notices"), link(request, "notices:notices"))]


def _prefer(request: Any, values: dict[str, Any]) -> str:
    prefer.change(actor=request.actor, **values)
    messages.success(request, _("Your choice has been saved."))
    return link(request, "notices:notices")


@page("notices.own", writes=True)
def feed(request: Any) -> HttpResponse:
    """Show whether your calendar has an address; a post makes a new one, shown once."""
    context: dict[str, Any] = {
        "title": _("My calendar"),
        "purpose": _("Everything with a date that you may see, in the calendar that you use."),
        "trail": _trail(request),
        "feed": select.feed(request.actor.user_id),
    }
    if request.method == "POST":
        path = reverse("calendar_feed", args=[feeds.renew(actor=request.actor)])
        context["secret"] = request.build_absolute_uri(path)
    response = render(request, "notices/feed.html", context)
    response["Cache-Control"] = "no-store"
    return response


@page("notices.own", writes=True)
def withdraw_feed(request: Any) -> HttpResponse:
    """Withdraw the address of your calendar."""
    if request.method == "POST":
        feeds.withdraw(actor=request.actor)
        messages.success(request, _("The address of your calendar does not work any more."))
    return redirect(link(request, "notices:feed"))
