# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Readers of what servers send in handshakes: what is right is read, anything else is malformed."""

import struct
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkring.surface.engine import handshake13, hello
from dijkring.surface.engine.errors import ProbeError
from dijkring.surface.engine.flight import (
    FINITE,
    Flight,
    finite_prime,
    parse_exchange,
    parse_status,
    read_flight,
)
from dijkring.surface.engine.hello import FatalAlert, Malformed
from dijkring.surface.engine.smtp import leave
from dijkring.surface.engine.suites import SUITES, group_level, suite_level
from dijkring.surface.engine.tests.streams import Spoken, in_pieces

ECDHE, DHE = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"
HELLO_12 = b"\x03\x03" + bytes(32) + b"\x00" + b"\xc0\x2f" + b"\x00"


def long(data: bytes) -> bytes:
    return struct.pack("!H", len(data)) + data


def message(kind: int, body: bytes) -> bytes:
    return bytes([kind]) + len(body).to_bytes(3, "big") + body


def record(kind: int, content: bytes) -> bytes:
    return struct.pack("!BHH", kind, 0x0303, len(content)) + content


def finite(prime: int, generator: int = 2) -> bytes:
    size = (prime.bit_length() + 7) // 8
    numbers = prime.to_bytes(size, "big"), generator.to_bytes(1, "big"), b"\x05"
    return b"".join(map(long, numbers)) + b"\x04\x01" + long(b"signature")


@pytest.mark.parametrize(
    ("version", "suite", "body", "group", "signature"),
    [
        ("TLS 1.2", ECDHE, b"\x03\x00\x1d\x01k\x04\x01" + long(b"s"), "x25519", "sha256"),
        ("TLS 1.2", ECDHE, b"\x03\x00\x16\x01k\x02\x01" + long(b"s"), "secp256k1", "sha1"),
        ("TLS 1.1", ECDHE, b"\x03\x00\x17\x01k" + long(b"s"), "secp256r1", "md5-sha1"),
        ("TLS 1.0", ECDHE.replace("RSA", "ECDSA"), b"\x03\x00\x17\x01k", "secp256r1", "sha1"),
        ("TLS 1.2", ECDHE, b"\x01explicit", "explicit", ""),
        ("TLS 1.2", DHE, finite(finite_prime(2048)), "ffdhe2048", "sha256"),
        ("TLS 1.2", DHE, finite(finite_prime(3072)), "ffdhe3072", "sha256"),
        ("TLS 1.2", DHE, finite(finite_prime(3072), 5), "dh-3072", "sha256"),
        ("TLS 1.2", DHE, finite((1 << 1023) + 1), "dh-1024", "sha256"),
    ],
)
def test_parameters_of_a_key_exchange(
    version: str, suite: str, body: bytes, group: str, signature: str
) -> None:
    found = parse_exchange(version, suite, body)
    assert found
    assert (found.group, found.signature) == (group, signature)


def test_the_primes_of_rfc_7919_are_safe_primes() -> None:
    for bits in (2048, 3072):
        prime = finite_prime(bits)
        assert prime.bit_length() == bits
        assert pow(3, prime - 1, prime) == pow(3, prime // 2 - 1, prime // 2) == 1
    assert f"{finite_prime(8192):x}".endswith("d68c8bb7c5c6424cffffffffffffffff")
    assert set(FINITE) == {2048, 3072, 4096, 6144, 8192}


async def test_a_flight_is_read_to_its_end_in_any_pieces() -> None:
    body = b"\x03\x00\x1d\x01k\x04\x01" + long(b"s")
    listed = (4).to_bytes(3, "big") + (1).to_bytes(3, "big") + b"c"
    flight = message(2, HELLO_12) + message(11, listed) + message(22, b"\x01\x00\x00\x01o")
    flight += message(12, body) + message(14, b"")
    for size in (1, 7, 1000):
        found = await read_flight(in_pieces(record(22, flight), size), whole=True)
        assert not isinstance(found, FatalAlert)
        assert found.done
        assert found.staple == b"o"
        assert found.exchange
        assert found.exchange.group == "x25519"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "connection_lost"),
        (record(22, message(2, HELLO_12)), "connection_lost"),
        (record(22, message(11, b"\x00\x00\x00")), "not_tls"),
        (record(23, b"secret"), "not_tls"),
        (record(22, message(2, HELLO_12)) + record(22, message(4, bytes(9000))) * 40, "too_large"),
    ],
)
async def test_a_bad_flight(data: bytes, reason: str) -> None:
    with pytest.raises(ProbeError) as raised:
        await read_flight(Spoken([data] if data else []), whole=True)
    assert raised.value.reason.endswith(reason)


@given(st.binary(max_size=300), st.sampled_from([ECDHE, DHE, "TLS_DH_anon_WITH_RC4_128_MD5"]))
def test_any_bytes_are_read_or_malformed(body: bytes, suite: str) -> None:
    parsers: list[Callable[[bytes], object]] = [
        parse_status,
        hello.parse_extensions,
        handshake13.parse_ticket,
        handshake13.parse_certificates,
        lambda data: parse_exchange("TLS 1.2", suite, data),
    ]
    for parse in parsers:
        try:
            parse(body)
        except Malformed:
            pass


@given(st.lists(st.binary(min_size=1, max_size=60), max_size=8), st.booleans())
async def test_any_stream_ends_in_a_flight_an_alert_or_a_reason(
    pieces: list[bytes], whole: bool
) -> None:
    start = record(22, message(2, HELLO_12))
    with suppress(ProbeError):
        found = await read_flight(Spoken([start, *pieces] if whole else pieces), whole)
        assert isinstance(found, FatalAlert | Flight)


@given(st.lists(st.binary(min_size=1, max_size=60), max_size=8))
async def test_our_own_handshakes_survive_any_answer(pieces: list[bytes]) -> None:
    modern = b"\x03\x03" + bytes(32) + b"\x00\x13\x02\x00"
    modern += long(
        b"\x00\x2b\x00\x02\x03\x04\x00\x33" + long(b"\x00\x1d" + long(bytes(31) + b"\x09"))
    )
    for first in (b"", record(22, message(2, modern))):
        shaken = handshake13.Handshake13(Spoken([first, *pieces] if first else pieces), "a.example")
        with suppress(ProbeError):
            await shaken.run(leave)
            assert not shaken.complete


def test_levels_of_suites_and_groups() -> None:
    assert suite_level("TLS_AES_256_GCM_SHA384") == "good"
    assert suite_level("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256") == "sufficient"
    assert suite_level("TLS_DHE_RSA_WITH_AES_256_GCM_SHA384") == "phase_out"
    assert suite_level("TLS_RSA_WITH_AES_128_GCM_SHA256") == "insufficient"
    assert suite_level("TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8") == "insufficient"
    assert suite_level("0x1234") == "insufficient"
    assert SUITES[0xC02B] == "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"
    assert [group_level(name) for name in ("x25519", "secp224r1", "ffdhe2048", "dh-4096")] == [
        "good",
        "phase_out",
        "insufficient",
        "insufficient",
    ]
