# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why: the chain down to source, time and person, as it is now and as it was then."""

from io import BytesIO

import pytest

from dijkring.controls.services import approve_applicability, decide_applicability
from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.evidence.selectors.explanation import Explanation, Reason, explain
from dijkring.evidence.services import judgements, uploads
from dijkring.evidence.tests.makers import (
    DAY,
    HSTS,
    START,
    Norm,
    count,
    current,
    day,
    judge,
    see,
)
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting

ONE, TWO = "www.dijkerveen.example", "post.dijkerveen.example"


def nodes(explanation: Explanation, kind: str) -> list[Reason]:
    """Return every link of a kind in the chain."""

    def below(node: Reason) -> list[Reason]:
        return [node, *(found for part in node.below for found in below(part))]

    return [node for node in below(explanation.root) if node.kind == kind]


def facts(explanation: Explanation) -> dict[str, str]:
    return {node.label.split(": ")[-1]: node.verdict for node in nodes(explanation, "fact")}


def test_chain_ends_at_source_time_method_and_person(ciso: Actor, norm: Norm) -> None:
    count(ciso, ONE)
    see(ciso, ONE, "fail", text="Spreekt nog TLS 1.0", method="eigen meting")
    document = uploads.upload(actor=ciso, name="besluit.txt", content=BytesIO(b"Besluit."))
    judgements.judge(
        actor=ciso,
        requirement=norm.tls,
        layer="design",
        line="owner",
        verdict="met",
        reason="Staat in het beleid.",
        valid_until=clock.now() + 9 * DAY,
        documents=[document],
    )
    found = explain(ciso.organisation_id, norm.tls.pk)
    assert found.verdict == "not_met"
    (fact,) = nodes(found, "fact")
    assert (fact.id, fact.verdict, fact.who) == (current(ciso, ONE).pk, "not_met", "dijkring")
    assert (fact.since, fact.until) == (START, START + 7 * DAY)
    assert "eigen meting" in fact.method
    (judged,) = nodes(found, "judgement")
    assert (judged.who, judged.text, judged.since) == (ciso.name, "Staat in het beleid.", START)
    assert [node.id for node in nodes(found, "document")] == [document.pk]


def test_then_is_told_with_the_facts_and_judgements_of_then(ciso: Actor, norm: Norm) -> None:
    count(ciso, ONE)
    see(ciso, ONE, "fail")
    judge(ciso, norm.tls, "design", "partly")
    with day(2):
        see(ciso, ONE, "pass")
        judge(ciso, norm.tls, "design", "met")
        judge(ciso, norm.tls, "existence", "met")
        now = explain(ciso.organisation_id, norm.tls.pk)
        then = explain(ciso.organisation_id, norm.tls.pk, START + DAY)
        before = explain(ciso.organisation_id, norm.tls.pk, START - DAY)
    assert (now.verdict, facts(now)) == ("met", {ONE: "met"})
    assert (then.verdict, facts(then)) == ("not_met", {ONE: "not_met"})
    assert [node.verdict for node in nodes(then, "judgement")] == ["partly"]
    assert (before.verdict, facts(before), nodes(before, "judgement")) == ("not_assessed", {}, [])


@pytest.mark.parametrize(
    ("state", "verdict", "shown"),
    [("pass", "not_measured", "not_measured"), ("fail", "not_met", "not_met")],
)
def test_gap_in_the_past_is_told_as_it_was(
    ciso: Actor, norm: Norm, state: str, verdict: str, shown: str
) -> None:
    count(ciso, ONE)
    judge(ciso, norm.tls, "design")
    judge(ciso, norm.tls, "existence")
    see(ciso, ONE, state)
    with day(20):
        see(ciso, ONE, state)
        then = explain(ciso.organisation_id, norm.tls.pk, START + 10 * DAY)
    assert (then.verdict, facts(then)) == (verdict, {ONE: shown})
    assert "(" in nodes(then, "fact")[0].text


def test_missing_subject_is_shown(ciso: Actor, norm: Norm) -> None:
    count(ciso, ONE, TWO)
    see(ciso, ONE, "pass")
    found = explain(ciso.organisation_id, norm.tls.pk)
    (missing,) = nodes(found, "missing")
    assert TWO in missing.label
    assert missing.verdict == "not_measured"


def test_what_is_taken_out_of_the_count_is_left_out(ciso: Actor, norm: Norm) -> None:
    see(ciso, ONE, "fail")
    assert nodes(explain(ciso.organisation_id, norm.tls.pk), "fact") == []


class TestWhatWouldChangeIt:
    """Advice that names what to do, and only what helps."""

    def changes(self, actor: Actor, norm: Norm) -> list[str]:
        return explain(actor.organisation_id, norm.tls.pk).changes

    def test_silence(self, ciso: Actor, norm: Norm) -> None:
        register, design, existence = sorted(self.changes(ciso, norm), key=len)
        assert len({register, design, existence}) == 3

    def test_nothing_when_it_is_met(self, ciso: Actor, norm: Norm) -> None:
        count(ciso, ONE)
        see(ciso, ONE, "pass")
        judge(ciso, norm.tls, "design")
        judge(ciso, norm.tls, "existence")
        assert self.changes(ciso, norm) == []

    def test_failing_and_unknown_are_counted(self, ciso: Actor, norm: Norm) -> None:
        count(ciso, ONE, TWO)
        see(ciso, ONE, "fail")
        judge(ciso, norm.tls, "design")
        judge(ciso, norm.tls, "existence")
        mend, measure = self.changes(ciso, norm)
        assert ("1" in mend, "1" in measure) == (True, True)

    def test_ended_judgement_names_its_author(self, ciso: Actor, norm: Norm) -> None:
        judge(ciso, norm.judged, days=3)
        with day(4):
            (words,) = explain(ciso.organisation_id, norm.judged.pk).changes
        assert ciso.name in words

    def test_rule_that_can_only_break_asks_for_a_judgement(self, ciso: Actor, norm: Norm) -> None:
        count(ciso, ONE)
        silent = explain(ciso.organisation_id, norm.breaks.pk)
        assert [node.verdict for node in nodes(silent, "rule")] == [""]
        assert len(silent.changes) == 1
        see(ciso, ONE, "fail", kind=HSTS)
        broken = explain(ciso.organisation_id, norm.breaks.pk)
        assert [node.verdict for node in nodes(broken, "rule")] == ["not_met"]
        assert broken.changes != silent.changes

    def test_what_carries_it_is_named(self, ciso: Actor, norm: Norm) -> None:
        judge(ciso, norm.judged)
        found = explain(ciso.organisation_id, norm.carried.pk)
        assert [str(norm.tls) in words for words in found.changes] == [True]


def test_carried_requirement_lapses_with_what_carries_it(ciso: Actor, norm: Norm) -> None:
    judge(ciso, norm.judged, days=4)
    found = explain(ciso.organisation_id, norm.carried.pk)
    assert (found.lapses_at, found.becomes) == (START + 4 * DAY, "")


def test_statement_of_applicability_is_told(
    ciso: Actor, norm: Norm, acting: Acting, fatima: User
) -> None:
    decide_applicability(
        actor=ciso, requirements=[norm.judged], applicable=False, reason="Wij doen dit niet zelf."
    )
    with acting(fatima) as secretary:
        approve_applicability(actor=secretary, requirements=[norm.judged])
    found = explain(ciso.organisation_id, norm.judged.pk)
    (weighed,) = nodes(found, "applicability")
    assert found.verdict == "not_applicable"
    assert (weighed.who, weighed.text) == (str(fatima), "Wij doen dit niet zelf.")
