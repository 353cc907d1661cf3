# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Coverage, share met and exceptions over a period; profiles of leaves."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkring.evidence.operation import FactPeriod, MemberPeriod, Operation, operation, shares
from dijkring.evidence.standing import State, Verdict

START = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
PASS, FAIL, NOT_MEASURED, NOT_APPLICABLE = State


def held(
    subject: str, state: State, since: float, until: float, kind: str = "tls", member: str = ""
) -> FactPeriod:
    """Return a fact that held between two days of the period."""
    return FactPeriod(subject, kind, state, START + since * DAY, START + until * DAY, member)


def over_ten_days(*facts: FactPeriod, members: str = "a", **more: object) -> Operation:
    population = [MemberPeriod(member, START - DAY) for member in members]
    return operation(facts, population, START, START + 10 * DAY, **more)  # type: ignore[arg-type]


def numbers(found: Operation) -> tuple[float | None, ...]:
    return found.coverage, found.met, found.met_at_least, found.met_at_most


@pytest.mark.parametrize(
    ("facts", "members", "expected"),
    [
        ([held("a", PASS, -5, 15)], "a", (1, 1, 1, 1)),
        ([held("a", PASS, 0, 5), held("a", FAIL, 5, 10)], "a", (1, 0.5, 0.5, 0.5)),
        ([held("a", PASS, 0, 4), held("a", PASS, 6, 10)], "a", (0.8, 1, 0.8, 1)),
        ([held("a", PASS, 0, 4), held("a", FAIL, 8, 10)], "a", (0.6, 4 / 6, 0.4, 0.8)),
        ([held("a", PASS, 0, 10)], "ab", (0.5, 1, 0.5, 1)),
        ([held("a", NOT_MEASURED, 0, 10)], "a", (0, None, 0, 1)),
        ([held("a", NOT_APPLICABLE, 0, 10)], "a", (1, None, None, None)),
        ([held("a", NOT_APPLICABLE, 0, 5), held("a", PASS, 5, 10)], "a", (1, 1, 1, 1)),
        ([held("a", PASS, 0, 10), held("x", FAIL, 0, 10)], "a", (1, 1, 1, 1)),
        # Two sources, or two addresses of one domain: the worst of what holds counts.
        ([held("a", PASS, 0, 10), held("a", FAIL, 2, 4)], "a", (1, 0.8, 0.8, 0.8)),
        (
            [held("a/1", PASS, 0, 10, member="a"), held("a/2", FAIL, 0, 5, member="a")],
            *("a", (0.5, 0, 0, 0.5)),
        ),
        (  # of which one address is silent from a day on, is not known from that day on
            [held("a/1", PASS, 0, 10, member="a"), held("a/2", PASS, 0, 1, member="a")],
            *("a", (0.1, 1, 0.1, 1)),
        ),
        (  # a gap of one address is a gap of its domain
            [
                held("a/1", PASS, 0, 10, member="a"),
                held("a/2", PASS, 0, 4, member="a"),
                held("a/2", PASS, 6, 10, member="a"),
            ],
            *("a", (0.8, 1, 0.8, 1)),
        ),
        (  # each kind weighs the same
            [held("a", PASS, 0, 10), held("a", FAIL, 0, 10, kind="dnssec")],
            *("a", (1, 0.5, 0.5, 0.5)),
        ),
    ],
)
def test_coverage_and_share_met(
    facts: list[FactPeriod], members: str, expected: tuple[float | None, ...]
) -> None:
    assert numbers(over_ten_days(*facts, members=members)) == pytest.approx(expected)
    assert numbers(over_ten_days(*reversed(facts), members=members)) == pytest.approx(expected)


def test_a_kind_that_was_never_observed_lowers_the_coverage() -> None:
    fact = held("a", PASS, 0, 10)
    assert over_ten_days(fact).coverage == 1
    assert over_ten_days(fact, kinds={"tls", "dnssec"}).coverage == 0.5
    assert over_ten_days(fact, kinds={"dnssec"}).met is None


def test_only_the_time_of_a_member_in_the_population_counts() -> None:
    facts = [held("a", FAIL, 0, 5), held("a", PASS, 5, 10)]
    stay = [
        MemberPeriod("a", START + 8 * DAY),
        MemberPeriod("a", START + 4 * DAY, START + 6 * DAY),
        MemberPeriod("later", START + 10 * DAY),
    ]
    found = operation(facts, stay, START, START + 10 * DAY)
    assert numbers(found) == (1, 0.75, 0.75, 0.75)
    assert found.population == 1


