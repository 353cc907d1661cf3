# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Standings: the list, one requirement with its why, judging and deviating."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from dijkring.controls.catalogue import current_framework, judged_frameworks
from dijkring.controls.models import Framework, Requirement
from dijkring.core.rows import id_of
from dijkring.core.web import page
from dijkring.evidence import panels
from dijkring.evidence.filters import StandingFilter
from dijkring.evidence.forms import DeviationForm, JudgementForm
from dijkring.evidence.models import Deviation
from dijkring.evidence.selectors import lists, provisions
from dijkring.evidence.selectors.explanation import explain
from dijkring.evidence.services import deviations as deviate_services
from dijkring.evidence.services import judgements, uploads
from dijkring.evidence.tables import DeviationTable, StandingTable
from dijkring.ui import pages
from dijkring.ui.pages import Action, link


@page("evidence.view")
def standings(request: Any) -> HttpResponse:
    """List the leaves of a framework with their standing."""
    framework = _chosen_framework(request)
    rows = lists.leaf_rows(request.actor.organisation_id, framework) if framework else []
    return pages.list_page(
        request,
        rows,
        table=StandingTable,
        filters=StandingFilter,  # type: ignore[arg-type]
        title=_("Standings: %(framework)s") % {"framework": framework or ""},
        purpose=_("Where we stand on each requirement, and since when. Open one to see why."),
        actions=_judging(request, framework),
        extra={"template": "evidence/standings.html", **panels.overview(framework, rows)},
        empty=pages.Empty(_("No framework has been loaded yet.")),
    )


def _judging(request: Any, framework: Framework | None) -> list[Action]:
    may = any(request.can(right) for right in judgements.RIGHT_OF_LINE.values())
    address = f"{link(request, 'evidence:bulk')}?framework={framework.pk}" if framework else ""
    return [Action(_("Judge many at once"), address)] if may and framework else []


def _chosen_framework(request: HttpRequest) -> Framework | None:
    frameworks = judged_frameworks()
    if (id := id_of(request.GET.get("framework", ""))) is not None:
        return get_object_or_404(frameworks, pk=id)
    return current_framework("bio2") or frameworks.first()


@page("evidence.view")
def requirement(request: Any, pk: int) -> HttpResponse:
    """Show one requirement: its standing with the why, or the profile of what carries it."""
    found = _requirement(pk)
    show = _leaf_page if found.leaf else _profile_page
    return show(request, found)


def _requirement(pk: int) -> Requirement:
    return get_object_or_404(Requirement.objects.select_related("framework"), pk=pk)


def _trail(request: HttpRequest, found: Requirement) -> list[tuple[str, str]]:
    address = f"{link(request, 'evidence:standings')}?framework={found.framework_id}"
    return [(str(found.framework), address)]


def _leaf_page(request: Any, found: Requirement) -> HttpResponse:
    organisation_id = request.actor.organisation_id
    explanation = explain(organisation_id, found.pk)
    return pages.detail_page(
        request,
        found,
        title=str(found),
        state=explanation.verdict,
        purpose=found.description,
        panels=panels.of_leaf(request, found, explanation),
        actions=_leaf_actions(request, found),
        timeline=panels.timeline(organisation_id, found),
        trail=_trail(request, found),
    )


def _leaf_actions(request: Any, found: Requirement) -> list[Action]:
    actions = []
    if any(request.can(right) for right in judgements.RIGHT_OF_LINE.values()):
        actions.append(
            Action(_("Record a judgement"), link(request, "evidence:judge", found.pk), "primary")
        )
    if request.can("evidence.deviate"):
        actions.append(
            Action(_("Accept a deviation…"), link(request, "evidence:deviate", found.pk))
        )
    if request.can("actions.edit"):
        ref = f"{found.framework.key}:{found.ref}"
        actions.append(
            Action(_("Open an action"), f"{link(request, 'actions:new')}?requirement={ref}")
        )
    return actions


def _profile_page(request: Any, found: Requirement) -> HttpResponse:
    return pages.detail_page(
        request,
        found,
        title=str(found),
        purpose=found.description,
        panels=panels.of_profile(request, found),
        trail=_trail(request, found),
    )


