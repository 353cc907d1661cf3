# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which TLS versions a server accepts, asked one by one with hand-built hellos."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager

from dijkring.surface.engine import hello
from dijkring.surface.engine.errors import ProbeError
from dijkring.surface.engine.observations import VERSIONS, Trouble, VersionTry
from dijkring.surface.engine.tlsstream import Stream

CLEAR_BYTES = 196_608
Connect = Callable[[], AbstractAsyncContextManager[Stream]]
Attempt = Callable[[Awaitable[VersionTry]], Awaitable[VersionTry | Trouble]]


async def try_versions(
    connect: Connect, server_name: str, attempt: Attempt
) -> dict[str, VersionTry]:
    """Ask for every version from SSL 2.0 to TLS 1.3; two questions at once at most.

    `attempt` bounds one try in time and turns its failure into a Trouble. A server that hangs
    up without a word refuses that version, but only if it still talks to us afterwards.
    """

    async def one(version: str) -> VersionTry:
        seen = await attempt(_try(connect, version, server_name))
        return seen if isinstance(seen, VersionTry) else _as_try(version, seen)

    newest = await asyncio.gather(one("TLS 1.3"), one("TLS 1.2"))
    tries = dict(zip(("TLS 1.3", "TLS 1.2"), newest, strict=True))
    if any(seen.outcome != "failed" for seen in newest):
        older = [version for version in VERSIONS if version not in tries]
        tries |= dict(zip(older, await asyncio.gather(*map(one, older)), strict=True))
    accepted = next((version for version, seen in tries.items() if _accepted(seen)), None)
    if any(seen.outcome == "closed" for seen in tries.values()):
        still_there = accepted is not None and _accepted(await one(accepted))
        if not still_there:
            tries = {version: _doubt(seen) for version, seen in tries.items()}
    return {version: tries[version] for version in VERSIONS if version in tries}


def _accepted(seen: VersionTry) -> bool:
    return seen.outcome == "accepted"


def _as_try(version: str, trouble: Trouble) -> VersionTry:
    if trouble.reason == "connection_lost":
        return VersionTry("closed")
    # A server without SSL 2.0 may wait for the rest of what looks like a long TLS record.
    silent = version == "SSL 2.0" and trouble.reason in ("probe_timeout", "not_tls")
    return VersionTry("refused") if silent else VersionTry("failed", trouble)


def _doubt(seen: VersionTry) -> VersionTry:
    if seen.outcome != "closed":
        return seen
    return VersionTry("failed", Trouble("turned_away"))


async def _try(connect: Connect, version: str, server_name: str) -> VersionTry:
    async with connect() as line:
        if version == "SSL 2.0":
            return await _try_ssl2(line)
        await line.write(hello.client_hello(version, server_name))
        answer = await _first_answer(line)
    if isinstance(answer, hello.FatalAlert):
        unknown = answer.number == hello.UNRECOGNIZED_NAME
        return VersionTry("unknown_name" if unknown else "refused")
    return VersionTry("accepted" if answer.version == version else "refused")


async def _try_ssl2(line: Stream) -> VersionTry:
    await line.write(hello.ssl2_hello())
    data = b""
    while len(data) < 7:
        more = await line.read(1024)
        if not more:
            break
        data += more
    return VersionTry("accepted" if hello.is_ssl2_answer(data) else "refused")


async def _first_answer(line: Stream) -> hello.ServerHello | hello.FatalAlert:
    reader = hello.ServerReader()
    try:
        while True:
            message = reader.next_message()
            if message and message[0] == hello.SERVER_HELLO:
                return hello.parse_server_hello(message[1])
            if reader.alert:
                return reader.alert
            if message or reader.encrypted:
                raise hello.Malformed("no ServerHello")
            reader.feed(await _more(line))
    except hello.Malformed as error:
        raise ProbeError("not_tls", str(error)) from None


async def _more(line: Stream) -> bytes:
    data = await line.read()
    if not data:
        raise ProbeError("connection_lost")
    return data


async def read_clear_chain(connect: Connect, version: str, server_name: str) -> list[bytes]:
    """Read the certificates of a server whose handshake OpenSSL will not complete (≤ TLS 1.2)."""
    async with connect() as line:
        await line.write(hello.client_hello(version, server_name))
        reader, total = hello.ServerReader(), 0
        try:
            while True:
                message = reader.next_message()
                if message and message[0] == hello.CERTIFICATE:
                    return hello.parse_certificates(message[1])
                if message:
                    continue
                if reader.alert or reader.encrypted:
                    raise ProbeError("tls_alert")
                data = await _more(line)
                total += len(data)
                if total > CLEAR_BYTES:
                    raise ProbeError("handshake_too_large")
                reader.feed(data)
        except hello.Malformed as error:
            raise ProbeError("not_tls", str(error)) from None
