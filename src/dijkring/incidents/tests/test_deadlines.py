# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The clocks of the law: worked cases written by hand, and what holds for every case."""

import csv
import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkring.core.clock import AMSTERDAM
from dijkring.incidents.deadlines import (
    Case,
    CaseError,
    Deadline,
    Policy,
    Status,
    deadlines,
    later,
)
from dijkring.incidents.obligations import Duration, Obligation, of_regimes, ours, read_file

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
AWARE = datetime(2026, 9, 1, 7, tzinfo=UTC)
MONTH = Duration("months", 1)
MOMENTS = st.datetimes(
    datetime(2026, 8, 16),
    datetime(2040, 1, 1),
    timezones=st.just(UTC),
)


def known() -> list[Obligation]:
    return [*ours(), *read_file(HERE / "house_rules.yaml")]


def worked() -> list[dict[str, str]]:
    with (HERE / "cases.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter=";"))


def case_of(row: dict[str, str]) -> Case:
    stated = dict(part.split("=", 1) for part in row["given"].split())
    at = {name: datetime.fromisoformat(text) for name, text in stated.items()}
    return Case(
        aware=datetime.fromisoformat(row["aware"]),
        submitted={"cbw.notification": at["notification"]} if "notification" in at else {},
        requested={row["obligation"]: at["requested"]} if "requested" in at else {},
        ended=at.get("ended"),
    )


def found(case: Case, obligation: str, policy: str = "strictest", now: datetime = NOW) -> Deadline:
    day = case.aware.astimezone(AMSTERDAM).date()
    held = of_regimes(known(), [obligation.split(".")[0]], day)
    every = {one.obligation.id: one for one in deadlines(case, held, now, Policy(policy))}
    return every[obligation]


def test_worked_cases() -> None:
    wrong = []
    for row in worked():
        due = found(case_of(row), row["obligation"], row["policy"]).due
        expected = None if row["due"] == "-" else datetime.fromisoformat(row["due"])
        if due != expected:
            wrong.append(f"{row['article']} {row['why']}: {due} instead of {expected}")
    assert wrong == []
    assert len(worked()) >= 80


def test_how_others_get_it_wrong() -> None:
    notified = datetime.fromisoformat("2027-01-31T09:00+01:00")
    assert later(notified, MONTH) != notified + timedelta(days=30)
    aware = datetime.fromisoformat("2026-10-24T14:30+02:00").astimezone(AMSTERDAM)
    by_the_clock = aware + timedelta(hours=24)
    assert later(aware, Duration("hours", 24)) == by_the_clock - timedelta(hours=1)


@pytest.mark.parametrize(
    ("submitted", "ended", "now", "obligation", "status"),
    [
        ({}, None, 23, "cbw.early_warning", Status.OPEN),
        ({}, None, 25, "cbw.early_warning", Status.OVERDUE),
        ({"cbw.early_warning": 24}, None, 100, "cbw.early_warning", Status.MET),
        ({"cbw.early_warning": 25}, None, 100, "cbw.early_warning", Status.LATE),
        ({}, None, 100, "cbw.interim_report", Status.WAITING),
        ({}, None, 100, "cbw.progress_report", Status.CONDITIONAL),
        # Still handling after the month: progress is what was due, the final report comes later.
        ({}, None, 900, "cbw.progress_report", Status.OVERDUE),
        ({}, None, 900, "cbw.final_report", Status.FOLLOWS),
        ({"cbw.progress_report": 800}, None, 900, "cbw.final_report", Status.FOLLOWS),
        ({"cbw.final_report": 890}, None, 900, "cbw.final_report", Status.MET),
        ({"cbw.final_report": 890}, 700, 900, "cbw.final_report", Status.LATE),
        ({}, 30, 100, "cbw.progress_report", Status.NOT_APPLICABLE),
        ({}, 2_000, 900, "cbw.progress_report", Status.OVERDUE),
        ({}, None, 5_000, "avg.subjects", Status.OPEN),
    ],
)
def test_how_an_obligation_stands(
    submitted: dict[str, int], ended: int | None, now: int, obligation: str, status: Status
) -> None:
    def after(hours: int) -> datetime:
        return AWARE + timedelta(hours=hours)

    case = Case(
        AWARE,
        {name: after(hours) for name, hours in submitted.items()},
        ended=None if ended is None else after(ended),
    )
    assert found(case, obligation, now=after(now)).status == status


def test_what_counts_from_nothing_has_no_instant_and_says_so() -> None:
    (final,) = [one for one in ours() if one.id == "cbw.final_report"]
    (alone,) = deadlines(Case(AWARE), [final], AWARE)
    assert (alone.due, alone.status) == (None, Status.OPEN)
    assert "niet hoeft" in alone.term["nl"]


@pytest.mark.parametrize(("weeks", "end"), [(12, "2026-12-28"), (13, "2027-01-02")])
def test_long_terms_do_not_go_on_until_a_working_day(weeks: int, end: str) -> None:
    start = datetime(2026, 10, 3, 10, tzinfo=AMSTERDAM)
    last = later(start, Duration("weeks", weeks), Policy.TERMIJNENWET)
    assert last.astimezone(AMSTERDAM).date().isoformat() == end


def test_the_final_report_says_on_what_it_stands() -> None:
    before = found(Case(AWARE), "cbw.final_report")
    assert before.anchor == "due cbw.notification"
    assert "nog niet ingediend" in before.term["nl"]
    notified = AWARE + timedelta(hours=10)
    after = found(Case(AWARE, {"cbw.notification": notified}), "cbw.final_report")
    assert (after.anchor, after.anchor_at) == ("submitted cbw.notification", notified)
    ended = AWARE + timedelta(days=80)
    long_after = found(Case(AWARE, ended=ended), "cbw.final_report")
    assert (long_after.anchor, long_after.article) == ("ended", "29(2)")


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (Case(AWARE.replace(tzinfo=None)), "time zone"),
        (Case(AWARE, ended=AWARE.replace(tzinfo=None)), "time zone"),
        (Case(AWARE, ended=AWARE - timedelta(seconds=1)), "before the moment of becoming aware"),
        (Case(AWARE, {"cbw.notification": AWARE - timedelta(days=1)}), "notification: lies before"),
        (Case(AWARE.replace(year=1999)), "between"),
    ],
)
def test_a_case_that_cannot_be_is_refused(case: Case, words: str) -> None:
    with pytest.raises(CaseError) as error:
        deadlines(case, ours(), NOW)
    assert words in error.value.english


