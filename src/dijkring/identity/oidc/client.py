# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The relying party: to the provider and back, with state, nonce and PKCE."""

import base64
import hashlib
import secrets
from dataclasses import asdict, dataclass
from typing import Any, Protocol
from urllib.parse import quote, urlencode

from dijkring.identity.oidc import tokens
from dijkring.identity.oidc.errors import ProviderError
from dijkring.identity.oidc.fetch import Reach, fetch
from dijkring.identity.oidc.metadata import OK, Metadata, discover

KEPT_SECONDS = 600
# How long a provider that fails is left alone, so that impatient visitors do not tie us up.
REST_SECONDS = 20
SCOPE = "openid profile email"
CLIENT_REFUSED = {"invalid_client", "unauthorized_client"}


class Memory(Protocol):
    """Where answers of a provider are kept for a while; Django's cache is one."""

    def get(self, key: str) -> Any:
        """Return what is kept, or None."""

    def set(self, key: str, value: Any, timeout: int) -> None:
        """Keep a value for some seconds."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What we remember of a visit to the provider until the visitor comes back, once."""

    state: str
    nonce: str
    verifier: str

    def kept(self) -> dict[str, str]:
        """Return plain values for the session."""
        return asdict(self)


def errand() -> Errand:
    """Make the secrets of one visit: 256 bits each (RFC 7636 asks 43 characters or more)."""
    return Errand(*(secrets.token_urlsafe(32) for _ in range(3)))


@dataclass(frozen=True, slots=True)
class Client:
    """We, as one provider knows us."""

    issuer: str
    client_id: str
    secret: str
    reach: Reach
    memory: Memory

    def metadata(self) -> Metadata:
        """Return what the provider says about itself, at most ten minutes old."""
        kept = self.memory.get(self._key("metadata"))
        if kept:
            return Metadata(**kept)
        if failed := self.memory.get(self._key("failed")):
            raise ProviderError(failed, "failed a moment ago")
        try:
            return self._discover()
        except ProviderError as error:
            self.memory.set(self._key("failed"), error.code, REST_SECONDS)
            raise

    def _discover(self) -> Metadata:
        found = discover(self.issuer, self.reach)
        self.memory.set(self._key("metadata"), found.kept(), KEPT_SECONDS)
        return found

    def address(self, errand: Errand, back: str) -> str:
        """Return where to send the visitor (Core 1.0 section 3.1.2.1, RFC 7636 section 4.3)."""
        digest = hashlib.sha256(errand.verifier.encode()).digest()
        return _with(
            self.metadata().authorization_endpoint,
            response_type="code",
            client_id=self.client_id,
            redirect_uri=back,
            scope=SCOPE,
            state=errand.state,
            nonce=errand.nonce,
            code_challenge=base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            code_challenge_method="S256",
        )

    def logout_address(self, back: str) -> str:
        """Return where the visitor ends the session with the provider; empty when nowhere."""
        place = self.metadata().end_session_endpoint
        return place and _with(place, client_id=self.client_id, post_logout_redirect_uri=back)

    def claims(self, code: str, errand: Errand, back: str) -> dict[str, Any]:
        """Change the code for an ID token and return what it says, when it is genuine."""
        answer = self._ask_token(code, errand.verifier, back)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise ProviderError("token", "no id_token")
        return tokens.claims_of(
            token,
            self._signing_key(tokens.key_id(token)),
            issuer=self.issuer,
            client_id=self.client_id,
            nonce=errand.nonce,
        )

    def check(self) -> None:
        """Try everything that can be tried without a person; ProviderError says what is wrong.

        A code that cannot exist tells whether the provider knows us and our secret.
        """
        self._discover()
        keys = self._fetch_keys()
        if not any(tokens.choose([key], None) for key in keys):
            raise ProviderError("keys", "no key to check signatures with")
        try:
            self._ask_token("dijkring-test", secrets.token_urlsafe(32), self.issuer)
        except ProviderError as error:
            if error.code != "refused":
                raise

    def _ask_token(self, code: str, verifier: str, back: str) -> dict[str, Any]:
        place, headers = self.metadata(), {}
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": verifier,
        }
        if self.secret and place.basic:
            # RFC 6749 section 2.3.1: both parts are form-encoded before they are joined.
            pair = f"{quote(self.client_id, safe='')}:{quote(self.secret, safe='')}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        else:
            form |= {"client_id": self.client_id}
            form |= {"client_secret": self.secret} if self.secret else {}
        answer = fetch(place.token_endpoint, self.reach, form=form, headers=headers)
        if answer.status == OK:
            return answer.json()
        said = str(answer.json().get("error"))[:80]
        raise ProviderError("client" if said in CLIENT_REFUSED else "refused", said)

    def _signing_key(self, kid: str | None) -> Any:
        """Return the key of a token; a key that we do not know yet makes us ask again, once."""
        kept = self.memory.get(self._key("keys")) or []
        found = tokens.choose(kept, kid) or tokens.choose(self._fetch_keys(), kid)
        if found is None:
            raise ProviderError("keys", f"no key {str(kid)[:80]}")
        return found

    def _fetch_keys(self) -> list[dict[str, Any]]:
        answer = fetch(self.metadata().jwks_uri, self.reach)
        keys = answer.json().get("keys") if answer.status == OK else None
        if not isinstance(keys, list) or not all(isinstance(key, dict) for key in keys):
            raise ProviderError("keys", f"status {answer.status}")
        self.memory.set(self._key("keys"), keys, KEPT_SECONDS)
        return keys

    def _key(self, what: str) -> str:
        mark = hashlib.sha256(f"{self.issuer} {self.client_id}".encode()).hexdigest()
        return f"oidc-{what}-{mark}"


def _with(address: str, **values: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(values)}"
