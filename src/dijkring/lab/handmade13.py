# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""TLS 1.3 of the hand-built server (RFC 8446), with X25519, AES-GCM and a P-256 certificate."""

import hashlib
import os
import struct
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import x25519

from dijkring.lab.handmade_keys import (
    HANDSHAKE,
    ModernKeys,
    ModernSeal,
    extension,
    long,
    message,
    record,
    short,
)
from dijkring.lab.handmade_wire import (
    CHANGE_CIPHER,
    ECDSA_SHA256,
    LARGEST,
    X25519,
    Asked,
    Refused,
    Wire,
)

SUITES = {0x1302: ("sha384", 32), 0x1301: ("sha256", 16)}
RETRY = bytes.fromhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")
PROOF_TEXT = b" " * 64 + b"TLS 1.3, server CertificateVerify\0"


@dataclass(frozen=True)
class Handshake13:
    """A handshake over a wire; afterwards that has its seals."""

    wire: Wire

    async def shake(self, asked: Asked) -> None:
        """Shake hands, and give the ticket that the fault asks for."""
        suite = next((one for one in SUITES if one in asked.suites), None)
        fits = X25519 in asked.numbers(10) and ECDSA_SHA256 in asked.numbers(13)
        if suite is None or not fits:
            raise Refused
        digest, key_bytes = SUITES[suite]
        if asked.share() is None:
            asked = await self._ask_again(asked, suite, digest)
        own = x25519.X25519PrivateKey.generate()
        common = own.exchange(x25519.X25519PublicKey.from_public_bytes(asked.share() or b""))
        share = struct.pack("!H", X25519) + long(own.public_key().public_bytes_raw())
        hello = self._server_hello(asked, suite, os.urandom(32), share)
        secrets = ModernKeys.of(common, self.wire.transcript, digest)
        sealed = ModernSeal(secrets.server, key_bytes, digest)
        flight = self._flight(secrets)
        self.wire.writer.write(
            hello + record(CHANGE_CIPHER, b"\x01") + sealed.close(HANDSHAKE, flight)
        )
        await self.wire.writer.drain()
        self.wire.outgoing = ModernSeal(
            secrets.traffic("s ap traffic", self.wire.transcript), key_bytes, digest
        )
        ours = secrets.traffic("c ap traffic", self.wire.transcript)
        await self._client_finished(ModernSeal(secrets.client, key_bytes, digest))
        self.wire.incoming = ModernSeal(ours, key_bytes, digest)
        self._send_ticket()

    async def _ask_again(self, asked: Asked, suite: int, digest: str) -> Asked:
        """Ask for a key for X25519 (HelloRetryRequest)."""
        hashed = hashlib.new(digest, self.wire.transcript).digest()
        self.wire.transcript = message(254, hashed)
        share = struct.pack("!H", X25519)
        self.wire.writer.write(self._server_hello(asked, suite, RETRY, share))
        await self.wire.writer.drain()
        again = await self.wire.hello()
        if again.share() is None:
            raise Refused
        return again

    def _server_hello(self, asked: Asked, suite: int, random: bytes, share: bytes) -> bytes:
        body = b"\x03\x03" + random + short(asked.session) + struct.pack("!HB", suite, 0)
        body += long(extension(43, b"\x03\x04") + extension(51, share))
        hello = message(2, body)
        self.wire.transcript += hello
        return record(HANDSHAKE, hello)

    def _flight(self, secrets: ModernKeys) -> bytes:
        """EncryptedExtensions, Certificate, CertificateVerify and Finished."""
        entries = b""
        for at, der in enumerate(self.wire.credentials.chain):
            status = (
                b"\x01" + len(self.wire.faults.staple).to_bytes(3, "big") + self.wire.faults.staple
            )
            along = extension(5, status) if self.wire.faults.staple and at == 0 else b""
            entries += len(der).to_bytes(3, "big") + der + long(along)
        start = len(self.wire.transcript)
        self.wire.transcript += message(8, long(b""))
        self.wire.transcript += message(11, b"\0" + len(entries).to_bytes(3, "big") + entries)
        said = PROOF_TEXT + hashlib.new(secrets.digest, self.wire.transcript).digest()
        proof = struct.pack("!H", ECDSA_SHA256) + long(self.wire.signed(said))
        self.wire.transcript += message(15, proof)
        self.wire.transcript += message(20, secrets.finished(secrets.server, self.wire.transcript))
        return self.wire.transcript[start:]

    async def _client_finished(self, sealed: ModernSeal) -> None:
        while True:
            kind, body = await self.wire.record()
            if kind != CHANGE_CIPHER:
                kind, _content = sealed.open(kind, body)
                if kind != HANDSHAKE:
                    raise Refused
                return

    def _send_ticket(self) -> None:
        """A ticket that allows early data; without that fault none is given."""
        if self.wire.faults.early_data and self.wire.outgoing:
            allowed = long(extension(42, struct.pack("!I", LARGEST)))
            ticket = struct.pack("!II", 7200, 1) + short(b"1") + long(os.urandom(32)) + allowed
            self.wire.writer.write(self.wire.outgoing.close(HANDSHAKE, message(4, ticket)))
