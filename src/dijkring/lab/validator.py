# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""DNSSEC validation from the lab's trust anchor down (RFC 4035 section 5)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import cast

import dns.dnssec
import dns.exception
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset
from dns.rdatatype import RdataType
from dns.rdtypes.ANY.DNSKEY import DNSKEY
from dns.rdtypes.ANY.DS import DS
from dns.rdtypes.ANY.NSEC import NSEC
from dns.rdtypes.ANY.RRSIG import RRSIG

from dijkring.lab.zones import Answer, Records

MOST_ALIASES = 8
Ask = Callable[[dns.name.Name, RdataType], Answer | None]


class Status(Enum):
    """What validation found (RFC 4035 section 4.3)."""

    SECURE = "secure"
    INSECURE = "insecure"
    BOGUS = "bogus"


WORST_LAST = (Status.SECURE, Status.INSECURE, Status.BOGUS)


@dataclass(frozen=True)
class Trust:
    """How far the chain reaches for a name: the zone it lies in and that zone's proven keys."""

    status: Status
    zone: dns.name.Name
    keys: dns.rrset.RRset | None = None


@dataclass
class Finding:
    """An answer with its verdict; `answer` is None when the name servers stay silent."""

    answer: Answer | None
    status: Status = Status.INSECURE


class Silence(Exception):
    """A name server on the chain did not answer."""


class Bogus(Exception):
    """A signature or a proof of absence does not hold."""


@dataclass
class Validator:
    """Follows DS and DNSKEY down from the root and checks every record and every proof."""

    ask: Ask
    anchor: DS
    _trusts: dict[dns.name.Name, Trust] = field(default_factory=dict)

    def resolve(self, name: dns.name.Name, rdtype: RdataType) -> Finding:
        """The answer for a name with what DNSSEC says of it, aliases followed."""
        return follow(self._resolve, name, rdtype)

    def _resolve(self, name: dns.name.Name, rdtype: RdataType) -> Finding:
        answer = self.ask(name, rdtype)
        if answer is None or answer.rcode == dns.rcode.SERVFAIL:
            return Finding(answer)
        try:
            return Finding(answer, self._status(name, rdtype, answer))
        except Silence:
            return Finding(None)

    def _status(self, name: dns.name.Name, rdtype: RdataType, answer: Answer) -> Status:
        of_parent = rdtype == dns.rdatatype.DS and name != dns.name.root
        trust = self.trust(name.parent() if of_parent else name)
        if trust.status is not Status.SECURE:
            return trust.status
        try:
            check(answer, name, rdtype, trust)
        except Bogus:
            return Status.BOGUS
        return Status.SECURE

    def trust(self, name: dns.name.Name) -> Trust:
        """The proven keys of the zone a name lies in, or why there are none; kept once found."""
        if name not in self._trusts:
            if name == dns.name.root:
                found = self._child(name, [self.anchor])
            else:
                above = self.trust(name.parent())
                found = self._step(name, above) if above.status is Status.SECURE else above
            self._trusts[name] = found
        return self._trusts[name]

    def _step(self, name: dns.name.Name, above: Trust) -> Trust:
        answer = self._asked(name, dns.rdatatype.DS)
        try:
            check(answer, name, dns.rdatatype.DS, above)
        except Bogus:
            return Trust(Status.BOGUS, name)
        prints = [rdata for rrset in answer.answer for rdata in rrset if isinstance(rdata, DS)]
        if prints:
            return self._child(name, prints)
        if _is_insecure_cut(answer, name):
            return Trust(Status.INSECURE, name)
        return above

    def _child(self, zone: dns.name.Name, prints: list[DS]) -> Trust:
        """The zone's key set, when a key that matches a DS signed it (RFC 4035 section 5.2)."""
        answer = self._asked(zone, dns.rdatatype.DNSKEY).answer
        keys = _rrset(answer, zone, dns.rdatatype.DNSKEY)
        matching = [key for key in keys or () if _fits(zone, cast(DNSKEY, key), prints)]
        if keys is None or not matching:
            return Trust(Status.BOGUS, zone)
        entry = dns.rrset.from_rdata_list(zone, keys.ttl, matching)
        try:
            _verify(keys, answer, Trust(Status.SECURE, zone, entry))
        except Bogus:
            return Trust(Status.BOGUS, zone)
        return Trust(Status.SECURE, zone, keys)

    def _asked(self, name: dns.name.Name, rdtype: RdataType) -> Answer:
        answer = self.ask(name, rdtype)
        if answer is None:
            raise Silence
        return answer


def follow(
    resolve: Callable[[dns.name.Name, RdataType], Finding], name: dns.name.Name, rdtype: RdataType
) -> Finding:
    """The answer with those of all names that a CNAME leads to; the worst status counts."""
    found = resolve(name, rdtype)
    for _ in range(MOST_ALIASES):
        target = _alias(found.answer, rdtype)
        if found.answer is None or target is None:
            break
        further = resolve(target.canonicalize(), rdtype)
        if further.answer is None:
            return further
        before, answer = found.answer, further.answer
        joined = Answer(answer.rcode, before.answer + answer.answer, answer.authority)
        found = Finding(joined, max(found.status, further.status, key=WORST_LAST.index))
    return found


