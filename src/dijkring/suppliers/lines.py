# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The kinds of line that hang on a supplier: their fields, words and right, in one place.

One form, one service and one set of pages serve them all; a kind that checks more than its fields
names a function for it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkring.core.errors import Refused
from dijkring.suppliers.models import (
    Alternative,
    AssuranceReport,
    Contract,
    ParentCompany,
    ProcessingAgreement,
    Review,
    SovereigntyAssessment,
    SubSupplier,
    SupplierIncident,
    SupplierLine,
)
from dijkring.suppliers.models import (
    Promise as Promised,
)

Values = Mapping[str, Any]
Check = Callable[[Values, date], None]


def nothing(values: Values, today: date) -> None:
    """Check nothing more."""


def in_order(first: str, last: str) -> Check:
    """Return a check that one day does not come before another."""

    def check(values: Values, today: date) -> None:
        begin, end = values.get(first), values.get(last)
        if begin and end and end < begin:
            raise Refused(_("This day comes before the first one."), last)

    return check


def not_ahead(*fields: str) -> Check:
    """Return a check that days of what has happened are not in the future."""

    def check(values: Values, today: date) -> None:
        for field in fields:
            if values.get(field) and values[field] > today:
                raise Refused(_("Choose today or a day in the past."), field)

    return check


def both(*checks: Check) -> Check:
    """Return several checks as one."""

    def check(values: Values, today: date) -> None:
        for one in checks:
            one(values, today)

    return check


def _contract(values: Values, today: date) -> None:
    in_order("starts_on", "ends_on")(values, today)
    notice, end = values.get("notice_on"), values.get("ends_on")
    if notice and end and notice > end:
        raise Refused(_("Notice is given before the contract ends."), "notice_on")
    value = values.get("value")
    if value is not None and value < 0:
        raise Refused(_("A value is not below zero."), "value")
    not_ahead("exit_on")(values, today)


@dataclass(frozen=True, slots=True)
class LineKind:
    """One kind of line: its id in addresses, its table, its fields and who may keep it."""

    id: str
    model: type[SupplierLine]
    label: Promise
    add: Promise
    fields: tuple[str, ...]
    right: str = "suppliers.keep"
    check: Check = nothing
    country: bool = False


KINDS: dict[str, LineKind] = {
    one.id: one
    for one in (
        LineKind(
            "contract",
            Contract,
            gettext_lazy("Contract"),
            gettext_lazy("Add a contract"),
            (
                "name", "reference", "gibit", "starts_on", "ends_on", "notice_on", "renews",
                "value", "delivers", "sla", "exit_plan", "exit_on", "exit_upload", "upload",
            ),
            check=_contract,
        ),
        LineKind(
            "verwerking",
            ProcessingAgreement,
            gettext_lazy("Processing agreement"),
            gettext_lazy("Add a processing agreement"),
            ("what", "signed_on", "until", "abroad", "upload"),
            check=both(not_ahead("signed_on"), in_order("signed_on", "until")),
        ),
        LineKind(
            "assurance",
            AssuranceReport,
            gettext_lazy("Assurance report"),
            gettext_lazy("Add an assurance report"),
            ("kind", "scope", "issued_by", "from_on", "until_on", "exceptions", "upload"),
            check=in_order("from_on", "until_on"),
        ),
        LineKind(
            "beoordeling",
            Review,
            gettext_lazy("Review"),
            gettext_lazy("Record a review"),
            ("on", "verdict", "seen", "risks", "upload"),
            right="suppliers.review",
            check=not_ahead("on"),
        ),
        LineKind(
            "toezegging",
            Promised,
            gettext_lazy("Promise or shortcoming"),
            gettext_lazy("Add a promise or shortcoming"),
            ("kind", "what", "made_on", "due_on", "kept_on", "note"),
            check=both(not_ahead("made_on", "kept_on"), in_order("made_on", "due_on")),
        ),
        LineKind(
            "incident",
            SupplierIncident,
            gettext_lazy("Incident"),
            gettext_lazy("Add an incident"),
            ("on", "what", "effect", "told_on", "closed_on"),
            check=both(not_ahead("on", "told_on", "closed_on"), in_order("on", "closed_on")),
        ),
        LineKind(
            "eigenaar",
            ParentCompany,
            gettext_lazy("Company above it"),
            gettext_lazy("Add a company above it"),
            ("place", "name", "country", "note"),
            country=True,
        ),
        LineKind(
            "toeleverancier",
            SubSupplier,
            gettext_lazy("Sub-supplier"),
            gettext_lazy("Add a sub-supplier"),
            ("name", "known", "delivers", "country", "accepted_on"),
            check=not_ahead("accepted_on"),
            country=True,
        ),
        LineKind(
            "alternatief",
            Alternative,
            gettext_lazy("Alternative"),
            gettext_lazy("Add an alternative"),
            ("name", "kind", "country", "weeks", "looked_on", "note"),
            check=not_ahead("looked_on"),
            country=True,
        ),
        LineKind(
            "soevereiniteit",
            SovereigntyAssessment,
            gettext_lazy("Sovereignty of a service"),
            gettext_lazy("Assess the sovereignty of a service"),
            ("service", "wanted", "located_in", "reached_from", "assessed_on", "source", "upload"),
            check=not_ahead("assessed_on"),
        ),
    )
}  # fmt: skip


def kind_of(line: SupplierLine) -> LineKind:
    """Return the kind of a line."""
    return next(one for one in KINDS.values() if isinstance(line, one.model))
