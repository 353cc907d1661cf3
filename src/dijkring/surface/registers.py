# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The domains as a sheet that comes back."""

from collections.abc import Iterable

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from dijkring.core import registers
from dijkring.core.access import Actor
from dijkring.core.registers import Column, Line, Values
from dijkring.surface.models import Domain
from dijkring.surface.services import domains


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
