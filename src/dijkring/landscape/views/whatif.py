# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What if: choose what fails, see what happens when and why, and keep the question."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from dijkring.core.rows import id_of
from dijkring.core.web import page
from dijkring.landscape.forms.whatif import ScenarioForm
from dijkring.landscape.models import Asset, Scenario, ScenarioStart
from dijkring.landscape.selectors import starts as selectors
from dijkring.landscape.selectors import whatif
from dijkring.landscape.selectors.graph import Landscape
from dijkring.landscape.selectors.starts import Start
from dijkring.landscape.services import scenarios as services
from dijkring.landscape.services.looking import seen
from dijkring.landscape.services.scenarios import RIGHT
from dijkring.landscape.tables.whatif import CallerTable, HarmTable, ScenarioTable
from dijkring.ui import pages
from dijkring.ui.pages import Action, Empty, link
from dijkring.ui.panels import RelatedTable, for_slot

Asked = list[tuple[str, str]]
# Rooms above hang what they know of a failure here: fallbacks, obligations to report.
SLOT = "landscape.what_if"
CAUSES = (
    Asset.Kind.LOCATION, Asset.Kind.NETWORK, Asset.Kind.PLATFORM, Asset.Kind.SUPPLIED,
    Asset.Kind.OT, Asset.Kind.SYSTEM, Asset.Kind.ROLE,
)  # fmt: skip
MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, read against the landscape as it is now."""

    landscape: Landscape
    hanging: dict[str, dict[str, Start]]
    starts: list[Start]
    found: list[Start]
    unknown: str = ""

    def query(self, *, without: Start | None = None, also: Start | None = None) -> str:
        """Return the question as part of an address."""
        chosen = [one for one in self.starts if one != without]
        return urlencode([(one.kind, one.value) for one in [*chosen, *([also] if also else [])]])


def _question(request: Any, asked: Asked, words: str = "") -> Question:
    organisation_id = request.actor.organisation_id
    known = seen(request.actor, _("What if…"))
    hanging = selectors.by_kind(known, selectors.names(organisation_id, known))
    starts = selectors.chosen(known, hanging, asked)
    found = _found(known, words)
    unknown = words.strip() if not found else ""
    if len(found) == 1:
        starts, found = [*(one for one in starts if one != found[0]), *found], []
    return Question(known, hanging, starts, found, unknown)


def _found(known: Landscape, words: str) -> list[Start]:
    """Return the assets with these words in their name; one that is called so stands alone."""
    wanted = " ".join(words.split()).casefold()
    if not wanted:
        return []
    nodes = [node for node in known.nodes.values() if wanted in node.name.casefold()]
    exact = [node for node in nodes if node.name.casefold() == wanted]
    return [selectors.of_asset(node) for node in exact or nodes]


def _trail(request: Any, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Landscape"), link(request, "landscape:assets")), *more]


def _asked(request: Any) -> Asked:
    kinds = ScenarioStart.Kind.values
    return [(kind, one) for kind in kinds for one in request.GET.getlist(kind) if one]


@page("landscape.view")
def what_if(request: Any) -> HttpResponse:
    """Ask what fails when something fails."""
    question = _question(request, _asked(request), request.GET.get("find", ""))
    keep = f"{link(request, 'landscape:keep_scenario')}?{question.query()}"
    actions = [Action(_("Scenarios"), link(request, "landscape:scenarios"))]
    if question.starts and request.can(RIGHT):
        actions.insert(0, Action(_("Keep as a scenario…"), keep))
    return _show(
        request,
        question,
        title=_("What if…"),
        purpose=_("Choose what fails, and see what falls after how long, why, and who to call."),
        actions=actions,
        trail=_trail(request),
        form=True,
    )


def _show(request: Any, question: Question, *, form: bool, **words: Any) -> HttpResponse:
    answer = whatif.answer(question.landscape, question.starts) if question.starts else None
    choices = _choices(question) if form else {}
    if answer is None:
        return render(request, "landscape/what_if_ask.html", {**words, **choices})
    shown = _narrowed(request, answer.harms)
    extra = {
        "template": "landscape/what_if.html",
        "answer": answer,
        "periods": _periods(request, answer),
        "panels": [] if request.GET.get("export") else _panels(request, answer),
        **choices,
    }
    return pages.list_page(
        request,
        shown,
        table=HarmTable,
        empty=Empty(_("Nothing in this period.")),
        extra=extra,
        **words,
    )


def _narrowed(request: Any, harms: Sequence[whatif.Harm]) -> list[whatif.Harm]:
    """Keep what happens in one period, when it was asked for."""
    wanted = id_of(request.GET.get("period", ""))
    state = request.GET.get("only", "")
    return [one for one in harms if wanted in (None, one.period) and state in ("", one.state)]


def _periods(request: Any, answer: whatif.Answer) -> list[dict[str, Any]]:
    names = (_("0–4 hours"), _("4–24 hours"), _("24–72 hours"), _("later"))
    found = []
    for number, (name, row) in enumerate(zip(names, answer.periods(), strict=True)):
        fails, hindered, tasks = row
        given = request.GET.copy()
        for key in ("period", "page", "export", "only"):
            given.pop(key, None)
        given["period"] = str(number)
        chosen = request.GET.get("period") == str(number)
        found.append(
            {"name": name, "fails": fails, "hindered": hindered, "tasks": tasks,
             "url": f"?{given.urlencode()}", "chosen": chosen}
        )  # fmt: skip
    return found


def _panels(request: Any, answer: whatif.Answer) -> list[Any]:
    table = CallerTable(whatif.callers(answer), request=request)
    calls = RelatedTable(_("Who to call"), table, _("Nobody owns what is hit."))
    hung = for_slot(SLOT, request, answer)
    return [panel.render(request) for panel in [calls, *hung]]


def _choices(question: Question) -> dict[str, Any]:
    """Return what the form offers, and what was chosen with the way to leave it out."""
    hanging = question.hanging
    labels = dict(ScenarioStart.Kind.choices)
    offered = (ScenarioStart.Kind.PARTY, ScenarioStart.Kind.BODY, ScenarioStart.Kind.COUNTRY,
               ScenarioStart.Kind.PLACE)  # fmt: skip
    causes = sorted(n.name for n in question.landscape.nodes.values() if n.kind in CAUSES)
    return {
        "ask": True,
        "offered": [
            {"kind": kind, "label": labels[kind], "options": list(hanging[kind].values())}
            for kind in offered
            if hanging.get(kind)
        ],
        "chosen": [
            {"start": one, "label": labels[one.kind], "without": f"?{question.query(without=one)}"}
            for one in question.starts
        ],
        "found": [
            {"start": one, "url": f"?{question.query(also=one)}"}
            for one in question.found[:MOST_FOUND]
        ],
        "unknown": question.unknown,
        "causes": causes[:500],
    }


@page("landscape.view")
def scenarios(request: Any) -> HttpResponse:
    """List the scenarios that are kept."""
    ask = Action(_("What if…"), link(request, "landscape:what_if"), "primary")
    return pages.list_page(
        request,
        whatif.scenarios(request.actor.organisation_id),
        table=ScenarioTable,
        title=_("Scenarios"),
        purpose=_("What-ifs that we keep for continuity, incidents and exercises. The answer is"
                  " reckoned anew each time."),
        actions=[ask],
        trail=_trail(request),
        empty=Empty(_("No scenario is kept yet."), ask),
    )  # fmt: skip


def _scenario(request: Any, pk: int) -> Scenario:
    return get_object_or_404(whatif.scenarios(request.actor.organisation_id), pk=pk)


@page("landscape.view")
def scenario(request: Any, pk: int) -> HttpResponse:
    """Show what fails in a scenario, as the landscape is now."""
    found = _scenario(request, pk)
    question = _question(request, selectors.asked_by(found))
    other = f"{link(request, 'landscape:what_if')}?{question.query()}"
    actions = [Action(_("Change what fails"), other)]
    if request.can(RIGHT):
        retire = link(request, "landscape:retire_scenario", pk)
        actions.append(Action(_("Take out…"), retire, danger=True))
    return _show(
        request,
        question,
        form=False,
        title=found.name,
        purpose=found.description or _("What happens when this fails, reckoned now."),
        actions=actions,
        trail=_trail(request, (_("Scenarios"), link(request, "landscape:scenarios"))),
    )


@page(RIGHT, writes=True)
def keep_scenario(request: Any) -> HttpResponse:
    """Keep a what-if under a name."""
    question = _question(request, _asked(request))
    what = ", ".join(one.name for one in question.starts)
    return pages.form_page(
        request,
        ScenarioForm(request.POST or None),
        title=_("Keep as a scenario"),
        purpose=_("What fails: %(what)s") % {"what": what or "—"},
        submit=_("Keep"),
        back=f"{link(request, 'landscape:what_if')}?{question.query()}",
        trail=_trail(request, (_("What if…"), link(request, "landscape:what_if"))),
        on_valid=lambda form: _kept(request, question, form.cleaned_data),
    )


def _kept(request: Any, question: Question, given: dict[str, str]) -> str:
    made = services.keep(actor=request.actor, starts=question.starts, **given)
    messages.success(request, _("The scenario is kept."))
    return link(request, "landscape:scenario", made.pk)


@page(RIGHT, writes=True)
def retire_scenario(request: Any, pk: int) -> HttpResponse:
    """Take a scenario out."""
    found = _scenario(request, pk)
    return pages.confirm_page(
        request,
        title=_("Take out %(name)s") % {"name": found},
        text=_("The scenario leaves the list. The landscape stays as it is."),
        submit=_("Take out"),
        back=link(request, "landscape:scenario", pk),
        on_confirm=lambda reason: _retired(request, found, reason),
    )


def _retired(request: Any, found: Scenario, reason: str) -> str:
    services.retire(actor=request.actor, scenario=found, reason=reason)
    messages.success(request, _("The scenario has been taken out."))
    return link(request, "landscape:scenarios")
