# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The standing against a slow oracle that looks at every fact, and laws it must keep."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import groupby

from hypothesis import given, settings
from hypothesis import strategies as st

from dijkring.evidence.standing import (
    WORST_FIRST,
    Inputs,
    Judgement,
    Layer,
    Line,
    Observed,
    Provision,
    Rule,
    State,
    Verdict,
    rule_verdict,
    standing,
    subject_state,
    tally,
)

NOW = datetime(2026, 11, 22, tzinfo=UTC)
HOUR = timedelta(hours=1)
MEMBERS = ("a", "b", "c")
JUDGED = (Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET, Verdict.NOT_APPLICABLE)

ahead = st.integers(-3, 6)
moments = ahead.map(lambda n: NOW + n * HOUR)


@dataclass(frozen=True)
class Asked:
    """A rule with its facts still in sight, one list per kind."""

    rule: Rule
    kinds: tuple[tuple[Observed, ...], ...]
    population: tuple[str, ...]


@st.composite
def observed(draw: st.DrawFn, source: str = "ours") -> Observed:
    member = draw(st.sampled_from((*MEMBERS, "outsider")))
    subject = f"{member}/{draw(st.integers(0, 1))}"
    since = NOW - draw(st.integers(0, 6)) * HOUR
    state = draw(st.sampled_from(State))
    return Observed(subject, member, source, state, since, draw(moments))


def one_source(facts: Sequence[Observed]) -> tuple[Observed, ...]:
    return tuple({fact.subject: fact for fact in facts}.values())


fact_lists = st.lists(observed(), max_size=5).map(one_source)
terms = st.none() | st.integers(1, 9).map(lambda n: n * HOUR)


@st.composite
def asked_rules(draw: st.DrawFn) -> Asked:
    population = tuple(draw(st.lists(st.sampled_from(MEMBERS), unique=True)))
    kinds = tuple(draw(st.lists(fact_lists, min_size=1, max_size=2)))
    rule = Rule(
        id=draw(st.integers(1, 99)),
        layer=draw(st.sampled_from(Layer)),
        decides=draw(st.booleans()),
        tallies=tuple(tally(facts, population, NOW) for facts in kinds),
        tolerance=draw(st.integers(0, 2)),
        repair_term=draw(terms),
    )
    return Asked(rule, kinds, population)


judgements = st.builds(
    Judgement,
    st.integers(100, 199),
    st.sampled_from(Layer),
    st.sampled_from(Line),
    st.sampled_from(JUDGED),
    st.none() | moments,
)
provisions = st.builds(
    Provision,
    st.integers(200, 299),
    st.lists(st.sampled_from(Layer), min_size=1, unique=True).map(tuple),
    st.sampled_from(Verdict),
    st.none() | moments,
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Inputs, tuple[Asked, ...]]:
    asked = tuple(draw(st.lists(asked_rules(), max_size=2)))
    inputs = Inputs(
        layers=tuple(draw(st.lists(st.sampled_from(Layer), unique=True))),
        rules=tuple(one.rule for one in asked),
        judgements=tuple(draw(st.lists(judgements, max_size=3))),
        provisions=tuple(draw(st.lists(provisions, max_size=1))),
        applicable=draw(st.sampled_from((True, True, True, False))),
        carried_by=tuple(enumerate(draw(st.lists(st.sampled_from(Verdict), max_size=1)))),
    )
    return inputs, asked


def slow_rule(asked: Asked, at: datetime) -> tuple[str, int]:
    """Return the verdict and the number in repair by looking at each subject in turn."""
    words = []
    for facts in asked.kinds:
        inside = [fact for fact in facts if fact.member in asked.population]
        words += ["silent"] * len(set(asked.population) - {fact.member for fact in inside})
        words += [slow_word(fact, asked.rule, at) for fact in inside]
    repair = words.count("repair")
    if not asked.population:
        return "not_assessed", repair
    if "fail" in words:
        return "not_met", repair
    measured = {"pass", "repair"} & set(words)
    if words.count("silent") > (asked.rule.tolerance if measured else 0):
        return "not_measured", repair
    return ("met" if set(words) - {"not_applicable"} else "not_applicable"), repair


def slow_word(fact: Observed, rule: Rule, at: datetime) -> str:
    if fact.state == "fail":
        young = rule.repair_term is not None and at < fact.since + rule.repair_term
        return "repair" if young else "fail"
    if fact.state == "not_measured" or at >= fact.valid_until:
        return "silent"
    return str(fact.state)


