# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""web-ipv6 and mail-ipv6: addresses for IPv6, and something that answers there.

A time-out counts against a server only when something else did answer us over IPv6; else it may
as well be our own line.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Literal

from dijkring.surface.engine.checks.common import is_none, no_mail, untold
from dijkring.surface.engine.checks.model import (
    JSON,
    Verdict,
    failed,
    not_applicable,
    not_measured,
    passed,
)
from dijkring.surface.engine.checks.web_tls import TURNED_AWAY
from dijkring.surface.engine.observations import DomainSeen, Page, Trouble, WebSeen, ZoneSeen

Reached = Literal["reached", "dead", "unknown"]
# Troubles in which no connection was made, or that do not say so; after any other, somebody was
# there.
NEVER_CONNECTED = ("connect_timeout", "unreachable")
NEVER_TRIED = ("private_address", "too_many_addresses", "bad_host_name", "not_tried")
UNCLEAR = (*NEVER_TRIED, "probe_timeout", "host_timeout", "internal_error")
LEAST_SERVERS = 2
# Pages of one site may differ a little on every visit.
SAME_WORDS = 0.9
WORD = re.compile(r"\w+")


def reached(trouble: Trouble | None, ipv6_works: bool) -> Reached:
    """What a try to reach an address over IPv6 says of it."""
    if trouble is None:
        return "reached"
    if trouble.reason == "connection_refused":
        return "dead"
    if trouble.reason in NEVER_CONNECTED:
        return "dead" if ipv6_works else "unknown"
    return "unknown" if trouble.reason in UNCLEAR else "reached"


def zone_unknown(zone: ZoneSeen | None) -> Verdict | None:
    """The verdict where the name servers of a zone are not known."""
    if zone is None:
        return not_measured("not_tried")
    if zone.ns.outcome == "failed":
        return untold(zone.ns.trouble)
    return None if zone.servers else not_applicable("no_such_name")


def ns_aaaa(seen: DomainSeen) -> Verdict:
    """At least two name servers of the zone have an address for IPv6."""
    if blocked := zone_unknown(seen.zone):
        return blocked
    servers = seen.zone.servers if seen.zone else ()
    having: list[JSON] = [one.name for one in servers if one.aaaa.outcome == "answer"]
    if len(having) >= LEAST_SERVERS:
        return passed("ns_have_v6", names=having)
    if lost := [one for one in servers if one.aaaa.outcome == "failed"]:
        return untold(lost[0].aaaa.trouble)
    return failed("ns_lack_v6", names=[one.name for one in servers], count=len(having))


def ns_reach(seen: DomainSeen) -> Verdict:
    """Every address for IPv6 of the name servers answers a question about the zone."""
    if blocked := zone_unknown(seen.zone):
        return blocked
    servers = seen.zone.servers if seen.zone else ()
    if all(is_none(one.aaaa) for one in servers):
        return not_applicable("ns_without_v6")
    tries = [pair for one in servers for pair in one.reached.items()]
    lost = next((one.aaaa.trouble for one in servers if one.aaaa.outcome == "failed"), None)
    return _all_reached(tries, seen.ipv6_works, "ns", lost)


def web_aaaa(seen: DomainSeen) -> Verdict:
    """The name of the site has an address for IPv6."""
    if seen.aaaa.outcome == "answer":
        return passed("name_has_v6", addresses=[*seen.aaaa.records])
    if seen.aaaa.outcome == "failed":
        return untold(seen.aaaa.trouble)
    if seen.a.outcome == "failed":
        return untold(seen.a.trouble)
    return not_applicable("no_address") if is_none(seen.a) else failed("name_lacks_v6")


def _without_v6(seen: DomainSeen) -> Verdict | None:
    verdict = web_aaaa(seen)
    if verdict.state == "pass":
        return None
    return not_applicable("name_lacks_v6") if verdict.state == "fail" else verdict


def web_reach(seen: DomainSeen) -> Verdict:
    """Every IPv6 address of the site takes connections on port 80 or 443."""
    if blocked := _without_v6(seen):
        return blocked
    tries = [(web.address, _best(web)) for web in seen.web if ":" in web.address]
    return _all_reached(tries, seen.ipv6_works, "site")


