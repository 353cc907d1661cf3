# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The least that measuring websites can cost: the same connections and questions, nothing else.

A bare asyncio loop with the standard streams: as many handshakes by OpenSSL as the engine makes,
as many hellos of which only the first answer is read, the same questions to the resolver. It
checks nothing, keeps nothing and understands nothing.
"""

import asyncio
import ssl
import struct
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import dns.message

from dijkring.surface.engine.hello import client_hello

Place = tuple[str, int]
Question = tuple[str, str]
REQUEST = "GET {path} HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n"
ANSWER_BYTES = 65_536
# What the engine does at a healthy website: it shakes hands to verify, by itself in TLS 1.3 and in
# TLS 1.2; asks once without TLS; the rest of its connections end with the first answer.
PATHS = ("/", "/.well-known/security.txt")
HANDSHAKES, PLAIN = 3, 1


@dataclass(frozen=True)
class Site:
    """One address of a website: where its ports 443 and 80 are, and its connections in all."""

    name: str
    secure: Place
    plain: Place
    connections: int


async def visit(
    sites: Sequence[Site], resolver: Place, questions: Sequence[Question], ca_file: str, turns: int
) -> Mapping[str, Any]:
    """Do it all, `turns` sites at once; seconds and CPU as the engine's own are told."""
    contexts = _contexts(ca_file)
    queries = [dns.message.make_query(name or ".", rdtype).to_wire() for name, rdtype in questions]
    free = asyncio.Semaphore(turns)
    began, cpu = time.perf_counter(), time.process_time()

    async def one(site: Site) -> None:
        async with free:
            await _visit(site, contexts)

    await asyncio.gather(_ask_all(resolver, queries), *map(one, sites))
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    return {
        "hosts_per_second": round(len(sites) / seconds, 1),
        "cpu_ms_per_host": round(cpu / len(sites) * 1000, 2),
        "connections_per_host": round(sum(one.connections for one in sites) / len(sites), 1),
        "questions": len(queries),
    }


def _contexts(ca_file: str) -> list[ssl.SSLContext]:
    """One that verifies, and one for each version that the engine shakes hands in itself."""
    verifying = ssl.create_default_context(cafile=ca_file)
    found = [verifying]
    for version in (ssl.TLSVersion.TLSv1_3, ssl.TLSVersion.TLSv1_2):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        context.minimum_version = context.maximum_version = version
        found.append(context)
    return found


async def _visit(site: Site, contexts: Sequence[ssl.SSLContext]) -> None:
    hellos = site.connections - HANDSHAKES - PLAIN
    lanes = ([*contexts, None], [client_hello("TLS 1.2", site.name)] * hellos)
    await asyncio.gather(_requests(site, lanes[0]), _hellos(site, lanes[1]))


async def _requests(site: Site, contexts: Sequence[ssl.SSLContext | None]) -> None:
    paths = (*PATHS, "/", "/")
    for context, path in zip(contexts, paths, strict=True):
        place = site.secure if context else site.plain
        name = site.name if context else None
        reader, writer = await asyncio.open_connection(*place, ssl=context, server_hostname=name)
        writer.write(REQUEST.format(path=path, name=site.name).encode())
        await reader.read(ANSWER_BYTES)
        writer.transport.abort()


async def _hellos(site: Site, hellos: Sequence[bytes]) -> None:
    for hello in hellos:
        reader, writer = await asyncio.open_connection(*site.secure)
        writer.write(hello)
        await reader.read(ANSWER_BYTES)
        writer.close()


class _Asked(asyncio.DatagramProtocol):
    def __init__(self, count: int) -> None:
        self.heard: list[asyncio.Future[bytes]] = [
            asyncio.get_running_loop().create_future() for _ in range(count)
        ]

    def datagram_received(self, data: bytes, addr: object) -> None:
        heard = self.heard[struct.unpack("!H", data[:2])[0]]
        if not heard.done():
            heard.set_result(data)


async def _ask_all(resolver: Place, queries: Sequence[bytes]) -> None:
    """Each question by its place in the list, one after the other."""
    loop = asyncio.get_running_loop()
    transport, asked = await loop.create_datagram_endpoint(
        lambda: _Asked(len(queries)), remote_addr=resolver
    )
    for number, query in enumerate(queries):
        transport.sendto(struct.pack("!H", number) + query[2:])
        async with asyncio.timeout(5):
            await asked.heard[number]
    transport.close()
