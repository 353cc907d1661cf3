# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The registers beside the agreements: who looked, and who may sign."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from dijkring.core.web import page
from dijkring.sharing import selectors
from dijkring.sharing.filters import LookFilter
from dijkring.sharing.forms import MandateForm
from dijkring.sharing.models import Mandate
from dijkring.sharing.services import mandates as services
from dijkring.sharing.tables import LookTable, MandateTable
from dijkring.ui import pages
from dijkring.ui.pages import Action, link


def _trail(request: Any) -> list[tuple[str, str]]:
    return [(_("Sharing"), link(request, "sharing:agreements"))]


@page("sharing.view")
def looks(request: Any) -> HttpResponse:
    """List every look by others at what we share."""
    return pages.list_page(
        request,
        selectors.looks(request.actor.organisation_id),
        table=LookTable,
        filters=LookFilter,
        title=_("Who looked"),
        purpose=_("Every look by another organisation at something of us; nobody can change this."),
        trail=_trail(request),
        empty=pages.Empty(_("Nobody has looked yet.")),
    )


@page("sharing.view")
def mandates(request: Any) -> HttpResponse:
    """List who may sign besides the board and the secretary."""
    can = request.can("sharing.mandate")
    new = Action(_("Register a mandate"), link(request, "sharing:new_mandate"), "primary")
    return pages.list_page(
        request,
        selectors.mandates(request.actor.organisation_id),
        table=MandateTable,
        title=_("Mandates to sign"),
        purpose=_("The board and the secretary may sign agreements; who else may stands here."),
        trail=_trail(request),
        actions=[new] if can else [],
        empty=pages.Empty(
            _("Only the board and the secretary may sign now."), new if can else None
        ),
    )


@page("sharing.mandate", writes=True)
def new_mandate(request: Any) -> HttpResponse:
    """Register that a colleague may sign."""
    return pages.form_page(
        request,
        MandateForm(request.POST or None, organisation_id=request.actor.organisation_id),
        title=_("Register a mandate"),
        submit=_("Register"),
        back=link(request, "sharing:mandates"),
        trail=_trail(request),
        on_valid=lambda valid: _give(request, valid.cleaned_data),
    )


def _give(request: Any, values: dict[str, Any]) -> str:
    services.give(actor=request.actor, **values)
    messages.success(request, _("The mandate has been registered."))
    return link(request, "sharing:mandates")


@page("sharing.view", writes=True)
def withdraw_mandate(request: Any, pk: int) -> HttpResponse:
    """Take a mandate back; for those who may give one."""
    found = get_object_or_404(
        selectors.mandates(request.actor.organisation_id), pk=pk, withdrawn_at=None
    )
    request.actor.require("sharing.mandate")
    return pages.confirm_page(
        request,
        title=_("Withdraw the mandate of %(person)s") % {"person": found.user},
        text=_("This person can sign nothing from now on. What has been signed stands."),
        submit=_("Withdraw"),
        back=link(request, "sharing:mandates"),
        trail=_trail(request),
        on_confirm=lambda reason: _withdraw(request, found, reason),
    )


def _withdraw(request: Any, found: Mandate, reason: str) -> str:
    services.withdraw(actor=request.actor, mandate=found, reason=reason)
    messages.success(request, _("The mandate has been withdrawn."))
    return link(request, "sharing:mandates")
