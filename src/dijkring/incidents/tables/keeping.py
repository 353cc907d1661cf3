# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of incidents that were kept for long enough, and of what was deleted."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.incidents.models import Deletion, Incident
from dijkring.incidents.services.keeping import RIGHT
from dijkring.ui import tables
from dijkring.ui.links import link
from dijkring.ui.states import State

WAITS = State(_("waits for a second person"), "waiting", "partly")
DELETED = State(_("deleted"), "met", "met")
WITHDRAWN = State(_("withdrawn"), "not-applicable", "not-applicable")


def look(row: Deletion) -> State:
    """Return how a deletion stands."""
    if row.done_at is not None:
        return DELETED
    return WAITS if row.withdrawn_at is None else WITHDRAWN


class OverTable(tables.Table):
    """Incidents that may be deleted."""

    reference = tables.LinkColumn(
        "incidents:incident", verbose_name=_("Number"), order_by=("year", "number")
    )
    title = tables.Column(verbose_name=_("Title"))
    closed_at = tables.DayColumn(verbose_name=_("Closed"))
    delete = tables.Column(verbose_name=_("Delete"), accessor="pk", orderable=False)

    def render_delete(self, record: Incident) -> SafeString:
        """Lead who may do so to asking it."""
        if not self.request.can(RIGHT):
            return SafeString()
        address = link(self.request, "incidents:ask_deletion", record.pk)
        return format_html(
            '<a href="{}">{}<span class="visually-hidden">: {}</span></a>',
            address, gettext("Delete…"), record.reference,
        )  # fmt: skip

    def value_delete(self, record: Any) -> str:
        """Say nothing in a file."""
        return ""


class DeletionTable(tables.Table):
    """What was asked to be deleted, and what was."""

    reference = tables.LinkColumn("incidents:deletion", verbose_name=_("Number"), orderable=False)
    state = tables.LookColumn(look, verbose_name=_("State"), orderable=False)
    closed_at = tables.DayColumn(verbose_name=_("Closed"))
    asked_by = tables.PersonColumn(verbose_name=_("Asked by"), orderable=False)
    confirmed_by = tables.PersonColumn(verbose_name=_("Agreed by"), orderable=False)
    done_at = tables.MomentColumn(verbose_name=_("Deleted"))
