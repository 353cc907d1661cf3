# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Standings through the database: the worked example, lapses, lines, mappings, populations."""

from datetime import datetime

import pytest
from django.db import connection

from dijkring.controls.models import Requirement
from dijkring.controls.services import approve_applicability, decide_applicability
from dijkring.core.access import Actor
from dijkring.core.errors import Forbidden, Refused
from dijkring.evidence import tasks
from dijkring.evidence.models import PopulationMember, Standing, StandingChange, Summary
from dijkring.evidence.selectors import standings as select
from dijkring.evidence.services import deviations, populations, standings, withdrawals
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
    see,
    verdict_of,
)
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting

ONE, TWO = "www.dijkerveen.example", "post.dijkerveen.example"
GOOD = ("design", "existence")


def judged(actor: Actor, requirement: Requirement, *, days: float = 200) -> None:
    for layer in GOOD:
        judge(actor, requirement, layer, days=days)


def layers(actor: Actor, requirement: Requirement) -> dict[str, str]:
    found = select.of_leaf(actor.organisation_id, requirement.pk)
    return {part["layer"]: part["verdict"] for part in found.layers}


def history(actor: Actor, requirement: Requirement) -> list[tuple[str, datetime]]:
    rows = select.history(actor.organisation_id, requirement.pk)
    return [(row.verdict, row.at) for row in reversed(rows)]


class TestWorkedExample:
    """The rows of the worked example of the meaning of standings, one by one."""

    def test_pass_and_pass(self, ciso: Actor, norm: Norm) -> None:
        count(ciso, ONE, TWO)
        see(ciso, ONE, "pass")
        see(ciso, TWO, "pass")
        judged(ciso, norm.tls)
        assert verdict_of(ciso, norm.tls) == "met"

    def test_pass_and_fail(self, ciso: Actor, norm: Norm) -> None:
        count(ciso, ONE, TWO)
        see(ciso, ONE, "pass")
        see(ciso, TWO, "fail")
        judged(ciso, norm.tls)
        assert verdict_of(ciso, norm.tls) == "not_met"
        assert layers(ciso, norm.tls) == {
            "design": "met",
            "existence": "met",
            "operation": "not_met",
        }

    @pytest.mark.parametrize(("state", "then"), [("pass", "not_measured"), ("fail", "not_met")])
    def test_pass_and_lapsed(self, ciso: Actor, norm: Norm, state: str, then: str) -> None:
        count(ciso, ONE, TWO)
        see(ciso, TWO, state)
        judged(ciso, norm.tls)
        with day(5):
            see(ciso, ONE, "pass")
        with day(8):
            assert verdict_of(ciso, norm.tls) == then

    def test_pass_and_no_fact(self, ciso: Actor, norm: Norm) -> None:
        count(ciso, ONE, TWO)
        see(ciso, ONE, "pass")
        judged(ciso, norm.tls)
        assert verdict_of(ciso, norm.tls) == "not_measured"

    def test_judgement_that_expired_yesterday(self, ciso: Actor, norm: Norm) -> None:
        count(ciso, ONE)
        judge(ciso, norm.tls, "design")
        judge(ciso, norm.tls, "existence", days=3)
        see(ciso, ONE, "pass")
        with day(4):
            assert verdict_of(ciso, norm.tls) == "show_again"
            assert layers(ciso, norm.tls)["existence"] == "show_again"

    def test_pass_and_not_applicable_without_judgements(self, ciso: Actor, norm: Norm) -> None:
        count(ciso, ONE, TWO)
        see(ciso, ONE, "pass")
        see(ciso, TWO, "not_applicable")
        assert verdict_of(ciso, norm.tls) == "not_assessed"
        assert layers(ciso, norm.tls)["operation"] == "met"

    def test_audit_against_owner(self, ciso: Actor, norm: Norm, acting: Acting, erik: User) -> None:
        count(ciso, ONE)
        see(ciso, ONE, "pass")
        judged(ciso, norm.tls)
        with acting(erik) as auditor:
            judge(auditor, norm.tls, "existence", "not_met", line="audit", days=None)
        assert verdict_of(ciso, norm.tls) == "not_met"

    def test_no_domains_registered(self, ciso: Actor, norm: Norm) -> None:
        judged(ciso, norm.tls)
        assert verdict_of(ciso, norm.tls) == "not_assessed"
        assert layers(ciso, norm.tls)["operation"] == "not_assessed"


