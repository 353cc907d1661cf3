# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""web-extra and mail-extra: what Internet.nl does not test; advice that counts in no score."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from dijkring.surface.engine.checks.appsecpriv import Seen, front_page
from dijkring.surface.engine.checks.common import no_mail, untold
from dijkring.surface.engine.checks.mail_tls import without_starttls
from dijkring.surface.engine.checks.model import (
    JSON,
    Verdict,
    failed,
    not_measured,
    passed,
)
from dijkring.surface.engine.checks.web_tls import TURNED_AWAY, without_https
from dijkring.surface.engine.mail import mail_host_names
from dijkring.surface.engine.mailpolicies import Policy, parse_policy, report_addresses
from dijkring.surface.engine.names import matches
from dijkring.surface.engine.observations import Certificate, DomainSeen, Lookup, MxSeen, Page

# Time to renew: two weeks, or a fifth of the life of certificates that live short.
SOON, SHARE = timedelta(days=14), 5
SESSION = re.compile(r"sess|sid\b|auth|token|login|jwt", re.I)
MOST_COOKIES = 50
TELLING = ("x-powered-by", "x-aspnet-version", "x-aspnetmvc-version", "x-generator")
VERSION = re.compile(r"\d+\.\d+|/\d")
# Answers of the policy host that are the owner's doing; the rest may be ours.
BROKEN_HOST = ("mta_sts_no_host", "mta_sts_untrusted", "connection_refused", "tls_alert")
DAY = 86_400


def web_cert_expiry(seen: Seen) -> Verdict:
    """No certificate of the site's chain ends soon."""
    domain, web = seen
    if blocked := without_https(web):
        return blocked
    if not web.chain:
        return untold(web.handshake or web.trust_trouble)
    return _expiry(domain, web.chain)


def mail_cert_expiry(seen: tuple[DomainSeen, MxSeen]) -> Verdict:
    """No certificate of the mail server's chain ends soon."""
    domain, server = seen
    if blocked := without_starttls(seen):
        return blocked
    if not server.chain:
        return untold(server.trouble or server.trust_trouble)
    return _expiry(domain, server.chain, host=server.host)


def _expiry(domain: DomainSeen, chain: Sequence[Certificate], **said: JSON) -> Verdict:
    """Judge what ends first of a chain. The detail has the date: days would differ daily."""
    now = datetime.fromisoformat(domain.measured_at)
    first = min(chain, key=lambda one: one.not_after)
    begins, ends = (datetime.fromisoformat(at) for at in (first.not_before, first.not_after))
    said |= {"until": ends.date().isoformat(), "subject": first.subject, "issuer": first.issuer}
    if ends <= now:
        return failed("certificate_ended", **said)
    if ends - now < min(SOON, (ends - begins) / SHARE):
        return failed("certificate_ends_soon", **said)
    return passed("certificate_lasts", **said)


def cookie_flags(seen: Seen) -> Verdict:
    """Cookies are Secure and SameSite, and those of sessions HttpOnly (RFC 6265bis)."""
    return front_page(seen, _cookie_flags)


def _cookie_flags(page: Page) -> Verdict:
    cookies = [value for name, value in page.headers if name == "set-cookie"][:MOST_COOKIES]
    if not cookies:
        return passed("no_cookies")
    lacking: list[JSON] = [text for cookie in cookies for text in _lacking(cookie)]
    if lacking:
        return failed("cookies_bare", cookies=lacking)
    return passed("cookies_guarded", cookies=[_name(cookie) for cookie in cookies])


def _name(cookie: str) -> str:
    return cookie.partition("=")[0].strip()[:80]


def _lacking(cookie: str) -> Iterator[str]:
    """What a cookie lacks, without its value, which is a secret of the visitor."""
    parts = [part.strip().lower() for part in cookie.split(";")[1:]]
    flags = {part.partition("=")[0].strip() for part in parts}
    wanted = ["Secure", "SameSite", *(["HttpOnly"] if SESSION.search(_name(cookie)) else [])]
    for flag in wanted:
        if flag.lower() not in flags:
            yield f"{_name(cookie)}: {flag}"


def disclosure(seen: Seen) -> Verdict:
    """Headers do not tell which version of which software answers."""
    return front_page(seen, _disclosure)


def _disclosure(page: Page) -> Verdict:
    server = page.header("server") or ""
    telling: list[JSON] = [
        f"{name}: {value[:100]}" for name, value in page.headers if name in TELLING and value
    ]
    if VERSION.search(server):
        telling.insert(0, f"server: {server[:100]}")
    return failed("software_told", headers=telling) if telling else passed("software_untold")


def tls_rpt(seen: DomainSeen) -> Verdict:
    """The domain asks for reports about encryption that did not work (RFC 8460)."""
    if blocked := no_mail(seen) or _unseen(seen.tls_rpt):
        return blocked
    records = _records(seen.tls_rpt, "v=TLSRPTv1")
    name = f"_smtp._tls.{seen.domain}"
    if len(records) != 1:
        return failed("record_twice" if records else "record_missing", record="TLS-RPT", name=name)
    addresses = report_addresses(records[0])
    if addresses is None:
        return failed("tls_rpt_syntax", value=records[0])
    return passed("record_found", record="TLS-RPT", name=name, value=records[0])


def _unseen(lookup: Lookup | None) -> Verdict | None:
    if lookup is None or lookup.outcome == "failed":
        return untold(lookup.trouble if lookup else None)
    return None


def _records(lookup: Lookup | None, start: str) -> list[str]:
    return [text for text in lookup.records if text.startswith(start)] if lookup else []


def mta_sts(seen: DomainSeen) -> Verdict:
    """A policy that tells senders to encrypt, and to whom (RFC 8461)."""
    if blocked := no_mail(seen) or _unseen(seen.mta_sts):
        return blocked
    records = _records(seen.mta_sts, "v=STSv1")
    name = f"_mta-sts.{seen.domain}"
    if len(records) != 1:
        return failed("record_twice" if records else "record_missing", record="MTA-STS", name=name)
    page, trouble = seen.mta_sts_policy, seen.mta_sts_trouble
    if page is None:
        broken = trouble is not None and trouble.reason in BROKEN_HOST
        return failed("mta_sts_unreachable", name=name) if broken else untold(trouble)
    if page.status in TURNED_AWAY:
        return not_measured("http_turned_away", status=page.status)
    if page.status != 200:
        return failed("mta_sts_no_policy", status=page.status)
    policy = parse_policy(page.body or "")
    return _judge_policy(seen, policy) if policy else failed("mta_sts_syntax", url=page.url)


def _judge_policy(seen: DomainSeen, policy: Policy) -> Verdict:
    if policy.mode != "enforce":
        return failed("mta_sts_not_enforced", mode=policy.mode)
    left_out: list[JSON] = [
        name
        for name in mail_host_names(seen.mx)
        if not any(matches(pattern, name) for pattern in policy.mx)
    ]
    if left_out:
        return failed("mta_sts_left_out", hosts=left_out)
    if policy.max_age < DAY:
        return failed("mta_sts_short", seconds=policy.max_age)
    return passed("mta_sts_good", names=[*policy.mx])
