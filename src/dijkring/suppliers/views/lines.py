# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What hangs on a supplier: one set of pages for every kind of line, and the list of contracts."""

from typing import Any

from django.contrib import messages
from django.db.models import Value
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.web import page
from dijkring.organisations.history import history
from dijkring.suppliers import words
from dijkring.suppliers.filters.register import ContractFilter
from dijkring.suppliers.forms.lines import LineForm
from dijkring.suppliers.forms.suppliers import EndForm
from dijkring.suppliers.lines import KINDS, LineKind
from dijkring.suppliers.models import Contract, Review, SupplierLine
from dijkring.suppliers.panels import supplier as panels
from dijkring.suppliers.selectors import register as selectors
from dijkring.suppliers.services import lines as services
from dijkring.suppliers.services.suppliers import RIGHT
from dijkring.suppliers.tables.suppliers import ContractTable
from dijkring.suppliers.views.suppliers import one_supplier, trail_to
from dijkring.ui import pages
from dijkring.ui.pages import Action, Empty, link


@page("suppliers.view")
def contracts(request: Any) -> HttpResponse:
    """List the contracts of all suppliers."""
    rows = selectors.contracts(request.actor.organisation_id)
    return pages.list_page(
        request,
        rows.annotate(kind_id=Value("contract")),
        table=ContractTable,
        filters=ContractFilter,
        title=_("Contracts"),
        purpose=_("What was agreed, until when, and whether we know how to leave."),
        trail=trail_to(request),
        empty=Empty(_("No contract stands in the register. Add one on the page of a supplier.")),
    )


def _kind(id: str) -> LineKind:
    if id not in KINDS:
        raise Http404
    return KINDS[id]


def _line(request: Any, kind: LineKind, pk: int) -> Any:
    rows = kind.model._default_manager.filter(organisation_id=request.actor.organisation_id)
    return get_object_or_404(rows.select_related("supplier__party"), pk=pk)


def _trail(request: Any, line: SupplierLine, *own: LineKind) -> list[tuple[str, str]]:
    here = [(str(line), link(request, "suppliers:line", one.id, line.pk)) for one in own]
    return [*trail_to(request, line.supplier), *here]


@page("suppliers.view")
def line(request: Any, kind: str, pk: int) -> HttpResponse:
    """Show one line with its history."""
    of = _kind(kind)
    found = _line(request, of, pk)
    state = words.contract_look(found) if isinstance(found, Contract) else None
    return pages.detail_page(
        request,
        found,
        title=str(found),
        state=words.REMOVED if found.removed_at else state,
        panels=panels.of_line(found, of),
        actions=_actions(request, found, of),
        timeline=history(found),
        trail=_trail(request, found),
    )


def _actions(request: Any, found: SupplierLine, of: LineKind) -> list[Action]:
    if not request.can(of.right):
        return []
    to = {
        name: link(request, f"suppliers:{name}", of.id, found.pk)
        for name in ("change_line", "take_out", "put_back")
    }
    if found.removed_at is not None:
        return [Action(_("Put back…"), to["put_back"])]
    running = isinstance(found, Contract) and found.ended_on is None
    end = Action(_("End the contract…"), link(request, "suppliers:end_contract", found.pk))
    changes = Action(_("Change"), to["change_line"], icon="edit")
    return [
        *([] if isinstance(found, Review) else [changes]),
        *([end] if running else []),
        Action(_("Take out…"), to["take_out"], danger=True),
    ]


@page("suppliers.view", writes=True)
def add_line(request: Any, pk: int, kind: str) -> HttpResponse:
    """Hang a line of a kind on a supplier."""
    of, found = _kind(kind), one_supplier(request, pk)
    request.actor.require(of.right)
    return pages.form_page(
        request,
        LineForm(request.POST or None, kind=of, supplier=found),
        title=of.add,
        purpose=found.name,
        submit=_("Save"),
        back=link(request, "suppliers:supplier", pk),
        trail=trail_to(request, found),
        on_valid=lambda form: _added(request, found.pk, of, form),
    )


