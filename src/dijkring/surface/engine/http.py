# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small HTTP/1.1 client: one GET per connection, every size capped."""

import asyncio
import re
import zlib
from contextlib import suppress
from dataclasses import dataclass, field, replace

from dijkring.surface.engine.cleaning import clean
from dijkring.surface.engine.errors import ProbeError
from dijkring.surface.engine.observations import Page
from dijkring.surface.engine.tlsstream import Stream

USER_AGENT = "Dijkring/0.1 (+internetmeting)"
HEADER_BYTES = 65_536
BODY_BYTES = 262_144
PACKED = ("gzip", "x-gzip", "deflate")
# How much to look at of a page whose body we do not want; growing past the cap is no real page.
SAMPLE_BYTES = 4_096
SAMPLE_SECONDS = 1.0
MOST_INTERIM = 5
STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})(?: |$)")
NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;.*)?")
CHUNK_LINE = re.compile(rb"(?:\A|\r\n)[0-9A-Fa-f]{1,8}\r\n")


async def get(
    stream: Stream,
    url: str,
    host: str,
    path: str,
    with_body: bool = False,
    with_sample: bool = False,
) -> Page:
    """Send one GET and read the answer; the body (at most 256 KiB, unpacked) only on request.

    A sample is the beginning of the body, as far as it comes within a second; a server that can
    may pack that.

    Raises ProbeError: not_http, headers_too_large, body_too_large, body_unreadable,
    connection_lost.
    """
    await stream.write(_request(host, path, "gzip, deflate, br" if with_sample else "identity"))
    source = _Source(stream)
    status, headers = await _head(source)
    page = Page(url, status, headers)
    if not with_body:
        await _refuse_bomb(source, page)
        return replace(page, body=await _sample(source, page)) if with_sample else page
    raw = await _body(source, page)
    text = _unpacked(raw, page.header("content-encoding")).decode("utf-8", "backslashreplace")
    return Page(url, status, headers, text.replace("\x00", "\\x00"))


