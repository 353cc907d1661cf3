# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The look of the organisation whose document it is: one colour and a logo."""

from __future__ import annotations

import base64
import re
import struct
from dataclasses import dataclass

ACCENT = "#0b3c5d"
# Everything that bears the accent stands on one of these.
GROUNDS = ("#ffffff", "#f4f7f9")
LARGEST_LOGO_CM = (7.0, 1.6)
_PNG = b"\x89PNG\r\n\x1a\n"
_COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class House:
    """The colour of headings and lines, and a logo as PNG; without anything the neutral look.

    Who gives a colour has checked that it can be read on GROUNDS. Raises ValueError for what is no
    colour or no PNG.
    """

    accent: str = ACCENT
    logo: bytes = b""

    def __post_init__(self) -> None:
        if not _COLOUR.fullmatch(self.accent):
            raise ValueError("the accent of a document is # and six digits")
        if self.logo and not (self.logo.startswith(_PNG) and min(self.pixels()) > 0):
            raise ValueError("the logo of a document is a PNG")

    def pixels(self) -> tuple[int, int]:
        """Give width and height of the logo in pixels (PNG, IHDR)."""
        wide, tall = struct.unpack_from(">II", self.logo, 16)
        return wide, tall

    def centimetres(self) -> tuple[float, float]:
        """Give width and height of the logo on paper: as large as fits, in its own shape."""
        wide, tall = self.pixels()
        scale = min(LARGEST_LOGO_CM[0] / wide, LARGEST_LOGO_CM[1] / tall)
        return wide * scale, tall * scale

    def data_address(self) -> str:
        """Give the logo as an address that holds the picture itself (RFC 2397)."""
        return f"data:image/png;base64,{base64.b64encode(self.logo).decode()}"


NEUTRAL = House()
