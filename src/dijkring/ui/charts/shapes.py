# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The few SVG shapes that charts are made of. Lengths are in units of the view box."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from html import escape
from typing import Literal

from dijkring.ui.charts.tones import PAINT, TEXTURES, Texture, Tone, tone_class

Anchor = Literal["start", "middle", "end"]
Segment = tuple[float, float, float, float]

TEXTURE_STEP = 6
CLASSES = re.compile(r'class="([a-z0-9 -]+)"')
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def number(value: float) -> str:
    """Write a length with at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def words(text: str) -> str:
    """Make text safe inside SVG; what no XML file or reader can bear becomes a space."""
    return escape(UNPRINTABLE.sub(" ", text))


def shortened(text: str, width: float) -> str:
    """Shorten a label to roughly fit the width; the data table keeps the whole one."""
    room = max(3, int(width / 6.6))
    return text if len(text) <= room else text[: room - 1].rstrip() + "…"


def text(
    x: float, y: float, content: str, css: str = "chart-text", anchor: Anchor = "start"
) -> str:
    return (
        f'<text x="{number(x)}" y="{number(y)}" class="{css}" text-anchor="{anchor}">'
        f"{words(content)}</text>"
    )


def line(x1: float, y1: float, x2: float, y2: float, css: str) -> str:
    return (
        f'<line x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"'
        f' class="{css}"/>'
    )


def rect(x: float, y: float, width: float, height: float, css: str) -> str:
    return (
        f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}"'
        f' height="{number(height)}" class="{css}"/>'
    )


def path(data: str, css: str) -> str:
    return f'<path d="{data}" class="{css}"/>'


def toned(x: float, y: float, width: float, height: float, tone: Tone) -> str:
    """Draw a rectangle in the colour and the texture of a state or series."""
    box = rect(x, y, width, height, tone_class(tone))
    strokes = "".join(
        f"M{number(x + a)} {number(y + b)}L{number(x + c)} {number(y + d)}"
        for a, b, c, d in _texture(TEXTURES[tone], width, height)
    )
    return box + (path(strokes, "chart-texture") if strokes else "")


MARKERS: tuple[Callable[[float, float], str], ...] = (
    lambda x, y: f"M{number(x - 3.5)} {number(y)}a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z",
    lambda x, y: f"M{number(x - 3.5)} {number(y - 3.5)}h7v7h-7z",
    lambda x, y: f"M{number(x)} {number(y - 4.5)}l4.5 8h-9z",
    lambda x, y: f"M{number(x)} {number(y - 4.5)}l4.5 4.5l-4.5 4.5l-4.5 -4.5z",
)


def marker(x: float, y: float, place: int) -> str:
    """Draw the point of the line at this place (0 to 3): circle, square, triangle, diamond."""
    return path(MARKERS[place](x, y), f"chart-series-{place + 1}")


def resolved(markup: str) -> str:
    """Replace classes by the colours of tones.PAINT, for files without a style sheet."""
    return CLASSES.sub(_attributes, markup)


def _attributes(found: re.Match[str]) -> str:
    merged: dict[str, str] = {}
    for css in found[1].split():
        merged.update(PAINT[css])
    return " ".join(f'{key}="{value}"' for key, value in merged.items())


def _texture(texture: Texture, width: float, height: float) -> Iterator[Segment]:
    if texture == "rising":
        yield from _diagonals(width, height)
    elif texture == "falling":
        for a, b, c, d in _diagonals(width, height):
            yield (width - a, b, width - c, d)
    elif texture == "rows":
        yield from ((0, at, width, at) for at in _steps(height))
    elif texture == "columns":
        yield from ((at, 0, at, height) for at in _steps(width))
    elif texture == "dots":
        yield from _dots(width, height)


def _diagonals(width: float, height: float) -> Iterator[Segment]:
    for reach in range(TEXTURE_STEP, math.ceil(width + height), TEXTURE_STEP):
        left, top = max(0, reach - height), max(0, reach - width)
        yield (left, reach - left, reach - top, top)


def _dots(width: float, height: float) -> Iterator[Segment]:
    for down in _steps(height, 4):
        yield from ((at - 0.8, down, at + 0.8, down) for at in _steps(width - 0.8, 4))


def _steps(length: float, step: int = 4) -> Iterator[float]:
    return (float(at) for at in range(step // 2, math.ceil(length), step))
