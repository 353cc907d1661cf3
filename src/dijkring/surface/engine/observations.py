# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was seen, kept apart from what we think of it, so that criteria can change later.

Every class is plain data: `to_json` and `from_json` lose nothing.
"""

import dataclasses
import types
import typing
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

Outcome = Literal["answer", "nodata", "nxdomain", "failed"]
Security = Literal["secure", "insecure", "bogus", "unknown"]
Handshake = Literal["accepted", "refused", "unknown_name", "closed", "failed"]
VERSIONS = ("SSL 2.0", "SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3")


@dataclass(frozen=True)
class Trouble:
    """Why something could not be seen; `reason` is a key of content/reasons.yaml."""

    reason: str
    note: str = ""


@dataclass(frozen=True)
class Lookup:
    """One DNS question with its answer; records as text, TXT strings joined.

    alias is the name that CNAME records led to, "" where there are none.
    """

    name: str
    rdtype: str
    outcome: Outcome
    security: Security = "unknown"
    records: tuple[str, ...] = ()
    trouble: Trouble | None = None
    alias: str = ""


@dataclass(frozen=True)
class ResolverSeen:
    """The resolver that was asked, and whether it marks the signed root as authentic (AD)."""

    address: str
    validates: bool
    trouble: Trouble | None = None


@dataclass(frozen=True)
class Certificate:
    """One certificate as sent; dates in ISO 8601 UTC, key_bits 0 when the key is unreadable."""

    subject: str
    issuer: str
    not_before: str
    not_after: str
    dns_names: tuple[str, ...]
    key_type: str
    key_bits: int
    curve: str
    signature_hash: str
    self_signed: bool
    fingerprint: str
    # For TLSA (RFC 6698): SHA-512 of the whole, both hashes of the public key; and whether the
    # next certificate of the chain truly signed this one.
    sha512: str = ""
    key_sha256: str = ""
    key_sha512: str = ""
    signed_by_next: bool = False
    # Whether it names a place to ask for its status (OCSP, RFC 6960).
    ocsp: bool = False


@dataclass(frozen=True)
class Trust:
    """What OpenSSL says of the chain, without the host name; code and text as OpenSSL's."""

    trusted: bool
    code: int = 0
    message: str = ""


@dataclass(frozen=True)
class VersionTry:
    """What a server did with a ClientHello for exactly one version."""

    outcome: Handshake
    trouble: Trouble | None = None


@dataclass(frozen=True)
class OldTls:
    """What a server says in the clear, with the newest version up to TLS 1.2 that it accepts.

    signature is the hash under its key exchange, "" where it signs none.
    """

    version: str
    suite: str
    compression: int
    secure_renegotiation: bool
    extended_master_secret: bool
    signature: str = ""


@dataclass(frozen=True)
class NewTls:
    """What a handshake of TLS 1.3 showed; early_data in bytes, 0 for none."""

    suite: str
    group: str
    signature: str
    proven: bool
    early_data: int


@dataclass(frozen=True)
class Staple:
    """A stapled OCSP answer: good, revoked, unknown or unreadable, and whether we know who
    signed it; next_update in ISO 8601 UTC, "" when it has none."""

    status: str
    signed: bool
    next_update: str = ""


