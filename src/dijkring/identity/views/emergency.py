# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Emergency access: giving it, setting it up, coming in with it, and looking at a use."""

from typing import Any
from urllib.parse import quote, urlencode

import structlog
from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from dijkring.core.errors import Forbidden, Refused
from dijkring.core.web import page
from dijkring.identity.forms import EmergencyForm, EnrolForm, GiveForm, ReviewForm
from dijkring.identity.models import EmergencyUse
from dijkring.identity.services import emergency, sessions
from dijkring.identity.services.emergency import Given
from dijkring.identity.views.entrance import log_in, way_of
from dijkring.identity.views.management import overview_link
from dijkring.organisations.services import colleagues
from dijkring.ui import pages
from dijkring.ui.pages import link

log = structlog.get_logger(__name__)
SECRET = "emergency_secret"  # noqa: S105 -- the name under which the session keeps it


@never_cache
def enter(request: Any, slug: str) -> HttpResponse:
    """Let somebody in with an own password and second step."""
    way = way_of(slug)
    if not way.emergency:
        raise Http404
    form = EmergencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = get_adapter().get_client_ip(request)
        given = Given(**form.cleaned_data, address=address)
        try:
            _hold_off(request, f"{slug}|{given.login.strip().casefold()}", address)
            user = emergency.enter(organisation_id=way.organisation_id, given=given)
        except Refused as refused:
            log.warning("emergency access refused", organisation=slug, address=address)
            form.add_error(None, refused.message)
        else:
            return log_in(request, way, user, sessions.EMERGENCY, two_steps=True)
    context = {"way": way, "form": form, "title": _("Emergency access")}
    status = 422 if form.is_bound else 200
    return render(request, "identity/emergency.html", context, status=status)


def _hold_off(request: Any, account: str, address: str) -> None:
    """Refuse who guesses too fast from one place, and whoever does when too many tried one account.

    One place alone cannot use up what an account has: otherwise it could shut its person out.
    """
    slow = ratelimit.consume(request, action="login_failed", key=f"{account}|{address}")
    if not slow or not ratelimit.consume(request, action="emergency", key=account):
        raise Refused(_("Too many attempts. Wait five minutes, or use the code from an envelope."))


@page("identity.manage", writes=True)
def give(request: Any) -> HttpResponse:
    """Give a colleague emergency access."""
    people = [
        (one.user_id, str(one.user)) for one in colleagues(request.actor.organisation_id)
    ]  # fmt: skip

    def on_valid(valid: Any) -> str:
        made = emergency.give(actor=request.actor, **valid.cleaned_data)
        text = _("%(person)s can set it up now, under My login. Until then it opens nothing.")
        messages.success(request, text % {"person": made})
        return overview_link(request)

    return pages.form_page(
        request,
        GiveForm(request.POST or None, people=people),
        title=_("Give emergency access"),
        purpose=_("For people with a role in a crisis: an own way in, with a password and a second"
                  " step, for when the login of your organisation is down."),
        submit=_("Give"),
        back=overview_link(request),
        on_valid=on_valid,
    )  # fmt: skip


@page("identity.manage", writes=True)
def withdraw(request: Any, pk: int) -> HttpResponse:
    """End somebody's emergency access."""
    found = get_object_or_404(emergency.live(request.actor.organisation_id), pk=pk)

    def on_confirm(reason: str) -> str:
        emergency.withdraw(actor=request.actor, access=found, reason=reason)
        return overview_link(request)

    return pages.confirm_page(
        request,
        title=_("End the emergency access of %(person)s") % {"person": found},
        text=_("Password, app and printed codes stop working. Other access stays."),
        submit=_("End it"),
        back=overview_link(request),
        on_confirm=on_confirm,
    )


@page("identity.review", writes=True)
def review(request: Any, pk: int) -> HttpResponse:
    """Write down what a look at a use brought."""
    rows = EmergencyUse.objects.select_related("access__user")
    found = get_object_or_404(rows, pk=pk, reviewed_at=None)

    def on_valid(valid: Any) -> str:
        emergency.review(actor=request.actor, use=found, text=valid.cleaned_data["text"])
        return overview_link(request)

    return pages.form_page(
        request,
        ReviewForm(request.POST or None),
        title=_("Look at the use of %(name)s") % {"name": found.access},
        purpose=f"{found.get_why_display()}: {found.reason}",
        submit=_("Write down"),
        back=overview_link(request),
        on_valid=on_valid,
    )


@page("identity.own", writes=True)
@never_cache
def enrol(request: Any) -> HttpResponse:
    """Set up one's own emergency access; the recovery codes are shown once, to be printed."""
    found = emergency.own(request.actor)
    if found is None:
        raise Forbidden("identity.emergency")
    way = sessions.opened(request)
    if way is not None and way["by"] != sessions.PROVIDER:
        # Who came in by one piece of paper must not make a lasting way in of it.
        return render(request, "identity/not_here.html", {"way": way}, status=403)
    secret = request.session.get(SECRET) or generate_totp_secret()
    request.session[SECRET] = secret
    made: list[str] = []

    def on_valid(valid: Any) -> str:
        made.extend(emergency.enrol(actor=request.actor, secret=secret, **valid.wanted()))
        return link(request, "identity:mine")

    response = pages.form_page(
        request,
        EnrolForm(request.POST or None),
        title=_("Set up emergency access"),
        purpose=_("For %(purpose)s. Do it now, in quiet times, and test it.")
        % {"purpose": found.purpose},
        submit=_("Set up"),
        back=link(request, "identity:mine"),
        on_valid=on_valid,
        extra={
            "template": "identity/enrol.html",
            "login": found.login,
            "secret": secret,
            "qr": _qr(found.login, secret),
        },
    )
    return _shown_once(request, found, made) if made else response


def _qr(login: str, secret: str) -> str:
    label = quote(f"Dijkring:{login}")
    values = urlencode({"secret": secret, "issuer": "Dijkring"})
    svg: str = get_mfa_adapter().build_totp_svg(f"otpauth://totp/{label}?{values}")
    return svg


def _shown_once(request: Any, found: Any, codes: list[str]) -> HttpResponse:
    del request.session[SECRET]
    place = reverse("emergency_login", args=[request.organisation.slug])
    context = {
        "title": _("Print this page"),
        "access": found,
        "codes": codes,
        "address": request.build_absolute_uri(place),
        "back": link(request, "identity:mine"),
    }
    return render(request, "identity/recovery_sheet.html", context)
