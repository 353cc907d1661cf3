# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Measuring: from domain names to observations, and on to results."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from dijkring.surface.engine.judge import Result, judge
from dijkring.surface.engine.mail import look_at_mail, look_up_dmarc, look_up_spf
from dijkring.surface.engine.names import parse_domain
from dijkring.surface.engine.observations import (
    DomainSeen,
    Lookup,
    MailHost,
    NameServer,
    Trouble,
    WebSeen,
    ZoneSeen,
)
from dijkring.surface.engine.policies import look_at_policies
from dijkring.surface.engine.rpki import routes_to
from dijkring.surface.engine.run import Options, Run, prepare_aside
from dijkring.surface.engine.services import knock_where_allowed
from dijkring.surface.engine.web import look_at_site

MOST_ADDRESSES = 16
Progress = Callable[[str, int, int], None]
T = TypeVar("T")


async def measure(
    domains: Iterable[str], options: Options, on_progress: Progress | None = None
) -> list[Result]:
    """Measure domains and judge what was seen.

    `on_progress` gets the domain just finished, how many are done and how many there are.
    Results come in the order of the domains, each domain once. Raises InputError for a text
    that is no domain name or a CA file that cannot be used; what a server or resolver does never
    raises: it ends in a result.
    """
    return [
        result for seen in await observe(domains, options, on_progress) for result in judge(seen)
    ]


async def observe(
    domains: Iterable[str], options: Options, on_progress: Progress | None = None
) -> list[DomainSeen]:
    """Measure domains without judging; see `measure`."""
    names = list(dict.fromkeys(parse_domain(domain) for domain in domains))
    run, turns, done = await prepare_aside(options), asyncio.Semaphore(options.domains_at_once), 0

    async def one(name: str) -> DomainSeen:
        nonlocal done
        async with turns:
            seen = await look_at_domain(run, name)
        done += 1
        if on_progress:
            on_progress(name, done, len(names))
        return seen

    return list(await asyncio.gather(*map(one, names)))


def measure_sync(
    domains: Iterable[str], options: Options, on_progress: Progress | None = None
) -> list[Result]:
    """Do as `measure` does, from code without an event loop; with uvloop where there is one."""
    return run_loop(measure(domains, options, on_progress))


def run_loop(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end in an event loop of its own."""
    try:
        import uvloop
    except ImportError:
        return asyncio.run(work)
    return uvloop.run(work)


async def look_at_domain(run: Run, domain: str) -> DomainSeen:
    """Everything that the checks want to know of one domain."""
    look_up = run.resolver.look_up
    resolver, a, aaaa, mx = await asyncio.gather(
        run.resolver.inspect(), look_up(domain, "A"), look_up(domain, "AAAA"), look_up(domain, "MX")
    )
    web, (hosts, servers), dkim, dmarc, spf, said = await asyncio.gather(
        _look_at_web(run, domain, a, aaaa),
        look_at_mail(run, mx),
        look_up(f"_domainkey.{domain}", "TXT"),
        look_up_dmarc(run, domain),
        look_up_spf(run, domain),
        look_at_policies(run, domain, mx),
    )
    now = datetime.now(UTC)
    return DomainSeen(
        domain=domain,
        measured_at=now.isoformat(),
        resolver=resolver,
        a=a,
        aaaa=aaaa,
        mx=mx,
        dkim=dkim,
        dmarc=dmarc[0],
        org_domain=dmarc[1],
        dmarc_org=dmarc[2],
        spf=spf,
        web=web,
        mail_hosts=hosts,
        mail_servers=servers,
        zone=said.zone,
        tlsa=said.tlsa,
        caa=said.caa,
        tls_rpt=said.tls_rpt,
        mta_sts=said.mta_sts,
        mta_sts_policy=said.mta_sts_policy,
        mta_sts_trouble=said.mta_sts_trouble,
        ipv6_works=run.dialer.v6_answered,
        knocked=await knock_where_allowed(run, a, aaaa, web, hosts, servers),
        registration=said.registration,
        routes=routes_to(run.rpki, _all_addresses(a, aaaa, hosts, said.zone)),
        routes_trouble=run.rpki.trouble(now),
    )


def _all_addresses(
    a: Lookup, aaaa: Lookup, hosts: Sequence[MailHost], zone: ZoneSeen
) -> Iterator[str]:
    """Every address that the site, its mail and the name servers of both are at."""
    zones = [zone, *(host.zone for host in hosts if host.zone)]
    named: list[MailHost | NameServer] = [*hosts]
    named += [server for each in zones for server in each.servers]
    for one in (a, aaaa, *(each for pair in named for each in (pair.a, pair.aaaa))):
        yield from one.records


async def _look_at_web(run: Run, domain: str, a: Lookup, aaaa: Lookup) -> tuple[WebSeen, ...]:
    addresses = (*a.records, *aaaa.records)
    measured = [look_at_site(run, domain, one) for one in addresses[:MOST_ADDRESSES]]
    too_many = Trouble("too_many_addresses", str(len(addresses)))
    rest = [WebSeen(domain, one, https=too_many) for one in addresses[MOST_ADDRESSES:]]
    return (*await asyncio.gather(*measured), *rest)
