# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Suppliers: the list, one dossier, adding, changing, deciding on the level, retiring."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from django_tables2 import RequestConfig

from dijkring.core.web import page
from dijkring.landscape.services.looking import givers, seen
from dijkring.organisations.history import history
from dijkring.suppliers import words
from dijkring.suppliers.filters.register import SupplierFilter
from dijkring.suppliers.forms.suppliers import SupplierForm, TierForm, initial
from dijkring.suppliers.lines import KINDS
from dijkring.suppliers.models import Supplier
from dijkring.suppliers.panels import supplier as panels
from dijkring.suppliers.selectors import register as selectors
from dijkring.suppliers.selectors.behind import behind
from dijkring.suppliers.services import suppliers as services
from dijkring.suppliers.services.inquiries import RIGHT as ASK
from dijkring.suppliers.services.suppliers import DECIDE, RIGHT, Wanted
from dijkring.suppliers.tables.suppliers import BehindTable, SupplierTable
from dijkring.ui import pages
from dijkring.ui.pages import Action, Empty, link


def trail_to(request: Any, *found: Supplier) -> list[tuple[str, str]]:
    """Return the way from the list to a supplier."""
    overview = (_("Suppliers"), link(request, "suppliers:suppliers"))
    return [overview, *((one.name, link(request, "suppliers:supplier", one.pk)) for one in found)]


def one_supplier(request: Any, pk: int) -> Any:
    """Return a supplier of the organisation, or nothing (404)."""
    rows = Supplier.objects.filter(organisation_id=request.actor.organisation_id)
    return get_object_or_404(rows.select_related("owner", "party"), pk=pk)


@page("suppliers.view")
def suppliers(request: Any) -> HttpResponse:
    """List the suppliers with what decides."""
    organisation_id = request.actor.organisation_id
    may = request.can(RIGHT)
    add = Action(_("Add a supplier"), link(request, "suppliers:add"), icon="plus")
    return pages.list_page(
        request,
        selectors.suppliers(organisation_id),
        table=SupplierTable,
        filters=SupplierFilter,
        title=_("Suppliers"),
        purpose=_("On whom we depend, on what terms, and what has to be looked at."),
        actions=[add] if may else [],
        extra={
            "template": "suppliers/suppliers.html",
            "missing": selectors.not_in_register(organisation_id),
            "may_take": may,
            "behind": _behind(request),
        },
        empty=Empty(_("No supplier stands in the register yet."), add if may else None),
    )


def _behind(request: Any) -> BehindTable | None:
    """Return the suppliers of who provides to us, where an agreement shows them."""
    if request.GET.get("export") or not givers(request.actor):
        return None
    rows = behind(seen(request.actor, _("Suppliers")))
    table = BehindTable(rows, request=request, orderable=False)
    RequestConfig(request, paginate=False).configure(table)
    return table if rows else None


@page(RIGHT, writes=True)
@require_POST
def take_over(request: Any) -> HttpResponse:
    """Put everybody who delivers something in the landscape in the register."""
    count = services.take_over(actor=request.actor)
    text = ngettext("%(n)d supplier taken over.", "%(n)d suppliers taken over.", count)
    messages.success(request, text % {"n": count})
    return redirect(link(request, "suppliers:suppliers"))


@page("suppliers.view")
def supplier(request: Any, pk: int) -> HttpResponse:
    """Show one supplier as a dossier."""
    found = one_supplier(request, pk)
    return pages.detail_page(
        request,
        found,
        title=found.name,
        state=words.tier_look(found),
        purpose=found.delivers,
        parts=panels.of_supplier(request, found),
        actions=_actions(request, found),
        timeline=history(found),
        trail=trail_to(request),
    )


def _actions(request: Any, found: Supplier) -> list[Action]:
    def to(name: str, *more: str) -> str:
        return link(request, f"suppliers:{name}", found.pk, *more)

    may = request.can(RIGHT)
    if found.retired_at is not None:
        return [Action(_("Bring back…"), to("bring_back"))] if may else []
    kinds = [one for one in KINDS.values() if request.can(one.right)]
    return [
        *([Action(_("Change"), to("change"), icon="edit")] if may else []),
        *(Action(one.add, to("add_line", one.id)) for one in kinds),
        *([Action(_("Send a questionnaire"), to("ask"))] if request.can(ASK) else []),
        *([Action(_("Decide on the level…"), to("tier"))] if request.can(DECIDE) else []),
        *([Action(_("Retire…"), to("retire"), danger=True)] if may else []),
    ]


