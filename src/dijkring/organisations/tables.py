# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of organisations, access, work and the audit trail."""

from functools import cached_property
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.core import clock
from dijkring.organisations.models import ApiToken
from dijkring.organisations.scopes import SCOPES
from dijkring.organisations.selectors import trail
from dijkring.ui import tables, words
from dijkring.ui.pages import link
from dijkring.ui.states import State

NOBODYS = ".invalid"


class ActColumn(tables.LinkColumn):
    """A last column that leads to an act on the row; its words are the same in every row."""

    def __init__(self, url_name: str, text: Promise, **options: Any) -> None:
        heading = {"verbose_name": _("What you can do"), "accessor": "pk", "orderable": False}
        super().__init__(url_name, exclude_from_export=True, **{**heading, **options})
        self.text = text

    def render(self, value: Any, record: Any, table: Any) -> SafeString:  # type: ignore[override]
        return super().render(self.text, record, table)


class ActTable(tables.Table):
    """A table of which some columns are only for those who hold a right."""

    act_right: ClassVar[str]
    act_columns: ClassVar[tuple[str, ...]]

    def __init__(self, *args: Any, request: Any, **options: Any) -> None:
        hidden = () if request.can(self.act_right) else self.act_columns
        super().__init__(*args, request=request, exclude=hidden, **options)


class OrganisationTable(tables.Table):
    """Organisations."""

    name = tables.LinkColumn(
        "organisations:organisation", verbose_name=_("Organisation"), order_by="sort_name"
    )
    kind = tables.Column(accessor="get_kind_display", verbose_name=_("Kind"), order_by="kind")
    province = tables.Column(verbose_name=_("Province"))
    code = tables.Column(verbose_name=_("Code"))
    population = tables.NumberColumn(verbose_name=_("Residents"))
    members = tables.NumberColumn(verbose_name=_("Participants"))

    def render_members(self, value: int) -> Any:
        """Show nothing for what is no body to take part in."""
        return value or words.NOTHING

    def value_members(self, value: int) -> int:
        """Return the number itself."""
        return value


class ParticipantTable(tables.Table):
    """Who takes part in a body."""

    participant = tables.LinkColumn(
        "organisations:organisation", args=("participant_id",), verbose_name=_("Organisation")
    )
    task = tables.Column(verbose_name=_("Task"))
    since = tables.DateColumn(verbose_name=_("Since"))
    until = tables.DateColumn(verbose_name=_("Until"))


class ParticipationTable(tables.Table):
    """In what an organisation takes part."""

    body = tables.LinkColumn(
        "organisations:organisation", args=("body_id",), verbose_name=_("Organisation")
    )
    task = tables.Column(verbose_name=_("Task"))
    since = tables.DateColumn(verbose_name=_("Since"))
    until = tables.DateColumn(verbose_name=_("Until"))


class MemberTable(ActTable):
    """Who has access."""

    act_right = "organisations.invite"
    act_columns = ("change", "end")
    user = tables.PersonColumn(verbose_name=_("Person"), order_by="user__name")
    email = tables.Column(accessor="user__email", verbose_name=_("E-mail address"))
    role = tables.Column(verbose_name=_("Role"))
    since = tables.DayColumn(verbose_name=_("Since"))
    change = ActColumn("organisations:change_role", _("Change the role"))
    end = ActColumn("organisations:end_access", _("End access"), verbose_name=_("Or"))

    def render_email(self, value: str) -> str:
        """Show nothing for an account without an address (RFC 2606: .invalid is nobody's)."""
        return words.NOTHING if value.endswith(NOBODYS) else value

    def value_email(self, value: str) -> str:
        """Return the address, if there is one."""
        return "" if value.endswith(NOBODYS) else value


class EndedTable(tables.Table):
    """Who had access, or another role."""

    user = tables.PersonColumn(verbose_name=_("Person"))
    role = tables.Column(verbose_name=_("Role"))
    since = tables.DayColumn(verbose_name=_("Since"))
    until = tables.DayColumn(verbose_name=_("Until"))


class InvitationTable(ActTable):
    """Who is invited."""

    act_right = "organisations.invite"
    act_columns = ("withdraw",)
    email = tables.Column(verbose_name=_("E-mail address"))
    role = tables.Column(verbose_name=_("Role"))
    invited_by = tables.PersonColumn(verbose_name=_("Invited by"))
    expires_at = tables.DeadlineColumn(verbose_name=_("Valid until"))
    withdraw = ActColumn("organisations:withdraw_invitation", _("Withdraw"))

    def render_invited_by(self, value: Any) -> str:
        """Name Dijkring for the first invitation of an organisation."""
        return str(value or "Dijkring")


def token_state(token: ApiToken) -> State:
    """Return how a token stands: in use, ended or withdrawn."""
    if token.withdrawn_at:
        return State(gettext("withdrawn"), "not-applicable", "not-applicable")
    if token.expires_at <= clock.now():
        return State(gettext("ended"), "not-applicable", "not-applicable")
    return State(gettext("works"), "met", "met")