def _best(web: WebSeen) -> Trouble | None:
    """The trouble that is left when neither port could be reached."""
    if web.plain or web.https is None:
        return None
    if reached(web.plain_trouble, True) == "reached" and web.plain_trouble:
        return None
    refused = web.https.reason == "connection_refused"
    return web.plain_trouble or web.https if refused else web.https


def _all_reached(
    tries: Iterable[tuple[str, Trouble | None]],
    works: bool,
    what: str,
    lost: Trouble | None = None,
) -> Verdict:
    tried = [(address, trouble, reached(trouble, works)) for address, trouble in tries]
    dead: list[JSON] = [address for address, _, state in tried if state == "dead"]
    if dead:
        return failed(f"{what}_dead_on_v6", addresses=dead)
    unknown = [trouble for _, trouble, state in tried if state == "unknown"]
    if unknown or lost or not tried:
        return untold(unknown[0] if unknown else lost)
    return passed(f"{what}_reached_on_v6", addresses=[address for address, _, _ in tried])


def web_ipv46(seen: DomainSeen) -> Verdict:
    """IPv6 opens the same ports and shows the same site as IPv4."""
    if blocked := _without_v6(seen):
        return blocked
    v4 = [web for web in seen.web if ":" not in web.address]
    v6 = [web for web in seen.web if ":" in web.address]
    if not v4:
        return not_applicable("no_v4") if is_none(seen.a) else untold(seen.a.trouble)
    if web_reach(seen).state != "pass":
        return not_applicable("site_not_reached")
    verdicts = [_compare(v4[0], one) for one in v6]
    worst = next((one for one in verdicts if one.state == "fail"), None)
    return worst or next((one for one in verdicts if one.state != "pass"), verdicts[0])


def _compare(four: WebSeen, six: WebSeen) -> Verdict:
    for port, one, other in (
        (443, four.https, six.https),
        (80, four.plain_trouble, six.plain_trouble),
    ):
        if _closed(one) != _closed(other):
            return failed("ports_differ", port=port, addresses=[four.address, six.address])
    pages = [web.page or (web.plain if web.https else None) for web in (four, six)]
    if pages[0] is None or pages[1] is None:
        return untold(four.page_trouble or six.page_trouble)
    return _same_page(pages[0], pages[1], six.address)


def _closed(trouble: Trouble | None) -> bool:
    return trouble is not None and trouble.reason == "connection_refused"


def _same_page(four: Page, six: Page, address: str) -> Verdict:
    if turned := next((one for one in (four, six) if one.status in TURNED_AWAY), None):
        return not_measured("http_turned_away", status=turned.status)
    if four.status != six.status:
        return failed("status_differs", four=four.status, six=six.status, addresses=[address])
    if similarity(four.body or "", six.body or "") < SAME_WORDS:
        return failed("content_differs", addresses=[address])
    return passed("same_site", addresses=[address])


def similarity(one: str, other: str) -> float:
    """The share of words that two texts have in common, from 0 to 1; 1 for two empty texts."""
    first, second = Counter(WORD.findall(one)), Counter(WORD.findall(other))
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 1.0


def mx_aaaa(seen: DomainSeen) -> Verdict:
    """Every mail server has an address for IPv6."""
    if blocked := no_mail(seen):
        return blocked
    lacking: list[JSON] = [host.name for host in seen.mail_hosts if is_none(host.aaaa)]
    if all(is_none(host.a, host.aaaa) for host in seen.mail_hosts):
        return not_applicable("mx_without_address")
    if lacking:
        return failed("mx_lacks_v6", hosts=lacking)
    if lost := [host for host in seen.mail_hosts if host.aaaa.outcome == "failed"]:
        return untold(lost[0].aaaa.trouble)
    return passed("mx_have_v6", hosts=[host.name for host in seen.mail_hosts])


def mx_reach(seen: DomainSeen) -> Verdict:
    """Every IPv6 address of the mail servers takes connections on port 25."""
    if blocked := no_mail(seen):
        return blocked
    if all(is_none(host.aaaa) for host in seen.mail_hosts):
        return not_applicable("mx_without_v6")
    tries = [
        (server.address, None if server.greeting else server.trouble)
        for server in seen.mail_servers
        if ":" in server.address
    ]
    hosts = seen.mail_hosts
    lost = next((host.aaaa.trouble for host in hosts if host.aaaa.outcome == "failed"), None)
    return _all_reached(tries, seen.ipv6_works, "mx", lost)
