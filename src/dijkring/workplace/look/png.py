# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A logo as PNG, taken apart and put together again with only what draws the picture.

Words, places, programs and second pictures that a file may carry do not pass. After the PNG
specification, third edition (W3C): signature, chunks with a checksum, one zlib stream of pixels.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

SIGNATURE = b"\x89PNG\r\n\x1a\n"
LARGEST_FILE = 200 * 1024
SMALLEST_SIDE, LARGEST_SIDE = 16, 1200
DRAWING = frozenset({b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"sRGB", b"IDAT", b"IEND"})
CRITICAL = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND"})
# Colour type to samples per pixel, and the bit depths that each may have.
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
DEPTHS = {0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}


class BadPicture(Exception):
    """The file is no picture that we take; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Picture:
    """A clean picture with its size in pixels."""

    content: bytes
    width: int
    height: int


def clean(content: bytes) -> Picture:
    """Return a picture with nothing in it but pixels; raise BadPicture for anything else."""
    if len(content) > LARGEST_FILE:
        raise BadPicture("too_large")
    chunks = [(kind, data) for kind, data in _chunks(content) if kind in DRAWING]
    kinds = [kind for kind, _data in chunks]
    if kinds[:1] != [b"IHDR"] or kinds[-1] != b"IEND" or kinds.count(b"IHDR") != 1:
        raise BadPicture("broken")
    width, height, needed = _header(chunks[0][1])
    _check_pixels(b"".join(data for kind, data in chunks if kind == b"IDAT"), needed)
    return Picture(SIGNATURE + b"".join(_chunk(*one) for one in chunks), width, height)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    if not content.startswith(SIGNATURE):
        raise BadPicture("no_png")
    place = len(SIGNATURE)
    while place + 12 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, place)
        end = place + 12 + length
        if end > len(content):
            break
        data = content[place + 8 : end - 4]
        if struct.unpack_from(">I", content, end - 4)[0] != zlib.crc32(kind + data):
            break
        if kind not in CRITICAL and not kind[:1].islower():
            break
        yield kind, data
        if kind == b"IEND":
            return
        place = end
    raise BadPicture("broken")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I4s", len(data), kind) + data + struct.pack(">I", zlib.crc32(kind + data))


def _header(data: bytes) -> tuple[int, int, int]:
    """Return width, height and the bytes of pixels that must follow; without interlacing."""
    if len(data) != 13:
        raise BadPicture("broken")
    width, height, depth, colour, packing, filtering, interlacing = struct.unpack(">IIBBBBB", data)
    if not all(SMALLEST_SIDE <= side <= LARGEST_SIDE for side in (width, height)):
        raise BadPicture("size")
    if depth not in DEPTHS.get(colour, set()) or (packing, filtering) != (0, 0):
        raise BadPicture("broken")
    if interlacing:
        raise BadPicture("interlaced")
    line = 1 + (width * SAMPLES[colour] * depth + 7) // 8
    return width, height, line * height


def _check_pixels(packed: bytes, needed: int) -> None:
    """Unpack no more than the picture says it has: a file may not grow without end."""
    unpacking = zlib.decompressobj()
    try:
        found = len(unpacking.decompress(packed, needed + 1))
    except zlib.error as error:
        raise BadPicture("broken") from error
    if found != needed or not unpacking.eof or unpacking.unused_data:
        raise BadPicture("broken")
