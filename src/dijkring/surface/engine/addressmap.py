# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The address map: where a connection to a documentation address really goes."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from dijkring.surface.engine.addresses import parse_address
from dijkring.surface.engine.cleaning import clean
from dijkring.surface.engine.errors import InputError

Endpoint = tuple[str, int | None]
BYTES = 5_000_000
# A plain line may begin with an IPv6 address in brackets; that is no JSON list.
JSON_START = re.compile(r"\s*(\{|\[(?![0-9a-fA-F:.]+\]))")
ARROW = re.compile(r"\s*->\s*|\s*=\s*|\s+")


@dataclass(frozen=True)
class AddressMap:
    """From (address, port) to (address, port); port None stands for every port."""

    entries: dict[Endpoint, Endpoint] = field(default_factory=dict)

    def target(self, address: str, port: int) -> tuple[str, int] | None:
        """Where a connection goes, or None when the map does not know this address and port."""
        key = str(parse_address(address))
        found = self.entries.get((key, port)) or self.entries.get((key, None))
        return (found[0], port if found[1] is None else found[1]) if found else None


def read_address_map(text: str) -> AddressMap:
    """Read a map written as JSON object, JSON list of pairs, or plain lines `from to`.

    Plain lines may also use `->` or `=`, and # begins a comment. An address without a port
    stands for all its ports. Raises InputError naming the line or entry that is wrong.
    """
    if len(text) > BYTES:
        raise _wrong("het bestand is te groot", "the file is too large", "")
    pairs = _json_pairs(text) if JSON_START.match(text) else _line_pairs(text)
    entries: dict[Endpoint, Endpoint] = {}
    for where, source, target in pairs:
        key = _endpoint(source, where)
        if entries.setdefault(key, _endpoint(target, where)) != _endpoint(target, where):
            shown = clean(str(source), 60)
            raise _wrong(f"{shown} staat er twee keer in", f"{shown} is there twice", where)
    return AddressMap(entries)


def _wrong(dutch: str, english: str, where: str) -> InputError:
    place = f"{where}: " if where else ""
    return InputError(f"Adreskaart, {place}{dutch}.", f"Address map, {place}{english}.")


Pairs = Iterator[tuple[str, Any, Any]]


def _line_pairs(text: str) -> Pairs:
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.partition("#")[0].strip()
        if not line:
            continue
        parts = ARROW.split(line)
        if len(parts) != 2:
            raise _wrong("verwacht 'van naar'", "expected 'from to'", f"regel {number}")
        yield f"regel {number}", parts[0], parts[1]


def _json_pairs(text: str) -> Pairs:
    try:
        data = json.loads(text, object_pairs_hook=_Object)
    except json.JSONDecodeError as error:
        raise _wrong("geen geldige JSON", "not valid JSON", f"regel {error.lineno}") from None
    except RecursionError:
        raise _wrong("te diep genest", "nested too deeply", "") from None
    if isinstance(data, _Object):
        yield from ((f"regel {_line_of(text, key)}", key, value) for key, value in data)
    elif isinstance(data, list):
        for number, item in enumerate(data, 1):
            yield (f"item {number}", *_pair(item, f"item {number}"))


class _Object(list[tuple[str, Any]]):
    """A JSON object as its pairs, so that a key that stands there twice is seen."""


def _line_of(text: str, key: str) -> int:
    return text[: max(text.find(json.dumps(key)), 0)].count("\n") + 1


def _pair(item: object, where: str) -> tuple[Any, Any]:
    if isinstance(item, _Object):
        named = dict(item)
        if set(named) == {"from", "to"}:
            return named["from"], named["to"]
    elif isinstance(item, list) and len(item) == 2:
        return item[0], item[1]
    elif isinstance(item, list) and len(item) == 4:
        return item[:2], item[2:]
    raise _wrong("verwacht een paar (van, naar)", "expected a pair (from, to)", where)


def _endpoint(value: object, where: str) -> Endpoint:
    """Read "address:port", "[v6]:port", a bare address, or [address, port]."""
    try:
        return split_endpoint(value) if isinstance(value, str) else _from_list(value)
    except ValueError:
        shown = clean(str(value), 60)
        raise _wrong(
            f"'{shown}' is geen adres met poort",
            f"'{shown}' is no address and port",
            where,
        ) from None


def _from_list(value: object) -> Endpoint:
    if not isinstance(value, list) or isinstance(value, _Object) or len(value) != 2:
        raise ValueError(value)
    address, port = value
    if not isinstance(address, str) or isinstance(port, bool) or not isinstance(port, int | str):
        raise ValueError(value)
    return str(parse_address(address)), _port(str(port))


def split_endpoint(text: str) -> Endpoint:
    """Split "192.0.2.1:53", "[2001:db8::1]:53" or a bare address; ValueError when it is neither."""
    if text.startswith("["):
        address, closed, rest = text[1:].partition("]")
        if not closed or (rest and not rest.startswith(":")):
            raise ValueError(text)
        return str(parse_address(address)), _port(rest[1:]) if rest else None
    if text.count(":") == 1:
        address, _, port = text.partition(":")
        return str(parse_address(address)), _port(port)
    return str(parse_address(text)), None


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 0 < int(text) < 65536:
        raise ValueError(text)
    return int(text)


def from_pairs(pairs: Iterable[tuple[tuple[str, int], tuple[str, int]]]) -> AddressMap:
    """Build a map in code, mostly for tests."""
    return AddressMap(
        {(str(parse_address(a)), p): (str(parse_address(b)), q) for (a, p), (b, q) in pairs}
    )
