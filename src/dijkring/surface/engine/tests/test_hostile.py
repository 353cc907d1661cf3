# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Servers that lie, dawdle or lead astray: real sockets, bounded cost, an honest answer."""

import asyncio
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from dijkring.surface.engine.addressmap import from_pairs
from dijkring.surface.engine.judge import judge
from dijkring.surface.engine.lookup import Resolver
from dijkring.surface.engine.observations import Lookup, WebSeen
from dijkring.surface.engine.run import Options, Run, prepare
from dijkring.surface.engine.tests.seen import NAME, V4, domain, found
from dijkring.surface.engine.web import look_at_site

Speak = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"


@dataclass
class Known(Resolver):
    """A resolver that knows a few names and asks nobody."""

    servers: tuple[tuple[str, int], ...] = ()
    names: dict[tuple[str, str], Lookup] = field(default_factory=dict)

    async def look_up(self, name: str, rdtype: str) -> Lookup:
        return self.names.get((name, rdtype), Lookup(name, rdtype, "nxdomain"))


@asynccontextmanager
async def listening(speak: Speak, context: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await speak(reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    async with server:
        yield server.sockets[0].getsockname()[1]


def a_run(ports: dict[int, int], names: dict[tuple[str, str], Lookup] | None = None) -> Run:
    pairs = [((V4, port), ("127.0.0.1", here)) for port, here in ports.items()]
    options = Options(address_map=from_pairs(pairs), probe_seconds=0.5, host_seconds=3)
    run = prepare(options)
    run.resolver = Known(names=names or {})
    return run


def states(seen: WebSeen) -> dict[str, tuple[str, object]]:
    return {
        one.check.partition(".")[2]: (one.state, one.detail["reason"])
        for one in judge(domain(web=(seen,)))
        if one.check.startswith("web-") and "/" in one.subject
    }


def replying(data: bytes) -> Speak:
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(data)
        await writer.drain()

    return speak


def redirecting(target: str) -> Speak:
    return replying(f"HTTP/1.1 302 Found\r\nLocation: {target}\r\n\r\n".encode())


async def security_txt_via(target: str, context: ssl.SSLContext, **names: str) -> object:
    """The trouble that fetching security.txt ends in when the site redirects to a target."""
    known = {(name.replace("_", "."), "A"): found(name, "A", ip) for name, ip in names.items()}
    async with listening(redirecting(target), context) as port:
        seen = await look_at_site(a_run({443: port}, known), NAME, V4)
    return seen.security_txt_trouble and seen.security_txt_trouble.reason


async def test_a_redirect_never_leads_to_a_private_address(server_context: ssl.SSLContext) -> None:
    target = "http://intern.example/"
    for address in ("127.0.0.1", "169.254.169.254", "10.1.1.1", "::1", "fd00::1"):
        reason = await security_txt_via(target, server_context, intern_example=address)
        assert reason == "private_address"


async def test_a_redirect_never_leads_elsewhere(server_context: ssl.SSLContext) -> None:
    for target in (
        "http://127.0.0.1/",
        "http://[::1]/",
        "https://a.example:22/",
        "ftp://a.example/",
        "https://a_b.example/",
        "https://[",
    ):
        assert await security_txt_via(target, server_context) == "redirect_nowhere"


async def test_redirects_have_an_end(server_context: ssl.SSLContext) -> None:
    assert await security_txt_via("/nog-een", server_context) == "too_many_redirects"


async def test_a_silent_server_is_not_measured_and_costs_bounded_time() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    loop = asyncio.get_running_loop()
    async with listening(silent) as port:
        start = loop.time()
        seen = await look_at_site(a_run({443: port, 80: port}), NAME, V4)
        assert loop.time() - start < 3
    assert {state for state, _ in states(seen).values()} == {"not_measured"}


async def test_the_host_as_a_whole_has_a_deadline(server_context: ssl.SSLContext) -> None:
    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            writer.write(b"H")
            await writer.drain()
            await asyncio.sleep(0.1)

    loop = asyncio.get_running_loop()
    async with listening(drip, server_context) as port, listening(drip) as plain:
        start = loop.time()
        seen = await look_at_site(a_run({443: port, 80: plain}), NAME, V4)
        assert loop.time() - start < 4
    told = states(seen)
    assert told["https_exists"][0] == "pass"
    assert told["http_csp"] == ("not_measured", "probe_timeout")
    assert told["https_forced"] == ("not_measured", "probe_timeout")


async def test_a_server_that_stops_talking_after_a_while_gets_no_verdict_on_old_versions(
    server_context: ssl.SSLContext,
) -> None:
    calls = 0

    async def twice(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the first two hellos like TLS 1.3 would, then hang up on everything."""
        nonlocal calls
        calls += 1
        hello = await reader.read(4096)
        if calls <= 4 and b"\x2b\x00\x03\x02\x03\x04" in hello:
            body = (
                b"\x03\x03" + bytes(32) + b"\x00\x13\x01\x00" + b"\x00\x06\x00\x2b\x00\x02\x03\x04"
            )
            message = b"\x02" + struct.pack("!I", len(body))[1:] + body
            writer.write(b"\x16\x03\x03" + struct.pack("!H", len(message)) + message)
            await writer.drain()

    async with listening(twice) as port:
        seen = await look_at_site(a_run({443: port}), NAME, V4)
    assert seen.versions["TLS 1.3"].outcome == "accepted"
    assert states(seen)["tls_version"] == ("not_measured", "turned_away")


async def test_a_server_that_hangs_up_on_old_versions_only_is_good(
    server_context: ssl.SSLContext,
) -> None:
    """OpenSSL 3 answers old hellos with an alert; many servers just close. Both refuse."""

    async def picky(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        hello = await reader.read(4096)
        inner_reader, inner = await asyncio.open_connection("127.0.0.1", behind)
        if b"\x2b\x00\x03\x02\x03\x04" not in hello and b"\x03\x03" != hello[9:11]:
            inner.close()
            return
        inner.write(hello)
        await asyncio.gather(copy(reader, inner), copy(inner_reader, writer))

    async def copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        try:
            while data := await source.read(4096):
                target.write(data)
                await target.drain()
        except OSError:
            pass
        target.close()

    page = replying(OK + b"Content-Length: 0\r\n\r\n")
    async with listening(page, server_context) as behind, listening(picky) as port:
        seen = await look_at_site(a_run({443: port}), NAME, V4)
    assert seen.versions["TLS 1.0"].outcome == "closed"
    assert states(seen)["tls_version"] == ("pass", "tls_new")


async def test_http_on_the_port_of_https_is_no_tls() -> None:
    async with listening(replying(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as port:
        seen = await look_at_site(a_run({443: port}), NAME, V4)
    assert states(seen)["tls_version"][0] == "not_measured"
    assert states(seen)["https_exists"][0] == "not_measured"


async def test_closed_ports_are_answers(server_context: ssl.SSLContext) -> None:
    nothing = await look_at_site(a_run({}), NAME, V4)
    assert states(nothing)["https_exists"] == ("not_applicable", "no_website")
    async with listening(replying(OK + b"\r\n")) as port:
        plain_only = await look_at_site(a_run({80: port}), NAME, V4)
        both = a_run({80: port})
        assert states(plain_only)["https_exists"] == ("fail", "https_closed")
        async with listening(replying(OK + b"\r\n"), server_context) as secure:
            both = a_run({443: secure})
            seen = await look_at_site(both, NAME, V4)
    assert states(seen)["https_forced"] == ("pass", "http_closed")
    assert states(seen)["cert_trust"][0] in ("fail", "not_measured")
    assert states(seen)["cert_hostmatch"] == ("pass", "name_matches")
