# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""web-rpki and mail-rpki: are the routes to the servers authorised (RFC 6811)?"""

from collections.abc import Iterable

from dijkring.surface.engine.checks.common import no_mail, untold
from dijkring.surface.engine.checks.ipv6 import zone_unknown
from dijkring.surface.engine.checks.model import (
    JSON,
    Verdict,
    failed,
    not_applicable,
    not_measured,
    passed,
)
from dijkring.surface.engine.observations import DomainSeen, Lookup, Route, ZoneSeen

Addresses = Verdict | list[str]


def _site(seen: DomainSeen) -> Addresses:
    return _addresses([seen.a, seen.aaaa], "no_address")


def _mail(seen: DomainSeen) -> Addresses:
    if blocked := no_mail(seen):
        return blocked
    lookups = [one for host in seen.mail_hosts for one in (host.a, host.aaaa)]
    return _addresses(lookups, "mx_without_address")


def _name_servers(zones: Iterable[ZoneSeen | None]) -> Addresses:
    known: list[ZoneSeen] = []
    for zone in zones:
        if blocked := zone_unknown(zone):
            return blocked
        if zone:
            known.append(zone)
    servers = [server for zone in known for server in zone.servers]
    return _addresses([one for each in servers for one in (each.a, each.aaaa)], "ns_no_address")


def _zone(seen: DomainSeen) -> Addresses:
    return _name_servers([seen.zone])


def _mail_zones(seen: DomainSeen) -> Addresses:
    return no_mail(seen) or _name_servers([host.zone for host in seen.mail_hosts])


def _addresses(lookups: list[Lookup], absent: str) -> Addresses:
    found = [address for one in lookups for address in one.records]
    if lost := next((one.trouble for one in lookups if one.outcome == "failed"), None):
        return untold(lost)
    return list(dict.fromkeys(found)) or not_applicable(absent)


def _exists(seen: DomainSeen, addresses: Addresses) -> Verdict:
    """Every announcement is covered by a ROA."""
    routes = _routes(seen, addresses)
    if isinstance(routes, Verdict):
        return routes
    bare = [route for route in routes if route.state == "not_found"]
    if bare:
        return failed("rpki_not_covered", routes=_shown(bare))
    return passed("rpki_covered", routes=_shown(routes))


def _valid(seen: DomainSeen, addresses: Addresses) -> Verdict:
    """No announcement contradicts its ROA."""
    routes = _routes(seen, addresses)
    if isinstance(routes, Verdict):
        return routes
    wrong = [route for route in routes if route.state == "invalid"]
    if wrong:
        return failed("rpki_invalid", routes=_shown(wrong))
    if all(route.state == "not_found" for route in routes):
        return not_applicable("rpki_no_roa")
    return passed("rpki_valid", routes=_shown(routes))


def _routes(seen: DomainSeen, addresses: Addresses) -> Verdict | list[Route]:
    if isinstance(addresses, Verdict):
        return addresses
    if seen.routes_trouble:
        return untold(seen.routes_trouble)
    unknown: list[JSON] = [one for one in addresses if not seen.routes.get(one)]
    if unknown:
        return not_measured("rpki_no_route", addresses=unknown)
    found = [route for address in addresses for route in seen.routes[address]]
    return list(dict.fromkeys(found))


def _shown(routes: list[Route]) -> list[JSON]:
    return [f"{route.prefix} AS{route.origin}" for route in routes]


def web_exists(seen: DomainSeen) -> Verdict:
    """The routes to the site are covered by a ROA."""
    return _exists(seen, _site(seen))


def web_valid(seen: DomainSeen) -> Verdict:
    """The routes to the site agree with their ROA."""
    return _valid(seen, _site(seen))


def ns_exists(seen: DomainSeen) -> Verdict:
    """The routes to the name servers are covered by a ROA."""
    return _exists(seen, _zone(seen))


def ns_valid(seen: DomainSeen) -> Verdict:
    """The routes to the name servers agree with their ROA."""
    return _valid(seen, _zone(seen))


def mail_exists(seen: DomainSeen) -> Verdict:
    """The routes to the mail servers are covered by a ROA."""
    return _exists(seen, _mail(seen))


def mail_valid(seen: DomainSeen) -> Verdict:
    """The routes to the mail servers agree with their ROA."""
    return _valid(seen, _mail(seen))


def mail_ns_exists(seen: DomainSeen) -> Verdict:
    """The routes to the name servers of the mail servers are covered by a ROA."""
    return _exists(seen, _mail_zones(seen))


def mail_ns_valid(seen: DomainSeen) -> Verdict:
    """The routes to the name servers of the mail servers agree with their ROA."""
    return _valid(seen, _mail_zones(seen))
