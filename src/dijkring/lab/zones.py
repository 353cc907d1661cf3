# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Zones in memory and the answers that an authoritative server gives from them."""

import bisect
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field
from functools import lru_cache

import dns.name
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rrset
from dns.rdatatype import RdataType

from dijkring.lab.nameservers import HEALTHY
from dijkring.lab.scenario import NAMESERVER_DOMAIN
from dijkring.lab.signing import TTL, Signer

Records = list[dns.rrset.RRset]


@dataclass
class Answer:
    """A reply with every signature and proof in it; servers strip what was not asked for."""

    rcode: dns.rcode.Rcode = dns.rcode.NOERROR
    answer: Records = field(default_factory=list)
    authority: Records = field(default_factory=list)


@lru_cache(20_000)
def _rrset(name: dns.name.Name, rdtype: str, texts: tuple[str, ...]) -> dns.rrset.RRset:
    """Records read; most stay the same when something in the lab changes."""
    return dns.rrset.from_text(name, TTL, "IN", rdtype, *texts)


class Zone:
    """One zone: records by name and type, signed on first use when it has a signer."""

    def __init__(
        self,
        origin: dns.name.Name,
        signer: Signer | None,
        spoiled: bool = False,
        servers: tuple[str, str] = HEALTHY,
    ) -> None:
        self.origin = origin
        self.servers = [f"{server}." for server in servers]
        self.signer = signer
        self.spoiled = spoiled
        self.nodes: dict[dns.name.Name, dict[RdataType, dns.rrset.RRset]] = {}
        self._order: list[dns.name.Name] = []
        self._signatures: dict[tuple[dns.name.Name, RdataType], dns.rrset.RRset] = {}
        contact = f"hostmaster.{NAMESERVER_DOMAIN}."
        self.add(origin, "SOA", f"{self.servers[0]} {contact} 1 3600 600 86400 {TTL}")
        self.add(origin, "NS", *self.servers)
        if signer:
            self.add(origin, "DNSKEY", signer.dnskey.to_text())

    def add(self, name: dns.name.Name, rdtype: str, *texts: str) -> None:
        """Add records in presentation format under an absolute name of this zone."""
        new: dns.rrset.RRset = copy(_rrset(name, rdtype, texts))
        known = self.nodes.setdefault(name, {}).setdefault(new.rdtype, new)
        if known is not new:
            for rdata in new:
                known.add(rdata)
        self._order.clear()

    def delegate(self, child: "Zone") -> None:
        """Point to a child zone; a signed child gets a DS, any other is an insecure delegation."""
        self.add(child.origin, "NS", *child.servers)
        if child.signer:
            self.add(child.origin, "DS", child.signer.ds.to_text())

    def answer(self, name: dns.name.Name, rdtype: RdataType) -> Answer:
        """The authoritative answer for a name in this zone, with NSEC proof of what is absent."""
        node = self.nodes.get(name)
        if node is None and not self._is_empty_nonterminal(name):
            proof = self._covering(name, self._wildcard(name))
            return Answer(dns.rcode.NXDOMAIN, [], self._soa() + proof)
        if node and rdtype in node:
            return Answer(answer=self._signed(name, rdtype))
        if node and dns.rdatatype.CNAME in node:
            return Answer(answer=self._signed(name, dns.rdatatype.CNAME))
        return Answer(authority=self._soa() + self._covering(name))

    def _soa(self) -> Records:
        return self._signed(self.origin, dns.rdatatype.SOA)

    def _signed(self, name: dns.name.Name, rdtype: RdataType) -> Records:
        """The records with their RRSIG set; a delegation's NS belongs to the child, unsigned."""
        rrset = self.nodes[name][rdtype]
        at_cut = rdtype == dns.rdatatype.NS and name != self.origin
        return [rrset] if at_cut else self._with_signature(rrset)

    def _with_signature(self, rrset: dns.rrset.RRset) -> Records:
        if self.signer is None:
            return [rrset]
        key = (rrset.name, rrset.rdtype)
        if key not in self._signatures:
            # The keys themselves stay right, so that it is the data that is bogus.
            spoiled = self.spoiled and rrset.rdtype != dns.rdatatype.DNSKEY
            self._signatures[key] = self.signer.sign(rrset, spoiled)
        return [rrset, self._signatures[key]]

    def _ordered(self) -> list[dns.name.Name]:
        if not self._order:
            self._order = sorted(self.nodes)
        return self._order

    def _is_empty_nonterminal(self, name: dns.name.Name) -> bool:
        order = self._ordered()
        place = bisect.bisect_right(order, name)
        return place < len(order) and order[place].is_subdomain(name)

    def _wildcard(self, name: dns.name.Name) -> dns.name.Name:
        closest = name.parent()
        while closest not in self.nodes and not self._is_empty_nonterminal(closest):
            closest = closest.parent()
        return dns.name.Name(("*", *closest.labels))

    def _covering(self, *names: dns.name.Name) -> Records:
        """The signed NSEC records at or before these names (RFC 4035 section 3.1.3)."""
        if self.signer is None:
            return []
        order = self._ordered()
        places = {bisect.bisect_right(order, name) - 1 for name in names}
        return [rrset for place in sorted(places) for rrset in self._nsec(place)]

    def _nsec(self, place: int) -> Records:
        order = self._ordered()
        owner, following = order[place], order[(place + 1) % len(order)]
        types = sorted({*self.nodes[owner], dns.rdatatype.RRSIG, dns.rdatatype.NSEC})
        bitmap = " ".join(dns.rdatatype.to_text(rdtype) for rdtype in types)
        nsec = _rrset(owner, "NSEC", (f"{following} {bitmap}",))
        return self._with_signature(nsec)


class Zones:
    """All zones of the lab, answering as one authoritative server would."""

    def __init__(self, zones: Iterable[Zone], silent: set[str], failing: set[str]) -> None:
        self._by_origin = {zone.origin: zone for zone in zones}
        self._silent = {dns.name.from_text(name) for name in silent}
        self._failing = {dns.name.from_text(name) for name in failing}

    def answer(self, name: dns.name.Name, rdtype: RdataType) -> Answer | None:
        """The answer from the deepest zone that holds the name; None is a server that is silent.

        DS is asked of the parent (RFC 4035 section 3.1.4.1).
        """
        name = name.canonicalize()
        if any(name.is_subdomain(silent) for silent in self._silent):
            return None
        if any(name.is_subdomain(failing) for failing in self._failing):
            return Answer(dns.rcode.SERVFAIL)
        return self.zone_of(name, rdtype).answer(name, rdtype)

    def zone_of(self, name: dns.name.Name, rdtype: RdataType) -> Zone:
        """The zone that answers for this name and type."""
        if rdtype == dns.rdatatype.DS and name != dns.name.root:
            name = name.parent()
        while name not in self._by_origin:
            name = name.parent()
        return self._by_origin[name]
