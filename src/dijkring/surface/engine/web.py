# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Looking at one address of a website."""

import asyncio
import ssl
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin, urlsplit

from dijkring.surface.engine import http
from dijkring.surface.engine.certificates import describe_chain
from dijkring.surface.engine.dial import Line
from dijkring.surface.engine.errors import InputError, ProbeError
from dijkring.surface.engine.names import parse_domain
from dijkring.surface.engine.observations import (
    Page,
    Trouble,
    WebSeen,
)
from dijkring.surface.engine.probe_tls import Prober
from dijkring.surface.engine.run import Clock, Run
from dijkring.surface.engine.tlsstream import Stream, TlsStream, shake

MOST_REDIRECTS = 5
REDIRECTS = (301, 302, 303, 307, 308)
# A redirect may not make us knock on any other door.
WEB_PORTS = {("http", 0), ("http", 80), ("https", 0), ("https", 443)}
SECURITY_TXT = ("/.well-known/security.txt", "/security.txt")
# What no later probe could get past: nothing listens, or nothing answers.
NO_CONNECTION = ("connection_refused", "connect_timeout", "unreachable", "private_address")


async def look_at_site(run: Run, name: str, address: str) -> WebSeen:
    """Measure one address of a site: both ports, TLS versions, certificates, headers, files."""
    async with run.host(address) as clock:
        site = _Site(run, clock, name, address)
        (seen, plain) = await asyncio.gather(
            site.secure_visit(), clock.attempt(site.fetch_plain("/"))
        )
        seen = replace(seen, plain=_good(plain), plain_trouble=_bad(plain))
        return seen if seen.https else await site.look_deeper(seen)


def _good(outcome: Page | Trouble) -> Page | None:
    return outcome if isinstance(outcome, Page) else None


def _bad(outcome: object) -> Trouble | None:
    return outcome if isinstance(outcome, Trouble) else None


