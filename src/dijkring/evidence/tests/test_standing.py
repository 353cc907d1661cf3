# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The meaning of subject, tally, rule, layer and requirement, point by point."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dijkring.evidence.standing import (
    WORST_FIRST,
    Inputs,
    Judgement,
    Layer,
    Line,
    Note,
    Observed,
    Provision,
    Reason,
    Rule,
    Source,
    Standing,
    State,
    Tally,
    Verdict,
    combine,
    rule_verdict,
    standing,
    subject_state,
    tally,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)
DESIGN, EXISTENCE, OPERATION = ALL = (Layer.DESIGN, Layer.EXISTENCE, Layer.OPERATION)
PASS, FAIL, NOT_MEASURED, NOT_APPLICABLE = State
V = Verdict


def fact(subject: str, state: State, until: float = 2, since: float = -10, **more: str) -> Observed:
    """Return a fact with its begin and the end of its validity in days from now."""
    member, source = more.get("member", subject), more.get("source", "ours")
    return Observed(subject, member, source, state, NOW + since * DAY, NOW + until * DAY)


def rule_on(*facts: Observed, population: str = "ab", **more: object) -> Rule:
    counted = tally(facts, tuple(population), NOW)
    options = {"layer": OPERATION, "decides": True, **more}
    return Rule("r", tallies=(counted,), **options)  # type: ignore[arg-type]


def judged(
    layer: Layer, verdict: Verdict, line: Line = Line.OWNER, until: float | None = 100
) -> Judgement:
    end = None if until is None else NOW + until * DAY
    return Judgement(f"{line}-{layer}", layer, line, verdict, end)


MET_TWICE = (judged(DESIGN, V.MET), judged(EXISTENCE, V.MET))
BOTH_PASS = (fact("a", PASS), fact("b", PASS))

WORKED_EXAMPLE = {
    "pass, pass": (BOTH_PASS, "ab", MET_TWICE, V.MET, V.MET, ()),
    "pass, fail": (
        (fact("a", PASS), fact("b", FAIL)),
        *("ab", MET_TWICE, V.NOT_MET, V.NOT_MET, (OPERATION,)),
    ),
    "pass, lapsed pass": (
        (fact("a", PASS), fact("b", PASS, until=-1)),
        *("ab", MET_TWICE, V.NOT_MEASURED, V.NOT_MEASURED, (OPERATION,)),
    ),
    "pass, lapsed fail": (
        (fact("a", PASS), fact("b", FAIL, until=-1)),
        *("ab", MET_TWICE, V.NOT_MET, V.NOT_MET, (OPERATION,)),
    ),
    "pass, no fact": (
        (fact("a", PASS),),
        *("ab", MET_TWICE, V.NOT_MEASURED, V.NOT_MEASURED, (OPERATION,)),
    ),
    "existence expired yesterday": (
        BOTH_PASS,
        *("ab", (judged(DESIGN, V.MET), judged(EXISTENCE, V.MET, until=-1))),
        *(V.MET, V.SHOW_AGAIN, (EXISTENCE,)),
    ),
    "pass, not applicable": (
        (fact("a", PASS), fact("b", NOT_APPLICABLE)),
        *("ab", (), V.MET, V.NOT_ASSESSED, (DESIGN, EXISTENCE)),
    ),
    "the auditor disagrees": (
        BOTH_PASS,
        *("ab", (*MET_TWICE, judged(DESIGN, V.NOT_MET, Line.AUDIT))),
        *(V.MET, V.NOT_MET, (DESIGN,)),
    ),
    "no domains registered": ((), "", MET_TWICE, V.NOT_ASSESSED, V.NOT_ASSESSED, (OPERATION,)),
}


@pytest.mark.parametrize("row", WORKED_EXAMPLE.values(), ids=WORKED_EXAMPLE.keys())
def test_worked_example(row: tuple) -> None:  # type: ignore[type-arg]
    facts, population, judgements, of_rule, of_whole, because_of = row
    rule = rule_on(*facts, population=population)
    found = standing(Inputs(ALL, (rule,), judgements), NOW)
    assert rule_verdict(rule, NOW).verdict is of_rule
    assert found.verdict is of_whole
    assert tuple(s.layer for s in found.layers if s.verdict is not V.MET) == because_of


