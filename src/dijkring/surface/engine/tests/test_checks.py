# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Each check over observations: what is seen decides, nothing else."""

import pytest

from dijkring.surface.engine.checks import CHECKS
from dijkring.surface.engine.checks.model import Verdict
from dijkring.surface.engine.names import matches
from dijkring.surface.engine.observations import DomainSeen, Lookup, ResolverSeen, Trust, VersionTry
from dijkring.surface.engine.tests.cases_dane import (
    CAA_CASES,
    DANE_CASES,
    MAIL_DANE_CASES,
    WEB_DANE_CASES,
    PairCase,
)
from dijkring.surface.engine.tests.cases_extra import (
    DOMAIN_EXTRA_CASES,
    MAIL_EXTRA_CASES,
    MAIL_SERVER_EXTRA_CASES,
    MAIL_SERVICE_CASES,
    STARTTLS_CASES,
    WEB_EXTRA_CASES,
    WEB_SERVICE_CASES,
)
from dijkring.surface.engine.tests.cases_ipv6 import IPV6_CASES
from dijkring.surface.engine.tests.cases_rpki import RPKI_CASES
from dijkring.surface.engine.tests.cases_tls import MAIL_TLS_CASES, WEB_TLS_CASES
from dijkring.surface.engine.tests.seen import (
    GOOD_CSP,
    NAME,
    REFUSED,
    TIMEOUT,
    certificate,
    domain,
    found,
    lost,
    mail_host,
    mail_server,
    missing,
    page,
    security_txt,
    site,
    versions,
    with_headers,
)

UNSIGNED_A = found(NAME, "A", "192.0.2.3", security="insecure")
BOGUS_A = found(NAME, "A", "192.0.2.3", security="bogus")
MX = f"mail.{NAME}"
NO_AD = ResolverSeen("127.0.0.1:53", validates=False)
ORG = "gemeente.example"
DMARC, DKIM = f"_dmarc.{NAME}", f"_domainkey.{NAME}"


def spf(*records: str) -> dict[str, Lookup]:
    return {NAME: found(NAME, "TXT", *records)}


def dmarc(*records: str) -> Lookup:
    return found(DMARC, "TXT", *records)


