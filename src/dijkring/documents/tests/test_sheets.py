# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
import csv
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import odfdo
import openpyxl
import pytest

from dijkring.documents.sheets import Column, to_csv, to_ods, to_xlsx

COLUMNS = [
    Column("name", "Naam"),
    Column("count", "Aantal", "number"),
    Column("day", "Dag", "date"),
    Column("moment", "Moment", "datetime"),
    Column("share", "Aandeel", "percentage"),
]
SUMMER = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
ROWS: list[list[Any]] = [
    ["mail.dijkerveen.example", 3, date(2026, 11, 21), SUMMER, 0.715],
    ["5.14", Decimal("-2.5"), None, None, 1],
    ["tweede\nregel", float("nan"), None, None, None],
    ["é 漢 \U0001f600", "onbekend", "eind 2026", None, "niet gemeten"],
]
FORMULAS = [
    "=1+1",
    '=HYPERLINK("http://x.example","klik")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "  =1+1",
    "\x00=1+1",
    "＝1+1",
]
Writer = Callable[..., bytes]


def csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def xlsx_rows(content: bytes) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def ods_rows(content: bytes) -> list[list[Any]]:
    return odfdo.Document(io.BytesIO(content)).body.get_tables()[0].values


def test_csv_gives_plain_values() -> None:
    rows = csv_rows(to_csv("Stand", COLUMNS, ROWS))
    assert rows[0] == ["Naam", "Aantal", "Dag", "Moment", "Aandeel"]
    assert rows[1] == [
        "mail.dijkerveen.example", "3", "2026-11-21", "2026-07-02T00:30:00+02:00", "0.715",
    ]  # fmt: skip
    assert rows[2] == ["5.14", "-2.5", "", "", "1"]
    assert rows[3] == ["tweede\nregel", "", "", "", ""]
    assert rows[4] == ["é 漢 \U0001f600", "onbekend", "eind 2026", "", "niet gemeten"]


@pytest.mark.parametrize(
    ("write", "read"), [(to_xlsx, xlsx_rows), (to_ods, ods_rows)], ids=["xlsx", "ods"]
)
def test_sheets_give_typed_values(write: Writer, read: Callable[[bytes], list[list[Any]]]) -> None:
    rows = read(write("Stand", COLUMNS, ROWS))
    assert rows[0] == ["Naam", "Aantal", "Dag", "Moment", "Aandeel"]
    name, count, day, moment, share = rows[1]
    assert (name, count) == ("mail.dijkerveen.example", 3)
    assert day in (date(2026, 11, 21), datetime(2026, 11, 21))
    assert moment == datetime(2026, 7, 2, 0, 30)
    assert float(share) == pytest.approx(0.715)
    assert rows[2][:2] == ["5.14", Decimal("-2.5")] or rows[2][:2] == ["5.14", -2.5]
    assert rows[3][:2] == ["tweede\nregel", None]
    assert rows[4][1:3] == ["onbekend", "eind 2026"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_csv_disarms_formulas(formula: str) -> None:
    head, row = csv_rows(to_csv("x", [Column("a", formula)], [[formula]]))
    assert head[0].startswith("'")
    assert row[0].startswith("'")


@pytest.mark.parametrize("number", ["-5", "+31", "-1,5", "2.5"])
def test_csv_leaves_numbers_alone(number: str) -> None:
    assert csv_rows(to_csv("x", [Column("a", "A")], [[number]]))[1] == [number]
    assert csv_rows(to_csv("x", [Column("a", "A", "number")], [[-5]]))[1] == ["-5"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_xlsx_has_strings_and_no_formulas(formula: str) -> None:
    content = to_xlsx("x", [Column("a", formula, "number")], [[formula]])
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}
    markup = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in markup
    assert b"hyperlink" not in markup


@pytest.mark.parametrize("formula", FORMULAS)
def test_ods_has_strings_and_no_formulas(formula: str) -> None:
    content = to_ods("x", [Column("a", formula, "number")], [[formula]])
    markup = zipfile.ZipFile(io.BytesIO(content)).read("content.xml").decode()
    assert "table:formula" not in markup
    assert markup.count('office:value-type="string"') == 2


@pytest.mark.parametrize("write", [to_csv, to_xlsx, to_ods])
def test_controls_are_gone(write: Writer) -> None:
    content = write("x\x00[1]", [Column("a", "A\x1b")], [["b\x00\x08\x1f\ud800\ufffec"]])
    rows = {to_csv: csv_rows, to_xlsx: xlsx_rows, to_ods: ods_rows}[write](content)
    assert rows == [["A"], ["bc"]]


@pytest.mark.parametrize("write", [to_csv, to_xlsx, to_ods])
def test_a_moment_without_a_time_zone_is_refused(write: Writer) -> None:
    with pytest.raises(ValueError, match="time zone"):
        write("x", [Column("a", "A", "datetime")], [[datetime(2026, 1, 1)]])


@pytest.mark.parametrize("write", [to_csv, to_xlsx, to_ods])
def test_a_row_of_another_length_is_refused(write: Writer) -> None:
    with pytest.raises(ValueError, match="zip"):
        write("x", [Column("a", "A")], [["b", "c"]])


@pytest.mark.parametrize("title", ["", "'", "a/b:c*d?[e]\\f", "x" * 60])
def test_any_title_gives_a_sheet(title: str) -> None:
    assert xlsx_rows(to_xlsx(title, COLUMNS, ROWS))[1][1] == 3
    assert ods_rows(to_ods(title, COLUMNS, ROWS))[1][1] == 3


def test_a_day_before_excel_began_stays_readable() -> None:
    content = to_xlsx("x", [Column("a", "A", "date")], [[date(1813, 11, 30)]])
    assert xlsx_rows(content)[1] == ["1813-11-30"]


def test_a_text_too_long_for_excel_is_cut_with_a_mark() -> None:
    cell = xlsx_rows(to_xlsx("x", [Column("a", "A")], [["y" * 40_000]]))[1][0]
    assert len(cell) == 32_767
    assert cell.endswith("…")