def test_a_lapsed_fail_is_marked_unconfirmed() -> None:
    rule = rule_on(fact("a", PASS), fact("b", FAIL, until=-1))
    layer = standing(Inputs((OPERATION,), (rule,)), NOW).layers[0]
    assert layer.unconfirmed == rule_verdict(rule, NOW).unconfirmed == 1
    assert layer.reasons == (Reason(Source.RULE, "r", V.NOT_MET, Note.UNCONFIRMED),)


def test_the_audit_line_is_named_first_among_the_reasons() -> None:
    judgements = (judged(DESIGN, V.MET), judged(DESIGN, V.NOT_MET, Line.AUDIT))
    reasons = standing(Inputs((DESIGN,), judgements=judgements), NOW).layers[0].reasons
    assert [(r.verdict, r.note) for r in reasons] == [
        (V.NOT_MET, Note.AUDIT),
        (V.MET, Note.OWNER),
    ]


def test_equal_reasons_stand_in_the_order_of_their_ids() -> None:
    rules = (rule_on(*BOTH_PASS), replace(rule_on(*BOTH_PASS), id="q"))
    for order in (rules, rules[::-1]):
        reasons = standing(Inputs((OPERATION,), order), NOW).layers[0].reasons
        assert [reason.id for reason in reasons] == ["q", "r"]


@pytest.mark.parametrize(
    ("facts", "state", "unconfirmed", "changes"),
    [
        ([fact("a", PASS)], PASS, False, 2),
        ([fact("a", PASS, until=0)], NOT_MEASURED, False, None),
        ([fact("a", FAIL)], FAIL, False, 2),
        ([fact("a", FAIL, until=0)], FAIL, True, None),
        ([fact("a", NOT_APPLICABLE)], NOT_APPLICABLE, False, 2),
        ([fact("a", NOT_APPLICABLE, until=0)], NOT_MEASURED, False, None),
        ([fact("a", NOT_MEASURED)], NOT_MEASURED, False, None),
        # Several sources: the worst fresh one counts.
        ([fact("a", PASS, until=3), fact("a", FAIL)], FAIL, False, 2),
        ([fact("a", PASS, until=3), fact("a", FAIL, until=-1)], PASS, False, 3),
        ([fact("a", PASS, until=-1), fact("a", FAIL, until=-2)], FAIL, True, None),
        ([fact("a", PASS, until=3), fact("a", NOT_MEASURED, until=1)], NOT_MEASURED, False, 1),
        ([fact("a", PASS, until=3), fact("a", PASS, until=1)], PASS, False, 3),
        ([fact("a", PASS), fact("a", NOT_APPLICABLE, until=3)], PASS, False, 2),
    ],
)
def test_state_of_a_subject(
    facts: list[Observed], state: State, unconfirmed: bool, changes: float | None
) -> None:
    for order in (facts, facts[::-1]):
        found = subject_state(order, NOW)
        assert (found.state, found.unconfirmed) == (state, unconfirmed)
        assert found.changes_at == (None if changes is None else NOW + changes * DAY)


@pytest.mark.parametrize(
    ("facts", "since"),
    [
        ([fact("a", FAIL, since=-3), fact("a", FAIL, since=-8, until=-6)], -8),
        ([fact("a", PASS, since=-3), fact("a", PASS, since=-8, until=-6)], -3),
        ([fact("a", PASS, since=-8, until=-6), fact("a", NOT_MEASURED, since=-9, until=-1)], -6),
        ([fact("a", NOT_MEASURED, since=-9, until=-1)], -9),
    ],
    ids=["the first source that fails", "the fresh one", "the lapse", "never measured"],
)
def test_since_when_a_subject_is_so(facts: list[Observed], since: float) -> None:
    assert subject_state(facts, NOW).since == NOW + since * DAY


def test_a_subject_without_facts_has_no_state() -> None:
    with pytest.raises(ValueError, match="without facts"):
        subject_state([], NOW)


