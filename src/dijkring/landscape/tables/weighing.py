# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of single points, concentration, and promises that cannot be kept."""

from typing import Any
from urllib.parse import urlencode

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.landscape.moments import KINDS, chain_words, kind_words
from dijkring.landscape.selectors.weighing import Broken, Weight
from dijkring.landscape.tables.whatif import SecondsColumn
from dijkring.ui import tables
from dijkring.ui.links import link


class _Weighed(tables.Table):
    """What falls with something, whatever it is."""

    def render_name(self, value: str, record: Weight) -> SafeString:
        """Lead to what happens when it fails."""
        query = urlencode({record.start.kind: record.start.value})
        address = f"{link(self.request, 'landscape:what_if')}?{query}"
        return format_html('<a href="{}">{}</a>', address, value)

    def render_kind(self, value: str) -> str:
        """Say what it is."""
        return str(KINDS.get(value, value))

    value_kind = render_kind


class SinglePointTable(_Weighed):
    """Assets that take others along."""

    name = tables.Column(accessor="start__name", verbose_name=_("When this fails"))
    kind = tables.Column(verbose_name=_("Kind"))
    tasks = tables.NumberColumn(verbose_name=_("Statutory tasks that fall"))
    residents = tables.NumberColumn(verbose_name=_("Residents touched"))
    others = tables.NumberColumn(verbose_name=_("Other assets that fall"))


class ConcentrationTable(_Weighed):
    """Names on which much hangs."""

    name = tables.Column(accessor="start__name", verbose_name=_("When all of this fails"))
    own = tables.NumberColumn(verbose_name=_("Assets of its own"))
    share = tables.PercentageColumn(verbose_name=_("Of everything, falls"))
    tasks = tables.NumberColumn(verbose_name=_("Statutory tasks that fall"))
    residents = tables.NumberColumn(verbose_name=_("Residents touched"))


class ConflictTable(tables.Table):
    """Promises that cannot be kept."""

    name = tables.LinkColumn("landscape:conflict", accessor="node__name", verbose_name=_("What"))
    kind = tables.Column(accessor="node", order_by="node__kind", verbose_name=_("Kind"))
    promised = SecondsColumn(accessor="conflict__promised", verbose_name=_("Promises"))
    possible = SecondsColumn(accessor="conflict__possible", verbose_name=_("Can be back after"))
    cause = tables.Column(accessor="cause__name", verbose_name=_("Because of"))
    when = tables.Column(accessor="together", verbose_name=_("When"), empty_values=(None,))
    why = tables.Column(accessor="path", orderable=False, verbose_name=_("By way of"))

    def render_kind(self, value: Any) -> str:
        """Say what it is."""
        return kind_words(value)

    value_kind = render_kind

    def render_when(self, value: bool) -> str:
        """Say whether one failure is enough."""
        return gettext("only if several fail together") if value else gettext("one is enough")

    value_when = render_when

    def render_why(self, value: Any) -> str:
        """Say the chain, the cause first."""
        return chain_words(value)

    def value_why(self, record: Broken) -> str:
        """Say the chain, the cause first."""
        return chain_words(record.path)