DOMAIN_CASES: dict[str, list[tuple[dict[str, object], str, str]]] = {
    **IPV6_CASES,
    **DANE_CASES,
    **CAA_CASES,
    **RPKI_CASES,
    **DOMAIN_EXTRA_CASES,
    **MAIL_EXTRA_CASES,
    "web-dnssec.dnssec_exists": [
        ({}, "pass", "signed"),
        ({"a": UNSIGNED_A}, "fail", "unsigned"),
        ({"a": BOGUS_A}, "pass", "signed"),
        ({"aaaa": found(NAME, "AAAA", "2001:db8::3", security="insecure")}, "fail", "unsigned"),
        ({"a": lost(NAME, "A")}, "not_measured", "dns_timeout"),
        ({"aaaa": lost(NAME, "AAAA", "dns_servfail")}, "not_measured", "dns_servfail"),
        ({"a": UNSIGNED_A, "aaaa": lost(NAME, "AAAA")}, "fail", "unsigned"),
        ({"a": missing(NAME, "A"), "aaaa": missing(NAME, "AAAA")}, "not_applicable", "no_address"),
        ({"a": UNSIGNED_A, "resolver": NO_AD}, "not_measured", "no_ad"),
    ],
    "web-dnssec.dnssec_valid": [
        ({}, "pass", "valid"),
        ({"a": UNSIGNED_A}, "not_applicable", "unsigned_so_untested"),
        ({"a": BOGUS_A}, "fail", "bogus"),
        ({"a": BOGUS_A, "aaaa": lost(NAME, "AAAA")}, "fail", "bogus"),
        ({"aaaa": Lookup(NAME, "AAAA", "nodata", "bogus")}, "fail", "bogus"),
        ({"a": lost(NAME, "A")}, "not_measured", "dns_timeout"),
        ({"resolver": NO_AD}, "not_measured", "no_ad"),
        (
            {"resolver": ResolverSeen("x", False, TIMEOUT), "a": BOGUS_A},
            "not_measured",
            "probe_timeout",
        ),
    ],
    "mail-dnssec.dnssec_exists": [
        ({}, "pass", "signed"),
        ({"mx": found(NAME, "MX", f"10 {MX}.", security="insecure")}, "fail", "unsigned"),
        ({"mx": found(NAME, "MX")}, "pass", "signed"),
        ({"mx": found(NAME, "MX", security="insecure")}, "fail", "unsigned"),
        ({"mx": lost(NAME, "MX")}, "not_measured", "dns_timeout"),
        ({"mx": missing(NAME, "MX")}, "not_applicable", "no_such_name"),
        ({"resolver": NO_AD}, "not_measured", "no_ad"),
    ],
    "mail-dnssec.dnssec_valid": [
        ({}, "pass", "valid"),
        ({"mx": found(NAME, "MX", f"10 {MX}.", security="bogus")}, "fail", "bogus"),
        (
            {"mx": found(NAME, "MX", f"10 {MX}.", security="insecure")},
            "not_applicable",
            "unsigned_so_untested",
        ),
        ({"mx": lost(NAME, "MX")}, "not_measured", "dns_timeout"),
    ],
    "mail-dnssec.dnssec_mx_exists": [
        ({}, "pass", "signed"),
        (
            {"mail_hosts": (mail_host(a=UNSIGNED_A), mail_host(name="mx2.example"))},
            "fail",
            "unsigned",
        ),
        ({"mail_hosts": (mail_host(a=lost(MX, "A")),)}, "not_measured", "dns_timeout"),
        ({"mail_hosts": (mail_host(a=missing(MX, "A")),)}, "not_applicable", "mx_without_address"),
        ({"mx": found(NAME, "MX", "0 .")}, "not_applicable", "null_mx"),
        ({"mx": found(NAME, "MX")}, "not_applicable", "no_mx"),
        ({"mx": lost(NAME, "MX")}, "not_measured", "dns_timeout"),
        ({"resolver": NO_AD}, "not_measured", "no_ad"),
    ],
    "mail-dnssec.dnssec_mx_valid": [
        ({}, "pass", "valid"),
        ({"mail_hosts": (mail_host(a=BOGUS_A), mail_host(name="mx2.example"))}, "fail", "bogus"),
        ({"mail_hosts": (mail_host(a=UNSIGNED_A),)}, "not_applicable", "unsigned_so_untested"),
        ({"mail_hosts": (mail_host(a=lost(MX, "A")),)}, "not_measured", "dns_timeout"),
        ({"mx": found(NAME, "MX", "0 .")}, "not_applicable", "null_mx"),
    ],
    "mail-auth.dmarc": [
        ({}, "pass", "record_found"),
        ({"dmarc": dmarc()}, "fail", "record_missing"),
        ({"dmarc": dmarc("v=spf1 -all", "v=DMARC1; p=none")}, "pass", "record_found"),
        ({"dmarc": dmarc("v=DMARC1; p=none", "v=DMARC1; p=reject")}, "fail", "record_twice"),
        (
            {"dmarc": missing(DMARC, "TXT"), "dmarc_org": dmarc("v=DMARC1; p=none")},
            "pass",
            "record_found",
        ),
        (
            {"dmarc": missing(DMARC, "TXT"), "dmarc_org": lost(ORG, "TXT")},
            "not_measured",
            "dns_timeout",
        ),
        ({"dmarc": lost(DMARC, "TXT")}, "not_measured", "dns_timeout"),
        ({"mx": missing(NAME, "MX"), "dmarc": dmarc()}, "not_applicable", "no_such_name"),
        ({"mx": found(NAME, "MX"), "dmarc": dmarc()}, "fail", "record_missing"),
    ],
    "mail-auth.dmarc_policy": [
        ({}, "pass", "dmarc_strict"),
        ({"dmarc": dmarc("v=DMARC1; p=quarantine; sp=none")}, "pass", "dmarc_strict"),
        ({"dmarc": dmarc("v=DMARC1; p=none")}, "fail", "dmarc_none"),
        ({"dmarc": dmarc("v=DMARC1; p=streng")}, "fail", "dmarc_syntax"),
        (
            {"dmarc": dmarc(), "dmarc_org": dmarc("v=DMARC1; p=reject; sp=none")},
            "fail",
            "dmarc_none",
        ),
        ({"dmarc": dmarc()}, "not_applicable", "no_dmarc"),
        ({"dmarc": lost(DMARC, "TXT")}, "not_measured", "dns_timeout"),
    ],
    "mail-auth.dkim": [
        ({}, "pass", "dkim_found"),
        ({"dkim": missing(DKIM, "TXT")}, "fail", "dkim_missing"),
        ({"dkim": lost(DKIM, "TXT", "dns_servfail")}, "not_measured", "dns_servfail"),
        (
            {"dkim": missing(DKIM, "TXT"), "spf": spf("v=spf1 -all")},
            "not_applicable",
            "never_sends",
        ),
        (
            {
                "dkim": missing(DKIM, "TXT"),
                "spf": spf("v=spf1 -all"),
                "dmarc": dmarc("v=DMARC1; p=none"),
            },
            "fail",
            "dkim_missing",
        ),
    ],
    "mail-auth.spf": [
        ({}, "pass", "record_found"),
        ({"spf": spf("MS=ms1", "v=spf1 -all")}, "pass", "record_found"),
        ({"spf": spf("v=spf10 -all")}, "fail", "record_missing"),
        ({"spf": spf("v=spf1 -all", "v=spf1 ~all")}, "fail", "record_twice"),
        ({"spf": {NAME: lost(NAME, "TXT")}}, "not_measured", "dns_timeout"),
        ({"mx": missing(NAME, "MX"), "spf": spf()}, "not_applicable", "no_such_name"),
    ],
    "mail-auth.spf_policy": [
        ({}, "pass", "spf_strict"),
        ({"spf": spf("v=spf1 mx ?all")}, "fail", "spf_too_open"),
        ({"spf": spf("v=spf1 mx")}, "fail", "spf_no_all"),
        ({"spf": spf()}, "not_applicable", "no_spf"),
        (
            {"spf": spf("v=spf1 include:x.example -all") | {"x.example": lost("x.example", "TXT")}},
            "not_measured",
            "dns_timeout",
        ),
    ],
}
NO_HTTPS: dict[str, object] = {
    "https": REFUSED,
    "handshake": None,
    "versions": {},
    "chain": (),
    "page": None,
}
LOST_TLS: dict[str, object] = {
    "handshake": TIMEOUT,
    "page": None,
    "page_trouble": TIMEOUT,
    "chain": (),
    "trust": None,
}
ALL_UNKNOWN = {name: VersionTry("unknown_name") for name in ("TLS 1.2", "TLS 1.3")}
WEB_CASES: dict[str, list[tuple[dict[str, object], str, str]]] = {
    **WEB_EXTRA_CASES,
    "web-tls.https_exists": [
        ({}, "pass", "https_open"),
        (NO_HTTPS, "fail", "https_closed"),
        (NO_HTTPS | {"plain": None, "plain_trouble": REFUSED}, "not_applicable", "no_website"),
        (NO_HTTPS | {"plain": None, "plain_trouble": TIMEOUT}, "not_measured", "probe_timeout"),
        ({"https": TIMEOUT}, "not_measured", "probe_timeout"),
        (LOST_TLS, "pass", "https_open"),
        (LOST_TLS | {"versions": {}}, "not_measured", "probe_timeout"),
        (LOST_TLS | {"versions": ALL_UNKNOWN}, "fail", "https_unknown_name"),
    ],
    "web-tls.https_forced": [
        ({}, "pass", "https_redirect"),
        ({"plain": page(308, location=f"https://{NAME.upper()}:443/nl")}, "pass", "https_redirect"),
        ({"plain": None, "plain_trouble": REFUSED}, "pass", "http_closed"),
        ({"plain": None, "plain_trouble": TIMEOUT}, "not_measured", "probe_timeout"),
        ({"plain": page(200)}, "fail", "http_serves"),
        (
            {"plain": page(302, location="https://www.elders.example/")},
            "fail",
            "http_redirects_elsewhere",
        ),
        ({"plain": page(302, location="/nl")}, "fail", "http_redirects_elsewhere"),
        ({"plain": page(302, location="https://[")}, "fail", "http_redirects_elsewhere"),
        ({"plain": page(429)}, "not_measured", "http_turned_away"),
        (NO_HTTPS, "not_applicable", "no_https"),
    ],
    "web-tls.https_hsts": [
        ({}, "pass", "header_good"),
        (
            {"page": with_headers(strict_transport_security='Max-Age="31536001"')},
            "pass",
            "header_good",
        ),
        (
            {"page": with_headers(strict_transport_security="max-age=31535999")},
            "fail",
            "hsts_too_short",
        ),
        (
            {"page": with_headers(strict_transport_security="preload")},
            "fail",
            "header_value_unknown",
        ),
        ({"page": with_headers(strict_transport_security=None)}, "fail", "header_missing"),
        ({"page": page(503)}, "not_measured", "http_turned_away"),
        (LOST_TLS, "not_measured", "probe_timeout"),
        (NO_HTTPS, "not_applicable", "no_https"),
    ],
    "web-tls.tls_version": [
        ({}, "pass", "tls_new"),
        ({"versions": versions(tls13="refused")}, "pass", "tls_new"),
        ({"versions": versions(ssl20="accepted")}, "fail", "tls_old"),
        ({"versions": versions(tls10="accepted", tls11="failed")}, "fail", "tls_old"),
        (
            {"versions": versions(tls11="accepted", tls12="refused", tls13="refused")},
            "fail",
            "tls_old",
        ),
        ({"versions": versions(tls10="closed")}, "pass", "tls_new"),
        ({"versions": versions(tls10="failed")}, "not_measured", "probe_timeout"),
        ({"versions": versions(tls13="failed")}, "not_measured", "probe_timeout"),
        (
            LOST_TLS | {"versions": versions(tls12="refused", tls13="refused")},
            "not_measured",
            "probe_timeout",
        ),
        (NO_HTTPS, "not_applicable", "no_https"),
    ],
    "web-tls.cert_trust": [
        ({}, "pass", "chain_trusted"),
        ({"trust": Trust(False, 18, "self-signed certificate")}, "fail", "chain_untrusted"),
        ({"trust": None, "trust_trouble": TIMEOUT}, "not_measured", "probe_timeout"),
        (NO_HTTPS, "not_applicable", "no_https"),
    ],
    "web-tls.cert_pubkey": [
        ({}, "pass", "key_strong"),
        ({"chain": (certificate(key_type="rsa", key_bits=2048, curve=""),)}, "pass", "key_strong"),
        ({"chain": (certificate(key_type="ed25519", curve=""),)}, "pass", "key_strong"),
        ({"chain": (certificate(key_type="rsa", key_bits=2047, curve=""),)}, "fail", "key_weak"),
        ({"chain": (certificate(curve="secp224r1", key_bits=224),)}, "fail", "key_weak"),
        ({"chain": (certificate(curve="secp256k1"),)}, "fail", "key_weak"),
        (
            {"chain": (certificate(), certificate(key_type="rsa", key_bits=1024, curve=""))},
            "fail",
            "key_weak",
        ),
        (LOST_TLS, "not_measured", "probe_timeout"),
        (NO_HTTPS, "not_applicable", "no_https"),
    ],
    "web-tls.cert_signature": [
        ({}, "pass", "signature_strong"),
        ({"chain": (certificate(signature_hash="sha1"),)}, "fail", "signature_weak"),
        (
            {"chain": (certificate(signature_hash="sha1", self_signed=True),)},
            "fail",
            "signature_weak",
        ),
        ({"chain": (certificate(), certificate(signature_hash="md5"))}, "fail", "signature_weak"),
        (
            {"chain": (certificate(), certificate(signature_hash="sha1", self_signed=True))},
            "pass",
            "signature_strong",
        ),
        ({"chain": (certificate(signature_hash="intrinsic"),)}, "pass", "signature_strong"),
        (LOST_TLS, "not_measured", "probe_timeout"),
    ],
    "web-tls.cert_hostmatch": [
        ({}, "pass", "name_matches"),
        ({"chain": (certificate(dns_names=("a.example", "*.example")),)}, "fail", "name_differs"),
        ({"chain": (certificate(dns_names=()),)}, "fail", "name_differs"),
        (LOST_TLS, "not_measured", "probe_timeout"),
    ],
    "web-appsecpriv.http_referrer_policy": [
        ({}, "pass", "header_good"),
        (
            {"page": with_headers(referrer_policy="unsafe-url, strict-origin")},
            "pass",
            "header_good",
        ),
        ({"page": with_headers(referrer_policy="no-referrer, nieuw-woord")}, "pass", "header_good"),
        ({"page": with_headers(referrer_policy="unsafe-url")}, "fail", "referrer_leaks"),
        ({"page": with_headers(referrer_policy="ja")}, "fail", "header_value_unknown"),
        ({"page": with_headers(referrer_policy=None)}, "fail", "header_missing"),
        (LOST_TLS, "not_measured", "probe_timeout"),
        (NO_HTTPS, "not_applicable", "no_https"),
    ],
    "web-appsecpriv.http_csp": [
        ({}, "pass", "header_good"),
        ({"page": with_headers(content_security_policy="default-src *")}, "fail", "csp_weak"),
        (
            {
                "page": with_headers(
                    content_security_policy=GOOD_CSP + "; script-src 'unsafe-inline'"
                )
            },
            "fail",
            "csp_weak",
        ),
        ({"page": with_headers(content_security_policy=None)}, "fail", "header_missing"),
        (LOST_TLS, "not_measured", "probe_timeout"),
    ],
    "web-appsecpriv.http_x_content_type": [
        ({}, "pass", "header_good"),
        ({"page": with_headers(x_content_type_options="NoSniff")}, "pass", "header_good"),
        ({"page": with_headers(x_content_type_options="ja")}, "fail", "header_value_unknown"),
        ({"page": with_headers(x_content_type_options=None)}, "fail", "header_missing"),
        (LOST_TLS, "not_measured", "probe_timeout"),
    ],
    "web-appsecpriv.http_x_frame": [
        ({}, "pass", "header_good"),
        ({"page": with_headers(x_frame_options="sameorigin")}, "pass", "header_good"),
        ({"page": with_headers(x_frame_options="ALLOW-FROM x")}, "fail", "header_value_unknown"),
        ({"page": with_headers(x_frame_options=None)}, "fail", "header_missing"),
        (LOST_TLS, "not_measured", "probe_timeout"),
    ],
    "web-appsecpriv.http_securitytxt": [
        ({}, "pass", "securitytxt_good"),
        ({"security_txt": security_txt(status="404")}, "fail", "securitytxt_missing"),
        (
            {"security_txt": security_txt("Contact: mailto:a@b.example\n")},
            "fail",
            "securitytxt_wrong",
        ),
        (
            {
                "security_txt": security_txt(
                    "Contact: mailto:a@b.example\nExpires: 2020-01-01T00:00:00Z\n"
                )
            },
            "fail",
            "securitytxt_wrong",
        ),
        ({"security_txt": security_txt(content_type="text/html")}, "fail", "securitytxt_wrong"),
        (
            {"security_txt": security_txt(content_type="text/plain; charset=latin1")},
            "fail",
            "securitytxt_wrong",
        ),
        (
            {"security_txt": security_txt(url=f"https://{NAME}/security.txt")},
            "fail",
            "securitytxt_wrong",
        ),
        ({"security_txt": None, "security_txt_trouble": TIMEOUT}, "not_measured", "probe_timeout"),
        ({"security_txt": security_txt(status="503")}, "not_measured", "http_turned_away"),
        (NO_HTTPS, "not_applicable", "no_https"),
    ],
}
MAIL_CASES = {"mail-tls.starttls_exists": STARTTLS_CASES, **MAIL_SERVER_EXTRA_CASES}
WEB_PAIRS = {**WEB_DANE_CASES, **WEB_SERVICE_CASES}
MAIL_PAIRS = {**MAIL_DANE_CASES, **MAIL_SERVICE_CASES}


