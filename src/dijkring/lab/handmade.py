# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A TLS server built by hand, for the faults that OpenSSL cannot be talked into.

Small but real: TLS 1.3 (RFC 8446) and TLS 1.2 (RFC 5246) with X25519, AES-GCM and a P-256
certificate. Each fault is one field of `Faults`.
"""

import asyncio
import hashlib
import os
import struct
from dataclasses import dataclass, field
from typing import Any, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, x25519

from dijkring.lab import ancient
from dijkring.lab import handmade_keys as keys
from dijkring.lab.handmade_keys import (
    ALERT,
    APPLICATION,
    HANDSHAKE,
    ModernKeys,
    ModernSeal,
    OldSeal,
    Seal,
    extension,
    long,
    message,
    record,
    short,
)
from dijkring.lab.web import Handler

CHANGE_CIPHER = 20
X25519, ECDSA_SHA256 = 0x001D, 0x0403
MODERN_SUITES = {0x1302: ("sha384", 32), 0x1301: ("sha256", 16)}
OLD_SUITES = {0xC02C: ("sha384", 32), 0xC02B: ("sha256", 16)}
SIGNALLING, RENEGOTIATION = 0x00FF, 0xFF01
RETRY = bytes.fromhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")
PROOF_TEXT = b" " * 64 + b"TLS 1.3, server CertificateVerify\0"
HANDSHAKE_FAILURE, PROTOCOL_VERSION, NO_RENEGOTIATION, CLOSE_NOTIFY = 40, 70, 100, 0
HANDSHAKE_SECONDS = 10
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
class Session:
    """One connection, from the first hello to encrypted lines in both directions."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    credentials: Credentials
    faults: Faults
    incoming: Seal | None = None
    outgoing: Seal | None = None
    modern: bool = False
    _transcript: bytes = b""
    _early: bytearray = field(default_factory=bytearray)

    async def handshake(self) -> None:
        """Shake hands in the newest version that both speak; Refused after an alert otherwise."""
        try:
            async with asyncio.timeout(HANDSHAKE_SECONDS):
                asked = await self._hello()
                if 0x0304 in asked.numbers(43, 1):
                    await self._modern(asked)
                elif asked.version >= 0x0303:
                    await self._old(asked)
                else:
                    await self._ancient(asked)
        except Refused as refusal:
            self.writer.write(record(ALERT, bytes([2, refusal.alert])))
            await self.writer.drain()
            raise

    async def _ancient(self, asked: Asked) -> None:
        """Answer in SSL 3.0 where that is the fault; nobody goes on from there."""
        if self.faults.ssl_3 and ancient.SUITE_3 in asked.suites:
            self.writer.write(ancient.flight_3(self.credentials.chain, os.urandom(32)))
            await self.writer.drain()
        raise Refused(PROTOCOL_VERSION)

    async def _hello(self) -> Asked:
        kind, body = await self._message()
        if kind != 1:
            raise Refused
        return read_hello(body)

    async def _message(self) -> tuple[int, bytes]:
        """The next clear handshake message, added to the transcript."""
        while len(self._early) < 4 or len(self._early) < self._size():
            kind, content = await self.record()
            if kind == HANDSHAKE:
                self._early += content
            elif kind != CHANGE_CIPHER:
                raise Refused
        whole, size = bytes(self._early), self._size()
        del self._early[:size]
        self._transcript += whole[:size]
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

    async def _modern(self, asked: Asked) -> None:
        self.modern = True
        suite = next((one for one in MODERN_SUITES if one in asked.suites), None)
        fits = X25519 in asked.numbers(10) and ECDSA_SHA256 in asked.numbers(13)
        if suite is None or not fits:
            raise Refused
        digest, key_bytes = MODERN_SUITES[suite]
        if asked.share() is None:
            asked = await self._ask_again(asked, suite, digest)
        own = x25519.X25519PrivateKey.generate()
        common = own.exchange(x25519.X25519PublicKey.from_public_bytes(asked.share() or b""))
        share = struct.pack("!H", X25519) + long(own.public_key().public_bytes_raw())
        hello = self._server_hello(asked, suite, os.urandom(32), share)
        secrets = ModernKeys.of(common, self._transcript, digest)
        sealed = ModernSeal(secrets.server, key_bytes, digest)
        flight = self._flight(secrets)
        self.writer.write(hello + record(CHANGE_CIPHER, b"\x01") + sealed.close(HANDSHAKE, flight))
        await self.writer.drain()
        self.outgoing = ModernSeal(
            secrets.traffic("s ap traffic", self._transcript), key_bytes, digest
        )
        ours = secrets.traffic("c ap traffic", self._transcript)
        await self._client_finished(ModernSeal(secrets.client, key_bytes, digest))
        self.incoming = ModernSeal(ours, key_bytes, digest)
        self._send_ticket()

    async def _ask_again(self, asked: Asked, suite: int, digest: str) -> Asked:
        """Ask for a key for X25519 (HelloRetryRequest)."""
        hashed = hashlib.new(digest, self._transcript).digest()
        self._transcript = message(254, hashed)
        share = struct.pack("!H", X25519)
        self.writer.write(self._server_hello(asked, suite, RETRY, share))
        await self.writer.drain()
        again = await self._hello()
        if again.share() is None:
            raise Refused
        return again

    def _server_hello(self, asked: Asked, suite: int, random: bytes, share: bytes) -> bytes:
        body = b"\x03\x03" + random + short(asked.session) + struct.pack("!HB", suite, 0)
        body += long(extension(43, b"\x03\x04") + extension(51, share))
        hello = message(2, body)
        self._transcript += hello
        return record(HANDSHAKE, hello)

    def _flight(self, secrets: ModernKeys) -> bytes:
        """EncryptedExtensions, Certificate, CertificateVerify and Finished."""
        entries = b""
        for at, der in enumerate(self.credentials.chain):
            status = b"\x01" + len(self.faults.staple).to_bytes(3, "big") + self.faults.staple
            along = extension(5, status) if self.faults.staple and at == 0 else b""
            entries += len(der).to_bytes(3, "big") + der + long(along)
        start = len(self._transcript)
        self._transcript += message(8, long(b""))
        self._transcript += message(11, b"\0" + len(entries).to_bytes(3, "big") + entries)
        said = PROOF_TEXT + hashlib.new(secrets.digest, self._transcript).digest()
        proof = struct.pack("!H", ECDSA_SHA256) + long(self._signed(said))
        self._transcript += message(15, proof)
        self._transcript += message(20, secrets.finished(secrets.server, self._transcript))
        return self._transcript[start:]

    def _signed(self, data: bytes) -> bytes:
        return self.credentials.key.sign(data, ec.ECDSA(hashes.SHA256()))

    async def _client_finished(self, sealed: ModernSeal) -> None:
        while True:
            kind, body = await self.record()
            if kind != CHANGE_CIPHER:
                kind, _content = sealed.open(kind, body)
                if kind != HANDSHAKE:
                    raise Refused
                return

    def _send_ticket(self) -> None:
        """A ticket that allows early data; without that fault none is given."""
        if self.faults.early_data and self.outgoing:
            allowed = long(extension(42, struct.pack("!I", LARGEST)))
            ticket = struct.pack("!II", 7200, 1) + short(b"1") + long(os.urandom(32)) + allowed
            self.writer.write(self.outgoing.close(HANDSHAKE, message(4, ticket)))

    async def _old(self, asked: Asked) -> None:
        suite = next((one for one in OLD_SUITES if one in asked.suites), None)
        fits = X25519 in asked.numbers(10) and ECDSA_SHA256 in asked.numbers(13)
        if suite is None or not fits:
            raise Refused
        random, own = os.urandom(32), x25519.X25519PrivateKey.generate()
        start = len(self._transcript)
        self._transcript += self._old_hello(asked, suite, random)
        self._transcript += self._old_flight(asked, random, own)
        self.writer.write(record(HANDSHAKE, self._transcript[start:]))
        await self.writer.drain()
        kind, body = await self._message()
        if kind != 16:
            raise Refused
        common = own.exchange(x25519.X25519PublicKey.from_public_bytes(body[1:]))
        await self._old_finish(asked, suite, random, common)

    def _old_hello(self, asked: Asked, suite: int, random: bytes) -> bytes:
        compressed = self.faults.compression and 1 in asked.compressions
        safe = SIGNALLING in asked.suites or RENEGOTIATION in asked.extensions
        along = extension(23, b"") if 23 in asked.extensions else b""
        if safe and not self.faults.without_renegotiation:
            along += extension(RENEGOTIATION, b"\0")
        body = b"\x03\x03" + random + short(b"") + struct.pack("!HB", suite, compressed)
        return message(2, body + long(along))

    def _old_flight(self, asked: Asked, random: bytes, own: x25519.X25519PrivateKey) -> bytes:
        listed = b"".join(len(der).to_bytes(3, "big") + der for der in self.credentials.chain)
        public = own.public_key().public_bytes_raw()
        offer = struct.pack("!BH", 3, X25519) + short(public)
        signature = self._signed(asked.random + random + offer)
        exchange = offer + struct.pack("!H", ECDSA_SHA256) + long(signature)
        certificates = message(11, len(listed).to_bytes(3, "big") + listed)
        return certificates + message(12, exchange) + message(14, b"")

    async def _old_finish(self, asked: Asked, suite: int, random: bytes, common: bytes) -> None:
        digest, size = OLD_SUITES[suite]
        label, seed = b"master secret", asked.random + random
        if 23 in asked.extensions:
            label, seed = b"extended master secret", self._hashed(digest)
        master = keys.prf(common, label, seed, 48, digest)
        block = keys.prf(master, b"key expansion", random + asked.random, 2 * size + 8, digest)
        self.incoming = OldSeal(block[:size], block[2 * size : 2 * size + 4])
        self.outgoing = OldSeal(block[size : 2 * size], block[2 * size + 4 :])
        kind, body = await self.record()
        while kind == CHANGE_CIPHER:
            kind, body = await self.record()
        _kind, finished = self.incoming.open(kind, body)
        self._transcript += finished
        proof = keys.prf(master, b"server finished", self._hashed(digest), 12, digest)
        answer = self.outgoing.close(HANDSHAKE, message(20, proof))
        self.writer.write(record(CHANGE_CIPHER, b"\x01") + answer)
        await self.writer.drain()

    def _hashed(self, digest: str) -> bytes:
        return hashlib.new(digest, self._transcript).digest()


