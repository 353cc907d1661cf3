# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The hosts of the lab: documentation addresses, loopback ports, and what listens there."""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import cast

from dijkring.lab import handmade, hostile, mail, web
from dijkring.lab.certificates import Certificates, Kind
from dijkring.lab.errors import LabError
from dijkring.lab.records import Address
from dijkring.lab.scenario import Name, Scenario
from dijkring.lab.web import Handler

# RFC 5737; two hundred and fifty-four hosts each.
V4_BLOCKS = ("192.0.2", "198.51.100", "203.0.113")
HOSTS_PER_BLOCK = 254
V6_BLOCK = "2001:db8::"
LOOPBACK = "127.0.0.1"
# The ports of a website, a mail server, and a host with only the policy for mail.
WEB, MAIL, POLICY = (80, 443), (25,), (443,)
# Management and databases: what may be found open, and what the fault opens.
EXPOSABLE = (22, 23, 445, 1433, 1521, 2375, 3306, 3389, 5432, 5900, 5985, 6379, 9200, 27017)
EXPOSED = (3389, 5432)
STAPLED = "trait.stapled"
# What an IPv6 address still shows that was left out of a move.
FORGOTTEN_SITE = "Welkom op de oude website, die al jaren nergens meer voor dient"
BIND_ATTEMPTS = 20


@dataclass(frozen=True)
class Host:
    """One machine: the name it answers to, the scenario entry that owns it, and its ports."""

    name: str
    owner: Name
    ports: tuple[int, ...]


@dataclass(frozen=True)
class Listener:
    """What answers on a port; without a handler the port refuses connections."""

    handler: Handler | None
    context: ssl.SSLContext | None = None


def hosts_of(scenario: Scenario) -> list[Host]:
    """Every web and mail server that a scenario asks for."""
    found = [Host(name.name, name, WEB) for name in scenario.names.values() if name.web]
    for name in scenario.names.values():
        if name.name == name.domain and name.own_mail_host:
            found.append(Host(name.own_mail_host, name, MAIL))
        if name.name == name.domain and name.mail:
            found.append(Host(f"mta-sts.{name.domain}", name, POLICY))
    return found


def allot(names: Iterable[str], kept: Mapping[str, int]) -> dict[str, int]:
    """A number from 1 for each host, as before where it had one; LabError beyond 762 hosts."""
    wanted = list(names)
    numbers = {name: kept[name] for name in wanted if name in kept}
    free = (number for number in range(1, len(wanted) + 1) if number not in numbers.values())
    for name in wanted:
        if name not in numbers:
            numbers[name] = next(free)
    if len(wanted) > HOSTS_PER_BLOCK * len(V4_BLOCKS) or max(numbers.values()) > 0xFFFF:
        raise LabError(
            f"Het oefeninternet kent hooguit {HOSTS_PER_BLOCK * len(V4_BLOCKS)} servers.",
            "The practice internet has no addresses for more servers.",
        )
    return numbers


def address(number: int) -> Address:
    """The lab addresses of a host number."""
    block, place = divmod(number - 1, HOSTS_PER_BLOCK)
    return Address(f"{V4_BLOCKS[block]}.{place + 1}", f"{V6_BLOCK}{number:x}")


def has_v6_loopback() -> bool:
    """Whether this machine can listen on ::1."""
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def bind(loopback: str, port: int, kind: socket.SocketKind = socket.SOCK_STREAM) -> socket.socket:
    """A socket bound to a loopback port, the wanted one where free (0 asks for any)."""
    family = socket.AF_INET6 if ":" in loopback else socket.AF_INET
    bound = socket.socket(family, kind)
    if kind == socket.SOCK_STREAM:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((loopback, port))
    except OSError:
        if port == 0:
            bound.close()
            raise
        bound.bind((loopback, 0))
    bound.setblocking(False)
    return bound


