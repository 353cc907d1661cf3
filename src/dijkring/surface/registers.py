# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The domains, and the systems to which they belong, as sheets that come back."""

from collections.abc import Iterable

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from dijkring.core import registers
from dijkring.core.access import Actor
from dijkring.core.registers import Column, Line, Values
from dijkring.organisations.registers import colleague
from dijkring.surface.models import Domain, Part, System
from dijkring.surface.services import domains, systems
from dijkring.surface.services.systems import Wanted


def _lines(organisation_id: int) -> Iterable[Line]:
    for row in domains.current(organisation_id).order_by("name"):
        values = {
            "name": row.name,
            "carries_web": row.carries_web,
            "carries_mail": row.carries_mail,
            "responsible": row.responsible,
            "note": row.note,
            "state": row.state,
        }
        yield Line(str(row.pk), row.name, values)


def _change(actor: Actor, id: str, values: Values, changed: frozenset[str]) -> None:
    domain = get_object_or_404(Domain, pk=int(id), organisation_id=actor.organisation_id)
    domains.change(
        actor=actor,
        domain=domain,
        carries_web=bool(values["carries_web"]),
        carries_mail=bool(values["carries_mail"]),
        responsible=values["responsible"],
        note=values["note"],
    )


def _add(actor: Actor, values: Values) -> None:
    web = values["carries_web"]
    domains.register_domain(
        actor=actor,
        name=values["name"],
        carries_web=True if web is None else web,
        carries_mail=values["carries_mail"],
        responsible=values["responsible"],
        note=values["note"],
    )


registers.register(
    registers.Register(
        "domains",
        _("Domains"),
        "surface.view",
        (
            Column("name", _("domain"), adding=True),
            Column("carries_web", _("has a website"), "yesno", editable=True),
            Column("carries_mail", _("carries mail"), "yesno", editable=True),
            Column("responsible", _("hosted by"), editable=True),
            Column("note", _("note"), editable=True),
            Column("state", _("state"), "choice", choices=Domain.State.choices),
        ),
        _lines,
        _change,
        _add,
        order=40,
    )
)


# --- systems ------------------------------------------------------------------------------------


def _systems(organisation_id: int) -> Iterable[Line]:
    rows = System.objects.filter(organisation_id=organisation_id, retired_at=None)
    rows = rows.select_related("owner", "party").prefetch_related("belongings__domain")
    for row in rows.order_by("name"):
        belongings = list(row.belongings.all())
        values = {
            "name": row.name,
            "kind": row.kind,
            "part": row.part,
            "owner": row.owner.email if row.owner else "",
            "supplier": row.mender,
            "purpose": row.purpose,
            "names": " ".join(sorted(one.domain.name for one in belongings if one.domain)),
            "addresses": " ".join(one.address for one in belongings if one.address),
            "reviewed_on": row.reviewed_on,
        }
        yield Line(str(row.pk), row.name, values)


def _wanted(actor: Actor, values: Values) -> Wanted:
    owner = colleague(actor.organisation_id, values.get("owner") or "")
    return Wanted(
        name=values["name"] or "",
        kind=values["kind"] or System.Kind.WEBSITE,
        part=values["part"] or Part.OWNER,
        owner_id=owner.user_id if owner else None,
        supplier=values["supplier"] or "",
        purpose=values["purpose"] or "",
        reviewed_on=values["reviewed_on"],
        names=_separate(values["names"]),
        addresses=_separate(values["addresses"]),
    )


def _separate(text: str | None) -> list[str]:
    return (text or "").replace(",", " ").replace(";", " ").split()


def _change_system(actor: Actor, id: str, values: Values, changed: frozenset[str]) -> None:
    system = get_object_or_404(System, pk=int(id), organisation_id=actor.organisation_id)
    systems.change(actor=actor, system=system, wanted=_wanted(actor, values))


def _add_system(actor: Actor, values: Values) -> None:
    systems.add(actor=actor, wanted=_wanted(actor, values))


registers.register(
    registers.Register(
        "systems",
        _("Systems on the internet"),
        "surface.view",
        (
            Column("name", _("name"), editable=True),
            Column("kind", _("kind"), "choice", editable=True, choices=System.Kind.choices),
            Column("part", _("what we are"), "choice", editable=True, choices=Part.choices),
            Column("owner", _("owner"), "person", editable=True),
            Column("supplier", _("who mends it"), editable=True),
            Column("purpose", _("purpose"), editable=True),
            Column("names", _("domain names"), editable=True),
            Column("addresses", _("addresses"), editable=True),
            Column("reviewed_on", _("reviewed on"), "date", editable=True),
        ),
        _systems,
        _change_system,
        _add_system,
        order=41,
    )
)
