# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads a sheet of any kind, which it recognises by its content and not by its name."""

from . import csv_text, ods, xlsx
from .limits import MAX_BYTES
from .problems import Refused
from .table import Table

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ODS_MARK = b"mimetypeapplication/vnd.oasis.opendocument"


def read(content: bytes) -> list[Table]:
    """Read XLSX, ODS or CSV into tables of text; formulas give their kept value.

    CSV is UTF-8, else Windows-1252. Raises Refused for an empty or too large file, an old or
    encrypted workbook, and everything that is no sheet.
    """
    if len(content) > MAX_BYTES:
        size = MAX_BYTES // 1_000_000
        raise Refused("", f"Groter dan {size} MB.", f"Larger than {size} MB.")
    if not content.strip():
        raise Refused("", "Het bestand is leeg.", "The file is empty.")
    if content.startswith(_OLD_OFFICE):
        raise Refused(
            "", "Sla dit oude of versleutelde bestand op als XLSX zonder wachtwoord.",
            "Save this old or encrypted file as XLSX without a password.",
        )  # fmt: skip
    if content.startswith(_ZIP):
        found = ods.read(content) if _ODS_MARK in content[:200] else xlsx.read(content, values=True)
        return [table.unmerged() for table in found]
    return csv_text.read(decoded(content))


def decoded(content: bytes) -> str:
    """Give the text of a file; Refused, with the line, for what is no text."""
    zero = content.find(b"\0")
    if zero >= 0:
        line = content.count(b"\n", 0, zero) + 1
        raise Refused("", "Dit is geen tekst.", "This is not text.", line)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
