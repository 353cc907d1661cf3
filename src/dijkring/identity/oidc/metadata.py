# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a provider says about itself (OpenID Connect Discovery 1.0, section 4)."""

from dataclasses import asdict, dataclass
from typing import Any

from dijkring.identity.oidc.errors import ProviderError
from dijkring.identity.oidc.fetch import Reach, fetch, split

WELL_KNOWN = "/.well-known/openid-configuration"
OK = 200


@dataclass(frozen=True, slots=True)
class Metadata:
    """The addresses of a provider, and how it wants the secret."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    end_session_endpoint: str = ""
    basic: bool = True

    def kept(self) -> dict[str, Any]:
        """Return plain values that can be kept and given back to the class."""
        return asdict(self)


def check_issuer(issuer: str) -> None:
    """Raise ProviderError unless this can be an issuer: https, no query (section 3)."""
    if split(issuer).query:
        raise ProviderError("address", issuer[:200])


def discover(issuer: str, reach: Reach) -> Metadata:
    """Ask a provider who it is; it must answer with exactly the issuer that we know (4.3)."""
    check_issuer(issuer)
    answer = fetch(issuer.rstrip("/") + WELL_KNOWN, reach)
    if answer.status != OK:
        raise ProviderError("metadata", f"status {answer.status}")
    found = answer.json()
    if found.get("issuer") != issuer:
        raise ProviderError("metadata", f"issuer {str(found.get('issuer'))[:200]}")
    methods = found.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return Metadata(
        issuer,
        _endpoint(found, "authorization_endpoint"),
        _endpoint(found, "token_endpoint"),
        _endpoint(found, "jwks_uri"),
        _endpoint(found, "end_session_endpoint") if found.get("end_session_endpoint") else "",
        "client_secret_basic" in methods,
    )


def _endpoint(found: dict[str, Any], name: str) -> str:
    address = found.get(name)
    if not isinstance(address, str):
        raise ProviderError("metadata", name)
    split(address)
    return address
