# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Cbw test: worked cases as a table, what is not known, and questions that do not fit."""

from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dijkring.cooperation import cbw
from dijkring.cooperation.cbw import QuestionsFault, evaluate, next_question, read

CONTENT = Path(cbw.__file__).parents[1] / "content" / "cbw-test.yaml"
TEST = read(CONTENT)
IDS = [question.id for question in TEST.questions]


def answered(yes: str = "", no: str = "", unknown: str = "") -> dict[str, str]:
    """Return answers from questions in one string each, parted by spaces."""
    parts = {"yes": yes, "no": no, "unknown": unknown}
    return {id: answer for answer, ids in parts.items() for id in ids.split()}


FOUR = "wgr_body general_interest personality financed decides eu_law abroad"
BEGIN = "excluded critical"
# name, answers, outcome, raised flags
CASES: list[tuple[str, dict[str, str], str, tuple[str, ...]]] = [
    ("safety region", answered(yes="excluded"), "excluded", ()),
    (
        "environment service: permits under mandate, European rules below them",
        answered(yes=FOUR, no=f"{BEGIN} managed_services"),
        "essential",
        (),
    ),
    (
        "IT co-operation: an operational organisation that takes no decisions",
        answered(
            yes="wgr_body general_interest personality financed managed_services",
            no=f"{BEGIN} decides",
        ),
        "not_government",
        ("managed_services",),
    ),
    (
        "tax co-operation: decisions, but no European rule below them",
        answered(
            yes="wgr_body general_interest personality financed decides",
            no=f"{BEGIN} eu_law managed_services",
        ),
        "not_government",
        (),
    ),
    (
        "centre municipality does the work",
        answered(no=f"{BEGIN} wgr_body", yes="managed_services"),
        "no_own_body",
        ("managed_services",),
    ),
    (
        "waste company that competes on the market",
        answered(yes="wgr_body", no=f"{BEGIN} general_interest managed_services"),
        "not_government",
        (),
    ),
    (
        "paid by customers, but the board is appointed by municipalities",
        answered(
            yes="wgr_body general_interest personality appointed decides eu_law abroad",
            no=f"{BEGIN} financed supervised managed_services",
        ),
        "essential",
        (),
    ),
    (
        "designated as critical, whatever else it is",
        answered(yes="critical", no="excluded wgr_body managed_services"),
        "critical",
        (),
    ),
    (
        "excluded goes before designated",
        answered(yes="excluded critical managed_services"),
        "excluded",
        (),
    ),
    (
        "nobody knows whether decisions are taken",
        answered(
            yes="wgr_body general_interest personality financed eu_law abroad",
            no=f"{BEGIN} managed_services",
            unknown="decides",
        ),
        "cannot_be_said",
        (),
    ),
    (
        "one lacking criterion is enough, though another is not known",
        answered(
            yes="wgr_body general_interest",
            no=f"{BEGIN} decides managed_services",
            unknown="personality financed supervised appointed",
        ),
        "not_government",
        (),
    ),
    (
        "not known whether it was designated",
        answered(yes="wgr_body", no="excluded general_interest", unknown="critical"),
        "cannot_be_said",
        ("managed_services",),
    ),
]