def test_tally_counts_subjects_and_members() -> None:
    facts = [
        fact("a/1", PASS, until=3, member="a"),
        fact("a/2", FAIL, until=-1, since=-4, member="a"),
        fact("b", PASS, until=-2),
        fact("c", NOT_MEASURED),
        fact("d", NOT_APPLICABLE, until=5),
        fact("outsider", FAIL),
    ]
    assert tally(facts, "abcde", NOW) == Tally(
        lapses=(NOW - 2 * DAY, NOW + 3 * DAY),
        failing_since=(NOW - 4 * DAY,),
        fail_lapses=(NOW - DAY,),
        not_measured=1,
        not_applicable=1,
        missing=1,
        population=5,
        not_applicable_lapses=(NOW + 5 * DAY,),
    )


def test_with_one_source_per_subject_a_tally_is_the_same_at_any_moment() -> None:
    facts = [fact("a", PASS), fact("b", FAIL), fact("c", NOT_APPLICABLE), fact("d", NOT_MEASURED)]
    assert tally(facts, "abcd", NOW - 5 * DAY) == tally(facts, "abcd", NOW + 5 * DAY)


@pytest.mark.parametrize(
    ("sources", "exact_until"),
    [
        ([(PASS, 3), (PASS, 1)], None),
        ([(PASS, 3), (FAIL, 1)], 1),  # fails until it lapses, then passes
        ([(PASS, 3), (FAIL, -1)], 3),  # passes until it lapses, then fails again
        ([(PASS, 3), (FAIL, -1), (FAIL, -2)], 3),
        ([(PASS, 3), (NOT_MEASURED, 1)], 1),
        ([(PASS, 1), (NOT_APPLICABLE, 3)], 1),
        ([(FAIL, 3), (FAIL, 1)], None),
        ([(FAIL, 3), (PASS, 1)], None),
    ],
)
def test_several_sources_say_until_when_a_tally_is_exact(
    sources: list[tuple[State, float]], exact_until: float | None
) -> None:
    facts = [fact("a", state, until, source=str(i)) for i, (state, until) in enumerate(sources)]
    expected = None if exact_until is None else NOW + exact_until * DAY
    assert tally(facts, "a", NOW).exact_until == expected


WEEK = 7 * DAY


@pytest.mark.parametrize(
    ("facts", "options", "verdict"),
    [
        ([], {"population": ""}, V.NOT_ASSESSED),
        ([fact("x", PASS)], {"population": ""}, V.NOT_ASSESSED),
        ([fact("a", NOT_APPLICABLE), fact("b", NOT_APPLICABLE)], {}, V.NOT_APPLICABLE),
        ([fact("a", NOT_APPLICABLE)], {}, V.NOT_MEASURED),
        ([fact("a", NOT_APPLICABLE, until=-1)], {"population": "a"}, V.NOT_MEASURED),
        ([fact("a", PASS), fact("b", NOT_MEASURED)], {}, V.NOT_MEASURED),
        ([fact("a", PASS), fact("b", NOT_MEASURED)], {"tolerance": 1}, V.MET),
        ([fact("a", PASS)], {"population": "abc", "tolerance": 1}, V.NOT_MEASURED),
        ([fact("a", NOT_MEASURED), fact("b", NOT_MEASURED)], {"tolerance": 2}, V.NOT_MEASURED),
        ([fact("a", NOT_APPLICABLE), fact("b", NOT_MEASURED)], {"tolerance": 2}, V.NOT_MEASURED),
        ([], {"population": "ab", "tolerance": 2}, V.NOT_MEASURED),
        ([fact("a", FAIL), fact("b", NOT_MEASURED)], {}, V.NOT_MET),
        ([fact("a", FAIL), fact("b", PASS)], {"repair_term": WEEK}, V.NOT_MET),
        ([fact("a", FAIL, since=-6), fact("b", PASS)], {"repair_term": WEEK}, V.MET),
        ([fact("a", FAIL, since=-6)], {"repair_term": WEEK}, V.NOT_MEASURED),
        (
            [fact("a", FAIL, since=-6), fact("b", FAIL, since=-8)],
            *({"repair_term": WEEK}, V.NOT_MET),
        ),
    ],
)
def test_rule(facts: list[Observed], options: dict[str, object], verdict: Verdict) -> None:
    population = str(options.get("population", "ab"))
    rest = {key: value for key, value in options.items() if key != "population"}
    assert rule_verdict(rule_on(*facts, population=population, **rest), NOW).verdict is verdict


