# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The words of the register of breaches: kinds of persons and data, and the criteria of risk."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

Words = Mapping[str, str]
SPECIAL, CRIMINAL, BSN = "special", "criminal", "bsn"


@dataclass(frozen=True, slots=True)
class Line:
    """One kind or criterion with its words; `marked` is special, criminal, bsn or nothing."""

    id: str
    words: Words
    marked: str


@cache
def version() -> int:
    """Return the version of the content."""
    return int(_content()["version"])


@cache
def lines(part: str) -> dict[str, Line]:
    """Return the lines of a part (persons, data or criteria) by id, in their order."""
    return {
        row["id"]: Line(row["id"], {"nl": row["nl"], "en": row["en"]}, row.get("marked", ""))
        for row in _content()[part]
    }


def marks(data: Iterable[str]) -> set[str]:
    """Return which of special (AVG art. 9), criminal (art. 10) and bsn are among the kinds."""
    known = lines("data")
    return {known[id].marked for id in data if id in known} - {""}


def _content() -> dict[str, Any]:
    text = files("dijkring.incidents").joinpath("content/breaches.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return found
