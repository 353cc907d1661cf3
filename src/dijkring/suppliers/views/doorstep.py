# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The questionnaire for a supplier without an account; a GET changes nothing."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dijkring.core import clock
from dijkring.core.errors import Refused
from dijkring.suppliers.forms.asking import AnswerForm
from dijkring.suppliers.models import Inquiry
from dijkring.suppliers.services import inquiries
from dijkring.suppliers.services.inquiries import Opened
from dijkring.ui import as_shown

GONE = 410


# Nobody is logged in here: whoever could forge the post would need the token, and so may answer.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def questionnaire(request: HttpRequest, token: str) -> HttpResponse:
    """Show the demands behind a link, save what is filled in, and take it when it is sent in."""
    opened = inquiries.open_link(token)
    if opened is None:
        return _closed(request, "unknown", status=404)
    with translation.override(_language(request, opened.inquiry)):
        if opened.inquiry.state != Inquiry.State.OPEN:
            return _closed(request, opened.inquiry.state, opened)
        return _guarded(_fill_in(request, token, opened))


def _language(request: HttpRequest, inquiry: Inquiry) -> str:
    """Return the language that was chosen by hand, or else the one of the questionnaire."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else inquiry.language


def _fill_in(request: HttpRequest, token: str, opened: Opened) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    form = AnswerForm(posted, inquiry=opened.inquiry, replies=opened.replies)
    if posted is None:
        return _page(request, opened, form, as_shown.marks(form))
    shown = as_shown.read(posted.get(as_shown.NAME, ""))
    if not form.is_valid():
        return _page(request, opened, form, shown, status=422)
    sending = "send" in posted
    after = _save(token, form, shown, submit=sending)
    if after is None:
        return _page(request, opened, form, form.marks(), status=422)
    if after.inquiry.state != Inquiry.State.OPEN:
        took = sending and after.inquiry.submitted_by == " ".join(form.cleaned_data["name"].split())
        state = "thanks" if took else after.inquiry.state
        return _closed(request, state, after, 200 if took else GONE)
    # The page that saves by itself goes on showing what was typed there.
    fresh = AnswerForm(None, inquiry=after.inquiry, replies=after.replies)
    marks = form.marks() if _goes_on(request) else as_shown.marks(fresh)
    return _page(request, after, fresh, marks, saved=True)


def _save(token: str, form: AnswerForm, shown: Mapping[str, str], *, submit: bool) -> Opened | None:
    """Save the answers, and send them in; None with the errors in the form."""
    given = form.cleaned_data
    # What is filled in is kept, also when it cannot be sent in yet.
    kept = inquiries.answer(token=token, replies=form.replies(shown), name=given["name"])
    if not submit or kept is None or kept.inquiry.state != Inquiry.State.OPEN:
        return kept
    try:
        return inquiries.answer(
            token=token,
            replies={},
            name=given["name"],
            submit=True,
            may_travel=given["may_travel"],
        )
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    return None


def _page(
    request: HttpRequest,
    opened: Opened,
    form: AnswerForm,
    shown: Mapping[str, str],
    *,
    status: int = 200,
    saved: bool = False,
) -> HttpResponse:
    inquiry = opened.inquiry
    if _goes_on(request):
        wrong = _("Not saved: something is filled in that cannot be kept. Press save to see what.")
        return _kept(request, opened, "" if saved else wrong, shown)
    context: dict[str, Any] = {
        "title": _("Questions of %(organisation)s") % {"organisation": inquiry.organisation},
        "inquiry": inquiry,
        "form": form,
        "saved": saved,
        "as_shown": as_shown.write(shown),
        **_counted(opened),
    }
    return render(request, "suppliers/questionnaire.html", context, status=status)


def _goes_on(request: HttpRequest) -> bool:
    """Tell whether the page itself saves while somebody fills in; it only asks how that went."""
    return "HX-Request" in request.headers


def _kept(
    request: HttpRequest, opened: Opened | None, lost: str, shown: Mapping[str, str] | None = None
) -> HttpResponse:
    context: dict[str, Any] = {"lost": lost, "saved_at": clock.now()}
    if opened is not None:
        context |= {"as_shown": as_shown.write(shown or {}), **_counted(opened)}
    return render(request, "suppliers/kept.html", context)


def _counted(opened: Opened) -> dict[str, int]:
    given = sum(1 for one in opened.replies.values() if one.choice)
    return {"given": given, "all": len(opened.inquiry.demands)}


def _closed(
    request: HttpRequest, state: str, opened: Opened | None = None, status: int = GONE
) -> HttpResponse:
    if _goes_on(request):
        gone = _("This link does not work any more. What you filled in last was not saved.")
        return _guarded(_kept(request, None, gone))
    context = {
        "title": _("This link does not work") if opened is None else _("Questionnaire"),
        "state": state,
        "inquiry": opened.inquiry if opened else None,
    }
    return _guarded(render(request, "suppliers/closed.html", context, status=status))


def _guarded(response: HttpResponse) -> HttpResponse:
    """Keep an address with a secret out of logs, caches and search engines of others."""
    response._has_been_logged = True  # type: ignore[attr-defined]
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store"
    return response
