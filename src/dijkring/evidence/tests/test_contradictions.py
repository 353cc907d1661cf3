# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Judgements that newer facts contradict."""

from dijkring.controls.catalogue import catalogue
from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.evidence.selectors.contradictions import contradicted
from dijkring.evidence.selectors.standings import of_leaves
from dijkring.evidence.tests.makers import Norm, count, day, judge, see

SITE = "www.dijkerveen.example"


def refs(actor: Actor) -> list[tuple[str, str]]:
    stood = of_leaves(actor.organisation_id)
    rows = contradicted(actor.organisation_id, catalogue(clock.now()), stood)
    return [(row.requirement.ref, row.layer) for row in rows]


def test_newer_failing_fact_contradicts_its_own_layer(ciso: Actor, norm: Norm) -> None:
    count(ciso, SITE)
    for layer in ("design", "operation"):
        judge(ciso, norm.tls, layer)
    judge(ciso, norm.judged)
    assert refs(ciso) == []
    with day(1):
        see(ciso, SITE, "fail")
        assert refs(ciso) == [(norm.tls.ref, "operation")]


def test_maintained_with_a_reason_or_mended_it_ends(ciso: Actor, norm: Norm) -> None:
    count(ciso, SITE)
    judge(ciso, norm.tls, "operation")
    judge(ciso, norm.breaks, "operation")
    with day(1):
        see(ciso, SITE, "fail")
        assert refs(ciso) == [(norm.tls.ref, "operation"), (norm.breaks.ref, "operation")]
    with day(2):
        judge(ciso, norm.tls, "operation")
        assert refs(ciso) == [(norm.breaks.ref, "operation")]
    with day(3):
        see(ciso, SITE, "pass")
        assert refs(ciso) == []


def test_judgement_that_knew_the_fact_and_one_that_says_not_met(ciso: Actor, norm: Norm) -> None:
    count(ciso, SITE)
    judge(ciso, norm.breaks, "operation", "not_met")
    see(ciso, SITE, "fail")
    with day(1):
        judge(ciso, norm.tls, "operation")
        assert refs(ciso) == []


def test_what_does_not_count_contradicts_nothing(ciso: Actor, norm: Norm) -> None:
    judge(ciso, norm.tls, "operation")
    with day(1):
        see(ciso, SITE, "fail")
        assert refs(ciso) == []
