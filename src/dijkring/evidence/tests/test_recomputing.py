# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""All standings anew from a shell: what is right stays, what was lost or wrong comes back."""

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command

from dijkring.core.access import Actor
from dijkring.evidence.models import Standing, StandingChange
from dijkring.evidence.services import scopes
from dijkring.evidence.tests.makers import TLS, Norm, count, day, judge, see

SLUG = "dijkerveen"
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def told(ciso: Actor, norm: Norm, capsys: Capture) -> Callable[[str], list[str]]:
    """Judge a leaf, and one of its systems apart; give what a command prints of Dijkerveen."""
    count(ciso, "www.dijkerveen.example")
    see(ciso, "www.dijkerveen.example", "pass")
    judge(ciso, norm.judged)
    system = scopes.add(actor=ciso, kind="system", name="Zaaksysteem")
    judge(ciso, norm.tls, "existence", scope=system)

    def call(verb: str) -> list[str]:
        call_command("standings", verb, SLUG)
        return capsys.readouterr().out.split("\n")[:-1]

    return call


def kept() -> list[tuple[object, ...]]:
    return list(Standing.every.order_by("pk").values_list("requirement", "scope", "verdict"))


def test_what_is_right_stays_also_when_time_went_on(told: Callable[[str], list[str]]) -> None:
    with day(30):
        assert told("check") == ["0 standings would change"]
        assert told("recompute") == ["0 standings changed"]


def test_what_is_wrong_or_lost_is_told_and_comes_back(
    told: Callable[[str], list[str]], norm: Norm
) -> None:
    before, history = kept(), StandingChange.every.count()
    Standing.objects.filter(requirement=norm.judged).update(verdict="not_met")
    assert Standing.every.exclude(scope=None).delete()[0] == 1
    wrong = kept()
    with pytest.raises(SystemExit) as ended:
        told("check")
    assert ended.value.code == 1
    assert (kept(), StandingChange.every.count()) == (wrong, history)
    assert told("recompute")[-2:] == [f"{SLUG}: 2", "2 standings changed"]
    assert sorted(kept(), key=str) == sorted(before, key=str)
    assert StandingChange.every.count() == history + 2
    assert told("check") == ["0 standings would change"]


def test_a_rule_about_nothing_makes_no_standing(ciso: Actor, norm: Norm) -> None:
    assert TLS in str(norm.tls.rules.get().kinds)
    call_command("standings", "recompute", SLUG)
    assert not Standing.every.filter(requirement=norm.tls).exists()


@pytest.mark.django_db
def test_an_unknown_organisation_is_told() -> None:
    with pytest.raises(CommandError, match="niemandshoek"):
        call_command("standings", "check", SLUG, "niemandshoek")
