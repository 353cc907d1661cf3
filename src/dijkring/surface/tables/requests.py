# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of requests to suppliers, and of what others heard."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dijkring.evidence.selectors.lists import kind_label
from dijkring.surface import names
from dijkring.surface.selectors import requests as selectors
from dijkring.surface.selectors.requests import Shared
from dijkring.surface.tables.findings import subject_words
from dijkring.ui import states, tables, words
from dijkring.ui.states import State

LOOKS = {
    "asked": State(_("asked"), "waiting"),
    "silent": State(_("no answer"), "warning", "not-met"),
    selectors.MEND: State(_("will be mended"), "busy", "busy"),
    selectors.CANNOT: State(_("cannot be mended"), "not-met", "not-met"),
    selectors.NOT_OURS: State(_("not theirs"), "not-met", "not-met"),
    "mended": State(_("mended"), "met", "met"),
    "withdrawn": State(pgettext_lazy("request", "withdrawn"), "not-applicable", "not-applicable"),
}


def look(request: Any) -> State:
    """Return how a request stands."""
    return LOOKS[selectors.state(request)]


class DueColumn(tables.DeadlineColumn):
    """When it should be mended; what is left of it only while the request is open."""

    def render(self, record: Any) -> Any:
        day = selectors.due_on(record)
        return super().render(day) if selectors.is_open(record) else words.time_tag(day)

    def value(self, record: Any) -> Any:
        """Return the day."""
        return selectors.due_on(record)


class RequestTable(tables.Table):
    """Requests to suppliers."""

    supplier = tables.LinkColumn("surface:request", verbose_name=_("Supplier"))
    state = tables.LookColumn(look, verbose_name=_("State"), orderable=False)
    lines_open = tables.Column(verbose_name=_("Not mended yet"))
    due_on = DueColumn(verbose_name=_("Mended by"))
    made_at = tables.MomentColumn(verbose_name=_("Asked"))
    answered_at = tables.MomentColumn(verbose_name=_("Answered"))

    def render_lines_open(self, record: Any) -> str:
        """Show what is left with all there was."""
        return self.value_lines_open(record)

    def value_lines_open(self, record: Any) -> str:
        """Return '2 of 3'."""
        return gettext("%(open)d of %(all)d") % {
            "open": record.lines_open,
            "all": record.lines_all,
        }


class LineTable(tables.Table):
    """What a request is about."""

    subject = tables.Column(verbose_name=_("Where"), orderable=False)
    kind = tables.Column(verbose_name=_("What"), orderable=False)
    fact = tables.Column(verbose_name=_("State"), orderable=False, empty_values=())
    since = tables.DayColumn(verbose_name=_("Since"), orderable=False)

    def render_subject(self, value: str) -> str:
        """Write the name as people do."""
        return subject_words(value)

    def render_kind(self, value: str) -> str:
        """Return the words of the kind."""
        return kind_label(value)

    def render_fact(self, value: Any) -> SafeString:
        """Say whether it fails still."""
        return states.badge("fail" if value else LOOKS["mended"])


class SharedTable(tables.Table):
    """What others asked and heard about names that are ours as well."""

    names = tables.Column(verbose_name=_("Domain names"), orderable=False)
    organisation = tables.Column(verbose_name=_("Asked by"))
    supplier = tables.Column(verbose_name=_("Supplier"))
    choice = tables.Column(verbose_name=_("Answer"), empty_values=(), orderable=False)
    day = tables.DateColumn(verbose_name=_("Mended by"))
    asked_at = tables.DayColumn(verbose_name=_("Asked"))

    def render_names(self, value: list[str]) -> str:
        """Write the names one after another."""
        return ", ".join(names.shown(one) for one in value)

    def render_choice(self, record: Shared) -> SafeString:
        """Draw the answer with its words below it."""
        state = LOOKS[record.choice] if record.choice else LOOKS["asked"]
        below = format_html('<br><span class="soft">{}</span>', record.answer)
        return format_html("{}{}", states.badge(state), below if record.answer else "")
