# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of the registration under the Cbw: what must be changed, and what was submitted."""

from django.utils.translation import gettext_lazy as _

from dijkring.surface.registered import Difference
from dijkring.surface.selectors import registrations as selectors
from dijkring.ui import tables


class DifferenceTable(tables.Table):
    """What must be changed in the national register."""

    what = tables.Column(verbose_name=_("What"), order_by=("what", "after", "before"))
    act = tables.Column(verbose_name=_("What to do"))
    before = tables.Column(verbose_name=_("As registered"))
    after = tables.Column(verbose_name=_("As it is now"))
    since = tables.DateColumn(verbose_name=_("Since"))
    due = tables.DeadlineColumn(verbose_name=_("Report before the end of"))

    def render_what(self, record: Difference) -> str:
        """Say what it is about."""
        return selectors.what_words(record)

    def render_act(self, record: Difference) -> str:
        """Say what to do."""
        return selectors.act_words(record)

    # The sheet says the same as the page.
    value_what, value_act = render_what, render_act


class RegistrationTable(tables.Table):
    """What was submitted before."""

    submitted_on = tables.DateColumn(verbose_name=_("Submitted on"), orderable=False)
    reference = tables.Column(verbose_name=_("Reference"), orderable=False)
    names = tables.NumberColumn(verbose_name=_("Domain names"), accessor="domains", orderable=False)
    ranges = tables.NumberColumn(verbose_name=_("IP ranges"), orderable=False)
    recorded_by = tables.PersonColumn(verbose_name=_("Recorded by"), orderable=False)

    def render_names(self, value: list[str]) -> int:
        """Count them."""
        return len(value)

    def render_ranges(self, value: list[str]) -> int:
        """Count them."""
        return len(value)
