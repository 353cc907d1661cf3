# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a server speaks TLS, by the NCSC guideline for TLS, edition 2025-05; websites and mail alike.

What the guideline calls insufficient fails; what it wants phased out is shown but passes, as
Internet.nl does.
"""

from dataclasses import dataclass, field
from datetime import datetime

from dijkring.surface.engine.checks.common import untold
from dijkring.surface.engine.checks.model import (
    JSON,
    Verdict,
    failed,
    not_applicable,
    passed,
)
from dijkring.surface.engine.names import matches
from dijkring.surface.engine.observations import (
    Certificate,
    Staple,
    TlsSeen,
    Trouble,
    Trust,
    VersionTry,
)
from dijkring.surface.engine.suites import group_level, suite_level

GOOD_VERSIONS = ("TLS 1.2", "TLS 1.3")
OLD_VERSIONS = ("TLS 1.1", "TLS 1.0", "SSL 3.0", "SSL 2.0")
RSA_BITS = 2048
NIST_CURVES = ("secp256r1", "secp384r1", "secp521r1")
CURVES = (*NIST_CURVES, "brainpoolP256r1", "brainpoolP384r1", "brainpoolP512r1")
HASHES = ("sha256", "sha384", "sha512", "intrinsic")
WEAK_HASHES = ("md5", "sha1", "md5-sha1")


@dataclass(frozen=True)
class Server:
    """One address that ought to speak TLS; `blocked` says why there is nothing to judge."""

    name: str
    measured_at: str
    blocked: Verdict | None = None
    handshake: Trouble | None = None
    versions: dict[str, VersionTry] = field(default_factory=dict)
    tls: TlsSeen | None = None
    chain: tuple[Certificate, ...] = ()
    trust: Trust | None = None
    trust_trouble: Trouble | None = None

    def accepts(self, *versions: str) -> list[str]:
        """Which of these versions the server accepted."""
        found = (self.versions.get(version) for version in versions)
        return [
            name
            for name, one in zip(versions, found, strict=True)
            if one and one.outcome == "accepted"
        ]

    def refuses(self, *versions: str) -> bool:
        """Whether the server refused all of these versions for certain."""
        outcomes = {self.versions[one].outcome for one in versions if one in self.versions}
        return outcomes <= {"refused", "closed"} and all(one in self.versions for one in versions)

    def missing(self, part: str) -> Verdict:
        """Not measured, for the best reason known."""
        troubles = self.tls.troubles if self.tls else {}
        tried = (one.trouble for one in self.versions.values() if one.trouble)
        return untold(troubles.get(part) or self.handshake or next(tried, None))


def versions(server: Server) -> Verdict:
    """TLS 1.3 is good, TLS 1.2 sufficient; anything older is insufficient (section 3.3.1)."""
    if server.blocked:
        return server.blocked
    outcomes: dict[str, JSON] = {name: one.outcome for name, one in server.versions.items()}
    if bad := server.accepts(*reversed(OLD_VERSIONS)):
        return failed("tls_old", versions=outcomes, bad=", ".join(bad))
    unknown = [one for one in server.versions.values() if one.outcome == "failed"]
    good = server.accepts(*GOOD_VERSIONS)
    if unknown or not good:
        return untold(unknown[0].trouble if unknown else server.handshake)
    return passed("tls_new", versions=outcomes, good=", ".join(good))


def ciphers(server: Server) -> Verdict:
    """No suite that the guideline calls insufficient is accepted in any version (appendix B)."""
    if server.blocked or server.tls is None:
        return server.blocked or server.missing("suites")
    by_version: dict[str, JSON] = {name: [*found] for name, found in server.tls.suites.items()}
    every = [name for found in server.tls.suites.values() for name in found]
    bad = [name for name in dict.fromkeys(every) if suite_level(name) == "insufficient"]
    if bad:
        complete = server.tls.all_suites
        return failed("suites_bad", suites=by_version, bad=[*bad], complete=complete)
    if "suites" in server.tls.troubles or not every:
        return server.missing("suites")
    old = [name for name in dict.fromkeys(every) if suite_level(name) == "phase_out"]
    return passed("suites_good", suites=by_version, phase_out=[*old])


def cipher_order(server: Server) -> Verdict:
    """What is sufficient is preferred over what should be phased out, whatever the client says.

    Judged with the newest version up to TLS 1.2; a preference for ChaCha20 on behalf of clients
    that put it first does not count (appendix B, B2-5).
    """
    if server.blocked or server.tls is None:
        return server.blocked or server.missing("suites")
    newest = server.accepts("TLS 1.2", *OLD_VERSIONS[:-1])
    picks = server.tls.suites.get(newest[0], ()) if newest else ()
    if wrong := _disorder(picks, server.tls.reversed_pick):
        return failed("order_bad", picked=wrong[0], better=wrong[1])
    for part in ("suites", "order"):
        if part in server.tls.troubles:
            return server.missing(part)
    if not server.tls.suites:
        return server.missing("suites")
    levels = {suite_level(name) for name in picks}
    matters = {"sufficient", "phase_out"} <= levels
    return passed("order_good") if matters else passed("order_irrelevant")


def _disorder(picks: tuple[str, ...], reversed_pick: str) -> tuple[str, str] | None:
    """A suite to be phased out that was picked while this better one was there as well."""
    better = [name for name in picks if suite_level(name) == "sufficient"]
    if better and suite_level(reversed_pick) == "phase_out":
        return reversed_pick, better[0]
    # Behind the first, the picks came out of offers with the weakest in front.
    rest = picks[1:]
    for at, name in enumerate(rest):
        later = [one for one in rest[at:] if suite_level(one) == "sufficient"]
        if suite_level(name) == "phase_out" and later:
            return name, later[0]
    return None


def exchange_parameters(server: Server) -> Verdict:
    """Key exchange uses approved curves or the finite fields of RFC 7919 (section 3.3.3).

    Finite fields from 3072 bits are to be phased out; smaller ones and a server's own are
    insufficient. That a server would also take ffdhe2048 in TLS 1.3 is not asked.
    """
    if server.blocked or server.tls is None:
        return server.blocked or server.missing("groups")
    groups = server.tls.groups
    bad: list[JSON] = [name for name in groups if group_level(name) == "insufficient"]
    if bad:
        return failed("kex_weak", groups=[*groups], bad=bad)
    if "groups" in server.tls.troubles:
        return server.missing("groups")
    if not server.tls.suites or "suites" in server.tls.troubles:
        return server.missing("suites")
    if not groups:
        return not_applicable("kex_none")
    return passed("kex_strong", groups=[*groups])


def exchange_hash(server: Server) -> Verdict:
    """The server signs its key exchange with SHA-2, also when only weaker is offered (3.3.5).

    TLS 1.3 knows nothing weaker; before TLS 1.2 nothing better than SHA-1 exists.
    """
    if server.blocked or server.tls is None:
        return server.blocked or server.missing("signature")
    weak, old = server.tls.weak_signature, server.tls.old
    if weak is None and old and old.version != "TLS 1.2":
        weak = old.signature
    if weak is None:
        modern = server.refuses("TLS 1.2", *OLD_VERSIONS) and server.accepts("TLS 1.3")
        return passed("modern_only") if modern else server.missing("signature")
    if weak in WEAK_HASHES:
        return failed("hash_weak", hash=weak)
    return passed("hash_strong", **({"hash": weak} if weak else {}))


def _of_old(server: Server) -> Verdict | None:
    """The verdict where nothing is known of TLS 1.2 and older: it is not spoken, or not seen."""
    if server.blocked or server.tls is None:
        return server.blocked or server.missing("old")
    if server.tls.old:
        return None
    modern = server.refuses("TLS 1.2", *OLD_VERSIONS) and server.accepts("TLS 1.3")
    return passed("modern_only") if modern else server.missing("old")


def compression(server: Server) -> Verdict:
    """No compression by TLS itself (section 3.4.1)."""
    if told := _of_old(server):
        return told
    on = server.tls and server.tls.old and server.tls.old.compression
    return failed("compression_on") if on else passed("compression_off")


def secure_renegotiation(server: Server) -> Verdict:
    """The server supports secure renegotiation (RFC 5746; section 3.4.2)."""
    if told := _of_old(server):
        return told
    safe = server.tls and server.tls.old and server.tls.old.secure_renegotiation
    return passed("renegotiation_safe") if safe else failed("renegotiation_unsafe")


def extended_master_secret(server: Server) -> Verdict:
    """The server uses an extended master secret (RFC 7627) in TLS 1.2 and older."""
    if told := _of_old(server):
        return told
    extended = server.tls and server.tls.old and server.tls.old.extended_master_secret
    return passed("ems_on") if extended else failed("ems_off")


def client_renegotiation(server: Server) -> Verdict:
    """A client cannot make the server shake hands again inside TLS 1.2 (section 3.4.2).

    Asked once: whether the server stops after ten times is not tried.
    """
    if told := _of_old(server):
        return told
    seen = server.tls.renegotiated if server.tls else None
    if seen is None:
        return server.missing("renegotiation")
    return failed("renegotiation_allowed") if seen else passed("renegotiation_refused")


def zero_rtt(server: Server) -> Verdict:
    """The server's tickets allow no early data in TLS 1.3 (RFC 8446 section 8; section 3.4.4)."""
    if server.blocked or server.tls is None:
        return server.blocked or server.missing("new")
    new = server.tls.new
    if new is None:
        old_only = server.refuses("TLS 1.3") and server.accepts("TLS 1.2", *OLD_VERSIONS)
        return passed("no_tls13") if old_only else server.missing("new")
    if new.early_data:
        return failed("early_data_on", bytes=new.early_data)
    return passed("early_data_off")


