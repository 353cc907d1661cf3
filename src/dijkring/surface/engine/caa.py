# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""CAA records: who may issue certificates for a name (RFC 8659, RFC 8657)."""

import re
from dataclasses import dataclass
from functools import lru_cache

RECORD = re.compile(r'(\d{1,3}) ([A-Za-z0-9]+) "((?:[^"\\]|\\.)*)"')
ISSUER = re.compile(
    r"\s*(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*)?"
    r"\s*(?:;\s*(?:[A-Za-z0-9-]+\s*=\s*[^\s;]*\s*(?:;\s*)?)*)?"
)
KNOWN = ("issue", "issuewild", "issuemail", "issuevmc", "iodef", "contactemail", "contactphone")
ISSUING = ("issue", "issuewild")
CRITICAL = 128


@dataclass(frozen=True)
class Caa:
    """One property; the tag in lower case."""

    flags: int
    tag: str
    value: str


@lru_cache(1_000)
def parse(text: str) -> Caa | None:
    """Read one record as `lookup` gives it; None when it is not well written."""
    found = RECORD.fullmatch(text)
    if not found or int(found[1]) > 255:
        return None
    tag = found[2].lower()
    if tag in ISSUING and not ISSUER.fullmatch(found[3]):
        return None
    return Caa(int(found[1]), tag, found[3])
