# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""DNS messages as bytes (RFC 1035, RFC 6891): one question out, its answer read.

Only what a measurement asks for, ten times as fast as a library that builds every object; rare
types of record are left to dnspython. Text comes out as dnspython writes it.
"""

import re
import struct
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from socket import AF_INET6, inet_ntop

import dns.exception
import dns.name
import dns.rdata
import dns.rdataclass
import dns.rdatatype

from dijkring.surface.engine.cleaning import clean

PAYLOAD = 1232  # the EDNS size that is never fragmented (DNS Flag Day 2020)
RESPONSE, TRUNCATED, RECURSION_DESIRED, AUTHENTIC, UNCHECKED = 0x8000, 0x0200, 0x0100, 0x20, 0x10
NOERROR, FORMERR, SERVFAIL, NXDOMAIN = 0, 1, 2, 3
INTERNET, CNAME, OPT = 1, 5, 41
MOST_RECORDS = 100
MOST_POINTERS, LONGEST_NAME = 64, 255
MOST_ALIASES = 16
PLAIN = re.compile(r"[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*")
HEADER, FIXED = struct.Struct("!HHHHHH"), struct.Struct("!HHIH")
ESCAPED = frozenset(b'"().;\\@$')


class MalformedAnswer(ValueError):
    """The bytes are no DNS message, or their lengths lie."""


@dataclass(frozen=True)
class Answer:
    """What a resolver said: its code and flags, records as sorted text, and the aliases followed.

    alias is the last name that a CNAME led to, "" where none did.
    """

    rcode: int
    flags: int
    records: tuple[str, ...] = ()
    alias: str = ""

    @property
    def authentic(self) -> bool:
        """Whether the resolver says that all of it is validated (AD, RFC 4035 section 3.2.3)."""
        return bool(self.flags & AUTHENTIC)


@cache
def type_number(rdtype: str) -> int:
    """The number of a type of record by its name."""
    return int(dns.rdatatype.from_text(rdtype))


def query(
    number: int, name: str, rdtype: str, flags: int = RECURSION_DESIRED, edns: bool = True
) -> bytes:
    """Build a query; ValueError for a name that cannot be asked for."""
    head = HEADER.pack(number, flags, 1, 0, 0, int(edns))
    question = _wire_name(name) + struct.pack("!HH", type_number(rdtype), INTERNET)
    return head + question + (struct.pack("!BHHIH", 0, OPT, PAYLOAD, 0, 0) if edns else b"")


def _wire_name(name: str) -> bytes:
    if PLAIN.fullmatch(name) and len(name) < LONGEST_NAME - 1:
        labels = (bytes([len(label)]) + label.encode() for label in name.split("."))
        return b"".join(labels) + b"\0"
    try:
        wire = dns.name.from_text(name or ".").to_wire()
    except dns.exception.DNSException as error:
        raise ValueError(type(error).__name__) from None
    return wire or b""


def answers(data: bytes, asked: bytes) -> bool:
    """Tell whether these bytes are the answer to a query: its number, and the same question."""
    end = len(asked) - (11 if asked[11] else 0)
    echoed = data[12:end].lower() == asked[12:end].lower()
    return len(data) >= 12 and data[:2] == asked[:2] and bool(data[2] & 0x80) and echoed


def is_refusal_of_edns(data: bytes) -> bool:
    """Tell whether this is a FORMERR, as resolvers from before EDNS give (RFC 6891 section 7)."""
    return len(data) >= 12 and data[3] & 0x0F == FORMERR


def read(data: bytes, rdtype: str) -> Answer:
    """Read the answer to a question of this type; MalformedAnswer for what cannot be read."""
    try:
        return _read(data, type_number(rdtype))
    except (struct.error, IndexError, ValueError, dns.exception.DNSException) as error:
        raise MalformedAnswer(type(error).__name__) from None


def _read(data: bytes, wanted: int) -> Answer:
    _, flags, questions, count, _, _ = HEADER.unpack_from(data)
    if questions != 1:
        raise MalformedAnswer("questions")
    name, at = read_name(data, 12)
    at += 4
    aliases: dict[str, str] = {}
    found: dict[str, list[str]] = {}
    for _ in range(count):
        owner, at = read_name(data, at)
        kind, kind_of_class, _, size = FIXED.unpack_from(data, at)
        at += FIXED.size
        if at + size > len(data):
            raise MalformedAnswer("record")
        if kind_of_class == INTERNET and kind == CNAME != wanted:
            aliases.setdefault(owner.lower(), read_name(data, at)[0])
        elif kind_of_class == INTERNET and kind == wanted:
            found.setdefault(owner.lower(), []).append(_text(data, at, size, kind))
        at += size
    alias = _follow(name, aliases, found)
    unique = list(dict.fromkeys(found.get((alias or name).lower(), ())))
    records = tuple(sorted(unique[:MOST_RECORDS]))
    return Answer(flags & 0x0F, flags, records, alias.lower().rstrip("."))


def _follow(name: str, aliases: dict[str, str], found: dict[str, list[str]]) -> str:
    """The last name that aliases lead to, "" for none; MalformedAnswer when there is no end."""
    last = ""
    for _ in range(MOST_ALIASES):
        here = (last or name).lower()
        if here in found or here not in aliases:
            return last
        last = aliases[here]
    raise MalformedAnswer("aliases")


def read_name(data: bytes, at: int) -> tuple[str, int]:
    """A name in text with its final point, and where what follows begins (RFC 1035, 4.1.4)."""
    labels: list[str] = []
    end, length, jumps = 0, 1, 0
    while size := data[at]:
        if size >= 0xC0:
            end = end or at + 2
            at, jumps = (size & 0x3F) << 8 | data[at + 1], jumps + 1
            if jumps > MOST_POINTERS:
                raise MalformedAnswer("pointers")
            continue
        length += size + 1
        label = data[at + 1 : at + 1 + size]
        if size > 63 or length > LONGEST_NAME or len(label) < size:
            raise MalformedAnswer("label")
        labels.append(_label(label))
        at += size + 1
    return ".".join([*labels, ""]) or ".", end or at + 1


def _label(label: bytes) -> str:
    text = label.decode("latin-1")
    plain = text.isascii() and text.replace("-", "").replace("_", "").isalnum()
    return text if plain else "".join(map(_sign, label))


def _sign(byte: int) -> str:
    if byte in ESCAPED:
        return f"\\{chr(byte)}"
    return chr(byte) if 0x20 < byte < 0x7F else f"\\{byte:03d}"


def _text(data: bytes, at: int, size: int, kind: int) -> str:
    read_as = READERS.get(kind)
    if read_as:
        return read_as(data, at, size)
    rdtype = dns.rdatatype.RdataType.make(kind)
    record = dns.rdata.from_wire(dns.rdataclass.IN, rdtype, data, at, size)
    return clean(str(record))


def _v4(data: bytes, at: int, size: int) -> str:
    if size != 4:
        raise MalformedAnswer("A")
    return ".".join(map(str, data[at : at + 4]))


def _v6(data: bytes, at: int, size: int) -> str:
    return inet_ntop(AF_INET6, data[at : at + size])


def _target(data: bytes, at: int, size: int) -> str:
    name, end = read_name(data, at)
    if end != at + size:
        raise MalformedAnswer("name")
    return clean(name)


def _exchange(data: bytes, at: int, size: int) -> str:
    preference = int.from_bytes(data[at : at + 2], "big")
    return f"{preference} {_target(data, at + 2, size - 2)}"


def _strings(data: bytes, at: int, size: int) -> str:
    """TXT: its strings joined."""
    parts, end = [], at + size
    while at < end:
        parts.append(data[at + 1 : at + 1 + data[at]])
        at += 1 + data[at]
    if at != end or not parts:
        raise MalformedAnswer("TXT")
    return clean(b"".join(parts).decode("utf-8", "backslashreplace"))


def _tlsa(data: bytes, at: int, size: int) -> str:
    """A whole certificate or key is kept as its hash, which says as much."""
    usage, selector, matching = data[at : at + 3]
    shown = data[at + 3 : at + size]
    shown = sha256(shown).digest() if matching == 0 else shown
    return f"{usage} {selector} {matching} {shown.hex()}"


READERS = {1: _v4, 2: _target, 5: _target, 15: _exchange, 16: _strings, 28: _v6, 52: _tlsa}