def bind_pair(loopback: str, port: int) -> tuple[socket.socket, socket.socket]:
    """A UDP and a TCP socket on the same port, the wanted one where both are free."""
    for wanted in (port, *[0] * BIND_ATTEMPTS):
        udp = bind(loopback, wanted, socket.SOCK_DGRAM)
        number = udp.getsockname()[1]
        tcp = bind(loopback, number)
        if tcp.getsockname()[1] == number:
            return udp, tcp
        udp.close()
        tcp.close()
    raise LabError("Er is geen vrije poort voor de naamserver.", "No port is free for DNS.")


def joined(host: str, port: int) -> str:
    """An address and a port in one string, IPv6 between brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _handmade(planted: frozenset[str], category: str) -> handmade.Faults | None:
    """What only a hand-built server can do, None when there is none of that."""
    faults = handmade.Faults(
        compression=f"{category}.tls_compression" in planted,
        without_renegotiation=f"{category}.renegotiation_secure" in planted,
        early_data=f"{category}.zero_rtt" in planted,
        ssl_2="trait.ssl_2" in planted,
        ssl_3="trait.ssl_3" in planted,
    )
    if STAPLED in planted:
        return faults
    return faults if faults != handmade.Faults() else None


def _exposed(host: Host, planted: frozenset[str]) -> dict[int, Listener]:
    """The ports that a host ought to keep to itself."""
    kinds = {WEB: "web-extra", MAIL: "mail-extra"}
    open_ports: tuple[int, ...] = ()
    if f"{kinds.get(host.ports)}.exposed_services" in planted:
        open_ports = EXPOSED
    if "trouble.every_port_open" in planted and host.ports == WEB:
        open_ports = EXPOSABLE
    return {port: Listener(hostile.silent) for port in open_ports}


class Street:
    """All listening ports of the lab's web and mail servers."""

    def __init__(self, certificates: Certificates, ports: Mapping[str, int]) -> None:
        self._certificates = certificates
        self.ports = dict(ports)
        self._servers: dict[str, asyncio.Server] = {}
        self._closed: dict[str, socket.socket] = {}
        self._visits: set[asyncio.Task[None]] = set()
        # The map can lead an IPv6 address anywhere, so a machine without IPv6 has a whole lab too.
        self._v6_loopback = "::1" if has_v6_loopback() else LOOPBACK

    async def open(self, host: Host, at: Address, planted: frozenset[str], title: str) -> None:
        """Start, or start anew, everything of one host with these defects."""
        more = _exposed(host, planted)
        for port, listener in (self._listeners(host, planted, title) | more).items():
            await self._listen(joined(at.v4, port), LOOPBACK, listener)
        for port, listener in (self._listeners_on_v6(host, planted, title) | more).items():
            await self._listen(joined(at.v6, port), self._v6_loopback, listener)
        for port in EXPOSABLE:
            for lab, loopback in ((at.v4, LOOPBACK), (at.v6, self._v6_loopback)):
                if port not in more and joined(lab, port) in self._servers:
                    await self._listen(joined(lab, port), loopback, Listener(None))

    async def open_registry(self, name: str, at: Address, handler: Handler) -> None:
        """Start the server that answers for the registry."""
        listener = Listener(handler, self._certificates.context(name, Kind()))
        await self._listen(joined(at.v4, 443), LOOPBACK, listener)
        await self._listen(joined(at.v6, 443), self._v6_loopback, listener)

    def address_map(self) -> dict[str, str]:
        """From lab address and port to loopback address and port."""
        return {
            lab: joined(self._v6_loopback if lab.startswith("[") else LOOPBACK, port)
            for lab, port in self.ports.items()
        }

    async def close(self) -> None:
        """Stop listening and send every visitor away."""
        for server in self._servers.values():
            server.close()
        for held in self._closed.values():
            held.close()
        for visit in list(self._visits):
            visit.cancel()
        await asyncio.gather(*self._visits, return_exceptions=True)

    def _listeners(self, host: Host, planted: frozenset[str], title: str) -> dict[int, Listener]:
        if host.ports == POLICY:
            context = self._certificates.context(host.name, Kind())
            return {443: Listener(web.policy_site(host.owner, planted), context)}
        if host.ports == MAIL:
            return {25: self._mail_listener(host.name, planted)}
        return self._web_listeners(host, planted, title)

    def _listeners_on_v6(
        self, host: Host, planted: frozenset[str], title: str
    ) -> dict[int, Listener]:
        deaf = {WEB: "web-ipv6.web_reach", MAIL: "mail-ipv6.mx_reach"}.get(host.ports)
        if deaf in planted:
            return {port: Listener(None) for port in host.ports}
        other_site = "web-ipv6.web_ipv46" in planted
        return self._listeners(host, planted, FORGOTTEN_SITE if other_site else title)

    def _mail_listener(self, name: str, planted: frozenset[str]) -> Listener:
        if "trouble.smtp_timeout" in planted:
            return Listener(hostile.silent)
        if "trouble.smtp_turns_away" in planted:
            return Listener(mail.turning_away(name))
        if "mail-tls.starttls_exists" in planted:
            return Listener(mail.mail_server(name, None))
        kind, faults = Kind.of(planted, "mail-tls"), _handmade(planted, "mail-tls")
        if faults:
            credentials = self._certificates.credentials(name, kind)
            return Listener(mail.mail_server(name, mail.by_hand(credentials, faults)))
        context = self._certificates.context(name, kind)
        return Listener(mail.mail_server(name, mail.by_openssl(context)))

    def _web_listeners(
        self, host: Host, planted: frozenset[str], title: str
    ) -> dict[int, Listener]:
        for trouble, handler in hostile.RAW.items():
            if trouble in planted:
                return {80: Listener(handler), 443: Listener(handler)}
        plain = Listener(web.http_site(host.owner, planted, title))
        if "web-tls.https_exists" in planted:
            return {80: plain, 443: Listener(None)}
        if "trouble.web_malformed_hello" in planted:
            return {80: plain, 443: Listener(hostile.malformed_hello)}
        site = web.https_site(host.owner, planted, title)
        if faults := _handmade(planted, "web-tls"):
            return {80: plain, 443: self._by_hand(host.name, planted, faults, site)}
        context = self._certificates.context(host.name, Kind.of(planted))
        for trouble, handler in hostile.SPEAKING.items():
            if trouble in planted:
                return {80: plain, 443: Listener(handler, context)}
        return {80: plain, 443: Listener(site, context)}

    def _by_hand(
        self, name: str, planted: frozenset[str], faults: handmade.Faults, site: Handler
    ) -> Listener:
        kind = Kind.of(planted)
        credentials = self._certificates.credentials(name, kind)
        if STAPLED in planted:
            faults = replace(faults, staple=self._certificates.staple(name, kind))
        return Listener(handmade.serving(site, credentials, faults))

    async def _listen(self, lab: str, loopback: str, listener: Listener) -> None:
        """Serve on a port; a port that must refuse stays bound, so that nobody else takes it."""
        if lab in self._servers:
            self._servers.pop(lab).close()
        if lab in self._closed:
            self._closed.pop(lab).close()
        bound = bind(loopback, self.ports.get(lab, 0))
        self.ports[lab] = bound.getsockname()[1]
        if listener.handler is None:
            self._closed[lab] = bound
            return
        self._servers[lab] = await asyncio.start_server(
            self._receiving(listener.handler), sock=bound, ssl=listener.context
        )

    def _receiving(self, handler: Handler) -> Handler:
        """The handler, kept track of, with a visitor's bad manners caught."""

        async def receive(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            visit = cast("asyncio.Task[None]", asyncio.current_task())
            self._visits.add(visit)
            try:
                await handler(reader, writer)
            except (OSError, EOFError, ValueError, asyncio.LimitOverrunError):
                pass
            finally:
                self._visits.discard(visit)
                with contextlib.suppress(OSError):
                    writer.close()

        return receive
