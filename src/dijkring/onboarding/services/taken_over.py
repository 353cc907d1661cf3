# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Confirming what was taken over, which makes real judgements, or setting it aside."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from dijkring.core import clock, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.evidence.services import bulk, judgements
from dijkring.onboarding.models import TakenOver


@dataclass(slots=True)
class Outcome:
    """What was confirmed, and what not with the reason."""

    done: list[TakenOver] = field(default_factory=list)
    refused: list[tuple[TakenOver, str]] = field(default_factory=list)


def confirm(
    *,
    actor: Actor,
    rows: Sequence[TakenOver],
    layers: Sequence[str],
    line: str,
    reason: str,
    valid_until: datetime | None,
) -> Outcome:
    """Make each verdict a judgement of the actor on some layers; what is refused stays waiting.

    The explanation from before comes along behind the actor's own reason. A verdict about a part
    becomes a judgement of that part. Of several on one leaf and part only one can be confirmed.
    """
    actor.require(judgements.RIGHT_OF_LINE.get(line, "evidence.audit"))
    if not reason.strip():
        raise Refused(_("Say why you confirm this."), "reason")
    found = Outcome()
    for leaves in _by_part(_open(actor, rows), found).values():
        part = next(iter(leaves.values())).scope
        wanted = [
            bulk.Wanted(row.requirement, layers, row.verdict, worded(row, reason))
            for row in leaves.values()
        ]
        outcome = bulk.record(
            actor=actor, wanted=wanted, line=line, valid_until=valid_until, scope=part
        )
        for requirement, why in outcome.refused:
            found.refused.append((leaves[requirement.pk], why))
        for id, made in outcome.made.items():
            row = leaves[id]
            row.judgements = [one.pk for one in made]
            _end(actor, row, reason)
            found.done.append(row)
    return found


def _by_part(rows: Sequence[TakenOver], found: Outcome) -> dict[int | None, dict[int, TakenOver]]:
    """Return one verdict per leaf for the whole and for each part; the others are refused."""
    first: dict[int | None, dict[int, TakenOver]] = {}
    for row in rows:
        if first.setdefault(row.scope_id, {}).setdefault(row.requirement_id, row) is not row:
            why = _("Another verdict on this requirement was confirmed just now.")
            found.refused.append((row, why))
    return first


def _open(actor: Actor, rows: Sequence[TakenOver]) -> list[TakenOver]:
    ids = [row.pk for row in rows]
    locked = TakenOver.objects.select_for_update(of=("self",)).filter(
        organisation_id=actor.organisation_id, pk__in=ids, ended_at=None
    )
    return list(locked.select_related("requirement__framework", "intake", "scope"))


def worded(row: TakenOver, reason: str) -> str:
    """Return the reason of a judgement: why it was confirmed, and what was said before."""
    parts = [reason.strip(), _("Taken over from %(file)s.") % {"file": row.intake.name}]
    if row.about:
        parts.append(_("About: %(about)s.") % {"about": row.about})
    if row.reason:
        parts.append(row.reason)
    return "\n\n".join(parts)[:4000]


def _end(actor: Actor, row: TakenOver, reason: str) -> None:
    row.ended_at, row.ended_by_id, row.end_reason = clock.now(), actor.user_id, reason[:500]
    row.save(update_fields=["ended_at", "ended_by", "end_reason", "judgements"])


def set_aside(*, actor: Actor, rows: Sequence[TakenOver], reason: str) -> int:
    """Set verdicts aside that do not hold any more; returns how many."""
    actor.require("onboarding.confirm")
    if not reason.strip():
        raise Refused(_("Say why this does not hold any more."), "reason")
    tenancy.note_reason(reason)
    found = _open(actor, rows)
    for row in found:
        _end(actor, row, reason)
    return len(found)
