# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of files that came in, and of the software of systems."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dijkring.ui import tables

FORMATS = {
    "archimate": _("ArchiMate model"),
    "archi": _("Archi model"),
    "cyclonedx-json": _("List of software (CycloneDX)"),
    "cyclonedx-xml": _("List of software (CycloneDX)"),
    "sheet": _("Sheet"),
}


class FormatColumn(tables.Column):
    """What kind of file it is."""

    def render(self, value: str) -> str:
        return self.value(value)

    def value(self, value: str) -> str:
        """Return the words of the kind."""
        return str(FORMATS.get(value, value))


class CountColumn(tables.NumberColumn):
    """How many lines had one status; nothing before a file was taken over."""

    def __init__(self, status: str, **options: Any) -> None:
        super().__init__(accessor="counts", orderable=False, empty_values=(None, {}), **options)
        self.status = status

    def render(self, value: dict[str, int]) -> Any:
        return value.get(self.status, "")

    def value(self, value: dict[str, int]) -> Any:
        """Return the number."""
        return value.get(self.status)


class ImportedTable(tables.Table):
    """Files, and what came of them."""

    name = tables.LinkColumn("landscape:import", verbose_name=_("File"))
    format = FormatColumn(verbose_name=_("What"))
    system = tables.Column(verbose_name=_("System"))
    state = tables.Column(accessor="get_state_display", order_by="state", verbose_name=_("State"))
    new = CountColumn("new", verbose_name=_("New"))
    changed = CountColumn("changed", verbose_name=_("Changed"))
    uploaded_by = tables.Column(verbose_name=_("By"), default="Dijkring")
    uploaded_at = tables.MomentColumn(verbose_name=_("Uploaded"))


class _Parts(tables.Table):
    name = tables.Column(verbose_name=_("Software"))
    version = tables.Column(verbose_name=_("Version"))
    licence = tables.Column(verbose_name=_("Licence"))
    purl = tables.Column(verbose_name=_("Package URL"))


class SystemPartsTable(_Parts):
    """The software of one system."""


class PartsTable(_Parts):
    """The software of all systems, each with the system that holds it."""

    system = tables.LinkColumn("landscape:asset", args=("system_id",), verbose_name=_("System"))

    class Meta:
        sequence = ("name", "version", "system", "licence", "purl")
