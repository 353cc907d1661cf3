# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The functions and parties that every municipality has a use for: content. No database."""

from dataclasses import dataclass
from functools import cache

from dijkring.crisis.powers import Words, content

OWN, PARTNER = "own", "partner"


@dataclass(frozen=True, slots=True)
class Function:
    """A function of our own or a kind of party, with what must be known of it."""

    id: str
    kind: str
    words: Words
    does: Words
    night: bool
    agreement: bool
    role: str
    phone_day: str
    phone_night: str
    email: str


@cache
def functions() -> dict[str, Function]:
    """Return every function by its id, our own first."""
    return {
        row["id"]: Function(
            id=row["id"],
            kind=row["kind"],
            words={"nl": row["nl"], "en": row["en"]},
            does=row["does"],
            night=row.get("night", False),
            agreement=row.get("agreement", False),
            role=row.get("role", ""),
            phone_day=row.get("day", ""),
            phone_night=row.get("night_phone", ""),
            email=row.get("email", ""),
        )
        for row in content("partners")["partners"]
    }
