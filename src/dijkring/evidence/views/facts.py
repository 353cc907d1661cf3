# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Facts: the list, one fact with its history, withdrawing and deviating."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from dijkring.core.web import page
from dijkring.evidence import panels
from dijkring.evidence.filters import FactFilter
from dijkring.evidence.forms import DeviationForm
from dijkring.evidence.models import Fact
from dijkring.evidence.selectors import lists
from dijkring.evidence.services import deviations, withdrawals
from dijkring.evidence.tables import FactTable
from dijkring.ui import pages
from dijkring.ui.pages import Action, link


@page("evidence.view")
def facts(request: Any) -> HttpResponse:
    """List the current facts."""
    return pages.list_page(
        request,
        lists.facts(request.actor.organisation_id),
        table=FactTable,
        filters=FactFilter,
        title=_("Facts"),
        purpose=_(
            "What has been observed, by whom and when. A fact is recorded once and used everywhere."
        ),
        empty=pages.Empty(_("Nothing has been observed yet. Register a domain and measure it.")),
    )


@page("evidence.view")
def fact(request: Any, pk: int) -> HttpResponse:
    """Show one fact: what, why, how to mend, what was seen and its history."""
    found = _fact(pk)
    return pages.detail_page(
        request,
        found,
        title=f"{lists.kind_label(found.kind)}: {found.subject}",
        state=lists.held(found),
        panels=panels.of_fact(request, found),
        actions=_actions(request, found),
        timeline=panels.fact_timeline(found),
        trail=[(_("Facts"), link(request, "evidence:facts"))],
    )


def _fact(pk: int) -> Fact:
    return get_object_or_404(
        Fact.objects.select_related("round", "withdrawal__withdrawn_by"), pk=pk
    )


def _actions(request: Any, found: Fact) -> list[Action]:
    actions = []
    if found.until is None and found.state == "fail" and request.can("evidence.deviate"):
        actions.append(
            Action(_("Accept a deviation…"), link(request, "evidence:deviate_fact", found.pk))
        )
    if found.until is None and request.can("evidence.withdraw"):
        actions.append(
            Action(
                _("Withdraw a wrong fact…"),
                link(request, "evidence:withdraw", found.pk),
                danger=True,
            )
        )
    return actions


@page("evidence.withdraw", writes=True)
def withdraw(request: Any, pk: int) -> HttpResponse:
    """Withdraw a wrong fact."""
    found = _fact(pk)
    return pages.confirm_page(
        request,
        title=_("Withdraw this fact"),
        text=_(
            "It stays readable with your reason, and does not count any more. What it was about"
            " counts as not measured until it is looked at again."
        ),
        submit=_("Withdraw"),
        back=link(request, "evidence:fact", pk),
        on_confirm=lambda reason: _withdraw(request, found, reason),
    )


def _withdraw(request: Any, found: Fact, reason: str) -> str:
    withdrawals.withdraw(actor=request.actor, fact=found, reason=reason)
    messages.success(request, _("The fact has been withdrawn."))
    return link(request, "evidence:fact", found.pk)


@page("evidence.deviate", writes=True)
def deviate(request: Any, pk: int) -> HttpResponse:
    """Accept that one fact deviates."""
    found = _fact(pk)
    return pages.form_page(
        request,
        DeviationForm(request.POST or None),
        title=_("Accept a deviation: %(fact)s")
        % {"fact": f"{lists.kind_label(found.kind)}, {found.subject}"},
        purpose=_("Its action line ends. The standing stays what it is: nothing turns green."),
        submit=_("Accept"),
        danger=True,
        back=link(request, "evidence:fact", pk),
        on_valid=lambda valid: _deviate(request, found, valid.cleaned_data),
    )


def _deviate(request: Any, found: Fact, values: dict[str, Any]) -> str:
    deviations.accept(actor=request.actor, kind=found.kind, subject=found.subject, **values)
    messages.success(request, _("The deviation has been accepted."))
    return link(request, "evidence:fact", found.pk)
