# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The catalogue of what can be broken (content/defects.yaml)."""

import difflib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from dijkring.lab.errors import LabError

# These stand in the DNS of the name itself: a name that is no zone of its own becomes one.
UNSIGNED = "web-dnssec.dnssec_exists"
BOGUS = "web-dnssec.dnssec_valid"
MX_UNSIGNED = "mail-dnssec.dnssec_mx_exists"
MX_BOGUS = "mail-dnssec.dnssec_mx_valid"


@dataclass(frozen=True)
class Defect:
    """A named fault: what it needs to be planted on, and which other checks it drags along."""

    id: str
    needs: str
    nl: str
    en: str
    also: tuple[str, ...] = ()


@cache
def content() -> dict[str, dict[str, Any]]:
    """The raw catalogue by id, as the content file has it."""
    text = (files("dijkring.lab") / "content" / "defects.yaml").read_text(encoding="utf-8")
    catalogue: dict[str, dict[str, Any]] = yaml.load(text, Loader=yaml.CSafeLoader)["defects"]
    return catalogue


@cache
def catalogue() -> dict[str, Defect]:
    """Every defect by its id; aliases are left out."""
    return {
        key: Defect(key, row["needs"], row["nl"], row["en"], tuple(row.get("also", ())))
        for key, row in content().items()
        if "alias_of" not in row
    }


def find(defect_id: str) -> Defect:
    """The defect with this id or alias; an unknown id raises LabError with suggestions."""
    row = content().get(defect_id)
    if row is None:
        close = difflib.get_close_matches(defect_id, content(), n=3, cutoff=0.5)
        nl = f"Bedoelt u {' of '.join(close)}?" if close else "Zie: dijkring lab list --defects"
        raise LabError(f"Het gebrek '{defect_id}' bestaat niet. {nl}", "There is no such defect.")
    return catalogue()[row.get("alias_of", defect_id)]
