# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A handshake of TLS 1.3 of our own (RFC 8446), to see what OpenSSL keeps to itself.

The hash under the server's signature, the stapled OCSP answer, and the tickets that tell whether
the server takes early data.
"""

import hashlib
import hmac
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, padding, rsa

from dijkring.surface.engine import hello, sealed
from dijkring.surface.engine.errors import ProbeError
from dijkring.surface.engine.hello import Bytes, Malformed, Offer, ServerHello
from dijkring.surface.engine.suites import group_name, signature_hash, suite_name
from dijkring.surface.engine.tlsstream import Stream

TICKET, ENCRYPTED_EXTENSIONS, PROOF, FINISHED, MESSAGE_HASH = 4, 8, 15, 20, 254
EARLY_DATA = 42
CLOSE_NOTIFY = 0
PROOF_TEXT = b" " * 64 + b"TLS 1.3, server CertificateVerify\0"
MOST_TICKETS = 16
# Groups that we can compute with ourselves; the key that goes along is for the first.
OWN_GROUPS = (0x001D, 0x0017, 0x0018, 0x0019, 0x001E)
HASHES = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}
PSS_SCHEMES = (0x0804, 0x0805, 0x0806, 0x0809, 0x080A, 0x080B)
# What is said inside; whoever talks hears no more than the server answers.
Talk = Callable[[Stream], Awaitable[None]]


@dataclass
class Handshake13:
    """One handshake, and then a stream of what is said inside; keeps all that is learned.

    `answer` alone means accepted.
    """

    line: Stream
    server_name: str
    answer: ServerHello | None = None
    alert: hello.FatalAlert | None = None
    group: str = ""
    certificates: list[bytes] = field(default_factory=list)
    staple: bytes = b""
    signature: str = ""
    proven: bool = False
    tickets: int = 0
    early_data: int = 0
    complete: bool = False
    _transcript: bytes = b""
    _digest: str = "sha256"
    _messages: bytearray = field(default_factory=bytearray)
    _secrets: tuple[bytes, bytes, bytes] = (b"", b"", b"")
    _asked: bool = False
    _unsent: bytes = b""
    _inside: bytearray = field(default_factory=bytearray)

    async def run(self, talk: Talk) -> None:
        """Shake hands and talk inside; what comes before the first answer tells of early data.

        Raises ProbeError; what was learned before it stays. A fatal alert is no error.
        """
        self._records = sealed.Records(self.line)
        try:
            share = await self._greet()
            if self.answer is None or self.answer.version != "TLS 1.3":
                return
            await self._read_server_flight(share)
            self._finish()
            await talk(self)
        except Malformed as error:
            raise ProbeError("not_tls", str(error)) from None

    @property
    def suite(self) -> str:
        """The IANA name of the suite that the server picked."""
        return suite_name(self.answer.suite) if self.answer else ""

    async def _greet(self) -> sealed.Share:
        """Send a hello with a key for X25519, and another when the server asks for one."""
        seed, group = os.urandom(64), "x25519"
        share = sealed.make_share(group)
        await self._send_hello(seed, OWN_GROUPS[0], share, ())
        await self._read_hello()
        if self.answer is None or not self.answer.retry:
            return share
        asked = self.answer.group()
        if asked not in OWN_GROUPS or asked == OWN_GROUPS[0]:
            raise ProbeError("tls_failed", f"group {asked}")
        self._digest = sealed.cipher_of(self.suite).digest
        end = 4 + int.from_bytes(self._transcript[1:4], "big")
        first, rest = self._transcript[:end], self._transcript[end:]
        hashed = hashlib.new(self._digest, first).digest()
        self._transcript = bytes([MESSAGE_HASH, 0, 0, len(hashed)]) + hashed + rest
        share = sealed.make_share(group_name(asked))
        cookie = self.answer.extensions.get(hello.COOKIE)
        await self._send_hello(seed, asked, share, ((hello.COOKIE, cookie),) if cookie else ())
        again = await self._read_hello()
        if again and again.retry:
            raise Malformed("asked twice")
        return share

    async def _send_hello(
        self, seed: bytes, group: int, share: sealed.Share, extra: hello.Extensions
    ) -> None:
        offer = Offer(
            "TLS 1.3",
            self.server_name,
            groups=OWN_GROUPS,
            shares=((group, share.public),),
            extra=extra,
        )
        message = hello.hello_message(offer, seed)
        self._transcript += message
        await self.line.write(hello.record("TLS 1.3", message))

    async def _read_hello(self) -> ServerHello | None:
        while True:
            kind, content = await self._records.next()
            if kind == sealed.ALERT:
                if len(content) == 2 and content[0] == 2:
                    self.alert = hello.FatalAlert(content[1])
                    return None
            elif kind == sealed.HANDSHAKE:
                self._messages += content
                if found := self._take_message():
                    self.answer = hello.parse_server_hello(found[1])
                    self.group = group_name(self.answer.group() or 0)
                    return self.answer
            elif kind == sealed.APPLICATION:
                raise Malformed("no ServerHello")

    def _take_message(self) -> tuple[int, bytes] | None:
        """The next whole handshake message, added to the transcript."""
        message = hello.take_message(self._messages)
        if message is None:
            return None
        if message[0] == hello.SERVER_HELLO and self.answer and not self.answer.retry:
            raise Malformed("greeted twice")
        if message[0] not in (PROOF, FINISHED, TICKET):
            self._transcript += message
        return message[0], message[4:]

    def _hashed(self) -> bytes:
        return hashlib.new(self._digest, self._transcript).digest()

    def _agree(self, share: sealed.Share) -> None:
        """Derive the secrets of the handshake (RFC 8446 section 7.1)."""
        theirs = Bytes((self.answer.extensions if self.answer else {}).get(hello.KEY_SHARE, b""))
        theirs.number(2)
        try:
            common = share.agree(theirs.take(theirs.number(2)))
        except ValueError:
            raise ProbeError("tls_failed", "key share") from None
        cipher = sealed.cipher_of(self.suite)
        self._digest = cipher.digest
        size = hashlib.new(self._digest).digest_size
        empty = hashlib.new(self._digest).digest()
        early = hmac.digest(bytes(size), bytes(size), self._digest)
        derived = self._expand(early, "derived", empty)
        handshake = hmac.digest(derived, common, self._digest)
        client = self._expand(handshake, "c hs traffic", self._hashed())
        server = self._expand(handshake, "s hs traffic", self._hashed())
        master = self._expand(handshake, "derived", empty)
        master = hmac.digest(master, bytes(size), self._digest)
        self._secrets = (client, server, master)

    def _expand(self, secret: bytes, label: str, context: bytes) -> bytes:
        size = hashlib.new(self._digest).digest_size
        return sealed.expand_label(secret, label, context, size, self._digest)

    def _seal(self, secret: bytes) -> sealed.Seal:
        cipher = sealed.cipher_of(self.suite)
        key = sealed.expand_label(secret, "key", b"", cipher.key_bytes, self._digest)
        nonce = sealed.expand_label(secret, "iv", b"", 12, self._digest)
        return sealed.Seal(cipher.make(key), nonce)

    async def _read_server_flight(self, share: sealed.Share) -> None:
        self._agree(share)
        incoming = self._seal(self._secrets[1])
        while True:
            while message := self._take_message():
                if message[0] == FINISHED:
                    self._check_finished(message[1])
                    return
                self._take(*message)
            kind, content = await self._records.next()
            if kind == sealed.APPLICATION:
                kind, content = incoming.open(kind, content)
                if kind == sealed.HANDSHAKE:
                    self._messages += content
            if kind == sealed.ALERT:
                raise ProbeError("tls_alert", content.hex())

    def _take(self, kind: int, body: bytes) -> None:
        if kind == hello.CERTIFICATE:
            self.certificates, self.staple = parse_certificates(body)
        elif kind == hello.ASKS_CERTIFICATE:
            self._asked = True
        elif kind == PROOF:
            self._check_proof(body)

    def _check_proof(self, body: bytes) -> None:
        """Read the CertificateVerify, and whether its signature is right (section 4.4.3)."""
        reader = Bytes(body)
        scheme = reader.number(2)
        self.signature = signature_hash(scheme)
        given = reader.take(reader.number(2))
        signed = PROOF_TEXT + self._hashed()
        self.proven = bool(self.certificates) and is_signed(
            self.certificates[0], scheme, given, signed
        )
        self._transcript += bytes([PROOF]) + len(body).to_bytes(3, "big") + body

    def _check_finished(self, body: bytes) -> None:
        key = self._expand(self._secrets[1], "finished", b"")
        if not hmac.compare_digest(body, hmac.digest(key, self._hashed(), self._digest)):
            raise ProbeError("tls_failed", "finished")
        self._transcript += bytes([FINISHED]) + len(body).to_bytes(3, "big") + body

    def _finish(self) -> None:
        """Make ready what completes our side; it goes out with the first that we say."""
        client, _, master = self._secrets
        self._outgoing = self._seal(self._expand(master, "c ap traffic", self._hashed()))
        self._incoming = self._seal(self._expand(master, "s ap traffic", self._hashed()))
        outgoing, data = self._seal(client), b""
        if self._asked:
            # An empty Certificate: we have none to show.
            data = self._sent(outgoing, bytes([hello.CERTIFICATE, 0, 0, 4, 0, 0, 0, 0]))
        key = self._expand(client, "finished", b"")
        proof = hmac.digest(key, self._hashed(), self._digest)
        self._unsent = data + self._sent(outgoing, bytes([FINISHED, 0, 0, len(proof)]) + proof)

    def _sent(self, outgoing: sealed.Seal, message: bytes) -> bytes:
        self._transcript += message
        return outgoing.close(sealed.HANDSHAKE, message)

    async def write(self, data: bytes) -> None:
        """Send data inside, the first along with what completes the handshake."""
        sealed_data = self._outgoing.close(sealed.APPLICATION, data)
        first, self._unsent = self._unsent, b""
        await self.line.write(first + sealed_data)
        self.complete = True

    async def read(self, size: int = 16_384) -> bytes:
        """Give what the server says inside, b"" at its end; tickets on the way are read."""
        while not self._inside:
            try:
                kind, content = self._incoming.open(*await self._records.next())
            except ProbeError as error:
                if error.reason == "connection_lost":
                    return b""
                raise
            if kind == sealed.APPLICATION:
                self._inside += content
            elif kind == sealed.ALERT:
                return b""
            elif kind == sealed.HANDSHAKE:
                self._take_tickets(content)
        data = bytes(self._inside[:size])
        del self._inside[:size]
        return data

    def _take_tickets(self, content: bytes) -> None:
        self._messages += content
        while message := self._take_message():
            if message[0] == TICKET:
                self.tickets += 1
                if self.tickets > MOST_TICKETS:
                    raise Malformed("too many tickets")
                self.early_data = max(self.early_data, parse_ticket(message[1]))


def parse_certificates(body: bytes) -> tuple[list[bytes], bytes]:
    """Read the Certificate message of TLS 1.3: the chain in DER and the stapled OCSP answer."""
    reader = Bytes(body)
    reader.take(reader.number(1))
    listed = Bytes(reader.take(reader.number(3)))
    chain: list[bytes] = []
    staple = b""
    while listed.left():
        chain.append(listed.take(listed.number(3)))
        extensions = hello.parse_extensions(listed.take(listed.number(2)))
        if len(chain) == 1 and hello.STATUS_REQUEST in extensions:
            status = Bytes(extensions[hello.STATUS_REQUEST])
            staple = status.take(status.number(3)) if status.number(1) == 1 else b""
        if len(chain) > hello.MOST_CERTIFICATES:
            raise Malformed("too many certificates")
    return chain, staple


def parse_ticket(body: bytes) -> int:
    """Read a NewSessionTicket: how many bytes of early data it allows, 0 for none."""
    reader = Bytes(body)
    reader.take(8)
    reader.take(reader.number(1))
    reader.take(reader.number(2))
    extensions = hello.parse_extensions(reader.take(reader.number(2)))
    return Bytes(extensions[EARLY_DATA]).number(4) if EARLY_DATA in extensions else 0


def is_signed(der: bytes, scheme: int, signature: bytes, data: bytes) -> bool:
    """Tell whether a signature of the handshake fits the certificate's key."""
    try:
        key = x509.load_der_x509_certificate(der).public_key()
        _verify(key, scheme, signature, data)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError, KeyError):
        return False
    return True


def _verify(key: object, scheme: int, signature: bytes, data: bytes) -> None:
    if isinstance(key, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey):
        key.verify(signature, data)
        return
    digest = HASHES[signature_hash(scheme)]
    if isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, data, ec.ECDSA(digest))
    elif isinstance(key, rsa.RSAPublicKey) and scheme in PSS_SCHEMES:
        pss = padding.PSS(padding.MGF1(digest), padding.PSS.DIGEST_LENGTH)
        key.verify(signature, data, pss, digest)
    else:
        raise InvalidSignature
