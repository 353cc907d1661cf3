# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was handed over to us and by us: the list, one handover, and trying again."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from dijkring.core.web import page
from dijkring.sharing import kinds, selectors
from dijkring.sharing.filters import HandoverFilter
from dijkring.sharing.models import Handover
from dijkring.sharing.panels import of_handover
from dijkring.sharing.services import handovers as services
from dijkring.sharing.tables import HandoverTable, handover_look
from dijkring.ui import pages
from dijkring.ui.pages import Action, link


@page("sharing.view")
def handovers(request: Any) -> HttpResponse:
    """List what we handed over and what was handed over to us."""
    return pages.list_page(
        request,
        selectors.handovers(request.actor.organisation_id),
        table=HandoverTable,
        filters=HandoverFilter,
        title=_("Handovers"),
        purpose=_("What one organisation brought to another, and what became of it there."),
        trail=[(_("Sharing"), link(request, "sharing:agreements"))],
        empty=pages.Empty(_("Nothing has been handed over.")),
    )


def _handover(request: Any, pk: int) -> Handover:
    return get_object_or_404(selectors.handovers(request.actor.organisation_id), pk=pk)


def _trail(request: Any) -> list[tuple[str, str]]:
    return [
        (_("Sharing"), link(request, "sharing:agreements")),
        (_("Handovers"), link(request, "sharing:handovers")),
    ]


@page("sharing.view")
def handover(request: Any, pk: int) -> HttpResponse:
    """Show one handover to either side: what it says, and what became of it."""
    found = _handover(request, pk)
    return pages.detail_page(
        request,
        found,
        title=kinds.words_of(found),
        state=handover_look(found),
        panels=of_handover(request, found),
        actions=_acts(request, found),
        trail=_trail(request),
    )


def _acts(request: Any, found: Handover) -> list[Action]:
    known = kinds.find(found.kind)
    ours = found.organisation_id == request.actor.organisation_id
    if not ours or known is None or not request.can(known.right):
        return []
    again = Action(_("Try again"), link(request, "sharing:retry", found.pk), "primary")
    return [again] if services.may_retry(found) else []


@page("sharing.view", writes=True)
def retry(request: Any, pk: int) -> HttpResponse:
    """Try again to bring over what failed; for who may hand it over."""
    mine = selectors.handovers(request.actor.organisation_id).filter(
        organisation_id=request.actor.organisation_id
    )
    found = get_object_or_404(mine, pk=pk)
    known = kinds.find(found.kind)
    request.actor.require(known.right if known else "sharing.end")
    return pages.form_page(
        request,
        forms.Form(request.POST if request.method == "POST" else None),
        title=_("Try again: %(what)s") % {"what": kinds.words_of(found)},
        purpose=_("It is brought to %(receiver)s once more, as it was.")
        % {"receiver": found.receiver},
        submit=_("Try again"),
        back=link(request, "sharing:handover", pk),
        trail=_trail(request),
        on_valid=lambda _valid: _retry(request, found),
    )


def _retry(request: Any, found: Handover) -> str:
    made = services.retry(actor=request.actor, handover=found)
    messages.success(request, _("It is under way again."))
    return link(request, "sharing:handover", made.pk)
