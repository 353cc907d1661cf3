# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of identity."""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.identity.models import BreakGlass, EmergencyAccess
from dijkring.organisations.tables import ActColumn, ActTable
from dijkring.ui import tables
from dijkring.ui.states import State, badge


class MemberTable(ActTable):
    """Who has access, with a second step or without; sessions as a number."""

    act_right = "identity.manage"
    act_columns = ("end",)
    user = tables.PersonColumn(verbose_name=_("Person"), orderable=False)
    role = tables.Column(verbose_name=_("Role"), orderable=False)
    step = tables.Column(accessor="step", verbose_name=_("Second step"), orderable=False)
    sessions = tables.NumberColumn(verbose_name=_("Sessions"), orderable=False)
    end = ActColumn("identity:end_sessions", _("End the sessions"))

    def render_end(self, record: Any, column: Any, value: Any) -> Any:
        """Offer nothing to end where nothing is open."""
        return column.render(value, record, self) if record.sessions else ""


class IdentityTable(ActTable):
    """Which login of the provider belongs to which account."""

    act_right = "identity.manage"
    act_columns = ("forget",)
    user = tables.PersonColumn(verbose_name=_("Account"), orderable=False)
    claimed_email = tables.Column(verbose_name=_("The provider says"), orderable=False)
    subject = tables.Column(verbose_name=_("Known as"), orderable=False)
    seen_at = tables.MomentColumn(verbose_name=_("Last login"), orderable=False)
    forget = ActColumn("identity:forget", _("Disconnect"))


class RuleTable(tables.Table):
    """The rules, in the order that decides."""

    claim = tables.Column(verbose_name=_("Claim"), orderable=False)
    value = tables.Column(verbose_name=_("Value"), orderable=False)
    role = tables.Column(verbose_name=_("Role"), orderable=False)


class SealColumn(tables.Column):
    """Whether an envelope can be used now."""

    def render(self, record: BreakGlass) -> SafeString:
        return badge(seal_state(record))

    def value(self, record: BreakGlass) -> str:
        """Return the word of the state."""
        return str(seal_state(record).word)


def seal_state(account: BreakGlass) -> State:
    """Return how an envelope stands: sealed or open."""
    if account.code_hash:
        return State(gettext("sealed"), "met", "met")
    return State(gettext("opened; seal it again"), "not-met", "not-met")


class BreakGlassTable(ActTable):
    """The break-glass accounts."""

    act_right = "identity.manage"
    act_columns = ("seal", "withdraw")
    name = tables.Column(verbose_name=_("For"), orderable=False)
    role = tables.Column(verbose_name=_("Role"), orderable=False)
    state = SealColumn(accessor="pk", verbose_name=_("Envelope"), orderable=False)
    keeper = tables.Column(verbose_name=_("Where it lies"), orderable=False)
    sealed_at = tables.DayColumn(verbose_name=_("Sealed on"), orderable=False)
    tested_at = tables.DayColumn(verbose_name=_("Last tested"), orderable=False)
    seal = ActColumn("identity:seal", _("Seal again"))
    withdraw = ActColumn("identity:withdraw", _("Withdraw"), verbose_name=_("Or"))


class UseTable(ActTable):
    """The times that a seal was broken."""

    act_right = "identity.review"
    act_columns = ("look",)
    account = tables.Column(verbose_name=_("Account"), orderable=False)
    used_at = tables.MomentColumn(verbose_name=_("When"), orderable=False)
    who = tables.Column(verbose_name=_("Who"), orderable=False)
    why = tables.Column(verbose_name=_("Why"), orderable=False)
    reason = tables.Column(verbose_name=_("Reason"), orderable=False)
    reviewed_by = tables.PersonColumn(verbose_name=_("Looked at by"), orderable=False)
    review = tables.Column(verbose_name=_("What came out"), orderable=False)
    look = ActColumn("identity:review", _("Look at it"))

    def render_account(self, value: Any) -> str:
        """Name the account."""
        return str(value)

    value_account = render_account

    def render_look(self, record: Any, column: Any, value: Any) -> Any:
        """Offer no second look."""
        return "" if record.reviewed_at else column.render(value, record, self)


def access_state(access: EmergencyAccess) -> State:
    """Return how emergency access stands: nobody can use what was not set up."""
    if access.enrolled_at is None:
        return State(gettext("not set up yet"), "warning", "not-met")
    return State(gettext("set up"), "met", "met")


class EmergencyTable(ActTable):
    """Who has an own way in for a crisis."""

    act_right = "identity.manage"
    act_columns = ("withdraw",)
    user = tables.PersonColumn(verbose_name=_("Person"), orderable=False)
    purpose = tables.Column(verbose_name=_("For"), orderable=False)
    state = tables.LookColumn(access_state, verbose_name=_("State"), orderable=False)
    enrolled_at = tables.DayColumn(verbose_name=_("Set up on"), orderable=False)
    tested_at = tables.DayColumn(verbose_name=_("Last tested"), orderable=False)
    withdraw = ActColumn("identity:end_emergency", _("End it"), verbose_name=_("Or"))


class EmergencyUseTable(ActTable):
    """The times that somebody came in so."""

    act_right = "identity.review"
    act_columns = ("look",)
    access = tables.Column(verbose_name=_("Person"), orderable=False)
    used_at = tables.MomentColumn(verbose_name=_("When"), orderable=False)
    why = tables.Column(verbose_name=_("Why"), orderable=False)
    reason = tables.Column(verbose_name=_("Reason"), orderable=False)
    step = tables.Column(verbose_name=_("Second step"), orderable=False)
    reviewed_by = tables.PersonColumn(verbose_name=_("Looked at by"), orderable=False)
    review = tables.Column(verbose_name=_("What came out"), orderable=False)
    look = ActColumn("identity:review_emergency", _("Look at it"))

    def render_access(self, value: Any) -> str:
        """Name the person."""
        return str(value)

    value_access = render_access

    def render_look(self, record: Any, column: Any, value: Any) -> Any:
        """Offer no second look."""
        return "" if record.reviewed_at else column.render(value, record, self)