class TestTime:
    """What only the passing of time does."""

    def two_lapses(self, ciso: Actor, norm: Norm) -> None:
        # A judgement ends on day 3, the only observation on day 7.
        count(ciso, ONE)
        judge(ciso, norm.tls, "design")
        judge(ciso, norm.tls, "existence", days=3)
        see(ciso, ONE, "pass")

    def test_reading_without_a_worker_equals_what_the_sweep_stores(
        self, ciso: Actor, norm: Norm
    ) -> None:
        self.two_lapses(ciso, norm)
        judge(ciso, norm.judged)
        for number in (2, 4, 8, 300):
            with day(number):
                read = select.of_leaves(ciso.organisation_id)
                sweep(ciso)
                stored = select.of_leaves(ciso.organisation_id)
            assert read == stored

    def test_two_lapses_between_sweeps_both_stand_in_history(self, ciso: Actor, norm: Norm) -> None:
        self.two_lapses(ciso, norm)
        with day(30):
            sweep(ciso)
            assert verdict_of(ciso, norm.tls) == "show_again"
        rows = StandingChange.objects.filter(requirement=norm.tls).order_by("-id")[:2]
        assert [(row.layers["operation"], row.at, row.recorded_at) for row in rows] == [
            ("not_measured", START + 7 * DAY, START + 30 * DAY),
            ("met", START + 3 * DAY, START + 30 * DAY),
        ]
        assert select.at_moment(ciso.organisation_id, START + 2 * DAY, [norm.tls.pk]) == {
            norm.tls.pk: "met"
        }

    def test_sweep_finds_what_is_due_and_nothing_twice(self, ciso: Actor, norm: Norm) -> None:
        self.two_lapses(ciso, norm)
        with day(2):
            assert tasks.due_organisations() == []
        with day(30):
            assert tasks.due_organisations() == [ciso.organisation_id]
            tasks.sweep(timestamp=0)
            before = StandingChange.objects.count()
            tasks.sweep(timestamp=0)
            assert (tasks.due_organisations(), StandingChange.objects.count()) == ([], before)

    def test_what_a_leaf_carries_lapses_with_it(self, ciso: Actor, norm: Norm) -> None:
        self.two_lapses(ciso, norm)
        judge(ciso, norm.judged)
        assert [verdict_of(ciso, leaf) for leaf in (norm.carried, norm.higher)] == ["met", "met"]
        with day(4):
            assert verdict_of(ciso, norm.higher) == "show_again"
            sweep(ciso)
        assert history(ciso, norm.higher)[-1] == ("show_again", START + 3 * DAY)

    def test_extended_facts_do_not_lapse(self, ciso: Actor, norm: Norm) -> None:
        count(ciso, ONE)
        judged(ciso, norm.tls)
        see(ciso, ONE, "pass")
        with day(6):
            assert see(ciso, ONE, "pass").unchanged
        with day(8):
            assert verdict_of(ciso, norm.tls) == "met"
            sweep(ciso)
        assert verdict_of(ciso, norm.tls) == "met"
        assert [verdict for verdict, _ in history(ciso, norm.tls)][-1] == "met"

    def test_repair_term_runs_out(self, ciso: Actor, norm: Norm) -> None:
        count(ciso, ONE)
        see(ciso, ONE, "fail", kind=HSTS)
        assert verdict_of(ciso, norm.repair) == "met"
        with day(9):
            assert verdict_of(ciso, norm.repair) == "met"
        with day(10):
            assert verdict_of(ciso, norm.repair) == "not_met"
            sweep(ciso)
        assert history(ciso, norm.repair)[-1] == ("not_met", START + 10 * DAY)

    def test_of_two_sources_the_worst_fresh_one_counts_at_each_moment(
        self, ciso: Actor, norm: Norm
    ) -> None:
        """One that fails lapses on day 7, one that passes on day 12; then the fail stands again."""
        count(ciso, ONE)
        judged(ciso, norm.tls)
        see(ciso, ONE, "fail", source="internet.nl")
        with day(5):
            see(ciso, ONE, "pass")
            assert verdict_of(ciso, norm.tls) == "not_met"
        for number, verdict in ((6, "not_met"), (8, "met"), (13, "not_met")):
            with day(number):
                assert verdict_of(ciso, norm.tls) == verdict
        with day(20):
            sweep(ciso)
        found = history(ciso, norm.tls)[-3:]
        assert found == [
            ("not_met", START),
            ("met", START + 7 * DAY),
            ("not_met", START + 12 * DAY),
        ]

    def test_change_is_never_dated_before_one_that_is_known(self, ciso: Actor, norm: Norm) -> None:
        count(ciso, ONE, TWO)
        judged(ciso, norm.tls)
        with day(3):
            see(ciso, ONE, "fail")
            see(ciso, TWO, "fail", days_ago=1)
            withdrawals.withdraw(actor=ciso, fact=current(ciso, ONE), reason="Verkeerd gemeten.")
            see(ciso, ONE, "pass", days_ago=2)
            assert verdict_of(ciso, norm.tls) == "not_met"
        moments = [at for _, at in history(ciso, norm.tls)]
        assert moments == sorted(moments)
        at_last = select.at_moment(ciso.organisation_id, START + 3 * DAY, [norm.tls.pk])
        assert at_last == {norm.tls.pk: "not_met"}


