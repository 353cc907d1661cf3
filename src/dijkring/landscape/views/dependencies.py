# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of what needs what."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dijkring.core import clock
from dijkring.core.web import page
from dijkring.landscape.filters.assets import DependencyFilter
from dijkring.landscape.forms.dependencies import DependForm, GroupForm, HowForm, initial
from dijkring.landscape.models import Asset, Dependency, DependencyGroup
from dijkring.landscape.panels import assets as panels
from dijkring.landscape.selectors import assets as known
from dijkring.landscape.selectors import dependencies as selectors
from dijkring.landscape.services import dependencies as services
from dijkring.landscape.services.assets import RIGHT
from dijkring.landscape.services.wanted import DependencyWanted
from dijkring.landscape.tables.dependencies import DependencyTable
from dijkring.landscape.views.assets import asset_of, trail
from dijkring.organisations.history import history
from dijkring.ui import pages
from dijkring.ui.pages import Action, Empty, link


def _dependency(request: Any, pk: int) -> Dependency:
    rows = Dependency.objects.select_related("dependent", "needed", "group")
    return get_object_or_404(rows, pk=pk, organisation_id=request.actor.organisation_id)


@page("landscape.view")
def dependencies(request: Any) -> HttpResponse:
    """List what needs what."""
    return pages.list_page(
        request,
        selectors.dependencies(request.actor.organisation_id),
        table=DependencyTable,
        filters=DependencyFilter,
        title=_("What needs what"),
        purpose=_("Each line says that one thing needs another, how, and how long it can wait."),
        trail=trail(request),
        empty=Empty(
            _("Nothing is recorded yet. Open something in the landscape and add what it needs."),
            Action(_("To the landscape"), link(request, "landscape:assets")),
        ),
    )


@page("landscape.view")
def dependency(request: Any, pk: int) -> HttpResponse:
    """Show one dependency."""
    found = _dependency(request, pk)
    return pages.detail_page(
        request,
        found,
        title=str(found),
        panels=panels.of_dependency(found),
        actions=_actions(request, found),
        timeline=history(found),
        trail=trail(request, found.dependent),
    )


def _actions(request: Any, found: Dependency) -> list[Action]:
    if not request.can(RIGHT):
        return []
    names = ("change", "end", "restore")
    to = {name: link(request, f"landscape:{name}_dependency", found.pk) for name in names}
    if found.ended_at is not None:
        return [Action(_("Put back"), to["restore"], "primary", post=True)]
    actions = [Action(_("Change"), to["change"], "primary", icon="edit")]
    if found.group_id is not None:
        address = link(request, "landscape:group", found.group_id)
        actions.append(Action(_("Change the group"), address))
    return [*actions, Action(_("End…"), to["end"], danger=True)]


@page(RIGHT, writes=True)
def depend(request: Any, pk: int) -> HttpResponse:
    """Say what an asset needs."""
    found = asset_of(request, pk)
    there = selectors.needs_of(found).values("needed_id")
    others = known.in_use(found.organisation_id).exclude(pk=pk).exclude(pk__in=there)
    return pages.form_page(
        request,
        DependForm(
            request.POST or None, others=list(others), initial={"confirmed_on": clock.today()}
        ),
        title=_("What does %(name)s need?") % {"name": found},
        submit=_("Add"),
        back=link(request, "landscape:asset", pk),
        trail=trail(request, found),
        on_valid=lambda form: _depends(request, found, form.chosen(), form.wanted()),
    )


def _depends(request: Any, found: Asset, needed: list[Asset], wanted: DependencyWanted) -> str:
    services.depend(actor=request.actor, dependent=found, needed=needed, wanted=wanted)
    messages.success(request, _("What it needs has been added."))
    return link(request, "landscape:asset", found.pk)


@page(RIGHT, writes=True)
def change_dependency(request: Any, pk: int) -> HttpResponse:
    """Change how one needs the other."""
    found = _dependency(request, pk)
    return pages.form_page(
        request,
        HowForm(request.POST or None, initial=initial(found)),
        title=_("Change %(name)s") % {"name": found},
        submit=_("Save"),
        back=link(request, "landscape:dependency", pk),
        trail=trail(request, found.dependent),
        stored=True,
        on_valid=lambda form: _changed(request, found, form.wanted()),
    )


def _changed(request: Any, found: Dependency, wanted: DependencyWanted) -> str:
    services.change(actor=request.actor, dependency=found, wanted=wanted)
    messages.success(request, _("It has been changed."))
    return link(request, "landscape:dependency", found.pk)


@page(RIGHT, writes=True)
def end_dependency(request: Any, pk: int) -> HttpResponse:
    """End a dependency."""
    found = _dependency(request, pk)
    return pages.confirm_page(
        request,
        title=_("End %(name)s") % {"name": found},
        text=_("From now on the one counts as not needing the other. You can put it back."),
        submit=_("End"),
        back=link(request, "landscape:dependency", pk),
        trail=trail(request, found.dependent),
        on_confirm=lambda reason: _ended(request, found, reason),
    )


def _ended(request: Any, found: Dependency, reason: str) -> str:
    services.end(actor=request.actor, dependency=found, reason=reason)
    messages.success(request, _("The dependency has ended. On its page you can put it back."))
    return link(request, "landscape:dependency", found.pk)


@page(RIGHT, writes=True)
@require_POST
def restore_dependency(request: Any, pk: int) -> HttpResponse:
    """Put a dependency back."""
    services.restore(actor=request.actor, dependency=_dependency(request, pk))
    messages.success(request, _("It is back as it was."))
    return redirect(link(request, "landscape:dependency", pk))


@page(RIGHT, writes=True)
def group(request: Any, pk: int) -> HttpResponse:
    """Change a group and how many of it must work."""
    rows = DependencyGroup.objects.select_related("asset")
    found = get_object_or_404(rows, pk=pk, organisation_id=request.actor.organisation_id)
    return pages.form_page(
        request,
        GroupForm(request.POST or None, initial={"name": found.name, "least": found.needed}),
        title=_("Change the group %(name)s") % {"name": found},
        submit=_("Save"),
        back=link(request, "landscape:asset", found.asset_id),
        trail=trail(request, found.asset),
        stored=True,
        on_valid=lambda form: _regrouped(request, found, form.cleaned_data),
    )


def _regrouped(request: Any, found: DependencyGroup, values: dict[str, Any]) -> str:
    services.change_group(actor=request.actor, group=found, **values)
    messages.success(request, _("The group has been changed."))
    return link(request, "landscape:asset", found.asset_id)
