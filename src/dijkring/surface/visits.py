# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The engine's run, polite across all workers: turns at addresses, and what others saw is used.

What needs the database is asked of a `Desk`, which runs in the thread that has one.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Collection, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from queue import SimpleQueue
from threading import Event
from typing import Any, Protocol, TypeVar, cast

from dijkring.surface.engine.addresses import Network, parse_address
from dijkring.surface.engine.dial import Dialer, Line
from dijkring.surface.engine.errors import ProbeError
from dijkring.surface.engine.mail import MOST_MAIL_HOSTS, mail_host_names
from dijkring.surface.engine.observations import (
    DomainSeen,
    Knocked,
    Lookup,
    MxSeen,
    Registration,
    Trouble,
    WebSeen,
    ZoneSeen,
    from_json,
    to_json,
)
from dijkring.surface.engine.observe import look_at_domain
from dijkring.surface.engine.run import Clock, Run

T = TypeVar("T")
TOO_MANY, TRY_LATER = 429, frozenset({421, 450})
# How often we look whether an address is free again, and for how long we wait for it.
LOOK_AGAIN, LONGEST_WAIT = 0.25, 300.0


@dataclass(frozen=True, slots=True)
class Turn:
    """Whether an address is ours now; `wait_until` when it has turned us away before."""

    ours: bool
    wait_until: datetime | None = None


class Manners(Protocol):
    """What is shared with all other workers; what asks the database only in its own thread."""

    gap_seconds: float
    never: Collection[Network]

    def is_never(self, name: str) -> bool:
        """Tell, from memory, whether nothing at this name may be measured."""

    def take(self, address: str) -> Turn:
        """Take the turn at an address, or tell that it is not to be had."""

    def give_back(self, address: str) -> None:
        """Let the next one have the turn."""

    def turned_away(self, addresses: Collection[str]) -> None:
        """Leave these alone for a while."""

    def known(self, keys: Collection[str]) -> Mapping[str, Any]:
        """Return what was seen of some targets a short while ago."""

    def keep(self, seen: Mapping[str, Any], *, whole: bool) -> None:
        """Share what was seen of targets; what is not whole for a shorter time."""


@dataclass(slots=True)
class Errand:
    """Something that the event loop wants to have done elsewhere."""

    work: Callable[[], Any]
    answer: asyncio.Future[Any] | None = None

    def do(self) -> None:
        """Do it, and give what it gives back to the loop; what goes wrong ends the round."""
        if self.answer is not None and self.answer.cancelled():
            return
        done = self.work()
        if self.answer is not None:
            self.answer.get_loop().call_soon_threadsafe(self._tell, done)

    def _tell(self, done: Any) -> None:
        if self.answer is not None and not self.answer.done():
            self.answer.set_result(done)


@dataclass
class Desk:
    """Between the event loop and the thread that has the database; `enough` stops new names."""

    waiting: SimpleQueue[Any] = field(default_factory=SimpleQueue)
    enough: Event = field(default_factory=Event)

    def leave(self, work: Callable[[], Any]) -> None:
        """Let the other thread do something, without waiting for it."""
        self.waiting.put(Errand(work))

    async def ask(self, work: Callable[[], T]) -> T:
        """Let the other thread do something and wait for what it gives."""
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self.waiting.put(Errand(work, answer))
        return await answer


@dataclass
class PoliteDialer(Dialer):
    """A dialer that keeps a gap between connections, and leaves alone who wants to be."""

    never: Collection[Network] = ()
    gap_seconds: float = 0.0
    wait_until: dict[str, datetime] = field(default_factory=dict)
    _next: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    @asynccontextmanager
    async def connect(self, address: str, port: int) -> AsyncIterator[Line]:
        """Open a connection as `Dialer.connect`; ProbeError opted_out or backing_off besides."""
        if any(parse_address(address) in network for network in self.never):
            raise ProbeError("opted_out", address)
        if address in self.wait_until:
            raise ProbeError("backing_off", self.wait_until[address].isoformat(timespec="minutes"))
        # What the map leads elsewhere is a practice internet, which needs no rest.
        if self.gap_seconds and self.target(address, port)[0] == address:
            begin = max(time.monotonic(), self._next[address])
            self._next[address] = begin + self.gap_seconds
            await asyncio.sleep(begin - time.monotonic())
        async with super().connect(address, port) as line:
            yield line


