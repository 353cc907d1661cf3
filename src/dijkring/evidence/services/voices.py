# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""All that speaks about some leaves of some organisations, read in a few queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
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
    Provision,
    Rule,
    Standing,
    Tally,
    Verdict,
    standing,
)

WHOLE = 0


class Place(NamedTuple):
    """Where something stands: one leaf of one organisation, as a whole or in one scope."""

    organisation: int
    requirement: int
    scope: int = WHOLE


Scopes = dict[Place, list[int]]


@dataclass(slots=True)
class Voices:
    """What speaks about some leaves; the organisations see the same catalogue."""

    known: Catalogue
    tallies: dict[tallies.Key, Tally]
    judgements: dict[Place, list[Judgement]]
    provisions: dict[Place, list[Provision]]
    not_applicable: set[Place]
    scopes: Scopes
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

    def _inputs(self, place: Place) -> Inputs:
        organisation, id, _scope = place
        whole = Place(organisation, id)
        layers = [Layer(layer) for layer in self.known.nodes[id].layers]
        provisions = self._provisions(place)
        return Inputs(
            layers=(*layers, Layer.OWN_PART) if provisions else tuple(layers),
            rules=tuple(self._rule(organisation, rule) for rule in self.known.rules.get(id, ())),
            judgements=self._judgements(place),
            provisions=provisions,
            applicable=whole not in self.not_applicable,
            carried_by=self._said((leaf, Place(organisation, leaf)) for leaf in self._carriers(id)),
            scopes=self._said(
                (scope, whole._replace(scope=scope))
                for scope in (self.scopes.get(whole, ()) if place == whole else ())
            ),
        )

    def _said(self, places: Iterable[tuple[int, Place]]) -> tuple[tuple[int, Verdict], ...]:
        unknown = Verdict.NOT_ASSESSED
        return tuple((ref, Verdict(self.verdicts.get(place, unknown))) for ref, place in places)

    def _carriers(self, id: int) -> list[int]:
        return carriers(self.known, id)

    def _judgements(self, place: Place) -> tuple[Judgement, ...]:
        # What is said without a scope holds in every scope, unless there it is said again.
        here = self.judgements.get(place, [])
        if place.scope == WHOLE:
            return tuple(here)
        said = {(judgement.layer, judgement.line) for judgement in here}
        general = self.judgements.get(place._replace(scope=WHOLE), [])
        return (*here, *(one for one in general if (one.layer, one.line) not in said))

    def _provisions(self, place: Place) -> tuple[Provision, ...]:
        here = self.provisions.get(place, [])
        general = self.provisions.get(place._replace(scope=WHOLE), [])
        return tuple(here) if place.scope == WHOLE else (*here, *general)

    def _rule(self, organisation: int, rule: CatalogueRule) -> Rule:
        counts = tuple(self.tallies[organisation, kind] for kind in rule.kinds)
        return Rule(rule.id, Layer(rule.layer), rule.decides, counts, rule.tolerance, rule.repair)


def voices(
    places: Collection[Place],
    known: Catalogue,
    at: datetime,
    *,
    keep: bool = True,
    scopes: Scopes | None = None,
    said: Mapping[Place, str] | None = None,
) -> Voices:
    """Read what speaks about some leaves; `keep` stores the tallies that were counted again.

    Who has read the scopes or the verdicts of these leaves already gives them along.
    """
    organisations = sorted({place.organisation for place in places})
    ids = sorted({place.requirement for place in places})
    of_kinds = {kind for id in ids for rule in known.rules.get(id, ()) for kind in rule.kinds}
    sources = {leaf for id in ids for leaf in carriers(known, id)}
    return Voices(
        known,
        tallies.read(organisations, of_kinds, at, keep=keep),
        _judgements(organisations, ids),
        _provisions(organisations, ids),
        _not_applicable(organisations, ids),
        _scopes(organisations, ids) if scopes is None else scopes,
        _verdicts(organisations, {*sources, *ids} if said is None else sources) | dict(said or {}),
    )


def carriers(known: Catalogue, id: int) -> list[int]:
    """Return the leaves that carry a leaf of another norm."""
    return [leaf for source in known.carried_by.get(id, ()) for leaf in known.leaves_below(source)]


