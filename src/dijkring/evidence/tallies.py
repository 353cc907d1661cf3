# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""From current facts to tallies: what the rules read."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import fields
from datetime import datetime
from typing import Any

from django.db import connection

from dijkring.evidence import kinds
from dijkring.evidence.models import PopulationMember
from dijkring.evidence.models import Tally as TallyRow
from dijkring.evidence.standing import Observed, State, Tally, tally

_FACTS = """
SELECT f.kind, f.subject, f.member, f.source, f.state, f.state_since,
       coalesce(f.confirmed_at, r.observed_at) + f.validity
FROM evidence_fact f LEFT JOIN evidence_round r ON r.id = f.round_id
WHERE f.organisation_id = %s AND f.until IS NULL AND f.kind = ANY(%s)
"""
_NAMES = [field.name for field in fields(Tally)]


def observed(organisation_id: int, of_kinds: Collection[str]) -> dict[str, list[Observed]]:
    """Return the current facts of some kinds, per kind."""
    found: dict[str, list[Observed]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, [organisation_id, list(of_kinds)])
        for kind, subject, member, source, state, since, until in cursor.fetchall():
            found[kind].append(Observed(subject, member, source, State(state), since, until))
    return found


def populations(organisation_id: int, names: Iterable[str]) -> dict[str, set[str]]:
    """Return the current members per population; the organisation itself is its own population."""
    found: dict[str, set[str]] = defaultdict(set)
    rows = PopulationMember.objects.filter(
        organisation_id=organisation_id, population__in=set(names), until=None
    )
    for population, member in rows.values_list("population", "member"):
        found[population].add(member)
    return found


def build(
    organisation_id: int, of_kinds: Collection[str], at: datetime, *, keep: bool = True
) -> dict[str, Tally]:
    """Count the current facts of some kinds, and keep the tallies."""
    facts = observed(organisation_id, of_kinds)
    members = populations(organisation_id, {kinds.get(kind).population for kind in of_kinds})
    built = {
        kind: tally(facts.get(kind, ()), members[kinds.get(kind).population], at)
        for kind in of_kinds
    }
    if keep:
        store(organisation_id, built)
    return built


def store(organisation_id: int, built: dict[str, Tally]) -> None:
    """Keep tallies, one row per kind."""
    rows = [
        TallyRow(organisation_id=organisation_id, kind=kind, **_values(t))
        for kind, t in built.items()
    ]
    TallyRow.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["organisation", "kind"], update_fields=_NAMES
    )


def _values(found: Tally) -> dict[str, Any]:
    values = {name: getattr(found, name) for name in _NAMES}
    return {name: list(v) if isinstance(v, tuple) else v for name, v in values.items()}


def read(
    organisation_id: int, of_kinds: Collection[str], at: datetime, *, keep: bool = True
) -> dict[str, Tally]:
    """Return the tallies of some kinds as they hold at a moment.

    An unchanged round extends facts without touching their tally, so a tally in which something
    seems to have lapsed is counted again from the facts.
    """
    found = {
        row[0]: _tally(row[1:])
        for row in TallyRow.objects.filter(
            organisation_id=organisation_id, kind__in=of_kinds
        ).values_list("kind", *_NAMES)
    }
    stale = [kind for kind in of_kinds if kind not in found or _seems_lapsed(found[kind], at)]
    return {**found, **build(organisation_id, stale, at, keep=keep)} if stale else found


def _tally(values: tuple[Any, ...]) -> Tally:
    whole: list[Any] = [tuple(value) if isinstance(value, list) else value for value in values]
    return Tally(*whole)


def _seems_lapsed(found: Tally, at: datetime) -> bool:
    ends = (found.lapses[:1], found.fail_lapses[:1], found.not_applicable_lapses[:1])
    moments = [end[0] for end in ends if end] + [found.exact_until] * (
        found.exact_until is not None
    )
    return any(moment is not None and moment <= at for moment in moments)
