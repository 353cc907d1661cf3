# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""DNS questions on the line to one resolver: over UDP, and over TCP what is cut short.

A socket serves a few questions at the same time, under numbers that nobody can guess, before
another port takes its place: a forged answer must hit both (RFC 5452).
"""

import asyncio
import secrets
import struct
from dataclasses import dataclass, field
from typing import cast

from dijkring.surface.engine import dnswire

QUESTIONS_PER_PORT = 50


class _Port(asyncio.DatagramProtocol):
    """One UDP socket and the questions that wait for an answer on it, by number."""

    def __init__(self) -> None:
        self.waiting: dict[int, tuple[bytes, asyncio.Future[bytes]]] = {}
        self.used = 0
        self.transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: object) -> None:
        """Hand over an answer; what answers nothing that we asked is passed over."""
        asked, heard = self.waiting.get(int.from_bytes(data[:2], "big"), (b"", None))
        if heard and not heard.done() and dnswire.answers(data, asked):
            heard.set_result(data)

    def error_received(self, error: Exception) -> None:
        self._fail(error)

    def connection_lost(self, error: Exception | None) -> None:
        self._fail(error or ConnectionError("closed"))

    def _fail(self, error: Exception) -> None:
        for _, heard in self.waiting.values():
            if not heard.done():
                heard.set_exception(error)

    async def ask(self, query: bytes, seconds: float) -> bytes:
        """Send a query under a number of its own; TimeoutError, OSError."""
        number = secrets.randbelow(0x10000)
        while number in self.waiting:
            number = secrets.randbelow(0x10000)
        query = number.to_bytes(2, "big") + query[2:]
        heard: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self.waiting[number] = (query, heard)
        try:
            if self.transport:
                self.transport.sendto(query)
            async with asyncio.timeout(seconds):
                return await heard
        finally:
            del self.waiting[number]
            if not self.waiting:
                self._leave()

    def _leave(self) -> None:
        """Nobody waits any more: give the port back."""
        self.used = QUESTIONS_PER_PORT
        if self.transport:
            self.transport.close()


@dataclass
class DnsLine:
    """The way to one resolver; bound to the event loop that it is first used in."""

    address: str
    port: int
    _port: _Port | None = None
    _opening: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def ask(self, query: bytes, seconds: float) -> bytes:
        """Ask over UDP, and once more over TCP when the answer is cut short."""
        port = await self._open()
        data = await port.ask(query, seconds)
        if data[2] & (dnswire.TRUNCATED >> 8):
            return await self.ask_over_tcp(query, seconds)
        return data

    async def _open(self) -> _Port:
        async with self._opening:
            if self._port is None or self._port.used >= QUESTIONS_PER_PORT:
                loop = asyncio.get_running_loop()
                _, self._port = await loop.create_datagram_endpoint(
                    _Port, remote_addr=(self.address, self.port)
                )
            self._port.used += 1
            return self._port

    async def ask_over_tcp(self, query: bytes, seconds: float) -> bytes:
        """Ask over TCP (RFC 7766); TimeoutError, OSError, EOFError."""
        query = secrets.token_bytes(2) + query[2:]
        async with asyncio.timeout(seconds):
            reader, writer = await asyncio.open_connection(self.address, self.port)
            try:
                writer.write(struct.pack("!H", len(query)) + query)
                size = int.from_bytes(await reader.readexactly(2), "big")
                data = await reader.readexactly(size)
            finally:
                writer.close()
        if not dnswire.answers(data, query):
            raise ConnectionError("another answer")
        return data
