# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The prober against hand-built servers: old versions, staples, and servers that stop talking."""

import asyncio
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from dijkring.lab.handmade import Credentials, Faults, serving
from dijkring.surface.engine.dial import Line
from dijkring.surface.engine.observations import Trouble
from dijkring.surface.engine.probe_tls import Prober
from dijkring.surface.engine.run import Clock
from dijkring.surface.engine.smtp import leave
from dijkring.surface.engine.tests.seen import NAME

Speak = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def record(kind: int, version: int, content: bytes) -> bytes:
    return struct.pack("!BHH", kind, version, len(content)) + content


def answering(version: int, suite: int) -> Speak:
    """A server that knows one old version and one suite, and only ever gets to its first flight."""

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        data = await reader.read(4096)
        offered = struct.unpack("!H", data[9:11])[0] if data[:1] == b"\x16" else 0
        size = struct.unpack("!H", data[44:46])[0] if len(data) > 46 else 0
        wanted = struct.pack("!H", suite)
        suites = [data[46 + at : 48 + at] for at in range(0, size, 2)]
        if offered >= version and wanted in suites:
            body = struct.pack("!H", version) + bytes(32) + b"\0" + wanted + b"\0"
            flight = b"\x02" + len(body).to_bytes(3, "big") + body + b"\x0e\0\0\0"
            writer.write(record(22, version, flight))
        else:
            writer.write(record(21, 0x0300, b"\x02\x28"))
        await writer.drain()

    return speak


async def ssl2(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A server of SSL 2.0 (Netscape, section 2.6) that answers everything else with an alert."""
    data = await reader.read(4096)
    hello = b"\x04\x00\x01\x00\x02" + bytes(6)
    old = data[0] & 0x80 and data[2:3] == b"\x01"
    answer = struct.pack("!H", 0x8000 | len(hello)) + hello
    writer.write(answer if old else record(21, 0x0300, b"\x02\x46"))
    await writer.drain()


@asynccontextmanager
async def probed(speak: Speak, every_suite: bool = False) -> AsyncIterator[Prober]:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await speak(reader, writer)
        except (OSError, EOFError, ValueError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]

    @asynccontextmanager
    async def connect() -> AsyncIterator[Line]:
        _, line = await asyncio.get_running_loop().create_connection(Line, "127.0.0.1", port)
        try:
            yield line
        finally:
            line.close()

    clock = Clock(2.0, asyncio.get_running_loop().time() + 10)
    async with server:
        prober = Prober(connect, NAME, clock.attempt, leave, every_suite)
        await prober.ask()
        await prober.conclude()
        yield prober


def accepted(prober: Prober) -> set[str]:
    return {name for name, one in prober.tries.items() if one.outcome == "accepted"}


@pytest.mark.parametrize(
    ("version", "name"), [(0x0300, "SSL 3.0"), (0x0301, "TLS 1.0"), (0x0302, "TLS 1.1")]
)
async def test_a_server_of_one_old_version(version: int, name: str) -> None:
    async with probed(answering(version, 0x0005)) as prober:
        assert accepted(prober) == {name}
        assert prober.seen.suites == {name: ("TLS_RSA_WITH_RC4_128_SHA",)}
        assert prober.seen.old
        assert not prober.seen.old.secure_renegotiation
        assert prober.seen.weak_signature is None


async def test_a_server_of_ssl_2() -> None:
    async with probed(ssl2) as prober:
        assert accepted(prober) == {"SSL 2.0"}


async def test_export_suites_are_seen() -> None:
    async with probed(answering(0x0301, 0x0003)) as prober:
        assert prober.seen.suites == {"TLS 1.0": ("TLS_RSA_EXPORT_WITH_RC4_40_MD5",)}


async def test_a_server_that_says_nothing_is_all_trouble() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async with probed(silent) as prober:
        assert {one.outcome for one in prober.tries.values() if one.trouble} == {"failed"}
        assert prober.tries["TLS 1.3"].trouble == Trouble("turned_away")


def credentials(path: Path) -> Credentials:
    pem = path.read_bytes()
    key = load_pem_private_key(pem, None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    chain = x509.load_pem_x509_certificates(pem)
    return Credentials(tuple(one.public_bytes(Encoding.DER) for one in chain), key)


async def quiet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readline()
    writer.write(b"221 tot ziens\r\n")
    await writer.drain()


async def test_a_hand_built_server_is_read_in_both_versions(certificate_file: Path) -> None:
    faults = Faults(early_data=True, staple=b"no OCSP", compression=True)
    async with probed(serving(quiet, credentials(certificate_file), faults)) as prober:
        seen = prober.seen
    assert accepted(prober) == {"TLS 1.2", "TLS 1.3"}
    assert seen.new
    assert seen.new.proven
    assert seen.new.early_data == 16_384
    assert seen.staple
    assert seen.staple.status == "unreadable"
    assert seen.old
    assert seen.old.compression == 1
    assert seen.renegotiated is False
    assert len(prober.certificates) == 1


async def test_openssl_agrees_with_the_hand_built_server(certificate_file: Path) -> None:
    """Both versions of it complete a handshake with OpenSSL, which checks every signature."""
    context = ssl.create_default_context(cafile=str(certificate_file))
    context.check_hostname = False
    handler = serving(quiet, credentials(certificate_file), Faults())
    server = await asyncio.start_server(handler, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        for version in (ssl.TLSVersion.TLSv1_3, ssl.TLSVersion.TLSv1_2):
            context.minimum_version = ssl.TLSVersion.TLSv1_2
            context.maximum_version = version
            reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=context)
            writer.write(b"QUIT\r\n")
            assert await reader.readline() == b"221 tot ziens\r\n"
            writer.close()


async def test_an_offer_that_is_no_tls_is_a_reason() -> None:
    async def http(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()

    async with probed(http) as prober:
        assert prober.tries["TLS 1.3"].trouble
        assert prober.tries["TLS 1.3"].trouble.reason == "not_tls"