@dataclass
class PoliteRun(Run):
    """A run that shares addresses, and what was seen of them, with all other workers."""

    desk: Desk = field(default_factory=Desk)
    manners: Manners = field(kw_only=True)
    _taken_over: set[str] = field(default_factory=set)

    @asynccontextmanager
    async def host(self, address: str, share: float = 1.0) -> AsyncIterator[Clock]:
        """Wait until no worker is busy with an address, then do as `Run.host` does."""
        async with super().host(address, share):
            ours = await self._take(address)
            try:
                now = asyncio.get_running_loop().time()
                limit = self.options.host_seconds * share
                yield Clock(self.options.probe_seconds, now + limit)
            finally:
                if ours:
                    self.desk.leave(partial(self.manners.give_back, address))

    async def _take(self, address: str) -> bool:
        """Take a turn at an address; without one its probes say why there was none."""
        until = time.monotonic() + LONGEST_WAIT
        while True:
            turn = await self.desk.ask(partial(self.manners.take, address))
            if turn.wait_until is not None:
                cast(PoliteDialer, self.dialer).wait_until[address] = turn.wait_until
            if turn.ours or turn.wait_until or time.monotonic() > until:
                return turn.ours
            await asyncio.sleep(LOOK_AGAIN)

    async def once(self, key: str, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """What `work` gives; that of a zone or name server may be what another round saw."""
        return await super().once(key, partial(self._shared_work, key, work))

    async def _shared_work(self, key: str, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        kind = KINDS[key.partition(" ")[0]]
        found = await self.desk.ask(partial(self.manners.known, [key]))
        if key in found:
            return cast(T, from_json(kind, found[key]) if found[key] else None)
        made = await work()
        whole = not _lacks(made)
        seen = {key: to_json(made) if made else None}
        await self.desk.ask(partial(self.manners.keep, seen, whole=whole))
        return made

    async def look(self, name: str) -> DomainSeen:
        """Everything that the checks want to know of one domain."""
        await self._take_over_mail_servers(name)
        seen = await look_at_domain(self, name)
        for server in seen.mail_servers:
            await self._share(server)
        if away := turned_away(seen):
            await self.desk.ask(partial(self.manners.turned_away, away))
        return seen

    async def _take_over_mail_servers(self, name: str) -> None:
        """Use what other rounds have seen of the mail servers of a name."""
        wanted = await self._mail_servers(name)
        found = await self.desk.ask(partial(self.manners.known, list(wanted))) if wanted else {}
        for key, (host, address) in wanted.items():
            if self.manners.is_never(host):
                self._seed(MxSeen(host, address, trouble=Trouble("opted_out", host)))
            elif key in found:
                self._seed(from_json(MxSeen, found[key]))

    async def _mail_servers(self, name: str) -> dict[str, tuple[str, str]]:
        look_up, found = self.resolver.look_up, {}
        for host in mail_host_names(await look_up(name, "MX"))[:MOST_MAIL_HOSTS]:
            for lookup in await asyncio.gather(look_up(host, "A"), look_up(host, "AAAA")):
                for address in lookup.records:
                    if address not in self.mail_servers:
                        found[_mail_key(host, address)] = host, address
        return found

    def _seed(self, seen: MxSeen) -> None:
        async def told() -> MxSeen:
            return seen

        self._taken_over.add(seen.address)
        self.mail_servers.setdefault(seen.address, asyncio.create_task(told()))

    async def _share(self, seen: MxSeen) -> None:
        if seen.address not in self._taken_over:
            self._taken_over.add(seen.address)
            told = {_mail_key(seen.host, seen.address): to_json(seen)}
            await self.desk.ask(
                partial(self.manners.keep, told, whole=seen.trouble is None and seen.encrypted)
            )


KINDS: dict[str, Any] = {
    "zone": ZoneSeen,
    "ns": Trouble,
    "ports": Knocked,
    "rdap": Registration,
}


def _mail_key(host: str, address: str) -> str:
    return f"mx {host} {address}"


def _lacks(made: object) -> bool:
    """Whether something of a zone, a registration or the ports of a host could not be seen."""
    if isinstance(made, Knocked | Registration):
        return made.trouble is not None
    return any(one.outcome == "failed" for one in _lookups(made))


def _lookups(made: object) -> list[Lookup]:
    """The lookups of a zone and its name servers."""
    if not isinstance(made, ZoneSeen):
        return []
    return [made.ns, *(one for server in made.servers for one in (server.a, server.aaaa))]


def turned_away(seen: DomainSeen) -> set[str]:
    """The addresses that asked for fewer visits: HTTP 429 (RFC 6585), SMTP 421 and 450."""
    found = {
        site.address
        for site in seen.web
        for page in (site.page, site.plain, site.security_txt)
        if page and page.status == TOO_MANY
    }
    for server in seen.mail_servers:
        if TRY_LATER.intersection((server.greeting, server.hello, server.starttls)):
            found.add(server.address)
    if seen.registration and seen.registration.status == TOO_MANY:
        found.add(seen.registration.address)
    members: tuple[WebSeen | MxSeen, ...] = (*seen.web, *seen.mail_servers)
    return found | {one.address for one in members if _gave_up(one)}


def _gave_up(seen: WebSeen | MxSeen) -> bool:
    """Whether a server stopped answering halfway."""
    troubles = [one.trouble for one in seen.versions.values()]
    troubles += seen.tls.troubles.values() if seen.tls else ()
    return any(one.reason == "turned_away" for one in troubles if one)
