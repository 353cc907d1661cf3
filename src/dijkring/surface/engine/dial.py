# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The only way out: every TCP connection of the engine is made by `Dialer.connect`."""

import asyncio
import errno
from collections import defaultdict
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import cast

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
# What we let a server send ahead before we stop listening for a while.
BUFFER_BYTES = 131_072


class Line(asyncio.Protocol):
    """A bare TCP connection; every failure of it is a ProbeError."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._data = bytearray()
        self._waiting: asyncio.Future[None] | None = None
        self._ended = self._lost = self._paused = False
        self._error: Exception | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._data += data
        if len(self._data) > BUFFER_BYTES and not self._paused:
            self._transport.pause_reading()
            self._paused = True
        self._wake()

    def eof_received(self) -> bool:
        """The other side has said all; we may still speak."""
        self._ended = True
        self._wake()
        return True

    def connection_lost(self, error: Exception | None) -> None:
        self._ended, self._lost, self._error = True, True, error
        self._wake()

    def _wake(self) -> None:
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(None)

    async def read(self, size: int = 16_384) -> bytes:
        """Give what has arrived, at most `size` bytes; b"" when the other side has closed."""
        while not self._data and not self._ended:
            self._waiting = self._loop.create_future()
            await self._waiting
        if not self._data and self._error:
            raise ProbeError("connection_lost", str(self._error))
        data = bytes(self._data[:size])
        del self._data[:size]
        if self._paused and not self._data and not self._lost:
            self._transport.resume_reading()
            self._paused = False
        return data

    async def write(self, data: bytes) -> None:
        """Send all of `data`; what we say is short, so that it never waits."""
        if self._lost:
            raise ProbeError("connection_lost", str(self._error or "closed"))
        self._transport.write(data)

    def close(self) -> None:
        """Hang up."""
        self._transport.close()


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
    _targets: dict[tuple[str, int], tuple[str, int]] = field(default_factory=dict)
    _turns: defaultdict[str, asyncio.Semaphore] = field(
        default_factory=lambda: defaultdict(lambda: asyncio.Semaphore(CONNECTIONS_PER_ADDRESS))
    )

    def connect(self, address: str, port: int) -> AbstractAsyncContextManager[Line]:
        """Open a connection to a measured host, closed at the end of the block.

        Raises ProbeError: private_address (never dialled), connection_refused (a definite
        answer: nothing listens there), connect_timeout, unreachable.
        """
        return _Call(self, address, port)

    async def _dial(self, address: str, port: int) -> Line:
        target = self.target(address, port)
        turns = self._turns[address]
        await turns.acquire()
        try:
            line = await self._open(*target)
        except BaseException:
            turns.release()
            raise
        self.v6_answered |= ":" in address
        return line

    def _hang_up(self, address: str, line: Line) -> None:
        line.close()
        self._turns[address].release()

    def target(self, address: str, port: int) -> tuple[str, int]:
        """Where a connection really goes; the private-address check comes before the map."""
        key = address, port
        if key not in self._targets:
            self._targets[key] = self._target(address, port)
        return self._targets[key]

    def _target(self, address: str, port: int) -> tuple[str, int]:
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

    async def _open(self, address: str, port: int) -> Line:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(self.connect_seconds):
                return (await loop.create_connection(Line, address, port))[1]
        except TimeoutError:
            raise ProbeError("connect_timeout") from None
        except ConnectionRefusedError:
            raise ProbeError("connection_refused") from None
        except OSError as error:
            raise ProbeError("unreachable", errno.errorcode.get(error.errno or 0, "")) from None


class _Call(AbstractAsyncContextManager[Line]):
    """One connection as a block; a class, because there are thousands a second."""

    def __init__(self, dialer: Dialer, address: str, port: int) -> None:
        self._dialer, self._address, self._port = dialer, address, port

    async def __aenter__(self) -> Line:
        self._line = await self._dialer._dial(self._address, self._port)
        return self._line

    async def __aexit__(self, *_: object) -> None:
        self._dialer._hang_up(self._address, self._line)
