# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What all probes of one run share: options, the resolver, the way out, time limits, turns."""

import asyncio
import logging
import ssl
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from dijkring.surface.engine.addresses import Network
from dijkring.surface.engine.addressmap import AddressMap
from dijkring.surface.engine.dial import Dialer
from dijkring.surface.engine.errors import InputError, ProbeError
from dijkring.surface.engine.lookup import Resolver, system_resolvers
from dijkring.surface.engine.observations import MxSeen, Trouble
from dijkring.surface.engine.portscope import PortScope
from dijkring.surface.engine.registries import registries
from dijkring.surface.engine.rpki import Rpki, load
from dijkring.surface.engine.tlsstream import has_roots, trust_context, unverified_context

T = TypeVar("T")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Options:
    """How to measure.

    resolver: (address, port), None for the system's; ca_file: PEM added to the default store;
    allow_private opens every private address, allowed_networks only those ranges; own_name: how
    we present ourselves to mail servers; every_suite lists all suites of all versions, whatever it
    costs in connections; ports: on which hosts the ports of management and databases may be tried
    too, None for not asking; roas and routes: files for RPKI; registries: IANA's list of RDAP
    servers, None for the few known by heart; times in seconds.
    """

    resolver: tuple[str, int] | None = None
    ca_file: str | None = None
    address_map: AddressMap | None = None
    allow_private: bool = False
    allowed_networks: tuple[Network, ...] = ()
    probe_seconds: float = 10.0
    host_seconds: float = 30.0
    connect_seconds: float = 5.0
    dns_seconds: tuple[float, ...] = (2.0, 3.0)
    domains_at_once: int = 20
    roas: str | None = None
    routes: str | None = None
    registries: str | None = None
    own_name: str = "internetmeting.dijkring.invalid"
    every_suite: bool = False
    ports: PortScope | None = None


@dataclass
class Run:
    """One round of measuring; results of lookups and mail servers are shared within it."""

    options: Options
    resolver: Resolver
    dialer: Dialer
    trust: ssl.SSLContext
    unverified: ssl.SSLContext
    rpki: Rpki = field(default_factory=Rpki)
    mail_servers: dict[str, asyncio.Task[MxSeen]] = field(default_factory=dict)
    # Addresses that asked us, during this run, to come back later.
    turned_away: set[str] = field(default_factory=set)
    _shared: dict[str, asyncio.Task[Any]] = field(default_factory=dict)
    _turns: defaultdict[str, asyncio.Lock] = field(
        default_factory=lambda: defaultdict(asyncio.Lock)
    )

    @cached_property
    def can_judge_trust(self) -> bool:
        """Whether there is any root certificate to judge chains by."""
        return has_roots(self.trust)

    async def once(self, key: str, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """What `work` gives, done once per key in a run and shared by all who ask."""
        if key not in self._shared:
            self._shared[key] = asyncio.create_task(work())
        found: T = await asyncio.shield(self._shared[key])
        return found

    @asynccontextmanager
    async def host(self, address: str, share: float = 1.0) -> AsyncIterator["Clock"]:
        """Wait for this address to be free, then start the clock of one host.

        `share` stretches the time that a host gets.
        """
        async with self._turns[address]:
            yield Clock(
                self.options.probe_seconds,
                asyncio.get_running_loop().time() + self.options.host_seconds * share,
            )


@dataclass(frozen=True)
class Clock:
    """The deadlines of one host: every probe has its own, none outlives the host's."""

    probe_seconds: float
    until: float

    async def attempt(self, probe: Awaitable[T], share: float = 1.0) -> T | Trouble:
        """Await a probe within its time; what goes wrong comes back as a Trouble."""
        now = asyncio.get_running_loop().time()
        limit = min(now + self.probe_seconds * share, self.until)
        try:
            async with asyncio.timeout_at(limit):
                return await probe
        except ProbeError as error:
            return Trouble(error.reason, error.note)
        except TimeoutError:
            return Trouble("host_timeout" if limit == self.until else "probe_timeout")
        except (ssl.SSLError, OSError) as error:
            return Trouble("connection_lost", type(error).__name__)
        except Exception as error:
            # A stranger's bytes found a fault of ours; it may cost one probe, not the round.
            log.exception("probe failed")
            return Trouble("internal_error", type(error).__name__)


def prepare(options: Options) -> Run:
    """Make everything a run needs; InputError when a file that the options name cannot be used.

    Must be called inside the event loop that measures.
    """
    registries(options.registries)
    servers = (options.resolver,) if options.resolver else system_resolvers()
    return Run(
        options,
        Resolver(servers, options.dns_seconds),
        Dialer(
            options.address_map,
            options.allow_private,
            options.connect_seconds,
            options.allowed_networks,
        ),
        _trust(options.ca_file),
        unverified_context(),
        load(options.roas, options.routes),
    )


async def prepare_aside(options: Options) -> Run:
    """Do as `prepare`, with the files for RPKI read in a thread: the loop goes on meanwhile."""
    await asyncio.to_thread(load, options.roas, options.routes)
    return prepare(options)


def _trust(ca_file: str | None) -> ssl.SSLContext:
    try:
        return trust_context(ca_file)
    except (OSError, ssl.SSLError) as error:
        unreadable = not isinstance(error, ssl.SSLError) and error.strerror
        dutch, english = (
            unreadable or "geen certificaten in PEM",
            unreadable or "no PEM certificates",
        )
        raise InputError(
            f"Het CA-bestand {ca_file} is niet te gebruiken: {dutch}.",
            f"The CA file {ca_file} cannot be used: {english}.",
        ) from None
