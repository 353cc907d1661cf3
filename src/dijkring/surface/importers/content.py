# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The content of the readers: whose words mean what here."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from dijkring.documents.reading.columns import plain


def load(name: str) -> dict[str, Any]:
    """Return one content file."""
    path = files("dijkring.surface.importers") / "content" / name
    loaded: dict[str, Any] = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    return loaded


@cache
def easm() -> dict[str, Any]:
    """Return what findings of an outside scan are about, and what their words mean."""
    return load("easm.yaml")


def own_findings() -> list[dict[str, Any]]:
    """Return the findings that are a kind of fact of their own, as no check here asks the same."""
    return [one for one in easm()["findings"] if "check" not in one]


def finding_of(*texts: str) -> dict[str, Any]:
    """Return what a category and a title speak of, the last (anything else) when no word fits."""
    findings: list[dict[str, Any]] = easm()["findings"]
    spoken = [f" {plain(text)}" for text in texts]
    for one in findings:
        if any(f" {plain(word)}" in text for word in one["words"] for text in spoken):
            return one
    return findings[-1]


@cache
def _meanings(part: str) -> dict[str, str]:
    words: dict[str, list[str]] = easm()[part]
    return {plain(word): meaning for meaning, those in words.items() for word in those}


def severity_of(text: str) -> str:
    """Return high, normal or low; empty for a word that is not known."""
    return _meanings("severities").get(plain(text), "") or _of_number(text)


def _of_number(text: str) -> str:
    """Read a score of 0 to 10 as CVSS does: from 7 high, from 4 medium."""
    try:
        score = float(text.replace(",", "."))
    except ValueError:
        return ""
    if not 0 <= score <= 10:
        return ""
    return "high" if score >= 7 else "normal" if score >= 4 else "low"


def status_of(text: str) -> str:
    """Return open, mended or none (no finding); empty for a word that is not known."""
    return _meanings("statuses").get(plain(text), "")
