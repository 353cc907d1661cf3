# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The name servers of the practice internet: two that are well, and a pair for each fault."""

from dijkring.lab.scenario import NAMESERVER_DOMAIN

Pair = tuple[str, str]


def _pair(label: str) -> Pair:
    return f"{label}1.{NAMESERVER_DOMAIN}", f"{label}2.{NAMESERVER_DOMAIN}"


HEALTHY = _pair("ns")
WITHOUT_V6 = _pair("oud")
DEAF_ON_V6 = _pair("doof")
WITHOUT_ROA = _pair("vrij")
WRONG_ORIGIN = _pair("kaper")
ALL = (*HEALTHY, *WITHOUT_V6, *DEAF_ON_V6, *WITHOUT_ROA, *WRONG_ORIGIN)
# Which pair serves the zone of a name with this defect, and that of its mail server.
OF_NAME = {
    "web-ipv6.ns_aaaa": WITHOUT_V6,
    "web-ipv6.ns_reach": DEAF_ON_V6,
    "web-rpki.ns_rpki_exists": WITHOUT_ROA,
    "web-rpki.ns_rpki_valid": WRONG_ORIGIN,
}
OF_MAIL_HOST = {
    "mail-rpki.mail_mx_ns_rpki_exists": WITHOUT_ROA,
    "mail-rpki.mail_mx_ns_rpki_valid": WRONG_ORIGIN,
}


def chosen(planted: frozenset[str], pairs: dict[str, Pair]) -> Pair | None:
    """The pair that a defect asks for, None for the healthy one."""
    return next((pair for defect, pair in pairs.items() if defect in planted), None)
