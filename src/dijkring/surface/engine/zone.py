# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which zone a name lies in, its name servers, what they say over IPv6, and CAA on the way up."""

import asyncio
import struct
from collections.abc import Iterator
from functools import partial

import dns.asyncquery
import dns.exception
import dns.flags
import dns.message

from dijkring.surface.engine.errors import ProbeError
from dijkring.surface.engine.observations import Lookup, NameServer, Trouble, ZoneSeen
from dijkring.surface.engine.run import Run

MOST_SERVERS = 13
MOST_ADDRESSES = 4
DNS_PORT = 53


def climb(name: str) -> Iterator[str]:
    """The name and every name above it, without the top-level domain."""
    labels = name.split(".")
    for start in range(len(labels) - 1):
        yield ".".join(labels[start:])


async def look_at_zone(run: Run, name: str) -> ZoneSeen:
    """The zone with the name servers that answer for a name; each zone is looked at once."""
    ns = Lookup(name, "NS", "nodata")
    for apex in climb(name):
        ns = await run.resolver.look_up(apex, "NS")
        if ns.outcome == "answer":
            return await run.once(f"zone {apex}", partial(_zone, run, ns))
        if ns.outcome == "failed":
            break
    return ZoneSeen(ns.name, ns)


async def look_up_caa(run: Run, name: str) -> tuple[Lookup, ...]:
    """The CAA lookups from a name up to where there are records, or nothing above."""
    tried: list[Lookup] = []
    for owner in climb(name):
        tried.append(await run.resolver.look_up(owner, "CAA"))
        if tried[-1].outcome in ("answer", "failed"):
            break
    return tuple(tried)


async def _zone(run: Run, ns: Lookup) -> ZoneSeen:
    names = [record.lower().rstrip(".") for record in ns.records[:MOST_SERVERS]]
    servers = await asyncio.gather(*(_server(run, ns.name, name) for name in names))
    return ZoneSeen(ns.name, ns, tuple(servers))


async def _server(run: Run, zone: str, name: str) -> NameServer:
    a, aaaa = await asyncio.gather(
        run.resolver.look_up(name, "A"), run.resolver.look_up(name, "AAAA")
    )
    addresses = aaaa.records[:MOST_ADDRESSES]
    # A name server of a thousand zones is asked once: that it answers is all we want to know.
    reached = await asyncio.gather(
        *(run.once(f"ns {one}", partial(_reach, run, zone, one)) for one in addresses)
    )
    return NameServer(name, a, aaaa, dict(zip(addresses, reached, strict=True)))


async def _reach(run: Run, zone: str, address: str) -> Trouble | None:
    async with run.host(address) as clock:
        outcome = await clock.attempt(_ask(run, zone, address))
    return outcome if isinstance(outcome, Trouble) else None


async def _ask(run: Run, zone: str, address: str) -> bool:
    """Ask a name server for the SOA of its zone, over UDP and else TCP; any answer will do."""
    query = dns.message.make_query(zone, "SOA")
    query.flags &= ~dns.flags.RD
    host, port = run.dialer.target(address, DNS_PORT)
    try:
        await dns.asyncquery.udp(query, host, run.options.dns_seconds[0], port)
    except (dns.exception.DNSException, OSError, EOFError):
        await _ask_over_tcp(run, query, address)
    run.dialer.v6_answered |= ":" in address
    return True


async def _ask_over_tcp(run: Run, query: dns.message.Message, address: str) -> None:
    wire = query.to_wire()
    async with run.dialer.connect(address, DNS_PORT) as line:
        await line.write(struct.pack("!H", len(wire)) + wire)
        if not await line.read():
            raise ProbeError("connection_lost")
