# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Owners of requirements, written in the statement of applicability."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from dijkring.controls.models import Applicability, Requirement
from dijkring.controls.services import decide_applicability
from dijkring.core.access import Actor
from dijkring.onboarding.intake.rows import Read
from dijkring.onboarding.models import Brought, Intake
from dijkring.onboarding.services.lines import Line, refused
from dijkring.onboarding.services.numbers import Numbers, Unknown
from dijkring.onboarding.services.people_known import Colleagues, Nobody
from dijkring.organisations.models import User


def compare(actor: Actor, reads: Sequence[Read], intake: Intake) -> list[Line]:
    """Return a line per leaf and its owner; a stranger or a leaver is refused."""
    numbers = Numbers(actor.organisation_id, intake.numbering)
    people = Colleagues(actor.organisation_id)
    lines = [line for one in reads for line in _lines(one, numbers, people)]
    _owned_already(actor, lines)
    return lines


def _lines(one: Read, numbers: Numbers, people: Colleagues) -> list[Line]:
    ref = str(one.values.get("ref") or "")
    if one.refused:
        return [refused(one.line, one.refused, ref)]
    try:
        owner = people.find(str(one.values["owner"]))
        found = numbers.meaning(ref)
    except (Nobody, Unknown) as why:
        return [refused(one.line, str(why), ref)]
    return [
        Line(
            one.line,
            key=f"{meaning.requirement.framework_id}:{meaning.requirement.ref}",
            label=f"{meaning.requirement.ref} {meaning.requirement.label}"[:200],
            reason=meaning.note,
            values={"requirement": meaning.requirement.pk, "owner": owner},
        )
        for meaning in found
    ]


def _current(actor: Actor, ids: Sequence[int]) -> dict[int, Applicability]:
    rows = Applicability.objects.filter(
        organisation_id=actor.organisation_id, requirement_id__in=ids, valid_until=None
    )
    return {row.requirement_id: row for row in rows}


def _owned_already(actor: Actor, lines: Sequence[Line]) -> None:
    wanted = [one for one in lines if one.values]
    current = _current(actor, [one.values["requirement"] for one in wanted])
    for one in wanted:
        row = current.get(one.values["requirement"])
        if row is not None and row.owner_id == one.values["owner"]:
            one.status, one.reason = "unchanged", _("This is the owner already.")


def write(actor: Actor, intake: Intake, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Give leaves their owner; whether they apply stays as it was decided."""
    wanted = {one.values["requirement"]: one.values["owner"] for one in lines}
    before = _current(actor, list(wanted))
    _decide(actor, wanted, before)
    after = _current(actor, list(wanted))
    return [_made(one.values["requirement"], before, after) for one in lines]


def _made(
    id: int, before: dict[int, Applicability], after: dict[int, Applicability]
) -> dict[str, Any]:
    owner = before[id].owner_id if id in before else None
    return {"applicability": after[id].pk, "before": owner}


def _decide(actor: Actor, owners: dict[int, Any], current: dict[int, Applicability]) -> None:
    rows = {row.pk: row for row in Requirement.objects.filter(pk__in=owners)}
    people = {user.pk: user for user in User.objects.filter(pk__in=set(owners.values()) - {None})}
    groups: dict[tuple[bool, str, int | None], list[Requirement]] = defaultdict(list)
    for id, owner in owners.items():
        row = current.get(id)
        decided = (row.applicable, row.reason) if row else (True, "")
        groups[*decided, owner].append(rows[id])
    for (applicable, reason, owner), requirements in groups.items():
        decide_applicability(
            actor=actor,
            requirements=requirements,
            applicable=applicable,
            reason=reason,
            owner=people[owner] if owner else None,
        )


def take_back(actor: Actor, rows: Sequence[Brought], reason: str) -> dict[int, str]:
    """Give back the owner of before, where nobody has decided anything since."""
    ids = {row.made["applicability"]: row for row in rows}
    current = Applicability.objects.filter(pk__in=ids, valid_until=None)
    open_ = {row.pk: row for row in current}
    owners = {row.requirement_id: ids[pk].made["before"] for pk, row in open_.items()}
    if owners:
        _decide(actor, owners, {row.requirement_id: row for row in open_.values()})
    words = _("Somebody has decided about this since.")
    return {row.pk: words for id, row in ids.items() if id not in open_}
