# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rounds: what is extended, what begins anew, and what never changes."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.evidence.models import Fact, FailedAttempt, Round
from dijkring.evidence.services import rounds, withdrawals
from dijkring.evidence.services.rounds import Observation
from dijkring.evidence.tests.makers import (
    DAY,
    HSTS,
    START,
    TLS,
    Norm,
    count,
    current,
    day,
    judge,
    rows,
    see,
    verdict_of,
)

SITE = "www.dijkerveen.example"


def confirmed(fact: Fact) -> float:
    """Return on which day a fact was last confirmed."""
    moment = fact.round.observed_at if fact.round else fact.confirmed_at
    assert moment is not None
    return (moment - START) / DAY


def test_unchanged_round_is_one_update_and_extends(ciso: Actor) -> None:
    see(ciso, SITE, "pass")
    with day(1), CaptureQueriesContext(connection) as captured:
        assert see(ciso, SITE, "pass").unchanged
    assert [query["sql"].split()[0] for query in captured.captured_queries] == ["UPDATE"]
    (fact,) = rows(ciso, SITE)
    assert (confirmed(fact), fact.since, Round.objects.get().times) == (1, START, 2)


def test_a_year_of_daily_measuring_is_one_row(ciso: Actor) -> None:
    for number in range(365):
        with day(number):
            see(ciso, SITE, "pass")
    (fact,) = rows(ciso, SITE)
    assert confirmed(fact) == 364


def test_new_state_closes_and_begins(ciso: Actor) -> None:
    see(ciso, SITE, "pass")
    with day(2):
        recorded = see(ciso, SITE, "fail")
    old, new = rows(ciso, SITE)
    assert (old.state, old.until, confirmed(old)) == ("pass", START + 2 * DAY, 0)
    assert (new.state, new.since, new.state_since) == ("fail", *[START + 2 * DAY] * 2)
    assert [fact.pk for fact in recorded.new] == [new.pk]


def test_other_detail_is_a_new_row_in_the_same_state(ciso: Actor) -> None:
    see(ciso, SITE, "fail", text="TLS 1.0")
    with day(2):
        see(ciso, SITE, "fail", text="TLS 1.1")
    assert [fact.detail["text"] for fact in rows(ciso, SITE)] == ["TLS 1.0", "TLS 1.1"]
    assert current(ciso, SITE).state_since == START


def test_lapse_leaves_a_gap_for_ever(ciso: Actor) -> None:
    see(ciso, SITE, "pass")
    with day(10):
        assert not see(ciso, SITE, "pass").unchanged
    old, new = rows(ciso, SITE)
    assert confirmed(old) * DAY + old.validity == 7 * DAY
    assert (new.since, new.state_since) == (START + 10 * DAY, START + 10 * DAY)


def test_at_the_very_end_of_its_validity_a_fact_has_lapsed(ciso: Actor) -> None:
    see(ciso, SITE, "pass")
    with day(7):
        see(ciso, SITE, "pass")
    assert len(rows(ciso, SITE)) == 2


def test_lapsed_fail_stays_fail_since_it_began(ciso: Actor) -> None:
    see(ciso, SITE, "fail")
    with day(20):
        see(ciso, SITE, "fail")
    old, new = rows(ciso, SITE)
    assert (old.state_since, new.state_since, new.since) == (START, START, START + 20 * DAY)


def test_older_observation_is_history_and_never_current(ciso: Actor) -> None:
    with day(3):
        see(ciso, SITE, "pass")
        see(ciso, SITE, "fail", days_ago=2)
    late, now = rows(ciso, SITE)
    assert (late.state, late.until) == ("fail", START + 3 * DAY)
    assert current(ciso, SITE) == now
    assert Round.objects.get().observed_at == START + 3 * DAY


def test_late_observation_of_a_new_subject_does_not_borrow_the_moment_of_the_round(
    ciso: Actor,
) -> None:
    with day(3):
        see(ciso, SITE, "pass")
        see(ciso, SITE, {f"{SITE}/192.0.2.1": "pass"}, days_ago=2)
    assert confirmed(current(ciso, f"{SITE}/192.0.2.1")) == 1


