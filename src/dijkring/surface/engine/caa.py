# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""CAA records: who may issue certificates for a name (RFC 8659, RFC 8657)."""

import re
from dataclasses import dataclass

from dijkring.surface.engine.observations import Lookup
from dijkring.surface.engine.run import Run
from dijkring.surface.engine.zone import climb

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


def parse(text: str) -> Caa | None:
    """Read one record as `lookup` gives it; None when it is not well written."""
    found = RECORD.fullmatch(text)
    if not found or int(found[1]) > 255:
        return None
    tag = found[2].lower()
    if tag in ISSUING and not ISSUER.fullmatch(found[3]):
        return None
    return Caa(int(found[1]), tag, found[3])


async def look_up_caa(run: Run, name: str) -> tuple[Lookup, ...]:
    """The CAA lookups from a name up to where there are records, or nothing above."""
    tried: list[Lookup] = []
    for owner in climb(name):
        tried.append(await run.resolver.look_up(owner, "CAA"))
        if tried[-1].outcome in ("answer", "failed"):
            break
    return tuple(tried)
