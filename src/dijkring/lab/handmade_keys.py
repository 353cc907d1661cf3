# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the hand-built TLS server computes with: secrets of TLS 1.2 and 1.3, and sealed records."""

import hashlib
import hmac
import struct
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

ALERT, HANDSHAKE, APPLICATION = 21, 22, 23


def message(kind: int, body: bytes) -> bytes:
    """One handshake message."""
    return bytes([kind]) + len(body).to_bytes(3, "big") + body


def record(kind: int, content: bytes) -> bytes:
    """One clear record."""
    return struct.pack("!BHH", kind, 0x0303, len(content)) + content


def short(data: bytes) -> bytes:
    """Data behind its length in one byte."""
    return bytes([len(data)]) + data


def long(data: bytes) -> bytes:
    """Data behind its length in two bytes."""
    return struct.pack("!H", len(data)) + data


def extension(number: int, data: bytes) -> bytes:
    """One extension."""
    return struct.pack("!H", number) + long(data)


def expand(secret: bytes, label: str, context: bytes, size: int, digest: str) -> bytes:
    """HKDF-Expand-Label (RFC 8446 section 7.1) of at most one block."""
    info = struct.pack("!H", size) + short(b"tls13 " + label.encode()) + short(context)
    return hmac.digest(secret, info + b"\x01", digest)[:size]


def prf(secret: bytes, label: bytes, seed: bytes, size: int, digest: str) -> bytes:
    """The pseudorandom function of TLS 1.2 (RFC 5246 section 5)."""
    turn, out = label + seed, b""
    while len(out) < size:
        turn = hmac.digest(secret, turn, digest)
        out += hmac.digest(secret, turn + label + seed, digest)
    return out[:size]


@dataclass
class ModernSeal:
    """One direction of TLS 1.3 with AES-GCM."""

    secret: bytes
    key_bytes: int
    digest: str
    count: int = 0

    def __post_init__(self) -> None:
        self._aead = AESGCM(expand(self.secret, "key", b"", self.key_bytes, self.digest))
        self._iv = int.from_bytes(expand(self.secret, "iv", b"", 12, self.digest), "big")

    def _nonce(self) -> bytes:
        self.count += 1
        return (self._iv ^ (self.count - 1)).to_bytes(12, "big")

    def close(self, kind: int, data: bytes) -> bytes:
        """Seal one record."""
        header = struct.pack("!BHH", APPLICATION, 0x0303, len(data) + 17)
        return header + self._aead.encrypt(self._nonce(), data + bytes([kind]), header)

    def open(self, kind: int, body: bytes) -> tuple[int, bytes]:
        """Open one record: its true kind and content."""
        header = struct.pack("!BHH", kind, 0x0303, len(body))
        plain = self._aead.decrypt(self._nonce(), body, header).rstrip(b"\0")
        return plain[-1], plain[:-1]


@dataclass
class OldSeal:
    """One direction of TLS 1.2 with AES-GCM."""

    key: bytes
    salt: bytes
    count: int = 0

    def close(self, kind: int, data: bytes) -> bytes:
        """Seal one record."""
        number = struct.pack("!Q", self.count)
        self.count += 1
        extra = number + struct.pack("!BHH", kind, 0x0303, len(data))
        sealed = number + AESGCM(self.key).encrypt(self.salt + number, data, extra)
        return record(kind, sealed)

    def open(self, kind: int, body: bytes) -> tuple[int, bytes]:
        """Open one record: its kind and content."""
        extra = struct.pack("!QBHH", self.count, kind, 0x0303, len(body) - 24)
        self.count += 1
        return kind, AESGCM(self.key).decrypt(self.salt + body[:8], body[8:], extra)


Seal = ModernSeal | OldSeal


@dataclass(frozen=True)
class ModernKeys:
    """The secrets of a handshake of TLS 1.3, client first."""

    client: bytes
    server: bytes
    master: bytes
    digest: str

    @classmethod
    def of(cls, common: bytes, transcript: bytes, digest: str) -> "ModernKeys":
        """Derive them from what both sides agreed on and said (RFC 8446 section 7.1)."""
        size, empty = hashlib.new(digest).digest_size, hashlib.new(digest).digest()
        said = hashlib.new(digest, transcript).digest()
        early = hmac.digest(bytes(size), bytes(size), digest)
        derived = expand(early, "derived", empty, size, digest)
        secret = hmac.digest(derived, common, digest)
        derived = expand(secret, "derived", empty, size, digest)
        return cls(
            expand(secret, "c hs traffic", said, size, digest),
            expand(secret, "s hs traffic", said, size, digest),
            hmac.digest(derived, bytes(size), digest),
            digest,
        )

    def traffic(self, label: str, transcript: bytes) -> bytes:
        """The secret of the data itself, "c ap traffic" or "s ap traffic"."""
        size = hashlib.new(self.digest).digest_size
        said = hashlib.new(self.digest, transcript).digest()
        return expand(self.master, label, said, size, self.digest)

    def finished(self, secret: bytes, transcript: bytes) -> bytes:
        """The content of a Finished."""
        size = hashlib.new(self.digest).digest_size
        key = expand(secret, "finished", b"", size, self.digest)
        return hmac.digest(key, hashlib.new(self.digest, transcript).digest(), self.digest)