def test_overlapping_periods_of_a_member_count_once() -> None:
    stay = [MemberPeriod("a", START, START + 6 * DAY), MemberPeriod("a", START + 4 * DAY)]
    found = operation([held("a", PASS, 0, 5)], stay, START, START + 10 * DAY)
    assert found.coverage == 0.5


def exceptions(found: Operation) -> list[tuple[str, float, float | None, bool, bool]]:
    """Return the exceptions with begin and end in days of the period."""
    return [
        (
            one.subject,
            (one.since - START) / DAY,
            (one.until - START) / DAY if one.until else None,
            one.repaired,
            one.in_time,
        )
        for one in found.exceptions
    ]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([held("a", FAIL, 2, 5), held("a", PASS, 5, 10)], [("a", 2, 5, True, True)]),
        ([held("a", FAIL, 2, 6), held("a", PASS, 6, 10)], [("a", 2, 6, True, False)]),
        ([held("a", FAIL, 2, 5), held("a", NOT_APPLICABLE, 5, 10)], [("a", 2, 5, True, True)]),
        ([held("a", FAIL, 2, 10)], [("a", 2, None, False, False)]),
        ([held("a", FAIL, 7, 10)], [("a", 7, None, False, False)]),
        ([held("a", FAIL, 8, 12)], [("a", 8, None, False, True)]),
        ([held("a", FAIL, 8, 12), held("a", PASS, 12, 15)], [("a", 8, None, False, True)]),
        ([held("a", FAIL, 2, 3)], [("a", 2, None, False, False)]),  # lapsed, never mended
        ([held("a", FAIL, 2, 3), held("a", PASS, 4, 10)], [("a", 2, 4, True, True)]),
        ([held("a", FAIL, 2, 3), held("a", FAIL, 4, 6)], [("a", 2, None, False, False)]),
        (
            [held("a", FAIL, 2, 3), held("a", NOT_MEASURED, 3, 4), held("a", PASS, 4, 9)],
            [("a", 2, 4, True, True)],
        ),
        ([held("a", FAIL, -4, 1), held("a", PASS, 1, 10)], [("a", -4, 1, True, False)]),
        ([held("a", FAIL, -4, -1), held("a", PASS, -1, 10)], []),
        ([held("a", PASS, 0, 10), held("a", FAIL, 10, 12)], []),
        ([held("x", FAIL, 0, 10)], []),
        (
            [held("a", FAIL, 1, 2), held("a", PASS, 2, 3), held("a", FAIL, 3, 4)],
            [("a", 1, 2, True, True), ("a", 3, None, False, False)],
        ),
        # One source already passes, the other still fails: not mended yet.
        ([held("a", FAIL, 1, 5), held("a", PASS, 3, 10)], [("a", 1, 5, True, False)]),
    ],
)
def test_exceptions_with_a_repair_term_of_three_days(
    facts: list[FactPeriod], expected: list[tuple[str, float, float | None, bool, bool]]
) -> None:
    assert exceptions(over_ten_days(*facts, repair_term=3 * DAY)) == expected


def test_the_duration_of_an_open_exception_runs_to_the_end_of_the_period() -> None:
    found = over_ten_days(held("a", FAIL, 2, 3))
    assert found.exceptions[0].duration == 8 * DAY


GOOD = held("a", PASS, 4, 10)


@pytest.mark.parametrize(
    ("facts", "term", "verdict"),
    [
        ([held("a", PASS, 0, 10)], None, Verdict.MET),
        ([held("a", FAIL, 0, 2), held("a", PASS, 2, 10)], 3, Verdict.MET),
        ([held("a", FAIL, 0, 4), GOOD], 3, Verdict.PARTLY),
        ([held("a", FAIL, 0, 4), GOOD], None, Verdict.PARTLY),
        ([held("a", PASS, 0, 5), held("a", FAIL, 5, 10)], 3, Verdict.NOT_MET),
        ([held("a", PASS, 0, 8), held("a", FAIL, 8, 10)], 3, Verdict.MET),
        ([GOOD], None, Verdict.NOT_MEASURED),
        ([], None, Verdict.NOT_MEASURED),
        ([held("a", NOT_APPLICABLE, 0, 10)], None, Verdict.NOT_APPLICABLE),
        ([held("a", PASS, 0, 9.6)], None, Verdict.MET),
    ],
)
def test_verdict(facts: list[FactPeriod], term: int | None, verdict: Verdict) -> None:
    found = over_ten_days(*facts, repair_term=None if term is None else term * DAY)
    assert found.verdict is verdict


