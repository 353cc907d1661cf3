# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Observations for tests: a healthy domain, from which each test changes one thing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from dijkring.surface.engine.observations import (
    VERSIONS,
    Certificate,
    DomainSeen,
    Handshake,
    Lookup,
    MailHost,
    MxSeen,
    NameServer,
    NewTls,
    OldTls,
    Outcome,
    Page,
    Registration,
    ResolverSeen,
    Security,
    TlsSeen,
    Trouble,
    Trust,
    VersionTry,
    WebSeen,
    ZoneSeen,
)

NAME = "dijkerveen.example"
GCM_256 = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"
GCM_128 = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"
V4, V6, MX4 = "192.0.2.3", "2001:db8::3", "192.0.2.30"
LEAF_KEY, ISSUER_KEY = "02", "12"
TIMEOUT = Trouble("probe_timeout")
REFUSED = Trouble("connection_refused")
GOOD_CSP = "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
GOOD_HEADERS = {
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "content-security-policy": GOOD_CSP,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
}


def found(name: str, rdtype: str, *records: str, security: Security = "secure") -> Lookup:
    return Lookup(name, rdtype, "answer" if records else "nodata", security, records)


def missing(name: str, rdtype: str, outcome: Outcome = "nxdomain") -> Lookup:
    return Lookup(name, rdtype, outcome, "secure")


def lost(name: str, rdtype: str, reason: str = "dns_timeout") -> Lookup:
    return Lookup(name, rdtype, "failed", trouble=Trouble(reason))


def page(status: int = 200, url: str = f"https://{NAME}/", **headers: str) -> Page:
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Page(url, status, named)


def with_headers(**changed: str | None) -> Page:
    """The good front page with some headers changed, or taken away with None."""
    headers = GOOD_HEADERS | {name.replace("_", "-"): value for name, value in changed.items()}
    kept = tuple((name, value) for name, value in headers.items() if value is not None)
    return Page(f"https://{NAME}/", 200, kept)


def security_txt(body: str | None = None, **changed: str) -> Page:
    expires = datetime.now(UTC) + timedelta(days=100)
    good = f"Contact: mailto:a@{NAME}\nExpires: {expires:%Y-%m-%dT%H:%M:%SZ}\n"
    headers = (("content-type", changed.get("content_type", "text/plain; charset=utf-8")),)
    url = changed.get("url", f"https://{NAME}/.well-known/security.txt")
    return Page(url, int(changed.get("status", 200)), headers, good if body is None else body)


def certificate(**changed: object) -> Certificate:
    good = Certificate(
        subject=f"CN={NAME}",
        issuer="CN=Lab",
        not_before="2026-01-01T00:00:00+00:00",
        not_after="2027-01-01T00:00:00+00:00",
        dns_names=(NAME,),
        key_type="ec",
        key_bits=256,
        curve="secp256r1",
        signature_hash="sha256",
        self_signed=False,
        fingerprint="00",
        sha512="01",
        key_sha256=LEAF_KEY,
        key_sha512="03",
        signed_by_next=True,
    )
    return replace(good, **changed)  # type: ignore[arg-type]


def issuer(**changed: object) -> Certificate:
    """The one above it in the chain; its own issuer is not sent."""
    above: dict[str, object] = {
        "subject": "CN=Lab",
        "issuer": "CN=Root",
        "dns_names": (),
        "fingerprint": "10",
        "sha512": "11",
        "key_sha256": ISSUER_KEY,
        "key_sha512": "13",
        "signed_by_next": False,
    }
    return certificate(**above | changed)


def versions(**outcomes: Handshake) -> dict[str, VersionTry]:
    """TLS 1.2 and 1.3 accepted, the rest refused; tls10="accepted" changes one."""
    keys = {name.lower().replace(" ", "").replace(".", ""): name for name in VERSIONS}
    tries = {name: VersionTry("refused") for name in VERSIONS}
    tries |= {name: VersionTry("accepted") for name in ("TLS 1.2", "TLS 1.3")}
    for key, outcome in outcomes.items():
        tries[keys[key]] = VersionTry(outcome, TIMEOUT if outcome == "failed" else None)
    return tries


def tls(**changed: object) -> TlsSeen:
    """A server that speaks TLS well."""
    good = TlsSeen(
        suites={"TLS 1.2": (GCM_256, GCM_128), "TLS 1.3": ("TLS_AES_256_GCM_SHA384",)},
        groups=("x25519",),
        weak_signature="",
        old=OldTls("TLS 1.2", GCM_256, 0, True, True, "sha256"),
        new=NewTls("TLS_AES_256_GCM_SHA384", "x25519", "sha256", True, 0),
        renegotiated=False,
    )
    return replace(good, **changed)  # type: ignore[arg-type]