def test_failed_attempt_is_logged_and_replaces_nothing(ciso: Actor) -> None:
    see(ciso, SITE, "pass")
    for number in (1, 2):
        with day(number):
            assert see(ciso, SITE, "not_measured", reason="time-out").attempts == 1
    (fact,) = rows(ciso, SITE)
    assert (fact.state, confirmed(fact)) == ("pass", 0)
    attempt = FailedAttempt.objects.get()
    assert (attempt.times, attempt.at, attempt.reason) == (2, START + 2 * DAY, "time-out")


def test_first_failed_attempt_is_not_measured(ciso: Actor) -> None:
    see(ciso, SITE, "not_measured", reason="time-out")
    assert current(ciso, SITE).state == "not_measured"
    with day(1):
        see(ciso, SITE, "pass")
    assert current(ciso, SITE).state == "pass"


def test_what_a_round_did_not_confirm_is_pinned_at_its_last_confirmation(ciso: Actor) -> None:
    one, two = f"{SITE}/192.0.2.1", f"{SITE}/192.0.2.2"
    see(ciso, SITE, {one: "pass", two: "pass"})
    for number in (1, 2, 3):
        with day(number):
            see(ciso, SITE, {one: "pass"})
    assert (confirmed(current(ciso, one)), confirmed(current(ciso, two))) == (3, 0)
    with day(4):
        see(ciso, SITE, {one: "pass", two: "pass"})
    assert confirmed(current(ciso, two)) == 4
    assert len(rows(ciso, two)) == 1


def test_complete_round_ends_what_is_not_there_any_more(ciso: Actor) -> None:
    one, two = f"{SITE}/192.0.2.1", f"{SITE}/192.0.2.2"
    see(ciso, SITE, {one: "pass", two: "fail"}, complete=True)
    with day(1):
        recorded = see(ciso, SITE, {one: "pass"}, complete=True)
    (gone,) = rows(ciso, two)
    assert (gone.gone, gone.until, bool(gone.end_reason)) == (True, START + DAY, True)
    assert [fact.pk for fact in recorded.ended] == [gone.pk]
    with day(2):
        see(ciso, SITE, {one: "pass", two: "pass"}, complete=True)
    assert current(ciso, two).state == "pass"


def test_two_sources_stand_side_by_side(ciso: Actor) -> None:
    see(ciso, SITE, "pass")
    see(ciso, SITE, "fail", source="internet.nl")
    assert current(ciso, SITE).state == "pass"
    assert current(ciso, SITE, source="internet.nl").state == "fail"


def test_withdrawn_fact_is_seen_again_by_the_next_identical_round(ciso: Actor) -> None:
    see(ciso, SITE, "fail")
    with day(1):
        withdrawals.withdraw(actor=ciso, fact=current(ciso, SITE), reason="Verkeerde server.")
    assert current(ciso, SITE).state == "not_measured"
    with day(2):
        see(ciso, SITE, "fail")
    old, _unknown, new = rows(ciso, SITE)
    assert (old.withdrawal.reason, confirmed(old)) == ("Verkeerde server.", 0)
    assert (new.since, new.state_since) == (START + 2 * DAY, START + 2 * DAY)
    with pytest.raises(Refused):
        withdrawals.withdraw(actor=ciso, fact=old, reason="Nog eens.")


@pytest.mark.parametrize(
    ("state", "later"), [("pass", "pass"), ("pass", "fail"), ("pass", "not_measured")]
)
def test_round_that_is_recorded_twice_is_recorded_once(ciso: Actor, state: str, later: str) -> None:
    see(ciso, SITE, state)
    with day(1):
        see(ciso, SITE, later)
        before = everything()
        see(ciso, SITE, later)
    with day(2):
        see(ciso, SITE, later, days_ago=1)
    assert everything() == before