def test_rule_counts_over_all_its_kinds() -> None:
    first = tally([fact("a", PASS, until=1), fact("b", FAIL, since=-6)], "abc", NOW)
    second = tally([fact("a", NOT_APPLICABLE), fact("b", FAIL, until=-1)], "abc", NOW)
    found = rule_verdict(Rule("r", OPERATION, True, (first, second), repair_term=WEEK), NOW)
    assert found.verdict is V.NOT_MET
    assert (found.failed, found.unconfirmed, found.in_repair) == (2, 1, 1)
    assert (found.passed, found.not_measured, found.not_applicable) == (1, 2, 1)
    assert found.changes_at == NOW + DAY


@pytest.mark.parametrize(
    ("moment", "verdict"),
    [(timedelta(microseconds=-1), V.MET), (timedelta(0), V.NOT_MEASURED)],
)
def test_a_pass_is_valid_before_the_end_of_its_validity(
    moment: timedelta, verdict: Verdict
) -> None:
    rule = rule_on(fact("a", PASS, until=2), population="a")
    assert rule_verdict(rule, NOW + 2 * DAY + moment).verdict is verdict


@pytest.mark.parametrize(
    ("moment", "verdict", "in_repair"),
    [(timedelta(microseconds=-1), V.MET, 1), (timedelta(0), V.NOT_MET, 0)],
)
def test_a_fail_is_in_repair_before_the_end_of_the_term(
    moment: timedelta, verdict: Verdict, in_repair: int
) -> None:
    rule = rule_on(fact("a", FAIL, since=-1), population="a", repair_term=WEEK)
    found = rule_verdict(rule, NOW + 6 * DAY + moment)
    assert (found.verdict, found.in_repair) == (verdict, in_repair)


def test_a_repair_term_is_counted_in_hours_through_a_change_of_the_clock() -> None:
    since = datetime(2026, 10, 24, 10, tzinfo=UTC)  # the clock goes back the next night
    failing = Tally(failing_since=(since,), fail_lapses=(since + WEEK,), population=1)
    rule = Rule("r", OPERATION, True, (failing,), repair_term=DAY)
    local = (since + DAY).astimezone(ZoneInfo("Europe/Amsterdam"))
    assert rule_verdict(rule, local - timedelta(minutes=1)).verdict is V.MET
    assert rule_verdict(rule, local).verdict is V.NOT_MET
    dated_locally = Tally((), (since.astimezone(local.tzinfo),), (since + WEEK,), population=1)
    assert rule_verdict(replace(rule, tallies=(dated_locally,)), since).changes_at == local


@pytest.mark.parametrize(
    ("rule", "judgements", "verdict"),
    [
        (rule_on(*BOTH_PASS, decides=False), (), V.NOT_ASSESSED),
        (rule_on(*BOTH_PASS, decides=False), (judged(OPERATION, V.MET),), V.MET),
        (rule_on(fact("a", FAIL), decides=False), (judged(OPERATION, V.MET),), V.NOT_MET),
        (rule_on(fact("a", FAIL), decides=False), (), V.NOT_MET),
        (rule_on(decides=False), (judged(OPERATION, V.MET),), V.MET),
        (
            rule_on(fact("a", FAIL, since=-1), decides=False, repair_term=WEEK),
            *((judged(OPERATION, V.MET),), V.MET),
        ),
        (rule_on(*BOTH_PASS), (judged(OPERATION, V.PARTLY),), V.PARTLY),
        (rule_on(fact("a", FAIL)), (judged(OPERATION, V.MET),), V.NOT_MET),
        (rule_on(population=""), (judged(OPERATION, V.MET),), V.NOT_ASSESSED),
    ],
)
def test_a_rule_decides_or_can_only_break(
    rule: Rule, judgements: tuple[Judgement, ...], verdict: Verdict
) -> None:
    assert standing(Inputs((OPERATION,), (rule,), judgements), NOW).verdict is verdict


