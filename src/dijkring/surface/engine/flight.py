# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a server of TLS 1.2 or older sends in the clear, from ServerHello to ServerHelloDone."""

from dataclasses import dataclass
from functools import cache

from dijkring.surface.engine import hello
from dijkring.surface.engine.errors import ProbeError
from dijkring.surface.engine.hello import Bytes, Malformed, ServerHello
from dijkring.surface.engine.suites import group_name, signature_hash, suite_name
from dijkring.surface.engine.tlsstream import Stream

CLEAR_BYTES = 196_608
NAMED_CURVE = 3
# RFC 7919 appendix A: bits, and the number that makes p a safe prime.
FINITE = {2048: 560316, 3072: 2625351, 4096: 5736041, 6144: 15705020, 8192: 10965728}


@dataclass(frozen=True)
class Exchange:
    """The parameters of a key exchange and the hash under them, "" where nobody signed.

    group is a named group, dh-BITS for a prime of the server's own, or explicit for a curve of
    its own; public is the key of the server.
    """

    group: str
    signature: str = ""
    public: bytes = b""


@dataclass
class Flight:
    """The messages of a server so far."""

    hello: ServerHello
    certificates: bytes = b""
    staple: bytes = b""
    exchange: Exchange | None = None
    asks_certificate: bool = False
    done: bool = False

    @property
    def suite(self) -> str:
        """The IANA name of the suite that the server picked."""
        return suite_name(self.hello.suite)

    def take(self, kind: int, body: bytes) -> None:
        """Add one message; Malformed for what cannot be read."""
        if kind == hello.CERTIFICATE:
            self.certificates = body
        elif kind == hello.STATUS:
            self.staple = parse_status(body)
        elif kind == hello.KEY_EXCHANGE:
            self.exchange = parse_exchange(self.hello.version, self.suite, body)
        elif kind == hello.ASKS_CERTIFICATE:
            self.asks_certificate = True
        elif kind == hello.DONE:
            self.done = True


async def read_flight(line: Stream, whole: bool) -> Flight | hello.FatalAlert:
    """Read a server's answer to a hello: only its ServerHello, or the whole of what is clear.

    Raises ProbeError: not_tls, handshake_too_large, connection_lost (hung up without a word).
    """
    reader, total = hello.ServerReader(), 0
    found: Flight | None = None
    try:
        while True:
            while message := reader.next_message():
                found = _taken(found, *message)
                if found.done or not whole:
                    return found
            if reader.alert:
                return reader.alert
            if reader.encrypted:
                raise Malformed("no ServerHello")
            data = await line.read()
            total += len(data)
            if not data or total > CLEAR_BYTES:
                raise ProbeError("handshake_too_large" if data else "connection_lost")
            reader.feed(data)
    except Malformed as error:
        raise ProbeError("not_tls", str(error)) from None


def _taken(found: Flight | None, kind: int, body: bytes) -> Flight:
    if found is None:
        if kind != hello.SERVER_HELLO:
            raise Malformed("no ServerHello")
        return Flight(hello.parse_server_hello(body))
    found.take(kind, body)
    return found


def parse_status(body: bytes) -> bytes:
    """Read the OCSP answer from a CertificateStatus (RFC 6066 section 8), b"" for another kind."""
    reader = Bytes(body)
    return reader.take(reader.number(3)) if reader.number(1) == 1 else b""


def parse_exchange(version: str, suite: str, body: bytes) -> Exchange | None:
    """Read a ServerKeyExchange (RFC 5246 7.4.3, RFC 8422 5.4); None for a kind without groups."""
    reader = Bytes(body)
    if "_ECDHE_" in suite or "_ECDH_anon_" in suite:
        group, public = _curve(reader)
    elif "_DHE_" in suite or "_DH_anon_" in suite:
        group, public = _prime(reader)
    else:
        return None
    if "_anon_" in suite or group == "explicit":
        return Exchange(group, "", public)
    return Exchange(group, _signed_with(reader, version, suite), public)


def _curve(reader: Bytes) -> tuple[str, bytes]:
    if reader.number(1) != NAMED_CURVE:
        return "explicit", b""
    name = group_name(reader.number(2))
    return name, reader.take(reader.number(1))


def _prime(reader: Bytes) -> tuple[str, bytes]:
    prime = int.from_bytes(reader.take(reader.number(2)), "big")
    generator = int.from_bytes(reader.take(reader.number(2)), "big")
    public = reader.take(reader.number(2))
    bits = prime.bit_length()
    known = bits in FINITE and generator == 2 and prime == finite_prime(bits)
    return f"ffdhe{bits}" if known else f"dh-{bits}", public


def _signed_with(reader: Bytes, version: str, suite: str) -> str:
    """The hash under the parameters; before TLS 1.2 it is fixed (RFC 4346 section 7.4.3)."""
    if version == "TLS 1.2":
        return signature_hash(reader.number(2))
    return "md5-sha1" if "_RSA_" in suite else "sha1"


@cache
def finite_prime(bits: int) -> int:
    """The prime of the group ffdheBITS, by the formula of RFC 7919 appendix A."""
    scale = bits
    term, euler, at = 1 << scale, 0, 1
    while term:
        euler += term
        term //= at
        at += 1
    # Cut off at the precision that the formula asks for; the rest was against rounding.
    euler >>= scale - (bits - 130)
    return int(2**bits - 2 ** (bits - 64) + (euler + FINITE[bits]) * 2**64 - 1)
