# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""From facts to tallies: what the sources say of each subject, counted."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from dijkring.evidence.standing.words import (
    Observed,
    State,
    SubjectState,
    Tally,
    state_badness,
    utc,
)


def subject_state(facts: Sequence[Observed], at: datetime) -> SubjectState:
    """Return what the sources of one kind and subject together say at a moment.

    The worst fresh fact counts: fail, not measured, pass, not applicable. When none is fresh, a
    fail stays fail, unconfirmed, and anything else is not measured. A failing subject fails since
    the first source that still says so. `changes_at` is the next moment at which the state or
    its confirmation differs. Raises ValueError without facts.
    """
    if not facts:
        raise ValueError("a subject without facts has no state")
    at = utc(at)
    state, unconfirmed = _state_at(facts, at)
    later = sorted({fact.valid_until for fact in facts if fact.valid_until > at})
    changes_at = next((m for m in later if _state_at(facts, m) != (state, unconfirmed)), None)
    return SubjectState(state, unconfirmed, _since(facts, state, at), changes_at)


def _state_at(facts: Iterable[Observed], at: datetime) -> tuple[State, bool]:
    fresh = [fact.state for fact in facts if at < fact.valid_until]
    if fresh:
        return min(fresh, key=state_badness), False
    if any(fact.state is State.FAIL for fact in facts):
        return State.FAIL, True
    return State.NOT_MEASURED, False


def _since(facts: Sequence[Observed], state: State, at: datetime) -> datetime:
    if state is State.FAIL:
        return min(fact.since for fact in facts if fact.state is State.FAIL)
    speaking = [fact.since for fact in facts if fact.state is state and at < fact.valid_until]
    if speaking:
        return min(speaking)
    lapsed = [fact.valid_until for fact in facts if fact.state is not State.NOT_MEASURED]
    return max(lapsed) if lapsed else min(fact.since for fact in facts)


def tally(facts: Iterable[Observed], population: Collection[str], at: datetime) -> Tally:
    """Count the current facts of one organisation and kind over the members of a population.

    Facts of members outside the population are left out. With one source per subject the result
    does not depend on `at` and holds until a fact changes. A subject with several sources is
    taken as it is at `at` and as valid until its state next changes; where that tells less than
    the truth, `exact_until` says from when: count again at that moment.
    """
    at = utc(at)
    members = frozenset(population)
    by_subject: dict[str, list[Observed]] = {}
    seen = set()
    for fact in facts:
        if fact.member in members:
            by_subject.setdefault(fact.subject, []).append(fact)
            seen.add(fact.member)
    missing = len(members) - len(seen)
    return _collect([_summary(group, at) for group in by_subject.values()], missing, len(members))


class _Summary(NamedTuple):
    """One subject as a tally sees it: its state, until it lapses."""

    state: State
    since: datetime
    until: datetime
    exact_until: datetime | None

    def at(self, moment: datetime) -> tuple[State, bool]:
        if self.state is State.FAIL:
            return State.FAIL, moment >= self.until
        return (self.state if moment < self.until else State.NOT_MEASURED), False


def _summary(facts: Sequence[Observed], at: datetime) -> _Summary:
    if len(facts) == 1:
        fact = facts[0]
        return _Summary(fact.state, fact.since, fact.valid_until, None)
    now = subject_state(facts, at)
    ends = sorted(fact.valid_until for fact in facts)
    summary = _Summary(now.state, now.since, now.changes_at or ends[-1], None)
    wrong = (end for end in ends if end > at and summary.at(end) != _state_at(facts, end))
    return summary._replace(exact_until=next(wrong, None))


def _collect(subjects: Sequence[_Summary], missing: int, population: int) -> Tally:
    by_state: dict[State, list[_Summary]] = {state: [] for state in State}
    for subject in subjects:
        by_state[subject.state].append(subject)
    failing = by_state[State.FAIL]
    return Tally(
        lapses=_ends(by_state[State.PASS]),
        failing_since=tuple(sorted(subject.since for subject in failing)),
        fail_lapses=_ends(failing),
        not_measured=len(by_state[State.NOT_MEASURED]),
        not_applicable=len(by_state[State.NOT_APPLICABLE]),
        missing=missing,
        population=population,
        not_applicable_lapses=_ends(by_state[State.NOT_APPLICABLE]),
        exact_until=min((s.exact_until for s in subjects if s.exact_until), default=None),
    )


def _ends(subjects: Iterable[_Summary]) -> tuple[datetime, ...]:
    return tuple(sorted(subject.until for subject in subjects))