class Encrypted:
    """Writes through a session, with as much of StreamWriter as our servers use."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def write(self, data: bytes) -> None:
        """Send data in sealed records."""
        for at in range(0, len(data), LARGEST):
            self.send(APPLICATION, data[at : at + LARGEST])

    def send(self, kind: int, data: bytes) -> None:
        """Send one sealed record."""
        if self._session.outgoing and not self._session.writer.is_closing():
            self._session.writer.write(self._session.outgoing.close(kind, data))

    async def drain(self) -> None:
        """Wait until what was sent is on its way."""
        await self._session.writer.drain()

    def is_closing(self) -> bool:
        """Whether the line is gone."""
        return self._session.writer.is_closing()

    def close(self) -> None:
        """Say that nothing follows, and hang up."""
        self.send(ALERT, bytes([1, CLOSE_NOTIFY]))
        self._session.writer.close()


async def _pump(session: Session, reader: asyncio.StreamReader, writer: Encrypted) -> None:
    """Feed what comes in to the reader; whoever asks to renegotiate hears no."""
    try:
        while session.incoming:
            kind, content = session.incoming.open(*await session.record())
            if kind == APPLICATION:
                reader.feed_data(content)
            elif kind == HANDSHAKE and not session.modern:
                writer.send(ALERT, bytes([1, NO_RENEGOTIATION]))
            elif kind == ALERT:
                break
    except (OSError, EOFError, ValueError, InvalidTag, IndexError):
        pass
    reader.feed_eof()


async def start(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    credentials: Credentials,
    faults: Faults,
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter, "asyncio.Task[None]"]:
    """Shake hands; the lines inside, and the task that feeds them. ValueError when refused."""
    session = Session(reader, writer, credentials, faults)
    try:
        await session.handshake()
    except InvalidTag:
        raise Refused from None
    inner, outer = asyncio.StreamReader(), Encrypted(session)
    pump = asyncio.create_task(_pump(session, inner, outer))
    return inner, cast("asyncio.StreamWriter", cast(Any, outer)), pump


def serving(handler: Handler, credentials: Credentials, faults: Faults) -> Handler:
    """A handler inside hand-built TLS."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inner, outer, pump = await start(reader, writer, credentials, faults)
        try:
            await handler(inner, outer)
        finally:
            outer.close()
            pump.cancel()

    return serve
