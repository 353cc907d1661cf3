# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The ladders of an organisation: its own levels in place of those that are prepared."""

from dataclasses import dataclass

from dijkring.controls.models import in_language
from dijkring.crisis import prepared
from dijkring.crisis.models import Level


@dataclass(frozen=True, slots=True)
class Rung:
    """One level as it holds for an organisation, in words; `own` tells whether it changed it."""

    ladder: str
    key: str
    place: int
    name: str
    chair: str
    criteria: str
    called: tuple[str, ...]
    in_use: bool
    own: bool


def rungs(organisation_id: int, *, all_of_them: bool = False) -> list[Rung]:
    """Return the levels of both ladders, the own one first; those out of use only if asked for."""
    changed = {
        (row.ladder, row.key): row for row in Level.objects.filter(organisation_id=organisation_id)
    }
    found = {(one.ladder, one.key): _prepared(one) for one in prepared.levels()}
    found |= {key: _changed(row) for key, row in changed.items()}
    ordered = sorted(found.values(), key=lambda one: (one.ladder != "own", one.place, one.key))
    return [one for one in ordered if one.in_use or all_of_them]


def rung(organisation_id: int, ladder: str, key: str) -> Rung | None:
    """Return one level, also when it is out of use; None when it is not there."""
    every = rungs(organisation_id, all_of_them=True)
    return next((one for one in every if (one.ladder, one.key) == (ladder, key)), None)


def _prepared(one: prepared.Level) -> Rung:
    name, chair, criteria = (in_language(dict(t)) for t in (one.name, one.chair, one.criteria))
    called = tuple(in_language(dict(prepared.functions()[id].words)) for id in one.called)
    place = one.place
    return Rung(one.ladder, one.key, place, name, chair, criteria, called, one.in_use, False)


def _changed(row: Level) -> Rung:
    called = tuple(line.strip() for line in row.called.splitlines() if line.strip())
    name, chair, criteria = row.name, row.chair, row.criteria
    return Rung(row.ladder, row.key, row.place, name, chair, criteria, called, row.in_use, True)