def sweep(actor: Actor) -> None:
    standings.begin_change(actor.organisation_id)


class TestJudgements:
    """Lines and who may speak in them."""

    def test_newer_supersedes_in_its_own_line_only(self, ciso: Actor, norm: Norm) -> None:
        judge(ciso, norm.judged, verdict="not_met", line="ciso")
        judge(ciso, norm.judged, verdict="partly", line="owner")
        assert verdict_of(ciso, norm.judged) == "not_met"
        judge(ciso, norm.judged, verdict="met", line="owner")
        assert verdict_of(ciso, norm.judged) == "not_met"
        judge(ciso, norm.judged, verdict="met", line="ciso")
        assert verdict_of(ciso, norm.judged) == "met"

    def test_finding_of_an_auditor_ends_by_an_auditor(
        self, ciso: Actor, norm: Norm, acting: Acting, erik: User
    ) -> None:
        with acting(erik) as auditor:
            judge(auditor, norm.judged, verdict="not_met", line="audit")
        with pytest.raises(Forbidden):
            judge(ciso, norm.judged, verdict="met", line="audit")
        assert verdict_of(ciso, norm.judged) == "not_met"
        with acting(erik) as auditor:
            judge(auditor, norm.judged, verdict="met", line="audit")
        assert verdict_of(ciso, norm.judged) == "met"

    @pytest.mark.parametrize(
        "wrong", [{"layer": "operation"}, {"verdict": "show_again"}, {"days": -1}]
    )
    def test_refused(self, ciso: Actor, norm: Norm, wrong: dict[str, str]) -> None:
        with pytest.raises(Refused):
            judge(ciso, norm.judged, **wrong)  # type: ignore[arg-type]
        assert verdict_of(ciso, norm.judged) == "not_assessed"

    def test_of_another_organisation_stays_there(
        self, ciso: Actor, acting: Acting, charlie: User
    ) -> None:
        shared = Requirement.objects.get(framework__key="bio2", ref="5.01.01")
        for layer in shared.layers:
            judge(ciso, shared, layer)
        assert verdict_of(ciso, shared) == "met"
        with acting(charlie) as other:
            assert verdict_of(other, shared) == "not_assessed"


def test_not_applicable_only_after_a_second_person_approved(
    ciso: Actor, norm: Norm, acting: Acting, fatima: User
) -> None:
    decide_applicability(
        actor=ciso, requirements=[norm.judged], applicable=False, reason="Wij doen dit niet zelf."
    )
    assert verdict_of(ciso, norm.judged) == "not_assessed"
    with acting(fatima) as secretary:
        approve_applicability(actor=secretary, requirements=[norm.judged])
    assert verdict_of(ciso, norm.judged) == "not_applicable"
    assert history(ciso, norm.judged) == [("not_applicable", START)]


def test_deviation_turns_nothing_green(ciso: Actor, norm: Norm) -> None:
    count(ciso, ONE)
    see(ciso, ONE, "fail")
    ends_at = START + 30 * DAY
    deviations.accept(actor=ciso, kind=TLS, subject=ONE, reason="Bekend.", ends_at=ends_at)
    deviations.accept(actor=ciso, requirement=norm.tls, reason="Bekend.", ends_at=ends_at)
    assert verdict_of(ciso, norm.tls) == "not_met"
    assert len(select.deviations(ciso.organisation_id)) == 2
    with day(30):
        assert select.deviations(ciso.organisation_id) == []


