# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of findings: one to read, one to take along, one to choose from."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_tables2.data import TableData

from dijkring.surface import names
from dijkring.surface.facts import SOURCE
from dijkring.surface.imported_facts import SOURCES
from dijkring.surface.panels.domains import CATEGORIES, LEVELS
from dijkring.surface.selectors import findings as selectors
from dijkring.surface.selectors.findings import Finding, Work
from dijkring.surface.selectors.findings_listed import Listed
from dijkring.ui import states, tables, words
from dijkring.ui.links import link

SEVERITIES = {"high": _("high"), "normal": _("medium"), "low": _("low")}
LEVEL_WORDS = [LEVELS[level] for level in selectors.LEVELS]
_BELOW = '{}<br><span class="soft small">{}</span>'


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


def sources_words(row: Finding) -> str:
    """Name all who say a finding; nothing when only we do."""
    said = [source_words(one) for one in row.sources]
    return "" if row.sources == (SOURCE,) else ", ".join(said)


def state_of(row: Finding) -> str:
    """Return the state to show; what was solved is met."""
    return "pass" if row.until is not None else row.shown


def note(row: Finding) -> str:
    """Say what else there is to a finding: accepted, solved, or not confirmed any more."""
    if row.until is not None:
        return gettext("solved on %(day)s") % {"day": words.date_words(row.until)}
    if row.accepted_until:
        return gettext("accepted until %(day)s") % {"day": words.date_words(row.accepted_until)}
    if row.unconfirmed:
        day = words.date_words(row.confirmed)
        return gettext("unconfirmed, last seen on %(day)s") % {"day": day}
    return ""


def below(value: Any, more: Any) -> SafeString:
    """Draw a value with something small below it, if there is something."""
    return format_html(_BELOW, value, more) if more else format_html("{}", value)


class FindingData(TableData):  # type: ignore[misc]  # the library has no types
    """Findings as a table takes them: only the page that is shown is read."""

    data: Listed

    def __len__(self) -> int:
        return len(self.data)

    def order_by(self, aliases: Any) -> None:
        """Order by columns of the table, a minus in front for the other way round."""
        names: list[str] = []
        for alias in aliases:
            same = self.table.columns[alias.lstrip("-")].column.order_by or (alias.lstrip("-"),)
            names += [f"-{one}" if alias.startswith("-") else str(one) for one in same]
        self.data = self.data.ordered(*names)


class _Findings(tables.Table):
    def __init__(self, data: Listed, **options: Any) -> None:
        super().__init__(FindingData(data), **options)


class FindingTable(_Findings):
    """Findings, the gravest first; what is small stands below what it belongs to."""

    label = tables.LinkColumn("surface:finding", verbose_name=_("Finding"))
    subject = tables.Column(verbose_name=_("About"), attrs={"td": {"class": "unbound"}})
    severity = tables.Column(verbose_name=_("Severity"), order_by=("severity", "level"))
    shown = tables.Column(verbose_name=_("State"))
    since = tables.DayColumn(verbose_name=_("First seen"))
    work = tables.Column(verbose_name=_("In progress"), order_by=("due_on",))

    def render_subject(self, value: str, record: Finding) -> SafeString:
        """Write the subject as people do, who hosts it, and who else says so."""
        said = [one for one in (record.hoster, sources_words(record)) if one]
        return below(subject_words(value), "; ".join(said))

    def render_severity(self, value: int, record: Finding) -> SafeString:
        """Say how grave it is, and whether it is mandatory."""
        return below(severity_words(value), LEVEL_WORDS[record.level])

    def render_shown(self, record: Finding) -> SafeString:
        """Draw the badge, and what else there is to say."""
        return below(states.badge(state_of(record)), note(record))

    def render_work(self, value: Work) -> SafeString:
        """Draw who is busy as a link to the action, and the due date."""
        address = link(self.request, "actions:action", value.pk)
        owner = format_html('<a href="{}">{}</a>', address, words.person_words(value.owner))
        due = words.deadline_tag(value.due_on) if value.due_on else ""
        return format_html('{}<br><span class="small">{}</span>', owner, due)


class ChoiceTable(FindingTable):
    """Findings to choose from, for whoever may do something with them."""

    choose = tables.Column(
        verbose_name=_("Choose"), accessor="pk", orderable=False, exclude_from_export=True
    )

    def render_choose(self, value: int, record: Finding) -> SafeString | str:
        """Draw a tick box of the form below the table; only what fails can be chosen."""
        if not record.failing:
            return ""
        what = {"what": record.label, "subject": record.subject}
        label = gettext("Choose %(what)s on %(subject)s") % what
        return format_html(
            '<input type="checkbox" name="finding" value="{}" form="selection" aria-label="{}">',
            value,
            label,
        )


class FindingSheet(_Findings):
    """What stands below another thing on the page has a column of its own in a file."""

    label = tables.Column(verbose_name=_("Finding"))
    category = tables.Column(accessor="kind", verbose_name=_("Category"))
    subject = tables.Column(verbose_name=_("About"))
    hoster = tables.Column(verbose_name=_("Hosted by"))
    severity = tables.Column(verbose_name=_("Severity"))
    level = tables.Column(verbose_name=_("Level"))
    shown = tables.Column(verbose_name=_("State"))
    reason = tables.Column(verbose_name=_("Explanation"))
    since = tables.DayColumn(verbose_name=_("First seen"))
    confirmed = tables.DayColumn(verbose_name=_("Last seen"))
    accepted_until = tables.DayColumn(verbose_name=_("Accepted until"))
    owner = tables.Column(verbose_name=_("In progress"))
    due_on = tables.DateColumn(verbose_name=_("Ready on"))
    source = tables.Column(verbose_name=_("Source"))

    def value_category(self, value: str) -> str:
        """Return the words of the category."""
        return category_words(value)

    def value_severity(self, value: int) -> str:
        """Return how grave it is."""
        return severity_words(value)

    def value_level(self, value: int) -> str:
        """Return the word of the level."""
        return str(LEVEL_WORDS[value])

    def value_shown(self, record: Finding) -> str:
        """Return the state and what else there is to say of it."""
        word, said = str(states.state_of(state_of(record)).word), note(record)
        return f"{word} ({said})" if said else word

    def value_source(self, value: str, record: Finding) -> str:
        """Return the names of all sources."""
        return sources_words(record) or source_words(value)
