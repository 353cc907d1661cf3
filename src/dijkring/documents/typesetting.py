# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Runs the typesetter, closed off from files, network and the fonts of the machine."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from functools import lru_cache
from tempfile import TemporaryDirectory
from typing import Literal

import typst

# With the fonts of the machine a file would look otherwise on each machine.
FONTS = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
PROBE = (
    b"#set document(title: [p])\n"
    b'#set text(font: ("Libertinus Serif", "DejaVu Sans Mono"))\n'
    b"#sys.inputs.sign"
)
PICTURE = (
    b"#set page(width: auto, height: auto, margin: 0pt, fill: white)\n"
    b'#image(bytes(sys.inputs.svg), format: "svg")'
)
PICTURE_DOTS_PER_INCH = 192

# Every letter up to here is in the fonts that come with the typesetter.
KNOWN_UP_TO = 0x17F


def accessible_pdf(source: bytes, inputs: dict[str, str], moment: datetime) -> bytes:
    """Typeset a source as PDF/UA-1 that bears this moment; raises typst.TypstError."""
    return _run(source, inputs, "pdf", moment)


def picture(svg: str) -> bytes:
    """Turn an SVG into a PNG, for readers that do not draw SVG."""
    return _run(PICTURE, {"svg": displayable(svg)}, "png", None)


def displayable(text: str) -> str:
    """Write out every sign that the built-in fonts lack as [its name]."""
    return "".join(sign if _known(sign) else _named(sign) for sign in text)


def _run(
    source: bytes, inputs: dict[str, str], kind: Literal["pdf", "png"], moment: datetime | None
) -> bytes:
    with TemporaryDirectory() as nothing:
        typesetter = typst.Compiler(
            source,
            root=nothing,
            font_paths=FONTS,
            ignore_system_fonts=True,
            package_path=nothing,
            package_cache_path=nothing,
            sys_inputs=inputs,
        )
        made = typesetter.compile(
            format=kind,
            ppi=PICTURE_DOTS_PER_INCH,
            pdf_standards=["ua-1"] if kind == "pdf" else [],
            timestamp=moment,
        )
    if not isinstance(made, bytes):
        raise TypeError("the typesetter gave no single file")
    return made


@lru_cache(maxsize=20_000)
def _known(sign: str) -> bool:
    if ord(sign) <= KNOWN_UP_TO:
        return True
    try:
        accessible_pdf(PROBE, {"sign": f"a{sign}"}, datetime(2026, 1, 1, tzinfo=UTC))
    except typst.TypstError:
        return False
    return True


def _named(sign: str) -> str:
    return f"[{unicodedata.name(sign, f'U+{ord(sign):04X}').lower()}]"
