# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The registry of the practice internet: RDAP over HTTPS (RFC 9082, 9083), one for all suffixes."""

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from dijkring.lab.defects import UNSIGNED
from dijkring.lab.nameservers import HEALTHY, OF_NAME, WITHOUT_V6, chosen
from dijkring.lab.scenario import NAMESERVER_DOMAIN
from dijkring.lab.web import Handler, Reply, serving

HOST = f"rdap.{NAMESERVER_DOMAIN}"
KIND = ("Content-Type", "application/rdap+json")
PATH = "/domain/"
LAST_DAYS = 20
Planted = Callable[[str], frozenset[str] | None]


def bootstrap(domains: Iterable[str]) -> dict[str, Any]:
    """Who answers for the suffixes of these domains, in the form of RFC 9224."""
    suffixes = sorted({domain.rpartition(".")[2] for domain in domains})
    return {"version": "1.0", "services": [[suffixes, [f"https://{HOST}/"]]]}


def registry(planted: Planted) -> Handler:
    """A server that knows every domain whose defects can be asked for (None: no such domain)."""

    def reply(path: str) -> Reply:
        domain = path.removeprefix(PATH)
        defects = planted(domain) if path.startswith(PATH) else None
        if defects is None:
            return Reply("404 Not Found", (KIND,), json.dumps({"errorCode": 404}).encode())
        if "trouble.rdap_broken" in defects:
            return Reply("200 OK", (KIND,), b'{"objectClassName": "domain", ')
        return Reply("200 OK", (KIND,), json.dumps(_record(domain, defects)).encode())

    return serving(reply)


def _record(domain: str, planted: frozenset[str]) -> dict[str, Any]:
    servers = chosen(planted, OF_NAME) or HEALTHY
    if "web-extra.registration_delegation" in planted:
        servers = WITHOUT_V6
    leaving = "web-extra.registration_status" in planted
    return {
        "objectClassName": "domain",
        "rdapConformance": ["rdap_level_0"],
        "ldhName": domain,
        "status": ["pending delete", "redemption period"] if leaving else ["active"],
        "events": [
            {"eventAction": "registration", "eventDate": "2009-04-01T09:00:00Z"},
            {"eventAction": "expiration", "eventDate": _end(planted)},
        ],
        "nameservers": [{"objectClassName": "nameserver", "ldhName": one} for one in servers],
        "secureDNS": {"delegationSigned": UNSIGNED not in planted},
        "entities": [
            _entity("registrar", "Sluis Registraties B.V."),
            _entity("administrative", "Y. de Boer"),
        ],
    }


def _entity(role: str, name: str) -> dict[str, Any]:
    """Somebody in the record, as jCard (RFC 7095)."""
    fields = [["version", {}, "text", "4.0"], ["fn", {}, "text", name]]
    return {"objectClassName": "entity", "roles": [role], "vcardArray": ["vcard", fields]}


def _end(planted: frozenset[str]) -> str:
    """The same day for as long as can be, so that nothing changes from one visit to the next."""
    now = datetime.now(UTC)
    if "web-extra.registration_lasts" in planted:
        return f"{now + timedelta(days=LAST_DAYS):%Y-%m-%d}T12:00:00Z"
    return f"{now.year + 2}-04-01T09:00:00Z"
