# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tasks of an incident as a panel, and a playbook as it reads."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from dijkring.controls.models import in_language
from dijkring.core import clock
from dijkring.incidents.models import Incident, Task
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.obligations import ours
from dijkring.incidents.playbooks import PHASES, Playbook
from dijkring.incidents.selectors import playbooks as selectors
from dijkring.incidents.tables.playbooks import LATE, PHASE_WORDS, ROLE_WORDS, TASKS
from dijkring.ui import words
from dijkring.ui.panels import Markup, Panel


def of_incident(request: Any, found: Incident) -> list[Panel]:
    """Return the tasks of an incident with how far they are."""
    rows = list(selectors.tasks(found))
    progress = selectors.progress(rows)
    context = {
        "incident": found,
        "progress": progress,
        "percentage": words.percent_words(progress.ended, progress.total),
        "phases": _phases(rows),
        "may": request.can(HANDLE) and found.is_open,
    }
    return [Markup(_("Tasks"), "incidents/tasks.html", context)]


def _phases(rows: Sequence[Task]) -> list[dict[str, Any]]:
    """Return the tasks phase by phase; the first phase that is not ended stands open."""
    found = [
        {
            "title": PHASE_WORDS[phase],
            "label": _folded(phase, of_phase),
            "busy": any(one.state == Task.State.OPEN for one in of_phase),
            "tasks": [_drawn(one) for one in of_phase],
        }
        for phase in PHASES
        if (of_phase := [one for one in rows if one.phase == phase])
    ]
    first = next((one for one in found if one["busy"]), None)
    return [{**one, "now": one is first} for one in found]


def _folded(phase: str, rows: Sequence[Task]) -> str:
    """Name a phase that is folded away: how many tasks, and how many are late."""
    late = sum(one.is_late(clock.now()) for one in rows)
    count = f"{len(rows)}, {late} {LATE.word}" if late else str(len(rows))
    return f"{PHASE_WORDS[phase]} ({count})"


def _drawn(task: Task) -> dict[str, Any]:
    late = task.is_late(clock.now())
    return {
        "task": task,
        "text": in_language(task.words),
        "why": in_language(task.why),
        "role": ROLE_WORDS.get(task.role, task.role),
        "look": LATE if late else TASKS[task.state],
        "reports": reports(task.obligations),
    }


def reports(obligations: Sequence[str]) -> str:
    """Name the reports that a step serves."""
    titles = {one.id: in_language(dict(one.title)) for one in ours()}
    return ", ".join(titles.get(one, one) for one in obligations)


def steps(playbook: Playbook) -> list[Panel]:
    """Return a playbook as it reads, a panel per phase."""
    return [
        Markup(PHASE_WORDS[phase], "incidents/steps.html", {"steps": [
            {
                "text": in_language(dict(one.do)),
                "why": in_language(dict(one.why)),
                "role": ROLE_WORDS[one.role],
                "hours": one.within_hours,
                "reports": reports(one.obligations),
            }
            for one in found
        ]})
        for phase in PHASES
        if (found := playbook.of_phase(phase))
    ]  # fmt: skip
