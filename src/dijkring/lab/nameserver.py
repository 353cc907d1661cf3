# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""DNS over UDP and TCP: the lab's authoritative server and its validating resolver."""

import asyncio
import contextlib
import socket
import struct
from collections.abc import Callable

import dns.edns
import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.opcode
import dns.rcode
import dns.rdataclass
import dns.rdatatype

from dijkring.lab.validator import Finding, Status, Validator, follow
from dijkring.lab.zones import Answer, Records, Zones

# From a query and the largest reply that fits; None is silence.
Respond = Callable[[bytes, int], bytes | None]
UDP_LIMIT = 1232
TCP_LIMIT = 65_535
CACHE_SIZE = 20_000
PROOF_TYPES = (dns.rdatatype.RRSIG, dns.rdatatype.NSEC)
IDLE_SECONDS = 10


class Resolver:
    """Answers like a validating resolver: AD for what is proven, SERVFAIL for what is bogus.

    The checking-disabled bit (RFC 4035 section 3.2.2) gives bogus data too. With `validates`
    off it answers everything without AD.
    """

    def __init__(self, zones: Zones, validator: Validator, validates: bool = True) -> None:
        self._zones = zones
        self._validator = validator
        self._validates = validates
        self._replies: dict[tuple[bytes, int], bytes | None] = {}

    def respond(self, wire: bytes, limit: int) -> bytes | None:
        """The reply to a query; equal questions are answered from memory."""
        key = (wire[2:], limit)
        if key not in self._replies:
            if len(self._replies) >= CACHE_SIZE:
                self._replies.clear()
            self._replies[key] = self._reply(wire, limit)
        kept = self._replies[key]
        return None if kept is None else wire[:2] + kept[2:]

    def _reply(self, wire: bytes, limit: int) -> bytes | None:
        return _reply(wire, limit, self._fill)

    def _fill(self, query: dns.message.Message, reply: dns.message.Message) -> bool:
        question = query.question[0]
        name = question.name.canonicalize()
        if self._validates:
            finding = self._validator.resolve(name, question.rdtype)
        else:
            finding = follow(
                lambda *asked: Finding(self._zones.answer(*asked)), name, question.rdtype
            )
        if finding.answer is None:
            return False
        reply.flags |= dns.flags.RA | (query.flags & dns.flags.CD)
        unchecked = bool(query.flags & dns.flags.CD)
        if finding.status is Status.BOGUS and not unchecked:
            reply.set_rcode(dns.rcode.SERVFAIL)
            return True
        wants_verdict = query.flags & dns.flags.AD or query.ednsflags & dns.flags.DO
        if finding.status is Status.SECURE and wants_verdict:
            reply.flags |= dns.flags.AD
        _put(finding.answer, query, reply)
        return True


class Authoritative:
    """Answers from the zones alone, as the name servers of the lab's domains."""

    def __init__(self, zones: Zones) -> None:
        self._zones = zones

    def respond(self, wire: bytes, limit: int) -> bytes | None:
        """The authoritative reply to a query."""
        return _reply(wire, limit, self._fill)

    def _fill(self, query: dns.message.Message, reply: dns.message.Message) -> bool:
        question = query.question[0]
        answer = self._zones.answer(question.name, question.rdtype)
        if answer is None:
            return False
        reply.flags |= dns.flags.AA
        _put(answer, query, reply)
        return True


def _reply(
    wire: bytes, limit: int, fill: Callable[[dns.message.Message, dns.message.Message], bool]
) -> bytes | None:
    try:
        query = dns.message.from_wire(wire)
        reply = dns.message.make_response(query, our_payload=UDP_LIMIT)
    except dns.exception.DNSException:
        return _format_error(wire)
    refusal = _refusal(query)
    if refusal is not None:
        reply.set_rcode(refusal)
    elif not fill(query, reply):
        return None
    if limit == UDP_LIMIT:
        limit = min(limit, max(512, query.payload)) if query.edns >= 0 else 512
    return reply.to_wire(max_size=limit, prefer_truncation=True)


def _format_error(wire: bytes) -> bytes | None:
    """A bare FORMERR under the query's id; nothing for what is itself a reply or too short."""
    if len(wire) < 12 or wire[2] & 0x80:
        return None
    return wire[:2] + struct.pack("!HHHHH", 0x8001, 0, 0, 0, 0)


def _refusal(query: dns.message.Message) -> dns.rcode.Rcode | None:
    if query.opcode() != dns.opcode.QUERY:
        return dns.rcode.NOTIMP
    if len(query.question) != 1:
        return dns.rcode.FORMERR
    question = query.question[0]
    if question.rdclass != dns.rdataclass.IN or dns.rdatatype.is_metatype(question.rdtype):
        return dns.rcode.REFUSED
    return None


def _put(answer: Answer, query: dns.message.Message, reply: dns.message.Message) -> None:
    asked = query.question[0].rdtype
    with_proofs = bool(query.ednsflags & dns.flags.DO)
    reply.set_rcode(answer.rcode)
    reply.answer = _visible(answer.answer, asked, with_proofs)
    reply.authority = _visible(answer.authority, asked, with_proofs)


def _visible(records: Records, asked: dns.rdatatype.RdataType, with_proofs: bool) -> Records:
    return [
        rrset
        for rrset in records
        if with_proofs or rrset.rdtype == asked or rrset.rdtype not in PROOF_TYPES
    ]


class Service:
    """One DNS address: UDP and TCP on the same loopback port; what answers can be swapped."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond
        self._transport: asyncio.DatagramTransport | None = None
        self._server: asyncio.Server | None = None

    async def start(self, udp: socket.socket, tcp: socket.socket) -> None:
        """Serve on two bound sockets."""
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_datagram_endpoint(lambda: _Datagrams(self), sock=udp)
        self._server = await asyncio.start_server(self._stream, sock=tcp)

    async def stop(self) -> None:
        """Close both sockets."""
        if self._transport:
            self._transport.close()
        if self._server:
            self._server.close()

    async def _stream(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(IDLE_SECONDS):
                while reply := self.respond(await _framed(reader), TCP_LIMIT):
                    writer.write(struct.pack("!H", len(reply)) + reply)
                    await writer.drain()
                # A silent name server keeps the line open until the caller gives up.
                await reader.read()
        except (asyncio.IncompleteReadError, TimeoutError, OSError):
            pass
        finally:
            with contextlib.suppress(OSError):
                writer.close()


async def _framed(reader: asyncio.StreamReader) -> bytes:
    (length,) = struct.unpack("!H", await reader.readexactly(2))
    return await reader.readexactly(length)


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, service: Service) -> None:
        self._service = service
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports do not inherit from asyncio's, so there is nothing to check here.
        self._transport = transport  # type: ignore[assignment]

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        reply = self._service.respond(data, UDP_LIMIT)
        if reply is not None and self._transport is not None:
            self._transport.sendto(reply, addr)
