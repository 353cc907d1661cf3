# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""TLSA records against a chain of certificates (RFC 6698, RFC 7671, RFC 7672)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from dijkring.surface.engine.names import matches
from dijkring.surface.engine.observations import Certificate

RECORD = re.compile(r"(\d{1,3}) (\d{1,3}) (\d{1,3}) ([0-9a-fA-F]*)")
PKIX_TA, PKIX_EE, DANE_TA, DANE_EE = range(4)
Match = Literal["yes", "no", "unknown"]


@dataclass(frozen=True)
class Tlsa:
    """One record; `data` in hex, for matching type 0 the SHA-256 of what the record holds."""

    usage: int
    selector: int
    matching: int
    data: str


@dataclass(frozen=True)
class Presented:
    """What a server showed: its chain, the names it may bear, what OpenSSL thinks of the chain."""

    chain: Sequence[Certificate]
    names: Sequence[str]
    trusted: bool | None
    at: datetime


def parse(text: str) -> Tlsa | None:
    """Read "usage selector matching data" as `lookup` gives it; None for anything unknown."""
    found = RECORD.fullmatch(text)
    if not found:
        return None
    usage, selector, matching = (int(found[place]) for place in (1, 2, 3))
    if usage > DANE_EE or selector > 1 or matching > 2 or not found[4]:
        return None
    return Tlsa(usage, selector, matching, found[4].lower())


def match(record: Tlsa, presented: Presented) -> Match:
    """Tell whether a record vouches for what was shown; unknown where we cannot see enough.

    DANE-EE needs neither name nor trust nor dates (RFC 7671 section 5.1); the PKIX usages need the
    ordinary check as well, and a root that was not sent may still be the one that is meant.
    """
    if not presented.chain:
        return "unknown"
    if record.usage == DANE_EE:
        return "yes" if _is(record, presented.chain[0]) else "no"
    if record.usage == DANE_TA:
        return "yes" if _below_anchor(record, presented) and _named(presented) else "no"
    if presented.trusted is False or not _named(presented):
        return "no"
    if record.usage == PKIX_EE:
        fits = _is(record, presented.chain[0])
    else:
        fits = any(_is(record, one) for one in presented.chain[1:])
        if not fits:
            return "unknown"
    return ("unknown" if presented.trusted is None else "yes") if fits else "no"


def best(matches_: Iterable[Match]) -> Match:
    """One record that vouches is enough."""
    found = set(matches_)
    return "yes" if "yes" in found else "unknown" if "unknown" in found else "no"


def _is(record: Tlsa, certificate: Certificate) -> bool:
    hashes = {
        (0, 0): certificate.fingerprint,
        (0, 1): certificate.fingerprint,
        (0, 2): certificate.sha512,
        (1, 0): certificate.key_sha256,
        (1, 1): certificate.key_sha256,
        (1, 2): certificate.key_sha512,
    }
    return record.data == hashes[record.selector, record.matching]


def _named(presented: Presented) -> bool:
    patterns = presented.chain[0].dns_names
    return any(matches(pattern, name) for pattern in patterns for name in presented.names)


def _below_anchor(record: Tlsa, presented: Presented) -> bool:
    """The anchor stands in the chain, and everything below it is signed and of this moment."""
    for place, certificate in enumerate(presented.chain):
        if not _is_current(certificate, presented.at):
            return False
        if place and _is(record, certificate):
            return True
        if not certificate.signed_by_next:
            return False
    return False


def _is_current(certificate: Certificate, at: datetime) -> bool:
    begins, ends = (
        datetime.fromisoformat(text) for text in (certificate.not_before, certificate.not_after)
    )
    return begins <= at <= ends
