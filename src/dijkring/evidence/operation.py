# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a requirement worked over a period, and how many leaves of a norm are shown.

A snapshot is not operation: what counts is how long there was a valid observation, how long it
was good, and whether what went wrong was found and mended in time. Moments are aware datetimes;
a period runs from its first moment up to, not including, its last.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from dijkring.evidence.standing import WORST_FIRST, WORST_STATE_FIRST, State, Verdict, utc

_NONE = timedelta(0)
_Leaf = TypeVar("_Leaf", bound=Hashable)


@dataclass(frozen=True, slots=True)
class FactPeriod:
    """One observation as long as it held: until its validity ended or another followed it.

    `member` is the population key, the subject itself when left empty. A subject that no longer
    exists is given as not applicable from its end on; without that, silence is a gap.
    """

    subject: str
    kind: str
    state: State
    since: datetime
    until: datetime
    member: str = ""


@dataclass(frozen=True, slots=True)
class MemberPeriod:
    """The time during which a member belonged to the population; until None is still."""

    member: str
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Exception_:
    """One stretch of failing of one subject and kind.

    It lasts from the first failing observation to the first that passes or no longer applies;
    until None: not mended within the period. `duration` then runs to the end of the period.
    `in_time`: mended within the repair term, or still within it.
    """

    subject: str
    kind: str
    since: datetime
    until: datetime | None
    duration: timedelta
    repaired: bool
    in_time: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """How it went over a period.

    `population` counts the members that belonged to it at any moment. `coverage` is the share
    (0 to 1) of member x kind time with a valid observation, `met` the share of the covered time
    that was good, not-applicable time left out, None where nothing was observed. `met_at_least`
    counts uncovered time as not met, `met_at_most` as met; equal where coverage is 1.
    """

    population: int
    coverage: float
    met: float | None
    met_at_least: float | None
    met_at_most: float | None
    exceptions: tuple[Exception_, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Profile:
    """How the leaves under a law article, chapter or framework stand; it is no verdict.

    `counts` has every verdict, the worst first. `total` is all leaves except the not applicable,
    the unknown included; `shown` those that are met.
    """

    counts: Mapping[Verdict, int]
    total: int
    shown: int


@dataclass(frozen=True, slots=True)
class _Stretch:
    since: datetime
    until: datetime
    state: State


@dataclass(slots=True)
class _Times:
    asked: timedelta = _NONE
    good: timedelta = _NONE
    bad: timedelta = _NONE
    inapplicable: timedelta = _NONE

    @property
    def unknown(self) -> timedelta:
        return self.asked - self.good - self.bad - self.inapplicable


_Key = tuple[str, str]


def operation(
    periods: Iterable[FactPeriod],
    population: Iterable[MemberPeriod],
    frm: datetime,
    to: datetime,
    repair_term: timedelta | None = None,
    *,
    kinds: Collection[str] | None = None,
    coverage_needed: float = 0.95,
) -> Operation:
    """Return how the kinds of facts held over the members of a population, from `frm` up to `to`.

    Where several facts hold at once for a member and kind, the worst counts. A gap between two
    observations of a subject stays a gap. `kinds` are those that were asked; without it only the
    kinds that occur, so name them where a kind may never have been observed. Facts from before
    the period are needed to know since when something fails; what begins at `to` or later is not
    looked at.

    Verdict: an exception past its repair term and still open: not met; one that was mended late
    (or mended without a term being set): partly. Otherwise, coverage below `coverage_needed`: not
    measured. Nothing applied: not applicable. No members: not assessed. Otherwise met, for what
    is found and mended in time proves operation. Raises ValueError for an empty period or a
    moment without a time zone.
    """
    frm, to = utc(frm), utc(to)
    if frm >= to:
        raise ValueError("the period ends before it begins")
    members = _membership(population, frm, to)
    known = [period for period in periods if (period.member or period.subject) in members]
    lines = _subject_lines(known, to)
    asked = {period.kind for period in known} if kinds is None else set(kinds)
    times = _measure(lines, members, asked)
    found = sorted(
        _exceptions(lines, members, asked, to, repair_term),
        key=lambda e: (e.since, e.subject, e.kind),
    )
    return _summarise(len(members), times, tuple(found), coverage_needed)


def shares(verdicts: Mapping[_Leaf, Verdict], leaves: Iterable[_Leaf]) -> Profile:
    """Count the leaves of a law article, chapter or framework by their verdict.

    A leaf without a verdict is not assessed and stays in the total; each leaf counts once.
    """
    found = Counter(verdicts.get(leaf, Verdict.NOT_ASSESSED) for leaf in set(leaves))
    counts = {verdict: found[verdict] for verdict in (*WORST_FIRST, Verdict.NOT_APPLICABLE)}
    total = found.total() - counts[Verdict.NOT_APPLICABLE]
    return Profile(counts, total, counts[Verdict.MET])


_Span = tuple[datetime, datetime]
_Members = Mapping[str, Sequence[_Span]]
_Lines = Mapping[tuple[str, str, str], Sequence[_Stretch]]


def _membership(population: Iterable[MemberPeriod], frm: datetime, to: datetime) -> _Members:
    """Return per member the spans, disjoint and in order, in which it belonged."""
    members: dict[str, list[_Span]] = {}
    for period in sorted(population, key=lambda p: p.since):
        start = max(utc(period.since), frm)
        end = to if period.until is None else min(utc(period.until), to)
        spans = members.get(period.member, [])
        if spans:
            start = max(start, spans[-1][1])
        if start < end:
            members[period.member] = [*spans, (start, end)]
    return members


def _subject_lines(periods: Iterable[FactPeriod], to: datetime) -> _Lines:
    """Return per member, subject and kind what held when; a gap is not measured."""
    grouped: dict[tuple[str, str, str], list[_Stretch]] = {}
    for period in periods:
        since, until = utc(period.since), min(utc(period.until), to)
        if since < until:
            key = (period.member or period.subject, period.subject, period.kind)
            grouped.setdefault(key, []).append(_Stretch(since, until, period.state))
    return {key: tuple(_with_gaps(_worst(group), to)) for key, group in grouped.items()}


def _worst(stretches: Iterable[_Stretch]) -> Iterator[_Stretch]:
    """Yield disjoint stretches in order, each with the worst state of all that held then."""
    edges: dict[datetime, Counter[State]] = {}
    for stretch in stretches:
        edges.setdefault(stretch.since, Counter())[stretch.state] += 1
        edges.setdefault(stretch.until, Counter())[stretch.state] -= 1
    active: Counter[State] = Counter()
    begin = None
    for moment in sorted(edges):
        worst = next((state for state in WORST_STATE_FIRST if active[state]), None)
        if begin is not None and worst is not None:
            yield _Stretch(begin, moment, worst)
        active.update(edges[moment])
        begin = moment


def _with_gaps(stretches: Iterable[_Stretch], to: datetime) -> Iterator[_Stretch]:
    """Yield what held, and that nothing was known in between and after the last."""
    end = None
    for stretch in stretches:
        if end is not None and end < stretch.since:
            yield _Stretch(end, stretch.since, State.NOT_MEASURED)
        yield stretch
        end = stretch.until
    if end is not None and end < to:
        yield _Stretch(end, to, State.NOT_MEASURED)


def _measure(lines: _Lines, members: _Members, kinds: Collection[str]) -> _Times:
    cells: dict[_Key, list[_Stretch]] = {}
    for (member, _, kind), line in lines.items():
        cells.setdefault((member, kind), []).extend(line)
    times = _Times()
    for member, spans in members.items():
        times.asked += len(kinds) * sum((end - start for start, end in spans), _NONE)
        for kind in kinds:
            for stretch in _worst(cells.get((member, kind), ())):
                _add(times, stretch, spans)
    return times


def _add(times: _Times, stretch: _Stretch, spans: Iterable[_Span]) -> None:
    for start, end in spans:
        share = max(min(stretch.until, end) - max(stretch.since, start), _NONE)
        if stretch.state is State.PASS:
            times.good += share
        elif stretch.state is State.FAIL:
            times.bad += share
        elif stretch.state is State.NOT_APPLICABLE:
            times.inapplicable += share


def _exceptions(
    lines: _Lines,
    members: _Members,
    kinds: Collection[str],
    to: datetime,
    repair_term: timedelta | None,
) -> Iterator[Exception_]:
    for (member, subject, kind), line in lines.items():
        if kind not in kinds:
            continue
        for since, until in _failures(line):
            if any(since < end and start < (until or to) for start, end in members[member]):
                yield _exception(subject, kind, (since, until), to, repair_term)


def _failures(line: Iterable[_Stretch]) -> Iterator[tuple[datetime, datetime | None]]:
    """Yield each failure from its begin to its proven end; a fail that lapses stays a fail."""
    begin = None
    for stretch in line:
        if stretch.state is State.FAIL:
            begin = begin or stretch.since
        elif begin is not None and stretch.state is not State.NOT_MEASURED:
            yield begin, stretch.since
            begin = None
    if begin is not None:
        yield begin, None


def _exception(
    subject: str,
    kind: str,
    failure: tuple[datetime, datetime | None],
    to: datetime,
    term: timedelta | None,
) -> Exception_:
    since, until = failure
    duration = (until or to) - since
    # At the very end of the term an open failure is late, while one mended just then is not.
    in_time = term is not None and (duration <= term if until else duration < term)
    return Exception_(subject, kind, since, until, duration, until is not None, in_time)


def _summarise(
    population: int,
    times: _Times,
    exceptions: tuple[Exception_, ...],
    coverage_needed: float,
) -> Operation:
    observed = times.good + times.bad
    applies = times.asked - times.inapplicable
    coverage = _share(observed + times.inapplicable, times.asked) or 0.0
    return Operation(
        population=population,
        coverage=coverage,
        met=_share(times.good, observed),
        met_at_least=_share(times.good, applies),
        met_at_most=_share(times.good + times.unknown, applies),
        exceptions=exceptions,
        verdict=_verdict(population, times, exceptions, coverage >= coverage_needed),
    )


def _share(part: timedelta, whole: timedelta) -> float | None:
    return part / whole if whole else None


def _verdict(
    population: int, times: _Times, exceptions: Iterable[Exception_], covered: bool
) -> Verdict:
    late = [exception for exception in exceptions if not exception.in_time]
    if population == 0:
        return Verdict.NOT_ASSESSED
    if late:
        mended = all(exception.repaired for exception in late)
        return Verdict.PARTLY if mended else Verdict.NOT_MET
    if not covered or times.unknown == times.asked:
        return Verdict.NOT_MEASURED
    return Verdict.MET if times.good + times.bad else Verdict.NOT_APPLICABLE
