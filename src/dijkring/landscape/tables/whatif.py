# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of what fails when something fails, of who to call, and of scenarios."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.landscape.countries import name_of
from dijkring.landscape.models import Scenario, ScenarioStart
from dijkring.landscape.moments import kind_words, path_words, seconds_words
from dijkring.landscape.selectors.whatif import HOUR, Caller, Harm
from dijkring.ui import tables
from dijkring.ui.states import State

LOOKS = {
    "fails": State(_("fails"), "not-met", "not-met"),
    "hindered": State(_("is hindered"), "show-again", "show-again"),
}


class SecondsColumn(tables.NumberColumn):
    """A time in words; in a file in hours."""

    def render(self, value: Any) -> str:
        return seconds_words(value) or "—"

    def value(self, value: Any) -> Any:
        """Return the hours as a number."""
        return None if value is None else round(value / HOUR, 2)


def start_words(start: ScenarioStart) -> str:
    """Say what fails."""
    return name_of(start.words) if start.kind == ScenarioStart.Kind.COUNTRY else str(start)


def look(harm: Harm) -> State:
    """Return whether it fails or is hindered."""
    return LOOKS[harm.state]


class NodeColumn(tables.LinkColumn):
    """The name of an asset, leading to its page; a part of another's landscape has none here."""

    def __init__(self, **options: Any) -> None:
        super().__init__("landscape:asset", **options)

    def render(self, value: Any, record: Any, table: Any) -> SafeString:  # type: ignore[override]
        """Write the name, with a link where there is a page, and what it is, within whom."""
        shown = (
            format_html("{}", value)
            if record.node.theirs
            else super().render(value=value, record=record, table=table)
        )
        return format_html('{}<br><span class="soft">{}</span>', shown, kind_words(record.node))


class HarmTable(tables.Table):
    """What happens, the earliest first."""

    name = NodeColumn(accessor="node__name", verbose_name=_("What"))
    seconds = SecondsColumn(verbose_name=_("After"))
    state = tables.LookColumn(look, verbose_name=_("What happens"), orderable=False)
    why = tables.Column(accessor="path", orderable=False, verbose_name=_("By"))
    too_long = SecondsColumn(verbose_name=_("Missed too long after"), empty_values=())
    residents = tables.NumberColumn(accessor="node__residents", verbose_name=_("Residents"))
    owner = tables.Column(accessor="node__owner", verbose_name=_("Owner"), empty_values=())
    kind = tables.Column(accessor="node", order_by="node__kind", verbose_name=_("Kind"))

    def __init__(self, *args: Any, request: Any = None, **options: Any) -> None:
        super().__init__(*args, request=request, **options)
        # What it is stands under the name on the page, and in a column of its own in a file.
        if request is None or not request.GET.get("export"):
            self.columns.hide("kind")

    def value_kind(self, value: Any) -> str:
        """Say what it is, and within whom."""
        return kind_words(value)

    def render_owner(self, value: Any, record: Harm) -> str:
        """Name the owner, or say that there is none; a service of another has none here."""
        return value or ("—" if record.node.within else gettext("nobody yet"))

    def value_owner(self, value: Any) -> str:
        """Name the owner."""
        return value or ""

    def render_why(self, record: Harm) -> str:
        """Say the shortest explanation."""
        return self.value_why(record)

    def value_why(self, record: Harm) -> str:
        """Say the shortest explanation."""
        return path_words(record.landscape, record.path)


class CallerTable(tables.Table):
    """Who to call, suppliers of what fails first."""

    name = tables.Column(verbose_name=_("Who"), orderable=False)
    contact = tables.Column(verbose_name=_("Address"), orderable=False)
    role = tables.Column(
        accessor="party_id", verbose_name=_("Why"), empty_values=(), orderable=False
    )
    assets = tables.NumberColumn(verbose_name=_("Assets"), orderable=False)
    seconds = SecondsColumn(verbose_name=_("Needed from"), orderable=False)

    def render_role(self, record: Caller) -> str:
        """Say whether it is who delivers or who owns."""
        if record.party_id or record.provides:
            return gettext("delivers what fails")
        return gettext("owns what is hit")


class ScenarioTable(tables.Table):
    """Scenarios that are kept."""

    name = tables.LinkColumn("landscape:scenario", verbose_name=_("Scenario"))
    starts = tables.Column(accessor="pk", orderable=False, verbose_name=_("What fails"))
    description = tables.Column(verbose_name=_("Description"), orderable=False)
    added_by = tables.PersonColumn(verbose_name=_("Made by"), order_by="added_by__name")
    added_at = tables.DayColumn(verbose_name=_("On"))

    def render_starts(self, record: Scenario) -> str:
        """Name what fails."""
        return self.value_starts(record)

    def value_starts(self, record: Scenario) -> str:
        """Name what fails."""
        return ", ".join(start_words(one) for one in record.starts.all())
