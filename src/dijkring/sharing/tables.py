# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of sharing, and how an agreement stands in words."""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.core import clock
from dijkring.organisations.tables import ActColumn, ActTable
from dijkring.sharing.models import Agreement, Mandate, Record
from dijkring.sharing.services.handovers import label_of
from dijkring.ui import tables
from dijkring.ui.states import STATES, State


def look_of(agreement: Agreement) -> State:
    """Return how an agreement stands now: by its signatures, its dates and the clock."""
    return _looks()[where(agreement)]


def where(agreement: Agreement) -> str:
    """Return in which phase an agreement is now; its signatures should be fetched already."""
    now, signatures = clock.now(), agreement.signatures.all()
    if agreement.state != Agreement.State.SIGNED:
        return agreement.state
    if any(one.withdrawn_at for one in signatures):
        return "ended"
    if agreement.ends_at <= now:
        return "expired"
    if len(signatures) < 2:
        return "offered"
    return "coming" if agreement.starts_at > now else "in_force"


def _looks() -> dict[str, State]:
    return {
        "draft": State(gettext("draft"), "info"),
        "offered": State(gettext("waits for the receiver"), "waiting"),
        "coming": State(gettext("signed, begins later"), "waiting"),
        "in_force": State(gettext("in force"), "met", "met"),
        "expired": State(gettext("expired"), "not-applicable", "not-applicable"),
        "ended": State(gettext("ended"), "not-applicable", "not-applicable"),
    }


def records_words(agreement: Agreement) -> str:
    """Say what is shared, in words."""
    return ", ".join(str(Record(one).label) for one in agreement.records if one in Record.values)


class LookColumn(tables.StateColumn):
    """How the agreement of the row stands."""

    def render(self, record: Agreement, **_more: Any) -> SafeString:  # type: ignore[override]
        return super().render(look_of(record), record)

    def value(self, record: Agreement, **_more: Any) -> str:  # type: ignore[override]
        """Return the word of the state."""
        return super().value(look_of(record))


class AgreementTable(tables.Table):
    """Agreements: what we give and what we get."""

    organisation = tables.LinkColumn(
        "sharing:agreement", verbose_name=_("Who shares"), order_by="organisation__sort_name"
    )
    receiver = tables.Column(verbose_name=_("Who may look"), order_by="receiver__sort_name")
    records = tables.Column(verbose_name=_("What"), orderable=False)
    detail = tables.Column(accessor="get_detail_display", verbose_name=_("Detail"))
    ends_at = tables.DayColumn(verbose_name=_("Until"))
    state = LookColumn(verbose_name=_("State"), orderable=False)

    def render_records(self, record: Agreement) -> str:
        """Say what is shared."""
        return records_words(record)

    def value_records(self, record: Agreement) -> str:
        """Say what is shared."""
        return records_words(record)


class SignatureTable(tables.Table):
    """The signatures under an agreement."""

    organisation = tables.Column(verbose_name=_("For"), orderable=False)
    name = tables.Column(verbose_name=_("Who"), orderable=False)
    ground = tables.Column(verbose_name=_("Mandate"), orderable=False)
    signed_at = tables.MomentColumn(verbose_name=_("Signed"), orderable=False)
    withdrawn_at = tables.MomentColumn(verbose_name=_("Withdrawn"), orderable=False)
    withdrawal_reason = tables.Column(verbose_name=_("Because"), orderable=False)


class LookTable(tables.Table):
    """Who looked at what we share."""

    name = tables.Column(verbose_name=_("Who"))
    organisation = tables.Column(verbose_name=_("Of"), order_by="organisation__sort_name")
    what = tables.Column(accessor="get_what_display", verbose_name=_("What"), order_by="what")
    about = tables.Column(verbose_name=_("About"))
    at = tables.MomentColumn(verbose_name=_("When"))


class MandateTable(ActTable):
    """Mandates to sign."""

    act_right = "sharing.mandate"
    act_columns = ("withdraw",)
    user = tables.PersonColumn(verbose_name=_("Who"), order_by="user__name")
    decision = tables.Column(verbose_name=_("Decision"))
    since = tables.DayColumn(verbose_name=_("From"))
    until = tables.DayColumn(verbose_name=_("Until"))
    given_by = tables.PersonColumn(verbose_name=_("Given by"), order_by="given_by__name")
    withdrawn_at = tables.MomentColumn(verbose_name=_("Withdrawn"))
    withdraw = ActColumn("sharing:withdraw_mandate", _("Withdraw"))

    def render_withdraw(self, record: Mandate) -> Any:
        """Offer to withdraw what still runs."""
        column = self.base_columns["withdraw"]
        return "" if record.withdrawn_at else column.render(record.pk, record, self)


class HandoverTable(tables.Table):
    """What was handed over."""

    kind = tables.Column(verbose_name=_("What"))
    organisation = tables.Column(verbose_name=_("From"), order_by="organisation__sort_name")
    receiver = tables.Column(verbose_name=_("To"), order_by="receiver__sort_name")
    made_at = tables.MomentColumn(verbose_name=_("Handed over"))
    taken_at = tables.MomentColumn(verbose_name=_("Taken up"))
    state = tables.StateColumn(accessor="pk", verbose_name=_("State"), orderable=False)
    refusal = tables.Column(verbose_name=_("Because"), orderable=False)

    def render_kind(self, value: str) -> str:
        """Name the kind."""
        return label_of(value)

    def value_kind(self, value: str) -> str:
        """Name the kind."""
        return label_of(value)

    def render_state(self, record: Any) -> Any:
        """Tell whether it was taken up."""
        column = self.base_columns["state"]
        return column.render(handover_look(record), record)

    def value_state(self, record: Any) -> str:
        """Return the word of the state."""
        return str(handover_look(record).word)


def handover_look(handover: Any) -> State:
    """Return how a handover stands: waiting, refused or taken up."""
    if handover.taken_at is None:
        return STATES["queued"]
    return STATES["failed"] if handover.refusal else STATES["done"]
