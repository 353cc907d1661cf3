# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Computing standings: only what hangs on a change, and all of it in a full recomputation.

A standing is computed by the engine from tallies, judgements and applicability, and stored with
the moment it lapses. What changed is written into the history, dated at the change.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from heapq import heapify, heappop, heappush
from typing import Any

from django.db import connection
from django.db.models import Count, Max

from dijkring.controls.catalogue import Catalogue, catalogue
from dijkring.controls.models import Applicability
from dijkring.core import clock, events
from dijkring.evidence import tallies
from dijkring.evidence.models import Judgement as JudgementRow
from dijkring.evidence.models import Standing as StandingRow
from dijkring.evidence.models import StandingChange, Summary
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


def after_facts(organisation_id: int, of_kinds: Collection[str], at: datetime) -> None:
    """Count the kinds anew and recompute the standings that their rules feed."""
    if not of_kinds:
        return
    moment = clock.now()
    tallies.build(organisation_id, of_kinds, moment)
    known = catalogue(moment)
    touched = set().union(*(known.by_kind.get(kind, set()) for kind in of_kinds))
    _recompute(organisation_id, touched, known, moment, at)


def recompute(
    organisation_id: int, requirements: Iterable[int], *, changed_at: datetime | None = None
) -> int:
    """Recompute some leaves and what they carry; returns how many standings changed.

    `changed_at` dates the change; never before the change already known.
    """
    moment = clock.now()
    return _recompute(
        organisation_id, requirements, catalogue(moment), moment, changed_at or moment
    )


def _recompute(
    organisation_id: int,
    requirements: Iterable[int],
    known: Catalogue,
    moment: datetime,
    changed_at: datetime,
) -> int:
    changed_in_all = 0
    wanted = {id for id in requirements if id in known.nodes}
    while wanted:
        changed = _recompute_once(organisation_id, wanted, known, moment, changed_at)
        changed_in_all += len(changed)
        wanted = known.dependents(changed)
    return changed_in_all


def recompute_all(organisation_id: int) -> int:
    """Recompute every standing of an organisation from its facts and judgements."""
    moment = clock.now()
    lock(organisation_id)
    known = catalogue(moment)
    tallies.build(organisation_id, list(known.by_kind), moment)
    return recompute(organisation_id, speaking(organisation_id, known))


def lock(organisation_id: int) -> None:
    """Hold the organisation's lock until the end of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [organisation_id])


def speaking(organisation_id: int, known: Catalogue) -> set[int]:
    """Return the leaves about which anything can speak, or once did."""
    judged = JudgementRow.objects.filter(organisation_id=organisation_id, superseded_at=None)
    weighed = Applicability.objects.filter(organisation_id=organisation_id, valid_until=None)
    stood = StandingRow.objects.filter(organisation_id=organisation_id)
    found = {id for id, rules in known.rules.items() if rules} | set(known.carried_by)
    for rows in (judged, weighed, stood):
        found.update(rows.values_list("requirement_id", flat=True))
    return {id for id in found if id in known.nodes and known.nodes[id].leaf}


# --- evaluating ---------------------------------------------------------------------------------


@dataclass(slots=True)
class Voices:
    """All that speaks about some leaves of one organisation, read in a few queries."""

    organisation_id: int
    known: Catalogue
    tallies: dict[str, Tally]
    judgements: dict[int, list[Judgement]]
    not_applicable: set[int]
    verdicts: dict[int, str]

    def inputs(self, id: int) -> Inputs:
        """Return the engine's inputs for one leaf."""
        carried = tuple(
            (leaf, Verdict(self.verdicts.get(leaf, Verdict.NOT_ASSESSED)))
            for source in self.known.carried_by.get(id, ())
            for leaf in self.known.leaves_below(source)
        )
        return Inputs(
            layers=tuple(Layer(layer) for layer in self.known.nodes[id].layers),
            rules=tuple(self._rule(rule) for rule in self.known.rules.get(id, ())),
            judgements=tuple(self.judgements.get(id, ())),
            applicable=id not in self.not_applicable,
            carried_by=carried,
        )

    def standing(self, id: int, at: datetime) -> Standing:
        """Return the standing of one leaf; it is due as well when a tally is no longer exact."""
        found = standing(self.inputs(id), at)
        kinds = {kind for rule in self.known.rules.get(id, ()) for kind in rule.kinds}
        ends = [self.tallies[kind].exact_until for kind in kinds]
        exact_until = min((end for end in ends if end is not None and end > at), default=None)
        if exact_until is None or (found.lapses_at is not None and found.lapses_at < exact_until):
            return found
        return replace(found, lapses_at=exact_until, becomes=None)

    def bring_to(self, at: datetime) -> None:
        """Count the kinds again whose tally says less than the truth at a moment."""
        ends = {kind: found.exact_until for kind, found in self.tallies.items()}
        stale = [kind for kind, end in ends.items() if end is not None and end <= at]
        if stale:
            self.tallies |= tallies.build(self.organisation_id, stale, at, keep=False)

    def _rule(self, rule: Any) -> Rule:
        counts = tuple(self.tallies[kind] for kind in rule.kinds)
        return Rule(rule.id, Layer(rule.layer), rule.decides, counts, rule.tolerance, rule.repair)


