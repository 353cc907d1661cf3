# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was withdrawn: unknown until somebody looks again, and nobody's way to green."""

import pytest

from dijkring.core.access import Actor, system_actor
from dijkring.core.errors import Refused
from dijkring.evidence.models import Fact
from dijkring.evidence.services import rounds, withdrawals
from dijkring.evidence.services.rounds import Observation
from dijkring.evidence.tests.makers import DAY, START, TLS, Norm, count, current, day, see
from dijkring.evidence.tests.test_never_measured import layers

SITE = "www.dijkerveen.example"
GOOD, BAD = f"{SITE}/192.0.2.1", f"{SITE}/192.0.2.2"
OTHER = "internet.nl"


def take_over(actor: Actor, state: str, at_day: float) -> None:
    """Record what a file says, as a person asked for."""
    rounds.record_many(
        actor=system_actor(actor.organisation_id),
        source=OTHER,
        observed_at=START + at_day * DAY,
        seen={SITE: [Observation(TLS, SITE, state)]},
        again=True,
    )


def withdraw(actor: Actor, subject: str, **of: str) -> None:
    withdrawals.withdraw(actor=actor, fact=current(actor, subject, **of), reason="Was fout.")


def undo(actor: Actor, subject: str) -> None:
    fact = current(actor, subject, source=OTHER)
    withdrawals.withdraw_imported(actor=actor, facts=[fact.pk], reason="Was fout.")


def test_a_file_that_was_undone_comes_back_after_an_earlier_one(ciso: Actor) -> None:
    count(ciso, SITE)
    take_over(ciso, "pass", 0)
    with day(2):
        take_over(ciso, "fail", 2)
    with day(3):
        undo(ciso, SITE)
        take_over(ciso, "fail", 2)
        assert current(ciso, SITE, source=OTHER).state == "fail"


def test_undoing_a_file_makes_nothing_good(ciso: Actor, norm: Norm) -> None:
    count(ciso, SITE)
    see(ciso, SITE, {GOOD: "pass", BAD: "fail"}, source=OTHER)
    undo(ciso, BAD)
    assert layers(ciso, norm)["operation"] == "not_measured"


def test_what_is_put_right_of_the_same_moment_counts(ciso: Actor) -> None:
    count(ciso, SITE)
    see(ciso, SITE, "pass", source="leverancier")
    with day(1):
        withdraw(ciso, SITE, source="leverancier")
        see(ciso, SITE, "fail", source="leverancier", days_ago=1)
        assert current(ciso, SITE, source="leverancier").state == "fail"


def test_what_was_seen_since_counts_though_it_comes_later(ciso: Actor) -> None:
    count(ciso, SITE)
    see(ciso, SITE, "pass")
    with day(2):
        withdraw(ciso, SITE)
        see(ciso, SITE, "fail", days_ago=1)
        assert current(ciso, SITE).state == "fail"


def test_a_person_may_say_the_same_again(ciso: Actor) -> None:
    count(ciso, SITE)
    take_over(ciso, "fail", 0)
    with day(1):
        withdraw(ciso, SITE, source=OTHER)
        take_over(ciso, "fail", 0)
        assert current(ciso, SITE, source=OTHER).state == "fail"


def test_another_source_that_looks_stands_instead(ciso: Actor, norm: Norm) -> None:
    count(ciso, SITE)
    take_over(ciso, "fail", 0)
    with day(1):
        withdraw(ciso, SITE, source=OTHER)
        see(ciso, SITE, "pass")
        assert layers(ciso, norm)["operation"] == "met"


def test_one_person_takes_nothing_away_from_two_sources(ciso: Actor, norm: Norm) -> None:
    count(ciso, SITE)
    see(ciso, SITE, {GOOD: "pass", BAD: "fail"})
    see(ciso, SITE, {BAD: "not_measured"}, source=OTHER)
    withdraw(ciso, BAD)
    for source in ({"source": OTHER}, {}):
        with pytest.raises(Refused):
            withdraw(ciso, BAD, **source)
    assert layers(ciso, norm)["operation"] == "not_measured"


def test_a_message_of_before_does_not_come_back_when_all_of_it_was_withdrawn(
    ciso: Actor, other: Actor
) -> None:
    count(ciso, SITE)
    see(ciso, SITE, "pass")
    with day(1):
        withdraw(ciso, SITE)
        withdraw(other, SITE)
        see(ciso, SITE, "pass", days_ago=1)
        assert not Fact.objects.filter(subject=SITE, until=None).exists()


@pytest.fixture
def other(ciso: Actor) -> Actor:
    """A second person with the rights of the first; who it is is not stored."""
    return Actor(ciso.organisation_id, "Een ander", "person", role=ciso.role, rights=ciso.rights)