def dependents(known: Catalogue, place: Place) -> list[Place]:
    """Return what takes its standing from a place: its whole, or leaves of other norms."""
    organisation, id, scope = place
    if scope != WHOLE:
        return [Place(organisation, id)]
    return [Place(organisation, target) for target in known.dependents([id])]


def scopes_of(places: Collection[Place]) -> Scopes:
    """Return the scopes judged apart of some places of the whole."""
    organisations = list({place.organisation for place in places})
    return _scopes(organisations, list({place.requirement for place in places}))


_JUDGEMENTS = """
SELECT organisation_id, requirement_id, coalesce(scope_id, 0), id, layer, line, verdict, valid_until
FROM evidence_judgement
WHERE organisation_id = ANY(%s) AND requirement_id = ANY(%s) AND superseded_at IS NULL
"""
# A provision that has ended says "not measured" until somebody judges the layer again.
_PROVISIONS = """
SELECT p.organisation_id, p.requirement_id, coalesce(p.scope_id, 0), p.id, l.layer,
  coalesce(b.verdict, 'not_measured'), least(p.until, b.valid_until)
FROM evidence_provision p CROSS JOIN LATERAL jsonb_array_elements_text(p.layers) AS l(layer)
LEFT JOIN evidence_publication b
  ON b.provision_id = p.id AND b.layer = l.layer AND b.until IS NULL
WHERE p.organisation_id = ANY(%s) AND p.requirement_id = ANY(%s) AND NOT EXISTS (
  SELECT FROM evidence_judgement j WHERE j.organisation_id = p.organisation_id
  AND j.requirement_id = p.requirement_id AND j.scope_id IS NOT DISTINCT FROM p.scope_id
  AND j.layer = l.layer AND j.superseded_at IS NULL AND j.judged_at >= p.until)
"""
_SCOPES = """
SELECT DISTINCT v.organisation_id, x.requirement_id, v.id FROM evidence_scope v JOIN (
  SELECT scope_id, requirement_id FROM evidence_judgement WHERE superseded_at IS NULL
  UNION ALL SELECT service_id, requirement_id FROM evidence_offer WHERE until IS NULL
  UNION ALL SELECT scope_id, requirement_id FROM evidence_provision
) AS x ON x.scope_id = v.id
WHERE v.until IS NULL AND v.organisation_id = ANY(%s) AND x.requirement_id = ANY(%s)
"""
_NOT_APPLICABLE = """
SELECT organisation_id, requirement_id FROM controls_applicability
WHERE organisation_id = ANY(%s) AND requirement_id = ANY(%s)
  AND valid_until IS NULL AND NOT applicable AND approved_at IS NOT NULL
"""
_VERDICTS = """
SELECT organisation_id, requirement_id, coalesce(scope_id, 0), verdict FROM evidence_standing
WHERE organisation_id = ANY(%s) AND requirement_id = ANY(%s)
"""


def _judgements(organisations: list[int], ids: list[int]) -> dict[Place, list[Judgement]]:
    found: dict[Place, list[Judgement]] = defaultdict(list)
    for row in fetch(_JUDGEMENTS, [organisations, ids]):
        id, layer, line, verdict, until = row[3:]
        judgement = Judgement(id, Layer(layer), Line(line), Verdict(verdict), until)
        found[Place(*row[:3])].append(judgement)
    return found


def _provisions(organisations: list[int], ids: list[int]) -> dict[Place, list[Provision]]:
    found: dict[Place, list[Provision]] = defaultdict(list)
    for row in fetch(_PROVISIONS, [organisations, ids]):
        id, layer, verdict, until = row[3:]
        provision = Provision(id, (Layer(layer),), Verdict(verdict), until)
        found[Place(*row[:3])].append(provision)
    return found


def _scopes(organisations: list[int], ids: list[int]) -> Scopes:
    found: dict[Place, list[int]] = defaultdict(list)
    for organisation, requirement, scope in fetch(_SCOPES, [organisations, ids]):
        found[Place(organisation, requirement)].append(scope)
    return found


def _not_applicable(organisations: list[int], ids: list[int]) -> set[Place]:
    return {Place(*row) for row in fetch(_NOT_APPLICABLE, [organisations, ids])}


def _verdicts(organisations: list[int], ids: Collection[int]) -> dict[Place, str]:
    rows = fetch(_VERDICTS, [organisations, list(ids)]) if ids else []
    return {Place(*row[:3]): row[3] for row in rows}
