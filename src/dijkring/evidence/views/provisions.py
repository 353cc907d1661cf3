# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What others carry out for us, and what they offer."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkring.core.web import page
from dijkring.evidence.forms import ProvideForm, TakeForm
from dijkring.evidence.models import Provision
from dijkring.evidence.selectors import provisions as select
from dijkring.evidence.selectors.provisions import Offered
from dijkring.evidence.services import provisions as services
from dijkring.evidence.tables import OfferedTable, OfferTable, ProvisionTable
from dijkring.ui import pages
from dijkring.ui.pages import Action, link


@page("evidence.view")
def provisions(request: Any) -> HttpResponse:
    """List what others carry out for us."""
    may = request.can("evidence.take")
    offers = Action(_("What is offered to us"), link(request, "evidence:offers"), "primary")
    new = Action(_("Record another provider"), link(request, "evidence:provide"))
    return pages.list_page(
        request,
        select.provision_rows(request.actor.organisation_id, _("End it") if may else ""),
        table=ProvisionTable,
        title=_("Carried out by others"),
        purpose=_("What another does for us joins our standing. We stay accountable for our part."),
        actions=[offers, *([new] if may else [])],
        empty=pages.Empty(_("Nothing is carried out by another yet."), offers),
    )


@page("evidence.view")
def offers(request: Any) -> HttpResponse:
    """List the services that others publish to us."""
    return pages.list_page(
        request,
        select.offered(request.actor.organisation_id),
        table=OfferTable if request.can("evidence.take") else OfferedTable,
        title=_("Services offered to us"),
        purpose=_("Open one to take it: then its standing joins yours."),
        trail=[(_("Carried out by others"), link(request, "evidence:provisions"))],
        empty=pages.Empty(_("Nobody publishes a service to you yet.")),
    )


@page("evidence.take", writes=True)
def take(request: Any, service: int) -> HttpResponse:
    """Take a service that is published to us."""
    found = _offered(request, service)
    form = TakeForm(request.POST or None, leaves=select.leaves(found.requirements))
    return pages.form_page(
        request,
        form,
        title=_("Take %(service)s of %(provider)s")
        % {"service": found.name, "provider": found.provider},
        purpose=found.description,
        submit=_("Take"),
        back=link(request, "evidence:offers"),
        on_valid=lambda valid: _take(request, found, valid.cleaned_data),
    )


def _offered(request: Any, service: int) -> Offered:
    rows = select.offered(request.actor.organisation_id)
    found = next((row for row in rows if row.service == service), None)
    if found is None:
        raise Http404
    return found


def _take(request: Any, found: Offered, values: dict[str, Any]) -> str:
    made = services.take(
        actor=request.actor,
        provider=found.provider,
        service=found.service,
        service_name=found.name,
        **values,
    )
    return _taken(request, len(made))


def _taken(request: Any, number: int) -> str:
    words = ngettext(
        "%(n)d requirement is carried out by the other from now on. Judge your own part.",
        "%(n)d requirements are carried out by the other from now on. Judge your own part.",
        number,
    )
    messages.success(request, words % {"n": number})
    return link(request, "evidence:provisions")


@page("evidence.take", writes=True)
def provide(request: Any) -> HttpResponse:
    """Record that a provider carries something out that publishes nothing here."""
    return pages.form_page(
        request,
        ProvideForm(request.POST or None),
        title=_("Record another provider"),
        purpose=_(
            "This provider publishes nothing here, so what it does is not measured until you "
            "judge it, or it publishes to you."
        ),
        submit=_("Record"),
        back=link(request, "evidence:provisions"),
        on_valid=lambda form: _provide(request, form.cleaned_data),
    )


def _provide(request: Any, values: dict[str, Any]) -> str:
    return _taken(request, len(services.take(actor=request.actor, **values)))


@page("evidence.take", writes=True)
def end(request: Any, pk: int) -> HttpResponse:
    """End that another carries out a requirement."""
    mine = {"organisation_id": request.actor.organisation_id, "end_reason": ""}
    found = get_object_or_404(
        Provision.objects.select_related("provider", "requirement"), pk=pk, **mine
    )
    return pages.confirm_page(
        request,
        title=_("%(requirement)s is not carried out by %(provider)s any more")
        % {"requirement": found.requirement.ref, "provider": found.provider},
        text=_("It is not measured from now on, until you judge it yourself or take it elsewhere."),
        submit=_("End it"),
        back=link(request, "evidence:provisions"),
        on_confirm=lambda reason: _end(request, found, reason),
    )


def _end(request: Any, found: Provision, reason: str) -> str:
    services.end(actor=request.actor, provisions=[found], reason=reason)
    messages.success(request, _("Ended."))
    return link(request, "evidence:provisions")
