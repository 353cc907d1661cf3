# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Digital autonomy: concentration, our list of countries, how sovereign services are."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from dijkring.core.web import page
from dijkring.landscape.services import methods
from dijkring.landscape.services.looking import seen
from dijkring.suppliers.forms.buying import CountryForm
from dijkring.suppliers.models import CountryOfConcern
from dijkring.suppliers.panels import autonomy as panels
from dijkring.suppliers.services import autonomy as services
from dijkring.suppliers.services.autonomy import RIGHT
from dijkring.suppliers.views.suppliers import trail_to
from dijkring.ui import pages
from dijkring.ui.pages import Action, link


def _trail(request: Any) -> list[tuple[str, str]]:
    return [(_("Digital autonomy"), link(request, "suppliers:autonomy"))]


@page("suppliers.view")
def autonomy(request: Any) -> HttpResponse:
    """Answer what hangs on one supplier, one platform or one jurisdiction."""
    known = seen(request.actor, _("Digital autonomy"))
    actions = [
        Action(_("Add a country to our list"), link(request, "suppliers:add_country")),
    ]
    context = {
        "title": _("Digital autonomy"),
        "purpose": _("How much hangs on one supplier or one jurisdiction, and how we get away."),
        "trail": trail_to(request),
        "actions": actions if request.can(RIGHT) else [],
        "may_decide": request.can(RIGHT),
        "may_limit": request.can(methods.RIGHT),
        "what_if": link(request, "landscape:what_if"),
        **panels.of_organisation(request.actor.organisation_id, known),
    }
    return render(request, "suppliers/autonomy.html", context)


@page(RIGHT, writes=True)
def add_country(request: Any) -> HttpResponse:
    """Put a country on our list."""
    return pages.form_page(
        request,
        CountryForm(request.POST or None),
        title=_("Add a country to our list"),
        purpose=_("There is no list in law. This is yours, with the day and the source."),
        submit=_("Add"),
        back=link(request, "suppliers:autonomy"),
        trail=_trail(request),
        on_valid=lambda form: _country_added(request, form.cleaned_data),
    )


def _country_added(request: Any, values: dict[str, Any]) -> str:
    services.add_country(actor=request.actor, **values)
    messages.success(request, _("The country stands on your list."))
    return link(request, "suppliers:autonomy")


@page(RIGHT, writes=True)
def remove_country(request: Any, pk: int) -> HttpResponse:
    """Take a country off our list."""
    rows = CountryOfConcern.objects.filter(organisation_id=request.actor.organisation_id)
    found = get_object_or_404(rows, pk=pk)
    return pages.confirm_page(
        request,
        title=_("Take out: %(what)s") % {"what": panels.name_of(found)},
        text=_("It stays in the history with your reason."),
        submit=_("Take out"),
        back=link(request, "suppliers:autonomy"),
        trail=_trail(request),
        on_confirm=lambda reason: _country_removed(request, found, reason),
    )


def _country_removed(request: Any, found: CountryOfConcern, reason: str) -> str:
    services.remove_country(actor=request.actor, found=found, reason=reason)
    messages.success(request, _("Taken out."))
    return link(request, "suppliers:autonomy")
