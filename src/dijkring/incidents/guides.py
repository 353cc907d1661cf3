# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The kinds of incident, and the questions by which is weighed whether one must be reported."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

YES, NO, UNKNOWN = "yes", "no", "unknown"
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a guide, in both languages."""

    id: str
    words: Words
    counts: bool


@dataclass(frozen=True, slots=True)
class Guide:
    """The questions of one regime; one yes among those that count means: report."""

    regime: str
    version: int
    title: Words
    basis: Words
    note: Words
    link: str
    questions: tuple[Question, ...]

    def advice(self, answers: Mapping[str, str]) -> bool:
        """Tell whether to report; what is not known counts as maybe, and so as yes."""
        return any(answers.get(one.id, UNKNOWN) != NO for one in self.questions if one.counts)


@cache
def categories() -> dict[str, Words]:
    """Return the kinds of incident with their words, in the order of the taxonomy."""
    return {
        row["id"]: {"nl": row["nl"], "en": row["en"]} for row in _content("taxonomy")["categories"]
    }


@cache
def guides() -> dict[str, Guide]:
    """Return the guide of each regime that has one."""
    found = _content("weighing")
    return {row["regime"]: _guide(row, found["version"]) for row in found["guides"]}


def _guide(row: Mapping[str, Any], version: int) -> Guide:
    counting = row["report_when"]
    questions = tuple(
        Question(one["id"], {"nl": one["nl"], "en": one["en"]}, one["id"] in counting)
        for one in row["questions"]
    )
    words = (row["title"], row["basis"], row["note"], row["link"])
    return Guide(row["regime"], version, *words, questions)


def _content(name: str) -> dict[str, Any]:
    text = files("dijkring.incidents").joinpath(f"content/{name}.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return found
