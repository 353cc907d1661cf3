# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What changed between two texts, line by line; plain Python."""

from difflib import ndiff

KEPT, ADDED, GONE = "kept", "added", "gone"
_SIGNS = {"  ": KEPT, "+ ": ADDED, "- ": GONE}


def changed_lines(before: str, after: str) -> list[tuple[str, str]]:
    """Return every line of both texts with whether it was kept, added or has gone.

    Lines are compared without the blanks at their ends; empty lines are left out.
    """
    old, new = _lines(before), _lines(after)
    return [(_SIGNS[line[:2]], line[2:]) for line in ndiff(old, new) if line[:2] in _SIGNS]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
