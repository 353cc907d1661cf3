# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of services: what we provide to others, what others provide to us, joint use."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dijkring.core.web import page
from dijkring.landscape.forms.services import ServiceForm, ShowForm, StateForm, of_asset, of_service
from dijkring.landscape.models import Asset, Publication, ServiceTaker
from dijkring.landscape.panels import services as panels
from dijkring.landscape.selectors import services as selectors
from dijkring.landscape.selectors.services import Service
from dijkring.landscape.services import publications as services
from dijkring.landscape.services import taking
from dijkring.landscape.services.assets import RIGHT as KEEP
from dijkring.landscape.services.publications import RIGHT, ServiceWanted
from dijkring.landscape.tables.services import state_of
from dijkring.landscape.views.assets import asset_of, trail
from dijkring.organisations.history import history
from dijkring.sharing.partners import partners
from dijkring.ui import pages
from dijkring.ui.pages import Action, link


def _trail(request: Any) -> list[tuple[str, str]]:
    return [*trail(request), (_("Services"), link(request, "landscape:services"))]


def _service(request: Any, pk: int) -> Publication:
    rows = Publication.objects.select_related("asset")
    return get_object_or_404(rows, pk=pk, organisation_id=request.actor.organisation_id)


@page("landscape.view")
def services_page(request: Any) -> HttpResponse:
    """Show what we provide to others, what others provide to us, and who uses what together."""
    context = {
        "title": _("Services between organisations"),
        "purpose": _("What we provide to others, what others provide to us, and who uses it."),
        "trail": trail(request),
        "panels": [one.render(request) for one in panels.of_services(request)],
    }
    return render(request, "ui/detail.html", context)


@page("landscape.view")
def service(request: Any, pk: int) -> HttpResponse:
    """Show one service of ours with its takers."""
    found = _service(request, pk)
    return pages.detail_page(
        request,
        found,
        title=found.name,
        state=state_of(found) if found.until is None else _("not provided any more"),
        purpose=found.description,
        panels=panels.of_service(request, found),
        actions=_actions(request, found),
        timeline=history(found),
        trail=_trail(request),
    )


def _actions(request: Any, found: Publication) -> list[Action]:
    if found.until is not None or not request.can(RIGHT):
        return []
    names = ("service_state", "show_service", "change_service", "end_service")
    to = {name: link(request, f"landscape:{name}", found.pk) for name in names}
    return [
        Action(_("Tell how it runs"), to["service_state"], "primary"),
        Action(_("Show to others"), to["show_service"], icon="plus"),
        Action(_("Change"), to["change_service"], icon="edit"),
        Action(_("End…"), to["end_service"], danger=True),
    ]


@page(RIGHT, writes=True)
def publish(request: Any, pk: int) -> HttpResponse:
    """Provide an asset to others as a service."""
    found = asset_of(request, pk)
    norms = selectors.norm_services(found.organisation_id)
    return pages.form_page(
        request,
        ServiceForm(request.POST or None, initial=of_asset(found), norms=norms),
        title=_("Provide %(name)s to others") % {"name": found},
        purpose=_(
            "Takers see this and how it runs. What lies below it they see only when a sharing"
            " agreement gives it."
        ),
        submit=_("Provide"),
        back=link(request, "landscape:asset", pk),
        trail=trail(request, found),
        on_valid=lambda form: _published(request, found, form.wanted()),
    )


def _published(request: Any, found: Asset, wanted: ServiceWanted) -> str:
    made = services.publish(actor=request.actor, asset=found, wanted=wanted)
    messages.success(request, _("Now choose to whom it is shown."))
    return link(request, "landscape:show_service", made.pk)


@page(RIGHT, writes=True)
def change_service(request: Any, pk: int) -> HttpResponse:
    """Change what takers see of a service."""
    found = _service(request, pk)
    norms = selectors.norm_services(found.organisation_id)
    return pages.form_page(
        request,
        ServiceForm(request.POST or None, initial=of_service(found), norms=norms),
        title=_("Change %(name)s") % {"name": found},
        submit=_("Save"),
        back=link(request, "landscape:service", pk),
        trail=_trail(request),
        stored=True,
        on_valid=lambda form: _changed(request, found, form.wanted()),
    )


def _changed(request: Any, found: Publication, wanted: ServiceWanted) -> str:
    services.change(actor=request.actor, publication=found, wanted=wanted)
    messages.success(request, _("It has been changed."))
    return link(request, "landscape:service", found.pk)


