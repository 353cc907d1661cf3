# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages for people without a login: answering by a link, the calendar feed, no more e-mail.

What lets somebody in is a token of 256 random bits in the address. A GET changes nothing.
"""

import hashlib
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from dijkring.core.errors import Refused
from dijkring.notices.forms import AnswerForm
from dijkring.notices.models import Ask
from dijkring.notices.selectors import feed
from dijkring.notices.services import answering, preferences
from dijkring.notices.services.answering import Opened

GONE = 410


# Nobody is logged in here: whoever could forge the post would need the token, and so may answer.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show what somebody is asked by a link, and take the answer, once."""
    opened = answering.open_link(token)
    if opened is None:
        return _closed(request, "unknown", status=404)
    with translation.override(_language(request, opened.ask)):
        response = _answer(request, token, opened)
        return _guarded(response)


def _language(request: HttpRequest, ask: Ask) -> str:
    """Return the language that was chosen by hand, or else the one of the ask."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else ask.language


def _answer(request: HttpRequest, token: str, opened: Opened) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    form = AnswerForm(posted, purpose=opened.purpose)
    if request.method == "POST" and opened.state != Ask.State.OPEN:
        # A use of a link that does not work any more is logged as well.
        answering.answer(token=token, name=request.POST.get("name", ""), text="")
    elif request.method == "POST" and form.is_valid():
        taken = _take(token, form)
        if taken is not None:
            state = "thanks" if taken.state == Ask.State.OPEN else taken.state
            return _closed(request, state, taken, 200 if state == "thanks" else GONE)
    if opened.state != Ask.State.OPEN:
        return _closed(request, opened.state, opened, GONE)
    context = {**_context(request, opened), "form": form}
    return render(request, "notices/by_link.html", context, status=422 if form.is_bound else 200)


def _take(token: str, form: AnswerForm) -> Opened | None:
    try:
        return answering.answer(token=token, **form.cleaned_data)
    except Refused as refused:
        form.add_error(refused.field, refused.message)
    return None


def _context(request: HttpRequest, opened: Opened) -> dict[str, Any]:
    organisation = str(opened.ask.organisation)
    return {
        "title": _("A question of %(organisation)s") % {"organisation": organisation},
        "ask": opened.ask,
        "about": opened.about,
        "purpose": opened.purpose,
    }


def _closed(
    request: HttpRequest, state: str, opened: Opened | None = None, status: int = GONE
) -> HttpResponse:
    context = _context(request, opened) if opened else {"title": _("This link does not work")}
    context["state"] = state
    return _guarded(render(request, "notices/link_closed.html", context, status=status))


def _guarded(response: HttpResponse) -> HttpResponse:
    """Keep an address with a secret out of logs, caches and search engines of others."""
    # Django would write the address of a refused request into the log of the server.
    response._has_been_logged = True  # type: ignore[attr-defined]
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Give the calendar of a person to the program that holds its secret address."""
    body = feed.calendar_of(token)
    if body is None:
        return _guarded(HttpResponseNotFound())
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    made = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    made["ETag"] = etag
    response = get_conditional_response(request, etag=etag, response=made)
    response = _guarded(response or made)
    response["Cache-Control"] = "private, max-age=0, must-revalidate"
    response["Content-Disposition"] = 'inline; filename="dijkring.ics"'
    return response


# The code in the address is what a mail program has (RFC 8058); it has no cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, code: str) -> HttpResponse:
    """End the daily e-mail of who has this code, after one click."""
    known = preferences.user_of_code(code) is not None
    done = request.method == "POST" and preferences.unsubscribe(code=code)
    context = {"title": _("No more daily e-mail"), "known": known, "done": done}
    status = 200 if known else 404
    return _guarded(render(request, "notices/unsubscribe.html", context, status=status))