def _alias(answer: Answer | None, rdtype: RdataType) -> dns.name.Name | None:
    """Where the last CNAME of an answer leads, None when there is what was asked for."""
    if answer is None or any(one.rdtype == rdtype for one in answer.answer):
        return None
    aliases = [one for one in answer.answer if one.rdtype == dns.rdatatype.CNAME]
    known = {one.name for one in aliases}
    target = cast(dns.name.Name, aliases[-1][0].target) if aliases else None
    return None if target is None or answer.rcode or target in known else target


def check(answer: Answer, name: dns.name.Name, rdtype: RdataType, trust: Trust) -> None:
    """Verify an answer or its proof of absence with a zone's keys; raises Bogus."""
    found = _rrset(answer.answer, name, rdtype)
    found = found or _rrset(answer.answer, name, dns.rdatatype.CNAME)
    if found is not None:
        _verify(found, answer.answer, trust)
        return
    proofs = _proofs(answer.authority, trust)
    proven = (
        _proves_no_name(proofs, name, trust.zone)
        if answer.rcode == dns.rcode.NXDOMAIN
        else _proves_no_type(proofs, name, rdtype)
    )
    if not proven:
        raise Bogus


def _verify(rrset: dns.rrset.RRset, beside: Records, trust: Trust) -> None:
    signatures = _rrset(beside, rrset.name, dns.rdatatype.RRSIG, rrset.rdtype)
    if signatures is None or trust.keys is None:
        raise Bogus
    # The lab has no wildcards, so a signature with fewer labels than its owner is a false one.
    depth = len(rrset.name.labels) - 1
    if any(isinstance(one, RRSIG) and one.labels != depth for one in signatures):
        raise Bogus
    try:
        dns.dnssec.validate(rrset, signatures, {trust.zone: trust.keys})
    except dns.exception.DNSException as error:
        raise Bogus from error


def _rrset(
    records: Records,
    name: dns.name.Name,
    rdtype: RdataType,
    covers: RdataType = dns.rdatatype.NONE,
) -> dns.rrset.RRset | None:
    wanted = (name, rdtype, covers)
    return next((one for one in records if (one.name, one.rdtype, one.covers) == wanted), None)


def _fits(zone: dns.name.Name, key: DNSKEY, prints: list[DS]) -> bool:
    return any(dns.dnssec.make_ds(zone, key, one.digest_type) == one for one in prints)


def _proofs(authority: Records, trust: Trust) -> list[tuple[dns.name.Name, NSEC]]:
    """The NSEC records whose signatures hold; one that does not makes the answer bogus."""
    proofs = []
    for rrset in authority:
        if rrset.rdtype != dns.rdatatype.RRSIG:
            _verify(rrset, authority, trust)
        if isinstance(rrset[0], NSEC):
            proofs.append((rrset.name, rrset[0]))
    return proofs


def _proves_no_type(
    proofs: list[tuple[dns.name.Name, NSEC]], name: dns.name.Name, rdtype: RdataType
) -> bool:
    for owner, nsec in proofs:
        if owner == name:
            return rdtype not in _types(nsec) and dns.rdatatype.CNAME not in _types(nsec)
        # A name without records but with names below it (RFC 4592 section 2.2.2).
        if _covers(owner, nsec, name) and nsec.next.is_subdomain(name):
            return True
    return False


def _proves_no_name(
    proofs: list[tuple[dns.name.Name, NSEC]], name: dns.name.Name, zone: dns.name.Name
) -> bool:
    """An NSEC over the name and one over the wildcard that could have answered (RFC 4035 5.4)."""
    covering = next((one for one in proofs if _covers(*one, name)), None)
    if covering is None or _is_cut_above(*covering, name):
        return False
    shared = [name.fullcompare(other)[2] for other in (covering[0], covering[1].next)]
    closest = dns.name.Name(name.labels[len(name.labels) - max(shared) :])
    wildcard = dns.name.Name(("*", *closest.labels))
    return closest.is_subdomain(zone) and any(_covers(*one, wildcard) for one in proofs)


def _covers(owner: dns.name.Name, nsec: NSEC, name: dns.name.Name) -> bool:
    following = cast(dns.name.Name, nsec.next)
    if owner < following:
        return bool(owner < name < following)
    # The last NSEC of the zone points back to its beginning.
    return bool(owner < name) and name.is_subdomain(following)


def _is_cut_above(owner: dns.name.Name, nsec: NSEC, name: dns.name.Name) -> bool:
    types = _types(nsec)
    cut = dns.rdatatype.NS in types and dns.rdatatype.SOA not in types
    return cut and name.is_subdomain(owner)


def _is_insecure_cut(answer: Answer, name: dns.name.Name) -> bool:
    """A proven delegation without DS: an NS and no SOA at the very name (RFC 4035 section 5.2)."""
    for rrset in answer.authority:
        if rrset.name == name and isinstance(rrset[0], NSEC):
            types = _types(rrset[0])
            return dns.rdatatype.NS in types and dns.rdatatype.SOA not in types
    return False


def _types(nsec: NSEC) -> set[int]:
    return {
        window * 256 + byte * 8 + bit
        for window, bitmap in nsec.windows
        for byte, value in enumerate(bitmap)
        for bit in range(8)
        if value & (0x80 >> bit)
    }
