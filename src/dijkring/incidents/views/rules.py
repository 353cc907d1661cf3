# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of house rules: the list, one rule, adding, taking out of use."""

from importlib.resources import files
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from dijkring.controls.models import in_language
from dijkring.core.web import page
from dijkring.incidents.forms.clocks import RuleForm
from dijkring.incidents.models import HouseRule
from dijkring.incidents.selectors import clocks
from dijkring.incidents.selectors import incidents as selectors
from dijkring.incidents.services import rules as services
from dijkring.incidents.services.rules import RIGHT
from dijkring.incidents.tables.incidents import RuleTable, rule_look
from dijkring.incidents.views.incidents import VIEW
from dijkring.organisations.history import history
from dijkring.ui import pages
from dijkring.ui.pages import Action, Empty, link
from dijkring.ui.panels import Facts, Markup


def _trail(request: Any) -> list[tuple[str, str]]:
    return [
        (_("Incidents"), link(request, "incidents:incidents")),
        (_("House rules"), link(request, "incidents:rules")),
    ]


@page(VIEW)
def rules(request: Any) -> HttpResponse:
    """List the house rules."""
    add = Action(_("Add a house rule"), link(request, "incidents:add_rule"), icon="plus")
    may = request.can(RIGHT)
    return pages.list_page(
        request,
        selectors.house_rules(request.actor.organisation_id),
        table=RuleTable,
        title=_("House rules"),
        purpose=_("Whom we must tell besides the law: DigiD, Suwinet, BRP, the insurer, by when."
                  " At triage you choose which ones count."),
        trail=_trail(request)[:1],
        actions=[add] if may else [],
        empty=Empty(_("There are no house rules; the terms of the law count always."),
                    add if may else None),
    )  # fmt: skip


@page(VIEW)
def rule(request: Any, pk: int) -> HttpResponse:
    """Show one house rule."""
    found = get_object_or_404(selectors.house_rules(request.actor.organisation_id), pk=pk)
    retire = Action(_("Take out of use…"), link(request, "incidents:retire_rule", pk), danger=True)
    may = request.can(RIGHT) and found.retired_at is None
    rows = [(in_language(dict(one.title)), _in_words(one)) for one in clocks.read(found)]
    return pages.detail_page(
        request,
        found,
        title=found.name,
        state=rule_look(found),
        panels=[
            Facts(_("What it asks"), rows),
            Markup(_("As it was written"), "incidents/rule_text.html", {"rule": found}),
        ],
        actions=[retire] if may else [],
        timeline=history(found),
        trail=_trail(request),
    )


def _in_words(one: Any) -> str:
    if one.duration is None:
        return in_language(dict(one.term))
    units = {
        "hours": _("%(n)d hours"),
        "working_days": _("%(n)d working days"),
        "weeks": _("%(n)d weeks"),
        "months": _("%(n)d months"),
    }
    return units[one.duration.unit] % {"n": one.duration.number}


@page(RIGHT, writes=True)
def add_rule(request: Any) -> HttpResponse:
    """Add a house rule."""
    example = files("dijkring.incidents").joinpath("content/house_rule_example.yaml")
    return pages.form_page(
        request,
        RuleForm(request.POST or None),
        title=_("Add a house rule"),
        submit=_("Add"),
        back=link(request, "incidents:rules"),
        trail=_trail(request),
        extra={"template": "incidents/form.html", "example": example.read_text("utf-8")},
        on_valid=lambda form: _added(request, form),
    )


def _added(request: Any, form: RuleForm) -> str:
    made = services.add(actor=request.actor, **form.cleaned_data)
    messages.success(request, _("The rule counts for every incident for which triage chooses it."))
    return link(request, "incidents:rule", made.pk)


@page(RIGHT, writes=True)
def retire_rule(request: Any, pk: int) -> HttpResponse:
    """Take a house rule out of use."""
    found = get_object_or_404(selectors.house_rules(request.actor.organisation_id), pk=pk)
    return pages.confirm_page(
        request,
        title=_("Take %(name)s out of use") % {"name": found.name},
        text=_("It cannot be chosen any more. Incidents that have it keep its clocks."),
        submit=_("Take out of use"),
        back=link(request, "incidents:rule", pk),
        trail=_trail(request),
        on_confirm=lambda reason: _retired(request, found, reason),
    )


def _retired(request: Any, found: HouseRule, reason: str) -> str:
    services.retire(actor=request.actor, rule=found, reason=reason)
    messages.success(request, _("The rule is out of use."))
    return link(request, "incidents:rule", found.pk)
