# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""All that speaks about some leaves of some organisations, read in a few queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from dijkring.controls.catalogue import Catalogue
from dijkring.controls.catalogue import Rule as CatalogueRule
from dijkring.core.rows import Rows, fetch_together
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


class Kept(NamedTuple):
    """A standing as it was last kept; `last` is the moment of its last change in the history."""

    verdict: str
    layers: list[dict[str, Any]]
    since: datetime
    lapses_at: datetime | None
    last: datetime | None


@dataclass(slots=True)
class Voices:
    """What speaks about some leaves; the organisations see the same catalogue.

    `before` holds the standings of these leaves as they were kept, `scopes` what is judged apart.
    """

    known: Catalogue
    tallies: dict[tallies.Key, Tally]
    judgements: dict[Place, list[Judgement]]
    provisions: dict[Place, list[Provision]]
    not_applicable: set[Place]
    scopes: dict[Place, list[int]]
    before: dict[Place, Kept]
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
    places: Collection[Place], known: Catalogue, at: datetime, *, keep: bool = True
) -> Voices:
    """Read what speaks about some leaves; `keep` stores the tallies that were counted again."""
    wholes = {place._replace(scope=WHOLE) for place in places}
    organisations = sorted({place.organisation for place in wholes})
    ids = sorted({place.requirement for place in wholes})
    of_kinds = {kind for id in ids for rule in known.rules.get(id, ()) for kind in rule.kinds}
    sources = {leaf for id in ids for leaf in carriers(known, id)}
    both = [organisations, ids]
    counted, judged, provided, excluded, scoped, rows, said = fetch_together(
        tallies.question(organisations, of_kinds),
        (_JUDGEMENTS, both),
        (_PROVISIONS, both),
        (_NOT_APPLICABLE, both),
        (_SCOPES, both),
        (_KEPT, both),
        (_VERDICTS, [organisations, list(sources)]),
    )
    before = _kept(rows, wholes)
    return Voices(
        known,
        tallies.answered(counted, organisations, of_kinds, at, keep=keep),
        _judgements(judged),
        _provisions(provided),
        {Place(*row) for row in excluded},
        _scopes(scoped),
        before,
        {Place(*row[:3]): row[3] for row in said}
        | {place: one.verdict for place, one in before.items()},
    )


def carriers(known: Catalogue, id: int) -> list[int]:
    """Return the leaves that carry a leaf of another norm."""
    return [leaf for source in known.carried_by.get(id, ()) for leaf in known.leaves_below(source)]


def rank(known: Catalogue, place: Place) -> int:
    """Return when a place has its turn: scopes come first, and what others carry comes last."""
    return 0 if place.scope else 1 + (place.requirement in known.carried_by)


def dependents(known: Catalogue, place: Place) -> list[Place]:
    """Return what takes its standing from a place: its whole, or leaves of other norms."""
    organisation, id, scope = place
    if scope != WHOLE:
        return [Place(organisation, id)]
    return [Place(organisation, target) for target in known.dependents([id])]


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
_KEPT = """
SELECT s.organisation_id, s.requirement_id, coalesce(s.scope_id, 0), s.verdict, s.layers, s.since,
  s.lapses_at, (SELECT max(c.at) FROM evidence_standingchange c
   WHERE c.organisation_id = s.organisation_id AND c.requirement_id = s.requirement_id
   AND c.scope_id IS NOT DISTINCT FROM s.scope_id)
FROM evidence_standing s WHERE s.organisation_id = ANY(%s) AND s.requirement_id = ANY(%s)
"""
_VERDICTS = """
SELECT organisation_id, requirement_id, coalesce(scope_id, 0), verdict FROM evidence_standing
WHERE organisation_id = ANY(%s) AND requirement_id = ANY(%s)
"""


def _judgements(rows: Rows) -> dict[Place, list[Judgement]]:
    found: dict[Place, list[Judgement]] = defaultdict(list)
    for row in rows:
        id, layer, line, verdict, until = row[3:]
        judgement = Judgement(id, Layer(layer), Line(line), Verdict(verdict), until)
        found[Place(*row[:3])].append(judgement)
    return found


def _provisions(rows: Rows) -> dict[Place, list[Provision]]:
    found: dict[Place, list[Provision]] = defaultdict(list)
    for row in rows:
        id, layer, verdict, until = row[3:]
        provision = Provision(id, (Layer(layer),), Verdict(verdict), until)
        found[Place(*row[:3])].append(provision)
    return found


def _scopes(rows: Rows) -> dict[Place, list[int]]:
    found: dict[Place, list[int]] = defaultdict(list)
    for organisation, requirement, scope in rows:
        found[Place(organisation, requirement)].append(scope)
    return found


def _kept(rows: Rows, wholes: Collection[Place]) -> dict[Place, Kept]:
    # The query asks for each leaf of each organisation; a leaf may be meant of only one of them.
    return {Place(*row[:3]): Kept(*row[3:]) for row in rows if Place(*row[:2]) in wholes}
