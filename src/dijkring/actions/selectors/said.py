# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was said about an action: comments of colleagues, and answers that came by a link."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dijkring.actions.models import Action
from dijkring.notices.models import Ask
from dijkring.notices.selectors import asks

SUBJECT = "action"


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was said; an answer by link carries what was asked."""

    at: datetime
    author: Any
    text: str
    asked: str = ""
    other_name: bool = False


def said(action: Action) -> list[Said]:
    """Return what was said, in the order of time."""
    comments = [
        Said(one.at, one.author, one.text) for one in action.comments.select_related("author")
    ]
    rows = asks.answers_on(action.organisation_id, SUBJECT, action.pk)
    return sorted([*comments, *map(_answer, rows)], key=lambda one: one.at)


def _answer(row: Ask) -> Said:
    at = row.answered_at or row.asked_at
    return Said(at, row.answered_by, row.answer, row.question or row.title, row.other_name)
