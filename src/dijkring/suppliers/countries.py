# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The countries whose law a supplier may have to obey, with their names."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

CONTENT = Path(__file__).parent / "content" / "countries.yaml"


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its code (ISO 3166-1), and whether it belongs to the EEA."""

    code: str
    nl: str
    en: str
    eea: bool


@cache
def countries() -> dict[str, Country]:
    """Return every country that is known here, by code."""
    rows = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))["countries"]
    return {row["code"]: Country(**row) for row in rows}


def name(code: str, language: str = "nl") -> str:
    """Return the name of a country; the code itself where it is not known here."""
    found = countries().get(code)
    return code if found is None else found.en if language == "en" else found.nl


def in_eea(code: str) -> bool | None:
    """Tell whether a country belongs to the EEA; None where that is not known."""
    found = countries().get(code)
    return None if found is None else found.eea


def named(words: str) -> str | None:
    """Return the code of a country by its code or its name in either language; None if unknown."""
    wanted = words.strip().casefold()
    for one in countries().values():
        if wanted in {one.code.casefold(), one.nl.casefold(), one.en.casefold()}:
            return one.code
    return None