@pytest.mark.parametrize(
    ("judgements", "verdict"),
    [
        ((), V.NOT_ASSESSED),
        ((judged(DESIGN, V.MET, until=None),), V.MET),
        ((judged(DESIGN, V.MET, until=0),), V.SHOW_AGAIN),
        ((judged(DESIGN, V.NOT_MET, until=0),), V.SHOW_AGAIN),
        ((judged(DESIGN, V.NOT_APPLICABLE),), V.NOT_APPLICABLE),
        ((judged(DESIGN, V.NOT_APPLICABLE), judged(DESIGN, V.MET, Line.CISO)), V.MET),
        ((judged(DESIGN, V.NOT_APPLICABLE, until=-1),), V.SHOW_AGAIN),
        ((judged(DESIGN, V.MET), judged(DESIGN, V.PARTLY, Line.CISO)), V.PARTLY),
        ((judged(DESIGN, V.PARTLY), judged(DESIGN, V.NOT_MET, Line.AUDIT)), V.NOT_MET),
        ((judged(OPERATION, V.NOT_MET),), V.NOT_ASSESSED),  # not asked
    ],
)
def test_judgements_on_a_layer(judgements: tuple[Judgement, ...], verdict: Verdict) -> None:
    assert standing(Inputs((DESIGN,), judgements=judgements), NOW).verdict is verdict


def test_a_requirement_is_as_good_as_its_worst_layer_that_applies() -> None:
    judgements = [judged(DESIGN, V.MET), judged(EXISTENCE, V.NOT_APPLICABLE)]
    assert standing(Inputs(ALL[:2], judgements=tuple(judgements)), NOW).verdict is V.MET
    judgements[0] = judged(DESIGN, V.NOT_APPLICABLE)
    assert standing(Inputs(ALL[:2], judgements=tuple(judgements)), NOW).verdict is V.NOT_APPLICABLE


def test_the_statement_of_applicability_takes_a_requirement_out() -> None:
    inputs = Inputs(ALL, (rule_on(fact("a", FAIL)),), MET_TWICE, applicable=False)
    assert standing(inputs, NOW) == Standing(V.NOT_APPLICABLE, ())


@pytest.mark.parametrize(
    ("provision", "verdict", "note"),
    [
        (Provision("p", ALL, V.MET), V.MET, Note.PUBLISHED),
        (Provision("p", ALL, V.PARTLY, NOW + DAY), V.PARTLY, Note.PUBLISHED),
        (Provision("p", ALL, V.MET, NOW), V.NOT_MEASURED, Note.LAPSED),
    ],
)
def test_a_provision_joins_the_layers_it_covers(
    provision: Provision, verdict: Verdict, note: Note
) -> None:
    found = standing(Inputs((DESIGN, OPERATION), provisions=(provision,)), NOW)
    assert found.verdict is verdict
    assert [s.reasons[0] for s in found.layers] == [
        Reason(Source.PROVISION, "p", verdict, note) for _ in found.layers
    ]


def test_the_own_part_stays_a_layer_beside_a_provision() -> None:
    provision = Provision("p", (EXISTENCE, OPERATION), V.MET)
    assert standing(Inputs(ALL, provisions=(provision,)), NOW).verdict is V.NOT_ASSESSED
    own = (judged(DESIGN, V.MET),)
    assert standing(Inputs(ALL, (), own, (provision,)), NOW).verdict is V.MET


