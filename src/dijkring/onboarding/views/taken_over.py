# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was taken over and waits: the list, confirming, and setting aside."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkring.core.web import page
from dijkring.evidence.services.bulk import MOST
from dijkring.evidence.services.judgements import RIGHT_OF_LINE
from dijkring.onboarding import selectors
from dijkring.onboarding.filters import TakenOverFilter
from dijkring.onboarding.forms import ConfirmForm
from dijkring.onboarding.models import TakenOver
from dijkring.onboarding.services import taken_over as services
from dijkring.onboarding.tables import ReadOnlyTakenOverTable, TakenOverTable
from dijkring.ui import pages
from dijkring.ui.pages import Empty, link


@page("evidence.view")
def to_confirm(request: Any) -> HttpResponse:
    """List what was taken over and waits for somebody."""
    return pages.list_page(
        request,
        selectors.to_confirm(request.actor.organisation_id),
        table=TakenOverTable if request.can("onboarding.confirm") else ReadOnlyTakenOverTable,
        filters=TakenOverFilter,
        title=_("To be confirmed"),
        purpose=_("Verdicts from before. They count for nothing until somebody confirms them."),
        trail=_trail(request),
        empty=Empty(_("Nothing waits to be confirmed.")),
        extra={"template": "onboarding/to_confirm.html"},
    )


def _trail(request: Any) -> list[tuple[str, str]]:
    if not request.can("onboarding.view"):
        return []
    return [(_("First hour"), link(request, "onboarding:guide"))]


def _chosen(request: Any) -> list[TakenOver]:
    if request.GET.get("all"):
        return _listed(request)
    return selectors.chosen(request.actor.organisation_id, request.GET.getlist("row"))


def _listed(request: Any) -> list[TakenOver]:
    """Return all that the list shows with its filters, as far as they fit in one go."""
    rows = selectors.to_confirm(request.actor.organisation_id)
    found = list(TakenOverFilter(request.GET, rows).qs[: MOST + 1])
    if len(found) > MOST and request.method == "GET":
        words = _("At most %(most)d verdicts can be confirmed at once: these are the first.")
        messages.info(request, words % {"most": MOST})
    return found[:MOST]


def _none(request: Any) -> HttpResponse:
    messages.warning(request, _("Choose at least one verdict in the list."))
    return HttpResponseRedirect(link(request, "onboarding:to_confirm"))


def _numbers(rows: list[TakenOver]) -> str:
    refs = list(dict.fromkeys(row.requirement.ref for row in rows))
    return ", ".join(refs[:10]) + ("…" if len(refs) > 10 else "")


@page("onboarding.confirm", writes=True)
def confirm(request: Any) -> HttpResponse:
    """Make judgements of the chosen verdicts."""
    rows = _chosen(request)
    if not rows:
        return _none(request)
    lines = [line for line, right in RIGHT_OF_LINE.items() if request.can(right)]
    outcome: list[services.Outcome] = []

    def on_valid(valid: Any) -> str:
        outcome.append(services.confirm(actor=request.actor, rows=rows, **valid.cleaned_data))
        return link(request, "onboarding:to_confirm")

    response = pages.form_page(
        request,
        ConfirmForm(request.POST or None, lines=lines),
        title=_("Confirm: %(numbers)s") % {"numbers": _numbers(rows)},
        purpose=_("Each verdict becomes your judgement on the layers that you choose."),
        submit=_("Confirm"),
        back=link(request, "onboarding:to_confirm"),
        trail=[(_("To be confirmed"), link(request, "onboarding:to_confirm"))],
        on_valid=on_valid,
        extra={"template": "onboarding/confirm.html", "rows": rows},
    )
    return _told(request, outcome[0]) if outcome else response


def _told(request: Any, outcome: services.Outcome) -> HttpResponse:
    words = ngettext("%(n)d verdict confirmed.", "%(n)d verdicts confirmed.", len(outcome.done))
    messages.success(request, words % {"n": len(outcome.done)})
    if not outcome.refused:
        return HttpResponseRedirect(link(request, "onboarding:to_confirm"))
    context = {
        "title": _("Not confirmed"),
        "refused": outcome.refused,
        "trail": [(_("To be confirmed"), link(request, "onboarding:to_confirm"))],
    }
    return render(request, "onboarding/not_confirmed.html", context)


@page("onboarding.confirm", writes=True)
def set_aside(request: Any) -> HttpResponse:
    """Set verdicts aside that do not hold any more."""
    rows = _chosen(request)
    if not rows:
        return _none(request)
    return pages.confirm_page(
        request,
        title=_("Set aside: %(numbers)s") % {"numbers": _numbers(rows)},
        text=_("These verdicts do not wait any more, and become no judgement."),
        submit=_("Set aside"),
        back=link(request, "onboarding:to_confirm"),
        on_confirm=lambda reason: _set_aside(request, rows, reason),
    )


def _set_aside(request: Any, rows: list[TakenOver], reason: str) -> str:
    count = services.set_aside(actor=request.actor, rows=rows, reason=reason)
    words = ngettext("%(n)d verdict set aside.", "%(n)d verdicts set aside.", count)
    messages.success(request, words % {"n": count})
    return link(request, "onboarding:to_confirm")
