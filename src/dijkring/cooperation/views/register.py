# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The register of co-operations and one of them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from dijkring.cooperation import panels
from dijkring.cooperation.filters import CooperationFilter
from dijkring.cooperation.models import Cooperation
from dijkring.cooperation.selectors import register as select
from dijkring.cooperation.tables import CooperationTable, look
from dijkring.core.web import page
from dijkring.organisations.history import history
from dijkring.ui import pages
from dijkring.ui.pages import Action, link


@page("cooperation.view")
def cooperations(request: Any) -> HttpResponse:
    """List the co-operations, ours first."""
    can = request.can("cooperation.propose")
    new = Action(_("Propose a co-operation"), link(request, "cooperation:propose"), "primary")
    rows = select.cooperations(request.actor.organisation_id)
    return pages.list_page(
        request,
        rows.order_by("-ours", "name"),  # type: ignore[misc]  # told by the query
        table=CooperationTable,
        filters=CooperationFilter,
        title=_("Co-operations"),
        purpose=_("Bodies that do work for several organisations: who takes part, and in what."),
        actions=[new] if can else [],
        empty=pages.Empty(
            _("No co-operation is known here yet. Propose the one that you take part in."),
            new if can else None,
        ),
    )


@page("cooperation.view")
def cooperation(request: Any, pk: int) -> HttpResponse:
    """Show one co-operation: who does what in it, and our own side."""
    rows = select.cooperations(request.actor.organisation_id)
    found = get_object_or_404(rows.select_related("organisation"), pk=pk)
    mine = select.involvement(found, request.actor.organisation_id)
    return pages.detail_page(
        request,
        found,
        title=found.name,
        state=look(found),
        purpose=found.said("purpose"),
        panels=panels.of_cooperation(request, found, mine),
        actions=_actions(request, found),
        timeline=history(mine) if mine else None,
        trail=[(_("Co-operations"), link(request, "cooperation:cooperations"))],
    )


def _actions(request: Any, found: Cooperation) -> list[Action]:
    if not found.ours:  # type: ignore[attr-defined]  # told by the query
        return []
    offered = [
        ("cooperation.test", _("Does the Cbw apply?"), "begin_test"),
        ("cooperation.record", _("Record our side"), "record"),
        ("cooperation.record", _("Keep a document with it"), "attach"),
        ("cooperation.view", _("What the council sees"), "council"),
    ]
    if found.is_proposal:
        offered += [
            ("cooperation.propose", _("Add a participant"), "add_participant"),
            ("cooperation.propose", _("Add a task"), "add_task"),
            ("cooperation.propose", _("Say who governs"), "add_seat"),
            ("cooperation.propose", _("Change the proposal"), "change"),
            ("cooperation.propose", _("Withdraw the proposal"), "withdraw"),
        ]
    return [
        Action(label, link(request, f"cooperation:{name}", found.pk))
        for right, label, name in offered
        if request.can(right)
    ]
