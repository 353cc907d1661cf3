# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The style sheet of an organisation, and whether its colours can be read."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from dijkring.workplace.look import tokens
from dijkring.workplace.look.contrast import is_colour, ratio

Colours = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two colours that meet in the pages: their ratio, and what it must be at least."""

    mode: str
    foreground: str
    background: str
    ratio: float
    least: float

    @property
    def fits(self) -> bool:
        """Tell whether the words or the shape can be seen well enough."""
        return self.ratio >= self.least


def complete(mode: str, changed: Colours) -> dict[str, str]:
    """Return all colours of a mode (light or dark), the changed ones in their place."""
    own = tokens.LIGHT if mode == "light" else tokens.DARK
    fixed = tokens.FIXED_LIGHT if mode == "light" else tokens.FIXED_DARK
    return {**fixed, **own, **{name: changed[name] for name in own if name in changed}}


def differing(mode: str, colours: Colours) -> dict[str, str]:
    """Return only what differs from the neutral look; drops what is no colour or no token."""
    neutral = tokens.LIGHT if mode == "light" else tokens.DARK
    lower = {name: str(value).lower() for name, value in colours.items() if name in neutral}
    return {name: one for name, one in lower.items() if is_colour(one) and one != neutral[name]}


def meetings(mode: str, changed: Colours) -> list[Meeting]:
    """Return every pair of colours that meets in the pages, the worst first."""
    colours = complete(mode, changed)
    found = [
        Meeting(mode, one, other, ratio(colours[one], colours[other]), least)
        for one, other, least in tokens.PAIRS
    ]
    return sorted(found, key=lambda meeting: meeting.ratio / meeting.least)


def too_faint(light: Colours, dark: Colours) -> list[Meeting]:
    """Return the pairs that cannot be read well, the worst first."""
    both = [*meetings("light", light), *meetings("dark", dark)]
    return [meeting for meeting in both if not meeting.fits]


def style_sheet(light: Colours, dark: Colours, typeface: str) -> str:
    """Write the style sheet: what differs from the neutral look; dark on screens only."""
    lines = [f"  --dijkring-{name}: {value};" for name, value in differing("light", light).items()]
    if typeface in tokens.TYPEFACES and typeface:
        lines.append(f"  --basis-text-font-family-default: {tokens.TYPEFACES[typeface]};")
    dim = [f"    --dijkring-{name}: {value};" for name, value in _dark(light, dark).items()]
    blocks = [".dijkring-theme {", *lines, "}"]
    blocks += ["@media screen and (prefers-color-scheme: dark) {", "  .dijkring-theme {"]
    return "\n".join([*blocks, *dim, "  }", "}", ""])


def _dark(light: Colours, dark: Colours) -> dict[str, str]:
    """Return the dark colours: also the neutral ones, where only the light one was changed."""
    wanted = differing("dark", dark)
    back = {name: tokens.DARK[name] for name in differing("light", light) if name not in wanted}
    return {**back, **wanted}


def stamp(light: Colours, dark: Colours, typeface: str, logo_hash: str) -> str:
    """Return sixteen signs that change with the look."""
    whole = style_sheet(light, dark, typeface) + logo_hash
    return hashlib.sha256(whole.encode()).hexdigest()[:16]
