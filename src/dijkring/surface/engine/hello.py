# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""TLS as bytes: a ClientHello for one version, and reading what a server answers in the clear.

Hand-built, so that what the local OpenSSL allows does not matter. After RFC 5246 and RFC 8446,
SSL 3.0 after RFC 6101, SSL 2.0 after the Netscape draft.
"""

import os
import struct
from collections.abc import Iterable
from dataclasses import dataclass, field

CODES = {"SSL 3.0": 0x0300, "TLS 1.0": 0x0301, "TLS 1.1": 0x0302, "TLS 1.2": 0x0303}
CODES["TLS 1.3"] = 0x0304
NAMES = {code: name for name, code in CODES.items()}
HANDSHAKE, ALERT, CHANGE_CIPHER, ENCRYPTED = 22, 21, 20, 23
SERVER_HELLO, CERTIFICATE = 2, 11
UNRECOGNIZED_NAME = 112
LARGEST_RECORD = 16_384 + 2_048
LARGEST_MESSAGE = 131_072
MOST_WARNINGS = 8
MOST_CERTIFICATES = 20
# RFC 8446 section 4.1.3: this random marks a HelloRetryRequest.
RETRY = bytes.fromhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")


def _span(first: int, last: int) -> list[int]:
    return list(range(first, last + 1))


# Every certificate-based or anonymous suite of the era, export and NULL too; no PSK or SRP.
OLD_SUITES = [
    *_span(0xC001, 0xC019),
    *_span(0x002F, 0x003A),
    *_span(0x0041, 0x0046),
    *_span(0x0084, 0x0089),
    *_span(0x0096, 0x009B),
    *_span(0x0001, 0x001B),
]
SUITES_12 = [
    *_span(0xCCA8, 0xCCAA),
    *_span(0xC023, 0xC032),
    *_span(0xC09C, 0xC0A3),
    *_span(0xC0AC, 0xC0AF),
    *_span(0x009C, 0x00A7),
    *_span(0x003B, 0x0040),
    *_span(0x0067, 0x006D),
    *_span(0xC03C, 0xC063),
    *_span(0xC072, 0xC07D),
    *_span(0xC086, 0xC093),
    *_span(0x00BA, 0x00C5),
    *OLD_SUITES,
]
SUITES_13 = _span(0x1301, 0x1305)
SIGNALLING = 0x00FF  # TLS_EMPTY_RENEGOTIATION_INFO_SCSV, RFC 5746
X25519 = 0x001D
GROUPS = [
    X25519,
    0x0017,
    0x0018,
    0x0019,
    0x001E,
    0x001A,
    0x001B,
    0x001C,
    0x0015,
    0x0016,
]
GROUPS += [0x001F, 0x0020, 0x0021, *_span(0x0100, 0x0104), 0x0013, 0x11EC]
SIGNATURES = [0x0403, 0x0503, 0x0603, 0x0807, 0x0808, *_span(0x0809, 0x080B)]
SIGNATURES += [*_span(0x0804, 0x0806), 0x0401, 0x0501, 0x0601, *_span(0x081A, 0x081C)]
SIGNATURES += [0x0303, 0x0301, 0x0302, 0x0402, 0x0203, 0x0201, 0x0202, 0x0101]


class Malformed(ValueError):
    """The bytes are no TLS, or their lengths lie."""


def client_hello(version: str, server_name: str, seed: bytes | None = None) -> bytes:
    """Build one record with a ClientHello that offers exactly one version ("TLS 1.2").

    `server_name` is a host name in ASCII; `seed` (64 bytes) replaces the random bytes in tests.
    """
    seed = seed or os.urandom(64)
    code = CODES[version]
    modern = version == "TLS 1.3"
    suites = SUITES_13 if modern else SUITES_12 if version == "TLS 1.2" else OLD_SUITES
    body = struct.pack("!H", min(code, 0x0303)) + seed[:32]
    body += _short(seed[32:64] if modern else b"")
    body += _long(_numbers([*suites, SIGNALLING])) + _short(b"\x00")
    if version != "SSL 3.0":
        body += _long(_extensions(version, server_name, seed[32:64]))
    message = b"\x01" + struct.pack("!I", len(body))[1:] + body
    record_version = 0x0300 if version == "SSL 3.0" else 0x0301
    return struct.pack("!BHH", HANDSHAKE, record_version, len(message)) + message


def _extensions(version: str, server_name: str, share: bytes) -> bytes:
    name = b"\x00" + _long(server_name.encode("ascii"))
    parts = [(0, _long(name)), (10, _long(_numbers(GROUPS)))]
    if version != "TLS 1.3":
        parts += [(11, _short(b"\x00")), (23, b"")]
    if version in ("TLS 1.2", "TLS 1.3"):
        parts += [(13, _long(_numbers(SIGNATURES)))]
    if version == "TLS 1.3":
        # Any 32 bytes are an X25519 key; nobody will compute with it.
        key = struct.pack("!H", X25519) + _long(share)
        parts += [
            (43, _short(_numbers([CODES[version]]))),
            (51, _long(key)),
            (45, b"\x01\x01"),
        ]
    return b"".join(struct.pack("!H", number) + _long(data) for number, data in parts)


def ssl2_hello() -> bytes:
    """Build an SSL 2.0 CLIENT-HELLO with all seven of its ciphers."""
    ciphers = b"".join(
        bytes.fromhex(code)
        for code in (
            "010080",
            "020080",
            "030080",
            "040080",
            "050080",
            "060040",
            "0700c0",
        )
    )
    body = struct.pack("!BHHHH", 1, 0x0002, len(ciphers), 0, 16) + ciphers + os.urandom(16)
    return struct.pack("!H", 0x8000 | len(body)) + body


def is_ssl2_answer(data: bytes) -> bool:
    """Tell whether the bytes begin with an SSL 2.0 SERVER-HELLO."""
    return len(data) >= 7 and bool(data[0] & 0x80) and data[2] == 4 and data[5:7] == b"\x00\x02"


def _numbers(values: Iterable[int]) -> bytes:
    return b"".join(struct.pack("!H", value) for value in values)


def _short(data: bytes) -> bytes:
    return bytes([len(data)]) + data


def _long(data: bytes) -> bytes:
    return struct.pack("!H", len(data)) + data


@dataclass(frozen=True)
class ServerHello:
    """What a server picked; a HelloRetryRequest counts as picking TLS 1.3."""

    version: str
    suite: int
    retry: bool


@dataclass(frozen=True)
class FatalAlert:
    """The server refuses, with the number of its reason (RFC 8446 section 6)."""

    number: int


@dataclass
class ServerReader:
    """Reassembles a server's clear handshake messages; fragments and warnings are normal."""

    _records: bytearray = field(default_factory=bytearray)
    _messages: bytearray = field(default_factory=bytearray)
    _warnings: int = 0
    alert: FatalAlert | None = None
    encrypted: bool = False

    def feed(self, data: bytes) -> None:
        """Take in bytes from the line; Malformed when they cannot be TLS."""
        self._records += data
        while len(self._records) >= 5 and not (self.alert or self.encrypted):
            kind, version, length = struct.unpack("!BHH", self._records[:5])
            if kind not in (HANDSHAKE, ALERT, CHANGE_CIPHER, ENCRYPTED) or version >> 8 != 3:
                raise Malformed("no TLS record")
            if length > LARGEST_RECORD:
                raise Malformed("record too large")
            if len(self._records) < 5 + length:
                return
            content = bytes(self._records[5 : 5 + length])
            del self._records[: 5 + length]
            self._take(kind, content)

    def _take(self, kind: int, content: bytes) -> None:
        if kind == HANDSHAKE:
            self._messages += content
        elif kind == ALERT:
            self._take_alert(content)
        elif kind == ENCRYPTED:
            self.encrypted = True

    def _take_alert(self, content: bytes) -> None:
        if len(content) != 2:
            raise Malformed("alert of the wrong length")
        level, number = content
        if level == 2:
            self.alert = FatalAlert(number)
        self._warnings += 1
        if self._warnings > MOST_WARNINGS:
            raise Malformed("too many warnings")

    def next_message(self) -> tuple[int, bytes] | None:
        """Give the next whole message as (type, body), None while more bytes are needed."""
        if len(self._messages) < 4:
            return None
        length = int.from_bytes(self._messages[1:4], "big")
        if length > LARGEST_MESSAGE:
            raise Malformed("handshake message too large")
        if len(self._messages) < 4 + length:
            return None
        kind, body = self._messages[0], bytes(self._messages[4 : 4 + length])
        del self._messages[: 4 + length]
        return kind, body


