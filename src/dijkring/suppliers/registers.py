# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Suppliers and contracts as sheets that come back."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkring.core import registers
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.core.registers import Column, Line, Values
from dijkring.landscape.countries import code_of
from dijkring.organisations.registers import colleague
from dijkring.suppliers.lines import KINDS
from dijkring.suppliers.models import Contract, Known, Supplier
from dijkring.suppliers.selectors import register
from dijkring.suppliers.services import lines, suppliers
from dijkring.suppliers.services.suppliers import Wanted

_TEXTS = ("name", "kvk", "delivers", "contact", "email", "phone")


def _suppliers(organisation_id: int) -> Iterable[Line]:
    for row in register.in_use(organisation_id).select_related("owner"):
        values = {field: getattr(row, field) for field in _TEXTS}
        values |= {
            "owner": row.owner.email if row.owner else "",
            "jurisdiction": row.jurisdiction,
            "cloud": row.cloud,
            "personal_data": row.personal_data,
            "leans": row.leans,
            "tier": row.get_tier_set_display() or row.get_tier_found_display(),
        }
        yield Line(str(row.pk), row.name, values)


def _wanted(actor: Actor, values: Values) -> Wanted:
    owner = colleague(actor.organisation_id, values.get("owner") or "")
    country = code_of(values["jurisdiction"] or "")
    if country is None:
        raise Refused(_("This country is not in the list."), "jurisdiction")
    return Wanted(
        **{field: values[field] or "" for field in _TEXTS},
        owner_id=owner.user_id if owner else None,
        jurisdiction=country,
        cloud=values["cloud"] or "",
        personal_data=values["personal_data"] or "",
        leans=values["leans"] or "",
    )


def _change_supplier(actor: Actor, id: str, values: Values, changed: frozenset[str]) -> None:
    found = get_object_or_404(Supplier, pk=int(id), organisation_id=actor.organisation_id)
    suppliers.change(actor=actor, supplier=found, wanted=_wanted(actor, values))


def _add_supplier(actor: Actor, values: Values) -> None:
    suppliers.add(actor=actor, wanted=_wanted(actor, values))


registers.register(
    registers.Register(
        "suppliers",
        gettext_lazy("Suppliers"),
        "suppliers.view",
        (
            Column("name", gettext_lazy("name"), editable=True),
            Column("kvk", gettext_lazy("number in the trade register"), editable=True),
            Column("delivers", gettext_lazy("what it does for us"), editable=True),
            Column("owner", gettext_lazy("process owner"), "person", editable=True),
            Column("contact", gettext_lazy("contact"), editable=True),
            Column("email", gettext_lazy("e-mail address"), editable=True),
            Column("phone", gettext_lazy("phone, also at night"), editable=True),
            Column("jurisdiction", gettext_lazy("country of the law it obeys"), editable=True),
            Column(
                "cloud", gettext_lazy("cloud service"), "choice", editable=True,
                choices=Known.choices,
            ),
            Column(
                "personal_data", gettext_lazy("processes personal data for us"), "choice",
                editable=True, choices=Known.choices,
            ),
            Column(
                "leans", gettext_lazy("leans on others to serve us"), "choice",
                editable=True, choices=Known.choices,
            ),
            Column("tier", gettext_lazy("level")),
        ),
        _suppliers,
        _change_supplier,
        _add_supplier,
        order=35,
    )
)  # fmt: skip


# --- contracts ----------------------------------------------------------------------------------

_DAYS = ("starts_on", "ends_on", "notice_on", "exit_on")
_WORDS = ("name", "reference", "gibit", "delivers", "sla", "exit_plan")


def _contracts(organisation_id: int) -> Iterable[Line]:
    for row in register.contracts(organisation_id):
        values: dict[str, Any] = {field: getattr(row, field) for field in (*_WORDS, *_DAYS)}
        values |= {
            "supplier": row.supplier.name,
            "renews": row.renews,
            "value": "" if row.value is None else str(row.value),
        }
        yield Line(str(row.pk), f"{row.supplier.name}: {row.name}", values)


def _contract(values: Values) -> dict[str, Any]:
    found: dict[str, Any] = {field: values[field] or "" for field in _WORDS}
    found |= {field: values[field] for field in _DAYS}
    if not found["name"].strip():
        raise Refused(_("Give the contract a name."), "name")
    return {**found, "renews": bool(values["renews"]), "value": _euros(values["value"])}


def _euros(text: str | None) -> Decimal | None:
    if not (text or "").strip():
        return None
    try:
        return Decimal(str(text).strip().replace(",", ".")).quantize(Decimal("0.01"))
    except InvalidOperation as error:
        raise Refused(_("Write an amount such as 12500 or 12500,50."), "value") from error


def _change_contract(actor: Actor, id: str, values: Values, changed: frozenset[str]) -> None:
    found = get_object_or_404(Contract, pk=int(id), organisation_id=actor.organisation_id)
    lines.change(actor=actor, line=found, values=_contract(values))


def _add_contract(actor: Actor, values: Values) -> None:
    rows = register.in_use(actor.organisation_id)
    supplier = rows.filter(name__iexact=(values["supplier"] or "").strip()).first()
    if supplier is None:
        raise Refused(_("No supplier with this name is in use."), "supplier")
    lines.add(actor=actor, supplier=supplier, kind=KINDS["contract"], values=_contract(values))


registers.register(
    registers.Register(
        "contracts",
        gettext_lazy("Contracts"),
        "suppliers.view",
        (
            Column("supplier", gettext_lazy("supplier"), adding=True),
            Column("name", gettext_lazy("name"), editable=True),
            Column("reference", gettext_lazy("our number"), editable=True),
            Column(
                "gibit", gettext_lazy("terms"), "choice", editable=True,
                choices=Contract.Gibit.choices,
            ),
            Column("starts_on", gettext_lazy("starts"), "date", editable=True),
            Column("ends_on", gettext_lazy("ends"), "date", editable=True),
            Column("notice_on", gettext_lazy("give notice before"), "date", editable=True),
            Column("renews", gettext_lazy("goes on by itself"), "yesno", editable=True),
            Column("value", gettext_lazy("euros per year"), editable=True),
            Column("delivers", gettext_lazy("what it delivers"), editable=True),
            Column("sla", gettext_lazy("service levels"), editable=True),
            Column("exit_plan", gettext_lazy("how we leave"), editable=True),
            Column("exit_on", gettext_lazy("exit plan of"), "date", editable=True),
        ),
        _contracts,
        _change_contract,
        _add_contract,
        order=36,
    )
)  # fmt: skip
