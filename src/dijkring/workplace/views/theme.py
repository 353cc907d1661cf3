# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The look of the organisation: the form, a page to try it on, the style sheet and the logo."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dijkring.core import audit
from dijkring.core.errors import Refused
from dijkring.core.web import page
from dijkring.ui.pages import link
from dijkring.workplace import selectors
from dijkring.workplace.forms import MODES, ThemeForm
from dijkring.workplace.look import sheet, tokens
from dijkring.workplace.models import Theme
from dijkring.workplace.services import theme as services

A_YEAR = "private, max-age=31536000, immutable"


@page("workplace.theme", writes=True)
def theme(request: Any) -> HttpResponse:
    """Show and change the look."""
    found = selectors.theme(request.actor.organisation_id)
    posted = request.method == "POST"
    form = ThemeForm(request.POST, request.FILES) if posted else ThemeForm(initial=_initial(found))
    if posted and form.is_valid() and _changed(request, form):
        messages.success(request, _("The look has been changed."))
        return redirect(link(request, "workplace:theme"))
    context = {
        "form": form,
        "theme": found,
        "history": audit.timeline(found) if found else [],
        "title": _("House style"),
        **_tried(_colours(form)),
    }
    return render(request, "workplace/theme.html", context, status=422 if posted else 200)


def _initial(found: Theme | None) -> dict[str, str]:
    light, dark = (found.light, found.dark) if found else ({}, {})
    both = {"light": sheet.complete("light", light), "dark": sheet.complete("dark", dark)}
    colours = {f"{mode}-{name}": both[mode][name] for mode in MODES for name in tokens.LABELS}
    return {"typeface": found.typeface if found else "", **colours}


def _changed(request: Any, form: ThemeForm) -> bool:
    values = form.cleaned_data
    logo = values["logo"].read() if values["logo"] else services.KEEP
    try:
        services.change(
            actor=request.actor,
            light=form.colours("light"),
            dark=form.colours("dark"),
            typeface=values["typeface"],
            logo=None if values["no_logo"] else logo,
        )
    except Refused as refused:
        form.add_error(refused.field, refused.message)
    return form.is_valid()


def _colours(form: ThemeForm) -> dict[str, dict[str, str]]:
    """Return the colours that stand in the form now, as far as they are colours."""
    return {
        mode: sheet.differing(
            mode, {name: str(form[f"{mode}-{name}"].value() or "") for name in tokens.LABELS}
        )
        for mode in MODES
    }


def _tried(colours: dict[str, dict[str, str]]) -> dict[str, Any]:
    found = [meeting for mode in MODES for meeting in sheet.meetings(mode, colours[mode])]
    faint = [meeting for meeting in found if not meeting.fits]
    return {"meetings": found, "faint": faint}


@page("workplace.theme")
def preview(request: Any) -> HttpResponse:
    """Show the parts of pages in the colours of the address, with every pair and its ratio."""
    form = ThemeForm(initial={**_initial(None), **request.GET.dict()})
    context = {
        "title": _("Try the house style"),
        "query": request.GET.urlencode(),
        "words": services.token_words,
        **_tried(_colours(form)),
    }
    return render(request, "workplace/preview.html", context)


@page("workplace.theme")
def preview_sheet(request: Any) -> HttpResponse:
    """Give the style sheet of the colours in the address; what is no colour is left out."""
    form = ThemeForm(initial={**_initial(None), **request.GET.dict()})
    colours = _colours(form)
    text = sheet.style_sheet(colours["light"], colours["dark"], request.GET.get("typeface", ""))
    response = HttpResponse(text, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response


@page("workplace.theme", writes=True)
@require_POST
def reset(request: Any) -> HttpResponse:
    """Go back to the neutral look."""
    services.reset(actor=request.actor)
    messages.success(request, _("The look is neutral again."))
    return redirect(link(request, "workplace:theme"))


@page("organisations.view")
def style_sheet(request: Any) -> HttpResponse:
    """Give the style sheet of the organisation."""
    found = selectors.theme(request.actor.organisation_id)
    text = sheet.style_sheet(found.light, found.dark, found.typeface) if found else ""
    return _kept(request, text.encode(), "text/css; charset=utf-8", found.stamp if found else "0")


@page("organisations.view")
def logo(request: Any) -> HttpResponse:
    """Give the logo of the organisation."""
    found = selectors.theme(request.actor.organisation_id)
    content = selectors.logo(request.actor.organisation_id)
    if found is None or content is None:
        raise Http404
    return _kept(request, content, "image/png", found.logo_hash)


def _kept(request: HttpRequest, content: bytes, kind: str, stamp: str) -> HttpResponse:
    """Answer with a file that browsers keep until its address changes; 304 when they have it."""
    response = HttpResponse(content, content_type=kind)
    response["ETag"] = f'"{stamp}"'
    response["Cache-Control"] = A_YEAR if "v" in request.GET else "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    found = get_conditional_response(request, etag=f'"{stamp}"', response=response)
    assert isinstance(found, HttpResponse)  # noqa: S101 -- a response was given, so one returns
    return found
