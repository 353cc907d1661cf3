# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Verdicts from before (overgenomen): each waits, without a layer, until somebody confirms it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.evidence.models import Scope
from dijkring.onboarding.intake.rows import Read
from dijkring.onboarding.models import Brought, Intake, TakenOver
from dijkring.onboarding.services.lines import CHANGED, Line, left_out, refused
from dijkring.onboarding.services.numbers import Meaning, Numbers, Unknown
from dijkring.onboarding.services.parts import Parts, unmake

KEPT = ("verdict", "reason", "said_by", "said_on", "valid_until", "about")


def compare(actor: Actor, reads: Sequence[Read], intake: Intake) -> list[Line]:
    """Return a line per leaf that a verdict is about; a control speaks for what lies below it."""
    numbers = Numbers(actor.organisation_id, intake.numbering)
    parts = _parts(actor, intake, [str(one.values.get("about") or "") for one in reads])
    return [line for one in reads for line in _lines(one, numbers, parts)]


def _parts(actor: Actor, intake: Intake, named: Sequence[str]) -> Parts:
    return Parts(actor, str(intake.choice.get("parts") or ""), named)


def _lines(one: Read, numbers: Numbers, parts: Parts) -> Iterator[Line]:
    ref = str(one.values.get("ref") or "")
    if not one.values.get("assessable", True):
        yield left_out(one.line, _("This line is not judged."), ref)
    elif one.refused:
        yield refused(one.line, one.refused, ref)
    elif one.values.get("verdict") == "":
        yield left_out(one.line, _("No verdict was given, so there is nothing to take over."), ref)
    else:
        yield from _meant(one, ref, numbers, parts)


def _meant(one: Read, ref: str, numbers: Numbers, parts: Parts) -> Iterator[Line]:
    try:
        found = numbers.meaning(ref)
    except Unknown as unknown:
        yield refused(one.line, str(unknown), ref)
        return
    for meaning in found:
        yield _line(one, ref, meaning, numbers.key, parts)


def _line(one: Read, ref: str, meaning: Meaning, key: str, parts: Parts) -> Line:
    values = {name: one.values.get(name) for name in KEPT}
    target = meaning.requirement
    about = values["about"] or ""
    # Only where it is so: what was brought in before there were parts stays the same.
    apart = {"apart": True} if parts.knows(about) else {}
    known = {"was": ref, "note": meaning.note[:400], "requirement": target.pk}
    return Line(
        one.line,
        key=f"{target.framework_id}:{target.ref}|{key}:{ref.casefold()}|{about.casefold()}"[:700],
        label=f"{target.ref} {target.label}"[:200],
        reason=" ".join(part for part in (meaning.note, parts.remark(about)) if part),
        values={**values, **apart, **known},
    )


def write(actor: Actor, intake: Intake, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Write verdicts as taken over; one that changed takes the place of what still waited."""
    old = [
        one.before.made.get("taken_over") for one in lines if one.status == CHANGED and one.before
    ]
    _end(actor, old, _("A newer import says something else."))
    parts = _parts(actor, intake, [one.values["about"] or "" for one in lines])
    made = parts.make(actor)
    known = {**parts.here, **made}
    rows = TakenOver.objects.bulk_create(
        [_row(actor, intake, one, known) for one in lines], batch_size=1000
    )
    ids = {scope.pk for scope in made.values()}
    return [_told(row, ids) for row in rows]


def _told(row: TakenOver, made: set[int]) -> dict[str, Any]:
    """Return what a line made; a new part stands with every line that is about it."""
    part = {"part": row.scope_id} if row.scope_id in made else {}
    return {"taken_over": row.pk, **part}


def _row(actor: Actor, intake: Intake, line: Line, known: Mapping[str, Scope]) -> TakenOver:
    values = line.values
    about = values["about"] or ""
    return TakenOver(
        organisation_id=actor.organisation_id,
        intake=intake,
        line=line.line,
        requirement_id=values["requirement"],
        was=values["was"],
        note=values["note"],
        verdict=values["verdict"],
        reason=values["reason"] or "",
        said_by=values["said_by"] or "",
        said_on=values["said_on"],
        valid_until=values["valid_until"],
        about=about,
        scope=known.get(about.strip().casefold()),
    )


def _end(actor: Actor, ids: Sequence[int | None], reason: str) -> None:
    TakenOver.objects.filter(
        organisation_id=actor.organisation_id, pk__in=[id for id in ids if id], ended_at=None
    ).update(ended_at=clock.now(), ended_by_id=actor.user_id, end_reason=reason[:500])


def take_back(actor: Actor, rows: Sequence[Brought], reason: str) -> dict[int, str]:
    """Take back what still waits; what somebody confirmed or set aside stays."""
    ids = {row.pk: row.made.get("taken_over") for row in rows}
    open_ = set(
        TakenOver.objects.filter(pk__in=ids.values(), ended_at=None).values_list("pk", flat=True)
    )
    _end(actor, list(open_), reason)
    unmake(actor, {row.made["part"] for row in rows if "part" in row.made}, reason)
    words = _("Somebody has confirmed this or set it aside already.")
    return {pk: words for pk, id in ids.items() if id not in open_}