def voices(
    organisation_id: int, ids: Collection[int], known: Catalogue, at: datetime, *, keep: bool = True
) -> Voices:
    """Read what speaks about some leaves; `keep` stores the tallies that were counted again."""
    of_kinds = {kind for id in ids for rule in known.rules.get(id, ()) for kind in rule.kinds}
    counted = tallies.read(organisation_id, of_kinds, at, keep=keep) if of_kinds else {}
    sources = {
        leaf
        for id in ids
        for source in known.carried_by.get(id, ())
        for leaf in known.leaves_below(source)
    }
    return Voices(
        organisation_id,
        known,
        counted,
        _judgements(organisation_id, ids),
        _not_applicable(organisation_id, ids),
        _verdicts(organisation_id, sources),
    )


def _judgements(organisation_id: int, ids: Collection[int]) -> dict[int, list[Judgement]]:
    found: dict[int, list[Judgement]] = defaultdict(list)
    rows = JudgementRow.objects.filter(
        organisation_id=organisation_id, requirement_id__in=ids, superseded_at=None
    ).values_list("requirement_id", "id", "layer", "line", "verdict", "valid_until")
    for requirement, id, layer, line, verdict, until in rows:
        found[requirement].append(Judgement(id, Layer(layer), Line(line), Verdict(verdict), until))
    return found


def _not_applicable(organisation_id: int, ids: Collection[int]) -> set[int]:
    rows = Applicability.objects.filter(
        organisation_id=organisation_id,
        requirement_id__in=ids,
        valid_until=None,
        applicable=False,
        approved_at__isnull=False,
    )
    return set(rows.values_list("requirement_id", flat=True))


def _verdicts(organisation_id: int, ids: Collection[int]) -> dict[int, str]:
    if not ids:
        return {}
    rows = StandingRow.objects.filter(organisation_id=organisation_id, requirement_id__in=ids)
    return dict(rows.values_list("requirement_id", "verdict"))


# --- storing ------------------------------------------------------------------------------------


Step = tuple[datetime, Standing]


def _recompute_once(
    organisation_id: int, ids: set[int], known: Catalogue, moment: datetime, changed_at: datetime
) -> set[int]:
    before = stored(organisation_id, ids)
    speak = voices(organisation_id, ids, known, moment)
    steps = {id: [(changed_at, speak.standing(id, moment))] for id in ids}
    return _store(organisation_id, known, before, steps, moment)


def stored(organisation_id: int, ids: Collection[int]) -> dict[int, StandingRow]:
    """Return the standings as they were last stored."""
    rows = StandingRow.objects.filter(organisation_id=organisation_id, requirement_id__in=ids)
    return {row.requirement_id: row for row in rows}


def _store(
    organisation_id: int,
    known: Catalogue,
    before: dict[int, StandingRow],
    steps: dict[int, list[Step]],
    moment: datetime,
) -> set[int]:
    rows: list[StandingRow] = []
    changes: list[StandingChange] = []
    last = _last_changes(organisation_id, before)
    for id, walked in steps.items():
        old = before.get(id)
        if old is None and not _speaks(walked[-1][1]):
            continue
        for at, found in walked:
            at = max(at, last.get(id, at))
            row = _row(organisation_id, id, found, old, moment, at)
            if old is None or _words(old) != _words(row):
                changes.append(_change(row, at, moment))
            old = row
        rows.append(row)
    _save(rows, changes)
    changed = {change.requirement_id for change in changes}
    _summarise(organisation_id, known, {known.nodes[id].framework for id in changed}, moment)
    if changed:
        events.publish("standing.changed", organisation_id=organisation_id)
    return changed


def _last_changes(organisation_id: int, ids: Collection[int]) -> dict[int, datetime]:
    # A change is never dated before one that is in the history already.
    if not ids:
        return {}
    rows = StandingChange.objects.filter(organisation_id=organisation_id, requirement_id__in=ids)
    return dict(rows.values_list("requirement_id").annotate(Max("at")).order_by())


def _speaks(found: Standing) -> bool:
    # What does not apply has no voices, and is a standing all the same.
    spoken = any(layer.reasons for layer in found.layers) or bool(found.carried)
    return spoken or found.verdict is not Verdict.NOT_ASSESSED


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


def _words(row: StandingRow) -> tuple[Any, ...]:
    layers = [(part["layer"], part["verdict"], part["in_repair"]) for part in row.layers]
    return (row.verdict, *layers)


def _row(
    organisation_id: int,
    id: int,
    found: Standing,
    old: StandingRow | None,
    moment: datetime,
    changed_at: datetime,
) -> StandingRow:
    same = old is not None and old.verdict == found.verdict
    since = old.since if old is not None and same else changed_at
    return StandingRow(
        organisation_id=organisation_id,
        requirement_id=id,
        verdict=found.verdict.value,
        layers=layers_of(found),
        since=since,
        lapses_at=found.lapses_at,
        becomes=found.becomes.value if found.becomes else "",
        computed_at=moment,
    )


