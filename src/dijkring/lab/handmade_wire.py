# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What both versions of the hand-built server share: its faults, a hello read, its records."""

import asyncio
import hashlib
import os
import struct
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from dijkring.lab import ancient
from dijkring.lab.handmade_keys import HANDSHAKE, Seal

CHANGE_CIPHER = 20
X25519, ECDSA_SHA256 = 0x001D, 0x0403
HANDSHAKE_FAILURE, PROTOCOL_VERSION = 40, 70
LARGEST = 16_384


@dataclass(frozen=True)
class Faults:
    """What is wrong: compression agreed to, no secure renegotiation, early data allowed.

    ssl_2 and ssl_3 answer who offers no more than that; staple is an OCSP answer to send along
    (no fault by itself).
    """

    compression: bool = False
    without_renegotiation: bool = False
    early_data: bool = False
    ssl_2: bool = False
    ssl_3: bool = False
    staple: bytes = b""


@dataclass(frozen=True)
class Credentials:
    """The chain in DER, its own first, and the P-256 key of the first."""

    chain: tuple[bytes, ...]
    key: ec.EllipticCurvePrivateKey


class Refused(ValueError):
    """We agree on nothing, or cannot read what was sent; the number of an alert."""

    def __init__(self, alert: int = HANDSHAKE_FAILURE) -> None:
        super().__init__(alert)
        self.alert = alert


@dataclass(frozen=True)
class Asked:
    """A ClientHello, read."""

    version: int
    random: bytes
    session: bytes
    suites: frozenset[int]
    compressions: bytes
    extensions: dict[int, bytes]

    def numbers(self, number: int, width: int = 2) -> set[int]:
        """The numbers in an extension that is a list of them."""
        data = self.extensions.get(number, b"")[width:]
        return {int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)}

    def share(self) -> bytes | None:
        """The key that the client sent for X25519."""
        data = self.extensions.get(51, b"")[2:]
        while len(data) >= 4:
            group, size = struct.unpack("!HH", data[:4])
            if group == X25519:
                return data[4 : 4 + size]
            data = data[4 + size :]
        return None


def read_hello(body: bytes) -> Asked:
    """Read the body of a ClientHello; Refused when it is none."""
    try:
        version, random = int.from_bytes(body[:2], "big"), body[2:34]
        at = 35 + body[34]
        session = body[35:at]
        size = int.from_bytes(body[at : at + 2], "big")
        suites = struct.unpack(f"!{size // 2}H", body[at + 2 : at + 2 + size])
        at += 2 + size
        compressions = body[at + 1 : at + 1 + body[at]]
        found, rest = {}, body[at + 3 + body[at] :]
        while rest:
            number, size = struct.unpack("!HH", rest[:4])
            found[number], rest = rest[4 : 4 + size], rest[4 + size :]
    except (IndexError, struct.error):
        raise Refused from None
    return Asked(version, random, session, frozenset(suites), compressions, found)


@dataclass
class Wire:
    """One connection: records in and out, and all that was said in the handshake."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    credentials: Credentials
    faults: Faults
    incoming: Seal | None = None
    outgoing: Seal | None = None
    transcript: bytes = b""
    _early: bytearray = field(default_factory=bytearray)

    async def hello(self) -> Asked:
        """The next ClientHello."""
        kind, body = await self.message()
        if kind != 1:
            raise Refused
        return read_hello(body)

    async def message(self) -> tuple[int, bytes]:
        """The next clear handshake message, added to the transcript."""
        while len(self._early) < 4 or len(self._early) < self._size():
            kind, content = await self.record()
            if kind == HANDSHAKE:
                self._early += content
            elif kind != CHANGE_CIPHER:
                raise Refused
        whole, size = bytes(self._early), self._size()
        del self._early[:size]
        self.transcript += whole[:size]
        return whole[0], whole[4:size]

    def _size(self) -> int:
        return 4 + int.from_bytes(self._early[1:4], "big")

    async def record(self) -> tuple[int, bytes]:
        """The kind and content of the next record."""
        header = await self.reader.readexactly(5)
        if self.faults.ssl_2 and ancient.is_hello_2(header):
            self.writer.write(ancient.flight_2(self.credentials.chain[0], os.urandom(16)))
            raise Refused(PROTOCOL_VERSION)
        kind, version, size = struct.unpack("!BHH", header)
        if version >> 8 != 3 or size > LARGEST + 2048:
            raise Refused
        return kind, await self.reader.readexactly(size)

    def signed(self, data: bytes) -> bytes:
        """Sign with the key of our certificate."""
        return self.credentials.key.sign(data, ec.ECDSA(hashes.SHA256()))

    def hashed(self, digest: str) -> bytes:
        """The hash of all that was said until now."""
        return hashlib.new(digest, self.transcript).digest()
