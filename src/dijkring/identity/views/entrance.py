# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The entrance beside Dijkring's own login: the organisation's provider and break-glass."""

import hmac
from typing import Any

import structlog
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from dijkring.core import clock
from dijkring.core.errors import Refused
from dijkring.identity import selectors, words
from dijkring.identity.forms import BreakSealForm
from dijkring.identity.models import IdentityProvider
from dijkring.identity.oidc.client import Errand, errand
from dijkring.identity.oidc.errors import ProviderError
from dijkring.identity.selectors import Way
from dijkring.identity.services import breaking, entering, sessions
from dijkring.identity.services.entering import NoAccess
from dijkring.identity.services.providers import client_of
from dijkring.identity.services.sessions import BREAK_GLASS, PROVIDER, Opened
from dijkring.organisations.models import User

log = structlog.get_logger(__name__)
ERRAND, PENDING = "identity_errand", "identity_pending"
ERRAND_SECONDS = 600


def choose(request: Any) -> HttpResponse:
    """List the organisations with a provider of their own."""
    context = {"ways": selectors.ways(), "title": _("Log in through your organisation")}
    return render(request, "identity/choose.html", context)


def way_of(slug: str) -> Way:
    """Return the ways into one organisation; Http404 when there are none."""
    found = selectors.ways(slug)
    if not found or not slug:
        raise Http404
    return found[0]


def one(request: Any, slug: str) -> HttpResponse:
    """Show the ways into one organisation."""
    way = way_of(slug)
    return render(request, "identity/one.html", {"way": way, "title": way.name})


@never_cache
def go(request: Any, slug: str) -> HttpResponse:
    """Send the visitor to the provider, with the secrets of this visit kept in the session."""
    way, visit = way_of(slug), errand()
    own = request.user.is_authenticated and sessions.opened(request) is None
    try:
        provider = entering.provider_for_login(way.organisation_id)
        address = client_of(provider).address(visit, _back_address(request, slug))
    except ProviderError as error:
        return _failed(request, way, error.code, error.detail)
    except Refused:
        raise Http404 from None
    request.session[ERRAND] = {
        **visit.kept(),
        "slug": slug,
        "at": clock.now().timestamp(),
        "connect": bool(own and request.GET.get("connect")),
    }
    return HttpResponseRedirect(address)


def _back_address(request: Any, slug: str) -> str:
    return str(request.build_absolute_uri(reverse("login_back", args=[slug])))


@never_cache
def back(request: Any, slug: str) -> HttpResponse:
    """Take the visitor who comes back from the provider in, or say why not."""
    way = way_of(slug)
    try:
        provider = entering.provider_for_login(way.organisation_id)
        kept, claims = _claims(request, provider, slug)
        if kept["connect"]:
            return _ask_to_connect(request, way, provider, claims)
        user = entering.come_in(provider=provider, claims=claims)
    except ProviderError as error:
        return _failed(request, way, error.code, error.detail)
    except NoAccess as error:
        return _failed(request, way, error.code, "")
    except Refused:
        raise Http404 from None
    return log_in(request, way, user, PROVIDER, _two_steps(provider, claims))


