# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A TLS session over a line by the local OpenSSL, with a cap on what a handshake may cost."""

import os
import ssl
import warnings
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Protocol, TypeVar

from dijkring.surface.engine.errors import ProbeError
from dijkring.surface.engine.observations import Trust

T = TypeVar("T")
HANDSHAKE_BYTES = 262_144
# The weakest that OpenSSL will still speak: what is wrong must be read, not refused.
# ssl.OP_LEGACY_SERVER_CONNECT, which Python only names from 3.12.
LEGACY_SERVER_CONNECT = 0x4
WEAK_CIPHERS = "ALL:COMPLEMENTOFALL:@SECLEVEL=0"


class Stream(Protocol):
    """What probes read and write: a bare line, or TLS over one."""

    async def read(self, size: int = ...) -> bytes: ...

    async def write(self, data: bytes) -> None: ...


@cache
def unverified_context() -> ssl.SSLContext:
    """A client that takes any certificate, key size and version from TLS 1.0; made once."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return _weakened(context)


def trust_context(ca_file: str | None) -> ssl.SSLContext:
    """A client that only judges the chain: default store (SSL_CERT_FILE too) plus `ca_file`.

    Key sizes, versions and the host name have checks of their own and do not count here. Made
    once for as long as none of those files changes: reading all roots costs as much as a dozen
    handshakes. Raises OSError or ssl.SSLError when the file cannot be used.
    """
    paths = ssl.get_default_verify_paths()
    places = (paths.cafile, paths.capath, paths.openssl_cafile, paths.openssl_capath, ca_file)
    return _trusting(ca_file, tuple(map(_version, places)))


def _version(path: str | None) -> tuple[str, int] | None:
    try:
        return (path, os.stat(path).st_mtime_ns) if path else None
    except OSError:
        return path or "", 0


@lru_cache(4)
def _trusting(ca_file: str | None, versions: object) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_REQUIRED
    context.verify_flags = ssl.VerifyFlags.VERIFY_X509_TRUSTED_FIRST
    context.load_default_certs()
    if ca_file:
        context.load_verify_locations(cafile=ca_file)
    return _weakened(context)


def has_roots(context: ssl.SSLContext) -> bool:
    """Tell whether there is anything to trust: roots loaded, or a folder to look in."""
    folder = ssl.get_default_verify_paths().capath
    in_folder = bool(folder) and any(Path(folder).iterdir())
    return in_folder or bool(context.cert_store_stats()["x509_ca"])


def _weakened(context: ssl.SSLContext) -> ssl.SSLContext:
    context.set_ciphers(WEAK_CIPHERS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
    context.options |= LEGACY_SERVER_CONNECT
    return context


class TlsStream:
    """TLS over a line, pumped by hand so that its certificates and its cost are ours to see."""

    def __init__(self, line: Stream, context: ssl.SSLContext, server_name: str) -> None:
        self._line = line
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname=server_name)
        self._budget: int | None = HANDSHAKE_BYTES

    async def handshake(self) -> None:
        """Complete the handshake; ssl.SSLCertVerificationError passes, the rest is a ProbeError."""
        try:
            await self._pump(self._tls.do_handshake)
        except ssl.SSLZeroReturnError:
            raise ProbeError("connection_lost") from None
        self._budget = None

    async def read(self, size: int = 16_384) -> bytes:
        """Give decrypted bytes; b"" at the end, also when the other side just hangs up."""
        try:
            return await self._pump(lambda: self._tls.read(size))
        except ssl.SSLZeroReturnError:
            return b""

    async def write(self, data: bytes) -> None:
        """Encrypt and send all of `data`."""
        await self._pump(lambda: self._tls.write(data))

    def chain(self) -> list[bytes]:
        """The certificates as the server sent them, in DER, its own first."""
        # Public as SSLObject.get_unverified_chain from Python 3.13; the same call inside before.
        inner = getattr(self._tls, "_sslobj", None)
        sent = inner.get_unverified_chain() if inner else None
        return [ssl.PEM_cert_to_DER_cert(one.public_bytes()) for one in sent or []]

    async def _pump(self, step: Callable[[], T]) -> T:
        while True:
            try:
                result = step()
            except ssl.SSLWantReadError:
                await self._flush()
                await self._fill()
            except (ssl.SSLCertVerificationError, ssl.SSLZeroReturnError):
                raise
            except ssl.SSLError as error:
                raise _as_probe_error(error) from None
            else:
                await self._flush()
                return result

    async def _flush(self) -> None:
        if data := self._outgoing.read():
            await self._line.write(data)

    async def _fill(self) -> None:
        data = await self._line.read()
        if not data:
            self._incoming.write_eof()
            return
        self._incoming.write(data)
        if self._budget is not None:
            self._budget -= len(data)
            if self._budget < 0:
                raise ProbeError("handshake_too_large")


async def shake(stream: TlsStream) -> Trust:
    """Shake hands; what OpenSSL thinks of the chain, without the host name."""
    try:
        await stream.handshake()
    except ssl.SSLCertVerificationError as error:
        return Trust(False, error.verify_code, error.verify_message)
    return Trust(True)


def _as_probe_error(error: ssl.SSLError) -> ProbeError:
    reason = (error.reason or str(error)).upper()
    if isinstance(error, ssl.SSLEOFError) or "EOF" in reason:
        return ProbeError("connection_lost")
    if "ALERT" in reason:
        return ProbeError("tls_alert", reason)
    if "EXCESSIVE" in reason or "TOO_L" in reason:
        return ProbeError("handshake_too_large", reason)
    return ProbeError("tls_failed", reason)
