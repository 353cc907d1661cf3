# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of notices, of what was asked, and of how links were used."""

from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.notices import by_link, kinds
from dijkring.notices.models import Ask, LinkUse, Notice
from dijkring.ui import tables
from dijkring.ui.links import link
from dijkring.ui.states import State

LOOKS = {
    Ask.State.OPEN: ("waiting", ""),
    Ask.State.ANSWERED: ("show-again", "show-again"),
    Ask.State.SETTLED: ("met", "met"),
    Ask.State.EXPIRED: ("warning", "not-met"),
    Ask.State.WITHDRAWN: ("not-applicable", "not-applicable"),
}


def look(ask: Ask) -> State:
    """Return how an ask stands, as people see it."""
    state = Ask.State(ask.state)
    return State(state.label, *LOOKS[state])


class AskStateColumn(tables.StateColumn):
    """How the ask of the row stands."""

    def render(self, record: Ask) -> SafeString:  # type: ignore[override]
        return super().render(look(record), record)

    def value(self, record: Ask) -> str:  # type: ignore[override]
        """Return the word of the state."""
        return super().value(look(record))


class AskTable(tables.Table):
    """What was asked by link."""

    title = tables.LinkColumn("notices:ask", verbose_name=_("About"))
    state = AskStateColumn(verbose_name=_("State"), orderable=False)
    purpose = tables.Column(verbose_name=_("What is asked"))
    name = tables.Column(verbose_name=_("Of whom"))
    asked_by = tables.PersonColumn(verbose_name=_("Asked by"), order_by="asked_by__name")
    asked_at = tables.DayColumn(verbose_name=_("Asked"))
    expires_at = tables.DayColumn(verbose_name=_("Valid until"))

    def render_purpose(self, value: str) -> str:
        """Show the words of the purpose."""
        return purpose_words(value)

    value_purpose = render_purpose


def purpose_words(id: str) -> str:
    """Return the words of a purpose; its id where no room has it any more."""
    found = by_link.purpose(id)
    return str(found.label) if found else id


class UseTable(tables.Table):
    """How the links of one ask were used."""

    at = tables.MomentColumn(verbose_name=_("When"))
    name = tables.Column(verbose_name=_("Name that was given"))
    outcome = tables.Column(accessor="get_outcome_display", verbose_name=_("What came of it"))

    def render_name(self, value: str, record: LinkUse) -> str:
        """Show the name; say so when it is not that of who was asked."""
        return gettext("%(name)s (somebody else)") % {"name": value} if record.other_name else value


class NoticeTable(tables.Table):
    """A person's own notices; opening one marks it as read, so it is a button."""

    words = tables.Column(empty_values=(), orderable=False, verbose_name=_("Notice"))
    kind = tables.Column(verbose_name=_("Kind"))
    at = tables.MomentColumn(verbose_name=_("When"))
    read_at = tables.Column(empty_values=(), verbose_name=_("State"))

    def render_words(self, record: Notice) -> SafeString:
        """Draw the button that opens the notice."""
        return format_html(
            '<form method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken" '
            'value="{}"><button class="link-button notice__open">{}</button></form>',
            link(self.request, "notices:open", record.pk),
            get_token(self.request),
            kinds.say_marked(record.kind, record.values),
        )

    def value_words(self, record: Notice) -> str:
        """Return the words of the notice."""
        return kinds.say(record.kind, record.values)

    def render_kind(self, value: str) -> str:
        """Show the label of the kind."""
        return kinds.label(value)

    value_kind = render_kind

    def render_read_at(self, record: Notice) -> str:
        """Say whether it is read."""
        return gettext("read") if record.read_at else gettext("not read yet")

    value_read_at = render_read_at