def _change(row: StandingRow, at: datetime, moment: datetime) -> StandingChange:
    return StandingChange(
        organisation_id=row.organisation_id,
        requirement_id=row.requirement_id,
        verdict=row.verdict,
        layers={part["layer"]: part["verdict"] for part in row.layers},
        at=at,
        recorded_at=moment,
    )


def _save(rows: list[StandingRow], changes: list[StandingChange]) -> None:
    if rows:
        StandingRow.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["organisation", "requirement"],
            update_fields=["verdict", "layers", "since", "lapses_at", "becomes", "computed_at"],
        )
    if changes:
        StandingChange.objects.bulk_create(changes)


def _summarise(
    organisation_id: int, known: Catalogue, frameworks: set[int], moment: datetime
) -> None:
    if not frameworks:
        return
    stood = StandingRow.objects.filter(
        organisation_id=organisation_id,
        requirement__framework_id__in=frameworks,
        requirement__status="active",
    )
    counted: dict[int, dict[str, int]] = {framework: {} for framework in frameworks}
    rows = stood.values_list("requirement__framework_id", "verdict").annotate(count=Count("id"))
    for framework, verdict, count in rows:
        counted[framework][verdict] = count
    Summary.objects.bulk_create(
        [
            Summary(
                organisation_id=organisation_id,
                framework_id=framework,
                counts=_with_silence(counts, len(known.leaves_of(framework))),
                computed_at=moment,
            )
            for framework, counts in counted.items()
        ],
        update_conflicts=True,
        unique_fields=["organisation", "framework"],
        update_fields=["counts", "computed_at"],
    )


def _with_silence(counts: dict[str, int], leaves: int) -> dict[str, int]:
    """Count the leaves without a standing as not assessed: unknown stays in the whole."""
    spoken = {verdict: count for verdict, count in counts.items() if verdict != "not_assessed"}
    silent = leaves - sum(spoken.values())
    return {**spoken, "not_assessed": silent} if silent > 0 else spoken


# --- lapsing ------------------------------------------------------------------------------------


def lapse(organisation_id: int) -> int:
    """Carry out what the passing of time did, dated at the lapse; returns the number of changes.

    The organisation must be locked.
    """
    moment = clock.now()
    due = list(StandingRow.objects.filter(organisation_id=organisation_id, lapses_at__lte=moment))
    if not due:
        return 0
    before, steps = walk(organisation_id, due, moment, keep=True)
    return len(_store(organisation_id, catalogue(moment), before, steps, moment))


def walk(
    organisation_id: int, due: Collection[StandingRow], moment: datetime, *, keep: bool
) -> tuple[dict[int, StandingRow], dict[int, list[Step]]]:
    """Return the standings that time alone touched, as stored, and what each became until a moment.

    Goes from lapse to lapse, so that two dates that passed between sweeps both stand in history;
    what a leaf carries is looked at at the same moment.
    """
    known = catalogue(moment)
    queue = [_turn(known, row.lapses_at, row.requirement_id) for row in _known(due, known)]
    if not queue:
        return {}, {}
    heapify(queue)
    ids = _with_dependents(known, {id for _, _, id in queue})
    before = stored(organisation_id, ids)
    speak = voices(organisation_id, ids, known, queue[0][0], keep=keep)
    speak.verdicts |= {id: row.verdict for id, row in before.items()}
    return before, _pass_time(speak, queue, moment)


Turn = tuple[datetime, bool, int]


def _known(due: Iterable[StandingRow], known: Catalogue) -> list[Any]:
    return [row for row in due if row.requirement_id in known.nodes]


def _turn(known: Catalogue, at: datetime, id: int) -> Turn:
    # Of what happens at one moment, what others carry comes last.
    return at, id in known.carried_by, id


def _with_dependents(known: Catalogue, ids: set[int]) -> set[int]:
    found, new = set(ids), set(ids)
    while new := known.dependents(new) - found:
        found |= new
    return found


def _pass_time(speak: Voices, queue: list[Turn], moment: datetime) -> dict[int, list[Step]]:
    steps: dict[int, list[Step]] = defaultdict(list)
    while queue and queue[0][0] <= moment:
        turn = at, _, id = heappop(queue)
        if queue and queue[0] == turn:
            continue
        speak.bring_to(at)
        found = speak.standing(id, at)
        steps[id].append((at, found))
        if found.lapses_at is not None:
            heappush(queue, _turn(speak.known, found.lapses_at, id))
        if speak.verdicts.get(id) != found.verdict:
            speak.verdicts[id] = found.verdict.value
            for dependent in speak.known.dependents([id]):
                heappush(queue, _turn(speak.known, at, dependent))
    return steps


def begin_change(organisation_id: int) -> None:
    """Lock the organisation and bring its standings up to now, before something changes."""
    lock(organisation_id)
    lapse(organisation_id)
