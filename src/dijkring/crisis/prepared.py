# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is prepared for a crisis: levels, functions, dilemmas and checklists, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Function:
    """A function in a crisis, with the partner of the register or the role that fills it."""

    id: str
    words: Words
    partner: str
    role: str


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a ladder as it is prepared; `called` holds ids of functions."""

    ladder: str
    key: str
    place: int
    name: Words
    chair: Words
    criteria: Words
    called: tuple[str, ...]
    in_use: bool


@dataclass(frozen=True, slots=True)
class Option:
    """One way to answer a dilemma."""

    text: str
    good: str
    bad: str


@dataclass(frozen=True, slots=True)
class Dilemma:
    """A choice that was thought about beforehand, in one language."""

    key: str
    question: str
    dilemma: str
    asked: str
    options: tuple[Option, ...]
    remember: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of a crisis with what not to forget in it."""

    id: str
    words: Words
    items: tuple[tuple[str, Words], ...]


@cache
def functions() -> dict[str, Function]:
    """Return the functions by their id."""
    return {
        row["id"]: Function(row["id"], _words(row), row.get("partner", ""), row.get("role", ""))
        for row in _content("levels")["functions"]
    }


@cache
def levels() -> tuple[Level, ...]:
    """Return the levels with which an organisation begins, in the order of their ladders."""
    return tuple(_level(row) for row in _content("levels")["levels"])


def _level(row: Mapping[str, Any]) -> Level:
    name, chair, criteria = (
        {tongue: row[tongue][part] for tongue in ("nl", "en")}
        for part in ("name", "chair", "criteria")
    )
    in_use = row.get("in_use", True)
    called = tuple(row["called"])
    return Level(row["ladder"], row["key"], row["place"], name, chair, criteria, called, in_use)


@cache
def notes() -> tuple[Words, ...]:
    """Return what everybody must know of the ladders."""
    return tuple(_words(row) for row in _content("levels")["notes"])


@cache
def dilemmas(language: str) -> dict[str, Dilemma]:
    """Return the dilemmas by their key, in a language."""
    return {
        row["key"]: _dilemma(row["key"], row[language]) for row in _content("dilemmas")["dilemmas"]
    }


def _dilemma(key: str, row: Mapping[str, Any]) -> Dilemma:
    options = tuple(Option(one["text"], one["for"], one["against"]) for one in row["options"])
    words = (row["question"], row["dilemma"], row["asked"])
    return Dilemma(key, *words, options, tuple(row["remember"]))


@cache
def phases() -> tuple[Phase, ...]:
    """Return the phases with their checklists."""
    return tuple(
        Phase(
            row["id"],
            _words(row),
            tuple((f"{row['id']}.{one['id']}", _words(one)) for one in row["items"]),
        )
        for row in _content("checklists")["phases"]
    )


@cache
def question() -> tuple[Words, Words]:
    """Return the standing question of every checklist, and why it is asked."""
    found = _content("checklists")
    return _words(found["question"]), _words(found["why"])


def hack_item(phase: str) -> str:
    """Return the id of the standing question in a phase."""
    return f"{phase}.hack"


def _words(row: Mapping[str, Any]) -> Words:
    return {"nl": row["nl"], "en": row["en"]}


def _content(name: str) -> dict[str, Any]:
    text = files("dijkring.crisis").joinpath(f"content/{name}.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found
