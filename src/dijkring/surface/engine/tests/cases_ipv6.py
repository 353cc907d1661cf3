# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Cases of web-ipv6 and mail-ipv6: what differs from the good domain, state, reason."""

from dataclasses import replace

from dijkring.surface.engine.observations import Trouble, ZoneSeen
from dijkring.surface.engine.tests.seen import (
    NAME,
    REFUSED,
    TIMEOUT,
    V6,
    found,
    lost,
    mail_host,
    mail_server,
    missing,
    nameserver,
    page,
    site,
    zone,
)

Case = tuple[dict[str, object], str, str]
MX = f"mail.{NAME}"
MX6 = "2001:db8::30"
NO_AAAA = nameserver("ns2.example", aaaa=missing("ns2.example", "AAAA", "nodata"), reached={})
LOST_AAAA = nameserver("ns2.example", aaaa=lost("ns2.example", "AAAA"), reached={})
SLOW = nameserver("ns2.example", reached={"2001:db8::2": Trouble("connect_timeout")})
CLOSED = nameserver("ns2.example", reached={"2001:db8::2": REFUSED})
UNKNOWN = ZoneSeen(NAME, lost(NAME, "NS"))
BOTH: dict[str, object] = {"aaaa": found(NAME, "AAAA", V6), "ipv6_works": True}


def both(**changed: object) -> dict[str, object]:
    """A site on both families, with IPv6 changed."""
    return BOTH | {"web": (site(), site(address=V6, **changed))}


GONE: dict[str, object] = {"https": REFUSED, "plain": None, "plain_trouble": REFUSED, "page": None}
SILENT: dict[str, object] = {
    "https": Trouble("connect_timeout"),
    "plain": None,
    "plain_trouble": Trouble("connect_timeout"),
    "page": None,
}
NS_AAAA: list[Case] = [
    ({}, "pass", "ns_have_v6"),
    ({"zone": zone(nameserver(), NO_AAAA)}, "fail", "ns_lack_v6"),
    ({"zone": zone(nameserver(), LOST_AAAA)}, "not_measured", "dns_timeout"),
    ({"zone": UNKNOWN}, "not_measured", "dns_timeout"),
    ({"zone": None}, "not_measured", "not_tried"),
    ({"zone": ZoneSeen(NAME, missing(NAME, "NS"))}, "not_applicable", "no_such_name"),
]
NS_REACH: list[Case] = [
    ({}, "pass", "ns_reached_on_v6"),
    ({"zone": zone(nameserver(), CLOSED)}, "fail", "ns_dead_on_v6"),
    ({"zone": zone(nameserver(), SLOW), "ipv6_works": True}, "fail", "ns_dead_on_v6"),
    ({"zone": zone(nameserver(), SLOW)}, "not_measured", "connect_timeout"),
    ({"zone": zone(nameserver(), LOST_AAAA)}, "not_measured", "dns_timeout"),
    ({"zone": zone(NO_AAAA)}, "not_applicable", "ns_without_v6"),
]
MAIL_BOTH: dict[str, object] = {
    "mail_hosts": (mail_host(aaaa=found(MX, "AAAA", MX6)),),
    "mail_servers": (mail_server(), mail_server(address=MX6)),
}
NO_ANSWER = replace(mail_server(address=MX6), greeting=0, trouble=Trouble("connect_timeout"))
IPV6_CASES: dict[str, list[Case]] = {
    "web-ipv6.ns_aaaa": NS_AAAA,
    "web-ipv6.ns_reach": NS_REACH,
    "web-ipv6.web_aaaa": [
        (BOTH, "pass", "name_has_v6"),
        ({}, "fail", "name_lacks_v6"),
        ({"aaaa": lost(NAME, "AAAA")}, "not_measured", "dns_timeout"),
        ({"a": lost(NAME, "A")}, "not_measured", "dns_timeout"),
        ({"a": missing(NAME, "A")}, "not_applicable", "no_address"),
    ],
    "web-ipv6.web_reach": [
        (both(), "pass", "site_reached_on_v6"),
        (both(https=REFUSED), "pass", "site_reached_on_v6"),
        (both(**GONE), "fail", "site_dead_on_v6"),
        (both(**SILENT), "fail", "site_dead_on_v6"),
        (both(**SILENT) | {"ipv6_works": False}, "not_measured", "connect_timeout"),
        (
            both(**SILENT | {"https": Trouble("private_address")}),
            "not_measured",
            "private_address",
        ),
        ({}, "not_applicable", "name_lacks_v6"),
    ],
    "web-ipv6.web_ipv46": [
        (both(), "pass", "same_site"),
        (both(https=REFUSED), "fail", "ports_differ"),
        (both(plain=None, plain_trouble=REFUSED), "fail", "ports_differ"),
        (both(page=page(404)), "fail", "status_differs"),
        (both(page=replace(page(), body="een heel ander verhaal")), "fail", "content_differs"),
        (both(page=page(429)), "not_measured", "http_turned_away"),
        (both(page=None, page_trouble=TIMEOUT), "not_measured", "probe_timeout"),
        (both(**GONE), "not_applicable", "site_not_reached"),
        (BOTH | {"a": missing(NAME, "A"), "web": (site(address=V6),)}, "not_applicable", "no_v4"),
        ({}, "not_applicable", "name_lacks_v6"),
    ],
    "mail-ipv6.ns_aaaa": NS_AAAA,
    "mail-ipv6.ns_reach": NS_REACH,
    "mail-ipv6.mx_aaaa": [
        (MAIL_BOTH, "pass", "mx_have_v6"),
        ({}, "fail", "mx_lacks_v6"),
        ({"mail_hosts": (mail_host(aaaa=lost(MX, "AAAA")),)}, "not_measured", "dns_timeout"),
        ({"mx": lost(NAME, "MX")}, "not_measured", "dns_timeout"),
        (
            {"mail_hosts": (mail_host(a=missing(MX, "A"), aaaa=missing(MX, "AAAA")),)},
            "not_applicable",
            "mx_without_address",
        ),
    ],
    "mail-ipv6.mx_reach": [
        (MAIL_BOTH, "pass", "mx_reached_on_v6"),
        (
            MAIL_BOTH | {"mail_servers": (replace(NO_ANSWER, trouble=REFUSED),)},
            "fail",
            "mx_dead_on_v6",
        ),
        (
            MAIL_BOTH | {"mail_servers": (NO_ANSWER,), "ipv6_works": True},
            "fail",
            "mx_dead_on_v6",
        ),
        (MAIL_BOTH | {"mail_servers": (NO_ANSWER,)}, "not_measured", "connect_timeout"),
        ({}, "not_applicable", "mx_without_v6"),
        ({"mx": found(NAME, "MX", "0 .")}, "not_applicable", "null_mx"),
    ],
}
