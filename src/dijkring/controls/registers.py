# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The statement of applicability as a sheet that comes back."""

from collections.abc import Iterable

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from dijkring.controls.models import Requirement
from dijkring.controls.selectors import applicability as selectors
from dijkring.controls.services.applicability import decide_applicability
from dijkring.core import registers
from dijkring.core.access import Actor
from dijkring.core.registers import Column, Line, Values
from dijkring.organisations.registers import colleague


def _lines(organisation_id: int) -> Iterable[Line]:
    framework = selectors.norm()
    for row in selectors.lines(organisation_id, framework) if framework else ():
        decided = row.state != selectors.UNDECIDED
        applies = row.state == selectors.APPLIES
        values = {
            "ref": row.ref,
            "title": row.title,
            "applicable": applies if decided else None,
            "reason": row.reason,
            "owner": row.owner.email if row.owner else "",
            "approved_by": str(row.approved_by or ""),
        }
        yield Line(str(row.pk), f"{row.ref} {row.title}", values)


def _change(actor: Actor, id: str, values: Values, changed: frozenset[str]) -> None:
    requirement = get_object_or_404(Requirement, pk=int(id))
    owner = colleague(actor.organisation_id, values.get("owner") or "")
    decide_applicability(
        actor=actor,
        requirements=[requirement],
        applicable=values["applicable"] is not False,
        reason=values["reason"],
        owner=owner.user if owner else None,
    )


registers.register(
    registers.Register(
        "applicability",
        _("Statement of applicability"),
        "controls.view",
        (
            Column("ref", _("number")),
            Column("title", _("title")),
            Column("applicable", _("applicable"), "yesno", editable=True),
            Column("reason", _("reason"), editable=True),
            Column("owner", _("owner"), "person", editable=True),
            Column("approved_by", _("approved by")),
        ),
        _lines,
        _change,
        order=30,
    )
)
