# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads XLSX into tables, after the zip and its XML have been found harmless."""

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

import openpyxl
from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.sax import make_parser  # type: ignore[import-untyped]

from .limits import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_DEPTH,
    MAX_ROWS,
    MAX_ZIP_BYTES,
    MAX_ZIP_MEMBERS,
    MAX_ZIP_RATIO,
)
from .problems import Refused
from .table import Row, Table

_SMALL = 1_000_000


def read(content: bytes) -> list[Table]:
    """Read every sheet; a formula or an error value is a problem of its table, with the address.

    Raises Refused for a zip or XML bomb, encryption, and anything that is not a workbook.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_archive(archive)
            _check_xml(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise Refused("XLSX", "Dit bestand is beschadigd.", "This file is damaged.") from error
    except (RuntimeError, ValueError, LookupError) as error:
        raise Refused("XLSX", "Dit bestand is onleesbaar.", "This file is unreadable.") from error
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


class _Depth(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.depth = 0

    def startElement(self, name: str, attrs: object) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Refused(name[:80], "Te diep genest.", "Nested too deeply.")

    def endElement(self, name: str) -> None:
        self.depth -= 1


def _check_xml(archive: zipfile.ZipFile) -> None:
    for member in archive.infolist():
        if not member.filename.endswith((".xml", ".rels", ".vml")):
            continue
        parser = make_parser()
        parser.forbid_dtd = True
        parser.setContentHandler(_Depth())
        try:
            with archive.open(member) as stream:
                parser.parse(stream)
        except (DefusedXmlException, SAXException) as error:
            raise Refused(
                member.filename[:200], "De XML is kapot of heeft eigen entiteiten.",
                "The XML is broken or declares entities.",
            ) from error  # fmt: skip


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
