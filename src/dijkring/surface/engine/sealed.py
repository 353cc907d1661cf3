# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What our own handshakes compute with: key shares, key derivation and sealed records."""

import hmac
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec, x448, x25519
from cryptography.hazmat.primitives.ciphers.aead import AESCCM, AESGCM, ChaCha20Poly1305
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from dijkring.surface.engine.errors import ProbeError
from dijkring.surface.engine.tlsstream import Stream

ALERT, HANDSHAKE, APPLICATION = 21, 22, 23
LARGEST_RECORD = 16_384 + 2_048
CURVES: dict[str, ec.EllipticCurve] = {
    "secp256r1": ec.SECP256R1(),
    "secp384r1": ec.SECP384R1(),
    "secp521r1": ec.SECP521R1(),
}


@dataclass(frozen=True)
class Share:
    """Our half of a key exchange: what we send, and how the other half becomes a secret."""

    public: bytes
    agree: Callable[[bytes], bytes]


def make_share(group: str) -> Share:
    """Make a key for a group; ProbeError tls_failed for one that we do not compute with."""
    if group == "x25519":
        own = x25519.X25519PrivateKey.generate()
        return Share(
            own.public_key().public_bytes_raw(),
            lambda other: own.exchange(x25519.X25519PublicKey.from_public_bytes(other)),
        )
    if group == "x448":
        large = x448.X448PrivateKey.generate()
        return Share(
            large.public_key().public_bytes_raw(),
            lambda other: large.exchange(x448.X448PublicKey.from_public_bytes(other)),
        )
    if group not in CURVES:
        raise ProbeError("tls_failed", group)
    return _curve_share(CURVES[group])


def _curve_share(curve: ec.EllipticCurve) -> Share:
    own = ec.generate_private_key(curve)

    def agree(other: bytes) -> bytes:
        return own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(curve, other))

    public = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return Share(public, agree)


class Aead(Protocol):
    """A cipher that seals and authenticates."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...


@dataclass(frozen=True)
class Cipher:
    """How a suite seals: hash of the handshake, length of key, AEAD, and its explicit nonce."""

    digest: str
    key_bytes: int
    make: Callable[[bytes], Aead]
    explicit: int = 0


def cipher_of(suite: str) -> Cipher:
    """The cipher of a suite with an AEAD; ProbeError tls_failed for the others."""
    digest = "sha384" if suite.endswith("SHA384") else "sha256"
    if "CHACHA20" in suite:
        return Cipher(digest, 32, ChaCha20Poly1305)
    size = 32 if "AES_256" in suite else 16
    explicit = 0 if "_WITH_" not in suite else 8
    if "AES" in suite and "GCM" in suite:
        return Cipher(digest, size, AESGCM, explicit)
    if "AES" in suite and "CCM" in suite:
        tag = 8 if "CCM_8" in suite else 16
        return Cipher(digest, size, lambda key: AESCCM(key, tag), explicit)
    raise ProbeError("tls_failed", suite)


def expand_label(secret: bytes, label: str, context: bytes, size: int, digest: str) -> bytes:
    """HKDF-Expand-Label of RFC 8446 section 7.1, for at most one block of the hash."""
    name = b"tls13 " + label.encode()
    info = struct.pack("!HB", size, len(name)) + name + bytes([len(context)]) + context
    return hmac.digest(secret, info + b"\x01", digest)[:size]


def prf(secret: bytes, label: bytes, seed: bytes, size: int, digest: str) -> bytes:
    """The pseudorandom function of TLS 1.2 (RFC 5246 section 5)."""
    seed, out, turn = label + seed, b"", label + seed
    while len(out) < size:
        turn = hmac.digest(secret, turn, digest)
        out += hmac.digest(secret, turn + seed, digest)
    return out[:size]


@dataclass
class Seal:
    """One direction of a sealed line; counts its records."""

    aead: Aead
    nonce: bytes
    explicit: int = 0
    modern: bool = True
    _sent: int = field(default=0)

    def close(self, kind: int, data: bytes) -> bytes:
        """Seal one record, header included."""
        if self.modern:
            plain = data + bytes([kind])
            header = struct.pack("!BHH", APPLICATION, 0x0303, len(plain) + 16)
            return header + self.aead.encrypt(self._next(), plain, header)
        number = struct.pack("!Q", self._sent)
        extra = number + struct.pack("!BHH", kind, 0x0303, len(data))
        nonce = self._next()
        sealed = self.aead.encrypt(nonce, data, extra)
        body = (number if self.explicit else b"") + sealed
        return struct.pack("!BHH", kind, 0x0303, len(body)) + body

    def open(self, kind: int, body: bytes) -> tuple[int, bytes]:
        """Open one record into its true kind and content; ProbeError when it does not fit."""
        try:
            return self._open_modern(body) if self.modern else self._open_old(kind, body)
        except (InvalidTag, ValueError, struct.error):
            raise ProbeError("tls_failed", "record") from None

    def _open_modern(self, body: bytes) -> tuple[int, bytes]:
        header = struct.pack("!BHH", APPLICATION, 0x0303, len(body))
        plain = self.aead.decrypt(self._next(), body, header).rstrip(b"\0")
        if not plain:
            raise ValueError("only padding")
        return plain[-1], plain[:-1]

    def _open_old(self, kind: int, body: bytes) -> tuple[int, bytes]:
        number = struct.pack("!Q", self._sent)
        given, sealed = body[: self.explicit], body[self.explicit :]
        extra = number + struct.pack("!BHH", kind, 0x0303, max(len(sealed) - 16, 0))
        nonce = self._next()
        if self.explicit:
            nonce = self.nonce + given
        return kind, self.aead.decrypt(nonce, sealed, extra)

    def _next(self) -> bytes:
        """The nonce of this record (RFC 8446 5.3, RFC 5288 3, RFC 7905 2)."""
        number, self._sent = self._sent, self._sent + 1
        if self.explicit:
            return self.nonce + struct.pack("!Q", number)
        counted = int.from_bytes(self.nonce, "big") ^ number
        return counted.to_bytes(12, "big")


@dataclass
class Records:
    """Whole records out of a line, with a budget on their bytes."""

    line: Stream
    budget: int = 262_144
    _buffer: bytearray = field(default_factory=bytearray)

    async def next(self) -> tuple[int, bytes]:
        """Give the kind and the content of the next record.

        Raises ProbeError: not_tls, connection_lost, handshake_too_large.
        """
        await self._have(5)
        kind, version, length = struct.unpack("!BHH", self._buffer[:5])
        if not 20 <= kind <= 23 or version >> 8 != 3 or length > LARGEST_RECORD:
            raise ProbeError("not_tls", "no TLS record")
        await self._have(5 + length)
        content = bytes(self._buffer[5 : 5 + length])
        del self._buffer[: 5 + length]
        return kind, content

    async def _have(self, count: int) -> None:
        while len(self._buffer) < count:
            data = await self.line.read()
            self.budget -= len(data)
            if not data or self.budget < 0:
                raise ProbeError("handshake_too_large" if data else "connection_lost")
            self._buffer += data