def _added(request: Any, pk: int, of: LineKind, form: LineForm) -> str:
    found = one_supplier(request, pk)
    services.add(actor=request.actor, supplier=found, kind=of, values=form.values())
    messages.success(request, _("Recorded."))
    return link(request, "suppliers:supplier", pk)


@page("suppliers.view", writes=True)
def change_line(request: Any, kind: str, pk: int) -> HttpResponse:
    """Change a line."""
    of = _kind(kind)
    found = _line(request, of, pk)
    request.actor.require(of.right)
    return pages.form_page(
        request,
        LineForm(request.POST or None, kind=of, supplier=found.supplier, line=found),
        title=_("Change %(name)s") % {"name": found},
        purpose=found.supplier.name,
        submit=_("Save"),
        back=link(request, "suppliers:line", kind, pk),
        trail=_trail(request, found, of),
        stored=True,
        on_valid=lambda form: _changed(request, of, pk, form),
    )


def _changed(request: Any, of: LineKind, pk: int, form: LineForm) -> str:
    services.change(actor=request.actor, line=_line(request, of, pk), values=form.values())
    messages.success(request, _("Changed."))
    return link(request, "suppliers:line", of.id, pk)


@page("suppliers.view", writes=True)
def take_out(request: Any, kind: str, pk: int) -> HttpResponse:
    """Take a line out."""
    of = _kind(kind)
    found = _line(request, of, pk)
    request.actor.require(of.right)
    return pages.confirm_page(
        request,
        title=_("Take out: %(what)s") % {"what": found},
        text=_("It counts no longer. It stays in the history and you can put it back."),
        submit=_("Take out"),
        back=link(request, "suppliers:line", kind, pk),
        trail=_trail(request, found, of),
        on_confirm=lambda reason: _taken_out(request, found, reason),
    )


def _taken_out(request: Any, found: SupplierLine, reason: str) -> str:
    services.take_out(actor=request.actor, line=found, reason=reason)
    messages.success(request, _("Taken out."))
    return link(request, "suppliers:supplier", found.supplier_id)


@page("suppliers.view", writes=True)
def put_back(request: Any, kind: str, pk: int) -> HttpResponse:
    """Put back what was taken out."""
    of = _kind(kind)
    found = _line(request, of, pk)
    request.actor.require(of.right)
    return pages.confirm_page(
        request,
        title=_("Put back: %(what)s") % {"what": found},
        text=_("It counts again from now on."),
        submit=_("Put back"),
        back=link(request, "suppliers:line", kind, pk),
        trail=_trail(request, found, of),
        on_confirm=lambda reason: _put_back(request, found, reason),
    )


def _put_back(request: Any, found: SupplierLine, reason: str) -> str:
    services.put_back(actor=request.actor, line=found, reason=reason)
    messages.success(request, _("Put back."))
    return link(request, "suppliers:supplier", found.supplier_id)


@page(RIGHT, writes=True)
def end_contract(request: Any, pk: int) -> HttpResponse:
    """Say on which day a contract really ends."""
    of = KINDS["contract"]
    found = _line(request, of, pk)
    form = EndForm(request.POST or None, initial={"on": found.ends_on or clock.today()})
    return pages.confirm_page(
        request,
        title=_("End %(name)s") % {"name": found},
        text=_("The contract stays in the register; after this day it does not count as running."),
        submit=_("End the contract"),
        back=link(request, "suppliers:line", of.id, pk),
        form=form,
        trail=_trail(request, found, of),
        on_confirm=lambda reason: _ended(request, found, form, reason),
    )


def _ended(request: Any, found: Contract, form: EndForm, reason: str) -> str:
    on = form.cleaned_data["on"]
    services.end_contract(actor=request.actor, contract=found, on=on, reason=reason)
    messages.success(request, _("The end of the contract has been recorded."))
    return link(request, "suppliers:line", "contract", found.pk)
