# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Cases of DANE and CAA: what differs from the good domain, state, reason."""

from dijkring.surface.engine.observations import Lookup, ResolverSeen, Trust
from dijkring.surface.engine.tests.seen import (
    ISSUER_KEY,
    LEAF_KEY,
    NAME,
    REFUSED,
    TIMEOUT,
    caa,
    certificate,
    found,
    issuer,
    lost,
    mail_host,
    missing,
    tlsa,
)

Case = tuple[dict[str, object], str, str]
# A change of the domain beside that of the site or the server.
PairCase = tuple[dict[str, object], dict[str, object], str, str]
WEB, MX = f"_443._tcp.{NAME}", f"_25._tcp.mail.{NAME}"
NO_AD = ResolverSeen("127.0.0.1:53", validates=False)


def web(*records: str) -> dict[str, object]:
    return {"tlsa": tlsa(WEB, *records)}


def mail(record: Lookup | None) -> dict[str, object]:
    return {"mail_hosts": (mail_host(tlsa=record),)}


def mail_caa(*tried: Lookup) -> dict[str, object]:
    return {"mail_hosts": (mail_host(caa=tried),)}


DANE_CASES: dict[str, list[Case]] = {
    "web-tls.dane_exists": [
        ({}, "pass", "dane_found"),
        ({"tlsa": missing(WEB, "TLSA")}, "fail", "dane_missing"),
        ({"tlsa": tlsa(WEB, security="insecure")}, "fail", "dane_insecure"),
        ({"tlsa": tlsa(WEB, security="bogus")}, "pass", "dane_found"),
        ({"tlsa": lost(WEB, "TLSA")}, "not_measured", "dns_timeout"),
        ({"tlsa": None}, "not_measured", "not_tried"),
        ({"resolver": NO_AD}, "not_measured", "no_ad"),
        ({"a": missing(NAME, "A")}, "not_applicable", "no_address"),
        ({"a": lost(NAME, "A")}, "not_measured", "dns_timeout"),
    ],
    "mail-tls.dane_exists": [
        ({}, "pass", "dane_found"),
        (mail(missing(MX, "TLSA")), "fail", "dane_missing"),
        (mail(tlsa(MX, security="insecure")), "fail", "dane_insecure"),
        (mail(lost(MX, "TLSA")), "not_measured", "dns_timeout"),
        (mail(None), "not_measured", "not_tried"),
        ({"mx": found(NAME, "MX", "0 .")}, "not_applicable", "null_mx"),
        ({"resolver": NO_AD}, "not_measured", "no_ad"),
    ],
    "mail-tls.dane_rollover": [
        ({}, "pass", "dane_ready_to_roll"),
        (mail(tlsa(MX, f"3 1 1 {LEAF_KEY}")), "fail", "dane_single"),
        (mail(tlsa(MX, f"3 1 1 {LEAF_KEY}", "1 1 1 aa")), "fail", "dane_single"),
        (mail(lost(MX, "TLSA")), "not_measured", "dns_timeout"),
        (mail(missing(MX, "TLSA")), "not_applicable", "no_dane"),
    ],
}
WEB_DANE_CASES: dict[str, list[PairCase]] = {
    "web-tls.dane_valid": [
        ({}, {}, "pass", "dane_fits"),
        ({}, {"trust": Trust(False)}, "pass", "dane_fits"),
        (web("3 0 0 00"), {}, "pass", "dane_fits"),
        (web("3 0 1 00"), {}, "pass", "dane_fits"),
        (web("3 0 2 01"), {}, "pass", "dane_fits"),
        (web("3 1 0 02"), {}, "pass", "dane_fits"),
        (web("3 1 2 03"), {}, "pass", "dane_fits"),
        (web("3 1 1 ff"), {}, "fail", "dane_differs"),
        (web("3 1 1 ff", f"3 1 1 {LEAF_KEY}"), {}, "pass", "dane_fits"),
        (web("3 1 1 ff", "4 1 1 02"), {}, "fail", "dane_differs"),
        (web("9 9 9 ff"), {}, "fail", "dane_unusable"),
        (web(f"1 1 1 {LEAF_KEY}"), {}, "pass", "dane_fits"),
        (web(f"1 1 1 {LEAF_KEY}"), {"trust": Trust(False)}, "fail", "dane_differs"),
        (web(f"1 1 1 {LEAF_KEY}"), {"trust": None}, "not_measured", "dane_root_not_sent"),
        (web(f"0 1 1 {ISSUER_KEY}"), {}, "pass", "dane_fits"),
        (web("0 1 1 ff"), {}, "not_measured", "dane_root_not_sent"),
        (web(f"2 1 1 {ISSUER_KEY}"), {}, "pass", "dane_fits"),
        (web("2 0 2 11"), {}, "pass", "dane_fits"),
        (web(f"2 1 1 {LEAF_KEY}"), {}, "fail", "dane_differs"),
        (
            web(f"2 1 1 {ISSUER_KEY}"),
            {"chain": (certificate(signed_by_next=False), issuer())},
            "fail",
            "dane_differs",
        ),
        (
            web(f"2 1 1 {ISSUER_KEY}"),
            {"chain": (certificate(dns_names=("x.example",)), issuer())},
            "fail",
            "dane_differs",
        ),
        (
            web(f"2 1 1 {ISSUER_KEY}"),
            {"chain": (certificate(not_after="2026-05-01T00:00:00+00:00"), issuer())},
            "fail",
            "dane_differs",
        ),
        ({"tlsa": tlsa(WEB, security="bogus")}, {}, "fail", "dane_bogus"),
        ({"tlsa": missing(WEB, "TLSA")}, {}, "not_applicable", "no_dane"),
        ({}, {"chain": (), "handshake": TIMEOUT}, "not_measured", "probe_timeout"),
        ({}, {"https": REFUSED}, "not_applicable", "no_https"),
    ],
}
MAIL_DANE_CASES: dict[str, list[PairCase]] = {
    "mail-tls.dane_valid": [
        ({}, {}, "pass", "dane_fits"),
        (mail(tlsa(MX, f"2 1 1 {ISSUER_KEY}")), {}, "pass", "dane_fits"),
        (mail(tlsa(MX, "3 1 1 ff")), {}, "fail", "dane_differs"),
        (mail(tlsa(MX, f"1 1 1 {LEAF_KEY}")), {}, "fail", "dane_unusable"),
        (mail(tlsa(MX, security="bogus")), {}, "fail", "dane_bogus"),
        (mail(missing(MX, "TLSA")), {}, "not_applicable", "no_dane"),
        (mail(None), {}, "not_measured", "not_tried"),
        (
            {},
            {"chain": (), "trouble": TIMEOUT, "encrypted": False},
            "not_measured",
            "probe_timeout",
        ),
        (
            {},
            {"chain": (), "extensions": (), "encrypted": False, "starttls": 0},
            "not_applicable",
            "no_starttls",
        ),
        (
            {},
            {"chain": (), "greeting": 421, "encrypted": False, "starttls": 0},
            "not_measured",
            "smtp_turned_away",
        ),
    ],
}
CAA_CASES: dict[str, list[Case]] = {
    "web-tls.web_caa": [
        ({}, "pass", "caa_found"),
        ({"caa": (missing(NAME, "CAA"), caa("example"))}, "pass", "caa_found"),
        ({"caa": (missing(NAME, "CAA", "nodata"),)}, "fail", "caa_missing"),
        ({"caa": (caa(NAME, '0 iodef "mailto:a@b.example"'),)}, "fail", "caa_open"),
        ({"caa": (caa(NAME, '0 issue "%%"'),)}, "fail", "caa_syntax"),
        ({"caa": (caa(NAME, '0 issue ";"'),)}, "pass", "caa_found"),
        ({"caa": (lost(NAME, "CAA"),)}, "not_measured", "dns_timeout"),
        ({"caa": ()}, "not_measured", "not_tried"),
        ({"a": missing(NAME, "A")}, "not_applicable", "no_such_name"),
    ],
    "web-extra.caa_quality": [
        ({}, "pass", "caa_strong"),
        ({"caa": (caa(NAME, '0 issue "ca.example"'),)}, "fail", "caa_weak"),
        (
            {"caa": (caa(NAME, '0 issue ";"', '0 iodef "mailto:a@b.example"'),)},
            "pass",
            "caa_strong",
        ),
        ({"caa": (caa(NAME, '0 issue ";"', '128 nieuw "x"'),)}, "fail", "caa_weak"),
        ({"caa": (missing(NAME, "CAA"),)}, "not_applicable", "no_caa"),
        ({"caa": (lost(NAME, "CAA"),)}, "not_measured", "dns_timeout"),
    ],
    "mail-tls.mail_caa": [
        ({}, "pass", "caa_found"),
        (mail_caa(missing(NAME, "CAA")), "fail", "caa_missing"),
        (mail_caa(lost(NAME, "CAA")), "not_measured", "dns_timeout"),
        ({"mx": found(NAME, "MX")}, "not_applicable", "no_mx"),
        ({"mail_hosts": ()}, "not_applicable", "mx_without_address"),
    ],
}