def ocsp_stapling(server: Server) -> Verdict:
    """A certificate that can be asked about comes with a signed answer that it is good (3.4.5)."""
    if told := _without_chain(server):
        return told
    if not server.chain[0].ocsp:
        return passed("staple_not_needed")
    if server.tls is None or not (server.tls.new or server.tls.old):
        return server.missing("new")
    staple = server.tls.staple
    if staple is None:
        return failed("staple_missing")
    wrong = _staple_fault(staple, server.measured_at)
    return failed(wrong, status=staple.status) if wrong else passed("staple_good")


def _staple_fault(staple: Staple, measured_at: str) -> str | None:
    if staple.status != "good":
        return "staple_not_good"
    if not staple.signed:
        return "staple_unsigned"
    until = staple.next_update
    expired = until and datetime.fromisoformat(until) < datetime.fromisoformat(measured_at)
    return "staple_expired" if expired else None


def _without_chain(server: Server) -> Verdict | None:
    if server.blocked or server.chain:
        return server.blocked
    return untold(server.handshake or server.trust_trouble)


def cert_trust(server: Server) -> Verdict:
    """The chain leads to a root that is trusted; names have a check of their own."""
    if server.blocked:
        return server.blocked
    if server.trust is None:
        return untold(server.trust_trouble or server.handshake)
    if server.trust.trusted:
        return passed("chain_trusted", issuer=server.chain[0].issuer if server.chain else "")
    return failed("chain_untrusted", code=server.trust.code, message=server.trust.message)


