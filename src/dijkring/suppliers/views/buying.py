# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The procurement calendar, also of others, and the explanations of open standards."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig

from dijkring.core import clock
from dijkring.core.web import page
from dijkring.organisations.history import history
from dijkring.suppliers import demands, words
from dijkring.suppliers.filters.register import ExplanationFilter, ProcurementFilter
from dijkring.suppliers.forms.buying import (
    ExplainForm,
    ProcurementForm,
    of_explanation,
    of_procurement,
)
from dijkring.suppliers.models import Procurement, StandardException, SupplierSharing
from dijkring.suppliers.selectors import inquiries as shared
from dijkring.suppliers.selectors import register as selectors
from dijkring.suppliers.services import buying as services
from dijkring.suppliers.services.buying import RIGHT
from dijkring.suppliers.services.inquiries import SHARE
from dijkring.suppliers.tables.asking import (
    ExplanationTable,
    ProcurementTable,
    SharedProcurementTable,
)
from dijkring.suppliers.views.suppliers import trail_to
from dijkring.ui import pages
from dijkring.ui.pages import Action, Empty, link
from dijkring.ui.panels import Facts


def _rows(request: Any) -> Any:
    rows = Procurement.objects.filter(organisation_id=request.actor.organisation_id)
    return rows.select_related("owner", "replaces")


def _trail(request: Any, *found: Procurement) -> list[tuple[str, str]]:
    overview = (_("Procurement calendar"), link(request, "suppliers:procurements"))
    here = [(one.name, link(request, "suppliers:procurement", one.pk)) for one in found]
    return [overview, *here]


@page("suppliers.view")
def procurements(request: Any) -> HttpResponse:
    """List what we are going to buy, and what others around us are."""
    sharing = shared.shares(request.actor.organisation_id).get(SupplierSharing.What.CALENDAR)
    others = SharedProcurementTable(
        shared.shared_procurements() if sharing else [], request=request, orderable=False
    )
    RequestConfig(request, paginate=False).configure(others)
    may = request.can(RIGHT)
    add = Action(_("Add a purchase"), link(request, "suppliers:plan"), icon="plus")
    return pages.list_page(
        request,
        _rows(request),
        table=ProcurementTable,
        filters=ProcurementFilter,
        title=_("Procurement calendar"),
        purpose=_("What we are going to buy, so that others can join or learn from it."),
        actions=[add] if may else [],
        trail=trail_to(request),
        extra={
            "template": "suppliers/procurements.html",
            "sharing": sharing,
            "others": others,
            "may_share": request.can(SHARE),
        },
        empty=Empty(_("Nothing stands in the calendar yet."), add if may else None),
    )


@page("suppliers.view")
def procurement(request: Any, pk: int) -> HttpResponse:
    """Show something that is going to be bought."""
    found = get_object_or_404(_rows(request), pk=pk)
    change = Action(_("Change"), link(request, "suppliers:change_plan", pk), icon="edit")
    explain = Action(_("Explain a standard"), link(request, "suppliers:explain"))
    return pages.detail_page(
        request,
        found,
        title=found.name,
        state=words.PROCUREMENTS[found.state],
        panels=[Facts(_("About this purchase"), _about(found))],
        actions=[change, explain] if request.can(RIGHT) else [],
        timeline=history(found),
        trail=_trail(request),
    )


def _about(found: Procurement) -> list[tuple[Any, Any]]:
    return [
        (_("Request goes out"), found.publish_on),
        (_("Award"), found.award_on),
        (_("Start of the contract"), found.start_on),
        (_("Takes the place of"), found.replaces),
        (_("Owner"), found.owner),
        (_("Who to call"), found.contact),
        (_("Others may see this"), _("yes") if found.shared else _("no")),
        (_("Others may join"), _("yes") if found.joint else _("no")),
        (_("Note"), found.note),
    ]


@page(RIGHT, writes=True)
def plan(request: Any) -> HttpResponse:
    """Add something that is going to be bought."""
    return _plan(request, None)


@page(RIGHT, writes=True)
def change_plan(request: Any, pk: int) -> HttpResponse:
    """Change something that is going to be bought."""
    return _plan(request, get_object_or_404(_rows(request), pk=pk))


def _plan(request: Any, found: Procurement | None) -> HttpResponse:
    organisation_id = request.actor.organisation_id
    form = ProcurementForm(
        request.POST or None,
        organisation_id=organisation_id,
        people=selectors.colleagues(organisation_id),
        initial=of_procurement(found) if found else {"owner_id": request.actor.user_id},
    )
    return pages.form_page(
        request,
        form,
        title=_("Change %(name)s") % {"name": found} if found else _("Add a purchase"),
        submit=_("Save"),
        back=link(request, "suppliers:procurements"),
        trail=_trail(request, *([found] if found else [])),
        stored=found is not None,
        on_valid=lambda valid: _planned(request, found, valid.cleaned_data),
    )


def _planned(request: Any, found: Procurement | None, values: dict[str, Any]) -> str:
    kept = services.plan(actor=request.actor, values=values, found=found)
    messages.success(request, _("The calendar has been changed."))
    return link(request, "suppliers:procurement", kept.pk)


