# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The ways in for who has no account, and a fact that becomes an incident."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dijkring.core.web import page
from dijkring.evidence.models import Fact
from dijkring.evidence.selectors.lists import kind_label
from dijkring.incidents.forms.intake import FactForm, WayForm
from dijkring.incidents.models import WayIn
from dijkring.incidents.selectors import intake as selectors
from dijkring.incidents.services import facts_in
from dijkring.incidents.services import ways_in as services
from dijkring.incidents.services.reporting import REPORT, Reported
from dijkring.incidents.services.ways_in import MAILBOX, RIGHT
from dijkring.incidents.views.incidents import VIEW, trail
from dijkring.ui import pages
from dijkring.ui.pages import link


@page(VIEW)
def ways_in(request: Any) -> HttpResponse:
    """Show the addresses at which somebody without an account reports."""
    phone = selectors.phone(request.actor.organisation_id)
    context = {
        "title": _("Ways in"),
        "purpose": _("Where people without an account report an incident. Put the address on the"
                     " intranet and on the wall; a report lands in the register at once."),
        "trail": trail(request),
        "ways": selectors.ways(request.actor.organisation_id),
        "form": WayForm(None, initial={"phone": phone}),
        "may": request.can(RIGHT),
    }  # fmt: skip
    return render(request, "incidents/ways_in.html", context)


@page(RIGHT, writes=True)
@require_POST
def make_way(request: Any, kind: str) -> HttpResponse:
    """Make an address and show it, once."""
    form = WayForm(request.POST)
    phone = form.cleaned_data["phone"] if form.is_valid() else ""
    made, token = services.make(actor=request.actor, kind=kind, phone=phone)
    by_page = made.kind == WayIn.Kind.PAGE
    address = (
        request.build_absolute_uri(reverse("report_by_link", args=[token]))
        if by_page
        else f"{MAILBOX}+{token}@…"
    )
    context = {
        "title": _("The new address"),
        "trail": [*trail(request), (_("Ways in"), link(request, "incidents:ways_in"))],
        "way": made,
        "by_page": by_page,
        "address": address,
        "back": link(request, "incidents:ways_in"),
    }
    return render(request, "incidents/way_made.html", context)


@page(RIGHT, writes=True)
@require_POST
def end_way(request: Any, kind: str) -> HttpResponse:
    """End an address."""
    services.end(actor=request.actor, kind=kind)
    messages.success(request, _("This address works no longer."))
    return redirect(link(request, "incidents:ways_in"))


@page(REPORT, writes=True)
def from_fact(request: Any, pk: int) -> HttpResponse:
    """Make an incident of a fact that failed."""
    facts = Fact.objects.filter(organisation_id=request.actor.organisation_id)
    found = get_object_or_404(facts, pk=pk)
    start = {
        "title": f"{kind_label(found.kind)}: {found.subject}"[:200],
        "noticed_at": found.recorded_at,
    }
    return pages.form_page(
        request,
        FactForm(request.POST or None, initial=start),
        title=_("Make an incident of this"),
        purpose=_("The fact stays what it is; the incident names it."),
        submit=_("Put in the register"),
        back=link(request, "incidents:mine"),
        on_valid=lambda form: _reported(request, found, form),
    )


def _reported(request: Any, found: Fact, form: FactForm) -> str:
    wanted = Reported(**form.cleaned_data)
    made = facts_in.report(actor=request.actor, fact=found, wanted=wanted)
    messages.success(request, _("Reported under number %(number)s.") % {"number": made.reference})
    if request.can(VIEW):
        return link(request, "incidents:incident", made.pk)
    return link(request, "incidents:mine")
