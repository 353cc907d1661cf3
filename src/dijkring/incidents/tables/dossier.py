# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The table of traces."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dijkring.incidents.indicators import defang
from dijkring.incidents.models import Indicator
from dijkring.ui import tables


class IndicatorTable(tables.Table):
    """Traces: harmless on the page, as they are in a file for machines."""

    value = tables.Column(verbose_name=_("Trace"))
    kind = tables.Column(verbose_name=_("Kind"))
    note = tables.Column(verbose_name=_("Note"), orderable=False)
    added_at = tables.MomentColumn(verbose_name=_("Added"))

    def render_value(self, record: Indicator) -> str:
        """Show it so that nobody clicks on it."""
        return defang(record.kind, record.value)

    def value_value(self, record: Indicator) -> str:
        """Return it as it is."""
        return record.value

    def render_kind(self, record: Indicator) -> str:
        """Say what it is."""
        return str(record.get_kind_display())

    def value_kind(self, record: Any) -> str:
        """Return the kind as a short word."""
        return str(record.kind)