def slow_voices(
    inputs: Inputs, asked: tuple[Asked, ...], layer: Layer, at: datetime
) -> Iterator[str]:
    for one in asked:
        verdict = slow_rule(one, at)[0]
        if one.rule.layer == layer and (one.rule.decides or verdict == "not_met"):
            yield verdict
    for judgement in inputs.judgements:
        if judgement.layer == layer:
            end = judgement.valid_until
            yield str(judgement.verdict) if end is None or at < end else "show_again"
    for provision in inputs.provisions:
        if layer in provision.layers:
            end = provision.valid_until
            yield str(provision.verdict) if end is None or at < end else "not_measured"


def slow_worst(verdicts: Sequence[str]) -> str:
    if verdicts and all(verdict == "not_applicable" for verdict in verdicts):
        return "not_applicable"
    for candidate in ("not_met", "partly", "show_again", "not_measured", "not_assessed"):
        if candidate in verdicts:
            return candidate
    return "met" if verdicts else "not_assessed"


def slow_standing(
    inputs: Inputs, asked: tuple[Asked, ...], at: datetime
) -> tuple[str, dict[str, tuple[str, int]]]:
    """Return the verdict of the whole, and per layer its verdict and number in repair."""
    if not inputs.applicable:
        return "not_applicable", {}
    layers = {}
    for layer in inputs.layers:
        repair = sum(slow_rule(one, at)[1] for one in asked if one.rule.layer == layer)
        voices = list(slow_voices(inputs, asked, layer, at))
        if voices or not inputs.carried_by:
            layers[str(layer)] = (slow_worst(voices), repair)
    carriers = [str(verdict) for _, verdict in inputs.carried_by]
    return slow_worst([verdict for verdict, _ in layers.values()] + carriers), layers


def fast_standing(inputs: Inputs, at: datetime) -> tuple[str, dict[str, tuple[str, int]]]:
    found = standing(inputs, at)
    layers = {str(s.layer): (str(s.verdict), s.in_repair) for s in found.layers}
    return str(found.verdict), layers


def all_moments(inputs: Inputs, asked: tuple[Asked, ...]) -> list[datetime]:
    """Return every moment at which anything at all could change."""
    found = {judgement.valid_until for judgement in inputs.judgements}
    found |= {provision.valid_until for provision in inputs.provisions}
    for one in asked:
        for fact in (fact for facts in one.kinds for fact in facts):
            found |= {fact.valid_until, fact.since + (one.rule.repair_term or HOUR)}
    return sorted(moment for moment in found if moment is not None)


@settings(max_examples=150, deadline=None)
@given(cases(), moments)
def test_equal_to_the_oracle(case: tuple[Inputs, tuple[Asked, ...]], at: datetime) -> None:
    assert fast_standing(case[0], at) == slow_standing(*case, at)


@settings(max_examples=150, deadline=None)
@given(cases(), moments)
def test_the_lapse_is_exact(case: tuple[Inputs, tuple[Asked, ...]], at: datetime) -> None:
    found = standing(case[0], at)
    now = slow_standing(*case, at)
    later = [moment for moment in all_moments(*case) if moment > at]
    differs = [moment for moment in later if slow_standing(*case, moment) != now]
    assert found.lapses_at == (differs[0] if differs else None)
    if differs:
        assert found.becomes == slow_standing(*case, differs[0])[0]
        just_before = differs[0] - timedelta(microseconds=1)
        assert slow_standing(*case, just_before) == now


@settings(deadline=None)
@given(cases(), moments)
def test_the_order_of_the_input_does_not_matter(
    case: tuple[Inputs, tuple[Asked, ...]], at: datetime
) -> None:
    inputs, asked = case
    shuffled = replace(
        inputs,
        layers=inputs.layers[::-1],
        rules=tuple(
            replace(
                one.rule,
                tallies=tuple(tally(kind[::-1], one.population, NOW) for kind in one.kinds[::-1]),
            )
            for one in reversed(asked)
        ),
        judgements=inputs.judgements[::-1],
        provisions=inputs.provisions[::-1],
        carried_by=inputs.carried_by[::-1],
    )
    assert standing(shuffled, at) == standing(inputs, at)


def badness(verdict: Verdict) -> int:
    return len(WORST_FIRST) - WORST_FIRST.index(verdict)


several = st.lists(
    st.sampled_from(("ours", "internet", "auditor")).flatmap(observed), min_size=1, max_size=8
).map(lambda facts: list({(fact.subject, fact.source): fact for fact in facts}.values()))


