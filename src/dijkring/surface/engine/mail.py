# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Looking at a mail domain: its records, its mail hosts and the servers behind them."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from publicsuffixlist import PublicSuffixList

from dijkring.surface.engine import smtp
from dijkring.surface.engine.errors import InputError
from dijkring.surface.engine.names import parse_domain
from dijkring.surface.engine.observations import Lookup, MailHost, MxSeen, Trouble
from dijkring.surface.engine.probe_tls import Prober
from dijkring.surface.engine.run import Clock, Run
from dijkring.surface.engine.spf import is_spf, targets
from dijkring.surface.engine.tlsstream import Stream
from dijkring.surface.engine.zone import look_at_zone, look_up_caa

MOST_MAIL_HOSTS = 10
# Mail servers make strangers wait before they greet; each question starts with a greeting.
MAIL_SHARE = 3.0
# RFC 7208 allows ten; the eleventh is only looked up to know that there is one.
MOST_SPF_RECORDS = 11
_suffixes: list[PublicSuffixList] = []


def org_domain(domain: str) -> str:
    """The organisational domain after RFC 7489 section 3.2; the name itself when it has none."""
    if not _suffixes:
        _suffixes.append(PublicSuffixList())
    return str(_suffixes[0].privatesuffix(domain) or domain)


async def look_up_dmarc(run: Run, domain: str) -> tuple[Lookup, str, Lookup | None]:
    """The record of the name, its organisational domain, and that one's record when needed."""
    own = await run.resolver.look_up(f"_dmarc.{domain}", "TXT")
    above = org_domain(domain)
    if above == domain or own.outcome == "failed" or any(map(is_dmarc, own.records)):
        return own, above, None
    return own, above, await run.resolver.look_up(f"_dmarc.{above}", "TXT")


def is_dmarc(text: str) -> bool:
    """Tell whether a TXT record is meant as DMARC policy: v=DMARC1 comes first (RFC 7489 6.3)."""
    name, _, rest = text.partition("=")
    return name.strip() == "v" and rest.partition(";")[0].strip() == "DMARC1"


async def look_up_spf(run: Run, domain: str) -> dict[str, Lookup]:
    """The TXT records of a name and of all it includes or redirects to, by name."""
    found: dict[str, Lookup] = {}
    waiting = [domain]
    while waiting and len(found) <= MOST_SPF_RECORDS:
        name = waiting.pop(0)
        if name in found:
            continue
        found[name] = await run.resolver.look_up(name, "TXT")
        for record in filter(is_spf, found[name].records):
            waiting += [target for target in targets(record) if _is_name(target)]
    return found


def _is_name(target: str) -> bool:
    return "%" not in target and 0 < len(target) < 254 and ".." not in target


def mail_host_names(mx: Lookup) -> list[str]:
    """The host names of an MX record set in order of preference, without the null MX."""
    pairs = [record.split(maxsplit=1) for record in mx.records]
    ordered = sorted((int(pair[0]), pair[1].lower().rstrip(".")) for pair in pairs)
    return list(dict.fromkeys(name for _, name in ordered if name))


async def look_at_mail(run: Run, mx: Lookup) -> tuple[tuple[MailHost, ...], tuple[MxSeen, ...]]:
    """The mail hosts of a domain and every address behind them, each measured once in a run.

    What comes after the most that are looked at stands there by its name, as not measured.
    """
    names = mail_host_names(mx)
    hosts = await asyncio.gather(*(_mail_host(run, name) for name in names[:MOST_MAIL_HOSTS]))
    too_many = Trouble("too_many_addresses", str(len(names)))
    rest = [MxSeen(name, name, trouble=too_many) for name in names[MOST_MAIL_HOSTS:]]
    by_address: dict[str, str] = {}
    for host in hosts:
        for address in (*host.a.records, *host.aaaa.records):
            by_address.setdefault(address, host.name)
    servers = await asyncio.gather(
        *(_mail_server(run, host, address) for address, host in by_address.items())
    )
    return tuple(hosts), (*servers, *rest)


async def _mail_host(run: Run, name: str) -> MailHost:
    look_up = run.resolver.look_up
    a, aaaa, tlsa, caa, zone = await asyncio.gather(
        look_up(name, "A"),
        look_up(name, "AAAA"),
        look_up(f"_25._tcp.{name}", "TLSA"),
        look_up_caa(run, name),
        look_at_zone(run, name),
    )
    return MailHost(name, a, aaaa, tlsa, caa, zone)


async def _mail_server(run: Run, host: str, address: str) -> MxSeen:
    if address not in run.mail_servers:
        run.mail_servers[address] = asyncio.create_task(_talk(run, host, address))
    return await asyncio.shield(run.mail_servers[address])


async def _talk(run: Run, host: str, address: str) -> MxSeen:
    seen = MxSeen(host, address)
    try:
        parse_domain(host)
    except InputError:
        return MxSeen(host, address, trouble=Trouble("bad_host_name", host))
    async with run.host(address, MAIL_SHARE) as clock:
        outcome = await _Server(run, clock, seen).talk()
        if isinstance(outcome, Trouble):
            outcome = MxSeen(host, address, trouble=outcome)
        return await _look_deeper(run, clock, outcome) if outcome.encrypted else outcome


@dataclass(frozen=True)
class _Server:
    run: Run
    clock: Clock
    seen: MxSeen

    async def talk(self) -> MxSeen | Trouble:
        """Talk with a chain that is verified, and once more without when it is not trusted."""
        if not self.run.can_judge_trust:
            seen = replace(self.seen, trust_trouble=Trouble("no_trust_store"))
            return await self.clock.attempt(self._connected(seen, self.run.unverified))
        first = await self.clock.attempt(self._connected(self.seen, self.run.trust, judging=True))
        if isinstance(first, Trouble) or not first.trust or first.trust.trusted:
            return first
        seen = replace(self.seen, trust=first.trust)
        return await self.clock.attempt(self._connected(seen, self.run.unverified))

    async def _connected(
        self, seen: MxSeen, context: ssl.SSLContext, judging: bool = False
    ) -> MxSeen:
        own_name = self.run.options.own_name
        async with self.run.dialer.connect(seen.address, 25) as line:
            return await smtp.converse(seen, line, context, own_name, judging)


async def _look_deeper(run: Run, clock: Clock, seen: MxSeen) -> MxSeen:
    """Ask how a server speaks TLS; each question goes through the dialogue up to STARTTLS."""

    @asynccontextmanager
    async def connect() -> AsyncIterator[Stream]:
        async with run.dialer.connect(seen.address, 25) as line:
            await smtp.start_tls(seen, line, run.unverified, run.options.own_name)
            yield line

    prober = Prober(connect, seen.host, clock.attempt, smtp.leave, run.options.every_suite)
    await prober.ask()
    await prober.conclude()
    return replace(seen, versions=prober.tries, tls=prober.seen)
