# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of suppliers and contracts, and of what hangs on a supplier."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dijkring.suppliers import words
from dijkring.suppliers.lines import kind_of
from dijkring.suppliers.models import AssuranceReport, Contract, Supplier, SupplierLine
from dijkring.suppliers.selectors.register import jurisdiction
from dijkring.ui import tables
from dijkring.ui.links import link
from dijkring.ui.words import time_tag

WITHOUT_EXIT = _("no way out")


class SupplierTable(tables.Table):
    """Suppliers with what decides."""

    name = tables.LinkColumn("suppliers:supplier", verbose_name=_("Supplier"))
    tier = tables.LookColumn(
        words.tier_look, verbose_name=pgettext_lazy("supplier", "Level"), order_by="tier_set"
    )
    owner = tables.PersonColumn(verbose_name=_("Process owner"), order_by="owner__name")
    law = tables.Column(
        accessor="pk", verbose_name=_("Law of"), order_by="jurisdiction", empty_values=()
    )
    next_end = tables.DateColumn(verbose_name=_("First end"))
    reviewed_on = tables.DateColumn(verbose_name=_("Reviewed on"))
    assured_until = tables.DeadlineColumn(verbose_name=_("Assurance until"))
    without_exit = tables.Column(verbose_name=_("Note"), orderable=False)

    def render_law(self, record: Supplier) -> str:
        """Name the country whose law reaches the supplier in the end, as far as is known."""
        found = record.last_country or jurisdiction(record)  # type: ignore[attr-defined]
        return words.country(found) or gettext("not known")

    def value_law(self, record: Supplier) -> str:
        """Return the same for an export."""
        return self.render_law(record)

    def render_without_exit(self, value: bool) -> str:
        """Say that a running contract has no way out."""
        return str(WITHOUT_EXIT) if value else ""

    def value_without_exit(self, value: bool) -> str:
        """Return the same for an export."""
        return self.render_without_exit(value)


class ContractTable(tables.Table):
    """Contracts with their dates."""

    name = tables.LinkColumn("suppliers:line", args=("kind_id", "pk"), verbose_name=_("Contract"))
    supplier = tables.LinkColumn(
        "suppliers:supplier", args=("supplier_id",), verbose_name=_("Supplier"),
        order_by="supplier__name",
    )  # fmt: skip
    look = tables.LookColumn(words.contract_look, verbose_name=_("State"), orderable=False)
    gibit = tables.Column(accessor="get_gibit_display", order_by="gibit", verbose_name=_("Terms"))
    starts_on = tables.DateColumn(verbose_name=_("Starts"))
    notice_on = tables.DateColumn(verbose_name=_("Give notice before"))
    ends_on = tables.DateColumn(verbose_name=_("Ends"))
    value = tables.NumberColumn(verbose_name=_("Euros per year"))
    exit_on = tables.DateColumn(verbose_name=_("Exit plan of"))


class BehindTable(tables.Table):
    """Suppliers of who provides to us."""

    name = tables.Column(verbose_name=_("Supplier"))
    provider = tables.Column(verbose_name=_("Works for"))
    country = tables.Column(verbose_name=_("Law that reaches it"))
    delivers = tables.Column(verbose_name=_("Delivers there"))
    tasks = tables.NumberColumn(verbose_name=_("Statutory tasks that stop here"))
    assets = tables.NumberColumn(verbose_name=_("Things that stop in all"))

    def render_country(self, value: str) -> str:
        """Name the country."""
        return words.country(value)


class LineTable(tables.Table):
    """Lines of one kind: how it is called, two things about it, a date."""

    title = tables.Column(accessor="pk", verbose_name=_("What"), orderable=False)
    about = tables.Column(accessor="pk", verbose_name=_("About it"), orderable=False)
    day = tables.Column(accessor="pk", verbose_name=_("Date"), orderable=False)

    def render_title(self, record: SupplierLine) -> SafeString:
        """Lead to the page of the line."""
        address = link(self.request, "suppliers:line", kind_of(record).id, record.pk)
        return format_html('<a href="{}">{}</a>', address, record)

    def render_about(self, record: SupplierLine) -> Any:
        """Say what decides about the line."""
        parts = [part for part in about(record) if part]
        return format_html_join(" · ", "{}", ((part,) for part in parts)) if parts else "–"

    def render_day(self, record: SupplierLine) -> Any:
        """Say the day that counts."""
        found = next((getattr(record, name) for name in _DAYS if hasattr(record, name)), None)
        return time_tag(found) if found else "–"


_DAYS = (
    "until_on", "ends_on", "due_on", "on", "until", "assessed_on", "looked_on", "accepted_on",
)  # fmt: skip
_ABOUT = (
    "get_kind_display", "get_verdict_display", "get_gibit_display", "country", "delivers",
    "issued_by", "note",
)  # fmt: skip


def about(line: SupplierLine) -> Iterable[str]:
    """Return at most three short things about a line."""
    if isinstance(line, Contract):
        yield str(words.contract_look(line).word)
    if getattr(line, "kept_on", None):
        yield gettext("kept or mended")
    for name in _ABOUT:
        if name == "get_kind_display" and isinstance(line, AssuranceReport):
            continue
        value = getattr(line, name, "")
        value = value() if callable(value) else value
        yield words.country(value) if name == "country" else str(value or "")[:120]
