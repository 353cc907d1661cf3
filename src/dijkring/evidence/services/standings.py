# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Computing standings: only what hangs on a change, and all of it in a full recomputation.

A standing is computed by the engine from tallies, judgements and applicability, and kept with
the moment it lapses. What changed is written into the history, dated at the change.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import partial

from django.db import connection

from dijkring.controls.catalogue import Catalogue, catalogue
from dijkring.controls.models import Applicability, Framework
from dijkring.core import clock
from dijkring.evidence import tallies
from dijkring.evidence.models import Judgement as JudgementRow
from dijkring.evidence.models import Standing as StandingRow
from dijkring.evidence.services.keeping import forget, keep
from dijkring.evidence.services.lapses import lapse
from dijkring.evidence.services.voices import WHOLE, Place, dependents, rank, voices


def after_facts(organisation_id: int, of_kinds: Collection[str], at: datetime) -> None:
    """Count the kinds anew and recompute the standings that their rules feed."""
    if not of_kinds:
        return
    moment = clock.now()
    tallies.build(organisation_id, of_kinds, moment)
    known = catalogue(moment)
    touched = set().union(*(known.by_kind.get(kind, set()) for kind in of_kinds))
    _recompute({Place(organisation_id, id) for id in touched}, known, moment, at)


def recompute(
    organisation_id: int, requirements: Iterable[int], *, changed_at: datetime | None = None
) -> int:
    """Recompute some leaves and what they carry; returns how many standings changed.

    `changed_at` dates the change; never before the change already known.
    """
    moment = clock.now()
    places = {Place(organisation_id, id) for id in requirements}
    return _recompute(places, catalogue(moment), moment, changed_at or moment)


def recompute_places(places: Iterable[Place], known: Catalogue, changed_at: datetime) -> int:
    """Recompute some places of organisations that see the same catalogue; they must be locked."""
    return _recompute(set(places), known, clock.now(), changed_at)


def _recompute(places: set[Place], known: Catalogue, moment: datetime, changed_at: datetime) -> int:
    changed_in_all = 0
    wanted = {place for place in places if place.requirement in known.nodes}
    while wanted:
        changed = _recompute_once(wanted, known, moment, changed_at)
        changed_in_all += len(changed)
        wholes = [place for place in changed if place.scope == WHOLE]
        wanted = {target for place in wholes for target in dependents(known, place)}
    return changed_in_all


def _recompute_once(
    places: set[Place], known: Catalogue, moment: datetime, changed_at: datetime
) -> set[Place]:
    """Recompute wholes with all their scopes, each in its turn."""
    wholes = {place._replace(scope=WHOLE) for place in places}
    speak = voices(wholes, known, moment)
    scopes = {one._replace(scope=scope) for one in wholes for scope in speak.scopes.get(one, ())}
    steps = {}
    for place in sorted(wholes | scopes, key=partial(rank, known)):
        found = speak.standing(place, moment)
        speak.verdicts[place] = found.verdict.value
        steps[place] = [(changed_at, found)]
    forget([place for place in speak.before if place.scope and place not in scopes])
    return keep(known, speak.before, steps, moment)


def recompute_all(organisation_id: int) -> int:
    """Recompute every standing of an organisation from its facts and judgements."""
    moment = clock.now()
    lock([organisation_id])
    known = catalogue(moment)
    tallies.build(organisation_id, list(known.by_kind), moment)
    return recompute(organisation_id, speaking(organisation_id, known))


def lock(organisations: Iterable[int]) -> None:
    """Hold the locks of some organisations until the end of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(id) FROM unnest(%s::bigint[]) AS id",
            [sorted(organisations)],
        )


def speaking(organisation_id: int, known: Catalogue) -> set[int]:
    """Return the leaves about which anything can speak, or once did."""
    judged = JudgementRow.objects.filter(organisation_id=organisation_id, superseded_at=None)
    weighed = Applicability.objects.filter(organisation_id=organisation_id, valid_until=None)
    stood = StandingRow.objects.filter(organisation_id=organisation_id)
    found = {id for id, rules in known.rules.items() if rules} | set(known.carried_by)
    for rows in (judged, weighed, stood):
        found.update(rows.values_list("requirement_id", flat=True))
    return {id for id in found if id in known.nodes and known.nodes[id].leaf}


def begin_change(organisation_id: int) -> None:
    """Lock the organisation and bring its standings up to now, before something changes."""
    lock([organisation_id])
    lapse([organisation_id])


def of_one_catalogue(organisations: Collection[int]) -> list[list[int]]:
    """Cut some organisations into groups that see the same catalogue."""
    # A framework of its own makes an organisation see other rules and mappings than the rest.
    apart = set(Framework.objects.exclude(organisation=None).values_list("organisation", flat=True))
    alone = [[organisation] for organisation in sorted(apart.intersection(organisations))]
    together = [organisation for organisation in organisations if organisation not in apart]
    return [*alone, together] if together else alone
