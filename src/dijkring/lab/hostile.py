# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Servers that mean harm or say nothing; each gives up by itself after two minutes."""

import asyncio
import gzip
import os
import socket
import struct
from functools import cache

from dijkring.lab.web import HEADERS, Handler, Reply

PATIENCE_SECONDS = 120
BOMB_BYTES = 64 * 1024 * 1024
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Accept everything and never answer."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await reader.read(65_536):
            pass


async def resetting(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Reset the connection as soon as the caller has said something."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        await reader.read(1)
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def endless_headers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send headers for as long as anyone reads them."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(OK)
        number = 0
        # Draining an encrypted line that is gone neither waits nor fails.
        while not writer.is_closing():
            writer.write(b"X-Nog-Een-%d: %s\r\n" % (number, b"a" * 200))
            await writer.drain()
            number += 1
            await asyncio.sleep(0)


async def slow_drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send one byte of a proper reply each second."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        await reader.readuntil(b"\r\n\r\n")
        for byte in OK + b"Content-Length: 1000\r\n\r\n" + b"a" * 1000:
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(1)


async def gzip_bomb(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send good headers and a small body that unpacks to 64 MiB."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        await reader.readuntil(b"\r\n\r\n")
        body = _bomb()
        packed = ("Content-Encoding", "gzip")
        writer.write(Reply("200 OK", (*HEADERS.values(), packed), body).to_bytes())
        await writer.drain()


async def malformed_hello(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer a ClientHello with a ServerHello whose lengths lie."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        await reader.read(65_536)
        hello = b"\x02\xff\xff\xff\x03\x03" + os.urandom(32) + b"\xff" + os.urandom(20)
        writer.write(b"\x16\x03\x03" + struct.pack("!H", len(hello)) + hello)
        await writer.drain()


@cache
def _bomb() -> bytes:
    return gzip.compress(bytes(BOMB_BYTES), 9)


# On the line itself, before any TLS; the same on port 80 and 443.
RAW: dict[str, Handler] = {
    "trouble.web_timeout": silent,
    "trouble.web_reset": resetting,
}
# Inside TLS on port 443.
SPEAKING: dict[str, Handler] = {
    "trouble.web_endless_headers": endless_headers,
    "trouble.web_slow_drip": slow_drip,
    "trouble.web_gzip_bomb": gzip_bomb,
}
