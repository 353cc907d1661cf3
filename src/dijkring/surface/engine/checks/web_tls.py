# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""web-tls: one address of a site, by the NCSC guideline for TLS, edition 2025-05."""

import re
from urllib.parse import urlsplit

from dijkring.surface.engine.checks.common import untold
from dijkring.surface.engine.checks.model import (
    JSON,
    Verdict,
    failed,
    not_applicable,
    not_measured,
    passed,
)
from dijkring.surface.engine.observations import Certificate, DomainSeen, VersionTry, WebSeen

GOOD_VERSIONS = ("TLS 1.2", "TLS 1.3")
BAD_VERSIONS = ("SSL 2.0", "SSL 3.0", "TLS 1.0", "TLS 1.1")
YEAR_SECONDS = 31_536_000
RSA_BITS = 2048
NIST_CURVES = ("secp256r1", "secp384r1", "secp521r1")
CURVES = (*NIST_CURVES, "brainpoolP256r1", "brainpoolP384r1", "brainpoolP512r1")
HASHES = ("sha256", "sha384", "sha512", "intrinsic")
REDIRECTS = (301, 302, 303, 307, 308)
TURNED_AWAY = (429, 503)
MAX_AGE = re.compile(r'max-age\s*=\s*"?(\d+)"?\s*', re.I)
Seen = tuple[DomainSeen, WebSeen]


def without_https(web: WebSeen) -> Verdict | None:
    """The verdict for whatever needs https where nothing listens on port 443 or nobody answers."""
    if web.https is None:
        return None
    if web.https.reason == "connection_refused":
        return not_applicable("no_https")
    return untold(web.https)


def https_exists(seen: Seen) -> Verdict:
    """Port 443 speaks TLS."""
    web = seen[1]
    if web.https and web.https.reason == "connection_refused":
        return _closed(web)
    if web.https:
        return untold(web.https)
    accepted = [name for name, one in web.versions.items() if one.outcome == "accepted"]
    if accepted or web.handshake is None:
        return passed("https_open", versions=[*accepted])
    if web.versions and all(one.outcome == "unknown_name" for one in _tls(web)):
        return failed("https_unknown_name")
    return untold(web.handshake)


def _tls(web: WebSeen) -> list[VersionTry]:
    return [one for name, one in web.versions.items() if not name.startswith("SSL")]


def _closed(web: WebSeen) -> Verdict:
    """Port 443 refuses: a failure on a name that serves http, no question on one that does not."""
    if web.plain:
        return failed("https_closed", http_status=web.plain.status)
    if web.plain_trouble and web.plain_trouble.reason == "connection_refused":
        return not_applicable("no_website")
    return untold(web.plain_trouble)


def https_forced(seen: Seen) -> Verdict:
    """Port 80 is closed, or sends the visitor to https on the same name at once."""
    web = seen[1]
    if blocked := without_https(web):
        return blocked
    if web.plain is None:
        trouble = web.plain_trouble
        closed = trouble is not None and trouble.reason == "connection_refused"
        return passed("http_closed") if closed else untold(trouble)
    if web.plain.status in TURNED_AWAY:
        return not_measured("http_turned_away", status=web.plain.status)
    target = web.plain.first("location") or ""
    if web.plain.status in REDIRECTS and _is_own_https(target, web.name):
        return passed("https_redirect", status=web.plain.status, location=target)
    reason = "http_redirects_elsewhere" if web.plain.status in REDIRECTS else "http_serves"
    return failed(reason, status=web.plain.status, location=target)


def _is_own_https(target: str, name: str) -> bool:
    try:
        parts = urlsplit(target)
        own = (parts.hostname or "").rstrip(".") == name
        return parts.scheme == "https" and own and parts.port in (None, 443)
    except ValueError:
        return False


def https_hsts(seen: Seen) -> Verdict:
    """Strict-Transport-Security with a max-age of at least a year; the first header counts."""
    web = seen[1]
    if blocked := without_https(web):
        return blocked
    if web.page is None:
        return untold(web.page_trouble)
    if web.page.status in TURNED_AWAY:
        return not_measured("http_turned_away", status=web.page.status)
    header = web.page.first("strict-transport-security")
    if header is None:
        return failed("header_missing", header="Strict-Transport-Security")
    ages = [found for part in header.split(";") if (found := MAX_AGE.fullmatch(part.strip()))]
    if not ages:
        return failed("header_value_unknown", header="Strict-Transport-Security", value=header)
    if int(ages[0][1][:12]) < YEAR_SECONDS:
        return failed("hsts_too_short", value=header)
    return passed("header_good", header="Strict-Transport-Security", value=header)


