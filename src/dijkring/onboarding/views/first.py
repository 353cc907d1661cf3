# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page where the first visitor of an empty Dijkring makes the first account."""

from typing import Any

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from dijkring.core.web import page
from dijkring.onboarding.forms import FirstForm, MunicipalityForm
from dijkring.onboarding.services import first, municipality
from dijkring.ui import pages
from dijkring.ui.pages import link

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@never_cache
@sensitive_post_parameters("password", "code")
def begin(request: HttpRequest) -> HttpResponse:
    """Make the first account with the code of the terminal; gone once there is an account."""
    if not first.is_open():
        raise Http404
    return pages.form_page(
        request,
        FirstForm(request.POST or None, municipalities=first.municipalities()),
        title=_("Begin with Dijkring"),
        purpose=_("You make the first account. You become CISO and invite the others."),
        submit=_("Begin"),
        on_valid=lambda valid: _begin(request, valid.cleaned_data),
    )


def _begin(request: HttpRequest, values: dict[str, Any]) -> str:
    made = first.begin(**values)
    login(request, made.user, backend=BACKEND)
    return reverse("onboarding:guide", args=[made.organisation.slug])


@page("organisations.invite", writes=True)
def change_municipality(request: Any) -> HttpResponse:
    """Put a wrongly chosen municipality right, or say what to do when that is too late."""
    trail = [(_("First hour"), link(request, "onboarding:guide"))]
    title = _("Another municipality")
    if why := municipality.why_not(request.actor.organisation_id):
        context = {"title": title, "trail": trail, "why": why}
        return render(request, "onboarding/municipality.html", context)
    return pages.form_page(
        request,
        MunicipalityForm(request.POST or None, municipalities=first.municipalities()),
        title=title,
        purpose=_("Nothing has been recorded yet, so you can still choose another."),
        submit=_("Choose this municipality"),
        back=link(request, "onboarding:guide"),
        trail=trail,
        on_valid=lambda valid: _change(request, valid.cleaned_data["organisation"]),
    )


def _change(request: Any, organisation: str) -> str:
    place = municipality.change(actor=request.actor, organisation=organisation)
    return reverse("onboarding:guide", args=[place.slug])