# --- explanations -------------------------------------------------------------------------------


def _explanations(request: Any) -> Any:
    rows = StandardException.objects.filter(organisation_id=request.actor.organisation_id)
    return rows.select_related("procurement")


def _explain_trail(request: Any, *found: StandardException) -> list[tuple[str, str]]:
    overview = (_("Explanations"), link(request, "suppliers:explanations"))
    here = [(str(one), link(request, "suppliers:explanation", one.pk)) for one in found]
    return [overview, *here]


@page("suppliers.view")
def explanations(request: Any) -> HttpResponse:
    """List where an open standard was not asked for, and why."""
    may = request.can(RIGHT)
    add = Action(_("Explain a standard"), link(request, "suppliers:explain"), icon="plus")
    return pages.list_page(
        request,
        _explanations(request),
        table=ExplanationTable,
        filters=ExplanationFilter,
        title=_("Explanations of open standards"),
        purpose=_("Apply or explain: what was not asked for, why, and in which annual report."),
        actions=[add] if may else [],
        trail=trail_to(request),
        empty=Empty(_("No standard was left out, as far as is known."), add if may else None),
    )


@page("suppliers.view")
def explanation(request: Any, pk: int) -> HttpResponse:
    """Show one explanation."""
    found = get_object_or_404(_explanations(request), pk=pk)
    to = {
        name: link(request, f"suppliers:{name}", pk)
        for name in ("change_explanation", "take_out_explanation", "put_back_explanation")
    }
    actions = [
        Action(_("Change"), to["change_explanation"], icon="edit"),
        Action(_("Take out…"), to["take_out_explanation"], danger=True),
    ]
    if found.removed_at is not None:
        actions = [Action(_("Put back…"), to["put_back_explanation"])]
    return pages.detail_page(
        request,
        found,
        title=str(found),
        state=words.REMOVED if found.removed_at else None,
        panels=[Facts(_("Explanation"), _explained_rows(found))],
        actions=actions if request.can(RIGHT) else [],
        timeline=history(found),
        trail=_explain_trail(request),
    )


def _explained_rows(found: StandardException) -> list[tuple[Any, Any]]:
    return [
        (_("Open standard"), found.standard),
        (_("What was bought"), found.what),
        (_("Why not"), found.reason),
        (_("Decided on"), found.decided_on),
        (_("Looked at again on"), found.until),
        (_("In the procurement calendar"), found.procurement),
        (_("In the annual report of"), found.reported_in),
    ]


@page(RIGHT, writes=True)
def explain(request: Any) -> HttpResponse:
    """Write down why a standard was not asked for."""
    return _explain(request, None)


@page(RIGHT, writes=True)
def change_explanation(request: Any, pk: int) -> HttpResponse:
    """Change an explanation."""
    return _explain(request, get_object_or_404(_explanations(request), pk=pk))


def _explain(request: Any, found: StandardException | None) -> HttpResponse:
    form = ExplainForm(
        request.POST or None,
        organisation_id=request.actor.organisation_id,
        initial=of_explanation(found) if found else {"decided_on": clock.today()},
    )
    return pages.form_page(
        request,
        form,
        title=_("Explain a standard"),
        submit=_("Save"),
        back=link(request, "suppliers:explanations"),
        trail=_explain_trail(request, *([found] if found else [])),
        stored=found is not None,
        on_valid=lambda valid: _explained(request, found, valid.cleaned_data),
    )


def _explained(request: Any, found: StandardException | None, values: dict[str, Any]) -> str:
    kept = services.explain(actor=request.actor, values=values, found=found)
    messages.success(request, _("The explanation has been recorded."))
    return link(request, "suppliers:explanation", kept.pk)


@page(RIGHT, writes=True)
def take_out_explanation(request: Any, pk: int) -> HttpResponse:
    """Take an explanation out."""
    return _toggle(request, pk, services.take_out, _("Take out"), _("Taken out."))


@page(RIGHT, writes=True)
def put_back_explanation(request: Any, pk: int) -> HttpResponse:
    """Put an explanation back."""
    return _toggle(request, pk, services.put_back, _("Put back"), _("Put back."))


def _toggle(request: Any, pk: int, act: Any, submit: str, done: str) -> HttpResponse:
    found = get_object_or_404(_explanations(request), pk=pk)
    back = link(request, "suppliers:explanation", pk)

    def confirmed(reason: str) -> str:
        act(actor=request.actor, found=found, reason=reason)
        messages.success(request, done)
        return back

    return pages.confirm_page(
        request,
        title=f"{submit}: {found}",
        text=_("It stays in the history with your reason."),
        submit=submit,
        back=back,
        trail=_explain_trail(request, found),
        on_confirm=confirmed,
    )


@page("suppliers.view")
def sets(request: Any) -> HttpResponse:
    """Show the sets of demands that can be put to suppliers, with the source of each demand."""
    context = {
        "title": _("Sets of demands"),
        "purpose": _("What we ask of suppliers, in our own words, with its source and version."),
        "trail": trail_to(request),
        "sets": demands.current(),
    }
    return render(request, "suppliers/sets.html", context)
