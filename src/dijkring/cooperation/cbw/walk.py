# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Walks the questions: which one comes next, and what comes out with which reasons.

An outcome is given only when every way in which the open questions could still be answered leads
to it. Otherwise nothing can be said, and the questions that stand in the way are named.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dijkring.cooperation.cbw import conditions
from dijkring.cooperation.cbw.questions import Question, Questionnaire

CANNOT_BE_SAID = "cannot_be_said"
ANSWERS = ("yes", "no", "unknown")
Answers = Mapping[str, str]
Ending = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Result:
    """What comes out. `possible` are the outcomes that are still open; `decisive` the questions to
    which the outcome is owed; `missing` those whose answer would decide; `flags` points to look
    into, those of `open_flags` because an answer to them is not known.
    """

    outcome: str
    possible: tuple[str, ...]
    decisive: tuple[str, ...]
    missing: tuple[str, ...]
    flags: tuple[str, ...]
    open_flags: tuple[str, ...]


def evaluate(test: Questionnaire, answers: Answers) -> Result:
    """Return what the answers lead to; 'unknown' counts as no answer.

    Raises ValueError for an unknown question or an answer that is not yes, no or unknown.
    """
    known = _known(test, answers)
    possible = _outcomes(test, known)
    decided = len(possible) == 1
    flags = {flag.id: conditions.truth(flag.when, known) for flag in test.flags}
    return Result(
        outcome=next(iter(possible)) if decided else CANNOT_BE_SAID,
        possible=tuple(one.id for one in test.outcomes if one.id in possible),
        decisive=_decisive(test, known) if decided else (),
        missing=() if decided else tuple(_missing(test, known)),
        flags=tuple(id for id, raised in flags.items() if raised is not False),
        open_flags=tuple(id for id, raised in flags.items() if raised is None),
    )


def next_question(test: Questionnaire, answers: Answers) -> Question | None:
    """Return the first question without an answer that can still change what comes out, or None."""
    known = _known(test, answers)
    waiting = (question for question in test.questions if question.id not in answers)
    return next((one for one in waiting if _matters(test, known, one.id)), None)


def _known(test: Questionnaire, answers: Answers) -> dict[str, bool]:
    asked = {question.id for question in test.questions}
    if strange := sorted(set(answers) - asked):
        raise ValueError(f"unknown questions: {', '.join(strange)}")
    if wrong := sorted({value for value in answers.values() if value not in ANSWERS}):
        raise ValueError(f"unknown answers: {', '.join(wrong)}")
    return {id: value == "yes" for id, value in answers.items() if value != "unknown"}


def _matters(test: Questionnaire, known: dict[str, bool], question: str) -> bool:
    return _endings(test, {**known, question: True}) != _endings(test, {**known, question: False})


def _missing(test: Questionnaire, known: dict[str, bool]) -> list[str]:
    return [
        question.id
        for question in test.questions
        if question.id not in known
        and _outcomes(test, {**known, question.id: True})
        != _outcomes(test, {**known, question.id: False})
    ]


def _outcomes(test: Questionnaire, known: dict[str, bool]) -> set[str]:
    """Return every outcome to which some answers to the open questions lead."""
    for outcome in test.outcomes:
        holds = conditions.truth(outcome.when, known)
        if holds:
            return {outcome.id}
        if holds is None:
            open_ = next(id for id in conditions.questions(outcome.when) if id not in known)
            return _outcomes(test, {**known, open_: True}) | _outcomes(
                test, {**known, open_: False}
            )
    raise AssertionError("the last outcome always holds")


def _endings(test: Questionnaire, known: dict[str, bool]) -> set[Ending]:
    """Return every pair of an outcome and raised flags that is still possible."""
    outcomes = _outcomes(test, known)
    if len(outcomes) > 1:
        open_ = _first_open(test, known)
        return _endings(test, {**known, open_: True}) | _endings(test, {**known, open_: False})
    for flag in test.flags:
        if conditions.truth(flag.when, known) is None:
            open_ = next(id for id in conditions.questions(flag.when) if id not in known)
            return _endings(test, {**known, open_: True}) | _endings(test, {**known, open_: False})
    raised = tuple(flag.id for flag in test.flags if conditions.truth(flag.when, known))
    return {(next(iter(outcomes)), raised)}


def _first_open(test: Questionnaire, known: dict[str, bool]) -> str:
    undecided = next(one for one in test.outcomes if conditions.truth(one.when, known) is not False)
    return next(id for id in conditions.questions(undecided.when) if id not in known)


def _decisive(test: Questionnaire, known: dict[str, bool]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for outcome in test.outcomes:
        found |= dict.fromkeys(conditions.behind(outcome.when, known))
        if conditions.truth(outcome.when, known):
            break
    order = [question.id for question in test.questions]
    return tuple(sorted(found, key=order.index))
