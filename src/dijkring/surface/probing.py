# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The engine beside synchronous code: each domain's results as soon as they are there."""

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue

from dijkring.surface.engine import Options, Result, judge
from dijkring.surface.engine.lookup import Resolver, system_resolvers
from dijkring.surface.engine.observations import Lookup
from dijkring.surface.engine.observe import look_at_domain, run_loop
from dijkring.surface.engine.run import Run, prepare

log = logging.getLogger(__name__)
DNS_SECONDS = (1.0, 2.0)
LOOKUPS_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Measured:
    """One domain after measuring; without results when the engine itself failed on it."""

    name: str
    results: Sequence[Result] = ()


def measured(names: Sequence[str], options: Options) -> Iterator[Measured]:
    """Measure names side by side and give each one when it is done, in that order.

    The event loop runs in a thread of its own, so that the caller may use the database between.
    Raises InputError when the CA file cannot be used.
    """
    ready: SimpleQueue[Measured | None] = SimpleQueue()
    with ThreadPoolExecutor(1) as pool:
        work = pool.submit(run_loop, _measure(names, options, ready.put))
        work.add_done_callback(lambda done: ready.put(None))
        while (found := ready.get()) is not None:
            yield found
        work.result()


async def _measure(
    names: Sequence[str], options: Options, tell: Callable[[Measured], None]
) -> None:
    run, turns = prepare(options), asyncio.Semaphore(options.domains_at_once)

    async def one(name: str) -> None:
        async with turns:
            tell(await _look(run, name))

    await asyncio.gather(*map(one, names))


async def _look(run: Run, name: str) -> Measured:
    try:
        return Measured(name, judge(await look_at_domain(run, name)))
    except Exception:
        # A fault of ours on one domain may not cost the others.
        log.exception("measuring %s failed", name)
        return Measured(name)


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
