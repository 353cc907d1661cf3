# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Partners, agreements and powers as sheets; what the law gives leaves, and is not changed."""

from collections.abc import Iterable
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkring.core import registers
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.core.registers import Column, Line, Values
from dijkring.crisis import partners_words as words
from dijkring.crisis.models.agreements import PartnerAgreement
from dijkring.crisis.models.partners import Partner
from dijkring.crisis.models.powers import GivenPower
from dijkring.crisis.powers import powers
from dijkring.crisis.rights import VIEW
from dijkring.crisis.selectors import partners as selectors
from dijkring.crisis.services import agreements as agreement_services
from dijkring.crisis.services import partners as services
from dijkring.crisis.services import powers as power_services
from dijkring.organisations.registers import colleague

_TEXTS = (
    "kind", "name", "does", "person", "deputy", "phone_day", "phone_night", "email", "other_way",
)  # fmt: skip


def _partners(organisation_id: int) -> Iterable[Line]:
    for row in selectors.in_use(organisation_id):
        values = {field: getattr(row, field) for field in (*_TEXTS, "review_on")}
        values["holder"] = row.holder.email if row.holder else ""
        values["function"] = row.function
        yield Line(str(row.pk), row.name, values)


def _partner(actor: Actor, values: Values) -> dict[str, Any]:
    found: dict[str, Any] = {field: values.get(field) or "" for field in _TEXTS}
    holder = colleague(actor.organisation_id, values.get("holder") or "", "holder")
    function = values.get("function") or ""
    return {
        **found,
        "holder": holder.user if holder else None,
        "function": function,
        "review_on": values.get("review_on"),
    }


def _change_partner(actor: Actor, id: str, values: Values, changed: frozenset[str]) -> None:
    found = get_object_or_404(Partner, pk=int(id), organisation_id=actor.organisation_id)
    services.change(actor=actor, partner=found, values=_partner(actor, values))


def _add_partner(actor: Actor, values: Values) -> None:
    services.add(actor=actor, values=_partner(actor, values))


registers.register(
    registers.Register(
        "partners",
        gettext_lazy("Partners"),
        VIEW,
        (
            Column(
                "kind", gettext_lazy("kind"), "choice", editable=True, choices=Partner.Kind.choices
            ),
            Column("function", gettext_lazy("function"), editable=True),
            Column("name", gettext_lazy("name"), editable=True),
            Column("does", gettext_lazy("what it does"), editable=True),
            Column("holder", gettext_lazy("colleague"), "person", editable=True),
            Column("person", gettext_lazy("contact person"), editable=True),
            Column("deputy", gettext_lazy("deputy, with number"), editable=True),
            Column("phone_day", gettext_lazy("phone by day"), editable=True),
            Column("phone_night", gettext_lazy("phone at night"), editable=True),
            Column("email", gettext_lazy("e-mail address"), editable=True),
            Column("other_way", gettext_lazy("when phone and mail are down"), editable=True),
            Column("review_on", gettext_lazy("look at it again before"), "date", editable=True),
        ),
        _partners,
        _change_partner,
        _add_partner,
        order=38,
    )
)


# --- agreements ---------------------------------------------------------------------------------


def _agreements(organisation_id: int) -> Iterable[Line]:
    for row in selectors.agreements(organisation_id).filter(retired_at=None):
        fields = ("title", "kind", "text", "reference", "agreed_on", "ends_on", "review_on")
        values: dict[str, Any] = {field: getattr(row, field) for field in fields}
        values["partners"] = "; ".join(side.partner.name for side in row.sides.all())
        yield Line(str(row.pk), row.title, values)


def _agreement(actor: Actor, values: Values) -> dict[str, Any]:
    texts = ("title", "kind", "text", "reference")
    found: dict[str, Any] = {field: values.get(field) or "" for field in texts}
    found |= {field: values.get(field) for field in ("agreed_on", "ends_on", "review_on")}
    return {**found, "partners": _named(actor, values.get("partners") or "")}


