# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of who is on call, of webhooks and of what was delivered to them."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from dijkring.incidents.models import Delivery, Shift
from dijkring.ui import tables
from dijkring.ui.links import link
from dijkring.ui.states import State

NOW = State(_("on call now"), "busy", "busy")
LATER = State(_("comes"), "waiting", "")
DELIVERED = {
    "taken": State(_("taken"), "met", "met"),
    "waiting": State(_("is tried again"), "waiting", "partly"),
    "given_up": State(_("given up"), "not-met", "not-met"),
}


def shift_look(shift: Shift) -> State:
    """Return whether somebody is on call now."""
    return NOW if shift.runs else LATER


def delivery_look(delivery: Delivery) -> State:
    """Return how a delivery stands."""
    return DELIVERED[delivery.state]


class ShiftTable(tables.Table):
    """Who is on call, now and later."""

    user = tables.PersonColumn(verbose_name=_("Who"), orderable=False)
    rank = tables.NumberColumn(verbose_name=_("Number"), orderable=False)
    state = tables.LookColumn(shift_look, verbose_name=_("State"), orderable=False)
    since = tables.MomentColumn(verbose_name=_("From"), orderable=False)
    until = tables.MomentColumn(verbose_name=_("Ends"), orderable=False)
    note = tables.Column(verbose_name=_("Handed over"), orderable=False, empty_values=())
    pk = tables.Column(verbose_name=_("What can be done"), orderable=False)

    def __init__(self, *args: Any, may: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not may:
            self.columns.hide("pk")

    def render_note(self, record: Shift) -> str:
        """Say by whom it was handed over, and with what note."""
        return f"{record.taken_over.user}: {record.note}" if record.taken_over else ""

    def value_note(self, record: Shift) -> str:
        """Say the same in a sheet."""
        return self.render_note(record)

    def render_pk(self, record: Shift) -> SafeString:
        """Lead to handing over, and ending."""
        address = link(self.request, "incidents:hand_over_shift", record.pk)
        return format_html('<a href="{}">{}</a>', address, _("Hand over or end"))


class DeliveryTable(tables.Table):
    """What was sent to webhooks, the newest first."""

    made_at = tables.MomentColumn(verbose_name=_("Made"), orderable=False)
    webhook = tables.Column(verbose_name=_("Webhook"), orderable=False)
    event = tables.Column(verbose_name=_("Event"), orderable=False)
    state = tables.LookColumn(delivery_look, verbose_name=_("State"), orderable=False)
    tries = tables.NumberColumn(verbose_name=_("Attempts"), orderable=False)
    answer = tables.Column(verbose_name=_("Last answer"), orderable=False)
    next_at = tables.MomentColumn(verbose_name=_("Next attempt"), orderable=False)
