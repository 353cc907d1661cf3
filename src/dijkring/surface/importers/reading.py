# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads a file of one of the kinds, within the same bounds as every file from outside."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from dijkring.documents.reading import Refused
from dijkring.documents.reading.limits import MAX_BYTES

from . import certificates, easm, internetnl, rio
from .found import Report, Unreadable, unreadable

KINDS: dict[str, Callable[["File"], Report]] = {
    "internetnl": lambda file: internetnl.read(file.content, file.at),
    "easm": lambda file: easm.read(file.content, file.at, file.chosen),
    "certificates": lambda file: certificates.read(file.content),
    "rio": lambda file: rio.read(file.content, file.at),
}


@dataclass(frozen=True, slots=True)
class File:
    """A file with the moment that somebody gave with it, and the columns that were chosen."""

    content: bytes
    at: datetime | None = None
    chosen: Mapping[str, int | None] | None = None


def read(
    kind: str,
    content: bytes,
    at: datetime | None = None,
    chosen: Mapping[str, int | None] | None = None,
) -> Report:
    """Read a file; `at` is the moment it speaks of where it does not say so itself (aware).

    Raises Unreadable, in Dutch and English, for a file of which nothing can be used.
    """
    if len(content) > MAX_BYTES:
        size = MAX_BYTES // 1_000_000
        raise unreadable(f"Groter dan {size} MB.", f"Larger than {size} MB.")
    if not content.strip():
        raise unreadable("Het bestand is leeg.", "The file is empty.")
    try:
        return KINDS[kind](File(content, at, chosen))
    except Refused as refused:
        raise Unreadable(refused.remark) from refused
