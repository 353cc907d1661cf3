# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages that end an incident: end of handling, closing, taking it up again."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.web import page
from dijkring.incidents.forms.incidents import CloseForm, EndForm
from dijkring.incidents.models import Incident
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.services import closing
from dijkring.incidents.views.incidents import back_to, incident_of, titled, trail
from dijkring.ui import pages


@page(HANDLE, writes=True)
def end(request: Any, pk: int) -> HttpResponse:
    """End the handling of an incident."""
    found = incident_of(request, pk)
    return pages.form_page(
        request,
        EndForm(request.POST or None, initial=_moments(found)),
        title=titled(found, _("End the handling of %(incident)s") % {"incident": found.reference}),
        purpose=_("From this moment a month counts for the final report, when the incident went on"
                  " longer than the term of that report."),
        submit=_("End handling"),
        back=back_to(request, found),
        trail=trail(request, found),
        extra={"template": "incidents/form.html", "incident": found},
        on_valid=lambda form: _ended(request, found, form),
    )  # fmt: skip


def _moments(found: Incident) -> dict[str, Any]:
    known = {"contained_at": found.contained_at, "recovered_at": found.recovered_at}
    return {**known, "at": clock.now()}


def _ended(request: Any, found: Incident, form: Any) -> str:
    closing.end(actor=request.actor, incident=found, **form.cleaned_data)
    messages.success(request, _("The handling has ended. Report what is still due, then close it."))
    return back_to(request, found)


@page(HANDLE, writes=True)
def take_up_again(request: Any, pk: int) -> HttpResponse:
    """Go on with an incident that had ended or was closed."""
    found = incident_of(request, pk)
    return pages.confirm_page(
        request,
        title=titled(found, _("Take up %(incident)s again") % {"incident": found.reference}),
        text=_("It goes one step back, with your reason. What was handed in stays."),
        submit=_("Take up again"),
        back=back_to(request, found),
        trail=trail(request, found),
        on_confirm=lambda reason: _taken_up(request, found, reason),
    )


def _taken_up(request: Any, found: Incident, reason: str) -> str:
    closing.take_up_again(actor=request.actor, incident=found, reason=reason)
    messages.success(request, _("It has been taken up again."))
    return back_to(request, found)


@page(HANDLE, writes=True)
def close(request: Any, pk: int) -> HttpResponse:
    """Close an incident with what was learnt."""
    found = incident_of(request, pk)
    start = {
        "cause": found.cause,
        "avoidable": found.avoidable,
        "avoidable_reason": found.avoidable_reason,
        "logs": found.logs,
        "lessons": found.lessons,
    }
    return pages.form_page(
        request,
        CloseForm(request.POST or None, initial=start),
        title=titled(found, _("Close %(incident)s") % {"incident": found.reference}),
        purpose=_("It stays in the register for at least three years."),
        submit=_("Close"),
        back=back_to(request, found),
        trail=trail(request, found),
        extra={"template": "incidents/form.html", "incident": found},
        on_valid=lambda form: _closed(request, found, form),
    )


def _closed(request: Any, found: Incident, form: CloseForm) -> str:
    closing.close(actor=request.actor, incident=found, wanted=form.wanted())
    messages.success(request, _("The incident is closed. Its improvements stand with the actions."))
    return back_to(request, found)