class TestMappings:
    """What carries decides, what contributes does not."""

    def test_takes_the_worst_of_what_carries_it(self, ciso: Actor, norm: Norm) -> None:
        count(ciso, ONE)
        judged(ciso, norm.tls)
        judge(ciso, norm.judged, verdict="partly")
        see(ciso, ONE, "pass")
        assert verdict_of(ciso, norm.carried) == "partly"
        with day(1):
            see(ciso, ONE, "fail")
        assert [verdict_of(ciso, leaf) for leaf in (norm.carried, norm.higher)] == ["not_met"] * 2
        assert history(ciso, norm.higher)[-1] == ("not_met", START + DAY)

    def test_silence_of_one_carrier_is_not_met(self, ciso: Actor, norm: Norm) -> None:
        judge(ciso, norm.judged)
        assert verdict_of(ciso, norm.carried) == "not_assessed"

    def test_what_contributes_neither_makes_nor_breaks(self, ciso: Actor, norm: Norm) -> None:
        count(ciso, ONE)
        judged(ciso, norm.tls)
        judge(ciso, norm.judged)
        see(ciso, ONE, "pass")
        see(ciso, ONE, "fail", kind=HSTS, source="internet.nl", days_ago=20)
        assert verdict_of(ciso, norm.repair) == "not_met"
        assert verdict_of(ciso, norm.carried) == "met"


def test_rule_that_can_only_break_proves_nothing(ciso: Actor, norm: Norm) -> None:
    count(ciso, ONE)
    see(ciso, ONE, "pass")
    assert verdict_of(ciso, norm.breaks) == "not_assessed"
    judge(ciso, norm.breaks, "operation")
    assert verdict_of(ciso, norm.breaks) == "met"
    with day(1):
        see(ciso, ONE, "fail")
        assert verdict_of(ciso, norm.breaks) == "not_met"


class TestPopulation:
    """Nobody goes green by removing the bad name."""

    def test_taking_out_needs_a_reason_and_a_second_person(
        self, ciso: Actor, norm: Norm, acting: Acting, fatima: User
    ) -> None:
        count(ciso, ONE, TWO)
        judged(ciso, norm.tls)
        see(ciso, ONE, "pass")
        see(ciso, TWO, "fail")
        member = PopulationMember.objects.get(member=TWO)
        with pytest.raises(Refused):
            populations.propose_removal(actor=ciso, member=member, reason="  ")
        with pytest.raises(Refused):
            populations.confirm_removal(actor=ciso, member=member)
        populations.propose_removal(actor=ciso, member=member, reason="Site is opgeheven.")
        with pytest.raises(Refused):
            populations.confirm_removal(actor=ciso, member=member)
        assert verdict_of(ciso, norm.tls) == "not_met"
        with acting(fatima) as secretary:
            populations.confirm_removal(actor=secretary, member=member)
        assert verdict_of(ciso, norm.tls) == "met"
        member.refresh_from_db()
        assert (member.until, member.confirmed_by) == (START, fatima)

    def test_reader_proposes_nothing(
        self, ciso: Actor, norm: Norm, acting: Acting, bob: User
    ) -> None:
        count(ciso, ONE)
        member = PopulationMember.objects.get(member=ONE)
        with acting(bob) as reader, pytest.raises(Forbidden):
            populations.propose_removal(actor=reader, member=member, reason="Weg ermee.")

    def test_new_name_counts_at_once(self, ciso: Actor, norm: Norm) -> None:
        count(ciso, ONE)
        judged(ciso, norm.tls)
        see(ciso, ONE, "pass")
        with day(1):
            count(ciso, TWO)
            assert verdict_of(ciso, norm.tls) == "not_measured"


def test_summary_counts_every_leaf(ciso: Actor, norm: Norm) -> None:
    judge(ciso, norm.judged)
    assert Summary.objects.get(framework=norm.judged.framework).counts == {
        "met": 1,
        "not_assessed": 3,
    }


def test_changes_of_two_workers_wait_for_each_other(ciso: Actor, norm: Norm) -> None:
    """The lock of the organisation is held from before the first reading until the end."""
    count(ciso, ONE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT objid FROM pg_locks WHERE locktype = 'advisory'")
        assert (ciso.organisation_id,) in cursor.fetchall()


def test_recomputing_all_changes_nothing(ciso: Actor, norm: Norm) -> None:
    count(ciso, ONE, TWO)
    judged(ciso, norm.tls)
    judge(ciso, norm.judged)
    see(ciso, ONE, "pass")
    with day(4):
        see(ciso, TWO, "fail")
        before = list(Standing.objects.order_by("requirement").values("requirement", "verdict"))
        assert standings.recompute_all(ciso.organisation_id) == 0
        after = Standing.objects.order_by("requirement").values("requirement", "verdict")
    assert [row for row in after if row in before] == before
