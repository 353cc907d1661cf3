# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of services: ours to others, and theirs to us."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.landscape.models import Publication, ServiceTaker
from dijkring.landscape.selectors.services import Service
from dijkring.landscape.words import hours_words
from dijkring.ui import tables
from dijkring.ui.links import link
from dijkring.ui.states import State

STATES = {
    Publication.State.RUNNING: State(_("runs"), "met", "met"),
    Publication.State.HINDERED: State(_("hindered"), "warning", "show-again"),
    Publication.State.DOWN: State(_("out of order"), "not-met", "not-met"),
    Publication.State.MAINTENANCE: State(_("planned maintenance"), "waiting"),
}


def state_of(service: Publication | Service) -> State:
    """Return how a service runs."""
    return STATES[Publication.State(service.state)]


class _Services(tables.Table):
    """What every list of services has."""

    def render_rto_hours(self, value: Any) -> str:
        """Say the hours as people do."""
        return hours_words(value)

    def value_rto_hours(self, value: Any) -> Any:
        """Return the hours as a number."""
        return value

    render_rpo_hours = render_rto_hours
    value_rpo_hours = value_rto_hours


class PublishedTable(_Services):
    """The services that we provide to others."""

    name = tables.LinkColumn("landscape:service", verbose_name=_("Service"))
    state = tables.LookColumn(state_of, verbose_name=_("State"), orderable=False)
    shown_to = tables.NumberColumn(verbose_name=_("Shown to"))
    rto_hours = tables.NumberColumn(verbose_name=_("Back within"))
    rpo_hours = tables.NumberColumn(verbose_name=_("Loses at most"))
    state_since = tables.DayColumn(verbose_name=_("Since"))


class OfferedTable(_Services):
    """The services that others show to us."""

    name = tables.LinkColumn("landscape:offered", args=("service",), verbose_name=_("Service"))
    provider = tables.Column(verbose_name=_("Provided by"))
    state = tables.LookColumn(state_of, verbose_name=_("State"), orderable=False)
    rto_hours = tables.NumberColumn(verbose_name=_("Back within"))
    rpo_hours = tables.NumberColumn(verbose_name=_("Loses at most"))
    taken = tables.Column(accessor="asset_id", verbose_name=_("In our landscape"), empty_values=())

    def render_taken(self, value: int | None) -> str:
        """Say whether something of ours stands for it."""
        return str(_("yes") if value else _("no"))

    value_taken = render_taken


class TakerTable(tables.Table):
    """To whom a service is shown."""

    taker = tables.Column(verbose_name=_("Taker"))
    since = tables.DayColumn(verbose_name=_("Shown since"))
    sees = tables.Column(verbose_name=_("Sees it"))

    def render_sees(self, value: bool) -> str:
        """Say whether it sees the service, and if not, why."""
        return gettext("yes") if value else gettext("no, you no longer co-operate")

    value_sees = render_sees


class ChosenTakerTable(TakerTable):
    """To whom a service is shown, for whoever may end that."""

    end = tables.Column(accessor="pk", verbose_name=_("Do"), exclude_from_export=True)

    def render_end(self, value: int, record: ServiceTaker) -> SafeString:
        """Lead to the page that ends it."""
        address = link(self.request, "landscape:stop_showing", value)
        label = gettext("Stop showing to %(taker)s") % {"taker": record.taker}
        return format_html(
            '<a href="{}" aria-label="{}">{}</a>', address, label, gettext("Stop showing")
        )
