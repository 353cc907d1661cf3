# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The websites of the practice internet: HTTP/1.1, one request per connection."""

import asyncio
import gzip
import html
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dijkring.lab.scenario import Name

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[None, None, None]]
REQUEST_SECONDS = 10
REQUEST_BYTES = 16_384
DAYS_OF_SECURITY_TXT = 300
HEADERS = {
    "web-tls.https_hsts": ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
    "web-appsecpriv.http_csp": (
        "Content-Security-Policy",
        "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'",
    ),
    "web-appsecpriv.http_x_content_type": ("X-Content-Type-Options", "nosniff"),
    "web-appsecpriv.http_x_frame": ("X-Frame-Options", "DENY"),
    "web-appsecpriv.http_referrer_policy": ("Referrer-Policy", "no-referrer"),
}
LEAKING_REFERRER = ("Referrer-Policy", "unsafe-url")
# Headers that a fault adds.
ADDED = {
    "web-appsecpriv.http_referrer_policy": LEAKING_REFERRER,
    "web-extra.cookie_flags": ("Set-Cookie", "sessie=1; Path=/"),
    "web-extra.disclosure": ("Server", "Apache/2.4.57 (Debian)"),
}
MTA_STS_SECONDS = 604_800


@dataclass(frozen=True)
class Reply:
    """A status with its headers and body."""

    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""

    def to_bytes(self, with_body: bool = True) -> bytes:
        """The reply as it goes over the line."""
        length = ("Content-Length", str(len(self.body)))
        lines = [f"{key}: {value}" for key, value in (*self.headers, length)]
        head = "\r\n".join([f"HTTP/1.1 {self.status}", *lines, "Connection: close", "", ""])
        return head.encode("latin-1") + (self.body if with_body else b"")


def https_site(name: Name, planted: frozenset[str], title: str) -> Handler:
    """The encrypted site of a name; planted defects leave headers or security.txt out."""
    return serving(lambda path: _secure_reply(name, planted, title, path))


def http_site(name: Name, planted: frozenset[str], title: str) -> Handler:
    """Port 80: sends visitors on to https, or serves the site itself when that is the defect."""
    if planted & {"web-tls.https_forced", "web-tls.https_exists"}:
        return serving(lambda path: _page(name.name, title, ()) if path == "/" else _missing(()))
    return serving(lambda path: _redirect(f"https://{name.name}{path}", ()))


def _secure_reply(name: Name, planted: frozenset[str], title: str, path: str) -> Reply:
    headers = _security_headers(planted)
    if path == "/.well-known/security.txt":
        absent = "web-appsecpriv.http_securitytxt" in planted
        return _missing(headers) if absent else _security_txt(name, headers)
    if "web-tls.http_compression" in planted and path == "/":
        return _packed(_page(name.name, title, headers))
    if name.redirect:
        return _redirect(name.redirect, headers)
    return _page(name.name, title, headers) if path == "/" else _missing(headers)


def _security_headers(planted: frozenset[str]) -> tuple[tuple[str, str], ...]:
    headers = [header for defect, header in HEADERS.items() if defect not in planted]
    return (*headers, *(header for defect, header in ADDED.items() if defect in planted))


def policy_site(name: Name, planted: frozenset[str]) -> Handler:
    """The host with the MTA-STS policy of a mail domain (RFC 8461)."""
    mode = "none" if "mail-extra.mta_sts" in planted else "enforce"
    lines = ("version: STSv1", f"mode: {mode}", f"mx: {name.mail}", f"max_age: {MTA_STS_SECONDS}")
    body = "".join(f"{line}\r\n" for line in lines).encode()
    policy = Reply("200 OK", (("Content-Type", "text/plain"),), body)
    return serving(lambda path: policy if path == "/.well-known/mta-sts.txt" else _missing(()))


def _page(host: str, title: str, headers: tuple[tuple[str, str], ...]) -> Reply:
    heading = html.escape(title)
    body = (
        f'<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>{heading}</title>'
        f"</head><body><h1>{heading}</h1><p>{html.escape(host)} in het oefeninternet.</p>"
        "</body></html>\n"
    )
    kind = ("Content-Type", "text/html; charset=utf-8")
    return Reply("200 OK", (kind, *headers), body.encode())


def _packed(page: Reply) -> Reply:
    packed = ("Content-Encoding", "gzip")
    return Reply(page.status, (*page.headers, packed), gzip.compress(page.body))


def _missing(headers: tuple[tuple[str, str], ...]) -> Reply:
    kind = ("Content-Type", "text/plain; charset=utf-8")
    return Reply("404 Not Found", (kind, *headers), b"Niet gevonden.\n")


def _redirect(target: str, headers: tuple[tuple[str, str], ...]) -> Reply:
    return Reply("301 Moved Permanently", (("Location", target), *headers))


def _security_txt(name: Name, headers: tuple[tuple[str, str], ...]) -> Reply:
    """RFC 9116: contact, end date and the address of the file itself."""
    expires = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    expires += timedelta(days=DAYS_OF_SECURITY_TXT)
    lines = (
        f"Contact: mailto:veiligheid@{name.domain}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: https://{name.name}/.well-known/security.txt",
        "",
    )
    kind = ("Content-Type", "text/plain; charset=utf-8")
    return Reply("200 OK", (kind, *headers), "\r\n".join(lines).encode())


def serving(reply_to: Callable[[str], Reply]) -> Handler:
    """A site that answers each path, one request per connection."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with asyncio.timeout(REQUEST_SECONDS):
            writer.write(_answer(await _request_head(reader), reply_to))
            await writer.drain()

    return serve


async def _request_head(reader: asyncio.StreamReader) -> str:
    head = await reader.readuntil(b"\r\n\r\n")
    return head[:REQUEST_BYTES].decode("latin-1")


def _answer(head: str, reply_to: Callable[[str], Reply]) -> bytes:
    method, _, rest = head.partition("\r\n")[0].partition(" ")
    path, _, version = rest.rpartition(" ")
    if not version.startswith("HTTP/1.") or not path.startswith("/"):
        return Reply("400 Bad Request", ()).to_bytes()
    if method not in ("GET", "HEAD"):
        return Reply("405 Method Not Allowed", (("Allow", "GET, HEAD"),)).to_bytes()
    return reply_to(path.partition("?")[0]).to_bytes(with_body=method == "GET")
