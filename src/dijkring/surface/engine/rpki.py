# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""RPKI: is the route to an address authorised? From two imported files, without asking anyone.

The validated ROAs come from Routinator or rpki-client (their JSON export), the announcements from
RIPE's RIS (the text form of riswhoisdump: origin, prefix and number of peers). Both may be
gzipped. The states are those of RFC 6811.
"""

import gzip
import ipaddress
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import IO, Literal, cast

from dijkring.surface.engine.cleaning import clean
from dijkring.surface.engine.errors import InputError
from dijkring.surface.engine.observations import Route, Trouble
from dijkring.surface.engine.prefixes import (
    Address,
    Network,
    Prefix,
    PrefixTable,
    parse_prefix,
)
from dijkring.surface.engine.tablefile import Made, digest_of, recall, remember

MOST_BYTES = 1_000_000_000
MOST_ENTRIES = 5_000_000
# From here on reading an export takes long enough to keep what it says in a table beside it.
WORTH_KEEPING = 1_000_000
CHUNK = 1 << 20
LONGEST_LINE = 4_096
START = re.compile(rb'"(?:roas|validated-roa-payloads)"\s*:\s*\[')
BUILT = re.compile(
    rb'"(?:buildtime|generatedTime)"\s*:\s*"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:Z|\+00:00)"'
)
ENTRY = re.compile(rb"\s*,?\s*(\{[^{}]{1,1000}\})")
END = re.compile(rb"\s*\]")
# A set of origins in braces: what several networks announced together.
ORIGINS = re.compile(r"\{?(\d{1,10}(?:,\d{1,10})*)\}?")
LARGEST_ASN = 2**32 - 1
# An export that is not refreshed says nothing of the routes of today.
FRESH = timedelta(days=7)
# Fewer peers than this see a route that hardly exists, or a leak.
LEAST_PEERS = 5
MOST_ROUTES = 20
State = Literal["valid", "invalid", "not_found"]


@dataclass(frozen=True)
class Roas:
    """Validated ROA payloads; the value in the table is ASN * 256 + longest prefix."""

    table: PrefixTable
    built: datetime | None = None


def state_of(roas: PrefixTable, route: Network, origin: int) -> State:
    """The validation state of an announcement (RFC 6811 section 2)."""
    covered = False
    for _, values in roas.covering(route):
        covered = True
        for value in values:
            asn, longest = divmod(value, 256)
            # AS 0 authorises nobody (RFC 6483 section 4).
            if asn == origin != 0 and route.prefixlen <= longest:
                return "valid"
    return "invalid" if covered else "not_found"


@dataclass(frozen=True)
class Rpki:
    """Both tables, or why there are none."""

    roas: Roas | None = None
    routes: PrefixTable | None = None

    def trouble(self, now: datetime) -> Trouble | None:
        """Why nothing can be said, None when it can."""
        if self.roas is None:
            return Trouble("rpki_no_roas")
        if self.routes is None:
            return Trouble("rpki_no_routes")
        if self.roas.built and now - self.roas.built > FRESH:
            return Trouble("rpki_stale", self.roas.built.date().isoformat())
        return None

    def routes_to(self, address: Address) -> tuple[Route, ...]:
        """The most specific announcement over an address, once for each origin."""
        if self.roas is None or self.routes is None:
            return ()
        for network, origins in self.routes.covering(address):
            found = sorted(set(origins))[:MOST_ROUTES]
            return tuple(
                Route(str(network), asn, state_of(self.roas.table, network, asn)) for asn in found
            )
        return ()


def routes_to(rpki: Rpki, addresses: Iterable[str]) -> dict[str, tuple[Route, ...]]:
    """The announcements over addresses; texts that are no address are left out."""
    found: dict[str, tuple[Route, ...]] = {}
    if rpki.roas is None or rpki.routes is None:
        return found
    for text in dict.fromkeys(addresses):
        with suppress(ValueError):
            found[text] = rpki.routes_to(ipaddress.ip_address(text))
    return found


def load(roas: str | None, routes: str | None) -> Rpki:
    """Read both files where given; InputError names what is wrong. Kept until a file changes."""
    return Rpki(
        _read_roas(*_version(roas)) if roas else None,
        _read_routes(*_version(routes)) if routes else None,
    )


def _version(path: str) -> tuple[str, int, int]:
    try:
        found = Path(path).stat()
    except OSError as error:
        raise _unreadable(path, error.strerror or "?", error.strerror or "?") from None
    if found.st_size > MOST_BYTES:
        raise _unreadable(path, "het is te groot", "it is too large")
    return path, found.st_mtime_ns, found.st_size


def _unreadable(path: str, dutch: str, english: str) -> InputError:
    name = clean(os.path.basename(path), 80)
    return InputError(
        f"Het bestand {name} is niet te gebruiken: {dutch}.",
        f"The file {name} cannot be used: {english}.",
    )


def _kept(path: str, size: int, read: Callable[[str], Made]) -> Made:
    """What an export says, out of the table beside it where there is one."""
    if size < WORTH_KEEPING:
        return read(path)
    digest = digest_of(path)
    found = recall(path, digest)
    if found is None:
        found = read(path)
        remember(path, digest, *found)
    return found


@lru_cache(2)
def _read_roas(path: str, changed: int, size: int) -> Roas:
    try:
        return Roas(*_kept(path, size, _parse_roas))
    except (OSError, EOFError, ValueError, KeyError, TypeError, RecursionError) as error:
        shown = clean(f"{type(error).__name__} {error}", 120)
        raise _unreadable(path, f"geen ROA-export ({shown})", f"no ROA export ({shown})") from None


def _parse_roas(path: str) -> Made:
    table = PrefixTable()
    with _opened(path) as file:
        reader = _RoaReader(file)
        built = reader.to_the_list()
        for entry in reader.entries():
            prefix, value = _roa(entry)
            table.add(prefix, value)
            if table.count > MOST_ENTRIES:
                raise ValueError("too many entries")
    return table.freeze(), built


def _opened(path: str) -> IO[bytes]:
    """A file, unpacked when it begins as gzip does; a bomb ends at the cap on what is read."""
    with open(path, "rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return cast(IO[bytes], gzip.open(path, "rb") if packed else open(path, "rb"))


class _RoaReader:
    """Reads an export piece by piece, so that memory does not depend on its size."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.buffer, self.total = file, b"", 0

    def _fill(self) -> bool:
        data = self.file.read(CHUNK)
        self.total += len(data)
        if self.total > MOST_BYTES:
            raise ValueError("too large")
        self.buffer += data
        return bool(data)

    def to_the_list(self) -> datetime | None:
        """Go to the first entry; gives when the export was made, where it says so before that."""
        while not (start := START.search(self.buffer)):
            if not self._fill() or len(self.buffer) > 8 * CHUNK:
                raise ValueError("no list of ROAs")
        said = BUILT.search(self.buffer, 0, start.start())
        self.buffer = self.buffer[start.end() :]
        if not said:
            return None
        return datetime.fromisoformat(said[1].decode()).replace(tzinfo=UTC)

    def entries(self) -> Iterator[dict[str, object]]:
        """Every entry of the list, whole pieces at once for as long as it lasts."""
        while True:
            yield from self._whole_piece()
            place = 0
            while found := ENTRY.match(self.buffer, place):
                place = found.end()
                yield json.loads(found[1])
            if END.match(self.buffer, place):
                return
            self.buffer = self.buffer[place:]
            if len(self.buffer) > CHUNK or not self._fill():
                raise ValueError("broken off")

    def _whole_piece(self) -> list[dict[str, object]]:
        """What is there of whole entries; nothing when that is more than entries, as at the end."""
        end = self.buffer.rfind(b"}") + 1
        try:
            found = json.loads(b"[" + self.buffer[:end].lstrip(b", \t\r\n") + b"]")
        except ValueError:
            return []
        self.buffer = self.buffer[end:]
        return cast(list[dict[str, object]], found)


