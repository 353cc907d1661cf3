# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What should not be reachable at all: names that lead nowhere, management and databases."""

from dijkring.surface.engine.checks.common import first_trouble, untold
from dijkring.surface.engine.checks.model import (
    JSON,
    Verdict,
    failed,
    not_applicable,
    not_measured,
    passed,
)
from dijkring.surface.engine.observations import DomainSeen, Knocked, MxSeen, WebSeen
from dijkring.surface.engine.services import NOT_OURS, SERVICES


def dangling_cname(seen: DomainSeen) -> Verdict:
    """The name is no alias of a name that is gone: whoever registers that one has ours too."""
    lookups = (seen.a, seen.aaaa)
    gone = next((one for one in lookups if one.outcome == "nxdomain" and one.alias), None)
    if gone:
        return failed("cname_dangles", target=gone.alias)
    if trouble := first_trouble(*lookups):
        return untold(trouble)
    if seen.a.outcome == "nxdomain":
        return not_applicable("no_such_name")
    alias = seen.a.alias or seen.aaaa.alias
    return passed("cname_lives", target=alias) if alias else passed("no_cname")


def web_services(seen: tuple[DomainSeen, WebSeen]) -> Verdict:
    """The server of a site keeps management and databases to itself."""
    domain, web = seen
    met = web.plain is not None or _answers(web.https.reason if web.https else None)
    return _services(_knocked(domain, web.address), met)


def mail_services(seen: tuple[DomainSeen, MxSeen]) -> Verdict:
    """A mail server keeps management and databases to itself."""
    domain, server = seen
    met = bool(server.greeting) or _answers(server.trouble.reason if server.trouble else None)
    return _services(_knocked(domain, server.address), met)


def _answers(reason: str | None) -> bool:
    """Whether a port that ended like this shows that the host is there."""
    return reason in (None, "connection_refused")


def _knocked(domain: DomainSeen, address: str) -> Knocked:
    return (domain.knocked or {}).get(address, Knocked())


def _services(knocked: Knocked, met: bool) -> Verdict:
    found = knocked.services
    if knocked.trouble and knocked.trouble.reason == NOT_OURS:
        return not_applicable(NOT_OURS, host=knocked.trouble.note)
    if not found:
        return untold(knocked.trouble)
    opened: list[JSON] = [f"{name} ({SERVICES[name]})" for name in found if found[name] == "open"]
    if len(opened) == len(found):
        return not_measured("every_port_open")
    if opened:
        return failed("services_exposed", services=opened)
    barred = next((one for one in found.values() if one not in ("closed", "silent")), None)
    if barred:
        return not_measured(barred)
    if not met and "closed" not in found.values():
        return not_measured("connect_timeout")
    return passed("services_hidden", services=[*found])
