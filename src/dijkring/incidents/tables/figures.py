# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The own figures per year."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from dijkring.ui import tables, words


class HoursColumn(tables.NumberColumn):
    """A number of hours with one decimal; what was not recorded is a dash, never nought."""

    def render(self, value: Any) -> Any:
        return words.NOTHING if value is None else number_format(value, 1)

    def value(self, value: Any) -> Any:
        """Return the number."""
        return None if value is None else round(value, 1)


class YearTable(tables.Table):
    """One row per year."""

    year = tables.Column(verbose_name=_("Year"), orderable=False)
    incidents = tables.NumberColumn(verbose_name=_("Incidents"), orderable=False)
    avoidable = tables.NumberColumn(verbose_name=_("Avoidable"), orderable=False)
    unavoidable = tables.NumberColumn(verbose_name=_("Not avoidable"), orderable=False)
    undecided = tables.NumberColumn(verbose_name=_("Not judged"), orderable=False)
    in_time = tables.NumberColumn(verbose_name=_("In time"), orderable=False)
    late = tables.NumberColumn(verbose_name=_("Too late"), orderable=False)
    detected = HoursColumn(verbose_name=_("Hours: detected"), orderable=False)
    contained = HoursColumn(verbose_name=_("Hours: contained"), orderable=False)
    recovered = HoursColumn(verbose_name=_("Hours: recovered"), orderable=False)
    breaches = tables.NumberColumn(verbose_name=_("Breaches"), orderable=False)
