# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The list beside the drawing, which says all that the drawing does."""

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.landscape.countries import name_of
from dijkring.landscape.moments import KINDS, kind_words, length_words
from dijkring.landscape.selectors.drawing import Edge, Shown
from dijkring.landscape.tables.whatif import NodeColumn
from dijkring.ui import tables
from dijkring.ui.links import link


def edges_words(edges: Sequence[Edge], *, up: bool) -> str:
    """Name the other ends, with how and for how long it can do without."""
    return ", ".join(_edge_words(one, up) for one in edges)


def _edge_words(edge: Edge, up: bool) -> str:
    notes = []
    if edge.how == "group":
        notes.append(gettext("one of a group"))
    if edge.how == "degraded":
        notes.append(gettext("hindered without"))
    if edge.seconds:
        notes.append(gettext("after %(time)s") % {"time": length_words(edge.seconds)})
    name = edge.dependent.name if up else edge.needed.name
    return f"{name} ({', '.join(notes)})" if notes else name


class BelowTable(tables.Table):
    """Parts of another's landscape that an agreement shows."""

    name = tables.Column(accessor="node__name", verbose_name=_("What"))
    promised = tables.Column(accessor="node__promised", verbose_name=_("Back within"))
    supplier = tables.Column(accessor="node__supplier", verbose_name=_("Supplier"))
    country = tables.Column(accessor="node__country", verbose_name=_("Jurisdiction"))
    needs = tables.Column(verbose_name=_("Needs"))

    def render_name(self, value: str, record: Shown) -> SafeString:
        """Write the name, with what it is and where."""
        about = ", ".join(
            part for part in (str(KINDS[record.node.kind]), record.node.place) if part
        )
        return format_html('{}<br><span class="soft">{}</span>', value, about)

    def render_promised(self, value: int) -> str:
        """Say what is promised, if anything."""
        return "—" if value < 0 else length_words(value)

    def render_country(self, value: str) -> str:
        """Name the country."""
        return name_of(value)

    def render_needs(self, value: Sequence[Edge]) -> str:
        """Name what it needs."""
        return edges_words(value, up=False) or "—"


class GraphTable(tables.Table):
    """Assets with what they need and what needs them."""

    name = NodeColumn(accessor="node__name", verbose_name=_("What"))
    kind = tables.Column(accessor="node", order_by="node__kind", verbose_name=_("Kind"))
    needs = tables.Column(verbose_name=_("Needs"), orderable=False)
    needed_by = tables.Column(verbose_name=_("Needed by"), orderable=False)
    around = tables.Column(
        accessor="pk", verbose_name=_("Drawing"), orderable=False, exclude_from_export=True
    )

    def __init__(self, *args: Any, request: Any = None, **options: Any) -> None:
        super().__init__(*args, request=request, **options)
        # What it is stands under the name on the page, and in a column of its own in a file.
        if request is None or not request.GET.get("export"):
            self.columns.hide("kind")

    def value_kind(self, value: Any) -> str:
        """Say what it is, and within whom."""
        return kind_words(value)

    def render_needs(self, record: Shown) -> str:
        """Name what it needs."""
        return self.value_needs(record) or "—"

    def value_needs(self, record: Shown) -> str:
        """Name what it needs."""
        return edges_words(record.needs, up=False)

    def render_needed_by(self, record: Shown) -> str:
        """Name what needs it."""
        return self.value_needed_by(record) or "—"

    def value_needed_by(self, record: Shown) -> str:
        """Name what needs it."""
        return edges_words(record.needed_by, up=True)

    def render_around(self, record: Shown) -> SafeString:
        """Lead to the drawing of what lies around it."""
        address = f"{link(self.request, 'landscape:graph')}?asset={record.pk}"
        words = gettext("around it")
        label = f"{words}: {record.node.name}"
        return format_html('<a href="{}" aria-label="{}">{}</a>', address, label, words)
