# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mailing a link, and handing answers over: to another, and to us."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dijkring.core.web import page
from dijkring.organisations.models import Organisation
from dijkring.sharing.models import Handover
from dijkring.sharing.partners import partners
from dijkring.suppliers.forms.asking import ReceiverForm
from dijkring.suppliers.models import Inquiry
from dijkring.suppliers.selectors import inquiries as selectors
from dijkring.suppliers.services import handing_over as services
from dijkring.suppliers.services import mailing
from dijkring.suppliers.services.inquiries import RIGHT
from dijkring.suppliers.views.suppliers import trail_to
from dijkring.ui import pages
from dijkring.ui.pages import link


def _inquiry(request: Any, pk: int) -> Any:
    return get_object_or_404(selectors.inquiries(request.actor.organisation_id), pk=pk)


def _handover(request: Any, pk: int) -> Handover:
    rows = Handover.objects.select_related("organisation")
    mine = {"receiver_id": request.actor.organisation_id, "kind": services.KIND}
    return get_object_or_404(rows, pk=pk, **mine)


def _trail(request: Any) -> list[tuple[str, str]]:
    return [*trail_to(request), (_("Questionnaires"), link(request, "suppliers:inquiries"))]


@page(RIGHT, writes=True)
@require_POST
def mail_link(request: Any, pk: int) -> HttpResponse:
    """Mail the link of a questionnaire to who answers it."""
    found = _inquiry(request, pk)
    mailing.ask_to_mail(actor=request.actor, inquiry=found)
    text = _("The link goes to %(email)s. Links from before stop working.")
    messages.success(request, text % {"email": found.email})
    return redirect(link(request, "suppliers:inquiry", pk))


@page(RIGHT, writes=True)
def hand_over(request: Any, pk: int) -> HttpResponse:
    """Hand answers over to an organisation with which we co-operate."""
    found = _inquiry(request, pk)
    return pages.form_page(
        request,
        ReceiverForm(request.POST or None, others=partners(found.organisation_id)),
        title=_("Hand over the answers of %(supplier)s") % {"supplier": found.supplier},
        purpose=_("The supplier agreed. Somebody there takes them over or declines."),
        submit=_("Hand over"),
        back=link(request, "suppliers:inquiry", pk),
        trail=_trail(request),
        on_valid=lambda form: _handed_over(request, found, form.chosen()),
    )


def _handed_over(request: Any, found: Inquiry, receiver: Organisation) -> str:
    made = services.hand_over(actor=request.actor, inquiry=found, receiver=receiver)
    messages.success(request, _("It is under way to %(receiver)s.") % {"receiver": receiver})
    return link(request, "sharing:handover", made.pk)


@page(RIGHT, writes=True)
@require_POST
def accept(request: Any, pk: int) -> HttpResponse:
    """Keep answers that were handed over to us."""
    kept = services.accept(actor=request.actor, handover=_handover(request, pk))
    messages.success(request, _("The answers have been taken over."))
    return redirect(link(request, "suppliers:inquiry", kept.pk))


@page(RIGHT, writes=True)
def decline(request: Any, pk: int) -> HttpResponse:
    """Decline answers that were handed over to us."""
    found = _handover(request, pk)
    return pages.confirm_page(
        request,
        title=_("Decline the answers of %(supplier)s")
        % {"supplier": found.payload.get("supplier", "")},
        text=_("%(sender)s sees the reason.") % {"sender": found.organisation},
        submit=_("Decline"),
        back=link(request, "suppliers:inquiries"),
        trail=_trail(request),
        on_confirm=lambda reason: _declined(request, found, reason),
    )


def _declined(request: Any, found: Handover, reason: str) -> str:
    services.decline(actor=request.actor, handover=found, reason=reason)
    messages.success(request, _("Declined."))
    return link(request, "suppliers:inquiries")
