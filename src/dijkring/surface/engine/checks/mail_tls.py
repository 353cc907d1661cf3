# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""mail-tls: one address of a mail server."""

from collections.abc import Callable

from dijkring.surface.engine.checks.common import untold
from dijkring.surface.engine.checks.model import (
    Verdict,
    failed,
    not_applicable,
    not_measured,
    passed,
)
from dijkring.surface.engine.checks.tls import RULES, Server
from dijkring.surface.engine.observations import DomainSeen, MxSeen

Seen = tuple[DomainSeen, MxSeen]


def starttls_exists(seen: Seen) -> Verdict:
    """The server offers STARTTLS, accepts it and completes a handshake, whatever its certificate.

    A server that turns us away or is not reached says nothing about its encryption.
    """
    server = seen[1]
    said = _said(server)
    if server.encrypted:
        return passed("starttls_works", **said)
    if server.starttls == 220 and server.trouble and server.trouble.reason == "tls_alert":
        return failed("starttls_handshake", **said)
    if server.trouble:
        refused = server.trouble.reason == "connection_refused"
        return not_measured("smtp_refused") if refused else untold(server.trouble)
    if server.greeting != 220 or server.hello != 250:
        return not_measured("smtp_turned_away", **said)
    if "STARTTLS" not in server.extensions:
        return failed("starttls_absent", **said)
    if server.starttls // 100 == 4:
        return not_measured("starttls_busy", **said)
    return failed("starttls_refused", **said)


def _said(server: MxSeen) -> dict[str, int | str]:
    said: dict[str, int | str] = {"host": server.host}
    codes = {"greeting": server.greeting, "ehlo": server.hello, "starttls": server.starttls}
    return said | {name: code for name, code in codes.items() if code}


def on_mail_server(rule: Callable[[Server], Verdict]) -> Callable[[Seen], Verdict]:
    """A rule about TLS, judged on one address of a mail server."""

    def judge(seen: Seen) -> Verdict:
        domain, server = seen
        return rule(
            Server(
                server.host,
                domain.measured_at,
                without_starttls(seen),
                server.trouble,
                server.versions,
                server.tls,
                server.chain,
                server.trust,
                server.trust_trouble,
            )
        )

    judge.__doc__ = rule.__doc__
    return judge


def without_starttls(seen: Seen) -> Verdict | None:
    """The verdict where no encrypted line came to be."""
    verdict = starttls_exists(seen)
    if verdict.state == "pass":
        return None
    return not_applicable("no_starttls") if verdict.state == "fail" else verdict


JUDGES = {f"mail-tls.{name}": on_mail_server(rule) for name, rule in RULES.items()}
