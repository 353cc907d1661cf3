# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the page of an action shows."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dijkring.actions import by_link
from dijkring.actions.models import Action, Proposal
from dijkring.actions.selectors import proposals, register
from dijkring.actions.tables import LineTable
from dijkring.notices.selectors import asks
from dijkring.sharing.tables import HandoverTable
from dijkring.ui import words
from dijkring.ui.links import link
from dijkring.ui.panels import Facts, Markup, Panel, RelatedTable, for_slot

SLOT = "actions.action"


def of_action(request: Any, found: Action) -> list[Panel]:
    """Return the panels of an action: what it is, its lines, what it helps, and the slot."""
    return [
        _facts(found),
        *_lines(request, found),
        *_helps(found),
        *_handed_over(request, found),
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
    if found.handed_over_by:
        rows.append((_("Handed over by"), found.handed_over_by))
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


def _handed_over(request: Any, found: Action) -> list[Panel]:
    """Show to whom it was handed over, and what became of it there."""
    rows = proposals.sent(found)
    hidden = ("organisation", "made_at")
    table = HandoverTable(rows, request=request, exclude=hidden, orderable=False)
    return [RelatedTable(_("Handed over"), table)] if rows else []


def of_proposal(request: Any, found: Proposal) -> list[Panel]:
    """Return the panels of a proposal: what is asked, by whom, and what we answered."""
    asked = [
        (_("Explanation"), found.description),
        (_("Why"), found.why),
        (_("Proposed date"), found.due_on),
        (_("Sender"), found.sender.name),
        (_("Handed over by"), found.sent_by),
        (_("Received"), found.received_at),
    ]
    panels: list[Panel] = [Facts(_("What is asked"), [row for row in asked if row[1]])]
    if found.state == Proposal.State.OPEN:
        return panels
    answered: list[tuple[str, Any]] = [
        (_("Answered"), found.decided_at),
        (_("Answered by"), words.person_words(found.decided_by)),
        (_("Because"), found.reason),
    ]
    if found.action is not None:
        answered.append((_("Action"), _lead(request, found.action)))
    return [*panels, Facts(_("Our answer"), [row for row in answered if row[1]])]


def _lead(request: Any, action: Action) -> SafeString:
    return format_html('<a href="{}">{}</a>', link(request, "actions:action", action.pk), action)
