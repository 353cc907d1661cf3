# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of what there is, and of who delivers it."""

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.landscape.countries import name_of
from dijkring.landscape.models import Asset, Party
from dijkring.landscape.selectors import assets as selectors
from dijkring.landscape.words import (
    USUAL_LEVELS,
    hours_words,
    jurisdiction_words,
    level_words,
    within_words,
)
from dijkring.ui import tables
from dijkring.ui.links import link
from dijkring.ui.states import State
from dijkring.ui.words import said

RETIRED = State(_("taken out"), "not-applicable", "not-applicable")
COMPLETE = State(_("complete"), "met", "met")
# The first thing that lacks is what is to be done first.
LACKING = {
    "owner": State(_("without an owner"), "not-met", "not-met"),
    "classification": State(_("not classified"), "not-met", "not-met"),
    "objectives": State(_("no objectives"), "not-met", "not-met"),
    "confirmation": State(_("to be confirmed"), "show-again", "show-again"),
}


def look(asset: Asset) -> State:
    """Return how an asset stands in the landscape."""
    if asset.retired_at is not None:
        return RETIRED
    lacking = selectors.lacks(asset)
    return LACKING[lacking[0]] if lacking else COMPLETE


def classification_words(asset: Asset, levels: Sequence[Any] = USUAL_LEVELS) -> str:
    """Say the three levels in one line; nothing when none of them is known."""
    given = (asset.availability, asset.integrity, asset.confidentiality)
    if given == (None, None, None):
        return ""
    return " · ".join(level_words(one, levels) or "?" for one in given)


class _Assets(tables.Table):
    """What is computed of an asset, for the page and for a file."""

    def render_rto_hours(self, value: Any) -> str:
        """Say the hours as people do."""
        return hours_words(value)

    render_mtpd_hours = render_rto_hours

    def value_rto_hours(self, value: Any) -> Any:
        """Return the hours as a number."""
        return value

    value_mtpd_hours = value_rto_hours


class AssetTable(_Assets):
    """Assets with the few things that decide."""

    name = tables.LinkColumn("landscape:asset", verbose_name=_("Name"))
    state = tables.LookColumn(look, verbose_name=_("State"), orderable=False)
    owner = tables.PersonColumn(verbose_name=_("Owner"), order_by="owner__name")
    party = tables.Column(verbose_name=_("Delivered by"), order_by="party__name", empty_values=())
    rto_hours = tables.NumberColumn(verbose_name=_("Back within"))
    n_needs = tables.NumberColumn(verbose_name=_("Needs"))
    n_needed_by = tables.NumberColumn(verbose_name=_("Needed by"))

    def render_name(self, value: str, record: Asset) -> SafeString:
        """Lead to the page of the asset, with what it is below its name."""
        return format_html(
            '<a href="{}">{}</a><br><span class="small">{}</span>',
            link(self.request, "landscape:asset", record.pk),
            said(value),
            record.get_kind_display(),
        )

    def render_party(self, record: Asset) -> str:
        """Name the supplier, or within whom it lies."""
        return self.value_party(record) or "—"

    def value_party(self, record: Asset) -> str:
        """Return the supplier, or within whom it lies."""
        return within_words(record) or (str(record.party) if record.party else "")


class ChoiceTable(AssetTable):
    """Assets to choose from, for whoever may confirm them."""

    choose = tables.Column(
        verbose_name=_("Choose"), accessor="pk", orderable=False, exclude_from_export=True
    )

    def render_choose(self, value: int, record: Asset) -> SafeString | str:
        """Draw a tick box of the form below the table."""
        if record.retired_at is not None:
            return ""
        label = gettext("Choose %(what)s") % {"what": record.name}
        return format_html(
            '<input type="checkbox" name="asset" value="{}" form="selection" aria-label="{}">',
            value,
            label,
        )


class AssetSheet(_Assets):
    """Everything that is said of an asset, for a file to read."""

    name = tables.Column(verbose_name=_("Name"))
    kind = tables.Column(accessor="get_kind_display", order_by="kind", verbose_name=_("Kind"))
    state = tables.LookColumn(look, verbose_name=_("State"), orderable=False)
    owner = tables.PersonColumn(verbose_name=_("Owner"), order_by="owner__name")
    party = tables.Column(verbose_name=_("Supplier"), order_by="party__name")
    provider = tables.Column(verbose_name=_("Provided by"))
    jurisdiction = tables.Column(accessor="pk", verbose_name=_("Jurisdiction"))
    classification = tables.Column(accessor="pk", verbose_name=_("A · I · C"))
    mtpd_hours = tables.NumberColumn(verbose_name=_("Can be missed (hours)"))
    rto_hours = tables.NumberColumn(verbose_name=_("Back within (hours)"))
    residents = tables.NumberColumn(verbose_name=_("Residents"))
    law = tables.Column(verbose_name=_("Law and article"))
    place = tables.Column(verbose_name=_("Place"))
    n_needs = tables.NumberColumn(verbose_name=_("Needs"))
    n_needed_by = tables.NumberColumn(verbose_name=_("Needed by"))
    confirmed_on = tables.DateColumn(verbose_name=_("Confirmed"))

    def value_jurisdiction(self, record: Asset) -> str:
        """Name the country."""
        return jurisdiction_words(record)

    def value_classification(self, record: Asset) -> str:
        """Say the levels."""
        return classification_words(record)


class PartyTable(tables.Table):
    """Who delivers to us."""

    name = tables.LinkColumn("landscape:party", verbose_name=_("Supplier"))
    jurisdiction = tables.Column(verbose_name=_("Jurisdiction"))
    body = tables.Column(verbose_name=_("In Dijkring"))
    delivers = tables.NumberColumn(verbose_name=_("Delivers"))

    def render_jurisdiction(self, record: Party) -> str:
        """Name the country."""
        return self.value_jurisdiction(record)

    def value_jurisdiction(self, record: Party) -> str:
        """Name the country."""
        return name_of(record.jurisdiction)
