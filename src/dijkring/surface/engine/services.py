# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Knocking on the ports of management and databases; only on hosts that the caller names as ours.

A knock is a connection that is closed at once: nothing is said and nothing is read.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from dijkring.surface.engine.errors import ProbeError
from dijkring.surface.engine.observations import (
    Knocked,
    Lookup,
    MailHost,
    MxSeen,
    Trouble,
    WebSeen,
)
from dijkring.surface.engine.run import Run

# A short list on purpose: what belongs behind a firewall or a VPN, whoever runs it.
SERVICES = {
    "ssh": 22,
    "telnet": 23,
    "smb": 445,
    "sql server": 1433,
    "oracle": 1521,
    "docker": 2375,
    "mysql": 3306,
    "rdp": 3389,
    "postgresql": 5432,
    "vnc": 5900,
    "winrm": 5985,
    "redis": 6379,
    "elasticsearch": 9200,
    "mongodb": 27017,
}
KNOCK_SECONDS = 2.0
# As many as may be connected to an address at once; each goes through its own part of the list.
LANES = 2
# All of them silent is the longest that it takes: more than one probe may.
TIME_SHARE = 2.0
# Nobody answers, or something on the way keeps us out.
SILENT = ("connect_timeout", "unreachable")
NOT_OURS = "ports_not_ours"
# Who was left alone for one of these is left alone here too.
LEFT_ALONE = ("too_many_addresses", "opted_out", "backing_off", "private_address", "bad_host_name")
Hosts = Mapping[str, set[str]]


async def knock_where_allowed(
    run: Run,
    a: Lookup,
    aaaa: Lookup,
    web: Sequence[WebSeen],
    mail_hosts: Iterable[MailHost],
    servers: Sequence[MxSeen],
) -> dict[str, Knocked] | None:
    """What the ports of each address of a site and its mail showed; None when nobody asked.

    An address at which any host is not ours is left alone, whatever the others are.
    """
    if run.options.ports is None:
        return None
    hosts: dict[str, set[str]] = defaultdict(set)
    for lookup in (a, aaaa, *(each for host in mail_hosts for each in (host.a, host.aaaa))):
        for address in lookup.records:
            hosts[address] |= {lookup.name, lookup.alias or lookup.name}
    left_alone = dict(_left_alone(run, web, servers, hosts))
    rest = [address for address in hosts if address not in left_alone]
    knocked = await asyncio.gather(
        *(run.once(f"ports {address}", partial(_knock_on, run, address)) for address in rest)
    )
    return left_alone | dict(zip(rest, knocked, strict=True))


def _left_alone(
    run: Run, web: Sequence[WebSeen], servers: Sequence[MxSeen], hosts: Hosts
) -> Iterator[tuple[str, Knocked]]:
    scope = run.options.ports
    for address in hosts:
        if scope and (barred := scope.barred(address, sorted(hosts[address]))):
            yield address, Knocked(trouble=Trouble(NOT_OURS, barred))
    met = [(site.address, site.https) for site in web]
    for address, trouble in [*met, *((server.address, server.trouble) for server in servers)]:
        if address in hosts and trouble and trouble.reason in LEFT_ALONE:
            yield address, Knocked(trouble=trouble)


async def _knock_on(run: Run, address: str) -> Knocked:
    async with run.host(address, TIME_SHARE) as clock:
        found = await clock.attempt(look_at_services(run, address), share=TIME_SHARE)
    return Knocked(trouble=found) if isinstance(found, Trouble) else Knocked(found)


async def look_at_services(run: Run, address: str) -> dict[str, str]:
    """Each service with open, closed or silent, else the reason why it could not be tried."""
    names = list(SERVICES)
    lanes = [_lane(run, address, names[lane::LANES]) for lane in range(LANES)]
    found = dict(pair for pairs in await asyncio.gather(*lanes) for pair in pairs)
    return {name: found[name] for name in names}


async def _lane(run: Run, address: str, names: list[str]) -> list[tuple[str, str]]:
    return [(name, await _knock(run, address, SERVICES[name])) for name in names]


async def _knock(run: Run, address: str, port: int) -> str:
    try:
        async with asyncio.timeout(KNOCK_SECONDS), run.dialer.connect(address, port):
            return "open"
    except TimeoutError:
        return "silent"
    except ProbeError as error:
        if error.reason == "connection_refused":
            return "closed"
        return "silent" if error.reason in SILENT else error.reason