@pytest.mark.parametrize(
    ("carriers", "judgements", "verdict"),
    [
        ([V.MET, V.MET], (), V.MET),
        ([V.MET, V.PARTLY, V.NOT_APPLICABLE], (), V.PARTLY),
        ([V.NOT_APPLICABLE, V.NOT_APPLICABLE], (), V.NOT_APPLICABLE),
        ([V.MET, V.NOT_ASSESSED], (), V.NOT_ASSESSED),
        ([V.MET], (judged(DESIGN, V.NOT_MET, Line.AUDIT),), V.NOT_MET),
        ([V.NOT_MET], (judged(DESIGN, V.MET),), V.NOT_MET),
    ],
)
def test_what_carries_a_requirement_makes_or_breaks_it(
    carriers: list[Verdict], judgements: tuple[Judgement, ...], verdict: Verdict
) -> None:
    found = standing(Inputs(ALL, (), judgements, carried_by=tuple(enumerate(carriers))), NOW)
    assert found.verdict is verdict
    assert [layer.layer for layer in found.layers] == [j.layer for j in judgements]
    assert {reason.id for reason in found.carried} == set(range(len(carriers)))
    assert found.carried[0].verdict is combine(carriers)


@pytest.mark.parametrize(
    ("inputs", "lapses", "becomes"),
    [
        (Inputs((OPERATION,), (rule_on(*BOTH_PASS),)), 2, V.NOT_MEASURED),
        (Inputs((OPERATION,), (rule_on(*BOTH_PASS, decides=False),)), None, None),
        (Inputs((DESIGN,), judgements=(judged(DESIGN, V.MET),)), 100, V.SHOW_AGAIN),
        (Inputs((DESIGN,), provisions=(Provision(1, ALL, V.MET, NOW + DAY),)), 1, V.NOT_MEASURED),
        (Inputs((OPERATION,), (rule_on(fact("a", FAIL), fact("b", PASS)),)), None, None),
        (  # one may lapse, the second lapse breaks
            Inputs((OPERATION,), (rule_on(fact("a", PASS, 1), fact("b", PASS, 3), tolerance=1),)),
            *(3, V.NOT_MEASURED),
        ),
        (  # a lapse comes before the end of the repair
            Inputs(
                (OPERATION,),
                (rule_on(fact("a", FAIL, since=-1), fact("b", PASS), repair_term=WEEK),),
            ),
            *(2, V.NOT_MEASURED),
        ),
        (  # the end of the repair comes before a lapse
            Inputs(
                (OPERATION,),
                (rule_on(fact("a", FAIL, since=-1), fact("b", PASS, 9), repair_term=WEEK),),
            ),
            *(6, V.NOT_MET),
        ),
        (  # the number in repair changes, the whole does not
            Inputs(
                (DESIGN, OPERATION),
                (rule_on(fact("a", FAIL, since=-1), repair_term=WEEK),),
                (judged(DESIGN, V.NOT_MET),),
            ),
            *(6, V.NOT_MET),
        ),
        (  # a lapse hides behind a worse judgement, until that judgement lapses
            Inputs((OPERATION,), (rule_on(*BOTH_PASS),), (judged(OPERATION, V.PARTLY, until=9),)),
            *(9, V.SHOW_AGAIN),
        ),
        (
            Inputs(
                (OPERATION,), (rule_on(fact("a", NOT_APPLICABLE), population="a", tolerance=1),)
            ),
            *(2, V.NOT_MEASURED),
        ),
        (  # with the last one that was measured the tolerance has nothing left to forgive
            Inputs((OPERATION,), (rule_on(fact("a", PASS, 1), fact("b", PASS, 3), tolerance=2),)),
            *(3, V.NOT_MEASURED),
        ),
    ],
)
def test_when_a_standing_lapses_and_what_it_becomes(
    inputs: Inputs, lapses: float | None, becomes: Verdict | None
) -> None:
    found = standing(inputs, NOW)
    assert found.lapses_at == (None if lapses is None else NOW + lapses * DAY)
    assert found.becomes is becomes


def test_combine() -> None:
    assert combine([]) is V.NOT_ASSESSED
    assert combine([V.NOT_APPLICABLE]) is V.NOT_APPLICABLE
    for place, verdict in enumerate(WORST_FIRST):
        assert combine([V.NOT_APPLICABLE, *reversed(WORST_FIRST[place:])]) is verdict


def test_a_moment_needs_a_time_zone() -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        standing(Inputs(ALL), naive)
    with pytest.raises(ValueError, match="time zone"):
        rule_verdict(rule_on(*BOTH_PASS), naive)
