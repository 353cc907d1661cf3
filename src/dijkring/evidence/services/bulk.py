# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Judgements on many leaves at once; each leaf succeeds or is refused on its own.

The rules are those of one judgement; only the writing and the recomputing are done together.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from dijkring.controls.models import Requirement
from dijkring.core import clock, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.evidence.models import Judgement, Scope
from dijkring.evidence.services import judgements, standings

MOST = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """A verdict to be recorded on some layers of one leaf, as far as it asks for them."""

    requirement: Requirement
    layers: Sequence[str]
    verdict: str
    reason: str


@dataclass(slots=True)
class Outcome:
    """The judgements made per requirement, and what was refused, with the reason."""

    made: dict[int, list[Judgement]] = field(default_factory=dict)
    done: list[Requirement] = field(default_factory=list)
    refused: list[tuple[Requirement, str]] = field(default_factory=list)


def judge_many(
    *,
    actor: Actor,
    requirements: Sequence[Requirement],
    layers: Sequence[str],
    line: str,
    verdict: str,
    reason: str,
    valid_until: datetime | None,
) -> Outcome:
    """Record the same judgement on some layers of many leaves.

    Raises Refused without a layer, for more than 200 leaves, and for what `judge` refuses of a
    reason or date.
    """
    wanted = [Wanted(one, layers, verdict, reason) for one in requirements]
    return record(actor=actor, wanted=wanted, line=line, valid_until=valid_until)


def record(
    *,
    actor: Actor,
    wanted: Sequence[Wanted],
    line: str,
    valid_until: datetime | None,
    scope: Scope | None = None,
) -> Outcome:
    """Record verdicts on many leaves, each with its own reason, at one moment in one line.

    All are about the same scope, or about the whole. Raises Refused for a scope that has ended.
    """
    actor.require(judgements.RIGHT_OF_LINE.get(line, "evidence.audit"))
    if not all(one.layers for one in wanted):
        raise Refused(_("Choose at least one layer."), "layers")
    if len(wanted) > MOST:
        raise Refused(_("Choose at most %(most)d requirements at once.") % {"most": MOST})
    for one in wanted:
        judgements._check_words(one.reason, valid_until, scope)
    found = Outcome()
    rows = [row for one in wanted for row in _rows(actor, one, line, valid_until, scope, found)]
    _write(actor, rows, line, scope)
    return found


def _rows(
    actor: Actor,
    one: Wanted,
    line: str,
    valid_until: datetime | None,
    scope: Scope | None,
    found: Outcome,
) -> list[Judgement]:
    asked = judgements.layers_of(actor.organisation_id, one.requirement, scope)
    layers = [layer for layer in one.layers if layer in asked] or list(one.layers)
    try:
        for layer in layers:
            judgements._check(one.requirement, asked, layer, line, one.verdict)
    except Refused as refused:
        found.refused.append((one.requirement, refused.message))
        return []
    values: dict[str, Any] = {
        "organisation_id": actor.organisation_id,
        "requirement": one.requirement,
        "scope": scope,
        "line": line,
        "verdict": one.verdict,
        "reason": one.reason,
        "judged_by_id": actor.user_id,
        "judged_at": clock.now(),
        "valid_until": valid_until,
    }
    found.done.append(one.requirement)
    found.made[one.requirement.pk] = [Judgement(layer=layer, **values) for layer in layers]
    return found.made[one.requirement.pk]


def _write(actor: Actor, rows: Sequence[Judgement], line: str, scope: Scope | None) -> None:
    if not rows:
        return
    standings.begin_change(actor.organisation_id)
    tenancy.note_reason(rows[0].reason)
    now = clock.now()
    for layer in {row.layer for row in rows}:
        Judgement.objects.filter(
            organisation_id=actor.organisation_id,
            requirement_id__in=[row.requirement_id for row in rows if row.layer == layer],
            layer=layer,
            line=line,
            scope=scope,
            superseded_at=None,
        ).update(superseded_at=now)
    Judgement.objects.bulk_create(rows)
    changed = {row.requirement_id for row in rows}
    standings.recompute(actor.organisation_id, changed, changed_at=now)