def cert_pubkey(server: Server) -> Verdict:
    """RSA from 2048 bits (3072 is good), an approved curve or EdDSA, in the whole chain (3.3.2)."""
    if told := _without_chain(server):
        return told
    weak = [one for one in server.chain if not _is_strong(one)]
    keys: list[JSON] = [_key(one) for one in server.chain]
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


def cert_signature(server: Server) -> Verdict:
    """Every certificate is signed with SHA-2 or EdDSA; a root's own signature proves nothing."""
    if told := _without_chain(server):
        return told
    judged = [one for at, one in enumerate(server.chain) if at == 0 or not one.self_signed]
    hashes: list[JSON] = [one.signature_hash for one in judged]
    weak = [one for one in judged if one.signature_hash not in HASHES]
    if weak:
        seen_hash = weak[0].signature_hash
        return failed("signature_weak", hashes=hashes, weak=seen_hash, subject=weak[0].subject)
    return passed("signature_strong", hashes=hashes)


def cert_hostmatch(server: Server) -> Verdict:
    """The name is among the alternative names; the common name no longer counts (RFC 9525)."""
    if told := _without_chain(server):
        return told
    known = server.chain[0].dns_names
    names: list[JSON] = [*known[:50]]
    if any(matches(pattern, server.name) for pattern in known):
        return passed("name_matches", names=names)
    return failed("name_differs", names=names, name=server.name)


RULES = {
    "tls_version": versions,
    "tls_ciphers": ciphers,
    "tls_cipher_order": cipher_order,
    "fs_params": exchange_parameters,
    "kex_hash_func": exchange_hash,
    "tls_compression": compression,
    "renegotiation_secure": secure_renegotiation,
    "renegotiation_client": client_renegotiation,
    "extended_master_secret": extended_master_secret,
    "zero_rtt": zero_rtt,
    "cert_trust": cert_trust,
    "cert_pubkey": cert_pubkey,
    "cert_signature": cert_signature,
    "cert_hostmatch": cert_hostmatch,
}
