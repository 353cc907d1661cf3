# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether an ID token is genuine (OpenID Connect Core 1.0, section 3.1.3.7)."""

import hmac
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from dijkring.identity.oidc.errors import ProviderError

# Only signatures with a public key: with HS256 the secret of the client would be the key.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
NEEDED = ["iss", "sub", "aud", "exp", "iat"]
LEEWAY_SECONDS = 60
LONGEST_SUBJECT = 255
SHORTEST_RSA_KEY = 2048


def key_id(token: str) -> str | None:
    """Return which key a token says it was signed with; ProviderError when it is no token."""
    try:
        header = jwt.get_unverified_header(token)
    except jwt.PyJWTError as error:
        raise ProviderError("token", str(error)) from None
    if header.get("alg") not in ALGORITHMS:
        raise ProviderError("token", f"algorithm {str(header.get('alg'))[:20]}")
    found = header.get("kid")
    return found if isinstance(found, str) else None


def choose(keys: list[dict[str, Any]], kid: str | None) -> jwt.PyJWK | None:
    """Return the signing key with this id; without an id only the single key there is."""
    signing = [key for key in keys if key.get("use", "sig") == "sig"]
    fitting = [key for key in signing if kid is None or key.get("kid") == kid]
    if len(fitting) != 1:
        return None
    try:
        found = jwt.PyJWK(fitting[0])
    except jwt.PyJWTError as error:
        raise ProviderError("keys", str(error)) from None
    if isinstance(found.key, RSAPublicKey) and found.key.key_size < SHORTEST_RSA_KEY:
        raise ProviderError("keys", f"{found.key.key_size} bits")
    return found


def claims_of(
    token: str, key: jwt.PyJWK, *, issuer: str, client_id: str, nonce: str
) -> dict[str, Any]:
    """Return what a genuine token says: its signature, issuer, audience, times and nonce hold."""
    try:
        found: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=list(ALGORITHMS),
            audience=client_id,
            issuer=issuer,
            leeway=LEEWAY_SECONDS,
            options={"require": NEEDED},
        )
    except (jwt.PyJWTError, TypeError, ValueError) as error:
        raise ProviderError("token", f"{type(error).__name__}: {error}") from None
    _check_party(found, client_id)
    _check_nonce(found, nonce)
    subject = found["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise ProviderError("token", "subject")
    return found


def _check_party(found: dict[str, Any], client_id: str) -> None:
    """A token for others as well must name us as the party that asked for it (steps 4, 5)."""
    several = isinstance(found["aud"], list) and len(found["aud"]) > 1
    if (several or "azp" in found) and found.get("azp") != client_id:
        raise ProviderError("token", "authorised party")


def _check_nonce(found: dict[str, Any], nonce: str) -> None:
    given = found.get("nonce")
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(), nonce.encode()):
        raise ProviderError("token", "nonce")
