# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The top of the page of an incident: what is due, how long that leaves, and the one next step."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.incidents import words as said
from dijkring.incidents.models import Incident, Task
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.next_step import Situation, Step, step
from dijkring.incidents.selectors import clocks as selectors
from dijkring.incidents.selectors.clocks import PRIVACY, Clock
from dijkring.incidents.services.judging import DECIDE, JUDGE, may_confirm
from dijkring.ui.links import link
from dijkring.ui.pages import Action
from dijkring.ui.panels import Markup, Panel

MOST_SHOWN = 3


def of_incident(request: Any, found: Incident, clocks: Sequence[Clock]) -> Panel:
    """Return the deadlines that come first with the time left, and what to do now."""
    running = sorted((one for one in clocks if one.runs), key=lambda one: one.due or clock.now())
    situation = _situation(request, found, clocks, running)
    next_ = step(situation, clock.now())
    context = {
        "incident": found,
        "next": said.drawn(running[0]) if running else None,
        "left": said.left(running[0]) if running else "",
        "then": [said.drawn(one) for one in running[1:MOST_SHOWN]],
        "more": max(0, len(running) - MOST_SHOWN),
        "without_delay": [said.drawn(one) for one in clocks if one.open and not one.runs],
        "aware": situation.aware,
        "reports_now": next_ == Step.REPORT,
        "action": _action(request, found, next_),
        "may": request.can(HANDLE),
    }
    return Markup(_("First"), "incidents/first.html", context)


def _action(request: Any, found: Incident, next_: Step) -> Action | None:
    """Return the step as a button, for who may take it; a report has buttons of its own."""

    def to(name: str, *more: Any) -> str:
        return link(request, f"incidents:{name}", found.pk, *more)

    confirm = _to_confirm(request, found)
    judge = "breach_risk" if getattr(found, "breach", None) is not None else "breach"
    steps = {
        Step.TAKE_UP: (HANDLE, _("Take up"), to("move", "triage")),
        Step.AWARE: (HANDLE, _("Record awareness"), to("aware")),
        Step.TRIAGE: (HANDLE, _("Triage"), to("triage")),
        Step.CONFIRM: (
            DECIDE,
            _("Confirm as second person"),
            link(request, "incidents:confirm", confirm.pk) if confirm else "",
        ),
        Step.WEIGH: (DECIDE, _("Must it be reported?"), to("weigh", "cbw")),
        Step.JUDGE: (JUDGE, _("Judge the risk"), to(judge)),
        Step.TELL: (HANDLE, _("Tell those affected"), "#meldingen"),
        Step.TASKS: (HANDLE, _("Go on with the tasks"), "#nu"),
        Step.END: (HANDLE, _("End handling…"), to("end")),
        Step.CLOSE: (HANDLE, _("Close…"), to("close")),
    }
    right, label, address = steps.get(next_, ("", "", ""))
    if not right or not request.can(right):
        return None
    return Action(label, address, "primary", post=next_ == Step.TAKE_UP)


def _situation(
    request: Any, found: Incident, clocks: Sequence[Clock], running: Sequence[Clock]
) -> Situation:
    regimes = selectors.regimes_of(found)
    personal = found.personal_data == Incident.Known.YES
    return Situation(
        state=found.state,
        aware=selectors.latest(found) is not None,
        due=running[0].due if running else None,
        triaged=bool(found.category) and found.severity != Incident.Severity.UNKNOWN,
        to_confirm=_to_confirm(request, found) is not None,
        to_weigh="cbw" in regimes and selectors.decision(found, "cbw") is None,
        to_judge=personal and selectors.decision(found, PRIVACY) is None,
        to_tell=any(one.open and not one.runs for one in clocks),
        open_tasks=Task.objects.filter(incident=found, state=Task.State.OPEN).exists(),
    )


def _to_confirm(request: Any, found: Incident) -> Any:
    """Return the decision not to report that waits for the reader, if there is one."""
    every = [selectors.decision(found, one) for one in selectors.regimes_of(found)]
    waits = (one for one in every if one and not one.holds and may_confirm(request.actor, one))
    return next(waits, None)