@page(RIGHT, writes=True)
def service_state(request: Any, pk: int) -> HttpResponse:
    """Tell takers how a service runs."""
    found = _service(request, pk)
    start = {"state": found.state, "note": found.state_note}
    return pages.form_page(
        request,
        StateForm(request.POST or None, initial=start),
        title=_("How does %(name)s run?") % {"name": found},
        submit=_("Tell takers"),
        back=link(request, "landscape:service", pk),
        trail=_trail(request),
        stored=True,
        on_valid=lambda form: _told(request, found, form.cleaned_data),
    )


def _told(request: Any, found: Publication, values: dict[str, Any]) -> str:
    services.set_state(actor=request.actor, publication=found, **values)
    messages.success(request, _("Takers see how it runs."))
    return link(request, "landscape:service", found.pk)


@page(RIGHT, writes=True)
def show_service(request: Any, pk: int) -> HttpResponse:
    """Show a service to others with whom we co-operate."""
    found = _service(request, pk)
    shown = set(selectors.takers_of(found).values_list("taker_id", flat=True))
    others = [one for one in partners(found.organisation_id) if one.pk not in shown]
    return pages.form_page(
        request,
        ShowForm(request.POST or None, others=others),
        title=_("Show %(name)s to others") % {"name": found},
        purpose=_(
            "With whom you take part in a body or have an agreement in force. They see it for as"
            " long as that lasts."
        ),
        submit=_("Show"),
        back=link(request, "landscape:service", pk),
        trail=_trail(request),
        on_valid=lambda form: _shown(request, found, form),
    )


def _shown(request: Any, found: Publication, form: ShowForm) -> str:
    made = services.show_to(actor=request.actor, publication=found, takers=form.chosen())
    words = ngettext("Shown to %(n)d organisation.", "Shown to %(n)d organisations.", len(made))
    messages.success(request, words % {"n": len(made)})
    return link(request, "landscape:service", found.pk)


@page(RIGHT, writes=True)
def stop_showing(request: Any, pk: int) -> HttpResponse:
    """Show a service to one organisation no longer."""
    mine = {"organisation_id": request.actor.organisation_id, "until": None}
    rows = ServiceTaker.objects.select_related("publication", "taker")
    found = get_object_or_404(rows, pk=pk, **mine)
    back = link(request, "landscape:service", found.publication_id)
    names = {"service": found.publication, "taker": found.taker}
    return pages.confirm_page(
        request,
        title=_("Show %(service)s to %(taker)s no longer") % names,
        text=_("It keeps what it recorded itself, and sees nothing more of the service."),
        submit=_("Stop showing"),
        back=back,
        trail=_trail(request),
        on_confirm=lambda reason: _stopped(request, found, reason, back),
    )


def _stopped(request: Any, found: ServiceTaker, reason: str, back: str) -> str:
    services.stop_showing(actor=request.actor, taker=found, reason=reason)
    messages.success(request, _("It is not shown there any more."))
    return back


@page(RIGHT, writes=True)
def end_service(request: Any, pk: int) -> HttpResponse:
    """Provide a service no longer."""
    found = _service(request, pk)
    return pages.confirm_page(
        request,
        title=_("End %(name)s") % {"name": found},
        text=_("No taker sees it any more. What it is made of stays in your landscape."),
        submit=_("End"),
        back=link(request, "landscape:service", pk),
        trail=_trail(request),
        on_confirm=lambda reason: _ended(request, found, reason),
    )


def _ended(request: Any, found: Publication, reason: str) -> str:
    services.end(actor=request.actor, publication=found, reason=reason)
    messages.success(request, _("The service has ended."))
    return link(request, "landscape:services")


# --- what others provide ------------------------------------------------------------------------


def _offered(request: Any, pk: int) -> Service:
    for one in selectors.offered(request.actor.organisation_id):
        if one.service == pk:
            return one
    raise Http404


@page("landscape.view")
def offered(request: Any, pk: int) -> HttpResponse:
    """Show one service that another shows to us."""
    found = _offered(request, pk)
    take = link(request, "landscape:take", pk)
    actions = [Action(_("Put into our landscape"), take, "primary", post=True)]
    if found.asset_id is not None:
        actions = [Action(_("In our landscape"), link(request, "landscape:asset", found.asset_id))]
    return pages.detail_page(
        request,
        found,
        title=found.name,
        state=state_of(found),
        purpose=found.description,
        panels=panels.of_offered(request, found),
        actions=actions if found.asset_id is not None or request.can(KEEP) else [],
        trail=_trail(request),
    )


@page(KEEP, writes=True)
@require_POST
def take(request: Any, pk: int) -> HttpResponse:
    """Put a service of another into our landscape."""
    made = taking.take(actor=request.actor, service=_offered(request, pk).service)
    messages.success(request, _("It stands in the landscape. Say what needs it."))
    return redirect(link(request, "landscape:asset", made.pk))
