# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The register of systems: list, one system, adding, changing, placing names, retiring."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dijkring.core import clock
from dijkring.core.web import page
from dijkring.organisations.history import history
from dijkring.surface import names
from dijkring.surface.filters.systems import SystemFilter
from dijkring.surface.forms.systems import PartForm, PlaceForm, SystemForm, initial
from dijkring.surface.models import Domain, System
from dijkring.surface.panels import systems as panels
from dijkring.surface.selectors import systems as selectors
from dijkring.surface.services import systems as services
from dijkring.surface.services.requests import RIGHT as ASK
from dijkring.surface.services.systems import RIGHT, Wanted
from dijkring.surface.tables.systems import SystemTable, look
from dijkring.ui import pages
from dijkring.ui.pages import Action, Empty, link


def _trail(request: Any, *systems: System) -> list[tuple[str, str]]:
    overview = (_("Systems on the internet"), link(request, "surface:systems"))
    return [overview, *((str(one), link(request, "surface:system", one.pk)) for one in systems)]


def _system(request: Any, pk: int) -> System:
    return get_object_or_404(selectors.systems(request.actor.organisation_id), pk=pk)


@page("surface.view")
def systems(request: Any) -> HttpResponse:
    """List what of the organisation the internet can reach."""
    organisation_id = request.actor.organisation_id
    may = request.can(RIGHT)
    add = Action(_("Add a system"), link(request, "surface:add_system"), icon="plus")
    return pages.list_page(
        request,
        selectors.systems(organisation_id),
        table=SystemTable,
        filters=SystemFilter,
        title=_("Systems on the internet"),
        purpose=_("What of us the internet can reach: who owns it, who mends it, what belongs."),
        actions=[add] if may else [],
        extra={
            "template": "surface/systems.html",
            "unplaced": selectors.without_system(organisation_id).count(),
            "may_place": may,
        },
        empty=Empty(_("No system stands in the register yet."), add if may else None),
    )


@page("surface.view")
def system(request: Any, pk: int) -> HttpResponse:
    """Show one system with its names as measured."""
    found = _system(request, pk)
    return pages.detail_page(
        request,
        found,
        title=found.name,
        state=look(found),
        purpose=found.purpose,
        panels=panels.of_system(request, found),
        actions=_actions(request, found),
        timeline=history(found),
        trail=_trail(request),
    )


def _actions(request: Any, found: System) -> list[Action]:
    if found.retired_at is not None or not request.can(RIGHT):
        return []
    to = {
        name: link(request, f"surface:{name}_system", found.pk)
        for name in ("review", "change", "retire")
    }
    return [
        Action(_("Reviewed, all is right"), to["review"], "primary", post=True),
        *_asking(request, found),
        Action(_("Change"), to["change"], icon="edit"),
        Action(_("Retire…"), to["retire"], danger=True),
    ]


def _asking(request: Any, found: System) -> list[Action]:
    """Lead to a request to who must mend it, where somebody stands there."""
    if not found.mender or not request.can(ASK):
        return []
    query = urlencode({"supplier": found.mender})
    return [Action(_("Ask a supplier"), f"{link(request, 'surface:new_request')}?{query}")]


@page(RIGHT, writes=True)
def add_system(request: Any) -> HttpResponse:
    """Add a system."""
    people = selectors.colleagues(request.actor.organisation_id)
    start = {"owner_id": request.actor.user_id, "reviewed_on": clock.today()}
    return pages.form_page(
        request,
        SystemForm(request.POST or None, people=people, initial=start),
        title=_("Add a system"),
        submit=_("Add"),
        back=link(request, "surface:systems"),
        trail=_trail(request),
        extra=_known(request),
        on_valid=lambda form: _added(request, form.wanted()),
    )


def _known(request: Any) -> dict[str, Any]:
    """Offer who is known to mend things beside the form."""
    known = selectors.known_suppliers(request.actor.organisation_id)
    return {"template": "surface/system_form.html", "suppliers": known}


def _added(request: Any, wanted: Wanted) -> str:
    made = services.add(actor=request.actor, wanted=wanted)
    messages.success(request, _("The system stands in the register."))
    return link(request, "surface:system", made.pk)