@page("evidence.view")
def why(request: Any, pk: int) -> HttpResponse:
    """Show the whole chain below a standing, for printing or looking it up."""
    found = _requirement(pk)
    explanation = explain(request.actor.organisation_id, found.pk)
    return pages.detail_page(
        request,
        found,
        title=_("Why? %(requirement)s") % {"requirement": found},
        state=explanation.verdict,
        panels=[panels.why(explanation)],
        trail=[
            *_trail(request, found),
            (str(found), link(request, "evidence:requirement", found.pk)),
        ],
    )


@page("evidence.view", writes=True)
def judge(request: Any, pk: int) -> HttpResponse:
    """Record a judgement on a leaf."""
    found = get_object_or_404(Requirement.objects.select_related("framework"), pk=pk, leaf=True)
    lines = [line for line, right in judgements.RIGHT_OF_LINE.items() if request.can(right)]
    if not lines:
        request.actor.require("evidence.judge")
    scope = request.GET.get("scope", "")
    form = JudgementForm(
        request.POST or None,
        request.FILES or None,
        layers=judgements.layers_of(request.actor.organisation_id, found),
        lines=lines,
        documents=lists.uploads(request.actor.organisation_id),
        scopes=provisions.scopes(request.actor.organisation_id),
        initial={
            "scope": scope,
            "layer": lists.layer_to_judge(request.actor.organisation_id, pk, id_of(scope)),
        },
    )
    return pages.form_page(
        request,
        form,
        title=_("Record a judgement: %(requirement)s") % {"requirement": found},
        purpose=found.description,
        submit=_("Record"),
        back=link(request, "evidence:requirement", pk),
        on_valid=lambda valid: _judge(request, found, dict(valid.cleaned_data)),
    )


def _judge(request: Any, found: Requirement, values: dict[str, Any]) -> str:
    documents = list(values.pop("documents"))
    if file := values.pop("file"):
        documents.append(uploads.upload(actor=request.actor, name=file.name, content=file))
    judgements.judge(actor=request.actor, requirement=found, documents=documents, **values)
    messages.success(request, _("Your judgement has been recorded."))
    return link(request, "evidence:requirement", found.pk)


@page("evidence.deviate", writes=True)
def deviate(request: Any, pk: int) -> HttpResponse:
    """Accept a deviation of a requirement."""
    found = _requirement(pk)
    return pages.form_page(
        request,
        DeviationForm(request.POST or None),
        title=_("Accept a deviation: %(requirement)s") % {"requirement": found},
        purpose=_("It is shown beside the standing and turns nothing green."),
        submit=_("Accept"),
        danger=True,
        back=link(request, "evidence:requirement", pk),
        on_valid=lambda valid: _deviate(request, found, valid.cleaned_data),
    )


def _deviate(request: Any, found: Requirement, values: dict[str, Any]) -> str:
    deviate_services.accept(actor=request.actor, requirement=found, **values)
    messages.success(request, _("The deviation has been accepted."))
    return link(request, "evidence:requirement", found.pk)


@page("evidence.view")
def deviations(request: Any) -> HttpResponse:
    """List the accepted deviations that run now."""
    return pages.list_page(
        request,
        panels.deviation_rows(request),
        table=DeviationTable,
        title=_("Accepted deviations"),
        purpose=_("What we know deviates, who accepted that, why and until when."),
        empty=pages.Empty(_("No deviation is accepted now.")),
    )


@page("evidence.deviate", writes=True)
def end_deviation(request: Any, pk: int) -> HttpResponse:
    """End an accepted deviation before its date."""
    found = get_object_or_404(Deviation, pk=pk, ended_at=None)
    if request.method != "POST":
        return pages.confirm_page(
            request,
            title=_("End this deviation"),
            text=found.reason,
            submit=_("End it"),
            back=link(request, "evidence:deviations"),
            on_confirm=lambda reason: "",
        )
    deviate_services.end(actor=request.actor, deviation=found)
    messages.success(request, _("The deviation has been ended."))
    return redirect(link(request, "evidence:deviations"))