def _request(host: str, path: str, packing: str = "identity") -> bytes:
    lines = (
        f"GET {path} HTTP/1.1",
        f"Host: {host}",
        f"User-Agent: {USER_AGENT}",
        "Accept: */*",
        f"Accept-Encoding: {packing}",
        "Connection: close",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")


@dataclass
class _Source:
    """Lines and bytes out of a stream."""

    stream: Stream
    buffer: bytearray = field(default_factory=bytearray)
    ended: bool = False

    async def fill(self) -> bool:
        data = b"" if self.ended else await self.stream.read()
        self.ended = not data
        self.buffer += data
        return bool(data)

    async def line(self, budget: int, too_long: str) -> bytes:
        """One line without its end; `budget` is what it may still cost."""
        start = 0
        while (end := self.buffer.find(b"\n", start)) < 0:
            start = len(self.buffer)
            if start > budget:
                raise ProbeError(too_long)
            if not await self.fill():
                raise ProbeError("connection_lost")
        if end > budget:
            raise ProbeError(too_long)
        line = bytes(self.buffer[:end])
        del self.buffer[: end + 1]
        return line.removesuffix(b"\r")

    async def exactly(self, count: int) -> bytes:
        while len(self.buffer) < count:
            if not await self.fill():
                raise ProbeError("connection_lost")
        data = bytes(self.buffer[:count])
        del self.buffer[:count]
        return data


Headers = tuple[tuple[str, str], ...]


async def _head(source: _Source) -> tuple[int, Headers]:
    """Status and headers of the final answer; interim 1xx answers are passed over."""
    budget = HEADER_BYTES
    for _ in range(MOST_INTERIM):
        found = STATUS.match(first := await source.line(budget, "headers_too_large"))
        if not found:
            raise ProbeError("not_http", clean(first[:80].decode("latin-1")))
        headers, budget = await _headers(source, budget - len(first))
        if int(found[1]) >= 200:
            return int(found[1]), headers
    raise ProbeError("not_http", "1xx")


async def _headers(source: _Source, budget: int) -> tuple[Headers, int]:
    headers: list[tuple[str, str]] = []
    while line := await source.line(budget, "headers_too_large"):
        budget -= len(line) + 2
        name, colon, value = line.partition(b":")
        # A line that is no header is skipped, as browsers do; it still costs.
        if colon and NAME.fullmatch(name):
            text = clean(value.strip().decode("latin-1"), HEADER_BYTES)
            headers.append((name.decode("ascii").lower(), text))
    return tuple(headers), budget


async def _body(source: _Source, page: Page) -> bytes:
    if page.status in (204, 304):
        return b""
    if "chunked" in (page.header("transfer-encoding") or "").lower():
        return await _chunks(source)
    length = page.first("content-length")
    if length is not None:
        if not (length.isascii() and length.isdigit()):
            raise ProbeError("not_http", "Content-Length")
        if len(length) > 9 or int(length) > BODY_BYTES:
            raise ProbeError("body_too_large")
        return await source.exactly(int(length))
    while await source.fill():
        if len(source.buffer) > BODY_BYTES:
            raise ProbeError("body_too_large")
    return bytes(source.buffer)


async def _chunks(source: _Source) -> bytes:
    body, budget = bytearray(), HEADER_BYTES
    while True:
        line = await source.line(budget, "body_too_large")
        budget -= len(line) + 2
        size = CHUNK_SIZE.fullmatch(line)
        if not size:
            raise ProbeError("not_http", "chunk")
        count = int(size[1], 16)
        if not count:
            return bytes(body)
        if len(body) + count > BODY_BYTES:
            raise ProbeError("body_too_large")
        body += await source.exactly(count)
        await source.line(budget, "body_too_large")


async def _sample(source: _Source, page: Page) -> str:
    """The first 4 KiB of the body, unpacked where needed; what goes wrong only makes it shorter."""
    with suppress(TimeoutError, ProbeError):
        async with asyncio.timeout(SAMPLE_SECONDS):
            while len(source.buffer) < SAMPLE_BYTES and await source.fill():
                pass
    raw = bytes(source.buffer[:SAMPLE_BYTES])
    if "chunked" in (page.header("transfer-encoding") or "").lower():
        raw = CHUNK_LINE.sub(b"", raw)
    if (page.header("content-encoding") or "").lower() in PACKED:
        with suppress(zlib.error):
            raw = zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(raw, SAMPLE_BYTES)
    return clean(raw.decode("utf-8", "backslashreplace"), SAMPLE_BYTES)


async def _refuse_bomb(source: _Source, page: Page) -> None:
    """Look into a packed page: a bomb is no answer of a real site."""
    if (page.header("content-encoding") or "").lower() not in PACKED:
        return
    while len(source.buffer) < SAMPLE_BYTES and await source.fill():
        pass
    opener = zlib.decompressobj(zlib.MAX_WBITS | 32)
    sample = bytes(source.buffer[:SAMPLE_BYTES])
    if "chunked" in (page.header("transfer-encoding") or "").lower():
        sample = sample.partition(b"\n")[2]
    try:
        body = opener.decompress(sample, BODY_BYTES + 1)
    except zlib.error:
        return
    if len(body) > BODY_BYTES:
        raise ProbeError("gzip_bomb")


def _unpacked(raw: bytes, encoding: str | None) -> bytes:
    """Undo gzip or deflate that we did not ask for, never into more than the cap."""
    if encoding is None or encoding.lower() in ("", "identity"):
        return raw
    if encoding.lower() not in PACKED:
        raise ProbeError("body_unreadable", clean(encoding, 80))
    opener = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        body = opener.decompress(raw, BODY_BYTES + 1)
    except zlib.error:
        raise ProbeError("body_unreadable", clean(encoding, 80)) from None
    if len(body) > BODY_BYTES:
        raise ProbeError("body_too_large")
    return body