@page(RIGHT, writes=True)
def change_system(request: Any, pk: int) -> HttpResponse:
    """Change a system and what belongs to it."""
    found = _system(request, pk)
    people = selectors.colleagues(request.actor.organisation_id)
    return pages.form_page(
        request,
        SystemForm(request.POST or None, people=people, initial=initial(found)),
        title=_("Change %(system)s") % {"system": found},
        submit=_("Save"),
        back=link(request, "surface:system", pk),
        trail=_trail(request, found),
        extra=_known(request),
        stored=True,
        on_valid=lambda form: _changed(request, pk, form.wanted()),
    )


def _changed(request: Any, pk: int, wanted: Wanted) -> str:
    services.change(actor=request.actor, system=_system(request, pk), wanted=wanted)
    messages.success(request, _("The system has been changed."))
    return link(request, "surface:system", pk)


@page(RIGHT, writes=True)
@require_POST
def review_system(request: Any, pk: int) -> HttpResponse:
    """Say that a system was looked at today."""
    services.review(actor=request.actor, system=_system(request, pk))
    messages.success(request, _("Reviewed today."))
    return redirect(link(request, "surface:system", pk))


@page(RIGHT, writes=True)
def retire_system(request: Any, pk: int) -> HttpResponse:
    """Take a system out of use."""
    found = _system(request, pk)
    return pages.confirm_page(
        request,
        title=_("Retire %(system)s") % {"system": found},
        text=_("It leaves the register with your reason. Its names stay registered and measured."),
        submit=_("Retire"),
        back=link(request, "surface:system", pk),
        trail=_trail(request, found),
        on_confirm=lambda reason: _retired(request, found, reason),
    )


def _retired(request: Any, found: System, reason: str) -> str:
    services.retire(actor=request.actor, system=found, reason=reason)
    messages.success(request, _("The system is out of use."))
    return link(request, "surface:systems")


# --- names --------------------------------------------------------------------------------------


@page(RIGHT, writes=True)
def place(request: Any) -> HttpResponse:
    """Put names that stand under no system under one."""
    organisation_id = request.actor.organisation_id
    waiting = list(selectors.without_system(organisation_id))
    if not waiting:
        messages.info(request, _("Every name stands under a system."))
        return redirect(link(request, "surface:systems"))
    form = PlaceForm(
        request.POST or None, systems=selectors.in_use(organisation_id), waiting=waiting
    )
    return pages.form_page(
        request,
        form,
        title=_("Names without a system"),
        purpose=_("Each name that is measured belongs to a system with an owner."),
        submit=_("Put under the system"),
        back=link(request, "surface:systems"),
        trail=_trail(request),
        on_valid=lambda valid: _placed(request, valid),
    )


def _placed(request: Any, form: PlaceForm) -> str:
    actor = request.actor
    if new := form.cleaned_data["new"].strip():
        wanted = Wanted(name=new, owner_id=actor.user_id, reviewed_on=clock.today())
        found = services.add(actor=actor, wanted=wanted)
    else:
        found = form.systems[form.cleaned_data["system"]]
    count = services.place(actor=actor, system=found, names=form.domains())
    words = ngettext("%(n)d name placed.", "%(n)d names placed.", count)
    messages.success(request, words % {"n": count})
    return link(request, "surface:system", found.pk)


@page(RIGHT, writes=True)
def part(request: Any, pk: int) -> HttpResponse:
    """Say what the organisation is to a name."""
    found = get_object_or_404(Domain, pk=pk)
    name = names.shown(found.name)
    return pages.form_page(
        request,
        PartForm(request.POST or None, initial={"part": found.part}),
        title=_("What are we to %(domain)s?") % {"domain": name},
        submit=_("Save"),
        back=link(request, "surface:domain", pk),
        trail=[
            (_("Internet measuring"), link(request, "surface:domains")),
            (name, link(request, "surface:domain", pk)),
        ],
        stored=True,
        on_valid=lambda form: _stated(request, found, form.cleaned_data["part"]),
    )


def _stated(request: Any, found: Domain, part: str) -> str:
    services.state_part(actor=request.actor, domain=found, part=part)
    messages.success(request, _("The domain has been changed."))
    return link(request, "surface:domain", found.pk)
