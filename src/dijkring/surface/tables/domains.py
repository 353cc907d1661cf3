# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of domains."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, pgettext_lazy

from dijkring.surface.models import Domain
from dijkring.ui import states, tables
from dijkring.ui.links import link
from dijkring.ui.states import State

# What a domain can be beside the states of its facts.
STATES = {
    Domain.State.REGISTERED: State(gettext_lazy("waiting for proof"), "lock"),
    Domain.State.REMOVED: State(
        pgettext_lazy("domain", "removed"), "not-applicable", "not-applicable"
    ),
}


def state_of(key: str) -> State:
    """Return how the state of a domain looks."""
    return STATES.get(key) or states.state_of(key)  # type: ignore[call-overload]


class DomainStateColumn(tables.Column):
    """The worst of what is mandatory, or why there is nothing to say."""

    def render(self, value: Any) -> SafeString:
        """Draw the badge."""
        return states.badge(state_of(value))

    def value(self, value: Any) -> str:
        """Return the word."""
        return str(state_of(value).word)


class CountColumn(tables.NumberColumn):
    """A count that leads to its facts on the page of the domain."""

    def __init__(self, state: str, **options: Any) -> None:
        super().__init__(**options)
        self.state = state

    def render(self, value: int, record: Any, table: Any) -> Any:  # type: ignore[override]
        """Draw a link, or the bare nought."""
        if not value:
            return value
        address = link(table.request, "surface:domain", record.pk)
        return format_html('<a href="{}?state={}">{}</a>', address, self.state, value)


class DomainTable(tables.Table):
    """Domains with what their facts add up to."""

    name = tables.LinkColumn("surface:domain", verbose_name=gettext_lazy("Domain"))
    state = DomainStateColumn(verbose_name=gettext_lazy("State"))
    not_met = CountColumn("fail", verbose_name=gettext_lazy("Not met"))
    not_measured = CountColumn("not_measured", verbose_name=gettext_lazy("Not measured"))
    met = CountColumn("pass", verbose_name=gettext_lazy("Met"))
    advice = CountColumn("advice", verbose_name=gettext_lazy("Advice"))
    measured_at = tables.MomentColumn(verbose_name=gettext_lazy("Last measured"))
    responsible = tables.Column(verbose_name=gettext_lazy("Hosted by"))
