# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The register of improvements as a sheet that comes back."""

from collections.abc import Iterable
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from dijkring.actions import services
from dijkring.actions.models import Action
from dijkring.core import registers
from dijkring.core.access import Actor
from dijkring.core.registers import Column, Line, Values
from dijkring.organisations.registers import colleague


def _lines(organisation_id: int) -> Iterable[Line]:
    rows = Action.objects.filter(organisation_id=organisation_id)
    for row in rows.select_related("owner").order_by("id"):
        values = {
            "title": row.title,
            "description": row.description,
            "priority": row.priority,
            "owner": row.owner.email if row.owner else "",
            "due_on": row.due_on,
            "cost": row.cost,
            "responsible": row.responsible,
            "state": row.state,
            "requirements": ", ".join(row.requirements),
        }
        yield Line(str(row.pk), row.title, values)


def _written(actor: Actor, values: Values) -> dict[str, Any]:
    found = {name: values[name] for name in values if name != "owner"}
    owner = colleague(actor.organisation_id, values.get("owner") or "")
    return {**found, "owner_id": owner.user_id if owner else None}


def _change(actor: Actor, id: str, values: Values, changed: frozenset[str]) -> None:
    action = get_object_or_404(Action, pk=int(id), organisation_id=actor.organisation_id)
    written = _written(actor, values)
    names = {"owner_id" if name == "owner" else name for name in changed}
    services.change(
        actor=actor, action=action, **{name: written[name] for name in written if name in names}
    )


def _add(actor: Actor, values: Values) -> None:
    written = _written(actor, values)
    services.open_action(actor=actor, **{**written, "priority": written["priority"] or "normal"})


registers.register(
    registers.Register(
        "actions",
        _("Actions"),
        "actions.view",
        (
            Column("title", _("title"), editable=True),
            Column("description", _("what to do"), editable=True),
            Column(
                "priority", _("priority"), "choice", editable=True, choices=Action.Priority.choices
            ),
            Column("owner", _("owner"), "person", editable=True),
            Column("due_on", _("due date"), "date", editable=True),
            Column("cost", _("cost in euros"), "number", editable=True),
            Column("responsible", _("carried out by"), editable=True),
            Column("state", _("state"), "choice", choices=Action.State.choices),
            Column("requirements", _("requirements")),
        ),
        _lines,
        _change,
        _add,
        order=20,
    )
)
