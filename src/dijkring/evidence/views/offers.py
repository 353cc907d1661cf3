# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a service covers, and to whom it is published."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkring.core import clock
from dijkring.core.web import page
from dijkring.evidence.forms import CoverForm, TakeOutForm, TakerForm
from dijkring.evidence.models import Offer, Scope, Taker
from dijkring.evidence.services import offers as services
from dijkring.ui import pages
from dijkring.ui.pages import link


def _service(request: Any, pk: int) -> Scope:
    mine = {"organisation_id": request.actor.organisation_id, "until": None}
    return get_object_or_404(Scope, pk=pk, kind=Scope.Kind.SERVICE, **mine)


@page("evidence.provide", writes=True)
def cover(request: Any, pk: int) -> HttpResponse:
    """Say which requirements a service covers."""
    found = _service(request, pk)
    return pages.form_page(
        request,
        CoverForm(request.POST or None),
        title=_("What %(service)s covers") % {"service": found},
        purpose=_("Its takers get your standing on these, per layer, and nothing else."),
        submit=_("Cover"),
        back=link(request, "evidence:scope", pk),
        on_valid=lambda form: _cover(request, found, form.cleaned_data),
    )


def _cover(request: Any, found: Scope, values: dict[str, Any]) -> str:
    made = services.cover(actor=request.actor, service=found, **values)
    words = ngettext("%(n)d requirement added.", "%(n)d requirements added.", len(made))
    messages.success(request, words % {"n": len(made)})
    return link(request, "evidence:scope", found.pk)


@page("evidence.provide", writes=True)
def take_out(request: Any, pk: int) -> HttpResponse:
    """Cover a requirement no longer, from a day on."""
    mine = {"organisation_id": request.actor.organisation_id, "until": None}
    rows = Offer.objects.select_related("service", "requirement__framework")
    found = get_object_or_404(rows, pk=pk, service__until=None, **mine)
    names = {"requirement": found.requirement.ref, "service": found.service}
    return pages.form_page(
        request,
        TakeOutForm(request.POST or None, initial={"ends_on": clock.today()}),
        title=_("Take %(requirement)s out of %(service)s") % names,
        submit=_("Take it out"),
        back=link(request, "evidence:scope", found.service_id),
        danger=True,
        extra={
            "template": "ui/confirm.html",
            "text": _("From that day on its takers are not measured on it. They see your reason."),
        },
        on_valid=lambda form: _take_out(request, found, form.cleaned_data),
    )


def _take_out(request: Any, found: Offer, values: dict[str, Any]) -> str:
    ends_on = values["ends_on"]
    begin = clock.begin_of(ends_on)
    services.take_out(
        actor=request.actor,
        offer=found,
        reason=values["reason"],
        ends_at=None if ends_on == clock.today() else begin,
    )
    messages.success(request, _("It is taken out. The takers are told."))
    return link(request, "evidence:scope", found.service_id)


@page("evidence.provide", writes=True)
def publish(request: Any, pk: int) -> HttpResponse:
    """Publish a service to an organisation."""
    found = _service(request, pk)
    return pages.form_page(
        request,
        TakerForm(request.POST or None, organisation_id=request.actor.organisation_id),
        title=_("Publish %(service)s to a taker") % {"service": found},
        submit=_("Publish"),
        back=link(request, "evidence:scope", pk),
        on_valid=lambda form: _publish(request, found, form.cleaned_data),
    )


def _publish(request: Any, found: Scope, values: dict[str, Any]) -> str:
    services.publish_to(actor=request.actor, service=found, **values)
    messages.success(request, _("Published. It can now take this service."))
    return link(request, "evidence:scope", found.pk)


@page("evidence.provide", writes=True)
def stop(request: Any, pk: int) -> HttpResponse:
    """Withdraw what is published to an organisation."""
    mine = {"organisation_id": request.actor.organisation_id, "until": None}
    found = get_object_or_404(Taker.objects.select_related("service", "taker"), pk=pk, **mine)
    names = {"service": found.service, "taker": found.taker}
    return pages.confirm_page(
        request,
        title=_("Stop publishing %(service)s to %(taker)s") % names,
        text=_("For the taker it is not measured from now on."),
        submit=_("Stop"),
        back=link(request, "evidence:scope", found.service_id),
        on_confirm=lambda reason: _stop(request, found, reason),
    )


def _stop(request: Any, found: Taker, reason: str) -> str:
    services.stop_publishing(actor=request.actor, taker=found, reason=reason)
    messages.success(request, _("Ended."))
    return link(request, "evidence:scope", found.service_id)