def parse_server_hello(body: bytes) -> ServerHello:
    """Read the body of a ServerHello; Malformed when a length or the version cannot be."""
    reader = _Bytes(body)
    version, random = reader.number(2), reader.take(32)
    reader.take(reader.number(1))
    suite, _ = reader.number(2), reader.number(1)
    if reader.left():
        version = _negotiated(_Bytes(reader.take(reader.number(2))), version)
    if version not in NAMES:
        raise Malformed("unknown version")
    return ServerHello(NAMES[version], suite, random == RETRY)


def _negotiated(extensions: "_Bytes", version: int) -> int:
    """The version from supported_versions (43) when the server sent it (RFC 8446 4.2.1)."""
    while extensions.left():
        number = extensions.number(2)
        content = _Bytes(extensions.take(extensions.number(2)))
        if number == 43:
            version = content.number(2)
    return version


def parse_certificates(body: bytes) -> list[bytes]:
    """Read the DER certificates from a Certificate message of TLS 1.2 or older."""
    reader = _Bytes(body)
    listed = _Bytes(reader.take(reader.number(3)))
    found: list[bytes] = []
    while listed.left():
        found.append(listed.take(listed.number(3)))
        if len(found) > MOST_CERTIFICATES:
            raise Malformed("too many certificates")
    return found


@dataclass
class _Bytes:
    data: bytes
    at: int = 0

    def take(self, count: int) -> bytes:
        if self.at + count > len(self.data):
            raise Malformed("shorter than it says")
        self.at += count
        return self.data[self.at - count : self.at]

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "big")

    def left(self) -> int:
        return len(self.data) - self.at
