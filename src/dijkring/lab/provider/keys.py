# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The keys of the provider and what it signs with them, by hand from the standards."""

import base64
import hashlib
import hmac
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

BITS = 2048


def encoded(data: bytes) -> str:
    """Write bytes as base64url without padding (RFC 7515 section 2)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _json(value: Any) -> str:
    return encoded(json.dumps(value).encode())


def _number(value: int) -> str:
    return encoded(value.to_bytes((value.bit_length() + 7) // 8, "big"))


class SigningKey:
    """One RSA key with its id."""

    def __init__(self) -> None:
        self.id = secrets.token_hex(8)
        self._key = rsa.generate_private_key(65537, BITS)

    def public(self) -> dict[str, str]:
        """Return the key as others may see it (RFC 7517)."""
        numbers = self._key.public_key().public_numbers()
        return {
            "kty": "RSA",
            "use": "sig",
            "alg": "RS256",
            "kid": self.id,
            "n": _number(numbers.n),
            "e": _number(numbers.e),
        }

    def signed(self, claims: dict[str, Any], kid: str = "") -> str:
        """Return a token with an RS256 signature (RFC 7515); `kid` may name another key."""
        body = f"{_json({'alg': 'RS256', 'kid': kid or self.id})}.{_json(claims)}"
        signature = self._key.sign(body.encode(), padding.PKCS1v15(), SHA256())
        return f"{body}.{encoded(signature)}"


def unsigned(claims: dict[str, Any]) -> str:
    """Return a token without any signature (alg none), as only a liar makes."""
    return f"{_json({'alg': 'none'})}.{_json(claims)}."


def sealed_with_secret(claims: dict[str, Any], secret: str) -> str:
    """Return a token with HS256, for which the secret of the client is the key."""
    body = f"{_json({'alg': 'HS256'})}.{_json(claims)}"
    return f"{body}.{encoded(hmac.digest(secret.encode(), body.encode(), hashlib.sha256))}"
