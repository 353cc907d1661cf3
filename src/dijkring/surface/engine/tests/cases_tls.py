# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Cases of how a server speaks TLS, the same for websites and mail: what differs, state, reason."""

from dataclasses import replace

from dijkring.surface.engine.observations import (
    NewTls,
    OldTls,
    Staple,
    Trust,
)
from dijkring.surface.engine.tests.seen import (
    GCM_128,
    GCM_256,
    NAME,
    REFUSED,
    TIMEOUT,
    certificate,
    page,
    tls,
    versions,
)

Case = tuple[dict[str, object], str, str]
CBC_OLD = "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"
CBC = "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"
CBC_384 = "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384"
OLD = OldTls("TLS 1.2", GCM_256, 0, True, True, "sha256")
NEW = NewTls("TLS_AES_256_GCM_SHA384", "x25519", "sha256", True, 0)
NOTHING: dict[str, object] = {
    "tls": None,
    "versions": {},
    "chain": (),
    "trust": None,
    "trust_trouble": TIMEOUT,
}
ONLY_13 = versions(tls12="refused")
ONLY_12 = versions(tls13="refused")
UNKNOWN_13 = versions(tls13="failed", tls12="refused")
MODERN: dict[str, object] = {
    "versions": ONLY_13,
    "tls": tls(old=None, weak_signature=None, renegotiated=None, suites={"TLS 1.3": (NEW.suite,)}),
}
LOST_12: dict[str, object] = {
    "versions": versions(tls12="failed"),
    "tls": tls(old=None, weak_signature=None, renegotiated=None),
}


def suites(*names: str, **changed: object) -> dict[str, object]:
    return {"tls": tls(suites={"TLS 1.2": names}, **changed)}


def in_part(part: str, **changed: object) -> dict[str, object]:
    return {"tls": tls(troubles={part: TIMEOUT}, **changed)}


def old(**changed: object) -> dict[str, object]:
    return {"tls": tls(old=replace(OLD, **changed))}  # type: ignore[arg-type]


def stapled(staple: Staple | None, **changed: object) -> dict[str, object]:
    return {"chain": (certificate(ocsp=True),), "tls": tls(staple=staple, **changed)}