def _claims(
    request: Any, provider: IdentityProvider, slug: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the visit that began here and what the provider says; each visit counts once."""
    kept = request.session.pop(ERRAND, None)
    given = str(request.GET.get("state", ""))
    if kept is None or not hmac.compare_digest(kept["state"].encode(), given.encode()):
        raise ProviderError("state", "unknown")
    if kept["slug"] != slug or clock.now().timestamp() - kept["at"] > ERRAND_SECONDS:
        raise ProviderError("state", "other organisation or too late")
    # RFC 9207: a provider that names itself in the answer must be the one we went to.
    if request.GET.get("iss", provider.issuer) != provider.issuer:
        raise ProviderError("state", "other issuer")
    if "error" in request.GET or not request.GET.get("code"):
        raise NoAccess("denied")
    visit = Errand(kept["state"], kept["nonce"], kept["verifier"])
    code = str(request.GET["code"])
    return kept, client_of(provider).claims(code, visit, _back_address(request, slug))


def _two_steps(provider: IdentityProvider, claims: dict[str, Any]) -> bool:
    """Tell whether the provider says so itself, or its administrator did (RFC 8176: amr)."""
    methods = claims.get("amr")
    return provider.two_steps or (isinstance(methods, list) and "mfa" in methods)


def log_in(request: Any, way: Way, user: User, by: str, two_steps: bool) -> HttpResponse:
    """Open a session for one organisation, and lead to its first page."""
    if request.user.is_authenticated:
        logout(request)
    opened = Opened(
        by=by,
        organisation=way.organisation_id,
        slug=way.slug,
        name=way.name,
        two_steps=two_steps,
    )
    home = reverse("organisation_home", args=[way.slug])
    login = Login(user=user, redirect_url=home, signal_kwargs={"opened": opened})
    response: HttpResponse = perform_login(request, login)
    return response


def _failed(request: Any, way: Way, code: str, detail: str) -> HttpResponse:
    log.warning("login through provider failed", organisation=way.slug, code=code, detail=detail)
    status = {"access": 403, "denied": 403, "other": 403, "state": 400, "token": 400}.get(code, 503)
    context = {
        "way": way,
        "title": _("This login did not succeed"),
        "why": words.result_words(code),
        "temporary": status == 503,
    }
    return render(request, "identity/failed.html", context, status=status)


def _ask_to_connect(
    request: Any, way: Way, provider: IdentityProvider, claims: dict[str, Any]
) -> HttpResponse:
    """Keep who the provider says this is until the person confirms; nothing is tied yet."""
    wanted = ("sub", "email", "name")
    request.session[PENDING] = {
        "slug": way.slug,
        "at": clock.now().timestamp(),
        "claims": {name: claims[name] for name in wanted if isinstance(claims.get(name), str)},
    }
    return redirect("login_connect", way.slug)


@login_required
@never_cache
def connect(request: Any, slug: str) -> HttpResponse:
    """Let who is logged in confirm that this login of the provider is theirs."""
    way, pending = way_of(slug), request.session.get(PENDING)
    late = pending is None or clock.now().timestamp() - pending["at"] > ERRAND_SECONDS
    if late or pending["slug"] != slug or sessions.opened(request) is not None:
        return _failed(request, way, "state", "nothing to connect")
    if request.method == "POST":
        del request.session[PENDING]
        return _connect(request, way, pending["claims"])
    context = {"way": way, "claims": pending["claims"], "title": _("Is this you?")}
    return render(request, "identity/connect.html", context)


def _connect(request: Any, way: Way, claims: dict[str, Any]) -> HttpResponse:
    try:
        provider = entering.provider_for_login(way.organisation_id)
        entering.connect(user=request.user, provider=provider, claims=claims)
    except NoAccess as error:
        return _failed(request, way, error.code, "")
    messages.success(request, _("From now on you can log in through your organisation as well."))
    return redirect("identity:mine", organisation=way.slug)


@never_cache
def gone(request: Any, slug: str) -> HttpResponse:
    """Say that Dijkring is closed, and lead to closing the session with the provider, too."""
    way, address = way_of(slug), ""
    try:
        provider = entering.provider_for_login(way.organisation_id)
        home = request.build_absolute_uri(reverse("account_login"))
        address = client_of(provider).logout_address(home)
    except (ProviderError, Refused):
        log.info("no address to log out with the provider", organisation=way.slug)
    context = {"way": way, "address": address, "title": _("You are logged out of Dijkring")}
    return render(request, "identity/gone.html", context)


@never_cache
def break_glass(request: Any, slug: str) -> HttpResponse:
    """Let somebody in with the code from the envelope."""
    way = way_of(slug)
    if not way.break_glass:
        raise Http404
    form = BreakSealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            broken = breaking.break_seal(
                organisation_id=way.organisation_id,
                address=get_adapter().get_client_ip(request),
                **form.cleaned_data,
            )
        except Refused as refused:
            form.add_error(refused.field, refused.message)
        else:
            return log_in(request, way, broken.user, BREAK_GLASS, two_steps=True)
    context = {"way": way, "form": form, "title": _("Break the seal")}
    status = 422 if form.is_bound else 200
    return render(request, "identity/break_glass.html", context, status=status)


@login_required
def second_step(request: Any) -> HttpResponse:
    """Say that an organisation demands a second step, and how to set one up."""
    context = {"title": _("Set up a second step first")}
    return render(request, "identity/second_step.html", context)