def test_the_coverage_that_is_needed_may_be_set() -> None:
    assert over_ten_days(GOOD, coverage_needed=0.6).verdict is Verdict.MET
    assert over_ten_days(GOOD, coverage_needed=0.61).verdict is Verdict.NOT_MEASURED
    assert over_ten_days(coverage_needed=0).verdict is Verdict.NOT_MEASURED


def test_an_empty_population_is_not_assessed() -> None:
    found = over_ten_days(held("a", FAIL, 0, 10), members="")
    assert found == Operation(0, 0.0, None, None, None, (), Verdict.NOT_ASSESSED)


def test_a_period_in_local_time_counts_real_hours() -> None:
    amsterdam = ZoneInfo("Europe/Amsterdam")
    frm = datetime(2026, 10, 25, tzinfo=amsterdam)  # a day of 25 hours
    to = datetime(2026, 10, 26, tzinfo=amsterdam)
    since = frm.astimezone(UTC)
    fact = FactPeriod("a", "tls", PASS, since, since + timedelta(hours=5))
    found = operation([fact], [MemberPeriod("a", frm)], frm, to)
    assert found.coverage == 0.2


def test_a_period_has_a_begin_an_end_and_a_time_zone() -> None:
    with pytest.raises(ValueError, match="ends before"):
        operation([], [], START, START)
    with pytest.raises(ValueError, match="time zone"):
        operation([], [], START.replace(tzinfo=None), START)


days = st.integers(-2, 12)
facts = st.builds(
    lambda subject, state, since, length, kind: held(
        f"{subject}/{since % 2}", state, since, since + length, kind, subject
    ),
    st.sampled_from("abx"),
    st.sampled_from(State),
    days,
    st.integers(1, 8),
    st.sampled_from(("tls", "dnssec")),
)
stays = st.builds(
    lambda member, since, length: MemberPeriod(
        member, START + since * DAY, START + (since + length) * DAY if length else None
    ),
    st.sampled_from("ab"),
    days,
    st.integers(0, 6),
)


def slow_days(
    known: list[FactPeriod], population: list[MemberPeriod]
) -> Iterator[tuple[str, str, str]]:
    """Yield per member, kind and day of the period what was known at noon."""
    for day in range(10):
        noon = START + (day + 0.5) * DAY
        inside = {
            p.member for p in population if p.since < noon and not (p.until and p.until < noon)
        }
        for member in inside:
            for kind in ("tls", "dnssec"):
                yield (
                    member,
                    kind,
                    slow_state([f for f in known if (f.member, f.kind) == (member, kind)], noon),
                )


def slow_state(known: list[FactPeriod], noon: datetime) -> str:
    states = {str(f.state) for f in known if f.since < noon < f.until}
    for subject in {f.subject for f in known}:
        own = [f for f in known if f.subject == subject]
        holds = any(f.since < noon < f.until for f in own)
        if not holds and any(f.until < noon for f in own):
            states.add("not_measured")
    order = ("fail", "not_measured", "pass", "not_applicable")
    return next((state for state in order if state in states), "not_measured")


@settings(max_examples=200, deadline=None)
@given(st.lists(facts, max_size=8), st.lists(stays, max_size=3))
def test_equal_to_counting_days(known: list[FactPeriod], population: list[MemberPeriod]) -> None:
    found = operation(
        known, population, START, START + 10 * DAY, kinds=("tls", "dnssec"), coverage_needed=0
    )
    words = [state for _, _, state in slow_days(known, population)]
    good, bad, outside = (words.count(w) for w in ("pass", "fail", "not_applicable"))
    total, applies = len(words), len(words) - outside
    expected = (
        (good + bad + outside) / total if total else 0,
        good / (good + bad) if good + bad else None,
        good / applies if applies else None,
        (applies - bad) / applies if applies else None,
    )
    assert numbers(found) == pytest.approx(expected)


def test_a_profile_counts_leaves_and_keeps_the_unknown_in_the_total() -> None:
    verdicts = {
        "a": Verdict.MET,
        "b": Verdict.NOT_MET,
        "c": Verdict.NOT_APPLICABLE,
        "elsewhere": Verdict.MET,
    }
    profile = shares(verdicts, ["a", "b", "c", "unknown", "a"])
    assert (profile.shown, profile.total) == (1, 3)
    assert {verdict: n for verdict, n in profile.counts.items() if n} == {
        Verdict.NOT_MET: 1,
        Verdict.NOT_ASSESSED: 1,
        Verdict.MET: 1,
        Verdict.NOT_APPLICABLE: 1,
    }
    assert next(iter(profile.counts)) is Verdict.NOT_MET
