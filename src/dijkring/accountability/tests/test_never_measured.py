# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was lost, has ended or was never looked at is nowhere shown as good."""

from datetime import timedelta

import pytest

from dijkring.accountability import looking, services
from dijkring.accountability.selectors import shared
from dijkring.accountability.selectors.comparison import comparison
from dijkring.accountability.selectors.national import national
from dijkring.accountability.selectors.today import MOST, today
from dijkring.accountability.tests.makers import leaf, report, say
from dijkring.accountability.tests.test_exposure import looker
from dijkring.accountability.tests.test_others import alike, counted
from dijkring.accountability.tests.test_report import bio2, public
from dijkring.controls.services import approve_applicability, decide_applicability
from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.tenancy import transaction_for
from dijkring.evidence import kinds
from dijkring.evidence.selectors.standings import of_leaf
from dijkring.evidence.services import withdrawals
from dijkring.evidence.tests import makers
from dijkring.evidence.tests.makers import count, current, day, judge, see
from dijkring.organisations.models import Organisation, User
from dijkring.sharing import selectors as sharing
from dijkring.tests.harness.people import Acting

__all__ = ["alike", "looker"]
SITE = "www.dijkerveen.example"


def test_to_lose_a_measurement_is_no_progress(ciso: Actor) -> None:
    count(ciso, SITE)
    see(ciso, SITE, "fail")
    services.visit(actor=ciso)
    with day(20):
        visit = services.visit(actor=ciso)
        withdrawals.withdraw(actor=ciso, fact=current(ciso, SITE), reason="Weet niet zeker.")
        assert of_leaf(ciso.organisation_id, leaf("5.14.01").pk).verdict == "not_measured"
        assert today(ciso, visit, most=MOST).better == 0
        assert bio2(report(ciso, 10, 20))["better"] == 0


def test_to_declare_that_it_does_not_apply_is_no_progress(
    ciso: Actor, acting: Acting, fatima: User
) -> None:
    say(ciso, "5.01.01", "not_met")
    with day(20):
        leaves = [leaf("5.01.01")]
        decide_applicability(
            actor=ciso, requirements=leaves, applicable=False, reason="Geldt hier niet."
        )
        with acting(fatima) as other:
            approve_applicability(actor=other, requirements=leaves)
        assert bio2(report(ciso, 10, 20))["better"] == 0


def test_the_report_counts_nothing_that_was_withdrawn(ciso: Actor) -> None:
    count(ciso, SITE)
    see(ciso, SITE, "pass")
    with day(2):
        withdrawals.withdraw(actor=ciso, fact=current(ciso, SITE), reason="Verkeerd gemeten.")
    with day(3):
        measured = report(ciso, 0, 0).figures["measured"]
    assert not any(one["states"].get("pass") for one in measured)


def test_a_name_that_was_never_measured_stands_in_the_report(ciso: Actor) -> None:
    count(ciso, SITE, "nooit.dijkerveen.example")
    see(ciso, SITE, "pass")
    with day(1):
        figures = report(ciso, 0, 1).figures["measured"]
    measured = {one["category"]: one["states"] for one in figures}
    tests = len([one for one in kinds.all_kinds() if one.id.startswith("surface.web-tls.")])
    assert measured["web-tls"] == {"pass": 1, "not_measured": 2 * tests - 1}


def test_every_category_stands_in_the_public_part(ciso: Actor) -> None:
    count(ciso, SITE)
    see(ciso, SITE, "pass")
    see(ciso, SITE, "fail", kind="surface.web-ipv6.web_aaaa")
    with day(1):
        assert "IPv6" in public(report(ciso, 0, 1))


def test_a_fact_that_is_shared_lapses_by_the_clock(ciso: Actor) -> None:
    see(ciso, SITE, "pass")
    for days, state in ((1, "pass"), (30, "not_measured")):
        with day(days):
            (row,) = [one for one in shared.facts(ciso.organisation_id) if one.about == SITE]
            assert row.state == state


def test_a_judgement_that_is_shared_ends_by_the_clock(ciso: Actor) -> None:
    judge(ciso, leaf("5.01.01"), "design", "met", days=3)
    for days, state in ((1, "met"), (30, "show_again")):
        with day(days):
            (row,) = shared.judgements(ciso.organisation_id)
            assert row.state == state


def test_a_standing_that_is_shared_is_not_good_after_its_time(ciso: Actor) -> None:
    norm = makers.norm(ciso.organisation_id)
    count(ciso, SITE)
    see(ciso, SITE, "fail", source="internet.nl")
    for layer in ("design", "existence"):
        judge(ciso, norm.tls, layer)
    with day(8):  # theirs has lapsed; ours passes
        see(ciso, SITE, "pass")
        assert of_leaf(ciso.organisation_id, norm.tls.pk).verdict == "met"
    with day(20):
        assert of_leaf(ciso.organisation_id, norm.tls.pk).verdict != "met"
        rows = shared.standings(ciso.organisation_id, norm.tls.framework)
        assert {row.state for row in rows if row.name == norm.tls.ref} == {"not_measured"}


@pytest.mark.parametrize(("days", "passes"), [(0, True), (30, False)])
def test_exposure_that_is_shared_lapses_by_the_clock(
    looker: Actor,
    days: int,
    passes: bool,
) -> None:
    found = []
    with clock.moved_to(clock.now() + timedelta(days=days)):
        for one in sharing.received(looker.organisation_id):
            if "exposure" in one.details:
                found += looking.look(
                    actor=looker, shared=one, what="exposure", read=shared.exposure_counts
                )
    assert any(row.state == "pass" for row in found) == passes


def test_what_is_held_back_stays_in_the_national_total(alike: list[Organisation]) -> None:
    counted(alike[0], met=156)
    counted(alike[1], met=100, not_met=56)
    for one in alike[2:6]:
        counted(one, met=100, not_assessed=56)
    with transaction_for([alike[0].pk]):
        found = national("bio2")
    assert 0 < found.counts["met"] < found.total


def test_our_own_share_beside_others_lapses_by_the_clock(ciso: Actor) -> None:
    say(ciso, "5.01.01", "met", days=3)
    for days, met in ((1, 1), (30, 0)):
        with day(days):
            (row,) = [
                one for one in comparison(ciso.organisation_id) if one.framework.key == "bio2"
            ]
        assert row.share is not None
        assert row.share[0] == met


def test_what_is_not_met_is_shared_as_such_when_something_else_lapses(ciso: Actor) -> None:
    norm = makers.norm(ciso.organisation_id)
    bad = f"slecht.{SITE}"
    count(ciso, SITE, bad)
    see(ciso, bad, "fail")
    for layer in ("design", "existence"):
        judge(ciso, norm.tls, layer)
    see(ciso, SITE, "fail", source="internet.nl")
    with day(3):
        see(ciso, SITE, "pass")
        see(ciso, bad, "fail")
    with day(8):
        assert of_leaf(ciso.organisation_id, norm.tls.pk).verdict == "not_met"
        rows = shared.standings(ciso.organisation_id, norm.tls.framework)
        assert {one.state for one in rows if one.name == norm.tls.ref} == {"not_met"}
