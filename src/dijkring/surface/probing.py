# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The engine beside synchronous code: each domain's results as soon as they are there."""

import asyncio
import logging
import math
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from queue import Empty
from typing import Any

from dijkring.surface.engine import Options, Result, judge
from dijkring.surface.engine.lookup import Resolver, system_resolvers
from dijkring.surface.engine.observations import DomainSeen, Lookup
from dijkring.surface.engine.observe import run_loop
from dijkring.surface.engine.run import Run, prepare_aside
from dijkring.surface.engine.services import knock_where_allowed
from dijkring.surface.visits import Desk, Errand, Manners, PoliteDialer, PoliteRun

log = logging.getLogger(__name__)
DNS_SECONDS = (1.0, 2.0)
LOOKUPS_AT_ONCE = 20
MOST_TOGETHER = 100
# How often who waits for results may look around, and how long what has begun is waited for when
# something more urgent came.
LOOK_AROUND, LAST_WAIT = 1.0, 10.0


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen of a name, and when."""

    seen: DomainSeen
    at: datetime


@dataclass(frozen=True, slots=True)
class Measured:
    """One domain after measuring; without results when the engine itself failed on it.

    `seen` when it was measured just now, `at` when another look before was taken over.
    """

    name: str
    results: Sequence[Result] = ()
    seen: DomainSeen | None = None
    at: datetime | None = None


@dataclass
class Measuring:
    """Names being measured side by side, in an event loop in a thread of its own.

    The caller may use the database between what it gives, and does so for the loop as well.
    """

    options: Options
    manners: Manners
    taken_over: Mapping[str, Look] = field(default_factory=dict)
    _desk: Desk = field(default_factory=Desk)
    _stop: Callable[[], Any] | None = None
    _stop_at: float = math.inf

    def enough(self) -> None:
        """Begin no further names; what has begun is given if it is done within seconds."""
        if not self._desk.enough.is_set():
            self._desk.enough.set()
            self._stop_at = time.monotonic() + LAST_WAIT

    def measured(self, names: Sequence[str]) -> Generator[list[Measured], None, None]:
        """Give each name when it is done, together with what else is done by then.

        Every second it gives something, if need be nothing. Raises InputError when the CA file
        cannot be used.
        """
        with ThreadPoolExecutor(1) as pool:
            work = pool.submit(run_loop, self._measure(names))
            work.add_done_callback(lambda done: self._desk.waiting.put(None))
            try:
                while (found := self._next()) is not None:
                    yield found
                    if self._stop and time.monotonic() > self._stop_at:
                        self._stop()
                work.result()
            finally:
                if self._stop and not work.done():
                    self._stop()
        self._tidy()

    def _tidy(self) -> None:
        """Do what was left to be done when the loop had ended."""
        while not self._desk.waiting.empty():
            one = self._desk.waiting.get_nowait()
            if isinstance(one, Errand):
                one.do()

    def _next(self) -> list[Measured] | None:
        """What is done by now, after the errands; None when there is no more to come."""
        found: list[Measured] = []
        try:
            one: Any = self._desk.waiting.get(timeout=LOOK_AROUND)
        except Empty:
            return found
        while True:
            if one is None:
                if not found:
                    return None
                self._desk.waiting.put(None)
                return found
            if isinstance(one, Errand):
                one.do()
            else:
                found.append(one)
            if len(found) == MOST_TOGETHER:
                return found
            try:
                one = self._desk.waiting.get_nowait()
            except Empty:
                return found

    async def _measure(self, names: Sequence[str]) -> None:
        self._stop = _stopper()
        run = self._run(await prepare_aside(self.options))
        turns = asyncio.Semaphore(self.options.domains_at_once)

        async def one(name: str) -> None:
            async with turns:
                if not self._desk.enough.is_set():
                    self._desk.waiting.put(await _look(run, name, self.taken_over.get(name)))

        try:
            await asyncio.gather(*map(one, names))
        except asyncio.CancelledError:
            # What had begun stays undone, and is measured another time.
            if not self._desk.enough.is_set():
                raise

    def _run(self, plain: Run) -> PoliteRun:
        manners = self.manners
        dialer = PoliteDialer(
            self.options.address_map,
            self.options.allow_private,
            self.options.connect_seconds,
            self.options.allowed_networks,
            never=manners.never,
            gap_seconds=manners.gap_seconds,
        )
        shared = (plain.resolver, dialer, plain.trust, plain.unverified, plain.rpki)
        return PoliteRun(self.options, *shared, desk=self._desk, manners=manners)


def _stopper() -> Callable[[], Any]:
    """What calls this coroutine off, from another thread."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    return lambda: loop.call_soon_threadsafe(task.cancel) if task else None


async def _look(run: PoliteRun, name: str, known: Look | None) -> Measured:
    try:
        if known:
            return Measured(name, judge(await _with_ports(run, known.seen)), at=known.at)
        seen = await run.look(name)
        return Measured(name, judge(seen), seen)
    except Exception:
        # A fault of ours on one domain may not cost the others.
        log.exception("measuring %s failed", name)
        return Measured(name)


async def _with_ports(run: PoliteRun, seen: DomainSeen) -> DomainSeen:
    """Add the ports, which each organisation tries for itself where it may."""
    where = (seen.a, seen.aaaa, seen.web, seen.mail_hosts, seen.mail_servers)
    return replace(seen, knocked=await knock_where_allowed(run, *where))


def text_records(names: Sequence[str], options: Options) -> dict[str, Lookup]:
    """Ask for the TXT records of names, side by side; a few seconds for each at most."""
    servers = (options.resolver,) if options.resolver else system_resolvers()

    async def ask() -> list[Lookup]:
        resolver, turns = Resolver(servers, DNS_SECONDS), asyncio.Semaphore(LOOKUPS_AT_ONCE)

        async def one(name: str) -> Lookup:
            async with turns:
                return await resolver.look_up(name, "TXT")

        return await asyncio.gather(*map(one, names))

    with ThreadPoolExecutor(1) as pool:
        return dict(zip(names, pool.submit(run_loop, ask()).result(), strict=True))
