# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The first hour: where you are, and what comes next."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from dijkring.core.web import page
from dijkring.onboarding import selectors
from dijkring.ui.pages import Action, link


@dataclass(frozen=True, slots=True)
class Shown:
    """One step as the page shows it."""

    step: selectors.Step
    title: str
    text: str
    actions: list[Action]
    next: bool


@page("onboarding.view")
def guide(request: Any) -> HttpResponse:
    """Show the steps of the first hour, with what there is by now."""
    found = selectors.steps(request.actor.organisation_id, request.organisation.name)
    first = next((one.id for one in found if not one.done), "")
    shown = [_shown(request, one, one.id == first) for one in found]
    done = sum(one.done for one in found)
    words = _("%(done)d of %(all)d steps done") % {"done": done, "all": len(found)}
    context = {"title": _("First hour"), "purpose": words, "steps": shown}
    return render(request, "onboarding/guide.html", context)


def _shown(request: Any, step: selectors.Step, is_next: bool) -> Shown:
    title, text = _words(step.id)
    return Shown(step, title, text, _actions(request, step.id, is_next), is_next)


def _words(id: str) -> tuple[str, str]:
    found = {
        "municipality": (_("Municipality"), _("For whom you work here.")),
        "domains": (
            _("Domains"),
            _("Paste a list, or bring in a sheet, a zone file or the government's register."),
        ),
        "authority": (
            _("Prove authority"),
            _("Only what your organisation may have measured is measured."),
        ),
        "measure": (_("Measure"), _("Websites and mail, seen from outside.")),
        "people": (_("People"), _("Invite colleagues before you make them owners.")),
        "judgements": (
            _("Last year's judgements"),
            _("They wait, and count for nothing, until somebody confirms them."),
        ),
        "owners": (_("Owners"), _("Who owns which requirement.")),
        "actions": (_("Actions"), _("The improvements that run.")),
        "report": (
            _("First report"),
            _("The baseline: where you stand today, with what is not known yet."),
        ),
    }
    return found[id]


def _actions(request: Any, id: str, is_next: bool) -> list[Action]:
    offered = [one for one in _offered(request, id) if request.can(one[2])]
    found = []
    for place, (label, address, _right, post) in enumerate(offered):
        style = "primary" if is_next and place == 0 else "secondary"
        found.append(Action(label, address, style, post=post))  # type: ignore[arg-type]
    return found


Offer = tuple[str, str, str, bool]


def _offered(request: Any, id: str) -> list[Offer]:
    bring = {"domains": "surface.register", "people": "organisations.invite",
             "judgements": "onboarding.bring_in", "owners": "controls.applicability",
             "actions": "actions.edit"}  # fmt: skip
    found: list[Offer] = []
    if id in bring:
        found.append((_("Bring in"), link(request, "onboarding:upload", id), bring[id], False))
    return found + _more(request).get(id, [])


def _more(request: Any) -> dict[str, list[Offer]]:
    report = urlencode({"title": _("Baseline %(name)s") % {"name": request.organisation.name}})
    one = request.organisation.organisation_id
    return {
        "municipality": [
            (_("See your municipality"), link(request, "organisations:organisation", one),
             "organisations.view", False),
            (_("Another municipality"), link(request, "onboarding:municipality"),
             "organisations.invite", False),
            (_("Bring in from another Dijkring"), link(request, "portability:bring_in"),
             "portability.export", False),
        ],
        "domains": [(_("See domains"), link(request, "surface:domains"), "surface.view", False)],
        "authority": [
            (_("By one statement"), link(request, "onboarding:authority"),
             "surface.authorise", False),
            (_("By one DNS record for all"), link(request, "onboarding:authority_dns"),
             "surface.register", False),
        ],
        "measure": [
            (_("Measure now"), link(request, "surface:measure"), "surface.measure", True),
        ],
        "people": [
            (_("See access"), link(request, "organisations:members"), "organisations.members",
             False),
        ],
        "judgements": [
            (_("Confirm what waits"), link(request, "onboarding:to_confirm"), "evidence.view",
             False),
            (_("Judge many at once"), link(request, "evidence:bulk"), "evidence.review", False),
            (_("Bring in a was-becomes list"), link(request, "onboarding:upload", "numbers"),
             "onboarding.bring_in", False),
        ],
        "owners": [
            (_("See the statement of applicability"), link(request, "controls:applicability"),
             "controls.view", False),
        ],
        "actions": [(_("See actions"), link(request, "actions:actions"), "actions.view", False)],
        "report": [
            (_("Make the first report"), f"{link(request, 'accountability:new_report')}?{report}",
             "accountability.make", False),
        ],
    }  # fmt: skip
