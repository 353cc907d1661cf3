# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who is on call, 'I have it', and webhooks with what was delivered to them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dijkring.core.web import page
from dijkring.incidents.forms.escalation import HandOverForm, ShiftForm, WebhookForm
from dijkring.incidents.models import Delivery, Shift, Webhook
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.selectors import oncall as selectors
from dijkring.incidents.services import acknowledging, webhooks
from dijkring.incidents.services import oncall as services
from dijkring.incidents.services.clocks import DECIDE
from dijkring.incidents.services.webhooks import RIGHT
from dijkring.incidents.tables.escalation import DeliveryTable, ShiftTable
from dijkring.incidents.views.incidents import VIEW, back_to, incident_of, trail
from dijkring.ui import pages
from dijkring.ui.pages import Action, link
from dijkring.ui.panels import RelatedTable

LAST_DELIVERIES = 50


def _people(request: Any, *, but: int | None = None) -> list[tuple[int, str]]:
    found = selectors.candidates(request.actor.organisation_id)
    return [(one.user_id, str(one.user)) for one in found if one.user_id != but]


@page(VIEW)
def oncall(request: Any) -> HttpResponse:
    """Show who is on call now and later, and when nobody is."""
    organisation_id, may = request.actor.organisation_id, request.can(HANDLE)
    rows = list(selectors.shifts(organisation_id))
    table = ShiftTable(rows, request=request, may=may)
    empty = _("Nobody is on the list. Then the CISO hears first.")
    context = {
        "title": _("Who is on call"),
        "purpose": _("Who hears first of a new incident and of a deadline that comes near; then the"
                     " next number, then secretary and board."),
        "trail": trail(request),
        "now": [one for one in sorted(rows, key=lambda one: one.rank) if one.runs],
        "gaps": selectors.gaps(organisation_id),
        "shifts": RelatedTable(_("On call, now and later"), table, empty).render(request),
        "form": ShiftForm(None, people=_people(request)),
        "may": may,
        "actions": [Action(_("Webhooks"), link(request, "incidents:webhooks"))]
        if request.can(RIGHT) else [],
    }  # fmt: skip
    return render(request, "incidents/oncall.html", context)


@page(HANDLE, writes=True)
def add_shift(request: Any) -> HttpResponse:
    """Put somebody on call."""
    return pages.form_page(
        request,
        ShiftForm(request.POST or None, people=_people(request)),
        title=_("Put somebody on call"),
        submit=_("Put on the list"),
        back=link(request, "incidents:oncall"),
        trail=_oncall_trail(request),
        on_valid=lambda form: _shift_added(request, form),
    )


def _oncall_trail(request: Any) -> list[tuple[str, str]]:
    return [*trail(request), (_("Who is on call"), link(request, "incidents:oncall"))]


def _shift_added(request: Any, form: ShiftForm) -> str:
    services.add(actor=request.actor, wanted=form.wanted())
    messages.success(request, _("Put on the list."))
    return link(request, "incidents:oncall")


@page(HANDLE, writes=True)
def hand_over(request: Any, pk: int) -> HttpResponse:
    """Hand a shift over to the next one, with a note."""
    rows = Shift.objects.filter(organisation_id=request.actor.organisation_id)
    found = get_object_or_404(rows.select_related("user"), pk=pk)
    return pages.form_page(
        request,
        HandOverForm(request.POST or None, people=_people(request, but=found.user_id)),
        title=_("Hand over: %(who)s") % {"who": found.user},
        submit=_("Hand over now"),
        back=link(request, "incidents:oncall"),
        trail=_oncall_trail(request),
        extra={"template": "incidents/hand_over.html", "shift": found},
        on_valid=lambda form: _handed_over(request, found, form),
    )


def _handed_over(request: Any, found: Shift, form: HandOverForm) -> str:
    given = form.cleaned_data
    services.hand_over(actor=request.actor, shift=found, user_id=given["user"], note=given["note"])
    messages.success(request, _("Handed over. The next one is told."))
    return link(request, "incidents:oncall")


@page(HANDLE, writes=True)
@require_POST
def end_shift(request: Any, pk: int) -> HttpResponse:
    """End a shift without anybody in its place."""
    rows = Shift.objects.filter(organisation_id=request.actor.organisation_id)
    services.end(actor=request.actor, shift=get_object_or_404(rows, pk=pk))
    messages.success(request, _("This shift has ended."))
    return redirect(link(request, "incidents:oncall"))


@page(DECIDE, writes=True)
@require_POST
def acknowledge(request: Any, pk: int) -> HttpResponse:
    """Say that one has an incident."""
    found = incident_of(request, pk)
    acknowledging.acknowledge(actor=request.actor, incident=found)
    messages.success(request, _("You have it. Nobody else is called until the next stage."))
    return redirect(back_to(request, found))


@page(RIGHT, writes=True)
def webhooks_page(request: Any) -> HttpResponse:
    """Show the webhooks and what was delivered, and add one; its secret is shown once."""
    organisation_id = request.actor.organisation_id
    made: list[tuple[Webhook, str]] = []
    rows = Delivery.objects.filter(organisation_id=organisation_id).select_related("webhook")
    table = DeliveryTable(rows[:LAST_DELIVERIES], request=request)
    response = pages.form_page(
        request,
        WebhookForm(request.POST or None),
        title=_("Webhooks"),
        purpose=_("Your own systems hear at once of a new incident and of deadlines: numbers and"
                  " an address, never what happened. Exercises go nowhere."),
        submit=_("Add and show the secret"),
        trail=_oncall_trail(request),
        extra={
            "template": "incidents/webhooks.html",
            "hooks": list(webhooks.in_use(organisation_id)),
            "deliveries": RelatedTable(_("What was sent"), table,
                                       _("Nothing was sent yet.")).render(request),
        },
        on_valid=lambda form: _hook_added(request, form, made),
    )  # fmt: skip
    return _secret_once(request, *made[0]) if made else response


def _hook_added(request: Any, form: WebhookForm, made: list[tuple[Webhook, str]]) -> str:
    made.append(webhooks.add(actor=request.actor, **form.cleaned_data))
    return link(request, "incidents:webhooks")


def _secret_once(request: Any, hook: Webhook, secret: str) -> HttpResponse:
    context = {
        "title": _("The secret of %(name)s") % {"name": hook},
        "trail": _oncall_trail(request),
        "secret": secret,
        "back": link(request, "incidents:webhooks"),
    }
    return render(request, "incidents/webhook_made.html", context)


def _hook(request: Any, pk: int) -> Webhook:
    rows = Webhook.objects.filter(organisation_id=request.actor.organisation_id, ended_at=None)
    return get_object_or_404(rows, pk=pk)


@page(RIGHT, writes=True)
@require_POST
def test_webhook(request: Any, pk: int) -> HttpResponse:
    """Send a message that means nothing."""
    webhooks.test(actor=request.actor, webhook=_hook(request, pk))
    messages.success(request, _("Sent. Look below in a moment at whether it was taken."))
    return redirect(link(request, "incidents:webhooks"))


@page(RIGHT, writes=True)
@require_POST
def end_webhook(request: Any, pk: int) -> HttpResponse:
    """Tell a webhook nothing any more."""
    webhooks.end(actor=request.actor, webhook=_hook(request, pk))
    messages.success(request, _("This webhook is told nothing any more."))
    return redirect(link(request, "incidents:webhooks"))