def cases(
    table: dict[str, list[tuple[dict[str, object], str, str]]],
) -> list[tuple[str, dict[str, object], str, str]]:
    return [(check, *case) for check, rows in table.items() for case in rows]


def pairs(
    table: dict[str, list[PairCase]],
) -> list[tuple[str, dict[str, object], dict[str, object], str, str]]:
    return [(check, *case) for check, rows in table.items() for case in rows]


def agree(verdict: Verdict, state: str, reason: str) -> None:
    assert (verdict.state, verdict.reason) == (state, reason)


@pytest.mark.parametrize(("check", "changed", "state", "reason"), cases(DOMAIN_CASES))
def test_of_a_domain(check: str, changed: dict[str, object], state: str, reason: str) -> None:
    agree(CHECKS[check].judge(domain(**changed)), state, reason)


@pytest.mark.parametrize(("check", "changed", "state", "reason"), cases(WEB_CASES))
def test_of_a_site(check: str, changed: dict[str, object], state: str, reason: str) -> None:
    seen: DomainSeen = domain()
    agree(CHECKS[check].judge((seen, site(**changed))), state, reason)


@pytest.mark.parametrize(("check", "changed", "state", "reason"), cases(MAIL_CASES))
def test_of_a_mail_server(check: str, changed: dict[str, object], state: str, reason: str) -> None:
    agree(CHECKS[check].judge((domain(), mail_server(**changed))), state, reason)


