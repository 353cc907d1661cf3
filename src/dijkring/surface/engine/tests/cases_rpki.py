# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Cases of web-rpki and mail-rpki: what differs from the good domain, state, reason."""

from typing import Literal

from dijkring.surface.engine.observations import Route, Trouble, ZoneSeen
from dijkring.surface.engine.tests.seen import (
    MX4,
    NAME,
    V4,
    found,
    lost,
    mail_host,
    missing,
    nameserver,
    zone,
)

Case = tuple[dict[str, object], str, str]
NS = ("192.0.2.1", "2001:db8::2")
NOWHERE = nameserver(
    a=missing("ns1.example", "A", "nodata"), aaaa=missing("ns1.example", "AAAA", "nodata")
)


def route(address: str, state: Literal["valid", "invalid", "not_found"] = "valid") -> Route:
    return Route(f"{address}/32", 64500, state)


def routes(**changed: tuple[Route, ...]) -> dict[str, object]:
    """All addresses of the good domain with a valid route; site, mx and ns change one kind."""
    kinds = {"site": (V4,), "mx": (MX4,), "ns": NS}
    return {
        "routes": {
            address: changed.get(kind, (route(address),))
            for kind, addresses in kinds.items()
            for address in addresses
        }
    }


def of(kind: str, no_address: dict[str, object], absent: str) -> tuple[list[Case], list[Case]]:
    """The cases of one kind of server: covered at all, and in agreement."""
    bare, wrong = route("192.0.2.0", "not_found"), route("192.0.2.0", "invalid")
    unknown: list[Case] = [
        (routes() | {"routes_trouble": Trouble("rpki_no_roas")}, "not_measured", "rpki_no_roas"),
        (routes(**{kind: ()}), "not_measured", "rpki_no_route"),
        (routes() | no_address, "not_applicable", absent),
    ]
    covered: list[Case] = [
        (routes(), "pass", "rpki_covered"),
        (routes(**{kind: (wrong,)}), "pass", "rpki_covered"),
        (routes(**{kind: (route("192.0.2.0"), bare)}), "fail", "rpki_not_covered"),
        *unknown,
    ]
    agreeing: list[Case] = [
        (routes(), "pass", "rpki_valid"),
        (routes(**{kind: (route("192.0.2.0"), wrong)}), "fail", "rpki_invalid"),
        (routes(**{kind: (bare,)}), "not_applicable", "rpki_no_roa"),
        *unknown,
    ]
    return covered, agreeing


NO_SITE: dict[str, object] = {"a": missing(NAME, "A")}
NO_MX_ADDRESS: dict[str, object] = {"mail_hosts": (mail_host(a=missing("m", "A")),)}
NO_NS: dict[str, object] = {"zone": zone(NOWHERE)}
NO_MAIL: dict[str, object] = {"mx": found(NAME, "MX", "0 .")}
LOST: list[Case] = [
    (routes() | {"zone": ZoneSeen(NAME, lost(NAME, "NS"))}, "not_measured", "dns_timeout"),
    (routes() | {"zone": None}, "not_measured", "not_tried"),
]
SITE, MX = of("site", NO_SITE, "no_address"), of("mx", NO_MX_ADDRESS, "mx_without_address")
SERVERS, MAIL_SERVERS = of("ns", NO_NS, "ns_no_address"), of("ns", NO_MAIL, "null_mx")
RPKI_CASES: dict[str, list[Case]] = {
    "web-rpki.web_rpki_exists": [
        *SITE[0],
        (routes() | {"a": lost(NAME, "A")}, "not_measured", "dns_timeout"),
    ],
    "web-rpki.web_rpki_valid": SITE[1],
    "web-rpki.ns_rpki_exists": SERVERS[0] + LOST,
    "web-rpki.ns_rpki_valid": SERVERS[1] + LOST,
    "mail-rpki.mail_rpki_exists": MX[0],
    "mail-rpki.mail_rpki_valid": MX[1],
    "mail-rpki.ns_rpki_exists": SERVERS[0],
    "mail-rpki.ns_rpki_valid": SERVERS[1],
    "mail-rpki.mail_mx_ns_rpki_exists": MAIL_SERVERS[0],
    "mail-rpki.mail_mx_ns_rpki_valid": MAIL_SERVERS[1],
}