def _roa(entry: dict[str, object]) -> tuple[Prefix, int]:
    """The prefix of an entry, with ASN * 256 + longest prefix."""
    prefix = parse_prefix(str(entry["prefix"]))
    asn = _asn(str(entry["asn"]))
    longest = int(str(entry.get("maxLength", prefix[2])))
    if not prefix[2] <= longest <= (32 if prefix[0] == 4 else 128):
        raise ValueError(f"maxLength {longest}")
    return prefix, asn * 256 + longest


@lru_cache(200_000)
def _asn(text: str) -> int:
    text = text.upper().removeprefix("AS")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else -1
    if not 0 <= number <= LARGEST_ASN:
        raise ValueError(f"ASN {text[:20]}")
    return number


@lru_cache(2)
def _read_routes(path: str, changed: int, size: int) -> PrefixTable:
    try:
        table, _ = _kept(path, size, _parse_routes)
    except (OSError, EOFError, ValueError) as error:
        why = clean(str(error), 120)
        raise _unreadable(path, f"geen routelijst ({why})", f"no list of routes ({why})") from None
    if not table.count:
        raise _unreadable(path, "er staat geen route in", "there is no route in it")
    return table


def _parse_routes(path: str) -> Made:
    table = PrefixTable()
    with _opened(path) as file:
        for number, line in enumerate(_lines(file), 1):
            for prefix, asn in _announced(line, number):
                table.add(prefix, asn)
            if table.count > MOST_ENTRIES:
                raise ValueError("too many entries")
    return table.freeze(), None


def _lines(file: IO[bytes]) -> Iterator[str]:
    total = 0
    while line := file.readline(LONGEST_LINE):
        total += len(line)
        if total > MOST_BYTES or len(line) == LONGEST_LINE:
            raise ValueError("too large")
        yield line.decode("ascii", "replace")


def _announced(line: str, number: int) -> Iterator[tuple[Prefix, int]]:
    """One line: origin (or a set of them in braces), prefix, and how many peers see it."""
    if not line.strip() or line.startswith(("%", "#")):
        return
    parts = line.split()
    origins = ORIGINS.fullmatch(parts[0].upper().removeprefix("AS"))
    if not origins or not 2 <= len(parts) <= 3 or not parts[-1][0].isalnum():
        raise ValueError(f"line {number}")
    if len(parts) == 3 and _peers(parts[2], number) < LEAST_PEERS:
        return
    try:
        prefix = parse_prefix(parts[1])
    except ValueError:
        raise ValueError(f"line {number}") from None
    for asn in origins[1].split(","):
        yield prefix, _asn(asn)


def _peers(text: str, number: int) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"line {number}")
    return int(text[:9])
