# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A table of prefixes as a compact file beside the export that it was read from.

Reading an export of a million entries takes seconds, reading this takes a tenth of one. It is
made anew when the export has other bytes; where it cannot be written there is simply none.
"""

import hashlib
import json
import os
import sys
import tempfile
from array import array
from contextlib import suppress
from datetime import datetime
from typing import IO, Any

from dijkring.surface.engine.prefixes import WORD_BITS, PrefixTable

FORMAT = 1
SUFFIX = ".table"
HEADER_BYTES = 65_536
Made = tuple[PrefixTable, datetime | None]


def digest_of(path: str) -> str:
    """SHA-256 of a file, in hex."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def recall(path: str, digest: str) -> Made | None:
    """The table that was made of the export with this hash; None where there is none."""
    try:
        with open(path + SUFFIX, "rb") as file:
            header = json.loads(file.readline(HEADER_BYTES))
            if header["key"] != _key(digest):
                return None
            table = PrefixTable()
            for version, length, count in header["rows"]:
                words = _words(file, count * (1 if length <= WORD_BITS else 2))
                table.put_row((version, length), words, _words(file, count))
            if file.read(1):
                return None
    except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError):
        return None
    built = header.get("built")
    return table, datetime.fromisoformat(built) if built else None


def _key(digest: str) -> list[Any]:
    return [FORMAT, sys.byteorder, digest]


def _words(file: IO[bytes], count: int) -> "array[int]":
    found = array("Q")
    found.fromfile(file, count)
    return found


def remember(path: str, digest: str, table: PrefixTable, built: datetime | None) -> None:
    """Keep a frozen table beside its export, whole or not at all."""
    rows = list(table.rows())
    header = {
        "key": _key(digest),
        "built": built.isoformat() if built else None,
        "rows": [[*key, len(values)] for key, _, values in rows],
    }
    folder = os.path.dirname(os.path.abspath(path))
    with suppress(OSError), tempfile.TemporaryDirectory(dir=folder) as place:
        made = os.path.join(place, "table")
        with open(made, "wb") as file:
            file.write(json.dumps(header).encode() + b"\n")
            for _, bits, values in rows:
                file.write(bits.tobytes() + values.tobytes())
        os.replace(made, path + SUFFIX)
