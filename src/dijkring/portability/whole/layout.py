# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How an archive is laid out, and how much of it is taken; docs/uitwisselen.md tells it."""

import json
import re
from typing import Any

FORMAT = "dijkring-organisation"
VERSION = 1
MANIFEST, PEOPLE, CONTENT = "manifest.json", "people.jsonl", "content.jsonl"
NAME = re.compile(
    r"manifest\.json|people\.jsonl|content\.jsonl|(tables|history)/[a-z][a-z0-9_]{0,62}\.jsonl"
    r"|uploads/[0-9a-f]{64}"
)
MOST_MEMBERS = 100_000
MOST_BYTES = 2_000_000_000
MOST_UNPACKED = 8_000_000_000
MOST_RATIO = 300
SMALL = 1_000_000
LONGEST_MANIFEST = 10_000_000
LONGEST_LINE = 20_000_000


def upload(sha256: str) -> str:
    """Return where an uploaded document stands in the archive."""
    return f"uploads/{sha256}"


def as_line(row: Any) -> bytes:
    """Return one row as a line of JSON Lines."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
