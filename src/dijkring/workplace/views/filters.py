# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Kept filters: keeping them, the overview, renaming, throwing away, opening a list with them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dijkring.core.web import page
from dijkring.ui import pages
from dijkring.ui.pages import link
from dijkring.workplace import addresses, selectors
from dijkring.workplace.forms import FilterForm, KeepForm
from dijkring.workplace.models import SavedFilter
from dijkring.workplace.services import filters as services


@page("workplace.own")
def overview(request: Any) -> HttpResponse:
    """Show all filters that a person can use, with what can be done with them."""
    rows = [
        {
            "filter": found,
            "address": addresses.above(request.organisation.slug, found.path, found.query),
            "may_change": services.may_change(request.actor, found),
        }
        for found in selectors.filters(request.actor)
    ]
    context = {"rows": rows, "title": _("Kept filters")}
    return render(request, "workplace/filters.html", context)


@page("workplace.own", writes=True)
def keep(request: Any) -> HttpResponse:
    """Keep the filters of a list; the page of its own is for who comes back after an error."""

    def on_valid(form: KeepForm) -> str:
        values = form.cleaned_data
        found = services.keep(
            actor=request.actor,
            sealed=values["list"],
            query=values["query"],
            name=values["name"],
            shared=values.get("shared", False),
        )
        messages.success(request, _("“%(name)s” has been kept.") % {"name": found.name})
        return addresses.above(request.organisation.slug, found.path, found.query)

    return pages.form_page(
        request,
        _without_sharing(request, KeepForm(request.POST or None)),
        title=_("Keep filters"),
        purpose=_("The filters and the order of a list, under a name."),
        submit=_("Keep"),
        on_valid=on_valid,
        back=link(request, "workplace:filters"),
    )


def _without_sharing(request: Any, form: Any) -> Any:
    if not request.can("workplace.share"):
        form.fields.pop("shared")
    return form


def _own(request: Any, pk: int) -> SavedFilter:
    found = selectors.filters(request.actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@page("workplace.own", writes=True)
def change(request: Any, pk: int) -> HttpResponse:
    """Rename kept filters, or give them to everybody."""
    found = _own(request, pk)

    def on_valid(form: FilterForm) -> str:
        shared = form.cleaned_data.get("shared", found.shared)
        services.change(
            actor=request.actor, filter=found, name=form.cleaned_data["name"], shared=shared
        )
        return link(request, "workplace:filters")

    form = FilterForm(request.POST or None, initial={"name": found.name, "shared": found.shared})
    return pages.form_page(
        request,
        _without_sharing(request, form),
        title=_("Change kept filters"),
        submit=_("Save"),
        stored=True,
        on_valid=on_valid,
        back=link(request, "workplace:filters"),
    )


@page("workplace.own", writes=True)
@require_POST
def remove(request: Any, pk: int) -> HttpResponse:
    """Throw kept filters away."""
    found = _own(request, pk)
    services.remove(actor=request.actor, filter=found)
    messages.success(request, _("“%(name)s” has been thrown away.") % {"name": found.name})
    return redirect(link(request, "workplace:filters"))


@page("workplace.own", writes=True)
@require_POST
def open_with(request: Any, pk: int) -> HttpResponse:
    """Let a list open with these filters, or no longer."""
    found = _own(request, pk)
    words = {
        True: _("“%(list)s” opens with “%(name)s” from now on."),
        False: _("“%(list)s” opens with everything again."),
    }
    now = services.open_with(actor=request.actor, filter=found)
    messages.success(request, words[now] % {"list": found.title, "name": found.name})
    return redirect(link(request, "workplace:filters"))
