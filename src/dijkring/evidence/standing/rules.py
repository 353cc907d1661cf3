# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""From tallies to the verdict of a rule."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from dijkring.evidence.standing.words import Note, Rule, RuleVerdict, Tally, Verdict, utc


class Counts(NamedTuple):
    """The subjects behind a rule at one moment; `failed` includes those in repair."""

    failed: int
    unconfirmed: int
    in_repair: int
    not_measured: int
    passed: int
    not_applicable: int
    population: int


def rule_verdict(rule: Rule, at: datetime) -> RuleVerdict:
    """Return what a rule says at a moment, whether it decides its layer or can only break it.

    Empty population: not assessed. Only not-applicable facts: not applicable. A fail older than
    the repair term: not met; a fail is in repair while `at` lies before its begin plus the term.
    Otherwise more not measured than the tolerance, or nothing measured of what may apply: not
    measured. Otherwise met. `changes_at` is the next moment at which the passing of time
    changes the verdict or a count. Raises ValueError for a moment without a time zone.
    """
    at = utc(at)
    counts = count(rule, at)
    verdict = judge(counts, rule.tolerance)
    return RuleVerdict(verdict, *counts[:-1], changes_at=_next_change(rule, at))


def count(rule: Rule, at: datetime) -> Counts:
    """Count the subjects of a rule at a moment in UTC, without looking at each of them."""
    failed = unconfirmed = in_repair = not_measured = passed = not_applicable = population = 0
    for tally in rule.tallies:
        population += tally.population
        lapsed = _reached(tally.lapses, at)
        passed += len(tally.lapses) - lapsed
        not_measured += lapsed + tally.not_measured + tally.missing
        if tally.not_applicable:
            silent = _reached(tally.not_applicable_lapses, at)
            not_applicable += tally.not_applicable - silent
            not_measured += silent
        if tally.failing_since:
            failed += len(tally.failing_since)
            unconfirmed += _reached(tally.fail_lapses, at)
            in_repair += _in_repair(rule, tally, at)
    return Counts(failed, unconfirmed, in_repair, not_measured, passed, not_applicable, population)


def _reached(moments: tuple[datetime, ...], at: datetime) -> int:
    # Mostly nothing has lapsed yet, and then one comparison is enough.
    return bisect_right(moments, at) if moments and moments[0] <= at else 0


def _in_repair(rule: Rule, tally: Tally, at: datetime) -> int:
    if rule.repair_term is None:
        return 0
    return len(tally.failing_since) - bisect_right(tally.failing_since, at - rule.repair_term)


def judge(counts: Counts, tolerance: int) -> Verdict:
    """Return the verdict that goes with the counts of a rule."""
    if counts.population == 0:
        return Verdict.NOT_ASSESSED
    if counts.failed > counts.in_repair:
        return Verdict.NOT_MET
    measured = counts.failed or counts.passed
    # A tolerance forgives gaps in what was measured; of silence nothing follows.
    if counts.not_measured > (tolerance if measured else 0):
        return Verdict.NOT_MEASURED
    if measured:
        return Verdict.MET
    return Verdict.NOT_APPLICABLE if counts.not_applicable else Verdict.NOT_ASSESSED


def _next_change(rule: Rule, at: datetime) -> datetime | None:
    moments: list[datetime] = []
    for tally in rule.tallies:
        for ends in (tally.lapses, tally.fail_lapses, tally.not_applicable_lapses):
            moments += _following(ends, at, 1)
        if tally.exact_until is not None and tally.exact_until > at:
            moments.append(tally.exact_until)
    return min([*moments, *_repair_ends(rule, at)], default=None)


def next_turn(rule: Rule, verdict: Verdict, counts: Counts, at: datetime) -> datetime | None:
    """Return the next moment at which the verdict or the number in repair differs.

    A rule that is not met, or of which too much is not measured, stays so until a fact changes;
    only what holds can run out. `at` in UTC.
    """
    repaired = min(_repair_ends(rule, at), default=None) if counts.in_repair else None
    if verdict is Verdict.NOT_APPLICABLE:
        spare = 0
    elif verdict is Verdict.MET:
        spare = rule.tolerance - counts.not_measured
    else:
        return repaired
    lapsed = _lapse_after(rule.tallies, spare, at)
    if spare and not counts.failed:
        # With the last pass nothing that was measured is left.
        last = max(tally.lapses[-1] for tally in rule.tallies if tally.lapses)
        lapsed = min(lapsed or last, last)
    return lapsed if repaired is None or (lapsed and lapsed < repaired) else repaired


def _lapse_after(tallies: tuple[Tally, ...], spare: int, at: datetime) -> datetime | None:
    """Return when one subject more than can be spared has lapsed."""
    upcoming: list[datetime] = []
    for tally in tallies:
        upcoming += _following(tally.lapses, at, spare + 1)
        if tally.not_applicable_lapses:
            upcoming += _following(tally.not_applicable_lapses, at, spare + 1)
    upcoming.sort()
    return upcoming[spare] if len(upcoming) > spare else None


def _following(moments: tuple[datetime, ...], at: datetime, limit: int) -> tuple[datetime, ...]:
    start = _reached(moments, at)
    return moments[start : start + limit]


def _repair_ends(rule: Rule, at: datetime) -> Iterator[datetime]:
    if rule.repair_term is None:
        return
    late = at - rule.repair_term
    for tally in rule.tallies:
        for since in _following(tally.failing_since, late, 1):
            yield utc(since) + rule.repair_term


def rule_note(verdict: Verdict, counts: Counts) -> Note:
    """Return why a rule says what it says; unconfirmed only when no fail is fresh."""
    if verdict is Verdict.NOT_MET:
        return Note.UNCONFIRMED if counts.unconfirmed == counts.failed else Note.FAILING
    if verdict is Verdict.MET:
        return Note.IN_REPAIR if counts.in_repair else Note.ALL_PASS
    if verdict is Verdict.NOT_MEASURED:
        return Note.NOT_MEASURED
    if verdict is Verdict.NOT_APPLICABLE:
        return Note.NOTHING_APPLIES
    return Note.EMPTY_POPULATION
