# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Requests to suppliers: list, one request, making, its sheet, withdrawing, sharing answers."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_tables2 import RequestConfig

from dijkring.core import clock
from dijkring.core.web import page
from dijkring.organisations.history import history
from dijkring.organisations.models import Organisation
from dijkring.surface import sheets
from dijkring.surface.filters.requests import RequestFilter
from dijkring.surface.forms.requests import RequestForm, SupplierForm
from dijkring.surface.models import MendRequest
from dijkring.surface.panels import requests as panels
from dijkring.surface.selectors import requests as selectors
from dijkring.surface.services import requests as services
from dijkring.surface.services.requests import RIGHT, SHARE
from dijkring.surface.tables.requests import RequestTable, SharedTable, look
from dijkring.ui import pages
from dijkring.ui.pages import Action, Empty, link

# The usual time to mend something that breaks no law.
USUAL = timedelta(days=30)


def _trail(request: Any, *found: MendRequest) -> list[tuple[str, str]]:
    overview = (_("Requests to suppliers"), link(request, "surface:requests"))
    return [overview, *((one.supplier, link(request, "surface:request", one.pk)) for one in found)]


def _request(request: Any, pk: int) -> Any:
    rows = selectors.requests(request.actor.organisation_id).select_related("made_by")
    return get_object_or_404(rows, pk=pk)


@page("surface.view")
def requests(request: Any) -> HttpResponse:
    """List what was asked of suppliers, and what others heard about the same names."""
    new = Action(_("Ask a supplier"), link(request, "surface:new_request"), icon="plus")
    shared = SharedTable(selectors.shared(), request=request, orderable=False)
    RequestConfig(request, paginate=False).configure(shared)
    may = request.can(RIGHT)
    return pages.list_page(
        request,
        selectors.requests(request.actor.organisation_id),
        table=RequestTable,
        filters=RequestFilter,
        title=_("Requests to suppliers"),
        purpose=_("One request to who must mend it, and what they answer."),
        actions=[new] if may else [],
        extra={
            "template": "surface/requests.html",
            "shared": shared,
            "shares": selectors.shares(request.actor.organisation_id),
            "may_share": request.can(SHARE),
        },
        empty=Empty(_("No supplier has been asked anything yet."), new if may else None),
    )


@page("surface.view")
def mend_request(request: Any, pk: int) -> HttpResponse:
    """Show one request with the answer."""
    found = _request(request, pk)
    return pages.detail_page(
        request,
        found,
        title=_("Request to %(supplier)s") % {"supplier": found.supplier},
        state=look(found),
        panels=panels.of_request(request, found),
        actions=_actions(request, found),
        timeline=history(found),
        trail=_trail(request),
    )


def _actions(request: Any, found: Any) -> list[Action]:
    sheet = [
        Action(words, link(request, "surface:request_sheet", found.pk, kind))
        for kind, words in (
            ("pdf", _("Sheet as PDF")), ("odt", _("Sheet as ODT")), ("html", _("Sheet as HTML")),
        )
    ]  # fmt: skip
    if not request.can(RIGHT) or found.withdrawn_at is not None:
        return sheet
    address = link(request, "surface:withdraw_request", found.pk)
    return [*sheet, Action(_("Withdraw…"), address, danger=True)]


@page("surface.view")
def request_sheet(request: Any, pk: int, kind: str) -> HttpResponse:
    """Hand out the sheet of a request."""
    organisation = get_object_or_404(Organisation, pk=request.actor.organisation_id)
    return sheets.hand_out_sheet(_request(request, pk), kind, organisation.name)


@page(RIGHT, writes=True)
def new_request(request: Any) -> HttpResponse:
    """Choose a supplier, and then what it is asked."""
    found = selectors.failing(request.actor.organisation_id)
    supplier = request.GET.get("supplier", "")
    here = [one for one in found if one.supplier == supplier]
    return _compose(request, supplier, here) if here else _choose(request, found)


def _choose(request: Any, found: list[selectors.Finding]) -> HttpResponse:
    counts = selectors.by_supplier(found)
    if not any(counts.values()):
        messages.info(request, _("Nothing fails with a supplier that was not asked yet."))
        return redirect(link(request, "surface:requests"))
    own = link(request, "surface:new_request")
    return pages.form_page(
        request,
        SupplierForm(request.POST or None, counts=counts),
        title=_("Ask a supplier"),
        purpose=_("Who mends it is said at the name or at its system."),
        submit=_("Go on"),
        back=link(request, "surface:requests"),
        trail=_trail(request),
        on_valid=lambda form: f"{own}?{urlencode({'supplier': form.cleaned_data['supplier']})}",
    )


def _compose(request: Any, supplier: str, found: list[selectors.Finding]) -> HttpResponse:
    start = {"due_on": clock.today() + USUAL, "answer_to": request.actor.name}
    form = RequestForm(request.POST or None, supplier=supplier, found=found, initial=start)
    members = {one.fact.member for one in found}
    shared = [one for one in selectors.shared() if members & set(one.names)]
    return pages.form_page(
        request,
        form,
        title=_("Request to %(supplier)s") % {"supplier": supplier},
        submit=_("Send the request"),
        back=link(request, "surface:requests"),
        trail=_trail(request),
        extra={"template": "surface/new_request.html", "shared": shared},
        on_valid=lambda valid: _made(request, valid),
    )


def _made(request: Any, form: RequestForm) -> str:
    made = services.make(actor=request.actor, wanted=form.wanted(), findings=form.chosen())
    messages.success(request, _("The request is made. The link goes by e-mail where that can be."))
    return link(request, "surface:request", made.pk)


@page(RIGHT, writes=True)
def withdraw_request(request: Any, pk: int) -> HttpResponse:
    """Withdraw a request."""
    found = _request(request, pk)
    return pages.confirm_page(
        request,
        title=_("Withdraw the request to %(supplier)s") % {"supplier": found.supplier},
        text=_("The link stops working at once. The request stays in the list with your reason."),
        submit=_("Withdraw"),
        back=link(request, "surface:request", pk),
        trail=_trail(request, found),
        on_confirm=lambda reason: _withdrawn(request, found, reason),
    )


def _withdrawn(request: Any, found: MendRequest, reason: str) -> str:
    services.withdraw(actor=request.actor, request=found, reason=reason)
    messages.success(request, _("The request has been withdrawn."))
    return link(request, "surface:request", found.pk)


@page(SHARE, writes=True)
@require_POST
def share_answers(request: Any) -> HttpResponse:
    """Agree to share answers with others that have the same name."""
    services.share_answers(actor=request.actor)
    messages.success(request, _("Answers of suppliers are shared from now on."))
    return redirect(link(request, "surface:requests"))


@page(SHARE, writes=True)
@require_POST
def stop_sharing(request: Any) -> HttpResponse:
    """End the sharing of answers."""
    services.stop_sharing(actor=request.actor)
    messages.success(request, _("Answers of suppliers are not shared any more."))
    return redirect(link(request, "surface:requests"))
