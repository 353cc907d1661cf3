# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A handshake of TLS 1.2 of our own (RFC 5246), to ask for another one inside it.

OpenSSL's own client cannot be asked to renegotiate from Python; a server that agrees lets
strangers make it compute.
"""

import hashlib
import os
import struct
from dataclasses import dataclass, field

from dijkring.surface.engine import hello, sealed
from dijkring.surface.engine.errors import ProbeError
from dijkring.surface.engine.flight import Flight
from dijkring.surface.engine.hello import Malformed, Offer
from dijkring.surface.engine.tlsstream import Stream

CLIENT_KEY_EXCHANGE, FINISHED = 16, 20
FINISHED_BYTES = 12
# After asking to renegotiate we read at most this many records before we call it refused.
MOST_RECORDS = 8


@dataclass
class Handshake12:
    """One handshake, with all that is learned on the way; `flight` alone means accepted.

    renegotiated tells whether the server starts a second handshake when asked, None before that.
    """

    line: Stream
    server_name: str
    flight: Flight | None = None
    alert: hello.FatalAlert | None = None
    asked: bool = False
    renegotiated: bool | None = None
    _random: bytes = b""
    _transcript: bytes = b""
    _messages: bytearray = field(default_factory=bytearray)

    async def greet(self) -> None:
        """Offer everything and read the clear flight; a fatal alert is no error."""
        self._records = sealed.Records(self.line)
        seed = os.urandom(64)
        self._random = seed[:32]
        message = hello.hello_message(Offer("TLS 1.2", self.server_name), seed)
        self._transcript = message
        await self.line.write(hello.record("TLS 1.2", message))
        try:
            while not (self.alert or self._is_done()):
                self._take(*await self._clear())
        except Malformed as error:
            raise ProbeError("not_tls", str(error)) from None

    def _is_done(self) -> bool:
        flight = self.flight
        return flight is not None and (flight.done or flight.hello.version != "TLS 1.2")

    async def _clear(self) -> tuple[int, bytes]:
        """The next message that is not encrypted; type 0 for what is passed over."""
        while not (found := hello.take_message(self._messages)):
            kind, content = await self._records.next()
            if kind == sealed.ALERT:
                return -1, content
            if kind != sealed.HANDSHAKE:
                raise Malformed("no handshake")
            self._messages += content
        self._transcript += found
        return found[0], found[4:]

    def _take(self, kind: int, body: bytes) -> None:
        if kind == -1:
            if len(body) == 2 and body[0] == 2:
                self.alert = hello.FatalAlert(body[1])
        elif self.flight is None:
            if kind != hello.SERVER_HELLO:
                raise Malformed("no ServerHello")
            self.flight = Flight(hello.parse_server_hello(body))
        else:
            self.flight.take(kind, body)

    async def renegotiate(self) -> None:
        """Complete the handshake, then ask for a second one; ProbeError when the first fails."""
        flight, suite = self.flight, self.flight.suite if self.flight else ""
        if flight is None or flight.exchange is None or "_ECDHE_" not in suite:
            raise ProbeError("tls_failed", suite)
        cipher = sealed.cipher_of(suite)
        share = sealed.make_share(flight.exchange.group)
        try:
            secret = share.agree(flight.exchange.public)
        except ValueError:
            raise ProbeError("tls_failed", "key share") from None
        messages = _message(hello.CERTIFICATE, b"\0\0\0") if flight.asks_certificate else b""
        public = bytes([len(share.public)]) + share.public
        messages += _message(CLIENT_KEY_EXCHANGE, public)
        self._transcript += messages
        master = self._master(secret, cipher.digest)
        ours, theirs = self._seals(master, cipher)
        proof = self._finished(master, b"client finished", cipher.digest)
        sent = _message(FINISHED, proof)
        self._transcript += sent
        await self.line.write(
            _clear_record(sealed.HANDSHAKE, messages)
            + _clear_record(hello.CHANGE_CIPHER, b"\x01")
            + ours.close(sealed.HANDSHAKE, sent)
        )
        await self._read_finished(theirs)
        await self._ask_again(ours, theirs, proof)

    def _hashed(self, digest: str) -> bytes:
        return hashlib.new(digest, self._transcript).digest()

    def _master(self, secret: bytes, digest: str) -> bytes:
        """The master secret, extended (RFC 7627) when the server speaks that."""
        if self.flight and hello.EXTENDED_MASTER in self.flight.hello.extensions:
            seed = self._hashed(digest)
            return sealed.prf(secret, b"extended master secret", seed, 48, digest)
        return sealed.prf(secret, b"master secret", self._random + self._server(), 48, digest)

    def _server(self) -> bytes:
        return self.flight.hello.random if self.flight else b""

    def _seals(self, master: bytes, cipher: sealed.Cipher) -> tuple[sealed.Seal, sealed.Seal]:
        key, nonce = cipher.key_bytes, 12 - cipher.explicit
        block = sealed.prf(
            master,
            b"key expansion",
            self._server() + self._random,
            2 * key + 2 * nonce,
            cipher.digest,
        )
        keys, nonces = block[: 2 * key], block[2 * key :]
        return (
            sealed.Seal(cipher.make(keys[:key]), nonces[:nonce], cipher.explicit, modern=False),
            sealed.Seal(cipher.make(keys[key:]), nonces[nonce:], cipher.explicit, modern=False),
        )

    def _finished(self, master: bytes, label: bytes, digest: str) -> bytes:
        return sealed.prf(master, label, self._hashed(digest), FINISHED_BYTES, digest)

    async def _read_finished(self, theirs: sealed.Seal) -> None:
        """Pass over what comes before the server's Finished, which comes sealed."""
        changed = False
        while True:
            kind, content = await self._records.next()
            if kind == sealed.ALERT:
                raise ProbeError("tls_alert", content.hex())
            if kind == hello.CHANGE_CIPHER:
                changed = True
            elif changed and kind == sealed.HANDSHAKE:
                theirs.open(kind, content)
                return

    async def _ask_again(self, ours: sealed.Seal, theirs: sealed.Seal, proof: bytes) -> None:
        self.asked = True
        message = hello.hello_message(Offer("TLS 1.2", self.server_name, finished=proof))
        try:
            await self.line.write(ours.close(sealed.HANDSHAKE, message))
            for _ in range(MOST_RECORDS):
                kind, content = theirs.open(*await self._records.next())
                if kind == sealed.HANDSHAKE and content[:1] == bytes([hello.SERVER_HELLO]):
                    self.renegotiated = True
                    return
                if kind == sealed.ALERT:
                    break
        except ProbeError as error:
            if error.reason != "connection_lost":
                raise
        self.renegotiated = False


def _message(kind: int, body: bytes) -> bytes:
    return bytes([kind]) + len(body).to_bytes(3, "big") + body


def _clear_record(kind: int, content: bytes) -> bytes:
    return struct.pack("!BHH", kind, 0x0303, len(content)) + content
