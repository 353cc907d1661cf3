# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the page of an action shows."""

from typing import Any

from django.utils.translation import gettext as _

from dijkring.actions import by_link
from dijkring.actions.models import Action
from dijkring.actions.selectors import register
from dijkring.actions.tables import LineTable
from dijkring.notices.selectors import asks
from dijkring.ui import words
from dijkring.ui.panels import Facts, Markup, Panel, RelatedTable, for_slot

SLOT = "actions.action"


def of_action(request: Any, found: Action) -> list[Panel]:
    """Return the panels of an action: what it is, its lines, what it helps, and the slot."""
    return [
        _facts(found),
        *_lines(request, found),
        *_helps(found),
        *for_slot(SLOT, request, found),
    ]


def _facts(found: Action) -> Facts:
    open = found.state == Action.State.OPEN
    due = words.deadline_tag(found.due_on) if open else words.time_tag(found.due_on)
    rows = [
        *([(_("What is to be done"), found.description)] if found.description else []),
        (_("Owner"), words.person_words(found.owner)),
        (_("Carried out by"), found.responsible),
        (_("Ready on"), due),
        (_("Priority"), found.get_priority_display()),
        (_("Cost in euros"), found.cost),
        (_("Opened"), found.opened_at),
        (_("Opened by"), str(found.opened_by or "Dijkring")),
    ]
    ended = [(_("Closed"), found.closed_at), (_("Because"), found.close_reason)]
    return Facts(_("The action"), rows if open else [*rows, *ended])


def _lines(request: Any, found: Action) -> list[Panel]:
    rows = register.lines(found)
    reports = _reports(found, [row.pk for row in rows if row.closed_at is None])
    for row in rows:
        row.reported = row.pk in reports
    return [RelatedTable(_("Lines"), LineTable(rows, request=request))] if rows else []


def _reports(found: Action, open_lines: list[int]) -> set[int]:
    """Return the open lines of which somebody said by a link that they are mended."""
    purpose = by_link.MEASURED_LINE if found.origin_kind else by_link.LINE
    return set(asks.answered(found.organisation_id, purpose, open_lines)) if open_lines else set()


def _helps(found: Action) -> list[Panel]:
    rows = register.requirements(found.requirements)
    return [Markup(_("What it helps"), "actions/helps.html", {"rows": rows})] if rows else []