@pytest.mark.parametrize(("check", "changed", "of_site", "state", "reason"), pairs(WEB_PAIRS))
def test_of_a_site_of_a_domain(
    check: str, changed: dict[str, object], of_site: dict[str, object], state: str, reason: str
) -> None:
    agree(CHECKS[check].judge((domain(**changed), site(**of_site))), state, reason)


@pytest.mark.parametrize(("check", "changed", "of_server", "state", "reason"), pairs(MAIL_PAIRS))
def test_of_a_server_of_a_domain(
    check: str, changed: dict[str, object], of_server: dict[str, object], state: str, reason: str
) -> None:
    agree(CHECKS[check].judge((domain(**changed), mail_server(**of_server))), state, reason)


def test_every_check_has_cases_for_pass_fail_and_not_measured() -> None:
    tables = {**DOMAIN_CASES, **WEB_CASES, **MAIL_CASES}
    states = {check: {row[-2] for row in rows} for check, rows in tables.items()}
    for check, rows in {**WEB_PAIRS, **MAIL_PAIRS}.items():
        states[check] = {row[-2] for row in rows}
    for check, cases_of_tls in {**WEB_TLS_CASES, **MAIL_TLS_CASES}.items():
        states[check] = {row[-2] for row in cases_of_tls}
    assert set(states) == set(CHECKS)
    for check, found_states in states.items():
        assert {"pass", "fail", "not_measured"} <= found_states, check


@pytest.mark.parametrize(
    ("pattern", "name", "matching"),
    [
        ("a.example", "A.example.", True),
        ("*.a.example", "www.a.example", True),
        ("*.a.example", "a.example", False),
        ("*.a.example", "x.www.a.example", False),
        ("w*.a.example", "www.a.example", False),
        ("*.example", "a.example", False),
        ("*", "a.example", False),
    ],
)
def test_names_in_certificates(pattern: str, name: str, matching: bool) -> None:
    assert matches(pattern, name) is matching