@dataclass(frozen=True)
class _Site:
    run: Run
    clock: Clock
    name: str
    address: str
    visits: list[TlsStream] = field(default_factory=list)
    early: list[Page] = field(default_factory=list)

    def _line(self) -> AbstractAsyncContextManager[Line]:
        return self.run.dialer.connect(self.address, 443)

    async def secure_visit(self) -> WebSeen:
        """Shake hands, read the chain, judge its trust, and ask for the front page.

        The first handshake verifies the chain; only when that fails a second one, which takes
        whatever it gets, is needed for the rest.
        """
        seen = WebSeen(self.name, self.address)
        context = self.run.trust if self.run.can_judge_trust else None
        if context is None:
            seen = replace(seen, trust_trouble=Trouble("no_trust_store"))
        outcome = await self.clock.attempt(self._visit(seen, context), share=3.0)
        if isinstance(outcome, WebSeen):
            return outcome
        if outcome.reason in NO_CONNECTION:
            return replace(seen, https=outcome)
        return replace(seen, handshake=outcome, trust_trouble=outcome, page_trouble=outcome)

    async def _visit(self, seen: WebSeen, trusting: ssl.SSLContext | None) -> WebSeen:
        async with self._line() as line:
            stream = TlsStream(line, trusting or self.run.unverified, self.name)
            shaken = await self.clock.attempt(shake(stream))
            if isinstance(shaken, Trouble):
                return replace(seen, handshake=shaken, trust_trouble=shaken, page_trouble=shaken)
            if shaken.trusted:
                seen = replace(seen, trust=shaken) if trusting else seen
                seen = await self._read_page(seen, stream)
                self.visits.append(stream)
                return seen
        return await self._visit(replace(seen, trust=shaken), None)

    async def _read_page(self, seen: WebSeen, stream: TlsStream) -> WebSeen:
        page = await self.clock.attempt(
            http.get(stream, f"https://{self.name}/", self.name, "/", with_sample=True)
        )
        return replace(seen, page=_good(page), page_trouble=_bad(page))

    def _with_chain(self, seen: WebSeen, chain: list[bytes]) -> WebSeen:
        try:
            return replace(seen, chain=describe_chain(chain))
        except ProbeError as error:
            return replace(seen, trust_trouble=Trouble(error.reason, error.note))

    async def look_deeper(self, seen: WebSeen) -> WebSeen:
        """What only makes sense when something listens on port 443."""
        prober = Prober(
            self._line,
            self.name,
            self.clock.attempt,
            self._ask_inside,
            self.run.options.every_suite,
        )
        await prober.ask()
        security: Page | Trouble | None = None if seen.handshake else await self._security_txt()
        early = any(page is security for page in self.early)
        await prober.conclude(still_there=isinstance(security, Page) and not early)
        seen = replace(seen, versions=prober.tries, tls=prober.seen)
        # Our own handshakes have read the certificates; asking OpenSSL leaks memory in CPython.
        chain = prober.certificates or [one for visit in self.visits for one in visit.chain()]
        return replace(
            self._with_chain(seen, chain),
            security_txt=security if isinstance(security, Page) else None,
            security_txt_trouble=_bad(security),
        )

    async def _ask_inside(self, stream: Stream) -> None:
        """Ask for security.txt within our own handshake: a visit less where it is there."""
        path = SECURITY_TXT[0]
        url = f"https://{self.name}{path}"
        self.early.append(await http.get(stream, url, self.name, path, with_body=True))

    async def _security_txt(self) -> Page | Trouble:
        """The file at its proper place, else at its old one (RFC 9116 section 3)."""
        proper, old = SECURITY_TXT
        if self.early and self.early[0].status == 200:
            return self.early[0]
        found = await self.clock.attempt(self._follow(f"https://{self.name}{proper}"))
        if isinstance(found, Trouble) or found.status in (200, 429, 503):
            return found
        elsewhere = await self.clock.attempt(self._follow(f"https://{self.name}{old}"))
        at_old_place = isinstance(elsewhere, Page) and elsewhere.status == 200
        return elsewhere if at_old_place else found

    async def fetch_plain(self, path: str) -> Page:
        """GET over port 80, redirects not followed: the first answer is what counts."""
        async with self.run.dialer.connect(self.address, 80) as line:
            return await http.get(line, f"http://{self.name}{path}", self.name, path)

    async def _follow(self, url: str) -> Page:
        """GET with its body, following at most five redirects; every hop is dialled anew."""
        for _ in range(MOST_REDIRECTS + 1):
            page = await self._hop(url)
            target = page.first("location")
            if page.status not in REDIRECTS or not target:
                return page
            url = _absolute(url, target)
        raise ProbeError("too_many_redirects")

    async def _hop(self, url: str) -> Page:
        parts = urlsplit(url)
        secure, host = parts.scheme == "https", parts.hostname or ""
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        address = self.address if host == self.name else await self._address_of(host)
        async with self.run.dialer.connect(address, 443 if secure else 80) as line:
            if not secure:
                return await http.get(line, url, host, path, with_body=True)
            stream = TlsStream(line, self.run.unverified, host)
            await stream.handshake()
            return await http.get(stream, url, host, path, with_body=True)

    async def _address_of(self, host: str) -> str:
        """An address of the same family as the one we measure, else any."""
        wanted, other = ("AAAA", "A") if ":" in self.address else ("A", "AAAA")
        for rdtype in (wanted, other):
            found = await self.run.resolver.look_up(host, rdtype)
            if found.records:
                return found.records[0]
        raise ProbeError("redirect_nowhere", host)


def _absolute(base: str, target: str) -> str:
    """The address a redirect points to; ProbeError redirect_nowhere for what is no web address."""
    try:
        parts = urlsplit(urljoin(base, target))
        host = parse_domain(parts.hostname or "")
        if (parts.scheme, parts.port or 0) not in WEB_PORTS or not parts.path.isascii():
            raise ValueError(target)
    except (ValueError, InputError):
        raise ProbeError("redirect_nowhere", target[:200]) from None
    query = f"?{parts.query}" if parts.query.isascii() and parts.query else ""
    path = "".join(sign for sign in (parts.path or "/") + query if "!" <= sign <= "~")
    return f"{parts.scheme}://{host}{path}"
