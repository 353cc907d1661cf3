# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""JSON from outside as plain values: numbers stay text, and what is not there is nothing."""

from dijkring.controls.importers import json_tree
from dijkring.documents.reading.sheets import decoded


def load(content: bytes) -> object:
    """Read JSON within bounds of size, nodes and depth; raises Refused with line and reason."""
    return json_tree.load(decoded(content))


def is_json(content: bytes) -> bool:
    """Tell whether content begins as JSON does."""
    return content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def branch(value: object) -> dict[str, object]:
    """Return a mapping, an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def text(value: object, most: int = 200) -> str:
    """Return a text of one line, empty for anything else."""
    return " ".join(value.split())[:most] if isinstance(value, str) else ""
