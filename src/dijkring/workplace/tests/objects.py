# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the tests of every page need of the workplace: a kept filter, a look with a logo."""

import struct
import zlib
from typing import Any

from dijkring.core.access import Actor
from dijkring.workplace import addresses
from dijkring.workplace.look import png
from dijkring.workplace.services import filters, theme


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I4s", len(data), kind) + data + struct.pack(">I", zlib.crc32(kind + data))


def picture(width: int = 40, height: int = 20, *more: bytes, interlaced: int = 0) -> bytes:
    """Make a PNG of one colour, with more chunks in it when wanted."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, interlaced))
    pixels = zlib.compress((b"\0" + b"\x10\x60\x90" * width) * height)
    return png.SIGNATURE + header + b"".join(more) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def seal(actor: Actor, path: str = "feiten/", title: str = "Feiten") -> str:
    return addresses.seal(
        user_id=actor.user_id, organisation_id=actor.organisation_id, path=path, title=title
    )


def make(actor: Actor, n: int) -> dict[str, dict[str, Any]]:
    kept = filters.keep(
        actor=actor, sealed=seal(actor), query="state=fail", name=f"Wat faalt {n}", shared=True
    )
    theme.change(actor=actor, light={}, dark={}, logo=picture())
    names = ("change_filter", "remove_filter", "open_with")
    pages = {f"workplace:{name}": {"pk": kept.pk} for name in names}
    return {**pages, "workplace:guide": {"name": "ciso"}}
