# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Cases of what Internet.nl does not test, and of STARTTLS: what differs from the good domain,
state, reason."""

from dijkring.surface.engine.observations import (
    Knocked,
    Lookup,
    Outcome,
    Page,
    ResolverSeen,
    Trouble,
)
from dijkring.surface.engine.services import NOT_OURS, SERVICES
from dijkring.surface.engine.tests.cases_dane import PairCase
from dijkring.surface.engine.tests.seen import (
    MX4,
    NAME,
    REFUSED,
    TIMEOUT,
    V4,
    certificate,
    found,
    issuer,
    lost,
    missing,
    page,
    registration,
)

Case = tuple[dict[str, object], str, str]
RPT, STS = f"_smtp._tls.{NAME}", f"_mta-sts.{NAME}"
GOOD_POLICY = f"version: STSv1\r\nmode: enforce\r\nmx: mail.{NAME}\r\nmax_age: 86400\r\n"


def policy(text: str, status: int = 200) -> dict[str, object]:
    return {"mta_sts_policy": Page(f"https://mta-sts.{NAME}/", status, (), text)}


def no_policy(reason: str) -> dict[str, object]:
    return {"mta_sts_policy": None, "mta_sts_trouble": Trouble(reason)}


def lasting(until: str, since: str = "2026-01-01") -> dict[str, object]:
    """A chain measured on 21 November 2026 at ten."""
    leaf = certificate(not_before=f"{since}T00:00:00+00:00", not_after=f"{until}T00:00:00+00:00")
    return {"chain": (leaf, issuer(not_after="2030-01-01T00:00:00+00:00"))}


def cookies(*texts: str) -> dict[str, object]:
    headers = tuple(("set-cookie", text) for text in texts)
    return {"page": Page(f"https://{NAME}/", 200, headers)}


def alias(name: str, outcome: Outcome = "answer") -> dict[str, object]:
    """A name that leads to another."""
    records = (V4,) if outcome == "answer" else ()
    return {"a": Lookup(NAME, "A", outcome, "secure", records, alias=name)}


def knocked(said: Knocked) -> dict[str, object]:
    """A site and a mail server that said the same on their ports."""
    return {"knocked": {V4: said, MX4: said}}


def services(**said: str) -> dict[str, object]:
    """What a host said on its ports: closed, but for these."""
    names = {name.replace("_", " "): found for name, found in said.items()}
    return knocked(Knocked(dict.fromkeys(SERVICES, "closed") | names))


ELSEWHERE = "oud.elders.example"
SILENT = knocked(Knocked(dict.fromkeys(SERVICES, "silent")))
SERVICE_CASES: list[PairCase] = [
    (services(), {}, "pass", "services_hidden"),
    (services(rdp="silent", ssh="silent"), {}, "pass", "services_hidden"),
    (services(rdp="open"), {}, "fail", "services_exposed"),
    (services(sql_server="open", redis="opted_out"), {}, "fail", "services_exposed"),
    (SILENT, {}, "pass", "services_hidden"),
    (services(ssh="opted_out"), {}, "not_measured", "opted_out"),
    (knocked(Knocked(dict.fromkeys(SERVICES, "open"))), {}, "not_measured", "every_port_open"),
    (knocked(Knocked(trouble=TIMEOUT)), {}, "not_measured", "probe_timeout"),
    (knocked(Knocked(trouble=Trouble(NOT_OURS, "x"))), {}, "not_applicable", "ports_not_ours"),
    ({"knocked": {}}, {}, "not_measured", "not_tried"),
]
WEB_SERVICE_CASES: dict[str, list[PairCase]] = {
    "web-extra.exposed_services": [
        *SERVICE_CASES,
        (
            SILENT,
            {"https": TIMEOUT, "plain": None, "plain_trouble": TIMEOUT},
            "not_measured",
            "connect_timeout",
        ),
        (SILENT, {"https": REFUSED, "plain": None}, "pass", "services_hidden"),
    ],
}
MAIL_SERVICE_CASES: dict[str, list[PairCase]] = {
    "mail-extra.exposed_services": [
        *SERVICE_CASES,
        (SILENT, {"greeting": 0, "trouble": TIMEOUT}, "not_measured", "connect_timeout"),
        (SILENT, {"greeting": 0, "trouble": REFUSED}, "pass", "services_hidden"),
    ],
}
SHORT_LIVED = lasting("2026-11-23", "2026-11-18")
WEB_EXTRA_CASES: dict[str, list[Case]] = {
    "web-extra.cert_expiry": [
        ({}, "pass", "certificate_lasts"),
        (lasting("2026-12-06"), "pass", "certificate_lasts"),
        (lasting("2026-12-05"), "fail", "certificate_ends_soon"),
        (SHORT_LIVED, "pass", "certificate_lasts"),
        (lasting("2026-11-22", "2026-11-16"), "fail", "certificate_ends_soon"),
        (lasting("2026-11-21"), "fail", "certificate_ended"),
        (
            {"chain": (certificate(), issuer(not_after="2026-11-30T00:00:00+00:00"))},
            "fail",
            "certificate_ends_soon",
        ),
        ({"chain": (), "handshake": TIMEOUT}, "not_measured", "probe_timeout"),
        ({"https": REFUSED}, "not_applicable", "no_https"),
    ],
    "web-extra.cookie_flags": [
        ({}, "pass", "no_cookies"),
        (cookies("taal=nl; Path=/; Secure; SameSite=Lax"), "pass", "cookies_guarded"),
        (cookies("taal=nl; Path=/; SameSite=Lax"), "fail", "cookies_bare"),
        (cookies("taal=nl; Secure"), "fail", "cookies_bare"),
        (cookies("JSESSIONID=a; Secure; SameSite=Lax"), "fail", "cookies_bare"),
        (
            cookies("a=b; secure; samesite=strict", "sid=x; secure; httponly; samesite=lax"),
            "pass",
            "cookies_guarded",
        ),
        ({"page": page(429)}, "not_measured", "http_turned_away"),
        ({"page": None, "page_trouble": TIMEOUT}, "not_measured", "probe_timeout"),
    ],
    "web-extra.disclosure": [
        ({}, "pass", "software_untold"),
        ({"page": page(server="nginx")}, "pass", "software_untold"),
        ({"page": page(server="Apache/2.4.57 (Debian)")}, "fail", "software_told"),
        ({"page": page(x_powered_by="PHP")}, "fail", "software_told"),
        ({"page": None, "page_trouble": TIMEOUT}, "not_measured", "probe_timeout"),
    ],
}
MAIL_SERVER_EXTRA_CASES: dict[str, list[Case]] = {
    "mail-extra.cert_expiry": [
        ({}, "pass", "certificate_lasts"),
        (lasting("2026-12-05"), "fail", "certificate_ends_soon"),
        (lasting("2026-11-21"), "fail", "certificate_ended"),
        ({"chain": (), "trust_trouble": TIMEOUT}, "not_measured", "probe_timeout"),
        ({"encrypted": False, "extensions": (), "starttls": 0}, "not_applicable", "no_starttls"),
    ],
}
STARTTLS_CASES: list[Case] = [
    ({}, "pass", "starttls_works"),
    ({"extensions": ("SIZE",), "starttls": 0, "encrypted": False}, "fail", "starttls_absent"),
    ({"starttls": 502, "encrypted": False}, "fail", "starttls_refused"),
    ({"starttls": 454, "encrypted": False}, "not_measured", "starttls_busy"),
    ({"greeting": 421, "hello": 0, "encrypted": False}, "not_measured", "smtp_turned_away"),
    ({"greeting": 554, "hello": 0, "encrypted": False}, "not_measured", "smtp_turned_away"),
    ({"hello": 450, "extensions": (), "encrypted": False}, "not_measured", "smtp_turned_away"),
    ({"encrypted": False, "trouble": TIMEOUT}, "not_measured", "probe_timeout"),
    ({"greeting": 0, "encrypted": False, "trouble": REFUSED}, "not_measured", "smtp_refused"),
]


def registry(**changed: object) -> dict[str, object]:
    """What the registry says, but for these."""
    return {"registration": registration(**changed)}


BELOW: dict[str, object] = {"org_domain": "example", "registration": None}
UNTOLD: list[Case] = [
    (registry(trouble=TIMEOUT), "not_measured", "probe_timeout"),
    (registry(trouble=Trouble("rdap_no_server", "nl")), "not_measured", "rdap_no_server"),
    ({"registration": None}, "not_measured", "not_tried"),
    (BELOW, "not_applicable", "registration_above"),
]
DOMAIN_EXTRA_CASES: dict[str, list[Case]] = {
    "web-extra.registration_lasts": [
        ({}, "pass", "registration_lasts"),
        (registry(expires="2026-12-21T10:00:00+00:00"), "pass", "registration_lasts"),
        (registry(expires="2026-12-21T09:59:59+00:00"), "fail", "registration_ends_soon"),
        (registry(expires="2026-11-21T10:00:00+00:00"), "fail", "registration_ended"),
        (registry(expires=""), "not_applicable", "registration_no_end"),
        *UNTOLD,
    ],
    "web-extra.registration_status": [
        ({}, "pass", "registration_kept"),
        (registry(statuses=()), "pass", "registration_kept"),
        (registry(statuses=("active", "redemption period")), "fail", "registration_lost"),
        (registry(statuses=("pending delete",)), "fail", "registration_lost"),
        (registry(statuses=("client hold",)), "fail", "registration_held"),
        *UNTOLD,
    ],
    "web-extra.registration_delegation": [
        ({}, "pass", "registration_fits"),
        (registry(signed=None), "pass", "registration_fits"),
        (registry(name_servers=("ns1.example",)), "fail", "registration_servers_differ"),
        (registry(signed=False), "fail", "registration_keys_differ"),
        (
            {"resolver": ResolverSeen("x", validates=False)} | registry(signed=False),
            "pass",
            "registration_fits",
        ),
        ({"zone": None}, "not_measured", "not_tried"),
        (registry(name_servers=()), "not_applicable", "registration_no_servers"),
        *UNTOLD,
    ],
    "web-extra.dangling_cname": [
        ({}, "pass", "no_cname"),
        (alias(ELSEWHERE), "pass", "cname_lives"),
        (alias(ELSEWHERE, "nodata"), "pass", "cname_lives"),
        (alias(ELSEWHERE, "nxdomain"), "fail", "cname_dangles"),
        (
            alias(ELSEWHERE, "nxdomain") | {"aaaa": lost(NAME, "AAAA")},
            "fail",
            "cname_dangles",
        ),
        ({"a": lost(NAME, "A")}, "not_measured", "dns_timeout"),
        (
            {"a": missing(NAME, "A"), "aaaa": missing(NAME, "AAAA")},
            "not_applicable",
            "no_such_name",
        ),
    ],
}
MAIL_EXTRA_CASES: dict[str, list[Case]] = {
    "mail-extra.tls_rpt": [
        ({}, "pass", "record_found"),
        ({"tls_rpt": missing(RPT, "TXT")}, "fail", "record_missing"),
        ({"tls_rpt": found(RPT, "TXT", "v=TLSRPTv1; rua=ftp://a")}, "fail", "tls_rpt_syntax"),
        (
            {"tls_rpt": found(RPT, "TXT", "v=TLSRPTv1;rua=mailto:a@b", "v=TLSRPTv1;rua=x")},
            "fail",
            "record_twice",
        ),
        ({"tls_rpt": lost(RPT, "TXT")}, "not_measured", "dns_timeout"),
        ({"tls_rpt": None}, "not_measured", "not_tried"),
        ({"mx": found(NAME, "MX", "0 .")}, "not_applicable", "null_mx"),
    ],
    "mail-extra.mta_sts": [
        ({}, "pass", "mta_sts_good"),
        (policy(GOOD_POLICY.replace("mail.", "*.")), "pass", "mta_sts_good"),
        ({"mta_sts": missing(STS, "TXT")}, "fail", "record_missing"),
        ({"mta_sts": lost(STS, "TXT")}, "not_measured", "dns_timeout"),
        (policy(GOOD_POLICY.replace("enforce", "testing")), "fail", "mta_sts_not_enforced"),
        (policy(GOOD_POLICY.replace("mail.", "post.")), "fail", "mta_sts_left_out"),
        (policy(GOOD_POLICY.replace("86400", "86399")), "fail", "mta_sts_short"),
        (policy("<html>"), "fail", "mta_sts_syntax"),
        (policy("", 404), "fail", "mta_sts_no_policy"),
        (policy("", 503), "not_measured", "http_turned_away"),
        (no_policy("mta_sts_untrusted"), "fail", "mta_sts_unreachable"),
        (no_policy("mta_sts_no_host"), "fail", "mta_sts_unreachable"),
        (no_policy("probe_timeout"), "not_measured", "probe_timeout"),
        ({"mx": found(NAME, "MX")}, "not_applicable", "no_mx"),
    ],
}