class TokenStateColumn(tables.StateColumn):
    """How a token stands."""

    def render(self, record: ApiToken) -> SafeString:  # type: ignore[override]
        return super().render(token_state(record), record)

    def value(self, record: ApiToken) -> str:  # type: ignore[override]
        """Return the word of the state."""
        return super().value(token_state(record))


class ListColumn(tables.Column):
    """A list of keys in words, under each other in a cell."""

    def __init__(self, named: dict[str, Any], **options: Any) -> None:
        super().__init__(orderable=False, **options)
        self.named = named

    def render(self, value: list[str]) -> str:
        return ", ".join(str(self.named.get(key, key)) for key in value)

    def value(self, value: list[str]) -> str:
        """Return the words."""
        return self.render(value)


class TokenTable(ActTable):
    """API tokens."""

    act_right = "organisations.tokens"
    act_columns = ("withdraw",)
    name = tables.Column(verbose_name=_("System"))
    state = TokenStateColumn(accessor="pk", verbose_name=_("State"), orderable=False)
    prefix = tables.Column(verbose_name=_("Starts with"))
    scopes = ListColumn(dict(SCOPES), verbose_name=_("May do"))
    created_by = tables.PersonColumn(verbose_name=_("Given by"))
    used_at = tables.MomentColumn(verbose_name=_("Last used"))
    expires_at = tables.DayColumn(verbose_name=_("Valid until"))
    withdraw = ActColumn("organisations:withdraw_token", _("Withdraw"))

    def render_withdraw(self, record: ApiToken, column: Any, value: Any) -> Any:
        """Offer no withdrawal of what was withdrawn."""
        return "" if record.withdrawn_at else column.render(value, record, self)


class JobTable(tables.Table):
    """Long work."""

    title = tables.LinkColumn("organisations:job", verbose_name=_("Work"))
    state = tables.StateColumn(verbose_name=_("State"))
    started_by = tables.PersonColumn(verbose_name=_("Started by"))
    created_at = tables.MomentColumn(verbose_name=_("Started on"))
    ended_at = tables.MomentColumn(verbose_name=_("Ready on"))

    def render_started_by(self, value: Any) -> str:
        """Name Dijkring for work that returns by itself."""
        return str(value or "Dijkring")

    value_started_by = render_started_by


class ScheduleTable(tables.Table):
    """Work that returns."""

    title = tables.Column(verbose_name=_("Work"))
    every_hours = tables.NumberColumn(verbose_name=_("Every … hours"))
    next_at = tables.MomentColumn(verbose_name=_("Next time"))


class RoleColumn(tables.Column):
    """Whether a role holds the right of the row: yes or no, in words."""

    def __init__(self, **options: Any) -> None:
        attrs = {"td": {"class": lambda value: "" if value else "soft"}}
        super().__init__(attrs=attrs, orderable=False, **options)


class RightTable(tables.Table):
    """The rights of one room; the roles come as extra columns."""

    label = tables.Column(verbose_name=_("Right"), orderable=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, attrs={"class": "utrecht-table table matrix"}, **options)


class VerbColumn(tables.Column):
    """What was done, in words."""

    def render(self, value: str) -> str:
        return trail.verb_words(value)

    def value(self, value: str) -> str:
        """Return the words."""
        return self.render(value)


class AuditTable(tables.Table):
    """The audit trail; the objects of the shown rows are named with one query per table."""

    trail_at = tables.MomentColumn(verbose_name=_("When"))
    trail_who = tables.PersonColumn(verbose_name=_("Who"))
    trail_verb = VerbColumn(verbose_name=_("Did what"))
    trail_table = tables.Column(verbose_name=_("With what"))
    trail_object = tables.Column(verbose_name=_("Which"), orderable=False)
    trail_why = tables.Column(verbose_name=_("Why"), orderable=False)

    def render_trail_who(self, value: Any) -> str:
        """Name Dijkring for what it does by itself."""
        return str(value or "Dijkring")

    value_trail_who = render_trail_who

    def render_trail_table(self, value: str) -> str:
        """Say what kind of thing it is."""
        return trail.table_words(value)

    value_trail_table = render_trail_table

    def render_trail_object(self, record: dict[str, Any]) -> SafeString:
        """Name the object and lead to its whole history."""
        name, key = self.value_trail_object(record), record["trail_table"]
        address = link(self.request, "organisations:audit_object", key, record["trail_object"])
        return format_html('<a href="{}">{}</a>', address, name)

    def value_trail_object(self, record: dict[str, Any]) -> str:
        """Name the object; what is gone has only its number."""
        key = record["trail_table"], record["trail_object"]
        return self.names.get(key, f"#{record['trail_object']}")

    @cached_property
    def names(self) -> dict[tuple[str, int], str]:
        """The words of the objects on this page, or in this file."""
        return trail.names_of(row.record for row in self.paginated_rows)