def _named(actor: Actor, text: str) -> list[Partner]:
    known = {row.name.casefold(): row for row in selectors.in_use(actor.organisation_id)}
    names = [name.strip() for name in text.split(";") if name.strip()]
    unknown = [name for name in names if name.casefold() not in known]
    if unknown:
        text = _("No partner in the register is called: %(names)s.")
        raise Refused(text % {"names": ", ".join(unknown)}, "partners")
    return [known[name.casefold()] for name in names]


def _change_agreement(actor: Actor, id: str, values: Values, changed: frozenset[str]) -> None:
    found = get_object_or_404(PartnerAgreement, pk=int(id), organisation_id=actor.organisation_id)
    agreement_services.change(actor=actor, agreement=found, values=_agreement(actor, values))


def _add_agreement(actor: Actor, values: Values) -> None:
    agreement_services.add(actor=actor, values=_agreement(actor, values))


registers.register(
    registers.Register(
        "partner_agreements",
        gettext_lazy("Agreements with partners"),
        VIEW,
        (
            Column("title", gettext_lazy("title"), editable=True),
            Column(
                "kind", gettext_lazy("kind"), "choice", editable=True,
                choices=PartnerAgreement.Kind.choices,
            ),
            Column("partners", gettext_lazy("with whom, separated by ;"), editable=True),
            Column("text", gettext_lazy("what was agreed"), editable=True),
            Column("reference", gettext_lazy("number and place"), editable=True),
            Column("agreed_on", gettext_lazy("agreed on"), "date", editable=True),
            Column("ends_on", gettext_lazy("ends on"), "date", editable=True),
            Column("review_on", gettext_lazy("look at it again before"), "date", editable=True),
        ),
        _agreements,
        _change_agreement,
        _add_agreement,
        order=39,
    )
)  # fmt: skip


# --- powers -------------------------------------------------------------------------------------

LAW = "law:"


def _powers(organisation_id: int) -> Iterable[Line]:
    """Give every power: those of the law first, then what was given."""
    for one in powers().values():
        status = words.STATUSES.get(one.status)
        yield Line(LAW + one.id, words.said(one.what), {
            "measure": words.measure(one.measure), "holder": words.holder_words(one),
            "ground": words.article(one) if status is None
            else f"{words.article(one)}: {status.word}",
            "what": words.said(one.what), "condition": words.said(one.condition),
            "limit": words.said(one.limit), "until_on": None, "review_on": None,
        })  # fmt: skip
    for row in selectors.given(organisation_id).filter(retired_at=None):
        values: dict[str, Any] = {
            field: getattr(row, field)
            for field in ("what", "condition", "limit", "until_on", "review_on")
        }
        values |= {
            "measure": words.measure(row.measure),
            "holder": row.holder.name,
            "ground": words.ground(row),
        }
        yield Line(str(row.pk), row.what, values)


def _change_power(actor: Actor, id: str, values: Values, changed: frozenset[str]) -> None:
    if id.startswith(LAW):
        raise Refused(_("This is what the law says; it cannot be changed here."))
    found = get_object_or_404(GivenPower, pk=int(id), organisation_id=actor.organisation_id)
    fields = ("what", "condition", "limit")
    given: dict[str, Any] = {field: values.get(field) or "" for field in fields}
    given |= {field: values.get(field) for field in ("until_on", "review_on")}
    power_services.change(actor=actor, given=found, values=given)


registers.register(
    registers.Register(
        "powers",
        gettext_lazy("Powers"),
        VIEW,
        (
            Column("measure", gettext_lazy("measure")),
            Column("holder", gettext_lazy("who may")),
            Column("ground", gettext_lazy("on the ground of")),
            Column("what", gettext_lazy("what may be done"), editable=True),
            Column("condition", gettext_lazy("under which condition"), editable=True),
            Column("limit", gettext_lazy("with which limit"), editable=True),
            Column("until_on", gettext_lazy("until"), "date", editable=True),
            Column("review_on", gettext_lazy("look at it again before"), "date", editable=True),
        ),
        _powers,
        _change_power,
        order=40,
    )
)
