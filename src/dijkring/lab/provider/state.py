# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the provider knows: its client, its people, the codes it gave, and how it lies."""

import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from dijkring.lab.provider.keys import SigningKey, encoded, sealed_with_secret, unsigned

CODE_SECONDS = 60
TOKEN_SECONDS = 300
LIES = (
    "wrong_audience",
    "wrong_party",
    "wrong_issuer",
    "expired",
    "other_nonce",
    "unsigned",
    "secret_as_key",
    "stranger_key",
    "no_subject",
)


@dataclass(frozen=True, slots=True)
class Visit:
    """One request for a login, as the client sent it."""

    redirect_uri: str
    state: str
    nonce: str
    challenge: str
    at: float


@dataclass(slots=True)
class Provider:
    """The whole state; `mode` is "honest", one of LIES, or a trouble such as "down"."""

    issuer: str
    client_id: str
    client_secret: str
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    mode: str = "honest"
    keys: list[SigningKey] = field(default_factory=lambda: [SigningKey()])
    codes: dict[str, tuple[str, Visit]] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)

    def metadata(self) -> dict[str, Any]:
        """Return what the provider says about itself."""
        issuer = "https://elders.example" if self.mode == "other_metadata" else self.issuer
        return {
            "issuer": issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "end_session_endpoint": f"{self.issuer}/logout",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }

    def jwks(self) -> dict[str, Any]:
        """Return the public keys."""
        return {"keys": [key.public() for key in self.keys]}

    def rotate(self) -> None:
        """Sign with a new key from now on; the old one is not offered any more."""
        self.keys = [SigningKey()]

    def code(self, subject: str, visit: Visit) -> str:
        """Give a code for one login."""
        code = secrets.token_urlsafe(24)
        self.codes[code] = (subject, visit)
        return code

    def redeem(self, form: dict[str, str]) -> str | None:
        """Return the ID token for a code, once; None when anything does not fit."""
        found = self.codes.pop(form.get("code", ""), None)
        if found is None or form.get("grant_type") != "authorization_code":
            return None
        subject, visit = found
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        proper = hmac.compare_digest(encoded(digest), visit.challenge)
        if not proper or form.get("redirect_uri") != visit.redirect_uri:
            return None
        if time.time() - visit.at > CODE_SECONDS:
            return None
        return self._token(self._claims(subject, visit))

    def _claims(self, subject: str, visit: Visit) -> dict[str, Any]:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": subject,
            "aud": self.client_id,
            "iat": now,
            "exp": now + TOKEN_SECONDS,
            "nonce": visit.nonce,
            **self.people[subject],
        }
        return claims | self._lie(now)

    def _lie(self, now: int) -> dict[str, Any]:
        lies: dict[str, dict[str, Any]] = {
            "wrong_audience": {"aud": "another-client"},
            "wrong_party": {"aud": [self.client_id, "another-client"], "azp": "another-client"},
            "wrong_issuer": {"iss": "https://elders.example"},
            "expired": {"iat": now - 7200, "exp": now - 3600},
            "other_nonce": {"nonce": "of another visit"},
            "no_subject": {"sub": ""},
        }
        return lies.get(self.mode, {})

    def _token(self, claims: dict[str, Any]) -> str:
        if self.mode == "unsigned":
            return unsigned(claims)
        if self.mode == "secret_as_key":
            return sealed_with_secret(claims, self.client_secret)
        if self.mode == "stranger_key":
            return SigningKey().signed(claims, kid=self.keys[0].id)
        return self.keys[0].signed(claims)
