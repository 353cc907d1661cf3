# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""From current facts to tallies: what the rules read."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import fields
from datetime import datetime
from typing import Any

from dijkring.core.rows import Rows, fetch_together, upsert
from dijkring.evidence import kinds
from dijkring.evidence.standing import Observed, State, Tally, tally

Key = tuple[int, str]

_FACTS = """
SELECT f.kind, f.subject, f.member, f.source, f.state, f.state_since,
       coalesce(f.confirmed_at, r.observed_at) + f.validity
FROM evidence_fact f LEFT JOIN evidence_round r ON r.id = f.round_id
WHERE f.organisation_id = %s AND f.until IS NULL AND f.kind = ANY(%s)
"""
_MEMBERS = """
SELECT population, member FROM evidence_populationmember
WHERE organisation_id = %s AND until IS NULL AND population = ANY(%s)
"""
_NAMES = [field.name for field in fields(Tally)]
_TALLIES = f"""
SELECT organisation_id, kind, {", ".join(_NAMES)} FROM evidence_tally
WHERE organisation_id = ANY(%s) AND kind = ANY(%s)
"""  # noqa: S608 -- the names of our own fields


def build(
    organisation_id: int, of_kinds: Collection[str], at: datetime, *, keep: bool = True
) -> dict[str, Tally]:
    """Count the current facts of some kinds, and keep the tallies."""
    counted = {kind: kinds.get(kind).population for kind in of_kinds}
    rows, member_rows = fetch_together(
        (_FACTS, [organisation_id, list(of_kinds)]),
        (_MEMBERS, [organisation_id, list(set(counted.values()))]),
    )
    facts, members = _observed(rows), _members(member_rows)
    built = {
        kind: tally(facts[kind], members[population], at) for kind, population in counted.items()
    }
    if keep:
        store(organisation_id, built)
    return built


def _observed(rows: Rows) -> dict[str, list[Observed]]:
    found: dict[str, list[Observed]] = defaultdict(list)
    for kind, subject, member, source, state, since, until in rows:
        found[kind].append(Observed(subject, member, source, State(state), since, until))
    return found


def _members(rows: Rows) -> dict[str, set[str]]:
    """Return the members per population; the organisation itself is its own population."""
    found: dict[str, set[str]] = defaultdict(set)
    for population, member in rows:
        found[population].add(member)
    return found


_TYPES = {"organisation_id": "bigint", "kind": "text"} | {
    name: "timestamptz" if name == "exact_until" else "timestamptz[]" if several else "integer"
    for name, several in ((field.name, field.default == ()) for field in fields(Tally))
}


def store(organisation_id: int, built: dict[str, Tally]) -> None:
    """Keep tallies, one row per kind."""
    rows = [(organisation_id, kind, *_values(found)) for kind, found in built.items()]
    upsert("evidence_tally", _TYPES, rows, ["organisation_id", "kind"])


def _values(found: Tally) -> list[Any]:
    values = [getattr(found, name) for name in _NAMES]
    return [_moments(value) if isinstance(value, tuple) else value for value in values]


def _moments(found: tuple[datetime, ...]) -> str:
    return "{" + ",".join(moment.isoformat() for moment in found) + "}"


def question(
    organisations: Collection[int], of_kinds: Collection[str]
) -> tuple[str, list[list[Any]]]:
    """Return the query for the tallies of some kinds; its rows are for `answered`."""
    return _TALLIES, [list(organisations), list(of_kinds)]


def answered(
    rows: Rows,
    organisations: Collection[int],
    of_kinds: Collection[str],
    at: datetime,
    *,
    keep: bool = True,
) -> dict[Key, Tally]:
    """Return the tallies of some kinds as they hold at a moment.

    An unchanged round extends facts without touching their tally, so a tally in which something
    seems to have lapsed is counted again from the facts.
    """
    found = {(row[0], row[1]): _tally(row[2:]) for row in rows}
    wanted = [(organisation, kind) for organisation in organisations for kind in of_kinds]
    stale = [key for key in wanted if key not in found or _seems_lapsed(found[key], at)]
    return found | count_again(stale, at, keep=keep)


def count_again(keys: Iterable[Key], at: datetime, *, keep: bool) -> dict[Key, Tally]:
    """Count some kinds of some organisations from their facts."""
    per_organisation: dict[int, list[str]] = defaultdict(list)
    for organisation, kind in keys:
        per_organisation[organisation].append(kind)
    return {
        (organisation, kind): found
        for organisation, of_kinds in per_organisation.items()
        for kind, found in build(organisation, of_kinds, at, keep=keep).items()
    }


def _tally(values: tuple[Any, ...]) -> Tally:
    whole: list[Any] = [tuple(value) if isinstance(value, list) else value for value in values]
    return Tally(*whole)


def _seems_lapsed(found: Tally, at: datetime) -> bool:
    ends = (found.lapses[:1], found.fail_lapses[:1], found.not_applicable_lapses[:1])
    moments = [end[0] for end in ends if end] + [found.exact_until] * (
        found.exact_until is not None
    )
    return any(moment is not None and moment <= at for moment in moments)
