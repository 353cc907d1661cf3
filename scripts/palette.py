# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Store a screenshot as PNG with at most 256 colours: a third of the size, and no extra package."""

import struct
import zlib
from collections import Counter

SIGNATURE = b"\x89PNG\r\n\x1a\n"
COLOURS = 256


def with_palette(png: bytes) -> bytes:
    """Return the same picture with a palette (PNG, ISO/IEC 15948).

    Takes 8 bits per channel, without interlacing, as browsers write; raises ValueError for others.
    Each colour that does not fit becomes the nearest one that does.
    """
    width, height, rows = _pixels(png)
    counts = Counter(row[at : at + 3] for row in rows for at in range(0, len(row), 3))
    kept = [colour for colour, _times in counts.most_common(COLOURS)]
    place = {colour: number for number, colour in enumerate(kept)}
    for colour in counts:
        if colour not in place:
            place[colour] = _nearest(colour, kept)
    lines = (bytes(place[row[at : at + 3]] for at in range(0, len(row), 3)) for row in rows)
    data = zlib.compress(b"".join(b"\x00" + line for line in lines), 9)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", header), (b"PLTE", b"".join(kept)), (b"IDAT", data), (b"IEND", b""))
    return SIGNATURE + b"".join(_chunk(kind, content) for kind, content in parts)


def _nearest(colour: bytes, kept: list[bytes]) -> int:
    def distance(number: int) -> int:
        return sum((a - b) ** 2 for a, b in zip(colour, kept[number], strict=True))

    return min(range(len(kept)), key=distance)


def _chunk(kind: bytes, content: bytes) -> bytes:
    body = kind + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))


def _pixels(png: bytes) -> tuple[int, int, list[bytes]]:
    """Return width, height and the rows as red, green, blue."""
    chunks = _chunks(png)
    width, height, depth, colours, _c, _f, interlaced = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    if depth != 8 or colours not in (2, 6) or interlaced:
        raise ValueError("only PNG with 8 bits of red, green and blue, not interlaced")
    step = 3 if colours == 2 else 4
    rows = _unfilter(zlib.decompress(chunks[b"IDAT"]), width * step, step)
    if step == 4:
        rows = [b"".join(row[at : at + 3] for at in range(0, len(row), 4)) for row in rows]
    return width, height, rows


def _chunks(png: bytes) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    at = len(SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind = png[at + 4 : at + 8]
        found[kind] = found.get(kind, b"") + png[at + 8 : at + 8 + length]
        at += length + 12
    return found


def _unfilter(data: bytes, width: int, step: int) -> list[bytes]:
    """Undo the filters of the rows (ISO/IEC 15948, 9.2); `step` is bytes per pixel."""
    rows: list[bytes] = []
    above = bytes(width)
    for start in range(0, len(data), width + 1):
        above = _row(data[start], data[start + 1 : start + 1 + width], above, step)
        rows.append(above)
    return rows


def _row(kind: int, line: bytes, above: bytes, step: int) -> bytes:
    row = bytearray(line)
    for at in range(len(row)):
        left = row[at - step] if at >= step else 0
        corner = above[at - step] if at >= step else 0
        guess = (0, left, above[at], (left + above[at]) // 2, _paeth(left, above[at], corner))
        row[at] = (row[at] + guess[kind]) & 255
    return bytes(row)


def _paeth(left: int, above: int, corner: int) -> int:
    start = left + above - corner
    distances = (abs(start - left), abs(start - above), abs(start - corner))
    return (left, above, corner)[distances.index(min(distances))]
