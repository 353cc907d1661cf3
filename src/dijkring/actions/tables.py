# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of actions and of the calendar."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.actions.models import Action, ActionLine, Proposal
from dijkring.core.due import DueItem
from dijkring.ui import tables, words
from dijkring.ui.links import link
from dijkring.ui.states import STATES, State, state_of


def look(action: Action) -> State:
    """Return how an action stands: open, late, done or called off."""
    if action.state == Action.State.CANCELLED:
        return State(gettext("called off"), "not-applicable", "not-applicable")
    late = (
        action.state == Action.State.OPEN and action.due_on and words.days_left(action.due_on) < 0
    )
    return STATES["late"] if late else state_of(action.state)


class LookColumn(tables.StateColumn):
    """How the action of the row stands."""

    def render(self, record: Action) -> SafeString:  # type: ignore[override]
        return super().render(look(record), record)

    def value(self, record: Action) -> str:  # type: ignore[override]
        """Return the word of the state."""
        return super().value(look(record))


class DueColumn(tables.DeadlineColumn):
    """The due date; what is left of it only while the action is open."""

    def render(self, value: Any, record: Action) -> Any:  # type: ignore[override]
        open = record.state == Action.State.OPEN
        return super().render(value) if open else words.time_tag(value)


class ActionTable(tables.Table):
    """Actions."""

    title = tables.LinkColumn("actions:action", verbose_name=_("Action"))
    state = LookColumn(verbose_name=_("State"))
    priority = tables.Column(
        accessor="get_priority_display", verbose_name=_("Priority"), order_by="priority_rank"
    )
    due_on = DueColumn(verbose_name=_("Due"))
    owner = tables.PersonColumn(verbose_name=_("Owner"), order_by="owner__name")
    responsible = tables.Column(verbose_name=_("Carried out by"))
    lines_open = tables.Column(verbose_name=_("Lines open"))

    def render_lines_open(self, record: Any) -> str:
        """Show the open lines with all of them."""
        return self.value_lines_open(record) or words.NOTHING

    def value_lines_open(self, record: Any) -> str:
        """Return '2 of 3'; nothing for an action without lines."""
        counts = {"open": record.lines_open, "all": record.lines_all}
        return gettext("%(open)d of %(all)d") % counts if record.lines_all else ""


class LineStateColumn(tables.StateColumn):
    """Whether a line is open, closed with proof, or ended for a reason."""

    def render(self, record: ActionLine) -> SafeString:  # type: ignore[override]
        return super().render(line_state(record), record)


def line_state(line: ActionLine) -> Any:
    """Return how a line stands."""
    if line.closed_at is None:
        reported = State(gettext("reported as mended"), "show-again", "show-again")
        return reported if line.reported else "open"
    return "done" if line.proof else State(gettext("ended"), "not-applicable", "not-applicable")


class LineTable(tables.Table):
    """The lines of an action."""

    subject = tables.Column(verbose_name=_("About"), orderable=False)
    state = LineStateColumn(accessor="pk", verbose_name=_("State"), orderable=False)
    text = tables.Column(verbose_name=_("What is wrong"), orderable=False)
    opened_at = tables.DayColumn(verbose_name=_("Since"), orderable=False)
    closed_at = tables.DayColumn(verbose_name=_("Closed"), orderable=False)
    end_reason = tables.Column(empty_values=(), verbose_name=_("Proof or reason"), orderable=False)

    def render_end_reason(self, record: ActionLine) -> str:
        """Name the source of the proof, or the reason."""
        proof = record.proof or {}
        named = (
            gettext("shown by %(source)s") % {"source": proof.get("source", "")} if proof else ""
        )
        return named or record.end_reason or words.NOTHING


def proposal_look(proposal: Proposal) -> State:
    """Return how a proposal stands: waiting, accepted or declined."""
    word = proposal.get_state_display()
    if proposal.state == Proposal.State.OPEN:
        return State(word, "waiting")
    accepted = proposal.state == Proposal.State.ACCEPTED
    return State(word, "met", "met") if accepted else State(word, "not-met", "not-met")


class ProposalStateColumn(tables.StateColumn):
    """How the proposal of the row stands."""

    def render(self, record: Proposal) -> SafeString:  # type: ignore[override]
        return super().render(proposal_look(record), record)

    def value(self, record: Proposal) -> str:  # type: ignore[override]
        """Return the word of the state."""
        return super().value(proposal_look(record))


class ProposalTable(tables.Table):
    """What others handed over to us."""

    title = tables.LinkColumn("actions:proposal", verbose_name=_("Action"))
    sender = tables.Column(verbose_name=_("Sender"), order_by="sender__sort_name")
    received_at = tables.MomentColumn(verbose_name=_("Received"))
    due_on = tables.DayColumn(verbose_name=_("Proposed date"))
    state = ProposalStateColumn(verbose_name=_("State"))
    reason = tables.Column(verbose_name=_("Because"), orderable=False)


class CalendarTable(tables.Table):
    """What is due, of all rooms."""

    title = tables.Column(verbose_name=_("What"))
    at = tables.DeadlineColumn(verbose_name=_("When"), order_by="moment")
    kind = tables.Column(accessor="label", verbose_name=_("Kind"))
    owner = tables.PersonColumn(verbose_name=_("Who"))

    def render_title(self, record: DueItem) -> SafeString:
        """Lead to what is due."""
        address = link(self.request, record.url_name, *record.args)
        return format_html('<a href="{}">{}</a>', address, words.said(record.title))

    def value_title(self, record: DueItem) -> str:
        """Say what is due, without the link."""
        return record.title
