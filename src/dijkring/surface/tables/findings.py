# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of findings: one to read, one to take along, one to choose from."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.core import clock
from dijkring.evidence.selectors.lists import kind_label, reason_of
from dijkring.surface import names
from dijkring.surface.facts import SOURCE
from dijkring.surface.imported_facts import SOURCES
from dijkring.surface.panels.domains import CATEGORIES, LEVELS
from dijkring.surface.selectors import findings as selectors
from dijkring.ui import states, tables, words
from dijkring.ui.links import link

SEVERITIES = {"high": _("high"), "normal": _("medium"), "low": _("low")}
LEVEL_WORDS = [LEVELS[level] for level in selectors.LEVELS]


def severity_words(rank: int) -> str:
    """Say how grave a finding is, from its place in the order."""
    return str(SEVERITIES[selectors.SEVERITIES[rank]])


def category_words(kind: str) -> str:
    """Say to which category a kind belongs; one that nobody named as it is."""
    category = selectors.category_of(kind)
    return str(CATEGORIES.get(category, category))


def subject_words(subject: str) -> str:
    """Write a subject as people do: the name, and the address behind it."""
    name, slash, address = subject.partition("/")
    return f"{names.shown(name)}{slash}{address}"


def source_words(source: str) -> str:
    """Name the source of a finding."""
    return gettext("own measurement") if source == SOURCE else SOURCES.get(source, source)


def sources_words(row: Any) -> str:
    """Name all who say a finding; nothing when only we do."""
    sources = getattr(row, "sources", None) or [row.source]
    return "" if sources == [SOURCE] else ", ".join(source_words(one) for one in sources)


def note(row: Any) -> str:
    """Say what else there is to a finding: accepted, solved, or not confirmed any more."""
    if row.until is not None:
        return gettext("solved on %(day)s") % {"day": words.date_words(row.until)}
    if row.accepted_until:
        return gettext("accepted until %(day)s") % {"day": words.date_words(row.accepted_until)}
    lapsed = row.state == "fail" and row.valid_until <= clock.now()
    return gettext("unconfirmed") if lapsed else ""


class WhatColumn(tables.LinkColumn):
    """What was found, with its category below it, leading to the finding."""

    def render(self, value: str, record: Any, table: Any) -> SafeString:  # type: ignore[override]
        """Draw both."""
        found = super().render(kind_label(value), record, table)
        category = category_words(value)
        return format_html('{}<br><span class="soft small">{}</span>', found, category)

    def value(self, value: str) -> str:
        """Return the words of the kind."""
        return kind_label(value)


class FindingStateColumn(tables.Column):
    """The state that holds now, and what else there is to say of it."""

    def render(self, value: str, record: Any) -> SafeString:  # type: ignore[override]
        """Draw the badge; what was solved is met."""
        state = "pass" if record.until is not None else value
        said = note(record)
        below = format_html('<br><span class="soft small">{}</span>', said) if said else ""
        return format_html("{}{}", states.badge(state), below)

    def value(self, value: str, record: Any) -> str:  # type: ignore[override]
        """Return all of it in words."""
        word = states.state_of("pass" if record.until is not None else value).word
        said = note(record)
        return f"{word} ({said})" if said else str(word)


class ActionColumn(tables.Column):
    """Who is busy with it and until when, leading to the action."""

    def render(self, value: int, record: Any, table: Any) -> SafeString:  # type: ignore[override]
        """Draw the owner as a link, and the due date below it."""
        due = words.deadline_tag(record.action_due) if record.action_due else ""
        return format_html(
            '<a href="{}">{}</a><br><span class="small">{}</span>',
            link(table.request, "actions:action", value),
            words.person_words(record.action_owner),
            due,
        )

    def value(self, value: int, record: Any) -> str:  # type: ignore[override]
        """Return the owner and the date."""
        due = f", {record.action_due.isoformat()}" if record.action_due else ""
        return f"{words.person_words(record.action_owner)}{due}"


class FindingTable(tables.Table):
    """Findings, the gravest first."""

    kind = WhatColumn("surface:finding", verbose_name=_("Finding"))
    subject = tables.Column(verbose_name=_("About"), attrs={"td": {"class": "unbound"}})
    severity = tables.Column(verbose_name=_("Severity"))
    shown = FindingStateColumn(verbose_name=_("State"))
    state_since = tables.DayColumn(verbose_name=_("First seen"))
    confirmed = tables.DayColumn(verbose_name=_("Last seen"))
    action_pk = ActionColumn(verbose_name=_("In progress"), order_by=("action_due",))
    hoster = tables.Column(verbose_name=_("Hosted by"))

    def render_subject(self, value: str, record: Any) -> SafeString | str:
        """Write the subject as people do, and who else says so."""
        said = sources_words(record)
        words = subject_words(value)
        below = '{}<br><span class="soft small">{}</span>'
        return format_html(below, words, said) if said else words

    def value_subject(self, value: str) -> str:
        """Return the subject."""
        return subject_words(value)

    def render_severity(self, value: int, record: Any) -> SafeString:
        """Say how grave it is, and whether it is mandatory."""
        level = LEVEL_WORDS[record.level]
        return format_html('{}<br><span class="soft small">{}</span>', severity_words(value), level)

    def value_severity(self, value: int) -> str:
        """Return only how grave it is."""
        return severity_words(value)


class ChoiceTable(FindingTable):
    """Findings to choose from, for whoever may do something with them."""

    choose = tables.Column(
        verbose_name=_("Choose"), accessor="pk", orderable=False, exclude_from_export=True
    )

    def render_choose(self, value: int, record: Any) -> SafeString | str:
        """Draw a tick box of the form below the table; only what fails can be chosen."""
        if record.state != "fail" or record.until is not None:
            return ""
        label = gettext("Choose %(what)s on %(subject)s") % {
            "what": kind_label(record.kind),
            "subject": record.subject,
        }
        return format_html(
            '<input type="checkbox" name="finding" value="{}" form="selection" aria-label="{}">',
            value,
            label,
        )


class FindingSheet(FindingTable):
    """What stands below another thing on the page has a column of its own in a file."""

    category = tables.Column(accessor="kind", verbose_name=_("Category"))
    level = tables.Column(verbose_name=_("Level"))
    reason = tables.Column(accessor="detail", verbose_name=_("Explanation"))
    accepted_until = tables.DayColumn(verbose_name=_("Accepted until"))
    source = tables.Column(verbose_name=_("Source"))

    def value_category(self, value: str) -> str:
        """Return the words of the category."""
        return category_words(value)

    def value_level(self, value: int) -> str:
        """Return the word of the level."""
        return str(LEVEL_WORDS[value])

    def value_reason(self, record: Any) -> str:
        """Return why it is so."""
        return reason_of(record)

    def value_source(self, value: str, record: Any) -> str:
        """Return the names of all sources."""
        return sources_words(record) or source_words(value)
