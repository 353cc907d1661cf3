# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Knocking on the ports of management and databases; only asked for with authority on the host.

A knock is a connection that is closed at once: nothing is said and nothing is read.
"""

import asyncio
from dataclasses import replace
from typing import TypeVar

from dijkring.surface.engine.errors import ProbeError
from dijkring.surface.engine.observations import MxSeen, Trouble, WebSeen
from dijkring.surface.engine.run import Clock, Run

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


Seen = TypeVar("Seen", WebSeen, MxSeen)


async def with_services(run: Run, clock: Clock, seen: Seen) -> Seen:
    """Add what a knock on each port of an address gave."""
    found = await clock.attempt(look_at_services(run, seen.address), share=TIME_SHARE)
    if isinstance(found, Trouble):
        return replace(seen, services_trouble=found)
    return replace(seen, services=found)


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
