# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""All that speaks about some leaves of some organisations, read in a few queries."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from dijkring.controls.catalogue import Catalogue
from dijkring.controls.catalogue import Rule as CatalogueRule
from dijkring.core.rows import fetch
from dijkring.evidence import tallies
from dijkring.evidence.standing import (
    Inputs,
    Judgement,
    Layer,
    Line,
    Rule,
    Standing,
    Tally,
    Verdict,
    standing,
)


class Place(NamedTuple):
    """Where something stands: one leaf of one organisation."""

    organisation: int
    requirement: int


@dataclass(slots=True)
class Voices:
    """What speaks about some leaves; the organisations see the same catalogue."""

    known: Catalogue
    tallies: dict[tallies.Key, Tally]
    judgements: dict[Place, list[Judgement]]
    not_applicable: set[Place]
    verdicts: dict[Place, str]

    def standing(self, place: Place, at: datetime) -> Standing:
        """Return the standing of one leaf; it is due as well when a tally is no longer exact."""
        found = standing(self._inputs(place), at)
        rules = self.known.rules.get(place.requirement, ())
        kinds = {kind for rule in rules for kind in rule.kinds}
        ends = [self.tallies[place.organisation, kind].exact_until for kind in kinds]
        exact_until = min((end for end in ends if end is not None and end > at), default=None)
        if exact_until is None or (found.lapses_at is not None and found.lapses_at < exact_until):
            return found
        return replace(found, lapses_at=exact_until, becomes=None)

    def bring_to(self, at: datetime) -> None:
        """Count the kinds again whose tally says less than the truth at a moment."""
        ends = {key: found.exact_until for key, found in self.tallies.items()}
        stale = [key for key, end in ends.items() if end is not None and end <= at]
        if stale:
            self.tallies |= tallies.count_again(stale, at, keep=False)

    def dependents(self, place: Place) -> list[Place]:
        """Return the places of other norms that take their standing from this one."""
        organisation, id = place
        return [Place(organisation, target) for target in self.known.dependents([id])]

    def _inputs(self, place: Place) -> Inputs:
        organisation, id = place
        carried = tuple(
            (leaf, Verdict(self.verdicts.get(Place(organisation, leaf), Verdict.NOT_ASSESSED)))
            for leaf in _carriers(self.known, id)
        )
        return Inputs(
            layers=tuple(Layer(layer) for layer in self.known.nodes[id].layers),
            rules=tuple(self._rule(organisation, rule) for rule in self.known.rules.get(id, ())),
            judgements=tuple(self.judgements.get(place, ())),
            applicable=place not in self.not_applicable,
            carried_by=carried,
        )

    def _rule(self, organisation: int, rule: CatalogueRule) -> Rule:
        counts = tuple(self.tallies[organisation, kind] for kind in rule.kinds)
        return Rule(rule.id, Layer(rule.layer), rule.decides, counts, rule.tolerance, rule.repair)


def voices(
    places: Collection[Place], known: Catalogue, at: datetime, *, keep: bool = True
) -> Voices:
    """Read what speaks about some leaves; `keep` stores the tallies that were counted again."""
    organisations = sorted({place.organisation for place in places})
    ids = sorted({place.requirement for place in places})
    of_kinds = {kind for id in ids for rule in known.rules.get(id, ()) for kind in rule.kinds}
    return Voices(
        known,
        tallies.read(organisations, of_kinds, at, keep=keep),
        _judgements(organisations, ids),
        _not_applicable(organisations, ids),
        _verdicts(organisations, {leaf for id in ids for leaf in _carriers(known, id)}),
    )


def _carriers(known: Catalogue, id: int) -> list[int]:
    return [leaf for source in known.carried_by.get(id, ()) for leaf in known.leaves_below(source)]


_JUDGEMENTS = """
SELECT organisation_id, requirement_id, id, layer, line, verdict, valid_until
FROM evidence_judgement
WHERE organisation_id = ANY(%s) AND requirement_id = ANY(%s) AND superseded_at IS NULL
"""
_NOT_APPLICABLE = """
SELECT organisation_id, requirement_id FROM controls_applicability
WHERE organisation_id = ANY(%s) AND requirement_id = ANY(%s)
  AND valid_until IS NULL AND NOT applicable AND approved_at IS NOT NULL
"""
_VERDICTS = """
SELECT organisation_id, requirement_id, verdict FROM evidence_standing
WHERE organisation_id = ANY(%s) AND requirement_id = ANY(%s)
"""


def _judgements(organisations: list[int], ids: list[int]) -> dict[Place, list[Judgement]]:
    found: dict[Place, list[Judgement]] = defaultdict(list)
    for row in fetch(_JUDGEMENTS, [organisations, ids]):
        organisation, requirement, id, layer, line, verdict, until = row
        judgement = Judgement(id, Layer(layer), Line(line), Verdict(verdict), until)
        found[Place(organisation, requirement)].append(judgement)
    return found


def _not_applicable(organisations: list[int], ids: list[int]) -> set[Place]:
    return {Place(*row) for row in fetch(_NOT_APPLICABLE, [organisations, ids])}


def _verdicts(organisations: list[int], ids: Collection[int]) -> dict[Place, str]:
    if not ids:
        return {}
    rows = fetch(_VERDICTS, [organisations, list(ids)])
    return {Place(organisation, id): verdict for organisation, id, verdict in rows}
