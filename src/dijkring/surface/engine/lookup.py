# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""DNS through one validating resolver: the AD flag, bogus told apart from broken, a cache."""

import asyncio
from dataclasses import dataclass, field

import dns.rcode
import dns.resolver

from dijkring.surface.engine import dnswire
from dijkring.surface.engine.dnsline import DnsLine
from dijkring.surface.engine.dnswire import Answer
from dijkring.surface.engine.errors import ProbeError
from dijkring.surface.engine.observations import (
    Lookup,
    Outcome,
    ResolverSeen,
    Security,
    Trouble,
)

QUESTIONS_AT_ONCE = 50
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
    _opened: list[DnsLine] = field(default_factory=list)
    _turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(QUESTIONS_AT_ONCE))

    @property
    def label(self) -> str:
        """The first resolver as "address:port"."""
        if not self.servers:
            return ""
        address, port = self.servers[0]
        return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"

    @property
    def questions(self) -> list[Question]:
        """What was asked so far, as name and type."""
        return list(self._cache)

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
                answer, security = await self._secure_answer(name, rdtype)
            outcome = _outcome(answer)
            records = answer.records if outcome == "answer" else ()
            return Lookup(name, rdtype, outcome, security, records, alias=answer.alias)
        except ProbeError as error:
            trouble = Trouble(error.reason, error.note)
        except ValueError as error:
            trouble = Trouble("dns_malformed", type(error).__name__)
        return Lookup(name, rdtype, "failed", trouble=trouble)

    async def _secure_answer(self, name: str, rdtype: str) -> tuple[Answer, Security]:
        """The answer with its status; SERVFAIL that answers with CD set is bogus (RFC 4035 5.5).

        The question is asked once more before the verdict: a passing fault is not bogus.
        """
        answer = await self._exchange(name, rdtype, dnswire.AUTHENTIC)
        if answer.rcode == dnswire.SERVFAIL:
            unchecked = await self._exchange(name, rdtype, dnswire.UNCHECKED)
            _demand_answer(unchecked)
            answer = await self._exchange(name, rdtype, dnswire.AUTHENTIC)
            if answer.rcode == dnswire.SERVFAIL:
                return unchecked, "bogus"
        _demand_answer(answer)
        return answer, "secure" if answer.authentic else "insecure"

    async def _exchange(self, name: str, rdtype: str, flag: int) -> Answer:
        flags = dnswire.RECURSION_DESIRED | flag
        data = await self._send(dnswire.query(0, name, rdtype, flags))
        if dnswire.is_refusal_of_edns(data):
            data = await self._send(dnswire.query(0, name, rdtype, flags, edns=False))
        return dnswire.read(data, rdtype)

    async def _send(self, query: bytes) -> bytes:
        lines = self._lines()
        for seconds in self.attempts:
            for line in lines[:3]:
                try:
                    return await line.ask(query, seconds)
                except (OSError, EOFError):
                    continue
        try:
            return await lines[0].ask_over_tcp(query, self.tcp_seconds)
        except TimeoutError:
            raise ProbeError("dns_timeout") from None
        except (OSError, EOFError) as error:
            raise ProbeError("dns_unreachable", str(error)) from None

    def _lines(self) -> list[DnsLine]:
        if not self.servers:
            raise ProbeError("no_resolver")
        if not self._opened:
            self._opened.extend(DnsLine(*server) for server in self.servers)
        return self._opened


def _demand_answer(answer: Answer) -> None:
    if answer.rcode == dnswire.SERVFAIL:
        raise ProbeError("dns_servfail")
    if answer.rcode not in (dnswire.NOERROR, dnswire.NXDOMAIN):
        raise ProbeError("dns_refused", dns.rcode.to_text(dns.rcode.Rcode.make(answer.rcode)))


def _outcome(answer: Answer) -> Outcome:
    if answer.rcode == dnswire.NXDOMAIN:
        return "nxdomain"
    return "answer" if answer.records else "nodata"