def test_older_round_that_is_recorded_twice_is_recorded_once(ciso: Actor) -> None:
    with day(3):
        see(ciso, SITE, "pass")
        see(ciso, SITE, "fail", days_ago=2)
        before = everything()
        see(ciso, SITE, "fail", days_ago=2)
    assert everything() == before


def everything() -> list[list[str]]:
    found = []
    for model in (Round, Fact, FailedAttempt):
        values = model.objects.order_by("pk").values_list()
        found.append([str(row) for row in values])
    return found


def test_unchanged_round_that_the_sweep_has_overtaken_still_counts(ciso: Actor, norm: Norm) -> None:
    count(ciso, SITE)
    see(ciso, SITE, "pass")
    for layer in ("design", "existence"):
        judge(ciso, norm.tls, layer)
    with day(8):
        judge(ciso, norm.tls, "design")
        assert verdict_of(ciso, norm.tls) == "not_measured"
        see(ciso, SITE, "pass", days_ago=2)
        assert verdict_of(ciso, norm.tls) == "met"


class TestRefused:
    """Nothing of a refused round is written."""

    def record(self, actor: Actor, *observations: Observation, hours: float = 0) -> None:
        with pytest.raises(Refused), transaction.atomic():
            rounds.record(
                actor=actor,
                source="dijkring",
                member=SITE,
                observed_at=clock.now() + timedelta(hours=hours),
                observations=observations,
            )
        assert not Fact.objects.exists()
        assert not Round.objects.exists()

    def test_moment_in_the_future(self, ciso: Actor) -> None:
        self.record(ciso, Observation(TLS, SITE, "pass"), hours=1)

    def test_unknown_kind(self, ciso: Actor) -> None:
        self.record(ciso, Observation(TLS, SITE, "pass"), Observation("huis.tuin", SITE, "pass"))

    def test_subject_that_stands_twice(self, ciso: Actor) -> None:
        self.record(ciso, Observation(TLS, SITE, "pass"), Observation(TLS, SITE, "fail"))


def test_moment_of_recording_is_kept_beside_that_of_observing(ciso: Actor) -> None:
    with day(2):
        see(ciso, SITE, "pass", kind=HSTS, days_ago=1)
    fact = current(ciso, SITE, HSTS)
    assert (fact.since, fact.recorded_at) == (START + DAY, START + 2 * DAY)


def test_several_members_at_once_are_as_one_after_the_other(ciso: Actor, norm: Norm) -> None:
    def told(member: str, at: int, states: tuple[str, ...]) -> dict[str, list[Observation]]:
        pairs = zip((TLS, HSTS), states, strict=True)
        return {f"{member}{at}.example": [Observation(k, f"{member}{at}", s) for k, s in pairs]}

    days: list[list[tuple[str, ...]]] = [
        [("pass", "fail"), ("pass", "pass"), ("fail", "pass")],
        [("pass", "fail"), ("fail", "pass"), ("not_measured", "pass")],
        [("fail", "pass"), ("fail", "pass"), ("pass", "pass")],
    ]

    def record(member: str, number: int, together: bool) -> None:
        each = [told(member, at, states) for at, states in enumerate(days[number])]
        whole = {name: seen for one in each for name, seen in one.items()}
        for seen in [whole] if together else each:
            rounds.record_many(actor=ciso, source="us", observed_at=clock.now(), seen=seen)

    def rows_of(member: str) -> list[tuple[object, ...]]:
        facts = Fact.objects.filter(member__startswith=member).order_by("kind", "subject", "since")
        fields = ("kind", "state", "since", "until", "state_since", "confirmed_at", "end_reason")
        times = Round.objects.filter(scope__startswith=member).order_by("scope")
        return [*facts.values_list(*fields), *times.values_list("times", "all_confirmed")]

    for number in range(len(days)):
        with day(number):
            record("apart", number, together=False)
            record("whole", number, together=True)
    assert rows_of("whole") == rows_of("apart")
    assert FailedAttempt.objects.count() == 2