def site(**changed: object) -> WebSeen:
    good = WebSeen(
        name=NAME,
        address=V4,
        versions=versions(),
        chain=(certificate(), issuer()),
        trust=Trust(True),
        page=with_headers(),
        plain=page(301, f"http://{NAME}/", location=f"https://{NAME}/"),
        security_txt=security_txt(),
        tls=tls(),
    )
    return replace(good, **changed)  # type: ignore[arg-type]


def mail_server(**changed: object) -> MxSeen:
    leaf = certificate(dns_names=(f"mail.{NAME}",))
    good = MxSeen(
        host=f"mail.{NAME}",
        address=MX4,
        greeting=220,
        hello=250,
        extensions=("SIZE", "STARTTLS"),
        starttls=220,
        encrypted=True,
        chain=(leaf, issuer()),
        trust=Trust(True),
        versions=versions(),
        tls=tls(),
    )
    return replace(good, **changed)  # type: ignore[arg-type]


def mail_host(**changed: object) -> MailHost:
    name = f"mail.{NAME}"
    records = tlsa(f"_25._tcp.{name}"), (missing(name, "CAA", "nodata"), caa(NAME))
    good = MailHost(name, found(name, "A", MX4), found(name, "AAAA"), *records, own_zone())
    return replace(good, **changed)  # type: ignore[arg-type]


def nameserver(name: str = "ns1.example", **changed: object) -> NameServer:
    a, aaaa = found(name, "A", "192.0.2.1"), found(name, "AAAA", "2001:db8::2")
    return replace(NameServer(name, a, aaaa, {"2001:db8::2": None}), **changed)  # type: ignore[arg-type]


def zone(*servers: NameServer) -> ZoneSeen:
    return ZoneSeen(NAME, found(NAME, "NS", *(f"{one.name}." for one in servers)), servers)


def tlsa(owner: str, *records: str, security: Security = "secure") -> Lookup:
    """The two records that fit the good chain: its own key and the one that signed it."""
    fitting = (f"3 1 1 {LEAF_KEY}", f"2 1 1 {ISSUER_KEY}")
    return found(owner, "TLSA", *(records or fitting), security=security)


def caa(owner: str, *records: str) -> Lookup:
    good = (
        '0 issue "ca.example; accounturi=https://ca.example/1"',
        '0 issuewild ";"',
        '0 iodef "mailto:a@ca.example"',
    )
    return found(owner, "CAA", *(records or good))


def mta_sts_policy() -> Page:
    lines = ("version: STSv1", "mode: enforce", f"mx: mail.{NAME}", "max_age: 604800", "")
    return Page(f"https://mta-sts.{NAME}/.well-known/mta-sts.txt", 200, (), "\r\n".join(lines))


def registration(**changed: object) -> Registration:
    good = Registration(
        NAME,
        server="rdap.example",
        address="192.0.2.200",
        status=200,
        expires="2027-11-21T10:00:00+00:00",
        statuses=("active",),
        registrar="Sluis Registraties B.V.",
        name_servers=("ns1.example", "ns2.example"),
        signed=True,
    )
    return replace(good, **changed)  # type: ignore[arg-type]


def own_zone() -> ZoneSeen:
    return zone(nameserver(), nameserver("ns2.example"))


def domain(**changed: object) -> DomainSeen:
    good = DomainSeen(
        domain=NAME,
        measured_at="2026-11-21T10:00:00+00:00",
        resolver=ResolverSeen("127.0.0.1:53", validates=True),
        a=found(NAME, "A", V4),
        aaaa=found(NAME, "AAAA"),
        mx=found(NAME, "MX", f"10 mail.{NAME}."),
        dkim=missing(f"_domainkey.{NAME}", "TXT", "nodata"),
        dmarc=found(f"_dmarc.{NAME}", "TXT", "v=DMARC1; p=reject"),
        org_domain=NAME,
        dmarc_org=None,
        spf={NAME: found(NAME, "TXT", "v=spf1 mx -all")},
        web=(site(),),
        mail_hosts=(mail_host(),),
        mail_servers=(mail_server(),),
        zone=own_zone(),
        tlsa=tlsa(f"_443._tcp.{NAME}"),
        caa=(caa(NAME),),
        tls_rpt=found(f"_smtp._tls.{NAME}", "TXT", f"v=TLSRPTv1; rua=mailto:a@{NAME}"),
        mta_sts=found(f"_mta-sts.{NAME}", "TXT", "v=STSv1; id=1"),
        mta_sts_policy=mta_sts_policy(),
        registration=registration(),
    )
    return replace(good, **changed)  # type: ignore[arg-type]
