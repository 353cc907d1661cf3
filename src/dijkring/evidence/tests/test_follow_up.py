# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What follows from facts: actions per kind and party, their lines, and how lines end."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dijkring.actions import services as actions
from dijkring.actions.models import Action, ActionLine
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.evidence import kinds, tasks
from dijkring.evidence.models import Deviation, PopulationMember
from dijkring.evidence.services import deviations, populations, withdrawals
from dijkring.evidence.tests.makers import DAY, HSTS, START, TLS, count, current, day, see
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting

ONE, TWO = "www.dijkerveen.example", "post.dijkerveen.example"
RIGHT, WRONG = "pass", "fail"


def lines(*, still_open: bool = True) -> list[tuple[str, str]]:
    """Return who carries out and about what, of the lines that are open or not."""
    found = ActionLine.objects.filter(closed_at__isnull=still_open).order_by("id")
    return [(line.action.responsible, line.subject) for line in found.select_related("action")]


def test_one_action_per_kind_and_party_with_a_line_per_subject(ciso: Actor) -> None:
    count(ciso, ONE, responsible="Hostman")
    count(ciso, TWO, responsible="Postbode")
    see(ciso, ONE, {f"{ONE}/192.0.2.1": WRONG, f"{ONE}/192.0.2.2": WRONG}, text="TLS 1.0")
    see(ciso, TWO, WRONG)
    see(ciso, TWO, WRONG, kind=HSTS, source="internet.nl")
    assert sorted(Action.objects.values_list("origin_kind", "responsible")) == [
        (HSTS, "Postbode"),
        (TLS, "Hostman"),
        (TLS, "Postbode"),
    ]
    action = Action.objects.get(responsible="Hostman")
    assert {line.subject: line.text for line in action.lines.all()} == {
        f"{ONE}/192.0.2.1": "TLS 1.0",
        f"{ONE}/192.0.2.2": "TLS 1.0",
    }


def test_action_has_an_owner_a_date_and_what_it_helps(ciso: Actor) -> None:
    count(ciso, ONE)
    see(ciso, ONE, WRONG)
    action = Action.objects.get()
    due = START.date() + timedelta(days=kinds.get(TLS).repair_days)
    assert (action.owner_id, action.due_on, action.priority) == (ciso.user_id, due, "high")
    assert "bio2:5.14.01" in action.requirements
    assert action.description


def test_later_failing_subject_joins_the_open_action(ciso: Actor) -> None:
    count(ciso, ONE, TWO)
    see(ciso, ONE, WRONG)
    with day(1):
        see(ciso, TWO, WRONG)
        see(ciso, ONE, WRONG, text="Nog steeds")
    assert Action.objects.count() == 1
    assert lines() == [("", ONE), ("", TWO)]


def test_line_closes_with_the_passing_fact_as_proof(ciso: Actor) -> None:
    count(ciso, ONE, TWO)
    see(ciso, ONE, WRONG)
    see(ciso, TWO, WRONG)
    with day(1):
        see(ciso, ONE, RIGHT)
        assert lines() == [("", TWO)]
        closed = ActionLine.objects.get(subject=ONE)
        assert closed.proof == {
            "fact": current(ciso, ONE).pk,
            "state": "pass",
            "source": "dijkring",
            "at": (START + DAY).isoformat(),
        }
        assert Action.objects.get().state == "open"
    with day(2):
        see(ciso, TWO, RIGHT)
    action = Action.objects.get()
    assert (action.state, action.closed_at) == ("done", START + 2 * DAY)


def test_failed_attempt_closes_nothing(ciso: Actor) -> None:
    count(ciso, ONE)
    see(ciso, ONE, WRONG)
    with day(30):
        see(ciso, ONE, "not_measured", reason="time-out")
    assert lines() == [("", ONE)]


def test_line_stays_open_while_another_source_fails(ciso: Actor) -> None:
    count(ciso, ONE)
    see(ciso, ONE, WRONG)
    see(ciso, ONE, WRONG, source="internet.nl")
    with day(1):
        see(ciso, ONE, RIGHT)
        assert lines() == [("", ONE)]
        see(ciso, ONE, RIGHT, source="internet.nl")
    assert lines() == []


def test_failing_anew_after_the_action_is_finished_opens_a_new_action(ciso: Actor) -> None:
    count(ciso, ONE)
    see(ciso, ONE, WRONG)
    with day(1):
        see(ciso, ONE, RIGHT)
    with day(2):
        see(ciso, ONE, WRONG)
    assert sorted(Action.objects.values_list("state", flat=True)) == ["done", "open"]


def test_subject_that_fails_anew_gets_a_new_line_in_the_open_action(ciso: Actor) -> None:
    count(ciso, ONE, TWO)
    see(ciso, ONE, WRONG)
    see(ciso, TWO, WRONG)
    for number, state in ((1, RIGHT), (2, WRONG)):
        with day(number):
            see(ciso, ONE, state)
    assert Action.objects.count() == 1
    assert ActionLine.objects.filter(subject=ONE).count() == 2
    assert sorted(lines()) == [("", TWO), ("", ONE)]


