# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of crises and of the log."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dijkring.crisis import look
from dijkring.ui import tables


class CrisisTable(tables.Table):
    """Crises, or exercises."""

    reference = tables.LinkColumn(
        "crisis:crisis", verbose_name=_("Number"), order_by=("year", "number")
    )
    title = tables.Column(verbose_name=_("Title"))
    level = tables.LookColumn(
        look.crisis_look, verbose_name=pgettext_lazy("crisis", "Level"), order_by="level"
    )
    incident = tables.Column(verbose_name=_("Incident"), orderable=False)
    opened_at = tables.MomentColumn(verbose_name=_("Opened"))
    ended_at = tables.MomentColumn(verbose_name=_("Ended"))


class LogTable(tables.Table):
    """The log of a crisis."""

    serial = tables.NumberColumn(verbose_name=_("No."))
    at = tables.MomentColumn(verbose_name=_("When"))
    kind = tables.Column(verbose_name=_("Kind"))
    text = tables.Column(
        verbose_name=_("What happened"), orderable=False, attrs={"td": {"class": "unbound"}}
    )
    source = tables.Column(verbose_name=_("Known from"), orderable=False)
    recorded_by = tables.Column(verbose_name=_("Written by"))
    recorded_at = tables.MomentColumn(verbose_name=_("Written down"))
