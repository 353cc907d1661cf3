# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Telling others of an incident here, and answering what others tell."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkring.core.web import page
from dijkring.incidents.forms.intake import ACCEPT, AnswerNoticeForm, SendNoticeForm
from dijkring.incidents.models import Incident, IncidentNotice
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.panels.incidents import IMPACT
from dijkring.incidents.selectors import intake as selectors
from dijkring.incidents.services import noticing as services
from dijkring.incidents.services.noticing import SEND
from dijkring.incidents.views.incidents import back_to, incident_of, titled, trail
from dijkring.organisations.models import Organisation
from dijkring.sharing.partners import partners
from dijkring.ui import pages
from dijkring.ui.pages import link
from dijkring.ui.panels import Facts


@page(SEND, writes=True)
def tell(request: Any, pk: int) -> HttpResponse:
    """Tell organisations with which we co-operate of an incident."""
    found = incident_of(request, pk)
    told = services.already_told(found)
    near = [one for one in partners(request.actor.organisation_id) if one.pk not in told]
    form = SendNoticeForm(
        request.POST or None,
        partners=[(one.pk, one.name) for one in near],
        initial={"title": found.title, "description": found.description},
    )
    return pages.form_page(
        request,
        form,
        title=titled(found, _("Tell others of incident %(number)s") % {"number": found.reference}),
        purpose=_("They hear since when you are aware, and decide themselves whether it is an"
                  " incident for them. You see what they answer."),
        submit=_("Tell them"),
        back=back_to(request, found, IMPACT),
        trail=trail(request, found),
        extra={"template": "incidents/form.html", "incident": found},
        on_valid=lambda valid: _told(request, found, near, valid),
    )  # fmt: skip


def _told(request: Any, found: Incident, near: list[Organisation], form: SendNoticeForm) -> str:
    given = form.cleaned_data
    chosen = [one for one in near if one.pk in given["receivers"]]
    for receiver in chosen:
        services.send(
            actor=request.actor,
            incident=found,
            receiver=receiver,
            title=given["title"],
            description=given["description"],
        )
    words = ngettext("%(n)d organisation is told.", "%(n)d organisations are told.", len(chosen))
    messages.success(request, words % {"n": len(chosen)})
    return back_to(request, found, IMPACT)


@page(HANDLE, writes=True)
def notice(request: Any, pk: int) -> HttpResponse:
    """Show what another organisation tells of an incident, and answer it."""
    found = get_object_or_404(selectors.notices(request.actor.organisation_id), pk=pk)
    facts = Facts(_("What they tell"), services.rows_of(found.handover.payload))
    common: dict[str, Any] = {
        "title": _("%(sender)s tells of an incident") % {"sender": found.sender},
        "trail": trail(request),
    }
    if found.state != IncidentNotice.State.OPEN:
        return pages.detail_page(
            request, found, panels=[facts, _answered(request, found)], **common
        )
    start = {"aware_at": found.aware_at}
    return pages.form_page(
        request,
        AnswerNoticeForm(request.POST or None, initial=start),
        submit=_("Answer"),
        back=link(request, "incidents:incidents"),
        extra={
            "template": "incidents/notice.html",
            "facts": facts.render(request),
            "incident": found,
        },
        on_valid=lambda form: _answer(request, found, form),
        **common,
    )


def _answered(request: Any, found: IncidentNotice) -> Facts:
    rows = [
        (_("Answer"), found.get_state_display()),
        (_("Answered"), found.decided_at),
        (_("Because"), found.reason),
        (_("Incident"), found.incident),
    ]
    return Facts(_("Our answer"), [row for row in rows if row[1]])


def _answer(request: Any, found: IncidentNotice, form: AnswerNoticeForm) -> str:
    given = form.cleaned_data
    if given["answer"] != ACCEPT:
        services.decline(actor=request.actor, notice=found, reason=given["reason"])
        messages.success(request, _("Declined; the sender sees your reason."))
        return link(request, "incidents:notice", found.pk)
    made = services.accept(
        actor=request.actor, notice=found, aware_at=given["aware_at"], reason=given["reason"]
    )
    messages.success(request, _("Reported under number %(number)s.") % {"number": made.reference})
    return link(request, "incidents:incident", made.pk)
