# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads a framework file of any known format, which it recognises by its content."""

import io
import re
from collections import Counter
from pathlib import Path

from dijkring.documents.reading import csv_text, xlsx
from dijkring.documents.reading.problems import Problems, Refused

from . import bio2, ciso, json_tree, oscal, own, sheets, yaml_tree
from .checks import check
from .columns import ColumnChoice
from .limits import MAX_BYTES
from .pack import Pack, Report
from .tree import Branch

UNKNOWN = "unknown"
_YAML_START = re.compile(r"(%YAML|---|- |[&*!]|[\"']?[\w.-]+[\"']?[ \t]*:(\s|$))")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def read(source: Path | bytes, name: str = "", columns: ColumnChoice | None = None) -> Report:
    """Read a file into a pack, or say with line and reason why not.

    The name is only a label, and the title of a sheet. Never raises for what is in the file;
    OSError for a path that cannot be read.
    """
    reading = _Reading(name or (source.name if isinstance(source, Path) else ""), columns)
    try:
        pack = reading.pack(_content(source))
        check(pack, reading.problems)
    except Refused as refused:
        reading.problems.stop(refused)
        pack = None
    return reading.report(pack)


def _content(source: Path | bytes) -> bytes:
    if isinstance(source, Path):
        if not source.is_file():
            raise Refused("", "Dit is geen bestand.", "This is not a file.")
        with source.open("rb") as stream:
            source = stream.read(MAX_BYTES + 1)
    if len(source) > MAX_BYTES:
        size = MAX_BYTES // 1_000_000
        raise Refused("", f"Groter dan {size} MB.", f"Larger than {size} MB.")
    if not source.strip():
        raise Refused("", "Het bestand is leeg.", "The file is empty.")
    return source


class _Reading:
    def __init__(self, name: str, columns: ColumnChoice | None) -> None:
        self.problems = Problems()
        self._name = name
        self._columns = columns
        self._format = UNKNOWN
        self._found: dict[str, int] = {}

    def report(self, pack: Pack | None) -> Report:
        refused = self.problems.refused
        found = self._found or (_counts(pack) if pack else {})
        return Report(
            self._name, self._format, None if refused else pack, found, refused,
            self.problems.warnings,
        )  # fmt: skip

    def pack(self, content: bytes) -> Pack:
        if content.startswith(_ZIP):
            self._format = "xlsx"
            return sheets.read(xlsx.read(content), self._name, self._columns, self.problems)
        if content.startswith(_OLD_OFFICE):
            raise Refused("", "Sla dit oude Excel-bestand op als XLSX.", "Save this as XLSX.")
        return self._from_text(content)

    def _from_text(self, content: bytes) -> Pack:
        text, utf8_error = _decoded(content)
        start = _first_words(text)
        markdown = bio2.recognises(text)
        tree = start.startswith(("{", "[")) or bool(_YAML_START.match(start))
        if utf8_error and (markdown or tree):
            raise utf8_error
        if markdown:
            self._format = "bio2-markdown"
            pack, self._found = bio2.read(text, self.problems)
            return pack
        if tree:
            return self._from_tree(text, start.startswith(("{", "[")))
        return self._from_csv(text, utf8_error)

    def _from_csv(self, text: str, utf8_error: Refused | None) -> Pack:
        tables = csv_text.read(text)
        pack = sheets.read(tables, self._name, self._columns, self.problems)
        self._format = "csv"
        if utf8_error:
            self.problems.warn(
                "", "Niet in UTF-8: gelezen als Windows-1252. Kijk de letters met accenten na.",
                "Not UTF-8: read as Windows-1252. Check the letters with accents.",
            )  # fmt: skip
        return pack

    def _from_tree(self, text: str, is_json: bool) -> Pack:
        self._format = "json" if is_json else "yaml"
        root = json_tree.load(text) if is_json else yaml_tree.load(text)
        branch = root if isinstance(root, Branch) else Branch()
        if own.recognises(branch):
            self._format = "pack"
            return own.read(branch, self.problems)
        if oscal.recognises(branch):
            self._format = "oscal"
            return oscal.read(branch, self.problems)
        if ciso.recognises(branch):
            self._format = "ciso-assistant"
            return ciso.read(branch, self.problems)
        raise _unknown_tree(branch)


def _first_words(text: str) -> str:
    """Give the first line that is neither empty nor a comment."""
    lines = (line.strip() for line in io.StringIO(text))
    return next((line for line in lines if line and not line.startswith("#")), "")


def _unknown_tree(root: Branch) -> Refused:
    model = oscal.other_model(root)
    if model:
        return Refused(
            model, "Dit is OSCAL, maar geen catalogus.", "This is OSCAL, but not a catalog."
        )
    return Refused(
        "", "Dit is geen kader: geen eigen pakket, OSCAL-catalogus of CISO Assistant-bibliotheek.",
        "Not a framework: neither our own pack, nor an OSCAL catalog or CISO Assistant library.",
    )  # fmt: skip


def _decoded(content: bytes) -> tuple[str, Refused | None]:
    """Give the text, and where it is not UTF-8 but Windows-1252 the refusal for other formats.

    Raises Refused for binary content.
    """
    zero = content.find(b"\0")
    if zero >= 0:
        raise _not_text(content, zero)
    try:
        return content.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        refusal = _not_text(content, error.start)
    try:
        return content.decode("cp1252"), refusal
    except UnicodeDecodeError:
        raise refusal from None


def _not_text(content: bytes, position: int) -> Refused:
    line = content.count(b"\n", 0, position) + 1
    return Refused("", "Dit is geen tekst in UTF-8.", "This is not UTF-8 text.", line)


def _counts(pack: Pack) -> dict[str, int]:
    """Count what a pack holds: active requirements by kind, others by status, and the lists."""
    counts = Counter(
        one.kind if one.status == "active" else one.status for one in pack.requirements
    )
    counts["mapping"] = len(pack.mappings)
    counts["rule"] = len(pack.rules)
    counts["was_becomes"] = len(pack.was_becomes)
    return {kind: count for kind, count in counts.items() if count}