RULES: dict[str, list[Case]] = {
    "tls_version": [
        ({}, "pass", "tls_new"),
        ({"versions": versions(ssl20="accepted")}, "fail", "tls_old"),
        ({"versions": versions(ssl30="accepted", tls13="failed")}, "fail", "tls_old"),
        ({"versions": versions(tls10="failed")}, "not_measured", "probe_timeout"),
    ],
    "tls_ciphers": [
        ({}, "pass", "suites_good"),
        (suites(GCM_256, CBC), "pass", "suites_good"),
        (suites(GCM_256, CBC_OLD), "fail", "suites_bad"),
        (suites("TLS_RSA_WITH_AES_128_GCM_SHA256"), "fail", "suites_bad"),
        ({"tls": tls(suites={"TLS 1.3": ("TLS_AES_128_CCM_8_SHA256",)})}, "fail", "suites_bad"),
        (suites(CBC_OLD, troubles={"suites": TIMEOUT}), "fail", "suites_bad"),
        (in_part("suites"), "not_measured", "probe_timeout"),
        (NOTHING, "not_measured", "not_tried"),
    ],
    "tls_cipher_order": [
        ({}, "pass", "order_irrelevant"),
        (MODERN, "pass", "order_irrelevant"),
        (suites(GCM_256, GCM_128, CBC, reversed_pick=GCM_256), "pass", "order_good"),
        (suites(GCM_256, CBC, reversed_pick=CBC), "fail", "order_bad"),
        (suites(GCM_256, CBC, GCM_128, reversed_pick=GCM_256), "fail", "order_bad"),
        (suites(CBC, CBC_384), "pass", "order_irrelevant"),
        (suites(GCM_256, CBC, troubles={"order": TIMEOUT}), "not_measured", "probe_timeout"),
        (in_part("suites"), "not_measured", "probe_timeout"),
    ],
    "fs_params": [
        ({}, "pass", "kex_strong"),
        ({"tls": tls(groups=("x25519", "ffdhe3072", "secp224r1"))}, "pass", "kex_strong"),
        ({"tls": tls(groups=("x25519", "dh-2048"))}, "fail", "kex_weak"),
        ({"tls": tls(groups=("ffdhe2048",))}, "fail", "kex_weak"),
        ({"tls": tls(groups=("secp256k1",))}, "fail", "kex_weak"),
        ({"tls": tls(groups=())}, "not_applicable", "kex_none"),
        (in_part("groups"), "not_measured", "probe_timeout"),
        (in_part("suites"), "not_measured", "probe_timeout"),
    ],
    "kex_hash_func": [
        ({}, "pass", "hash_strong"),
        ({"tls": tls(weak_signature="sha256")}, "pass", "hash_strong"),
        ({"tls": tls(weak_signature="sha1")}, "fail", "hash_weak"),
        (MODERN, "pass", "modern_only"),
        (
            {
                "tls": tls(
                    weak_signature=None, old=replace(OLD, version="TLS 1.0", signature="sha1")
                )
            },
            "fail",
            "hash_weak",
        ),
        (in_part("signature", weak_signature=None), "not_measured", "probe_timeout"),
        (LOST_12, "not_measured", "probe_timeout"),
    ],
    "tls_compression": [
        ({}, "pass", "compression_off"),
        (old(compression=1), "fail", "compression_on"),
        (MODERN, "pass", "modern_only"),
        (LOST_12, "not_measured", "probe_timeout"),
    ],
    "renegotiation_secure": [
        ({}, "pass", "renegotiation_safe"),
        (old(secure_renegotiation=False), "fail", "renegotiation_unsafe"),
        (MODERN, "pass", "modern_only"),
        (LOST_12, "not_measured", "probe_timeout"),
    ],
    "renegotiation_client": [
        ({}, "pass", "renegotiation_refused"),
        ({"tls": tls(renegotiated=True)}, "fail", "renegotiation_allowed"),
        (MODERN, "pass", "modern_only"),
        (in_part("renegotiation", renegotiated=None), "not_measured", "probe_timeout"),
        (LOST_12, "not_measured", "probe_timeout"),
    ],
    "extended_master_secret": [
        ({}, "pass", "ems_on"),
        (old(extended_master_secret=False), "fail", "ems_off"),
        (MODERN, "pass", "modern_only"),
        (LOST_12, "not_measured", "probe_timeout"),
    ],
    "zero_rtt": [
        ({}, "pass", "early_data_off"),
        ({"tls": tls(new=replace(NEW, early_data=16_384))}, "fail", "early_data_on"),
        ({"versions": ONLY_12, "tls": tls(new=None)}, "pass", "no_tls13"),
        (in_part("new", new=None), "not_measured", "probe_timeout"),
        ({"versions": UNKNOWN_13, "tls": tls(new=None)}, "not_measured", "probe_timeout"),
    ],
    "cert_trust": [
        ({}, "pass", "chain_trusted"),
        ({"trust": Trust(False, 20, "unable to get local issuer")}, "fail", "chain_untrusted"),
        (NOTHING, "not_measured", "probe_timeout"),
    ],
    "cert_pubkey": [
        ({}, "pass", "key_strong"),
        ({"chain": (certificate(key_type="rsa", key_bits=1024, curve=""),)}, "fail", "key_weak"),
        (NOTHING, "not_measured", "probe_timeout"),
    ],
    "cert_signature": [
        ({}, "pass", "signature_strong"),
        ({"chain": (certificate(signature_hash="sha1"),)}, "fail", "signature_weak"),
        (NOTHING, "not_measured", "probe_timeout"),
    ],
    "cert_hostmatch": [
        ({"chain": (certificate(dns_names=(NAME, f"mail.{NAME}")),)}, "pass", "name_matches"),
        ({"chain": (certificate(dns_names=("a.example",)),)}, "fail", "name_differs"),
        (NOTHING, "not_measured", "probe_timeout"),
    ],
}
GOOD = Staple("good", True, "2026-11-25T00:00:00+00:00")
ONLY_WEB: dict[str, list[Case]] = {
    "ocsp_stapling": [
        ({}, "pass", "staple_not_needed"),
        (stapled(GOOD), "pass", "staple_good"),
        (stapled(None), "fail", "staple_missing"),
        (stapled(replace(GOOD, status="revoked")), "fail", "staple_not_good"),
        (stapled(replace(GOOD, signed=False)), "fail", "staple_unsigned"),
        (
            stapled(replace(GOOD, next_update="2026-11-20T00:00:00+00:00")),
            "fail",
            "staple_expired",
        ),
        (
            stapled(None, new=None, old=None, troubles={"new": TIMEOUT}),
            "not_measured",
            "probe_timeout",
        ),
        (NOTHING, "not_measured", "probe_timeout"),
    ],
    "http_compression": [
        ({}, "pass", "page_plain"),
        ({"page": page(content_encoding="identity")}, "pass", "page_plain"),
        ({"page": page(content_encoding="br")}, "fail", "page_packed"),
        ({"page": page(429)}, "not_measured", "http_turned_away"),
        ({"page": None, "page_trouble": TIMEOUT}, "not_measured", "probe_timeout"),
    ],
}
NO_HTTPS: Case = ({"https": REFUSED}, "not_applicable", "no_https")
SLOW_HTTPS: Case = ({"https": TIMEOUT}, "not_measured", "probe_timeout")
NO_TLS: dict[str, object] = {"encrypted": False, "starttls": 0, "extensions": ()}
NO_STARTTLS: Case = (NO_TLS, "not_applicable", "no_starttls")
SLOW_SMTP: Case = ({"encrypted": False, "trouble": TIMEOUT}, "not_measured", "probe_timeout")
MAIL_TLS_CASES = {
    f"mail-tls.{name}": [*rows, NO_STARTTLS, SLOW_SMTP] for name, rows in RULES.items()
}
WEB_TLS_CASES = {
    f"web-tls.{name}": [*rows, NO_HTTPS, SLOW_HTTPS] for name, rows in (RULES | ONLY_WEB).items()
}