@dataclass(frozen=True)
class TlsSeen:
    """How a server speaks TLS, beside the versions it accepts.

    suites: by version, in the order in which it picked them: the first out of everything with the
    best in front, the others with the weakest in front; all_suites tells whether there are no
    more. reversed_pick: what it picked out of all that it accepts but ought to be phased out at
    latest, those first; "" when there was nothing to choose. weak_signature: the hash it signs
    with when only weak ones are offered, "" when it refuses. troubles: by part, why it is missing.
    """

    suites: dict[str, tuple[str, ...]] = field(default_factory=dict)
    all_suites: bool = True
    groups: tuple[str, ...] = ()
    reversed_pick: str = ""
    weak_signature: str | None = None
    old: OldTls | None = None
    new: NewTls | None = None
    staple: Staple | None = None
    renegotiated: bool | None = None
    troubles: dict[str, Trouble] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """The first answer to GET on one address; header names in lower case, body only if asked."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: str | None = None

    def header(self, name: str) -> str | None:
        """All values of a header joined by commas (RFC 9110 section 5.3), None when absent."""
        values = [value for key, value in self.headers if key == name]
        return ", ".join(values) if values else None

    def first(self, name: str) -> str | None:
        """The first occurrence of a header, None when absent."""
        return next((value for key, value in self.headers if key == name), None)


@dataclass(frozen=True)
class WebSeen:
    """One address of a website. A None without its trouble was never tried."""

    name: str
    address: str
    https: Trouble | None = None
    handshake: Trouble | None = None
    versions: dict[str, VersionTry] = field(default_factory=dict)
    chain: tuple[Certificate, ...] = ()
    trust: Trust | None = None
    trust_trouble: Trouble | None = None
    page: Page | None = None
    page_trouble: Trouble | None = None
    plain: Page | None = None
    plain_trouble: Trouble | None = None
    security_txt: Page | None = None
    security_txt_trouble: Trouble | None = None
    tls: TlsSeen | None = None


@dataclass(frozen=True)
class Knocked:
    """What a knock on each port of an address gave: open, closed, silent or a reason."""

    services: dict[str, str] = field(default_factory=dict)
    trouble: Trouble | None = None


@dataclass(frozen=True)
class Registration:
    """What the registry says of a domain (RDAP, RFC 9083), without anything of persons.

    server and address: who said it; status: of HTTP, 0 for no answer; expires: ISO 8601 UTC, ""
    where it names no end; signed: whether the zone above points to our keys, None for not told.
    """

    name: str
    server: str = ""
    address: str = ""
    status: int = 0
    expires: str = ""
    statuses: tuple[str, ...] = ()
    registrar: str = ""
    name_servers: tuple[str, ...] = ()
    signed: bool | None = None
    trouble: Trouble | None = None


@dataclass(frozen=True)
class NameServer:
    """A name server; `reached` tells per IPv6 address what went wrong, None for an answer."""

    name: str
    a: Lookup
    aaaa: Lookup
    reached: dict[str, Trouble | None] = field(default_factory=dict)


@dataclass(frozen=True)
class ZoneSeen:
    """The zone that a name lies in and its name servers; no servers where `ns` is no answer."""

    name: str
    ns: Lookup
    servers: tuple[NameServer, ...] = ()


@dataclass(frozen=True)
class MailHost:
    """A name from the MX record with its addresses; `caa` from the name up to what was found."""

    name: str
    a: Lookup
    aaaa: Lookup
    tlsa: Lookup | None = None
    caa: tuple[Lookup, ...] = ()
    zone: ZoneSeen | None = None


@dataclass(frozen=True)
class Route:
    """An announced prefix with its origin ASN, and what RPKI says of it (RFC 6811)."""

    prefix: str
    origin: int
    state: Literal["valid", "invalid", "not_found"]


@dataclass(frozen=True)
class MxSeen:
    """One address of a mail server; replies are SMTP codes, 0 when it did not come to that."""

    host: str
    address: str
    greeting: int = 0
    hello: int = 0
    extensions: tuple[str, ...] = ()
    starttls: int = 0
    encrypted: bool = False
    trouble: Trouble | None = None
    chain: tuple[Certificate, ...] = ()
    trust: Trust | None = None
    trust_trouble: Trouble | None = None
    versions: dict[str, VersionTry] = field(default_factory=dict)
    tls: TlsSeen | None = None


@dataclass(frozen=True)
class DomainSeen:
    """Everything seen of one domain in one round; measured_at in ISO 8601 UTC."""

    domain: str
    measured_at: str
    resolver: ResolverSeen
    a: Lookup
    aaaa: Lookup
    mx: Lookup
    dkim: Lookup
    dmarc: Lookup
    org_domain: str
    dmarc_org: Lookup | None
    spf: dict[str, Lookup]
    web: tuple[WebSeen, ...] = ()
    mail_hosts: tuple[MailHost, ...] = ()
    mail_servers: tuple[MxSeen, ...] = ()
    zone: ZoneSeen | None = None
    tlsa: Lookup | None = None
    caa: tuple[Lookup, ...] = ()
    tls_rpt: Lookup | None = None
    mta_sts: Lookup | None = None
    mta_sts_policy: Page | None = None
    mta_sts_trouble: Trouble | None = None
    # Per address the most specific announcements; without the tables only why there are none.
    routes: dict[str, tuple[Route, ...]] = field(default_factory=dict)
    routes_trouble: Trouble | None = None
    # Whether anything at all answered over IPv6 during the round.
    ipv6_works: bool = False
    # Per address the ports of management and databases; None where nobody asked for those.
    knocked: dict[str, Knocked] | None = None
    # None for a name below the one that is registered.
    registration: Registration | None = None


T = TypeVar("T")


def to_json(seen: Any) -> Any:
    """Turn an observation into plain JSON values."""
    return dataclasses.asdict(seen)


def from_json(kind: type[T], data: Any) -> T:
    """Read back what `to_json` wrote, also when it knew more; TypeError for something else."""
    return typing.cast(T, _read(kind, data))


def _read(kind: Any, data: Any) -> Any:
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return kind(**{key: _read(hints[key], data[key]) for key in hints if key in data})  # type: ignore[operator]
    if origin in (types.UnionType, typing.Union):
        known = next(option for option in inner if option is not types.NoneType)
        return None if data is None else _read(known, data)
    if origin is tuple:
        if inner[-1] is Ellipsis:
            return tuple(_read(inner[0], item) for item in data)
        return tuple(_read(part, item) for part, item in zip(inner, data, strict=True))
    if origin is dict:
        return {key: _read(inner[1], value) for key, value in data.items()}
    return data