@settings(deadline=None)
@given(several, observed("other"), moments, terms)
def test_another_failing_fact_never_improves(
    facts: list[Observed], extra: Observed, at: datetime, term: timedelta | None
) -> None:
    # A young fail may turn what was not measured into what is in repair, so this one is old.
    since = extra.since if term is None else NOW - 20 * HOUR
    failing = replace(extra, state=State.FAIL, since=since)
    before, after = (
        rule_verdict(
            Rule(1, Layer.OPERATION, True, (tally(known, MEMBERS, at),), repair_term=term), at
        ).verdict
        for known in (facts, [*facts, failing])
    )
    if before is not Verdict.NOT_APPLICABLE:
        assert badness(after) >= badness(before)


@settings(deadline=None)
@given(several, st.data())
def test_a_tally_does_not_depend_on_the_order_of_its_facts(
    facts: list[Observed], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(facts))
    assert tally(order, MEMBERS, NOW) == tally(facts, MEMBERS[::-1], NOW)


def slow_subject(facts: Sequence[Observed], at: datetime) -> tuple[str, bool]:
    fresh = {str(fact.state) for fact in facts if at < fact.valid_until}
    for state in ("fail", "not_measured", "pass", "not_applicable"):
        if state in fresh:
            return state, False
    failed = "fail" in {str(fact.state) for fact in facts}
    return ("fail", True) if failed else ("not_measured", False)


def same_subject(facts: list[Observed]) -> list[Observed]:
    return [replace(fact, subject="a/0", member="a") for fact in facts]


@settings(deadline=None)
@given(several.map(same_subject), moments, st.data())
def test_a_subject_over_its_sources(
    facts: list[Observed], at: datetime, data: st.DataObject
) -> None:
    found = subject_state(data.draw(st.permutations(facts)), at)
    now = slow_subject(facts, at)
    assert (found.state, found.unconfirmed) == now
    ends = sorted(fact.valid_until for fact in facts if fact.valid_until > at)
    changes = [end for end in ends if slow_subject(facts, end) != now]
    assert found.changes_at == (changes[0] if changes else None)


@settings(deadline=None)
@given(several, moments)
def test_with_several_sources_a_tally_is_exact_until_it_says(
    facts: list[Observed], at: datetime
) -> None:
    counted = tally(facts, MEMBERS, at)
    rule = Rule(1, Layer.OPERATION, True, (counted,))
    ends = {at, *(fact.valid_until for fact in facts if fact.valid_until > at)}
    for moment in ends:
        if counted.exact_until is None or moment < counted.exact_until:
            assert counts_of(rule, moment) == slow_counts(facts, moment)


@settings(deadline=None)
@given(several.map(same_subject), moments)
def test_of_one_subject_a_tally_is_wrong_when_it_says(facts: list[Observed], at: datetime) -> None:
    counted = tally(facts, MEMBERS, at)
    if counted.exact_until is not None:
        rule = Rule(1, Layer.OPERATION, True, (counted,))
        assert counts_of(rule, counted.exact_until) != slow_counts(facts, counted.exact_until)


def counts_of(rule: Rule, at: datetime) -> tuple[int, ...]:
    found = rule_verdict(rule, at)
    return (
        found.passed,
        found.failed,
        found.unconfirmed,
        found.not_measured,
        found.not_applicable,
    )


def slow_counts(facts: Sequence[Observed], at: datetime) -> tuple[int, ...]:
    inside = sorted((f for f in facts if f.member in MEMBERS), key=lambda f: f.subject)
    states = [slow_subject(list(group), at) for _, group in groupby(inside, lambda f: f.subject)]
    words = [state for state, _ in states]
    missing = len(MEMBERS) - len({fact.member for fact in inside})
    return (
        words.count("pass"),
        words.count("fail"),
        sum(unconfirmed for _, unconfirmed in states),
        words.count("not_measured") + missing,
        words.count("not_applicable"),
    )


@settings(deadline=None)
@given(asked_rules(), moments)
def test_nothing_changes_before_a_rule_says_so(asked: Asked, at: datetime) -> None:
    found = rule_verdict(asked.rule, at)
    for moment in all_moments(Inputs(()), (asked,)):
        if at < moment and (found.changes_at is None or moment < found.changes_at):
            later = rule_verdict(asked.rule, moment)
            assert replace(later, changes_at=found.changes_at) == found
    if found.changes_at is not None:
        later = rule_verdict(asked.rule, found.changes_at)
        assert replace(later, changes_at=found.changes_at) != found
