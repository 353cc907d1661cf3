# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may do what, on which article and with which limit: the law as content. No database.

What is only proposed, or was struck down by a court, is kept apart and never counts as a power.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

Words = Mapping[str, str]


class Status(StrEnum):
    """Whether the law gives a power."""

    LAW = "law"
    BILL = "bill"
    ANNULLED = "annulled"


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that one may want to do; `agreed`: a mandate or an agreement can give it."""

    id: str
    words: Words
    agreed: bool


@dataclass(frozen=True, slots=True)
class Power:
    """What a holder (the id of a function or partner) may do for a measure, and its limit."""

    id: str
    measure: str
    holder: str
    status: Status
    law: Words
    short: str
    article: str
    link: str
    mandate: bool
    what: Words
    condition: Words
    limit: Words


@cache
def measures() -> dict[str, Measure]:
    """Return every measure by its id, in the order in which they are asked for."""
    rows = content("powers")["measures"]
    return {row["id"]: Measure(row["id"], _words(row), row["agreed"]) for row in rows}


@cache
def powers() -> dict[str, Power]:
    """Return every power by its id, also those that are no law."""
    found = content("powers")
    return {row["id"]: _power(row, found["laws"][row["law"]]) for row in found["powers"]}


@cache
def read_on() -> date:
    """Return the day on which the law was read for this."""
    found: date = content("powers")["read_on"]
    return found


def lawful(measure: str) -> list[Power]:
    """Return the powers that the law gives for a measure; nothing else counts as one."""
    return [one for one in powers().values() if one.measure == measure and _is_law(one)]


def not_law(measure: str) -> list[Power]:
    """Return what is proposed or was struck down for a measure, to be named as no law."""
    return [one for one in powers().values() if one.measure == measure and not _is_law(one)]


def to_mandate(measure: str) -> list[Power]:
    """Return the powers of a measure that their holder can pass on by mandate (Awb 10:3)."""
    return [one for one in lawful(measure) if one.mandate]


def _is_law(power: Power) -> bool:
    return power.status is Status.LAW


def _power(row: Mapping[str, Any], law: Mapping[str, str]) -> Power:
    return Power(
        id=row["id"],
        measure=row["measure"],
        holder=row["holder"],
        status=Status(row.get("status", "law")),
        law=_words(law),
        short=law["short"],
        article=str(row["article"]),
        link=law["link"],
        mandate=row.get("mandate", False),
        what=row["what"],
        condition=row["condition"],
        limit=row["limit"],
    )


def _words(row: Mapping[str, Any]) -> Words:
    return {"nl": row["nl"], "en": row["en"]}


def content(name: str) -> dict[str, Any]:
    """Return a file of the content of this room."""
    text = files("dijkring.crisis").joinpath(f"content/{name}.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found
