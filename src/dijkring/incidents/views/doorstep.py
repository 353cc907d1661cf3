# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reporting an incident without an account, and following one's own report; no script is needed.

What lets somebody in is a secret in the address. A GET changes nothing.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dijkring.core import clock, receiving
from dijkring.core.errors import Refused
from dijkring.incidents import told
from dijkring.incidents.forms.intake import AddForm, OutsideForm
from dijkring.incidents.models import Intake, WayIn
from dijkring.incidents.services import intake, ways_in
from dijkring.incidents.services.intake import TooMany

# The files, and the text beside them.
MOST_BYTES = intake.MOST_FILES * intake.LARGEST_FILE + 256 * 1024


# The size is looked at before the body is read; the post itself is checked all the same.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, token: str) -> HttpResponse:
    """Let anybody who has the secret address report an incident."""
    way = ways_in.opened(token, WayIn.Kind.PAGE)
    if way is None:
        return _unknown(request)
    if _size(request) > MOST_BYTES:
        return _guarded(_form(request, way, _fresh(), status=413, too_large=True))
    return _guarded(_report(request, way))


class _Check(CsrfViewMiddleware):
    """Django's own check, without writing the secret address into the log."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponseForbidden:
        return HttpResponseForbidden()


def _forged(request: HttpRequest) -> bool:
    """Tell whether a post does not come from our own form, or from a browser without cookies."""

    def plain(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    return _Check(plain).process_view(request, plain, (), {}) is not None


def _report(request: HttpRequest, way: WayIn) -> HttpResponse:
    if request.method != "POST":
        return _form(request, way, _fresh())
    form = OutsideForm(request.POST, request.FILES, may_exercise=False)
    if _forged(request):
        form.add_error(None, _("Press the button once more. Your browser must accept cookies."))
        return _form(request, way, form, status=403)
    if not form.is_valid():
        return _form(request, way, form, status=422)
    if receiving.lost_a_file(request):
        words = _("Your file could not be kept here. Send the report without it.")
        form.add_error("attached", words)
        return _form(request, way, form, status=422)
    came = form.came()
    try:
        intake.by_way(way=way, came=came, at=Intake.Way.PAGE)
    except Refused as refused:
        status = 429 if isinstance(refused, TooMany) else 422
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return _form(request, way, form, status=status)
    follow = reverse("follow_report", args=[intake.follow_token(way.organisation_id, came.key)])
    return HttpResponseRedirect(f"{follow}?nieuw")


def _size(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _fresh() -> OutsideForm:
    start = {"noticed_at": clock.now(), "key": intake.new_key()}
    return OutsideForm(None, may_exercise=False, initial=start)


def _form(
    request: HttpRequest,
    way: WayIn,
    form: OutsideForm,
    *,
    status: int = 200,
    too_large: bool = False,
) -> HttpResponse:
    context = {
        "title": _("Report to %(organisation)s") % {"organisation": way.organisation.name},
        "way": way,
        "form": form,
        "too_large": too_large,
    }
    return render(request, "incidents/report_by_link.html", context, status=status)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Show who reported how it stands, in one line, and let them add something."""
    if _size(request) > MOST_BYTES:
        return _guarded(HttpResponse(status=413))
    return _guarded(_follow(request, token))


def _follow(request: HttpRequest, token: str) -> HttpResponse:
    posted = request.method == "POST" and not _forged(request)
    form = AddForm(request.POST if posted else None)
    status = 422 if posted else 200
    if posted and form.is_valid():
        try:
            intake.add(token=token, text=form.cleaned_data["text"])
            return HttpResponseRedirect(f"{request.path}?toegevoegd")
        except Refused as refused:
            form.add_error("text", refused.message)
    found = intake.follow(token)
    if found is None:
        return _unknown(request)
    context: dict[str, Any] = {
        "title": _("Your report %(number)s") % {"number": found.reference},
        "found": found,
        "state": told.TO_REPORTER[found.state],
        "open": found.state != "closed",
        "form": form,
        "new": "nieuw" in request.GET,
        "added": "toegevoegd" in request.GET,
        "address": request.build_absolute_uri(request.path),
    }
    return render(request, "incidents/follow.html", context, status=status)


def _unknown(request: HttpRequest) -> HttpResponse:
    """Say the same of an address that never was and of one that was ended."""
    context = {"title": _("This address does not work")}
    return _guarded(render(request, "incidents/no_such_way.html", context, status=404))


def _guarded(response: HttpResponse) -> HttpResponse:
    """Keep an address with a secret out of logs, caches and search engines of others.

    It stays in the referrer within this site, from which a protected post is known.
    """
    response._has_been_logged = True  # type: ignore[attr-defined]
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store"
    return response
