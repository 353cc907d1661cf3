# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The table of what was taken over from others."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from dijkring.surface.models import Imported
from dijkring.ui import tables

KINDS = {
    "internetnl": _("Results of Internet.nl"),
    "easm": _("Findings of an outside scan (EASM)"),
    "certificates": _("Names on certificates"),
    "rio": _("Register of government domains (RIO)"),
}


class KindColumn(tables.Column):
    """What a file is."""

    def render(self, value: str) -> str:
        return str(KINDS[value])

    def value(self, value: str) -> str:
        """Return the words of the kind."""
        return str(KINDS[value])


class StateWordColumn(tables.Column):
    """How far a file is."""

    def render(self, value: Any) -> str:
        return capfirst(str(dict(Imported.State.choices).get(value, value)))

    def value(self, value: Any) -> str:
        """Return the words of the state."""
        return self.render(value)


class CountColumn(tables.NumberColumn):
    """How many rows had one status; nothing before a file was taken over."""

    def __init__(self, status: str, **options: Any) -> None:
        super().__init__(accessor="counts", orderable=False, empty_values=(None, {}), **options)
        self.status = status

    def render(self, value: dict[str, int]) -> Any:
        return value.get(self.status, "")

    def value(self, value: dict[str, int]) -> Any:
        """Return the number."""
        return value.get(self.status)


class ImportedTable(tables.Table):
    """Files of others, and what came of them."""

    name = tables.LinkColumn("surface:import", verbose_name=_("File"))
    kind = KindColumn(verbose_name=_("What"))
    state = StateWordColumn(verbose_name=_("State"))
    about_at = tables.DayColumn(verbose_name=_("Measured on"))
    taken = CountColumn("taken", verbose_name=_("Taken over"))
    refused_rows = CountColumn("refused", verbose_name=_("Refused"))
    uploaded_by = tables.PersonColumn(verbose_name=_("By"))
    uploaded_at = tables.MomentColumn(verbose_name=_("Uploaded"))
