# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The look of an organisation on paper: one colour that can be read there, and the logo."""

from collections.abc import Mapping

from dijkring.documents.house import ACCENT, GROUNDS, House
from dijkring.workplace.look.contrast import is_colour, ratio
from dijkring.workplace.look.tokens import TEXT

# What headings have in the pages, then what stands nearest to it.
WANTED = ("water-deep", "water", "frame")


def house(light: Mapping[str, str], logo: bytes | None) -> House:
    """Return the look for documents; paper is white, also where the pages are not."""
    return House(accent(light), logo or b"")


def accent(light: Mapping[str, str]) -> str:
    """Return the first own colour in which words can be read on paper; else the neutral one."""
    own = (light[name] for name in WANTED if name in light)
    return next((one for one in own if is_colour(one) and _reads(one)), ACCENT)


def _reads(colour: str) -> bool:
    return all(ratio(colour, ground) >= TEXT for ground in GROUNDS)
