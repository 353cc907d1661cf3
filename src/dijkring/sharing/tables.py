# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of sharing, and how an agreement stands in words."""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.core import clock
from dijkring.organisations.tables import ActColumn, ActTable
from dijkring.sharing.kinds import words_of
from dijkring.sharing.models import Agreement, Handover, Mandate, Record
from dijkring.sharing.selectors import Terms
from dijkring.ui import tables, words
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


def records_words(agreement: Agreement | Terms) -> str:
    """Say what is shared, in words."""
    return ", ".join(str(Record(one).label) for one in agreement.records if one in Record.values)


class LookColumn(tables.StateColumn):
    """How the agreement of the row stands."""

    def render(self, record: Agreement) -> SafeString:  # type: ignore[override]
        return super().render(look_of(record), record)

    def value(self, record: Agreement) -> str:  # type: ignore[override]
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

    kind = tables.LinkColumn("sharing:handover", verbose_name=_("What"))
    organisation = tables.Column(verbose_name=_("Sender"), order_by="organisation__sort_name")
    receiver = tables.Column(verbose_name=_("Receiver"), order_by="receiver__sort_name")
    made_at = tables.MomentColumn(verbose_name=_("Handed over"))
    state = tables.StateColumn(accessor="pk", verbose_name=_("State"), orderable=False)
    because = tables.Column(
        accessor="pk", empty_values=(), verbose_name=_("Because"), orderable=False
    )

    def render_kind(self, record: Handover) -> Any:
        """Lead to what was handed over, in its own words."""
        return self.base_columns["kind"].render(words_of(record), record, self)

    def value_kind(self, record: Handover) -> str:
        """Say what was handed over."""
        return words_of(record)

    def render_state(self, record: Any) -> Any:
        """Tell how it stands."""
        column = self.base_columns["state"]
        return column.render(handover_look(record), record)

    def value_state(self, record: Any) -> str:
        """Return the word of the state."""
        return str(handover_look(record).word)

    def render_because(self, record: Any) -> str:
        """Say why it was refused or declined."""
        return self.value_because(record) or words.NOTHING

    def value_because(self, record: Any) -> str:
        """Return why it was refused or declined."""
        return str(record.refusal or record.answer_reason)


def handover_look(handover: Handover) -> State:
    """Return how a handover stands: under way, failed, taken up, accepted or declined."""
    if handover.taken_at is None:
        under_way = State(gettext("under way"), "waiting")
        return STATES["failed"] if handover.failed_at else under_way
    if handover.refusal:
        return STATES["failed"]
    if handover.answer == Handover.Answer.ACCEPTED:
        return State(gettext("accepted"), "met", "met")
    if handover.answer == Handover.Answer.DECLINED:
        return State(gettext("declined"), "not-met", "not-met")
    return State(gettext("taken up, waits for an answer"), "waiting")
