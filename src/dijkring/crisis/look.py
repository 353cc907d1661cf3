# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How crises and what is in them look, and what stands on top of each of their pages."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from dijkring.crisis.models import Crisis, Decision, Participant, Sitrep, Task
from dijkring.incidents.words import marked
from dijkring.ui.states import State

ENDED = State(pgettext_lazy("crisis", "ended"), "met", "met")
DRAFT = State(gettext_lazy("draft"), "busy", "busy")
APPROVED = State(gettext_lazy("approved"), "met", "met")
PENDING = State(gettext_lazy("waiting for a decision"), "waiting", "not-met")
SETTLED = State(gettext_lazy("settled"), "met", "met")
HERE = State(gettext_lazy("present"), "met", "met")
GONE = State(gettext_lazy("left"), "not-applicable", "not-applicable")
REACHED = State(gettext_lazy("reached"), "busy", "busy")
NOT_REACHED = State(gettext_lazy("not reached"), "warning", "not-met")
NOT_CALLED = State(gettext_lazy("not called yet"), "not-assessed")
TASKS = {
    Task.State.OPEN: State(pgettext_lazy("crisis task", "open"), "busy", "partly"),
    Task.State.DONE: State(pgettext_lazy("crisis task", "done"), "met", "met"),
    Task.State.DROPPED: State(
        pgettext_lazy("crisis task", "not needed any more"), "not-applicable", "not-applicable"
    ),
}
# The pages of one crisis, in the order in which they stand on top of each of them.
PAGES = (
    ("crisis", gettext_lazy("Picture")),
    ("log", gettext_lazy("Log")),
    ("decisions", gettext_lazy("Decisions")),
    ("sitreps", gettext_lazy("Situation reports")),
    ("people", gettext_lazy("People")),
    ("tasks", gettext_lazy("Tasks")),
    ("messages", gettext_lazy("Communication")),
    ("checklists", gettext_lazy("Checklists")),
)


def crisis_look(crisis: Crisis) -> State:
    """Return how a crisis stands: its level, or that it has ended."""
    if not crisis.is_open:
        return ENDED
    words = " · ".join(filter(None, [crisis.level, crisis.grip]))
    return State(words or _("no level"), "warning", "not-met")


def decision_look(decision: Decision) -> State:
    """Return whether a question waits for a decision."""
    return SETTLED if decision.settled_at else PENDING


def sitrep_look(sitrep: Sitrep) -> State:
    """Return whether a situation report was approved."""
    return APPROVED if sitrep.approved else DRAFT


def person_look(person: Participant) -> State:
    """Return whether somebody is there, was reached, or must be called still."""
    if person.gone_at is not None:
        return GONE
    if person.here_since is not None:
        return HERE
    attempts = list(person.attempts.all())
    if not attempts:
        return NOT_CALLED
    return REACHED if any(one.reached for one in attempts) else NOT_REACHED


def titled(crisis: Crisis, title: str) -> str:
    """Return the title of a page of a crisis; that of an exercise cannot be mistaken."""
    return marked(title, crisis.exercise)


def framed(request: Any) -> dict[str, Any] | None:
    """Return what stands on top of each page of a crisis: its mark and its other pages."""
    crisis = getattr(request, "crisis", None)
    if crisis is None:
        return None
    now = getattr(request.resolver_match, "view_name", "")
    pages = [(f"crisis:{name}", label, now == f"crisis:{name}") for name, label in PAGES]
    return {"crisis": crisis, "crisis_pages": pages}
