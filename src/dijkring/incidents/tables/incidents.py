# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of incidents, open clocks and house rules."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from dijkring.incidents import words as said
from dijkring.incidents.models import HouseRule, Incident
from dijkring.incidents.selectors import clocks
from dijkring.incidents.selectors.clocks import Clock
from dijkring.incidents.selectors.incidents import category_words
from dijkring.ui import states, tables, words
from dijkring.ui.links import link


def next_clock(request: Any, record: Incident) -> Clock | None:
    """Return the clock that asks for something first; obligations are read once per request."""
    if not hasattr(request, "obligations"):
        request.obligations = clocks.known(record.organisation_id)
    if not record.is_open:
        return None
    return clocks.next_of(clocks.of_incident(record, request.obligations))


class NextColumn(tables.DeadlineColumn):
    """The next deadline of an incident, and of which report."""

    kind = "datetime"

    def render(self, record: Any, table: Any) -> Any:  # type: ignore[override]
        found = next_clock(table.request, record)
        if found is None:
            return words.NOTHING
        return format_html("{} · {}", said.title(found), words.deadline_tag(found.due))

    def value(self, record: Any, table: Any) -> Any:  # type: ignore[override]
        """Return the instant."""
        found = next_clock(table.request, record)
        return found.due if found else None


class IncidentTable(tables.Table):
    """Incidents, or exercises."""

    reference = tables.LinkColumn(
        "incidents:incident", verbose_name=_("Number"), order_by=("year", "number")
    )
    title = tables.Column(verbose_name=_("Title"))
    state = tables.LookColumn(said.look, verbose_name=_("State"), order_by="state")
    severity = tables.Column(verbose_name=_("Severity"))
    category = tables.Column(verbose_name=_("Category"))
    next = NextColumn(verbose_name=_("Next deadline"), accessor="pk", orderable=False)
    reported_at = tables.MomentColumn(verbose_name=_("Reported"))
    owner = tables.PersonColumn(verbose_name=_("Handled by"))

    def render_category(self, value: str) -> str:
        """Return the words of a category."""
        return category_words(value)

    def value_category(self, value: str) -> str:
        """Return the words of a category."""
        return category_words(value)


class MineTable(tables.Table):
    """What somebody reported, without what only handlers may see."""

    reference = tables.Column(verbose_name=_("Number"), orderable=False)
    title = tables.Column(verbose_name=_("Title"), orderable=False)
    state = tables.LookColumn(said.look, verbose_name=_("State"), orderable=False)
    reported_at = tables.MomentColumn(verbose_name=_("Reported"), orderable=False)


class ClockTable(tables.Table):
    """Every clock that runs."""

    incident = tables.Column(verbose_name=_("Incident"), orderable=False)
    report = tables.Column(accessor="standing", verbose_name=_("To be reported"), orderable=False)
    due = tables.DeadlineColumn(verbose_name=_("At the latest"), orderable=False)
    law = tables.Column(accessor="standing", verbose_name=_("Article"), orderable=False)
    standing = tables.Column(verbose_name=_("State"), orderable=False)

    def render_incident(self, record: Clock) -> SafeString:
        """Lead to the incident."""
        address = link(self.request, "incidents:incident", record.incident.pk)
        return format_html('<a href="{}">{}</a>', address, words.said(str(record.incident)))

    def value_incident(self, record: Clock) -> str:
        """Return number and title."""
        return str(record.incident)

    def render_report(self, record: Clock) -> str:
        """Name the report."""
        return said.title(record)

    def value_report(self, record: Clock) -> str:
        """Name the report."""
        return said.title(record)

    def render_law(self, record: Clock) -> str:
        """Name the article."""
        return said.article(record)

    def value_law(self, record: Clock) -> str:
        """Name the article."""
        return said.article(record)

    def render_standing(self, record: Clock) -> SafeString:
        """Say how it stands."""
        return states.badge(said.clock_look(record))

    def value_standing(self, record: Clock) -> str:
        """Say how it stands."""
        return str(said.clock_look(record).word)


def rule_look(rule: HouseRule) -> states.State:
    """Return whether a house rule is in use."""
    return USED if rule.retired_at is None else RETIRED


USED = states.State(_("in use"), "met", "met")
RETIRED = states.State(_("out of use"), "not-applicable", "not-applicable")


class RuleTable(tables.Table):
    """House rules."""

    name = tables.LinkColumn("incidents:rule", verbose_name=_("Name"))
    state = tables.LookColumn(rule_look, verbose_name=_("State"), orderable=False)
    added_at = tables.DayColumn(verbose_name=_("Added"))
