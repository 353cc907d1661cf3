# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The questions as they are written down in YAML, checked before anybody is asked one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from dijkring.cooperation.cbw import conditions
from dijkring.cooperation.cbw.conditions import Condition

Text = dict[str, str]


class QuestionsFault(ValueError):
    """The questions cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Article:
    """Where a question or an outcome comes from; `official` tells a rule from our reading of it."""

    name: str
    link: str
    official: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One question with yes, no or 'not known' as its answer."""

    id: str
    text: Text
    help: Text
    proof: Text
    article: Article


@dataclass(frozen=True, slots=True)
class Outcome:
    """What can come out; the first whose condition holds is the outcome."""

    id: str
    when: Condition
    label: Text
    meaning: Text
    next: tuple[Text, ...]
    article: Article


@dataclass(frozen=True, slots=True)
class Flag:
    """A point that somebody has to look into besides the outcome, when its condition may hold."""

    id: str
    when: Condition
    text: Text
    article: Article


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """One version of the test."""

    version: str
    dated: date
    title: Text
    source: Text
    caution: Text
    open: Outcome
    questions: tuple[Question, ...]
    outcomes: tuple[Outcome, ...]
    flags: tuple[Flag, ...]

    def question(self, id: str) -> Question:
        """Return a question; raises KeyError for an unknown one."""
        return {question.id: question for question in self.questions}[id]

    def outcome(self, id: str) -> Outcome:
        """Return an outcome, also the one that nothing can be said."""
        return {outcome.id: outcome for outcome in (*self.outcomes, self.open)}[id]


def read(path: Path) -> Questionnaire:
    """Read the questions of a file; raises QuestionsFault with the reason when they do not fit."""
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        return _checked(_questionnaire(found))
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise QuestionsFault(f"{path.name}: {error}") from error


def _questionnaire(found: dict[str, Any]) -> Questionnaire:
    return Questionnaire(
        version=str(found["version"]),
        dated=found["dated"],
        title=_text(found["title"]),
        source=_text(found["source"]),
        caution=_text(found["caution"]),
        open=_outcome({**found["cannot_be_said"], "id": "cannot_be_said", "when": {"all": []}}),
        questions=tuple(_question(row) for row in found["questions"]),
        outcomes=tuple(_outcome(row) for row in found["outcomes"]),
        flags=tuple(_flag(row) for row in found.get("flags", [])),
    )


def _text(written: dict[str, str]) -> Text:
    if not (written.get("nl") and written.get("en")):
        raise ValueError(f"a text needs Dutch and English: {written!r}")
    return {language: " ".join(words.split()) for language, words in written.items()}


def _article(row: dict[str, Any]) -> Article:
    return Article(row["article"], row.get("link", ""), bool(row["official"]))


def _question(row: dict[str, Any]) -> Question:
    text, help, proof = (_text(row[name]) for name in ("text", "help", "proof"))
    return Question(row["id"], text, help, proof, _article(row))


def _outcome(row: dict[str, Any]) -> Outcome:
    steps = tuple(_text(step) for step in row["next"])
    when = conditions.parse(row["when"])
    return Outcome(
        row["id"], when, _text(row["label"]), _text(row["meaning"]), steps, _article(row)
    )


def _flag(row: dict[str, Any]) -> Flag:
    return Flag(row["id"], conditions.parse(row["when"]), _text(row["text"]), _article(row))


def _checked(found: Questionnaire) -> Questionnaire:
    asked = [question.id for question in found.questions]
    _refuse_doubles(asked)
    _refuse_doubles([one.id for one in (*found.outcomes, found.open)])
    rules = [part.when for part in found.outcomes] + [part.when for part in found.flags]
    used = {id for rule in rules for id in conditions.questions(rule)}
    if unknown := sorted(used - set(asked)):
        raise ValueError(f"conditions ask for unknown questions: {', '.join(unknown)}")
    if idle := sorted(set(asked) - used):
        raise ValueError(f"questions that decide nothing: {', '.join(idle)}")
    if not found.outcomes or conditions.truth(found.outcomes[-1].when, {}) is not True:
        raise ValueError("the last outcome must always hold")
    return found


def _refuse_doubles(ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for id in ids:
        if id in seen:
            raise ValueError(f"{id} is there twice")
        seen.add(id)
