# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeping standings: the rows, the history of what changed, the counts per framework."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import connection

from dijkring.controls.catalogue import Catalogue
from dijkring.core import events
from dijkring.core.rows import fetch, in_one_turn, upsert
from dijkring.evidence.services.voices import WHOLE, Kept, Place
from dijkring.evidence.standing import Reason, Source, Standing, Verdict

Step = tuple[datetime, Standing]
Row = tuple[Any, ...]


def keep(
    known: Catalogue, before: dict[Place, Kept], steps: dict[Place, list[Step]], moment: datetime
) -> set[Place]:
    """Keep what some places became, step by step; returns the places that changed."""
    rows: list[Row] = []
    changes: list[Row] = []
    for place, walked in steps.items():
        if place in before or _speaks(place, walked[-1][1]):
            row, changed = _walk(place, before.get(place), walked, moment)
            rows.append(row)
            changes += changed
    changed_places = {Place(change[0], change[1], change[2] or WHOLE) for change in changes}
    with in_one_turn():
        upsert("evidence_standing", _STANDING, rows, _KEY)
        upsert("evidence_standingchange", _CHANGE, changes)
        _summarise(known, changed_places, moment)
    _tell(before, rows)
    return changed_places


def _tell(before: dict[Place, Kept], rows: list[Row]) -> None:
    """Tell the takers of a service that what it says, or until when, has changed."""
    told = set()
    for organisation, requirement, scope, verdict, _layers, _since, lapses_at, *_rest in rows:
        old = before.get(Place(organisation, requirement, scope or WHOLE))
        if scope and (old is None or (old.verdict, old.lapses_at) != (verdict, lapses_at)):
            told.add((organisation, scope))
    for organisation, scope in sorted(told):
        events.publish("scope.changed", organisation_id=organisation, scope=scope)


_FORGET = """
DELETE FROM evidence_standing WHERE (organisation_id, requirement_id, scope_id) IN (
  SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]))
"""


def forget(places: Collection[Place]) -> None:
    """Take away the standings of scopes about which nothing is said apart any more."""
    if places:
        with connection.cursor() as cursor:
            cursor.execute(_FORGET, [list(column) for column in zip(*places, strict=True)])


def _walk(
    place: Place, old: Kept | None, walked: list[Step], moment: datetime
) -> tuple[Row, list[Row]]:
    last = old.last if old else None
    words = _words(old.verdict, old.layers) if old else None
    verdict, since = (old.verdict, old.since) if old else ("", walked[0][0])
    key = (place.organisation, place.requirement, place.scope or None)
    changes: list[Row] = []
    for at, found in walked:
        # A change is never dated before one that is in the history already.
        at = max(at, last) if last else at
        layers = layers_of(found)
        if found.verdict != verdict or not old:
            verdict, since = found.verdict.value, at
        if words != (words := _words(verdict, layers)):
            brief = json.dumps({part["layer"]: part["verdict"] for part in layers})
            changes.append((*key, verdict, brief, at, moment))
    becomes = found.becomes.value if found.becomes else ""
    return (*key, verdict, json.dumps(layers), since, found.lapses_at, becomes, moment), changes


def _speaks(place: Place, found: Standing) -> bool:
    reasons = [reason for layer in found.layers for reason in layer.reasons]
    if place.scope == WHOLE:
        reasons = [reason for reason in reasons if not _is_about_nothing(reason)]
    # What does not apply has no voices, and is a standing all the same.
    spoken = reasons or found.carried or found.scopes
    return bool(spoken) or found.verdict is not Verdict.NOT_ASSESSED


def _is_about_nothing(reason: Reason) -> bool:
    # Of the whole no row means not assessed as well; what a service says must be there for others.
    return reason.source is Source.RULE and reason.verdict is Verdict.NOT_ASSESSED


def layers_of(found: Standing) -> list[dict[str, Any]]:
    """Return the layers of a standing as they are stored."""
    return [
        {
            "layer": part.layer.value,
            "verdict": part.verdict.value,
            "in_repair": part.in_repair,
            "unconfirmed": part.unconfirmed,
            "reasons": [
                [r.source.value, r.id, r.verdict.value, r.note.value] for r in part.reasons
            ],
        }
        for part in found.layers
    ]


def _words(verdict: str, layers: Iterable[dict[str, Any]]) -> tuple[Any, ...]:
    return (verdict, *[(part["layer"], part["verdict"], part["in_repair"]) for part in layers])


_KEY = ["organisation_id", "requirement_id", "scope_id"]
_STANDING = {
    "organisation_id": "bigint",
    "requirement_id": "bigint",
    "scope_id": "bigint",
    "verdict": "text",
    "layers": "jsonb",
    "since": "timestamptz",
    "lapses_at": "timestamptz",
    "becomes": "text",
    "computed_at": "timestamptz",
}
_CHANGE = {
    "organisation_id": "bigint",
    "requirement_id": "bigint",
    "scope_id": "bigint",
    "verdict": "text",
    "layers": "jsonb",
    "at": "timestamptz",
    "recorded_at": "timestamptz",
}
_SUMMARY = {
    "organisation_id": "bigint",
    "framework_id": "bigint",
    "counts": "jsonb",
    "computed_at": "timestamptz",
}


_ALL_VERDICTS = """
SELECT organisation_id, requirement_id, verdict FROM evidence_standing
WHERE organisation_id = ANY(%s) AND scope_id IS NULL
"""


def _summarise(known: Catalogue, changed: set[Place], moment: datetime) -> None:
    wanted = {
        (organisation, known.nodes[id].framework)
        for organisation, id, scope in changed
        if scope == WHOLE
    }
    if not wanted:
        return
    counted: dict[tuple[int, int], dict[str, int]] = {key: defaultdict(int) for key in wanted}
    organisations = sorted({organisation for organisation, _ in wanted})
    for organisation, id, verdict in fetch(_ALL_VERDICTS, [organisations]):
        key = (organisation, known.nodes[id].framework) if id in known.nodes else None
        if key in counted:
            counted[key][verdict] += 1
    rows = [
        (*key, json.dumps(_with_silence(counts, len(known.leaves_of(key[1])))), moment)
        for key, counts in counted.items()
    ]
    upsert("evidence_summary", _SUMMARY, rows, ["organisation_id", "framework_id"])


def _with_silence(counts: dict[str, int], leaves: int) -> dict[str, int]:
    """Count the leaves without a standing as not assessed: unknown stays in the whole."""
    spoken = {verdict: count for verdict, count in counts.items() if verdict != "not_assessed"}
    silent = leaves - sum(spoken.values())
    return {**spoken, "not_assessed": silent} if silent > 0 else spoken
