# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Systems, processes, locations and services that are judged apart."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dijkring.core.web import page
from dijkring.evidence.forms import ScopeChangeForm, ScopeForm
from dijkring.evidence.models import Offer, Scope
from dijkring.evidence.selectors import provisions as select
from dijkring.evidence.services import scopes as services
from dijkring.evidence.tables import ScopedTable, ScopeTable, TakerTable
from dijkring.organisations.history import history
from dijkring.ui import pages
from dijkring.ui.pages import Action, link
from dijkring.ui.panels import Facts, Panel, RelatedTable
from dijkring.ui.words import date_words


@page("evidence.view")
def scopes(request: Any) -> HttpResponse:
    """List what is judged apart."""
    new = Action(_("Add one"), link(request, "evidence:new_scope"), "primary")
    may = request.can("evidence.scopes")
    return pages.list_page(
        request,
        select.scopes(request.actor.organisation_id),
        table=ScopeTable,
        title=_("Systems, processes, locations and services"),
        purpose=_("What is judged apart from the whole. The worst of them counts for the whole."),
        actions=[new] if may else [],
        empty=pages.Empty(
            _("Nothing is judged apart yet. That is not needed before it helps."),
            new if may else None,
        ),
    )


@page("evidence.scopes", writes=True)
def add(request: Any) -> HttpResponse:
    """Add a scope."""
    return pages.form_page(
        request,
        ScopeForm(request.POST or None),
        title=_("Add a system, process, location or service"),
        submit=_("Add"),
        back=link(request, "evidence:scopes"),
        on_valid=lambda form: _add(request, form.cleaned_data),
    )


def _add(request: Any, values: dict[str, Any]) -> str:
    made = services.add(actor=request.actor, **values)
    messages.success(request, _("Added. Choose it when you record a judgement."))
    return link(request, "evidence:scope", made.pk)


def _found(request: Any, pk: int) -> Scope:
    return get_object_or_404(Scope, pk=pk, organisation_id=request.actor.organisation_id)


@page("evidence.view")
def scope(request: Any, pk: int) -> HttpResponse:
    """Show where one scope stands, and for a service who takes it."""
    found = _found(request, pk)
    return pages.detail_page(
        request,
        found,
        title=capfirst(f"{found.get_kind_display()}: {found}"),
        purpose=found.description,
        panels=_panels(request, found),
        actions=_actions(request, found) if found.until is None else [],
        timeline=history(found),
        trail=[(_("Systems, processes, locations and services"), link(request, "evidence:scopes"))],
    )


def _panels(request: Any, found: Scope) -> list[Panel]:
    organisation_id = request.actor.organisation_id
    provides = found.kind == Scope.Kind.SERVICE and request.can("evidence.provide")
    rows = select.scoped_rows(organisation_id, found, _("Take it out") if provides else "")
    hidden = () if provides and any(row.offer for row in rows) else ("take_out",)
    panels: list[Panel] = [
        RelatedTable(
            _("Where it stands"),
            ScopedTable(rows, request=request, exclude=hidden),
            _("Nothing has been judged of this apart."),
        )
    ]
    if found.kind == Scope.Kind.SERVICE:
        label = _("End it") if request.can("evidence.provide") else ""
        takers = select.taker_rows(organisation_id, found, label)
        table = TakerTable(takers, request=request)
        panels.append(RelatedTable(_("Published to"), table, _("Nobody takes this service yet.")))
        panels += _taken_out(organisation_id, found)
    return panels


def _taken_out(organisation_id: int, found: Scope) -> list[Panel]:
    rows = [
        (f"{one.requirement}", _("from %(day)s: %(reason)s") % _ended(one))
        for one in select.taken_out(organisation_id, found)
    ]
    return [Facts(_("Not covered any more"), rows)] if rows else []


def _ended(offer: Offer) -> dict[str, str]:
    return {"day": date_words(offer.until), "reason": offer.end_reason or _("the service ended")}


def _actions(request: Any, found: Scope) -> list[Action]:
    actions = []
    if found.kind == Scope.Kind.SERVICE and request.can("evidence.provide"):
        actions += [
            Action(_("Cover requirements"), link(request, "evidence:cover", found.pk), "primary"),
            Action(_("Publish to a taker"), link(request, "evidence:publish", found.pk)),
        ]
    if request.can("evidence.scopes"):
        actions += [
            Action(_("Change"), link(request, "evidence:change_scope", found.pk)),
            Action(_("End…"), link(request, "evidence:end_scope", found.pk), danger=True),
        ]
    return actions


@page("evidence.scopes", writes=True)
def change(request: Any, pk: int) -> HttpResponse:
    """Change the words of a scope."""
    found = _found(request, pk)
    initial = {"name": found.name, "description": found.description}
    return pages.form_page(
        request,
        ScopeChangeForm(request.POST or None, initial=initial),
        title=_("Change %(scope)s") % {"scope": found},
        submit=_("Save"),
        back=link(request, "evidence:scope", pk),
        stored=True,
        on_valid=lambda form: _change(request, found, form.cleaned_data),
    )


def _change(request: Any, found: Scope, values: dict[str, Any]) -> str:
    services.change(actor=request.actor, scope=found, **values)
    messages.success(request, _("Saved."))
    return link(request, "evidence:scope", found.pk)


@page("evidence.scopes", writes=True)
def end(request: Any, pk: int) -> HttpResponse:
    """End a scope."""
    found = _found(request, pk)
    return pages.confirm_page(
        request,
        title=_("End %(scope)s") % {"scope": found},
        text=_("What was said of this alone counts no more, and stays in the history."),
        submit=_("End it"),
        back=link(request, "evidence:scope", pk),
        on_confirm=lambda reason: _end(request, found, reason),
    )


def _end(request: Any, found: Scope, reason: str) -> str:
    services.end(actor=request.actor, scope=found, reason=reason)
    messages.success(request, _("Ended."))
    return link(request, "evidence:scopes")
