# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""web-tls: one address of a site, by the NCSC guideline for TLS, edition 2025-05."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from dijkring.surface.engine.checks.common import untold
from dijkring.surface.engine.checks.model import (
    Verdict,
    failed,
    not_applicable,
    not_measured,
    passed,
)
from dijkring.surface.engine.checks.tls import RULES, Server, ocsp_stapling
from dijkring.surface.engine.observations import DomainSeen, VersionTry, WebSeen

YEAR_SECONDS = 31_536_000
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


def http_compression(seen: Seen) -> Verdict:
    """The front page is not packed: what is secret in it could be guessed (BREACH)."""
    web = seen[1]
    if blocked := without_https(web):
        return blocked
    if web.page is None:
        return untold(web.page_trouble)
    if web.page.status in TURNED_AWAY:
        return not_measured("http_turned_away", status=web.page.status)
    packed = (web.page.header("content-encoding") or "identity").lower()
    return passed("page_plain") if packed == "identity" else failed("page_packed", coding=packed)


def on_site(rule: Callable[[Server], Verdict]) -> Callable[[Seen], Verdict]:
    """A rule about TLS, judged on one address of a site."""

    def judge(seen: Seen) -> Verdict:
        domain, web = seen
        return rule(
            Server(
                web.name,
                domain.measured_at,
                without_https(web),
                web.handshake,
                web.versions,
                web.tls,
                web.chain,
                web.trust,
                web.trust_trouble,
            )
        )

    judge.__doc__ = rule.__doc__
    return judge


JUDGES = {f"web-tls.{name}": on_site(rule) for name, rule in RULES.items()}
JUDGES["web-tls.ocsp_stapling"] = on_site(ocsp_stapling)
JUDGES["web-tls.http_compression"] = http_compression
