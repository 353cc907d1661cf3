# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Findings: the list, one finding, accepting many and giving many an owner."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkring.core.web import page
from dijkring.evidence.forms import DeviationForm
from dijkring.evidence.models import Fact
from dijkring.evidence.panels import fact_timeline
from dijkring.surface.filters.findings import FindingFilter
from dijkring.surface.forms.findings import HandOutForm
from dijkring.surface.panels import findings as panels
from dijkring.surface.selectors import findings as selectors
from dijkring.surface.selectors.findings import Finding
from dijkring.surface.selectors.findings_listed import Listed
from dijkring.surface.services import findings as services
from dijkring.surface.tables import findings as tables
from dijkring.ui import pages
from dijkring.ui.pages import Action, link
from dijkring.ui.tables import Table


@page("surface.view")
def findings(request: Any) -> HttpResponse:
    """List what is wrong or not measured, or what was solved since a day."""
    may = {
        "may_accept": request.can("evidence.deviate"),
        "may_hand_out": request.can("actions.edit"),
    }
    rows = Listed(request.actor.organisation_id)
    return pages.list_page(
        request,
        rows,
        table=_table(request, any(may.values())),
        filters=FindingFilter,  # type: ignore[arg-type]  # over rows, not a query
        title=_("Findings"),
        purpose=_("What anyone can see of us on the internet that is not as it should be."),
        trail=[(_("Internet measuring"), link(request, "surface:domains"))],
        extra={
            "template": "surface/findings.html",
            "counted": rows.counted,
            **may,
        },
        empty=pages.Empty(
            _("Nothing is wrong that we know of. What has not been measured does not stand here.")
        ),
    )


def _table(request: Any, may_choose: bool) -> type[Table]:
    if request.GET.get("export"):
        return tables.FindingSheet
    return tables.ChoiceTable if may_choose else tables.FindingTable


@page("surface.view")
def finding(request: Any, pk: int) -> HttpResponse:
    """Show one finding: what it is, how to mend it, who is busy with it and its history."""
    organisation_id = request.actor.organisation_id
    found = selectors.finding(organisation_id, pk)
    if found is None:
        raise Http404
    fact = Fact.objects.select_related("round").get(pk=pk, organisation_id=organisation_id)
    return pages.detail_page(
        request,
        fact,
        title=f"{found.label}: {tables.subject_words(found.subject)}",
        state=tables.state_of(found),
        purpose=tables.note(found),
        panels=panels.of_finding(request, found, fact),
        actions=_actions(request, found),
        timeline=fact_timeline(fact),
        trail=[
            (_("Internet measuring"), link(request, "surface:domains")),
            (_("Findings"), link(request, "surface:findings")),
        ],
    )


def _actions(request: Any, found: Finding) -> list[Action]:
    ways = [
        (
            found.failing and request.can("actions.edit"),
            Action(_("Give it an owner…"), _with(request, "surface:hand_out", found), "primary"),
        ),
        (
            found.failing and not found.accepted_until and request.can("evidence.deviate"),
            Action(_("Accept…"), _with(request, "surface:accept", found)),
        ),
        (
            found.domain_pk is not None,
            Action(_("The whole domain"), link(request, "surface:domain", found.domain_pk or 0)),
        ),
        (
            request.can("evidence.view"),
            Action(_("The fact behind it"), link(request, "evidence:fact", found.pk)),
        ),
    ]
    return [action for allowed, action in ways if allowed]


def _with(request: Any, name: str, found: Finding) -> str:
    return f"{link(request, name)}?finding={found.pk}"


# --- many at once -------------------------------------------------------------------------------


def _chosen(request: Any) -> list[Finding]:
    """Return what was chosen in the list; too many give one too much, which services refuse."""
    ids = request.GET.getlist("finding")
    return selectors.chosen(request.actor.organisation_id, ids, services.MOST + 1)


def _back(request: Any) -> HttpResponse:
    messages.warning(request, _("Choose at least one finding in the list."))
    return HttpResponseRedirect(link(request, "surface:findings"))


def _named(found: list[Finding]) -> str:
    words = [f"{one.label}, {tables.subject_words(one.subject)}" for one in found[:8]]
    more = len(found) - len(words)
    return "; ".join(words) + (_(" and %(n)d more") % {"n": more} if more > 0 else "")


@page("evidence.deviate", writes=True)
def accept(request: Any) -> HttpResponse:
    """Accept findings until a date, with one reason."""
    found = _chosen(request)
    if not found:
        return _back(request)
    title = ngettext("Accept %(n)d finding", "Accept %(n)d findings", len(found))
    return pages.form_page(
        request,
        DeviationForm(request.POST or None),
        title=title % {"n": len(found)},
        purpose=_named(found),
        submit=_("Accept"),
        danger=True,
        back=link(request, "surface:findings"),
        trail=[(_("Findings"), link(request, "surface:findings"))],
        on_valid=lambda valid: _accept(request, found, valid.cleaned_data),
    )


def _accept(request: Any, found: list[Finding], values: dict[str, Any]) -> str:
    count = services.accept_many(actor=request.actor, findings=found, **values)
    words = ngettext("%(n)d finding accepted.", "%(n)d findings accepted.", count)
    messages.success(request, words % {"n": count})
    return link(request, "surface:findings")


@page("actions.edit", writes=True)
def hand_out(request: Any) -> HttpResponse:
    """Give findings an owner and a date."""
    found = _chosen(request)
    if not found:
        return _back(request)
    title = ngettext("Give %(n)d finding an owner", "Give %(n)d findings an owner", len(found))
    return pages.form_page(
        request,
        HandOutForm(request.POST or None, organisation_id=request.actor.organisation_id),
        title=title % {"n": len(found)},
        purpose=_named(found),
        submit=_("Save"),
        back=link(request, "surface:findings"),
        trail=[(_("Findings"), link(request, "surface:findings"))],
        on_valid=lambda valid: _hand_out(request, found, valid.cleaned_data),
    )


def _hand_out(request: Any, found: list[Finding], values: dict[str, Any]) -> str:
    made = services.hand_out(actor=request.actor, findings=found, **values)
    if len(made) == 1:
        messages.success(request, _("The action has an owner."))
        return link(request, "actions:action", made[0].pk)
    words = ngettext("%(n)d action has an owner.", "%(n)d actions have an owner.", len(made))
    messages.success(request, words % {"n": len(made)})
    return link(request, "actions:actions")
