# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of an invitation: make an account, or log in and accept with one button."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from dijkring.core.errors import Refused
from dijkring.identity.services import sessions
from dijkring.organisations import joining, proof
from dijkring.organisations.forms import AcceptForm, AgreeForm
from dijkring.organisations.joining import Invited


@never_cache
@sensitive_post_parameters("password")
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Let an invited person make an account, or accept as who is logged in."""
    invited = joining.invited(token)
    if invited is None:
        return _page(request, "accept_unknown", status=404)
    if not request.user.is_authenticated:
        return _as_newcomer(request, token)
    # An identity provider or an envelope says who somebody is to one organisation, not to others.
    if sessions.opened(request) is not None or not invited.is_for(request.user):
        return _page(request, "accept_other", status=403)
    if not invited.is_open:
        if not invited.is_accepted:
            messages.warning(request, _("This invitation has ended. Ask for a new one."))
        return redirect("home")
    return _as_oneself(request, token, invited)


def _page(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    context["title"] = _("Accept invitation")
    return render(request, f"organisations/{template}.html", context, status=status)


def _as_newcomer(request: HttpRequest, token: str) -> HttpResponse:
    """Make an account; who has one already gets the same page, words and way on."""
    form = AcceptForm(request.POST or None)
    login = f"{reverse('account_login')}?{urlencode({'next': request.path})}"
    if request.method == "POST" and form.is_valid():
        try:
            joining.make_account(token=token, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, refused.message)
        else:
            text = _(
                "Log in now with the e-mail address of the invitation. If you had an account "
                "already, its password has not changed."
            )
            messages.success(request, text)
            return redirect(login)
    return _page(request, "accept", form=form, login=login, status=422 if form.is_bound else 200)


def _as_oneself(request: Any, token: str, invited: Invited) -> HttpResponse:
    """Accept with one button as the person who is logged in."""
    form = AgreeForm(
        request.POST if request.method == "POST" else None,
        new_password=invited.asks_new_password(request.user),
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _accept(request, token, invited, form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, refused.message)
    status = 422 if form.is_bound else 200
    return _page(request, "accept_as", form=form, invited=invited, status=status)


def _accept(request: Any, token: str, invited: Invited, values: dict[str, str]) -> HttpResponse:
    key = request.session.session_key or ""
    done = joining.accept_as(token=token, user=request.user, session_key=key, **values)
    if "password" in values:
        request.user.refresh_from_db()
        sessions.go_on(request, request.user)
    text = _("You have access to %(organisation)s now.") % {"organisation": invited.organisation}
    messages.success(request, " ".join(filter(None, [text, proof.words(done)])))
    return redirect("organisation_home", organisation=invited.slug)
