# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""DNS through one validating resolver: the AD flag, bogus told apart from broken, a cache."""

import asyncio
from dataclasses import dataclass, field
from hashlib import sha256

import dns.asyncquery
import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.resolver
from dns.rdtypes.ANY.TLSA import TLSA

from dijkring.surface.engine.cleaning import clean
from dijkring.surface.engine.errors import ProbeError
from dijkring.surface.engine.observations import (
    Lookup,
    Outcome,
    ResolverSeen,
    Security,
    Trouble,
)

PAYLOAD = 1232  # the EDNS size that is never fragmented (DNS Flag Day 2020)
QUESTIONS_AT_ONCE = 50
MOST_RECORDS = 100
Question = tuple[str, str]


def system_resolvers() -> tuple[tuple[str, int], ...]:
    """The resolvers that this machine uses, as (address, port); empty when none are set."""
    try:
        found = dns.resolver.Resolver()
    except dns.resolver.NoResolverConfiguration:
        return ()
    return tuple((str(address), found.port) for address in found.nameservers)


@dataclass
class Resolver:
    """Asks the resolver; each question once in a run. UDP first, TCP when cut short or lost."""

    servers: tuple[tuple[str, int], ...]
    attempts: tuple[float, ...] = (2.0, 3.0)
    tcp_seconds: float = 3.0
    _cache: dict[Question, asyncio.Task[Lookup]] = field(default_factory=dict)
    _turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(QUESTIONS_AT_ONCE))

    @property
    def label(self) -> str:
        """The first resolver as "address:port"."""
        if not self.servers:
            return ""
        address, port = self.servers[0]
        return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"

    async def look_up(self, name: str, rdtype: str) -> Lookup:
        """Ask one question; a failure comes back as a Lookup with its trouble, never raised."""
        question = (name.lower().removesuffix("."), rdtype)
        if question not in self._cache:
            self._cache[question] = asyncio.create_task(self._ask(*question))
        return await asyncio.shield(self._cache[question])

    async def inspect(self) -> ResolverSeen:
        """See whether this resolver validates: it must set AD on the signed root."""
        trouble = None
        for rdtype in ("SOA", "DNSKEY"):
            seen = await self.look_up(".", rdtype)
            if seen.security == "secure":
                return ResolverSeen(self.label, validates=True)
            trouble = seen.trouble
        return ResolverSeen(self.label, validates=False, trouble=trouble)

    async def _ask(self, name: str, rdtype: str) -> Lookup:
        try:
            async with self._turns:
                message, security = await self._secure_answer(name, rdtype)
            outcome, records = _contents(message, rdtype)
            return Lookup(name, rdtype, outcome, security, records)
        except ProbeError as error:
            trouble = Trouble(error.reason, error.note)
        except (dns.exception.DNSException, ValueError) as error:
            trouble = Trouble("dns_malformed", type(error).__name__)
        return Lookup(name, rdtype, "failed", trouble=trouble)

    async def _secure_answer(self, name: str, rdtype: str) -> tuple[dns.message.Message, Security]:
        """The answer with its status; SERVFAIL that answers with CD set is bogus (RFC 4035 5.5).

        The question is asked once more before the verdict: a passing fault is not bogus.
        """
        message = await self._exchange(name, rdtype, checking=True)
        if message.rcode() == dns.rcode.SERVFAIL:
            unchecked = await self._exchange(name, rdtype, checking=False)
            _demand_answer(unchecked)
            message = await self._exchange(name, rdtype, checking=True)
            if message.rcode() == dns.rcode.SERVFAIL:
                return unchecked, "bogus"
        _demand_answer(message)
        return message, "secure" if message.flags & dns.flags.AD else "insecure"

    async def _exchange(self, name: str, rdtype: str, checking: bool) -> dns.message.Message:
        query = dns.message.make_query(name or ".", rdtype, use_edns=0, payload=PAYLOAD)
        query.flags |= dns.flags.AD if checking else dns.flags.CD
        answer = await self._send(query)
        if answer.rcode() == dns.rcode.FORMERR:
            # A resolver from before EDNS (RFC 6891 section 7).
            query.use_edns(False)
            answer = await self._send(query)
        return answer

    async def _send(self, query: dns.message.Message) -> dns.message.Message:
        if not self.servers:
            raise ProbeError("no_resolver")
        for seconds in self.attempts:
            for address, port in self.servers[:3]:
                try:
                    return await _udp_then_tcp(query, address, port, seconds)
                except (dns.exception.Timeout, OSError, EOFError):
                    continue
        return await self._last_try(query)

    async def _last_try(self, query: dns.message.Message) -> dns.message.Message:
        address, port = self.servers[0]
        try:
            return await dns.asyncquery.tcp(query, address, self.tcp_seconds, port)
        except dns.exception.Timeout:
            raise ProbeError("dns_timeout") from None
        except (OSError, EOFError) as error:
            raise ProbeError("dns_unreachable", str(error)) from None


async def _udp_then_tcp(
    query: dns.message.Message, address: str, port: int, seconds: float
) -> dns.message.Message:
    answer, _ = await dns.asyncquery.udp_with_fallback(
        query, address, seconds, port, ignore_unexpected=True, ignore_errors=True
    )
    return answer


def _demand_answer(message: dns.message.Message) -> None:
    code = message.rcode()
    if code == dns.rcode.SERVFAIL:
        raise ProbeError("dns_servfail")
    if code not in (dns.rcode.NOERROR, dns.rcode.NXDOMAIN):
        raise ProbeError("dns_refused", dns.rcode.to_text(code))


def _contents(message: dns.message.Message, rdtype: str) -> tuple[Outcome, tuple[str, ...]]:
    if message.rcode() == dns.rcode.NXDOMAIN:
        return "nxdomain", ()
    if not isinstance(message, dns.message.QueryMessage):
        raise ProbeError("dns_malformed")
    answer = message.resolve_chaining().answer
    if not answer:
        return "nodata", ()
    return "answer", tuple(sorted(_text(record, rdtype) for record in list(answer)[:MOST_RECORDS]))


def _text(record: object, rdtype: str) -> str:
    if rdtype == "TXT":
        strings: tuple[bytes, ...] = getattr(record, "strings", ())
        return clean(b"".join(strings).decode("utf-8", "backslashreplace"))
    if isinstance(record, TLSA):
        # A whole certificate or key is kept as its hash, which says as much.
        data = sha256(record.cert).digest() if record.mtype == 0 else record.cert
        return f"{record.usage} {record.selector} {record.mtype} {data.hex()}"
    return clean(str(record))