def tls_version(seen: Seen) -> Verdict:
    """TLS 1.2 or 1.3 and nothing older."""
    web = seen[1]
    if blocked := without_https(web):
        return blocked
    outcomes: dict[str, JSON] = {name: one.outcome for name, one in web.versions.items()}
    bad = [name for name in BAD_VERSIONS if outcomes.get(name) == "accepted"]
    if bad:
        return failed("tls_old", versions=outcomes, bad=", ".join(bad))
    unknown = [one for one in web.versions.values() if one.outcome == "failed"]
    if unknown or not web.versions:
        return untold(unknown[0].trouble if unknown else web.handshake)
    good = [name for name in GOOD_VERSIONS if outcomes.get(name) == "accepted"]
    if not good:
        return untold(web.handshake)
    return passed("tls_new", versions=outcomes, good=", ".join(good))


def _without_chain(web: WebSeen) -> Verdict | None:
    if blocked := without_https(web):
        return blocked
    if web.chain:
        return None
    return untold(web.handshake or web.trust_trouble)


def cert_trust(seen: Seen) -> Verdict:
    """The chain leads to a root that is trusted; names have a check of their own."""
    web = seen[1]
    if blocked := without_https(web):
        return blocked
    if web.trust is None:
        return untold(web.trust_trouble or web.handshake)
    if web.trust.trusted:
        return passed("chain_trusted", issuer=web.chain[0].issuer if web.chain else "")
    return failed("chain_untrusted", code=web.trust.code, message=web.trust.message)


def cert_pubkey(seen: Seen) -> Verdict:
    """RSA from 2048 bits, an approved curve or EdDSA, in the whole chain."""
    web = seen[1]
    if blocked := _without_chain(web):
        return blocked
    weak = [one for one in web.chain if not _is_strong(one)]
    keys: list[JSON] = [_key(one) for one in web.chain]
    if weak:
        return failed("key_weak", keys=keys, weak=_key(weak[0]), subject=weak[0].subject)
    return passed("key_strong", keys=keys)


def _is_strong(certificate: Certificate) -> bool:
    if certificate.key_type == "rsa":
        return certificate.key_bits >= RSA_BITS
    if certificate.key_type == "ec":
        return certificate.curve in CURVES
    return certificate.key_type in ("ed25519", "ed448")


def _key(certificate: Certificate) -> str:
    kind = certificate.curve or certificate.key_type.upper()
    return f"{kind} {certificate.key_bits}" if certificate.key_bits else kind


def cert_signature(seen: Seen) -> Verdict:
    """Every certificate is signed with SHA-2 or EdDSA; a root's own signature proves nothing."""
    web = seen[1]
    if blocked := _without_chain(web):
        return blocked
    judged = [one for at, one in enumerate(web.chain) if at == 0 or not one.self_signed]
    hashes: list[JSON] = [one.signature_hash for one in judged]
    weak = [one for one in judged if one.signature_hash not in HASHES]
    if weak:
        seen_hash = weak[0].signature_hash
        return failed("signature_weak", hashes=hashes, weak=seen_hash, subject=weak[0].subject)
    return passed("signature_strong", hashes=hashes)


def cert_hostmatch(seen: Seen) -> Verdict:
    """The name of the site is among the alternative names; the common name no longer counts."""
    web = seen[1]
    if blocked := _without_chain(web):
        return blocked
    names: list[JSON] = [*web.chain[0].dns_names[:50]]
    if any(matches(pattern, web.name) for pattern in web.chain[0].dns_names):
        return passed("name_matches", names=names)
    return failed("name_differs", names=names, name=web.name)


def matches(pattern: str, name: str) -> bool:
    """RFC 9525 section 6.3: equal, or a * as the whole first label that stands for one label."""
    pattern, name = pattern.lower().rstrip("."), name.lower().rstrip(".")
    if not pattern.startswith("*."):
        return pattern == name
    rest = pattern[2:]
    return "." in rest and "*" not in rest and name.partition(".")[2] == rest
