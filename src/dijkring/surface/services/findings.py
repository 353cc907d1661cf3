# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Doing something about many findings at once, by the services that do it for one."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from dijkring.actions import services as actions
from dijkring.actions.models import Action
from dijkring.controls.models import in_language
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.evidence import kinds
from dijkring.evidence.services import deviations, follow_up
from dijkring.surface.selectors.findings import Finding

MOST = 200


def accept_many(
    *, actor: Actor, findings: Sequence[Finding], reason: str, ends_at: datetime
) -> int:
    """Accept findings that fail until a date, for one reason; returns how many.

    Several sources may say the same of one subject: that is accepted once. Raises Refused for none,
    for more than 200, and for what accepting one refuses.
    """
    actor.require("evidence.deviate")
    _check(findings)
    about = dict.fromkeys((one.kind, one.subject) for one in findings)
    for kind, subject in about:
        deviations.accept(actor=actor, kind=kind, subject=subject, reason=reason, ends_at=ends_at)
    return len(about)


def hand_out(
    *,
    actor: Actor,
    findings: Sequence[Finding],
    owner_id: int | None,
    due_on: date | None,
) -> list[Action]:
    """Give findings that fail an owner and a due date; returns the actions, old and new.

    There is one open action per kind and host, so what is open already is changed. What is left
    empty stays as it was. Raises Refused for none, and for more than 200.
    """
    actor.require("actions.edit")
    _check(findings)
    parts: dict[tuple[str, str, int | None], list[Finding]] = defaultdict(list)
    for one in findings:
        parts[one.kind, one.hoster, one.work.pk if one.work else None].append(one)
    return [
        _one(actor, key, found, {"owner_id": owner_id, "due_on": due_on})
        for key, found in parts.items()
    ]


def _check(findings: Sequence[Finding]) -> None:
    if not findings:
        raise Refused(_("Choose at least one finding in the list."))
    if len(findings) > MOST:
        raise Refused(_("Choose at most %(most)d findings at once.") % {"most": MOST})


def _one(
    actor: Actor,
    key: tuple[str, str, int | None],
    findings: Sequence[Finding],
    given: dict[str, Any],
) -> Action:
    kind, party, action = key
    rows = Action.objects.filter(organisation_id=actor.organisation_id, state=Action.State.OPEN)
    same = {"pk": action} if action else {"origin_kind": kind, "responsible": party}
    found = rows.filter(**same).first()
    if found is None:
        found = _open(actor, kind, party, given)
    elif values := {name: value for name, value in given.items() if value}:
        actions.change(actor=actor, action=found, **values)
    lines = {one.subject: one.reason for one in findings}
    actions.add_lines(actor=actor, action=found, subjects=lines)
    return found


def _open(actor: Actor, kind_id: str, party: str, given: dict[str, Any]) -> Action:
    kind = kinds.get(kind_id)
    return actions.open_action(
        actor=actor,
        title=in_language(kind.label)[:200],
        description=in_language(kind.mend),
        owner_id=given["owner_id"],
        due_on=given["due_on"] or follow_up.due_date(kind),
        priority=follow_up.PRIORITY.get(kind.level, "low"),
        responsible=party,
        requirements=follow_up.helps(kind_id),
        origin_kind=kind_id,
    )
