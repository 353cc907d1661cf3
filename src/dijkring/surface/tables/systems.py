# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The table of the register of systems."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dijkring.surface.models import System
from dijkring.surface.selectors import systems as selectors
from dijkring.ui import tables
from dijkring.ui.states import State

RETIRED = State(_("retired"), "not-applicable", "not-applicable")
COMPLETE = State(_("complete"), "met", "met")
# The first thing that lacks is what is to be done first.
LACKING = {
    "owner": State(_("without an owner"), "not-met", "not-met"),
    "empty": State(_("nothing belongs to it"), "not-met", "not-met"),
    "review": State(_("to be reviewed"), "show-again", "show-again"),
}


def look(system: System) -> State:
    """Return how a system stands in the register."""
    if system.retired_at is not None:
        return RETIRED
    lacking = selectors.lacks(system)
    return LACKING[lacking[0]] if lacking else COMPLETE


class SystemTable(tables.Table):
    """Systems that the internet can reach."""

    name = tables.LinkColumn("surface:system", verbose_name=_("System"))
    state = tables.LookColumn(look, verbose_name=_("State"), orderable=False)
    kind = tables.Column(accessor="get_kind_display", order_by="kind", verbose_name=_("Kind"))
    part = tables.Column(accessor="get_part_display", order_by="part", verbose_name=_("We are"))
    owner = tables.PersonColumn(verbose_name=_("Owner"), order_by="owner__name")
    supplier = tables.Column(accessor="mender", order_by="supplier", verbose_name=_("Who mends it"))
    names = tables.NumberColumn(verbose_name=pgettext_lazy("domains", "Names"))
    addresses = tables.NumberColumn(verbose_name=_("Addresses"))
    reviewed_on = tables.DateColumn(verbose_name=_("Reviewed on"))
