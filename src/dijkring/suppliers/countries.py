# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which countries belong to the European Economic Area; their names stand in the landscape."""

from dijkring.landscape.countries import NAMES

# The 27 of the EU with Iceland, Liechtenstein and Norway (EEA Agreement).
EEA = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK"
    .split()
)  # fmt: skip


def name(code: str, language: str = "nl") -> str:
    """Return the name of a country; the code itself where it is not known here."""
    dutch, english = NAMES.get(code, (code, code))
    return english if language == "en" else dutch


def in_eea(code: str) -> bool | None:
    """Tell whether a country belongs to the EEA; None for no country."""
    return code in EEA if code else None
