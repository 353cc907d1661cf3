# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The table of names like ours."""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from dijkring.surface.models import Lookalike
from dijkring.surface.tables.findings import below
from dijkring.ui import states, tables
from dijkring.ui.states import State

GONE = State(_("gone"), "not-applicable", "not-applicable")
LOOKS = {
    "open": State(_("to be judged"), "show-again", "show-again"),
    "ours": State(_("ours"), "met", "met"),
    "harmless": State(_("harmless"), "met", "met"),
    "watched": State(_("watched"), "partly", "partly"),
    "reported": State(_("reported"), "partly", "partly"),
}


def look(found: Lookalike) -> State:
    """Return how a name stands with us."""
    return GONE if found.gone_at else LOOKS[found.verdict]


class YesColumn(tables.Column):
    """Yes or no in words."""

    def render(self, value: Any) -> Any:
        """Return the word."""
        return _("yes") if value else _("no")

    def value(self, value: Any) -> str:
        """Return the word, in a file too."""
        return str(self.render(value))


class LookalikeTable(tables.Table):
    """Names that look like ours; the name leads to our own page about it, never to the name."""

    name = tables.LinkColumn("surface:lookalike", verbose_name=_("Name"))
    resembles = tables.Column(verbose_name=_("Looks like"))
    state = tables.LookColumn(look, verbose_name=_("What we think"), order_by="order")
    receives_mail = YesColumn(verbose_name=_("Receives mail"))
    has_address = YesColumn(verbose_name=_("Has an address"))
    first_seen = tables.DayColumn(verbose_name=_("First seen"))
    seen_at = tables.DayColumn(verbose_name=_("Last seen"))

    def render_state(self, record: Lookalike) -> SafeString:
        """Draw what we think, and why below it."""
        return below(states.badge(look(record)), record.note)

    def value_state(self, record: Lookalike) -> str:
        """Return what we think."""
        return str(look(record).word)


class LookalikeSheet(LookalikeTable):
    """Why we think so has a column of its own in a file."""

    note = tables.Column(verbose_name=_("Note"))