def test_deviation_ends_the_line_and_nags_again_when_it_ends(ciso: Actor) -> None:
    count(ciso, ONE)
    see(ciso, ONE, WRONG)
    ends_at = START + 5 * DAY
    deviations.accept(actor=ciso, kind=TLS, subject=ONE, reason="Wordt vervangen.", ends_at=ends_at)
    assert ActionLine.objects.get().end_reason == "Wordt vervangen."
    with day(1):
        see(ciso, ONE, WRONG, text="Nog steeds")
        assert lines() == []
        tasks.after_grace(timestamp=0)
        assert lines() == []
    with day(5):
        tasks.after_grace(timestamp=0)
        tasks.after_grace(timestamp=0)
    assert lines() == [("", ONE)]


def test_deviation_that_is_ended_by_hand_nags_again_at_once(ciso: Actor) -> None:
    count(ciso, ONE)
    see(ciso, ONE, WRONG)
    ends_at = START + 5 * DAY
    deviations.accept(actor=ciso, kind=TLS, subject=ONE, reason="Wordt vervangen.", ends_at=ends_at)
    deviations.end(actor=ciso, deviation=Deviation.objects.get())
    assert lines() == [("", ONE)]


@pytest.mark.parametrize("wrong", [{"reason": " "}, {"ends_at": START}, {"kind": ""}])
def test_deviation_needs_a_reason_an_end_and_something_to_deviate_from(
    ciso: Actor, wrong: dict[str, str]
) -> None:
    given = {"reason": "Bekend.", "ends_at": START + DAY, "kind": TLS, "subject": ONE}
    with pytest.raises(Refused):
        deviations.accept(actor=ciso, **(given | wrong))  # type: ignore[arg-type]
    assert not Deviation.objects.exists()


def test_grace_of_a_kind_is_waited_for(ciso: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    patient = replace(kinds.get(TLS), grace=3 * DAY)
    monkeypatch.setitem(kinds._kinds, TLS, patient)
    count(ciso, ONE)
    see(ciso, ONE, WRONG)
    with day(2):
        tasks.after_grace(timestamp=0)
        assert lines() == []
    with day(3):
        tasks.after_grace(timestamp=0)
    assert lines() == [("", ONE)]


def test_information_opens_nothing(ciso: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(kinds._kinds, TLS, replace(kinds.get(TLS), level="information"))
    count(ciso, ONE)
    see(ciso, ONE, WRONG)
    assert lines() == []


def test_what_does_not_count_opens_nothing(ciso: Actor) -> None:
    see(ciso, ONE, WRONG)
    assert lines() == []


def test_line_ends_without_proof_when_its_subject_is_gone(ciso: Actor) -> None:
    count(ciso, ONE)
    gone = f"{ONE}/192.0.2.1"
    see(ciso, ONE, {ONE: RIGHT, gone: WRONG}, complete=True)
    with day(1):
        see(ciso, ONE, {ONE: RIGHT}, complete=True)
    line = ActionLine.objects.get()
    assert (line.subject, line.proof, bool(line.end_reason)) == (gone, None, True)


def test_line_ends_when_its_fact_is_withdrawn_or_its_subject_taken_out(
    ciso: Actor, acting: Acting, fatima: User
) -> None:
    count(ciso, ONE, TWO)
    see(ciso, ONE, WRONG)
    see(ciso, TWO, WRONG)
    withdrawals.withdraw(actor=ciso, fact=current(ciso, ONE), reason="Verkeerde server.")
    member = PopulationMember.objects.get(member=TWO)
    populations.propose_removal(actor=ciso, member=member, reason="Opgeheven.")
    with acting(fatima) as secretary:
        populations.confirm_removal(actor=secretary, member=member)
    reasons = [line.end_reason for line in ActionLine.objects.order_by("id")]
    assert len(set(reasons)) == 2
    assert all(reasons)
    assert [line.proof for line in ActionLine.objects.all()] == [None, None]


def test_cancelled_action_is_followed_by_a_new_one(ciso: Actor) -> None:
    count(ciso, ONE)
    see(ciso, ONE, WRONG)
    actions.move(actor=ciso, action=Action.objects.get(), to="cancelled", reason="Dubbel.")
    with day(1):
        see(ciso, ONE, WRONG, text="Nog steeds")
    assert Action.objects.filter(state="open").count() == 1


def test_a_line_closes_with_what_passed_and_not_with_what_lapsed(ciso: Actor) -> None:
    count(ciso, ONE)
    see(ciso, ONE, WRONG)
    with day(10):  # that has lapsed by now
        see(ciso, ONE, RIGHT, source="internet.nl")
        proof = ActionLine.objects.get().proof or {}
        assert (proof["state"], proof["source"]) == (RIGHT, "internet.nl")


def test_a_pass_that_has_lapsed_already_closes_nothing(ciso: Actor) -> None:
    count(ciso, ONE)
    see(ciso, ONE, WRONG)
    with day(30):
        see(ciso, ONE, RIGHT, days_ago=20)
        assert lines() == [("", ONE)]


def test_what_does_not_apply_any_more_ends_a_line_without_proof(ciso: Actor) -> None:
    count(ciso, ONE)
    see(ciso, ONE, WRONG)
    with day(1):
        see(ciso, ONE, "not_applicable")
        line = ActionLine.objects.get()
    assert (line.proof, line.end_reason) == (None, "is niet meer van toepassing")
