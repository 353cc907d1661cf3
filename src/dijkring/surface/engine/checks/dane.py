# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""DANE of sites and mail servers: TLSA records that are signed, fit, and can be renewed.

NCSC guideline for TLS, edition 2025-05; RFC 7671, and RFC 7672 for mail.
"""

from datetime import datetime

from dijkring.surface.engine import dane
from dijkring.surface.engine.checks.common import no_mail, untold
from dijkring.surface.engine.checks.dnssec import no_validation
from dijkring.surface.engine.checks.mail_tls import starttls_exists
from dijkring.surface.engine.checks.model import (
    JSON,
    Verdict,
    failed,
    not_applicable,
    not_measured,
    passed,
)
from dijkring.surface.engine.checks.web_tls import without_https
from dijkring.surface.engine.observations import DomainSeen, Lookup, MailHost, MxSeen, WebSeen

# Senders of mail make no use of the PKIX usages (RFC 7672 section 3.1.3).
MAIL_USAGES = (dane.DANE_TA, dane.DANE_EE)
WEB_USAGES = (dane.PKIX_TA, dane.PKIX_EE, *MAIL_USAGES)
LEAST_RECORDS = 2


def web_exists(seen: DomainSeen) -> Verdict:
    """There is a signed TLSA record for the site."""
    if seen.a.outcome != "answer" and seen.aaaa.outcome != "answer":
        lost = seen.a.trouble or seen.aaaa.trouble
        return untold(lost) if lost else not_applicable("no_address")
    return no_validation(seen) or _exists([seen.tlsa])


def mail_exists(seen: DomainSeen) -> Verdict:
    """There is a signed TLSA record for every mail server."""
    if blocked := no_mail(seen) or no_validation(seen):
        return blocked
    return _exists([host.tlsa for host in seen.mail_hosts])


def _exists(lookups: list[Lookup | None]) -> Verdict:
    """A record in an unsigned zone is no DANE; that of a broken signature is judged elsewhere."""
    known = [one for one in lookups if one is not None]
    for state, reason in (("none", "dane_missing"), ("insecure", "dane_insecure")):
        names: list[JSON] = [one.name for one in known if _state(one) == state]
        if names:
            return failed(reason, names=names)
    lost = next((one.trouble for one in known if one.outcome == "failed"), None)
    if lost or not known or len(known) < len(lookups):
        return untold(lost)
    return passed("dane_found", names=[one.name for one in known], records=_records(known))


def _state(lookup: Lookup) -> str:
    if lookup.outcome in ("nodata", "nxdomain"):
        return "none"
    return lookup.security if lookup.outcome == "answer" else "failed"


def _records(lookups: list[Lookup]) -> list[JSON]:
    return [text for one in lookups for text in one.records]


def web_valid(seen: tuple[DomainSeen, WebSeen]) -> Verdict:
    """A TLSA record vouches for the certificate of this address."""
    domain, web = seen
    if blocked := without_https(web) or _follows(web_exists(domain)):
        return blocked
    trusted = web.trust.trusted if web.trust else None
    presented = dane.Presented(web.chain, [web.name], trusted, _at(domain))
    if not web.chain:
        return untold(web.handshake or web.trust_trouble)
    return _valid(domain.tlsa, presented, WEB_USAGES)


def mail_valid(seen: tuple[DomainSeen, MxSeen]) -> Verdict:
    """A TLSA record vouches for the certificate of this mail server."""
    domain, server = seen
    host = _host(domain, server)
    if host is None or host.tlsa is None:
        return not_measured("not_tried")
    if blocked := no_validation(domain) or _follows(_exists([host.tlsa])):
        return blocked
    if not server.chain:
        starttls = starttls_exists(seen)
        return not_applicable("no_starttls") if starttls.state == "fail" else _unseen(server)
    presented = dane.Presented(server.chain, [host.name, domain.domain], None, _at(domain))
    return _valid(host.tlsa, presented, MAIL_USAGES)


def _unseen(server: MxSeen) -> Verdict:
    return untold(server.trouble) if server.trouble else not_measured("smtp_turned_away")


def _host(domain: DomainSeen, server: MxSeen) -> MailHost | None:
    """The mail host that has this address; an address may serve several names."""
    having = (
        host
        for host in domain.mail_hosts
        if server.address in (*host.a.records, *host.aaaa.records)
    )
    return next(having, None)


def _follows(exists: Verdict) -> Verdict | None:
    if exists.state == "pass":
        return None
    return not_applicable("no_dane") if exists.state == "fail" else exists


def _at(domain: DomainSeen) -> datetime:
    return datetime.fromisoformat(domain.measured_at)


def _valid(lookup: Lookup | None, presented: dane.Presented, usages: tuple[int, ...]) -> Verdict:
    if lookup is None:
        return not_measured("not_tried")
    shown: list[JSON] = [*lookup.records]
    if lookup.security == "bogus":
        return failed("dane_bogus", records=shown)
    usable = _usable(lookup, usages)
    if not usable:
        return failed("dane_unusable", records=shown)
    found = dane.best(dane.match(one, presented) for one in usable)
    if found == "unknown":
        return not_measured("dane_root_not_sent", records=shown)
    return (
        passed("dane_fits", records=shown)
        if found == "yes"
        else failed("dane_differs", records=shown)
    )


def _usable(lookup: Lookup, usages: tuple[int, ...]) -> list[dane.Tlsa]:
    read = map(dane.parse, lookup.records)
    return [one for one in read if one is not None and one.usage in usages]


def mail_rollover(seen: DomainSeen) -> Verdict:
    """Every mail server has a second record, for the next key or for who issues it."""
    if blocked := _follows(mail_exists(seen)) or no_mail(seen):
        return blocked
    single: list[JSON] = [
        host.name
        for host in seen.mail_hosts
        if host.tlsa and len(set(_usable(host.tlsa, MAIL_USAGES))) < LEAST_RECORDS
    ]
    if single:
        return failed("dane_single", hosts=single)
    return passed("dane_ready_to_roll", hosts=[host.name for host in seen.mail_hosts])
