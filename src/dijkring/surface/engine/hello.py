# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""TLS as bytes: a ClientHello for one version, and reading what a server answers in the clear.

Hand-built, so that what the local OpenSSL allows does not matter. After RFC 5246 and RFC 8446,
SSL 3.0 after RFC 6101, SSL 2.0 after the Netscape draft.
"""

import os
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from dijkring.surface.engine.suites import MODERN, SUITES, suite_level

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


# Signatures with a hash that no longer counts.
WEAK_SIGNATURES = [0x0203, 0x0201, 0x0202, 0x0103, 0x0101, 0x0102]
SIGNALLING = 0x00FF  # TLS_EMPTY_RENEGOTIATION_INFO_SCSV, RFC 5746
X25519 = 0x001D
GROUPS = [
    X25519,
    *(0x0017, 0x0018, 0x0019, 0x001E),
    *(0x001A, 0x001B, 0x001C, 0x001F, 0x0020, 0x0021),
    *(0x0015, 0x0016, 0x0013),
    *(0x0101, 0x0102, 0x0103, 0x0104, 0x0100, 0x11EC),
]
SIGNATURES = [0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0809, 0x080A, 0x080B]
SIGNATURES += [0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x081A, 0x081B, 0x081C]
SIGNATURES += [0x0303, 0x0301, 0x0302, 0x0402, 0x0203, 0x0201, 0x0202, 0x0101]
# Message types and extensions.
STATUS, KEY_EXCHANGE, ASKS_CERTIFICATE, DONE = 22, 12, 13, 14
STATUS_REQUEST, EXTENDED_MASTER, SUPPORTED, COOKIE, KEY_SHARE = 5, 23, 43, 44, 51
RENEGOTIATION = 0xFF01
Extensions = tuple[tuple[int, bytes], ...]


def _by_strength() -> tuple[list[int], list[int]]:
    """All suites up to TLS 1.2 and those of TLS 1.0, the best first; only RFC 5246 has the rest."""
    order = ("sufficient", "phase_out", "insufficient")
    old = [code for code in SUITES if code not in MODERN]
    ranked = sorted(old, key=lambda code: order.index(suite_level(SUITES[code])))
    return ranked, [code for code in ranked if SUITES[code].endswith(("_SHA", "_MD5"))]


SUITES_12, OLD_SUITES = _by_strength()
SUITES_13 = [0x1302, 0x1303, 0x1301, 0x1304, 0x1305]


class Malformed(ValueError):
    """The bytes are no TLS, or their lengths lie."""


@dataclass(frozen=True)
class Offer:
    """What a ClientHello offers: exactly one version ("TLS 1.2"), to a host name in ASCII.

    suites None means all of the era; shares are public keys by group (TLS 1.3 only; none makes
    the server ask for the group it prefers); finished is our part of renegotiation_info, None
    where no handshake went before; extra are further extensions.
    """

    version: str
    server_name: str
    suites: Sequence[int] | None = None
    groups: Sequence[int] = tuple(GROUPS)
    signatures: Sequence[int] = tuple(SIGNATURES)
    shares: tuple[tuple[int, bytes], ...] = ()
    finished: bytes | None = None
    extra: Extensions = ()

    def all_suites(self) -> list[int]:
        """The suites of this offer, without the signal for secure renegotiation."""
        if self.suites is not None:
            return list(self.suites)
        if self.version == "TLS 1.3":
            return SUITES_13
        return SUITES_12 if self.version == "TLS 1.2" else OLD_SUITES


def client_hello(version: str, server_name: str, seed: bytes | None = None) -> bytes:
    """Build one record with a ClientHello that offers everything of exactly one version.

    `seed` (64 bytes) replaces the random bytes in tests. Any 32 bytes are an X25519 key; nobody
    will compute with it.
    """
    seed = seed or os.urandom(64)
    share = ((X25519, seed[32:]),) if version == "TLS 1.3" else ()
    return record(version, hello_message(Offer(version, server_name, shares=share), seed))


def hello_message(offer: Offer, seed: bytes | None = None) -> bytes:
    """Build the handshake message of an offer; the seed is 32 random bytes and a session id."""
    seed = seed or os.urandom(64)
    modern = offer.version == "TLS 1.3"
    body = struct.pack("!H", min(CODES[offer.version], 0x0303)) + seed[:32]
    body += _short(seed[32:64] if modern else b"")
    signal = [] if modern or offer.finished is not None else [SIGNALLING]
    body += _long(_numbers([*offer.all_suites(), *signal]))
    # TLS 1.3 knows no compression; before it every server must know how to refuse it.
    body += _short(b"\x00" if modern or offer.finished is not None else b"\x01\x00")
    if offer.version != "SSL 3.0":
        body += _long(_extensions(offer))
    return b"\x01" + struct.pack("!I", len(body))[1:] + body


def record(version: str, message: bytes, kind: int = 22) -> bytes:
    """Wrap a first message in a clear record."""
    return struct.pack("!BHH", kind, 0x0300 if version == "SSL 3.0" else 0x0301, len(message)) + (
        message
    )


def _extensions(offer: Offer) -> bytes:
    name = b"\x00" + _long(offer.server_name.encode("ascii"))
    fixed = _fixed_extensions(offer.version, tuple(offer.groups), tuple(offer.signatures))
    parts = list(offer.extra)
    if offer.finished is not None:
        parts.append((RENEGOTIATION, _short(offer.finished)))
    if offer.version == "TLS 1.3":
        shares = b"".join(struct.pack("!H", group) + _long(key) for group, key in offer.shares)
        parts.append((KEY_SHARE, _long(shares)))
    return _joined([(0, _long(name))]) + fixed + _joined(parts)


@lru_cache(512)
def _fixed_extensions(version: str, groups: tuple[int, ...], signatures: tuple[int, ...]) -> bytes:
    """What every server is told alike; the same few offers are made over and over."""
    parts = [(10, _long(_numbers(groups)))]
    if version != "TLS 1.3":
        parts += [(11, _short(b"\x00")), (EXTENDED_MASTER, b"")]
    if version in ("TLS 1.2", "TLS 1.3"):
        parts += [(13, _long(_numbers(signatures)))]
        parts += [(STATUS_REQUEST, b"\x01\x00\x00\x00\x00")]
    if version == "TLS 1.3":
        parts += [(SUPPORTED, _short(_numbers([CODES[version]]))), (45, b"\x01\x01")]
    return _joined(parts)


def _joined(parts: Iterable[tuple[int, bytes]]) -> bytes:
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


def _numbers(values: Sequence[int]) -> bytes:
    return struct.pack(f"!{len(values)}H", *values)


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
    random: bytes = b""
    compression: int = 0
    extensions: dict[int, bytes] = field(default_factory=dict)

    def group(self) -> int | None:
        """The group of the key share or of the request for one (TLS 1.3)."""
        share = self.extensions.get(KEY_SHARE)
        return int.from_bytes(share[:2], "big") if share and len(share) >= 2 else None


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
    reader = Bytes(body)
    version, random = reader.number(2), reader.take(32)
    reader.take(reader.number(1))
    suite, compression = reader.number(2), reader.number(1)
    extensions = parse_extensions(reader.take(reader.number(2))) if reader.left() else {}
    if SUPPORTED in extensions:
        # RFC 8446 section 4.2.1: the true version stands here.
        version = Bytes(extensions[SUPPORTED]).number(2)
    if version not in NAMES:
        raise Malformed("unknown version")
    retry = random == RETRY
    return ServerHello(NAMES[version], suite, retry, random, compression, extensions)


def parse_extensions(data: bytes) -> dict[int, bytes]:
    """Read a list of extensions into content by number."""
    reader = Bytes(data)
    found: dict[int, bytes] = {}
    while reader.left():
        number = reader.number(2)
        found[number] = reader.take(reader.number(2))
    return found


def parse_certificates(body: bytes) -> list[bytes]:
    """Read the DER certificates from a Certificate message of TLS 1.2 or older."""
    reader = Bytes(body)
    listed = Bytes(reader.take(reader.number(3)))
    found: list[bytes] = []
    while listed.left():
        found.append(listed.take(listed.number(3)))
        if len(found) > MOST_CERTIFICATES:
            raise Malformed("too many certificates")
    return found


@dataclass
class Bytes:
    """A reader over bytes; Malformed beyond their end."""

    data: bytes
    at: int = 0

    def take(self, count: int) -> bytes:
        """Give the next bytes."""
        if self.at + count > len(self.data):
            raise Malformed("shorter than it says")
        self.at += count
        return self.data[self.at - count : self.at]

    def number(self, size: int) -> int:
        """Give the next number of so many bytes."""
        return int.from_bytes(self.take(size), "big")

    def left(self) -> int:
        """How many bytes are left."""
        return len(self.data) - self.at


def take_message(buffer: bytearray) -> bytes | None:
    """Take the first whole handshake message out of a buffer, header included (RFC 8446, 4).

    None while it is not there in full; Malformed when it claims to be too large.
    """
    if len(buffer) < 4:
        return None
    end = 4 + int.from_bytes(buffer[1:4], "big")
    if end > LARGEST_MESSAGE:
        raise Malformed("handshake message too large")
    if len(buffer) < end:
        return None
    message = bytes(buffer[:end])
    del buffer[:end]
    return message
