# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is due in a crisis, for the one calendar; nothing of an exercise stands in it."""

from datetime import datetime

from django.utils.translation import gettext as _

from dijkring.core.due import DueItem
from dijkring.crisis.models import Decision, Task

KIND = "crisis"


def due(organisation_id: int, until: datetime) -> list[DueItem]:
    """Return the questions that must be decided and the tasks that must be done before a moment.

    A task is due also after the crisis has ended: it can be ended then still.
    """
    questions = Decision.objects.filter(
        organisation_id=organisation_id,
        crisis__exercise=False,
        crisis__ended_at=None,
        settled_at=None,
        needed_by__lte=until,
    )
    tasks = Task.objects.filter(
        organisation_id=organisation_id,
        crisis__exercise=False,
        state=Task.State.OPEN,
        due_at__lte=until,
    )
    return [
        *(
            _question(row, row.needed_by)
            for row in questions.select_related("crisis")
            if row.needed_by
        ),
        *(_task(row, row.due_at) for row in tasks.select_related("crisis") if row.due_at),
    ]


def _question(row: Decision, at: datetime) -> DueItem:
    words = {"crisis": row.crisis.reference, "question": row.question}
    title = _("%(crisis)s, to be decided: %(question)s") % words
    return DueItem(at, title, "crisis:decision", (row.pk,), KIND, row.asked)


def _task(row: Task, at: datetime) -> DueItem:
    title = f"{row.crisis.reference}: {row.text}"
    return DueItem(at, title, "crisis:tasks", (row.crisis_id,), KIND, row.given_to)