@page(RIGHT, writes=True)
def add(request: Any) -> HttpResponse:
    """Add a supplier."""
    people = selectors.colleagues(request.actor.organisation_id)
    return pages.form_page(
        request,
        SupplierForm(request.POST or None, people=people),
        title=_("Add a supplier"),
        purpose=_("Only the name is needed now. What you leave open reads 'not known'."),
        submit=_("Add"),
        back=link(request, "suppliers:suppliers"),
        trail=trail_to(request),
        on_valid=lambda form: _added(request, form.wanted()),
    )


def _added(request: Any, wanted: Wanted) -> str:
    made = services.add(actor=request.actor, wanted=wanted)
    messages.success(request, _("The supplier stands in the register. Now add its contract."))
    return link(request, "suppliers:supplier", made.pk)


@page(RIGHT, writes=True)
def change(request: Any, pk: int) -> HttpResponse:
    """Change what is kept of a supplier."""
    found = one_supplier(request, pk)
    people = selectors.colleagues(request.actor.organisation_id)
    return pages.form_page(
        request,
        SupplierForm(request.POST or None, people=people, initial=initial(found)),
        title=_("Change %(name)s") % {"name": found},
        submit=_("Save"),
        back=link(request, "suppliers:supplier", pk),
        trail=trail_to(request, found),
        stored=True,
        on_valid=lambda form: _changed(request, found, form.wanted()),
    )


def _changed(request: Any, found: Supplier, wanted: Wanted) -> str:
    services.change(actor=request.actor, supplier=found, wanted=wanted)
    messages.success(request, _("The supplier has been changed."))
    return link(request, "suppliers:supplier", found.pk)


@page(DECIDE, writes=True)
def tier(request: Any, pk: int) -> HttpResponse:
    """Decide on the level of a supplier."""
    found = one_supplier(request, pk)
    return pages.form_page(
        request,
        TierForm(request.POST or None, initial={"tier": found.tier_set}),
        title=_("Level of %(name)s") % {"name": found},
        purpose=_("The level is computed from what falls with it. You can decide otherwise."),
        submit=_("Decide"),
        back=link(request, "suppliers:supplier", pk),
        trail=trail_to(request, found),
        stored=True,
        on_valid=lambda form: _decided(request, found, form.cleaned_data),
    )


def _decided(request: Any, found: Supplier, given: dict[str, str]) -> str:
    services.set_tier(actor=request.actor, supplier=found, **given)
    messages.success(request, _("The level has been decided."))
    return link(request, "suppliers:supplier", found.pk)


@page(RIGHT, writes=True)
def retire(request: Any, pk: int) -> HttpResponse:
    """Take a supplier out of use."""
    found = one_supplier(request, pk)
    return pages.confirm_page(
        request,
        title=_("Retire %(name)s") % {"name": found},
        text=_("It leaves the register with your reason. You can bring it back with everything."),
        submit=_("Retire"),
        back=link(request, "suppliers:supplier", pk),
        trail=trail_to(request, found),
        on_confirm=lambda reason: _retired(request, found, reason),
    )


def _retired(request: Any, found: Supplier, reason: str) -> str:
    services.retire(actor=request.actor, supplier=found, reason=reason)
    messages.success(request, _("The supplier is out of use."))
    return link(request, "suppliers:suppliers")


@page(RIGHT, writes=True)
def bring_back(request: Any, pk: int) -> HttpResponse:
    """Put a retired supplier back."""
    found = one_supplier(request, pk)
    return pages.confirm_page(
        request,
        title=_("Bring back %(name)s") % {"name": found},
        text=_("The supplier counts again, with everything that was kept of it."),
        submit=_("Bring back"),
        back=link(request, "suppliers:supplier", pk),
        trail=trail_to(request, found),
        on_confirm=lambda reason: _brought_back(request, found, reason),
    )


def _brought_back(request: Any, found: Supplier, reason: str) -> str:
    services.bring_back(actor=request.actor, supplier=found, reason=reason)
    messages.success(request, _("The supplier is in use again."))
    return link(request, "suppliers:supplier", found.pk)
