# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Conditions over answers with three values: yes, no, and not known (None), after Kleene."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Known = Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Asked:
    """True when the question is answered with yes."""

    question: str


@dataclass(frozen=True, slots=True)
class Not:
    part: Condition


@dataclass(frozen=True, slots=True)
class All:
    """True when every part is; without parts always true."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """True when at least one part is."""

    parts: tuple[Condition, ...]


Condition = Asked | Not | All | Any


def parse(written: object) -> Condition:
    """Read a condition as it is written in YAML: an id, or one of `not`, `all` and `any`.

    Raises ValueError for anything else.
    """
    if isinstance(written, str):
        return Asked(written)
    if isinstance(written, dict) and len(written) == 1:
        kind, inside = next(iter(written.items()))
        if kind == "not":
            return Not(parse(inside))
        if kind in ("all", "any") and isinstance(inside, list):
            parts = tuple(parse(part) for part in inside)
            return All(parts) if kind == "all" else Any(parts)
    raise ValueError(f"this is no condition: {written!r}")


def truth(condition: Condition, known: Known) -> bool | None:
    """Say whether a condition holds; None when what is known does not decide it."""
    match condition:
        case Asked(question):
            return known.get(question)
        case Not(part):
            inside = truth(part, known)
            return None if inside is None else not inside
        case All(parts):
            return _worst([truth(part, known) for part in parts])
        case Any(parts):
            turned = _worst([_turned(truth(part, known)) for part in parts])
            return _turned(turned)


def _worst(values: list[bool | None]) -> bool | None:
    if False in values:
        return False
    return None if None in values else True


def _turned(value: bool | None) -> bool | None:
    return None if value is None else not value


def questions(condition: Condition) -> Iterator[str]:
    """Give the questions in a condition, in order."""
    match condition:
        case Asked(question):
            yield question
        case Not(part):
            yield from questions(part)
        case All(parts) | Any(parts):
            for part in parts:
                yield from questions(part)


def behind(condition: Condition, known: Known) -> Iterator[str]:
    """Give the answered questions to which a condition owes that it holds or does not hold."""
    value = truth(condition, known)
    match condition:
        case Asked(question):
            yield from [] if value is None else [question]
        case Not(part):
            yield from behind(part, known)
        case All(parts) | Any(parts):
            for part in parts:
                if value is not None and truth(part, known) == value:
                    yield from behind(part, known)
