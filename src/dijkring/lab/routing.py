# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The routes of the practice internet and their ROAs, as the two files that others export."""

from collections.abc import Iterator, Mapping
from typing import Any

from dijkring.lab.nameservers import WITHOUT_ROA, WRONG_ORIGIN
from dijkring.lab.records import Address
from dijkring.lab.scenario import mail_host_of

# RFC 5398: numbers of networks for examples.
ORIGIN, STRANGER = 64500, 64511
PEERS = 300
Planted = Mapping[str, frozenset[str]]


def routes(addresses: Mapping[str, Address]) -> str:
    """Every address is announced by itself, in the text form of RIPE's RIS."""
    prefixes = (prefix for at in addresses.values() for prefix in _prefixes(at))
    lines = (f"{ORIGIN}\t{prefix}\t{PEERS}" for prefix in prefixes)
    return "\n".join(["% routes of the practice internet", *lines, ""])


def roas(addresses: Mapping[str, Address], planted: Planted) -> dict[str, Any]:
    """A ROA for each address, in the form of Routinator and rpki-client."""
    return {"roas": list(_entries(addresses, planted))}


def _entries(addresses: Mapping[str, Address], planted: Planted) -> Iterator[dict[str, Any]]:
    uncovered = {*WITHOUT_ROA, *_hit(planted, "rpki_exists")}
    hijacked = {*WRONG_ORIGIN, *_hit(planted, "rpki_valid")}
    for host, at in addresses.items():
        if host in uncovered:
            continue
        origin = STRANGER if host in hijacked else ORIGIN
        for prefix in _prefixes(at):
            longest = int(prefix.partition("/")[2])
            yield {"asn": f"AS{origin}", "prefix": prefix, "maxLength": longest, "ta": "lab"}


def _hit(planted: Planted, fault: str) -> Iterator[str]:
    """The hosts whose own address has a fault."""
    for name, defects in planted.items():
        if f"web-rpki.web_{fault}" in defects:
            yield name
        if f"mail-rpki.mail_{fault}" in defects:
            yield mail_host_of(name)


def _prefixes(at: Address) -> tuple[str, str]:
    return f"{at.v4}/32", f"{at.v6}/128"
