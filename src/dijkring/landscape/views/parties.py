# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of who delivers to us, and of how we classify."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from dijkring.core.web import page
from dijkring.landscape.countries import name_of
from dijkring.landscape.forms.assets import MethodForm, PartyForm, of_party
from dijkring.landscape.models import Method, Party
from dijkring.landscape.selectors import assets as selectors
from dijkring.landscape.services import methods
from dijkring.landscape.services import parties as services
from dijkring.landscape.tables.assets import AssetTable, PartyTable
from dijkring.landscape.views.assets import trail
from dijkring.organisations.history import history
from dijkring.ui import pages
from dijkring.ui.filters import FilterSet, SearchFilter
from dijkring.ui.pages import Action, Empty, link
from dijkring.ui.panels import Facts, RelatedTable, for_slot

SLOT = "landscape.party"


class PartyFilter(FilterSet):
    """Filter parties."""

    search = SearchFilter("name")

    class Meta:
        model = Party
        fields: tuple[str, ...] = ()


def _trail(request: Any) -> list[tuple[str, str]]:
    return [*trail(request), (_("Suppliers"), link(request, "landscape:parties"))]


def _party(request: Any, pk: int) -> Party:
    mine = {"organisation_id": request.actor.organisation_id}
    return get_object_or_404(Party.objects.select_related("body"), pk=pk, **mine)


@page("landscape.view")
def parties(request: Any) -> HttpResponse:
    """List who delivers to us."""
    add = Action(_("Add a supplier"), link(request, "landscape:add_party"), icon="plus")
    may = request.can(services.RIGHT)
    return pages.list_page(
        request,
        selectors.parties(request.actor.organisation_id),
        table=PartyTable,
        filters=PartyFilter,
        title=_("Who delivers to us"),
        purpose=_("Whose law reaches each of them, and how much of the landscape they deliver."),
        actions=[add] if may else [],
        trail=trail(request),
        empty=Empty(_("No supplier is recorded yet."), add if may else None),
    )


@page("landscape.view")
def party(request: Any, pk: int) -> HttpResponse:
    """Show one supplier with what it delivers."""
    found = _party(request, pk)
    rows = selectors.assets(found.organisation_id).filter(party=found, retired_at=None)
    table = AssetTable(list(rows), request=request, orderable=False, exclude=("party",))
    about = [
        (_("Jurisdiction"), name_of(found.jurisdiction)),
        (_("In Dijkring"), found.body),
        (_("Added"), found.added_at),
        *([(_("Taken out"), found.retired_at)] if found.retired_at else []),
    ]
    nothing = _("It delivers nothing in the landscape.")
    return pages.detail_page(
        request,
        found,
        title=found.name,
        panels=[
            Facts(_("About this supplier"), about),
            RelatedTable(_("What it delivers"), table, empty=nothing),
            *for_slot(SLOT, request, found),
        ],
        actions=_actions(request, found),
        timeline=history(found),
        trail=_trail(request),
    )


def _actions(request: Any, found: Party) -> list[Action]:
    if found.retired_at is not None or not request.can(services.RIGHT):
        return []
    change, retire = (link(request, f"landscape:{n}_party", found.pk) for n in ("change", "retire"))
    return [Action(_("Change"), change, icon="edit"), Action(_("Take out…"), retire, danger=True)]


@page(services.RIGHT, writes=True)
def add_party(request: Any) -> HttpResponse:
    """Add a supplier."""
    return pages.form_page(
        request,
        PartyForm(request.POST or None),
        title=_("Add a supplier"),
        submit=_("Add"),
        back=link(request, "landscape:parties"),
        trail=_trail(request),
        on_valid=lambda form: _kept(request, None, form.cleaned_data),
    )


@page(services.RIGHT, writes=True)
def change_party(request: Any, pk: int) -> HttpResponse:
    """Change a supplier."""
    found = _party(request, pk)
    return pages.form_page(
        request,
        PartyForm(request.POST or None, initial=of_party(found)),
        title=_("Change %(name)s") % {"name": found},
        submit=_("Save"),
        back=link(request, "landscape:party", pk),
        trail=_trail(request),
        stored=True,
        on_valid=lambda form: _kept(request, found, form.cleaned_data),
    )


def _kept(request: Any, found: Party | None, values: dict[str, Any]) -> str:
    body = found.body if found else None
    kept = services.keep(actor=request.actor, party=found, body=body, **values)
    messages.success(request, _("The supplier stands in the landscape."))
    return link(request, "landscape:party", kept.pk)


@page(services.RIGHT, writes=True)
def retire_party(request: Any, pk: int) -> HttpResponse:
    """Take out a supplier."""
    found = _party(request, pk)
    return pages.confirm_page(
        request,
        title=_("Take out %(name)s") % {"name": found},
        text=_("It delivers nothing to us any more."),
        submit=_("Take out"),
        back=link(request, "landscape:party", pk),
        trail=_trail(request),
        on_confirm=lambda reason: _retired(request, found, reason),
    )


def _retired(request: Any, found: Party, reason: str) -> str:
    services.retire(actor=request.actor, party=found, reason=reason)
    messages.success(request, _("The supplier has been taken out."))
    return link(request, "landscape:parties")


@page(methods.RIGHT, writes=True)
def method(request: Any) -> HttpResponse:
    """Lay down how the organisation classifies."""
    organisation_id = request.actor.organisation_id
    found = selectors.method(organisation_id)
    return pages.form_page(
        request,
        MethodForm(request.POST or None, initial=_of_method(found, organisation_id)),
        title=_("How we classify"),
        purpose=_("The words of the levels, and how much may hang on one supplier or country."),
        submit=_("Save"),
        back=link(request, "landscape:assets"),
        trail=trail(request),
        stored=True,
        on_valid=lambda form: _adopted(request, form.cleaned_data),
    )


def _of_method(found: Method | None, organisation_id: int) -> dict[str, Any]:
    words = [str(one) for one in selectors.levels(organisation_id)]
    start = {"levels": "\n".join(words)}
    names = ("name", "adopted_on", "document", "most_on_one")
    return start | ({name: getattr(found, name) for name in names} if found else {})


def _adopted(request: Any, values: dict[str, Any]) -> str:
    levels = values.pop("levels").splitlines()
    methods.adopt(actor=request.actor, levels=levels, **values)
    messages.success(request, _("The method has been laid down."))
    return link(request, "landscape:assets")
