# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes a table as CSV, XLSX or ODS. No cell from outside is ever read as a formula."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dijkring.documents import odf
from dijkring.documents.text import clean, one_line
from dijkring.ui.dutch import local

Kind = Literal["text", "number", "date", "datetime", "percentage"]
Value = str | int | float | Decimal | date | datetime | None

FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
PLAIN_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
XLSX_LONGEST_TEXT = 32_767
XLSX_MOST_ROWS = 1_048_576
XLSX_FORMATS: dict[Kind, str] = {
    "date": "dd-mm-yyyy",
    "datetime": "dd-mm-yyyy hh:mm",
    "percentage": "0.0%",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `percentage` takes a share between 0 and 1; a value of another kind is text.

    A moment (`datetime`) must bear a time zone and is shown in Europe/Amsterdam.
    """

    key: str
    label: str
    kind: Kind = "text"


def to_csv(title: str, columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> bytes:
    """Write UTF-8 with commas (RFC 4180), dates after ISO 8601 and a point for decimals.

    A text that a spreadsheet would take for a formula gets an apostrophe in front; a plain
    number does not. CSV has no place for the title, so it is left out.
    """
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([_harmless(column.label) for column in columns])
    for row in rows:
        writer.writerow([_csv_cell(column, raw) for column, raw in _cells(columns, row)])
    return stream.getvalue().encode()


def to_xlsx(title: str, columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> bytes:
    """Write a workbook of one sheet with typed cells; raises ValueError beyond 1,048,575 rows."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "constant_memory": False})
    book.set_properties({"title": one_line(title)})
    sheet = book.add_worksheet(_sheet_name(title))
    formats = {kind: book.add_format({"num_format": f}) for kind, f in XLSX_FORMATS.items()}
    _xlsx_head(sheet, columns, book.add_format({"bold": True, "bottom": 2, "valign": "top"}))
    for at, row in enumerate(rows, start=1):
        if at >= XLSX_MOST_ROWS:
            raise ValueError("a spreadsheet holds no more rows: choose fewer, or CSV")
        for place, (column, raw) in enumerate(_cells(columns, row)):
            _xlsx_cell(sheet, at, place, column.kind, typed(column.kind, raw), formats)
    book.close()
    return stream.getvalue()


def to_ods(title: str, columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> bytes:
    """Write an OpenDocument spreadsheet (ISO/IEC 26300) of one sheet with typed cells."""
    head = "".join(_ods_text(column.label, "head") for column in columns)
    body = "".join(
        f"<table:table-row>{''.join(_ods_row(columns, row))}</table:table-row>" for row in rows
    )
    widths = "".join(f'<table:table-column table:style-name="{c.kind}-column"/>' for c in columns)
    content = odf.text_of("sheet_content.xml").substitute(
        name=quoteattr(_sheet_name(title)), widths=widths, head=head, body=body
    )
    parts = {"content.xml": content.encode(), "meta.xml": odf.meta(one_line(title))}
    return odf.package("application/vnd.oasis.opendocument.spreadsheet", parts)


def typed(kind: Kind, raw: object) -> Value:
    """Give the value as its column's kind asks; what does not fit becomes clean text.

    None and numbers that are none (NaN, infinity) become an empty cell. Raises ValueError for a
    moment without a time zone.
    """
    if raw is None or (isinstance(raw, float | Decimal) and not math.isfinite(raw)):
        return None
    if isinstance(raw, bool):
        return str(raw).lower()
    if kind in ("number", "percentage") and isinstance(raw, int | float | Decimal):
        return raw
    if isinstance(raw, datetime):
        return local(raw) if kind != "date" else local(raw).date()
    return raw if isinstance(raw, date) else clean(str(raw))


def _cells(columns: Sequence[Column], row: Sequence[object]) -> Iterator[tuple[Column, object]]:
    return zip(columns, row, strict=True)


def _harmless(text: str) -> str:
    """Disarm a formula; judged before cleaning, since a tab or a line end also starts one."""
    cleaned = clean(text)
    bare = cleaned.lstrip()
    risky = text.startswith(FORMULA_STARTS) or bare.startswith(FORMULA_STARTS)
    return f"'{cleaned}" if risky and not PLAIN_NUMBER.fullmatch(text) else cleaned


def _csv_cell(column: Column, raw: object) -> str:
    value = typed(column.kind, raw)
    if value is None:
        return ""
    if isinstance(value, str):
        return _harmless(str(raw)) if isinstance(raw, str) else _harmless(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else f"{value}"


def _sheet_name(title: str) -> str:
    name = re.sub(r"[\[\]:*?/\\]", " ", one_line(title))[:31].strip(" '")
    return name or "Tabel"


def _xlsx_head(sheet: Worksheet, columns: Sequence[Column], bold: Format) -> None:
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, _short(clean(column.label)), bold)
        sheet.set_column(place, place, max(14, min(40, len(column.label) + 4)))


def _xlsx_cell(
    sheet: Worksheet, at: int, place: int, kind: Kind, value: Value, formats: dict[Kind, Format]
) -> None:
    if value is None:
        return
    if isinstance(value, date) and value.year >= 1900:
        moment = value.replace(tzinfo=None) if isinstance(value, datetime) else value
        shape = formats["datetime" if isinstance(value, datetime) else "date"]
        sheet.write_datetime(at, place, moment, shape)
    elif isinstance(value, str | date):
        sheet.write_string(at, place, _short(str(value)))
    else:
        sheet.write_number(at, place, float(value), formats.get(kind))


def _short(text: str) -> str:
    return text if len(text) <= XLSX_LONGEST_TEXT else text[: XLSX_LONGEST_TEXT - 1] + "…"


def _ods_row(columns: Sequence[Column], row: Sequence[object]) -> Iterator[str]:
    return (_ods_cell(column.kind, typed(column.kind, raw)) for column, raw in _cells(columns, row))


def _ods_cell(kind: Kind, value: Value) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, datetime):
        moment = value.replace(tzinfo=None).isoformat(timespec="seconds")
        return _ods_value("datetime", "date", "date-value", moment)
    if isinstance(value, date):
        return _ods_value("date", "date", "date-value", value.isoformat())
    if isinstance(value, str):
        return _ods_text(value, "text")
    if kind == "percentage":
        return _ods_value("percentage", "percentage", "value", f"{value}")
    return _ods_value("number", "float", "value", f"{value}")


def _ods_value(style: str, of: str, attribute: str, value: str) -> str:
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="{of}"'
        f' office:{attribute}="{value}"><text:p>{value}</text:p></table:table-cell>'
    )


def _ods_text(text: str, style: str) -> str:
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in clean(text).split("\n"))
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="string">'
        f"{lines}</table:table-cell>"
    )
