# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads XLSX into tables, after the zip and its XML have been found harmless."""

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import IO, Any
from xml.parsers import expat

import openpyxl

from .limits import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ELEMENTS,
    MAX_ROWS,
    MAX_ZIP_BYTES,
    MAX_ZIP_MEMBERS,
    MAX_ZIP_RATIO,
)
from .problems import Refused
from .table import Row, Table

_SMALL = 1_000_000
# What zipfile raises for a wrong zip.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, LookupError,
)  # fmt: skip


def read(content: bytes) -> list[Table]:
    """Read every sheet; a formula or an error value is a problem of its table, with the address.

    Raises Refused for a zip or XML bomb, encryption, and anything that is not a workbook.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_archive(archive)
            _check_xml(archive)
    except _DAMAGE as error:
        raise Refused("XLSX", "Dit bestand is beschadigd.", "This file is damaged.") from error
    return _tables(content)


def _check_archive(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    names = {member.filename for member in members}
    if "xl/workbook.xml" not in names:
        raise Refused("ZIP", "Dit is geen XLSX-werkmap.", "This is not an XLSX workbook.")
    if len(members) > MAX_ZIP_MEMBERS or len(names) < len(members):
        raise Refused("ZIP", "Te veel of dubbele onderdelen.", "Too many or duplicate members.")
    if any(member.flag_bits & 1 for member in members):
        raise Refused("ZIP", "Dit bestand is versleuteld.", "This file is encrypted.")
    # zipfile never gives more of a member than the size stated here.
    if sum(member.file_size for member in members) > MAX_ZIP_BYTES:
        raise Refused("ZIP", "Uitgepakt is dit te groot.", "Too large when unpacked.")
    for member in members:
        ratio = member.file_size / max(1, member.compress_size)
        if member.file_size > _SMALL and ratio > MAX_ZIP_RATIO:
            raise Refused(
                member.filename[:200], "Dit lijkt een zipbom.", "This looks like a zip bomb."
            )


class _Watch:
    """Counts the elements of a workbook and lets no document type, and so no entity, through.

    Expat itself, because a SAX reader takes seconds for a large sheet.
    """

    def __init__(self) -> None:
        self._elements = 0

    def parse(self, stream: IO[bytes]) -> None:
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._element
        parser.ParseFile(stream)

    def _doctype(self, *_: object) -> None:
        raise Refused(
            "XML", "De XML heeft een eigen documenttype.", "The XML declares a document type."
        )

    def _element(self, *_: object) -> None:
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            raise Refused("XML", "Te veel onderdelen.", "Too many elements.")


def _check_xml(archive: zipfile.ZipFile) -> None:
    watch = _Watch()
    for member in archive.infolist():
        if not member.filename.endswith((".xml", ".rels", ".vml")):
            continue
        try:
            with archive.open(member) as stream:
                watch.parse(stream)
        except expat.ExpatError as error:
            name = member.filename[:200]
            raise Refused(
                name, f"Kapotte XML: {error}.", f"Broken XML: {error}.", error.lineno
            ) from error


def _tables(content: bytes) -> list[Table]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            budget = [MAX_CELLS]
            return [_table(sheet, budget) for sheet in book.worksheets]
    except Refused:
        raise
    # openpyxl answers a wrong workbook with nearly any exception.
    except Exception as error:
        kind = type(error).__name__
        raise Refused(
            "XLSX", f"Deze werkmap klopt niet ({kind}).", f"This workbook is not valid ({kind})."
        ) from error


def _table(sheet: Any, budget: list[int]) -> Table:
    """Read one sheet; `budget` holds how many cells the whole workbook may still have."""
    table = Table(sheet.title)
    sheet.reset_dimensions()  # the stated size may be a lie
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        budget[0] -= len(cells)
        if line > MAX_ROWS or len(cells) > MAX_COLUMNS or budget[0] < 0:
            raise Refused(
                sheet.title, "Te veel rijen of kolommen.", "Too many rows or columns.", line
            )
        row = _row(table, line, cells)
        if not row.empty:
            table.rows.append(row)
    return table


def _row(table: Table, line: int, cells: Iterable[Any]) -> Row:
    texts, numbers, dates = [], set(), set()
    for column, cell in enumerate(cells):
        text = _text(cell.value)
        if cell.data_type == "f" or text.startswith("="):
            _refuse(table, column, line, "een formule", "a formula")
        elif cell.data_type == "e":
            _refuse(table, column, line, "een fout", "an error value")
        if isinstance(cell.value, float):
            numbers.add(column)
        if isinstance(cell.value, date | datetime | time | timedelta):
            dates.add(column)
        texts.append(text)
    return Row(line, tuple(texts), frozenset(numbers), frozenset(dates))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _refuse(table: Table, column: int, line: int, nl: str, en: str) -> None:
    table.problems.refuse(
        table.address(column, line), f"In deze cel staat {nl}.", f"This cell holds {en}.", line
    )
