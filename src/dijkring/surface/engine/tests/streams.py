# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A stream of given bytes, for parsers that read from a line."""

from dataclasses import dataclass, field


@dataclass
class Spoken:
    """Gives its pieces one by one, then the end; keeps what was written."""

    pieces: list[bytes]
    written: bytearray = field(default_factory=bytearray)

    async def read(self, size: int = 16_384) -> bytes:
        if not self.pieces:
            return b""
        first = self.pieces.pop(0)
        if len(first) > size:
            self.pieces.insert(0, first[size:])
        return first[:size]

    async def write(self, data: bytes) -> None:
        self.written += data


def in_pieces(data: bytes, size: int) -> Spoken:
    """Cut bytes into pieces of one size."""
    return Spoken([data[at : at + size] for at in range(0, len(data), size)])
