# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""TLS 1.2 of the hand-built server (RFC 5246), with X25519, AES-GCM and a P-256 certificate."""

import os
import struct
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import x25519

from dijkring.lab import handmade_keys as keys
from dijkring.lab.handmade_keys import (
    HANDSHAKE,
    OldSeal,
    extension,
    long,
    message,
    record,
    short,
)
from dijkring.lab.handmade_wire import (
    CHANGE_CIPHER,
    ECDSA_SHA256,
    X25519,
    Asked,
    Refused,
    Wire,
)

SUITES = {0xC02C: ("sha384", 32), 0xC02B: ("sha256", 16)}
SIGNALLING, RENEGOTIATION = 0x00FF, 0xFF01


@dataclass(frozen=True)
class Handshake12:
    """A handshake over a wire; afterwards that has its seals."""

    wire: Wire

    async def shake(self, asked: Asked) -> None:
        """Shake hands, with the faults that are wanted."""
        suite = next((one for one in SUITES if one in asked.suites), None)
        fits = X25519 in asked.numbers(10) and ECDSA_SHA256 in asked.numbers(13)
        if suite is None or not fits:
            raise Refused
        random, own = os.urandom(32), x25519.X25519PrivateKey.generate()
        start = len(self.wire.transcript)
        self.wire.transcript += self._hello(asked, suite, random)
        self.wire.transcript += self._flight(asked, random, own)
        self.wire.writer.write(record(HANDSHAKE, self.wire.transcript[start:]))
        await self.wire.writer.drain()
        kind, body = await self.wire.message()
        if kind != 16:
            raise Refused
        common = own.exchange(x25519.X25519PublicKey.from_public_bytes(body[1:]))
        await self._finish(asked, suite, random, common)

    def _hello(self, asked: Asked, suite: int, random: bytes) -> bytes:
        compressed = self.wire.faults.compression and 1 in asked.compressions
        safe = SIGNALLING in asked.suites or RENEGOTIATION in asked.extensions
        along = extension(23, b"") if 23 in asked.extensions else b""
        if safe and not self.wire.faults.without_renegotiation:
            along += extension(RENEGOTIATION, b"\0")
        body = b"\x03\x03" + random + short(b"") + struct.pack("!HB", suite, compressed)
        return message(2, body + long(along))

    def _flight(self, asked: Asked, random: bytes, own: x25519.X25519PrivateKey) -> bytes:
        listed = b"".join(len(der).to_bytes(3, "big") + der for der in self.wire.credentials.chain)
        public = own.public_key().public_bytes_raw()
        offer = struct.pack("!BH", 3, X25519) + short(public)
        signature = self.wire.signed(asked.random + random + offer)
        exchange = offer + struct.pack("!H", ECDSA_SHA256) + long(signature)
        certificates = message(11, len(listed).to_bytes(3, "big") + listed)
        return certificates + message(12, exchange) + message(14, b"")

    async def _finish(self, asked: Asked, suite: int, random: bytes, common: bytes) -> None:
        digest, size = SUITES[suite]
        label, seed = b"master secret", asked.random + random
        if 23 in asked.extensions:
            label, seed = b"extended master secret", self.wire.hashed(digest)
        master = keys.prf(common, label, seed, 48, digest)
        block = keys.prf(master, b"key expansion", random + asked.random, 2 * size + 8, digest)
        self.wire.incoming = OldSeal(block[:size], block[2 * size : 2 * size + 4])
        self.wire.outgoing = OldSeal(block[size : 2 * size], block[2 * size + 4 :])
        kind, body = await self.wire.record()
        while kind == CHANGE_CIPHER:
            kind, body = await self.wire.record()
        _kind, finished = self.wire.incoming.open(kind, body)
        self.wire.transcript += finished
        proof = keys.prf(master, b"server finished", self.wire.hashed(digest), 12, digest)
        answer = self.wire.outgoing.close(HANDSHAKE, message(20, proof))
        self.wire.writer.write(record(CHANGE_CIPHER, b"\x01") + answer)
        await self.wire.writer.drain()
