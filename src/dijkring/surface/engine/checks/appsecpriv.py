# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""web-appsecpriv: the security headers and security.txt of one address of a site."""

from collections.abc import Callable

from dijkring.surface.engine import csp
from dijkring.surface.engine.checks.common import untold
from dijkring.surface.engine.checks.model import JSON, Verdict, failed, not_measured, passed
from dijkring.surface.engine.checks.web_tls import TURNED_AWAY, without_https
from dijkring.surface.engine.observations import DomainSeen, Page, WebSeen

NO_LEAK = ("no-referrer", "same-origin")
LITTLE_LEAK = ("strict-origin", "strict-origin-when-cross-origin")
LEAK = ("origin", "origin-when-cross-origin", "no-referrer-when-downgrade", "unsafe-url")
WELL_KNOWN = "/.well-known/security.txt"
Seen = tuple[DomainSeen, WebSeen]


def front_page(seen: Seen, judge: Callable[[Page], Verdict]) -> Verdict:
    """Judge the front page, if it was seen and did not turn us away."""
    if blocked := without_https(seen[1]):
        return blocked
    page = seen[1].page
    if page is None:
        return untold(seen[1].page_trouble)
    if page.status in TURNED_AWAY:
        return not_measured("http_turned_away", status=page.status)
    return judge(page)


def referrer_policy(seen: Seen) -> Verdict:
    """A Referrer-Policy that gives other sites no more than our name; the last known one counts."""
    return front_page(seen, _referrer_policy)


def _referrer_policy(page: Page) -> Verdict:
    header = page.header("referrer-policy")
    if not (header or "").strip():
        return failed("header_missing", header="Referrer-Policy")
    values = [value.strip().lower() for value in (header or "").split(",")]
    known = [value for value in values if value in (*NO_LEAK, *LITTLE_LEAK, *LEAK)]
    if not known:
        return failed("header_value_unknown", header="Referrer-Policy", value=header)
    if known[-1] in LEAK:
        return failed("referrer_leaks", value=header)
    return passed("header_good", header="Referrer-Policy", value=header)


def content_security_policy(seen: Seen) -> Verdict:
    """A Content-Security-Policy that really limits what a page may load and do."""
    return front_page(seen, lambda page: _csp(page, seen[1].name))


def _csp(page: Page, name: str) -> Verdict:
    header = page.header("content-security-policy")
    if not header:
        return failed("header_missing", header="Content-Security-Policy")
    wrong: list[JSON] = [*csp.problems(header, name)]
    if wrong:
        return failed("csp_weak", problems=wrong, value=header)
    return passed("header_good", header="Content-Security-Policy", value=header)


def content_type_options(seen: Seen) -> Verdict:
    """X-Content-Type-Options: nosniff."""
    return front_page(seen, lambda page: _one_of(page, "X-Content-Type-Options", ("NOSNIFF",)))


def frame_options(seen: Seen) -> Verdict:
    """X-Frame-Options: DENY or SAMEORIGIN."""
    return front_page(seen, lambda page: _one_of(page, "X-Frame-Options", ("DENY", "SAMEORIGIN")))


def _one_of(page: Page, name: str, good: tuple[str, ...]) -> Verdict:
    header = page.header(name.lower())
    if not header:
        return failed("header_missing", header=name)
    if header.split(",")[0].strip().upper() not in good:
        return failed("header_value_unknown", header=name, value=header)
    return passed("header_good", header=name, value=header)


def security_txt(seen: Seen) -> Verdict:
    """A security.txt after RFC 9116 at its proper place, served as UTF-8 text over https."""
    web = seen[1]
    if blocked := without_https(web):
        return blocked
    page = web.security_txt
    if page is None:
        return untold(web.security_txt_trouble or web.handshake)
    if page.status in TURNED_AWAY:
        return not_measured("http_turned_away", status=page.status)
    if page.status != 200:
        return failed("securitytxt_missing", status=page.status)
    problems = [*_place(page), *_media(page)]
    if "securitytxt_not_text" not in problems:
        problems += _content(page.body or "")
    shown: list[JSON] = [*dict.fromkeys(problems)]
    if problems:
        return failed("securitytxt_wrong", problems=shown, url=page.url)
    return passed("securitytxt_good", url=page.url)


def _place(page: Page) -> list[str]:
    wrong = []
    if not page.url.startswith("https://"):
        wrong.append("securitytxt_not_https")
    if page.url.endswith("/security.txt") and not page.url.endswith(WELL_KNOWN):
        wrong.append("securitytxt_old_place")
    return wrong


def _media(page: Page) -> list[str]:
    kind, _, parameters = (page.first("content-type") or "").partition(";")
    if kind.strip().lower() != "text/plain":
        return ["securitytxt_not_text"]
    charset = parameters.lower().replace('"', "").replace(" ", "")
    if "charset=" in charset and "charset=utf-8" not in charset:
        return ["securitytxt_not_utf8"]
    return []


def _content(body: str) -> list[str]:
    """The error codes of the parser that Internet.nl uses; recommendations do not count."""
    # Read only when it is needed: every start would pay for it.
    import sectxt

    try:
        errors = sectxt.Parser(body.encode("utf-8", "replace")).errors
    except Exception as error:  # The parser is not ours; a text it chokes on is no good text.
        return [f"securitytxt_unreadable: {type(error).__name__}"]
    return [str(error["code"]) for error in errors]
