# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asking a provider something: https only, to public addresses only, small and soon."""

import http.client
import json
import os
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from threading import Event, Timer
from typing import Any
from urllib.parse import SplitResult, urlencode, urlsplit

from dijkring.core.addresses import Address, Network, is_public, parse_address
from dijkring.identity.oidc.errors import ProviderError

MOST_BYTES = 256 * 1024
MOST_SECONDS = 8.0
DIAL_SECONDS = 3.0
MOST_ADDRESSES = 4
HTTPS_PORT = 443


@dataclass(frozen=True, slots=True)
class Reach:
    """Which private networks the operator allows, and which extra authorities are trusted."""

    allowed: tuple[Network, ...] = ()
    ca_file: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status and the body, read whole."""

    status: int
    body: bytes

    def json(self) -> dict[str, Any]:
        """Return the body as an object; ProviderError when it is none."""
        try:
            found = json.loads(self.body)
        except ValueError:
            raise ProviderError("not_json") from None
        if not isinstance(found, dict):
            raise ProviderError("not_json")
        return found


class _Pinned(http.client.HTTPSConnection):
    """Goes to an address that was checked, and asks the certificate for the name."""

    def __init__(
        self, parts: SplitResult, addresses: list[Address], context: ssl.SSLContext
    ) -> None:
        super().__init__(parts.hostname or "", parts.port or HTTPS_PORT, context=context)
        self._addresses = addresses
        self._tls = context

    def connect(self) -> None:
        plain = self._dialled()
        # Known before the handshake, so that a handshake that never ends can be cut off, too.
        self.sock = secured = self._tls.wrap_socket(
            plain, server_hostname=self.host, do_handshake_on_connect=False
        )
        secured.do_handshake()

    def _dialled(self) -> socket.socket:
        """Return a connection with the first address that answers."""
        failed: OSError = OSError("no address")
        for address in self._addresses[:MOST_ADDRESSES]:
            try:
                return socket.create_connection((str(address), self.port), timeout=DIAL_SECONDS)
            except OSError as error:
                failed = error
        raise failed


def split(url: str) -> SplitResult:
    """Read an https address; ProviderError for anything else, also with a name or a fragment."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ProviderError("address", url[:200]) from None
    proper = parts.scheme == "https" and parts.hostname and url.isascii() and port != 0
    if not proper or parts.username is not None or parts.fragment or not url.isprintable():
        raise ProviderError("address", url[:200])
    return parts


def fetch(
    url: str,
    reach: Reach,
    *,
    form: Mapping[str, str] | None = None,
    content: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Get an address, or post a form or other content to it; redirects are not followed.

    At most MOST_BYTES and MOST_SECONDS. The name is resolved once and only the checked address is
    dialled, so that a name which answers differently the second time gains nothing.
    """
    parts = split(url)
    connection = _Pinned(parts, _addresses(parts, reach), _context(*_trusted(reach)))
    body = urlencode(form).encode() if form is not None else content
    sent = {"Accept": "application/json", **(headers or {})}
    if form is not None:
        sent["Content-Type"] = "application/x-www-form-urlencoded"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        with _in_time(connection):
            connection.request("GET" if body is None else "POST", path, body, sent)
            response = connection.getresponse()
            answer = Answer(response.status, _whole(response))
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise ProviderError("unreachable", f"{type(error).__name__}: {error}") from error
    finally:
        connection.close()
    return answer


def _addresses(parts: SplitResult, reach: Reach) -> list[Address]:
    host, port = parts.hostname or "", parts.port or HTTPS_PORT
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [parse_address(str(one[4][0])) for one in found]
    except (OSError, ValueError) as error:
        raise ProviderError("unreachable", f"{host}: {error}") from None
    # One forbidden address among allowed ones is reason enough: which is dialled is chance.
    if not addresses or not all(_may_dial(one, reach) for one in addresses):
        raise ProviderError("private", f"{host}: {', '.join(map(str, addresses))}")
    return addresses


def _may_dial(address: Address, reach: Reach) -> bool:
    return is_public(address) or any(address in network for network in reach.allowed)


def _trusted(reach: Reach) -> tuple[str, int]:
    """Return the file of the operator's own authorities, and when it changed."""
    return reach.ca_file, os.stat(reach.ca_file).st_mtime_ns if reach.ca_file else 0


@lru_cache(4)
def _context(ca_file: str, _changed: int) -> ssl.SSLContext:
    """Trust the authorities of this machine, read once, and those of the operator's own file."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file:
        context.load_verify_locations(ca_file)
    return context


@contextmanager
def _in_time(connection: _Pinned) -> Iterator[None]:
    """Cut the connection off when the whole takes too long, however slowly it drips."""

    late = Event()

    def cut() -> None:
        late.set()
        # Closing does not wake a thread that reads; shutting down does.
        if connection.sock is not None:
            with suppress(OSError):
                socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)

    timer = Timer(MOST_SECONDS, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
    # A connection that was cut off reads as one that ended.
    if late.is_set():
        raise TimeoutError("too slow")


def _whole(response: http.client.HTTPResponse) -> bytes:
    body = response.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise ProviderError("too_large")
    return body
