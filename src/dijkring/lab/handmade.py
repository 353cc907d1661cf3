# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A TLS server built by hand, for the faults that OpenSSL cannot be talked into.

Small but real: TLS 1.3 and TLS 1.2, each in a file of its own. Each fault is one field of `Faults`.
"""

import asyncio
import os
from typing import Any, cast

from cryptography.exceptions import InvalidTag

from dijkring.lab import ancient
from dijkring.lab.handmade12 import Handshake12
from dijkring.lab.handmade13 import Handshake13
from dijkring.lab.handmade_keys import ALERT, APPLICATION, HANDSHAKE, record
from dijkring.lab.handmade_wire import (
    LARGEST,
    PROTOCOL_VERSION,
    Asked,
    Credentials,
    Faults,
    Refused,
    Wire,
)
from dijkring.lab.web import Handler

__all__ = ["Credentials", "Faults", "serving", "start"]

NO_RENEGOTIATION, CLOSE_NOTIFY = 100, 0
HANDSHAKE_SECONDS = 10


async def _shake(wire: Wire) -> bool:
    """Shake hands in the newest version that both speak; whether that is TLS 1.3.

    Refused after an alert where there is none.
    """
    try:
        async with asyncio.timeout(HANDSHAKE_SECONDS):
            asked = await wire.hello()
            if 0x0304 in asked.numbers(43, 1):
                await Handshake13(wire).shake(asked)
                return True
            if asked.version < 0x0303:
                await _answer_ancient(wire, asked)
            await Handshake12(wire).shake(asked)
            return False
    except Refused as refusal:
        wire.writer.write(record(ALERT, bytes([2, refusal.alert])))
        await wire.writer.drain()
        raise


async def _answer_ancient(wire: Wire, asked: Asked) -> None:
    """Answer in SSL 3.0 where that is the fault; nobody goes on from there."""
    if wire.faults.ssl_3 and ancient.SUITE_3 in asked.suites:
        wire.writer.write(ancient.flight_3(wire.credentials.chain, os.urandom(32)))
        await wire.writer.drain()
    raise Refused(PROTOCOL_VERSION)


class Encrypted:
    """Writes through a session, with as much of StreamWriter as our servers use."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def write(self, data: bytes) -> None:
        """Send data in sealed records."""
        for at in range(0, len(data), LARGEST):
            self.send(APPLICATION, data[at : at + LARGEST])

    def send(self, kind: int, data: bytes) -> None:
        """Send one sealed record."""
        if self._wire.outgoing and not self._wire.writer.is_closing():
            self._wire.writer.write(self._wire.outgoing.close(kind, data))

    async def drain(self) -> None:
        """Wait until what was sent is on its way."""
        await self._wire.writer.drain()

    def is_closing(self) -> bool:
        """Whether the line is gone."""
        return self._wire.writer.is_closing()

    def close(self) -> None:
        """Say that nothing follows, and hang up."""
        self.send(ALERT, bytes([1, CLOSE_NOTIFY]))
        self._wire.writer.close()


async def _pump(wire: Wire, modern: bool, reader: asyncio.StreamReader, writer: Encrypted) -> None:
    """Feed what comes in to the reader; whoever asks to renegotiate hears no."""
    try:
        while wire.incoming:
            kind, content = wire.incoming.open(*await wire.record())
            if kind == APPLICATION:
                reader.feed_data(content)
            elif kind == HANDSHAKE and not modern:
                writer.send(ALERT, bytes([1, NO_RENEGOTIATION]))
            elif kind == ALERT:
                break
    except (OSError, EOFError, ValueError, InvalidTag, IndexError):
        pass
    reader.feed_eof()


async def start(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    credentials: Credentials,
    faults: Faults,
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter, "asyncio.Task[None]"]:
    """Shake hands; the lines inside, and the task that feeds them. ValueError when refused."""
    wire = Wire(reader, writer, credentials, faults)
    try:
        modern = await _shake(wire)
    except InvalidTag:
        raise Refused from None
    inner, outer = asyncio.StreamReader(), Encrypted(wire)
    pump = asyncio.create_task(_pump(wire, modern, inner, outer))
    return inner, cast("asyncio.StreamWriter", cast(Any, outer)), pump


def serving(handler: Handler, credentials: Credentials, faults: Faults) -> Handler:
    """A handler inside hand-built TLS."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inner, outer, pump = await start(reader, writer, credentials, faults)
        try:
            await handler(inner, outer)
        finally:
            outer.close()
            pump.cancel()

    return serve
