# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""One card per function for the first hour of a digital crisis: content. No database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from dijkring.crisis.powers import Words, content

Lines = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Card:
    """What a function does, decides and leaves in the first hour; ids of the rest."""

    function: str
    version: str
    hour: Lines
    decide: Lines
    avoid: Lines
    powers: tuple[str, ...]
    call: tuple[str, ...]
    clocks: tuple[str, ...]


@cache
def cards() -> dict[str, Card]:
    """Return every card by its function."""
    return {
        row["function"]: Card(
            row["function"],
            row["version"],
            row["hour"],
            row["decide"],
            row["avoid"],
            tuple(row["powers"]),
            tuple(row["call"]),
            tuple(row["clocks"]),
        )
        for row in content("cards")["cards"]
    }


@cache
def question() -> tuple[Words, Words]:
    """Return the question that stands on every card, and why."""
    found = content("cards")
    return found["question"], found["why"]