@pytest.mark.parametrize(
    ("answers", "outcome", "flags"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_worked_case(answers: dict[str, str], outcome: str, flags: tuple[str, ...]) -> None:
    found = evaluate(TEST, answers)
    assert (found.outcome, found.flags) == (outcome, flags)


def test_outcome_names_what_it_is_owed_to() -> None:
    found = evaluate(TEST, answered(yes="wgr_body general_interest", no=f"{BEGIN} decides"))
    assert found.decisive == ("excluded", "critical", "wgr_body", "decides")


def test_what_is_missing_is_named_and_nothing_else() -> None:
    answers = answered(
        yes="wgr_body general_interest personality financed eu_law",
        no=BEGIN,
        unknown="decides abroad supervised",
    )
    found = evaluate(TEST, answers)
    assert found.missing == ("decides", "abroad")
    assert found.possible == ("essential", "not_government")
    assert found.open_flags == ("managed_services",)


def test_without_answers_everything_is_possible() -> None:
    found = evaluate(TEST, {})
    assert found.outcome == "cannot_be_said"
    assert found.possible == tuple(outcome.id for outcome in TEST.outcomes)


def walk(truth: dict[str, str]) -> dict[str, str]:
    """Answer one question after another, as a person would."""
    answers: dict[str, str] = {}
    while question := next_question(TEST, answers):
        answers[question.id] = truth[question.id]
    return answers


def test_walk_asks_only_what_still_matters() -> None:
    truth = dict.fromkeys(IDS, "no") | {"excluded": "yes"}
    assert walk(truth) == {"excluded": "yes"}
    truth = dict.fromkeys(IDS, "yes") | {"excluded": "no", "critical": "no"}
    assert set(IDS) - set(walk(truth)) == {"supervised", "appointed"}


@given(st.fixed_dictionaries({id: st.sampled_from(["yes", "no", "unknown"]) for id in IDS}))
def test_walk_leads_to_what_all_answers_lead_to(truth: dict[str, str]) -> None:
    asked, all_ = evaluate(TEST, walk(truth)), evaluate(TEST, truth)
    assert (asked.outcome, asked.flags) == (all_.outcome, all_.flags)


@given(st.fixed_dictionaries({id: st.sampled_from(["yes", "no", "unknown"]) for id in IDS}))
def test_an_outcome_survives_every_answer_to_what_is_open(truth: dict[str, str]) -> None:
    """Tried by brute force: no filling in of what is not known leads elsewhere."""
    found = evaluate(TEST, truth)
    open_ = [id for id in IDS if truth[id] == "unknown"][:7]
    given_ = {id: answer for id, answer in truth.items() if id not in open_}
    reached = {
        evaluate(TEST, given_ | dict(zip(open_, filled, strict=True))).outcome
        for filled in product(["yes", "no"], repeat=len(open_))
    }
    if found.outcome != "cannot_be_said":
        assert reached == {found.outcome}
    elif "unknown" not in {truth[id] for id in IDS if id not in open_}:
        assert len(reached) > 1


@pytest.mark.parametrize(
    "answers", [{"decides": "maybe"}, {"nothing_we_ask": "yes"}, {"decides": "YES"}]
)
def test_what_was_not_asked_cannot_be_answered(answers: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="unknown"):
        evaluate(TEST, answers)


def test_every_text_has_both_languages_and_a_source() -> None:
    articles = [part.article for part in TEST.questions]
    articles += [part.article for part in (*TEST.outcomes, TEST.open)]
    articles += [part.article for part in TEST.flags]
    for article in articles:
        assert article.name
        assert article.link.startswith("https://")
    assert TEST.version
    assert TEST.source["nl"] != TEST.source["en"]


def broken(change: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))
    match change:
        case "unknown question":
            found["outcomes"][0]["when"] = "something_else"
        case "twice":
            found["questions"].append(found["questions"][0])
        case "no end":
            found["outcomes"].pop()
        case "no English":
            del found["questions"][0]["text"]["en"]
        case "no condition":
            found["flags"][0]["when"] = {"either": ["excluded"]}
        case "idle question":
            found["outcomes"][1]["when"] = "excluded"
        case "no version":
            del found["version"]
    return found


@pytest.mark.parametrize(
    "change",
    [
        "unknown question",
        "twice",
        "no end",
        "no English",
        "no condition",
        "idle question",
        "no version",
    ],
)
def test_questions_that_do_not_fit_are_refused(tmp_path: Path, change: str) -> None:
    path = tmp_path / "test.yaml"
    path.write_text(yaml.safe_dump(broken(change)), encoding="utf-8")
    with pytest.raises(QuestionsFault):
        read(path)


def test_what_is_no_yaml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "test.yaml"
    path.write_text("questions: [", encoding="utf-8")
    with pytest.raises(QuestionsFault):
        read(path)