@settings(max_examples=200)
@given(MOMENTS, st.sampled_from(["hours", "weeks", "months", "working_days"]), st.integers(1, 24))
def test_strictest_is_never_later_than_another_way_to_count(
    moment: datetime, unit: str, number: int
) -> None:
    term = Duration(unit, number)
    assert all(later(moment, term) <= later(moment, term, policy) for policy in Policy)
    assert later(moment, term) > moment


@settings(max_examples=200)
@given(MOMENTS, st.integers(0, 5_000), st.sampled_from(list(Policy)))
def test_who_is_aware_later_is_not_due_earlier(
    moment: datetime, minutes: int, policy: Policy
) -> None:
    after = moment + timedelta(minutes=minutes)
    for term in (Duration("hours", 24), Duration("hours", 72)):
        assert later(moment, term, policy) <= later(after, term, policy)
    # Where a month lacks the day, days fall together: then by day, not by the time of day.
    by_day = [later(one, MONTH, policy).astimezone(AMSTERDAM).date() for one in (moment, after)]
    assert by_day == sorted(by_day)


@settings(max_examples=200)
@given(MOMENTS)
def test_a_month_keeps_the_day_or_is_the_last_one(moment: datetime) -> None:
    start, end = moment.astimezone(AMSTERDAM), later(moment, MONTH).astimezone(AMSTERDAM)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == 1
    last = (end + timedelta(days=1)).month != end.month
    assert end.day == start.day or (last and end.day < start.day)


def test_the_time_zone_of_the_machine_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row for row in worked() if row["policy"] == "strictest"]
    here = [found(case_of(row), row["obligation"]).due for row in rows]
    before = os.environ.get("TZ")
    for zone in ("Pacific/Kiritimati", "America/Los_Angeles"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        assert [found(case_of(row), row["obligation"]).due for row in rows] == here
    monkeypatch.delenv("TZ") if before is None else monkeypatch.setenv("TZ", before)
    time.tzset()
