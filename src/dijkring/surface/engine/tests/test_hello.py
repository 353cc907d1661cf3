# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
import asyncio
import ssl
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkring.surface.engine import hello

HELLO_12 = b"\x03\x03" + bytes(32) + b"\x00" + b"\xc0\x2f" + b"\x00"
HELLO_13 = b"\x03\x03" + bytes(32) + b"\x00\x13\x01\x00" + b"\x00\x06\x00\x2b\x00\x02\x03\x04"
RETRY_13 = b"\x03\x03" + hello.RETRY + b"\x00\x13\x01\x00" + b"\x00\x06\x00\x2b\x00\x02\x03\x04"


def record(kind: int, content: bytes) -> bytes:
    return struct.pack("!BHH", kind, 0x0303, len(content)) + content


def message(kind: int, body: bytes) -> bytes:
    return bytes([kind]) + struct.pack("!I", len(body))[1:] + body


@pytest.mark.parametrize(
    ("body", "version", "retry"),
    [
        (HELLO_12, "TLS 1.2", False),
        (HELLO_13, "TLS 1.3", False),
        (RETRY_13, "TLS 1.3", True),
        (b"\x03\x00" + HELLO_12[2:], "SSL 3.0", False),
    ],
)
def test_a_server_hello(body: bytes, version: str, retry: bool) -> None:
    found = hello.parse_server_hello(body)
    assert (found.version, found.retry) == (version, retry)


@pytest.mark.parametrize("body", [b"", HELLO_12[:30], HELLO_13[:-1], b"\x09\x09" + HELLO_12[2:]])
def test_a_broken_server_hello(body: bytes) -> None:
    with pytest.raises(hello.Malformed):
        hello.parse_server_hello(body)


def test_fragments_and_warnings_are_normal() -> None:
    flight = message(2, HELLO_12)
    data = record(21, b"\x01\x70") + record(22, flight[:3]) + record(22, flight[3:])
    reader = hello.ServerReader()
    for at in range(len(data)):
        reader.feed(data[at : at + 1])
    assert reader.next_message() == (2, HELLO_12)
    assert reader.alert is None


def test_a_fatal_alert_is_a_refusal() -> None:
    reader = hello.ServerReader()
    reader.feed(record(21, b"\x02\x46"))
    assert reader.alert == hello.FatalAlert(70)


@pytest.mark.parametrize(
    "data",
    [
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        record(22, b"")[:3] + b"\xff\xff",
        record(21, b"\x02"),
        record(21, b"\x01\x00") * 20,
        record(22, b"\x02\xff\xff\xff" + bytes(40)),
    ],
)
def test_nonsense_is_malformed(data: bytes) -> None:
    reader = hello.ServerReader()
    with pytest.raises(hello.Malformed):  # noqa: PT012 - either step may be the one that sees it
        reader.feed(data)
        reader.next_message()


@given(st.binary(max_size=400), st.sampled_from([b"", record(22, b"\x02\x00\x00\x40")[:9]]))
def test_any_bytes_are_read_or_malformed(data: bytes, start: bytes) -> None:
    reader = hello.ServerReader()
    try:
        reader.feed(start + data)
        while found := reader.next_message():
            hello.parse_server_hello(found[1])
            hello.parse_certificates(found[1])
    except hello.Malformed:
        pass


@given(st.binary(max_size=200))
def test_any_body_is_parsed_or_malformed(body: bytes) -> None:
    for parse in (hello.parse_server_hello, hello.parse_certificates):
        try:
            parse(body)
        except hello.Malformed:
            pass


def test_certificates_of_a_clear_flight() -> None:
    ders = [b"een", b"twee"]
    listed = b"".join(struct.pack("!I", len(der))[1:] + der for der in ders)
    assert hello.parse_certificates(struct.pack("!I", len(listed))[1:] + listed) == ders


@pytest.mark.parametrize("version", list(hello.CODES))
def test_lengths_in_a_client_hello_add_up(version: str) -> None:
    data = hello.client_hello(version, "dijkerveen.example", bytes(64))
    kind, _, length = struct.unpack("!BHH", data[:5])
    assert (kind, length) == (22, len(data) - 5)
    assert int.from_bytes(data[6:9], "big") == len(data) - 9
    assert (b"dijkerveen.example" in data) == (version != "SSL 3.0")


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
@pytest.mark.parametrize(
    ("allowed", "accepted"),
    [
        ((ssl.TLSVersion.TLSv1_3, ssl.TLSVersion.TLSv1_3), {"TLS 1.3"}),
        ((ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_2), {"TLS 1.2"}),
        ((ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1), {"TLS 1.0", "TLS 1.1"}),
        ((ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3), {"TLS 1.2", "TLS 1.3"}),
    ],
)
async def test_real_servers_tell_their_versions(
    allowed: tuple[ssl.TLSVersion, ssl.TLSVersion],
    accepted: set[str],
    server_context: ssl.SSLContext,
) -> None:
    server_context.set_ciphers("ALL:@SECLEVEL=0")
    server_context.minimum_version, server_context.maximum_version = allowed
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0, ssl=server_context)
    port = server.sockets[0].getsockname()[1]
    async with server:
        answers = {version: await ask(port, version) for version in hello.CODES}
    assert {version for version, answer in answers.items() if answer == version} == accepted


async def ask(port: int, version: str) -> str | None:
    """The version that a server picks when asked for one, None when it refuses."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(hello.client_hello(version, "dijkerveen.example"))
    answers = hello.ServerReader()
    while not answers.alert and (data := await reader.read(4096)):
        answers.feed(data)
        if found := answers.next_message():
            writer.close()
            return hello.parse_server_hello(found[1]).version
    writer.close()
    return None
