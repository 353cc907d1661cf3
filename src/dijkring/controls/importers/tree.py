# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Values of a YAML or JSON file: text, lists and branches that know their line.

Numbers, dates and (in YAML) booleans stay text: the id `5.10` must not become 5.1, and what a
field means is decided where it is read.
"""

from collections.abc import Iterator


class Branch(dict[str, object]):
    """A mapping with the line it starts on and the line of each key (1-based, where known)."""

    def __init__(self, line: int | None = None) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}

    def line_of(self, key: str) -> int | None:
        """Give the line of a key, or of the whole branch."""
        return self.lines.get(key, self.line)


def walk(root: object) -> Iterator[tuple[object, int]]:
    """Yield every node with its depth, parents before children, in document order."""
    waiting: list[tuple[object, int]] = [(root, 1)]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        inside = list(node.values()) if isinstance(node, Branch) else node
        if isinstance(inside, list):
            waiting.extend((child, depth + 1) for child in reversed(inside))
