# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Makes text from outside fit for every kind of file."""

from __future__ import annotations

import re

# Controls, surrogates and noncharacters break XML or UTF-8; the directional overrides (202A-202E)
# let a text read otherwise than it is stored. Isolates (2066-2069) are harmless and stay.
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff\ufdd0-\ufdef]")
PLANE_ENDS = re.compile(
    "[" + "".join(f"{chr(p + 0xFFFE)}{chr(p + 0xFFFF)}" for p in range(0, 0x110000, 0x10000)) + "]"
)


def clean(text: str) -> str:
    """Give the text without control characters; line ends become one newline, a tab a space."""
    flat = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return PLANE_ENDS.sub("", UNFIT.sub("", flat))


def one_line(text: str) -> str:
    """Give the clean text on one line."""
    return " ".join(clean(text).split())
