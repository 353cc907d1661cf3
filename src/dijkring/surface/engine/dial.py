# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The only way out: every TCP connection of the engine is made by `Dialer.connect`."""

import asyncio
import errno
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from dijkring.surface.engine.addresses import (
    Address,
    Network,
    is_documentation,
    is_public,
    parse_address,
)
from dijkring.surface.engine.addressmap import AddressMap
from dijkring.surface.engine.errors import ProbeError

CONNECTIONS_PER_ADDRESS = 2
BUFFER_BYTES = 65_536


@dataclass(frozen=True)
class Line:
    """A bare TCP connection; every failure of it is a ProbeError."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def read(self, size: int = 16_384) -> bytes:
        """Give what has arrived, at most `size` bytes; b"" when the other side has closed."""
        try:
            return await self.reader.read(size)
        except OSError as error:
            raise ProbeError("connection_lost", str(error)) from None

    async def write(self, data: bytes) -> None:
        """Send all of `data`."""
        try:
            self.writer.write(data)
            await self.writer.drain()
        except (OSError, RuntimeError) as error:
            raise ProbeError("connection_lost", str(error)) from None


@dataclass
class Dialer:
    """Makes connections: checks the address, applies the map, keeps to two at once per address.

    allow_private opens every address, allowed_networks only those that the operator names.
    """

    address_map: AddressMap | None = None
    allow_private: bool = False
    connect_seconds: float = 5.0
    allowed_networks: tuple[Network, ...] = ()
    # Whether any IPv6 address has answered at all, be it with a refusal.
    v6_answered: bool = False
    _turns: defaultdict[str, asyncio.Semaphore] = field(
        default_factory=lambda: defaultdict(lambda: asyncio.Semaphore(CONNECTIONS_PER_ADDRESS))
    )

    @asynccontextmanager
    async def connect(self, address: str, port: int) -> AsyncIterator[Line]:
        """Open a connection to a measured host, closed at the end of the block.

        Raises ProbeError: private_address (never dialled), connection_refused (a definite
        answer: nothing listens there), connect_timeout, unreachable.
        """
        target = self.target(address, port)
        async with self._turns[address]:
            reader, writer = await self._open(*target)
            self.v6_answered |= ":" in address
            try:
                yield Line(reader, writer)
            finally:
                writer.close()

    def target(self, address: str, port: int) -> tuple[str, int]:
        """Where a connection really goes; the private-address check comes before the map."""
        parsed = parse_address(address)
        if not self._may_dial(parsed):
            raise ProbeError("private_address", str(parsed))
        mapped = self.address_map.target(address, port) if self.address_map else None
        if mapped is None and is_documentation(parsed):
            reason = "connection_refused" if self.address_map else "private_address"
            raise ProbeError(reason, str(parsed))
        return mapped or (str(parsed), port)

    def _may_dial(self, address: Address) -> bool:
        if self.allow_private or is_public(address):
            return True
        return any(address in network for network in self.allowed_networks)

    async def _open(
        self, address: str, port: int
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        try:
            async with asyncio.timeout(self.connect_seconds):
                return await asyncio.open_connection(address, port, limit=BUFFER_BYTES)
        except TimeoutError:
            raise ProbeError("connect_timeout") from None
        except ConnectionRefusedError:
            raise ProbeError("connection_refused") from None
        except OSError as error:
            raise ProbeError("unreachable", errno.errorcode.get(error.errno or 0, "")) from None
