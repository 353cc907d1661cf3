# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""XLSX and CSV: finding the columns, and refusing what does not belong in a sheet."""

import io
import time
import zipfile
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest

from dijkring.controls.importers import ColumnChoice, parse_choice, propose_columns, read

from .shared import accepted, refusals, rezipped, workbook

HEADER: list[object] = ["Nr.", "Titel", "Omschrijving", "Soort"]
ROWS: list[list[object]] = [
    ["5.01", "Beleid", "Er is beleid", "Beheersmaatregel"],
    ["5.01.01", "Vastgesteld", "- eerste punt", "Overheidsmaatregel"],
]


def test_workbook_with_cover_sheet_and_late_header() -> None:
    report = read(workbook(HEADER, *ROWS, before=3), "Normen 2026.xlsx")
    pack = accepted(report)
    control, measure = pack.requirements
    assert report.format == "xlsx"
    assert pack.framework_id == "normen-2026"
    assert (control.kind, control.leaf, control.parent) == ("control", False, None)
    assert (measure.kind, measure.leaf, measure.parent) == ("measure", True, "5.01")
    assert measure.text == {"nl": "- eerste punt"}
    assert measure.source_line == 6


def test_same_content_is_the_same_version() -> None:
    one, two = (accepted(read(workbook(HEADER, *ROWS))) for _ in range(2))
    other = accepted(read(workbook(HEADER, ROWS[0])))
    assert one.version == two.version != other.version


@pytest.mark.parametrize("value", ["=1+1", '=HYPERLINK("http://example.org")', "=cmd|' /C x'!A0"])
def test_a_formula_is_refused_with_its_address(value: str) -> None:
    report = read(workbook(HEADER, ROWS[0], ["5.02", "Rollen", value, ""]))
    assert [(remark.line, remark.where) for remark in report.refused] == [(3, "Maatregelen!C3")]
    assert report.refused[0].reason["en"] == "This cell holds a formula."


def test_ids_that_the_spreadsheet_changed() -> None:
    report = read(workbook(HEADER, [5.1, "x", "y", ""], [date(2001, 5, 1), "x", "y", ""]))
    assert [remark.where for remark in report.warnings] == ["Maatregelen!A2"]
    assert [remark.where for remark in report.refused] == ["Maatregelen!A3"]


def test_every_wrong_row_is_listed() -> None:
    rows: list[list[object]] = [["", "zonder nummer", "x", ""], *ROWS, ["5.01", "dubbel", "x", ""]]
    found = refusals(read(workbook(HEADER, *rows)))
    assert found == [(2, "The id is empty."), (5, "Duplicate id (line 3).")]


def test_columns_may_be_chosen_by_letter_or_header() -> None:
    content = workbook(["Kolom 1", "Kolom 2", "Boven"], ["a", "Eerste", ""], ["b", "Tweede", "a"])
    assert read(content).pack is None
    choice = parse_choice("id=A, title=kolom 2, parent=C, header=1, sheet=Maatregelen")
    pack = accepted(read(content, columns=choice))
    assert [(one.ref, one.parent) for one in pack.requirements] == [("a", None), ("b", "a")]
    assert read(content, columns=ColumnChoice(id="Z")).pack is None


@pytest.mark.parametrize("words", ["title=A", "id", "id=", "naam=B,id=A", "id=A,header=x"])
def test_wrong_choice_of_columns(words: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_choice(words)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (["ID", "Title", "Description"], ColumnChoice(id="A", title="B", text="C")),
        (["Parent ID", "Requirement ID", "Naam"], ColumnChoice(parent="A", id="B", title="C")),
        (["Maatregelnummer", "Maatregel", "Versie"], ColumnChoice(id="A", text="B", version="C")),
        (["Type maatregel", "Code", "Tekst"], ColumnChoice(kind="A", id="B", text="C")),
        (["Assessable", "Ref", "Eis"], ColumnChoice(leaf="A", id="B", text="C")),
        (["Een heel lange zin over nummers en titels"], ColumnChoice()),
    ],
)
def test_columns_are_proposed_from_dutch_and_english_words(
    header: list[str], expected: ColumnChoice
) -> None:
    assert propose_columns(header, []) == expected


def test_an_unnamed_id_column_is_known_by_its_numbers() -> None:
    proposed = propose_columns(["", "Titel"], [["5.01.02", "x"], ["5.01.03", "y"]])
    assert proposed == ColumnChoice(id="A", title="B")


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_csv_with_any_separator(sign: str) -> None:
    lines = [["id", "titel", "toetsbaar"], ["1", "Eén", "nee"], ["1.1", "Twee", "ja"]]
    text = "\r\n".join(sign.join(line) for line in lines)
    report = read(b"\xef\xbb\xbf" + text.encode(), "regels.csv")
    one, two = accepted(report).requirements
    assert report.format == "csv"
    assert (one.title["nl"], one.leaf, two.leaf, two.parent) == ("Eén", False, True, "1")


def test_csv_in_windows_1252_is_read_with_a_warning() -> None:
    report = read("id;titel\n1;Financiële continuïteit\n".encode("cp1252"))
    assert accepted(report).requirements[0].title["nl"] == "Financiële continuïteit"
    assert "Windows-1252" in report.warnings[0].reason["en"]


@pytest.mark.parametrize("value", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", '" =1"'])
def test_a_formula_in_csv_is_refused(value: str) -> None:
    report = read(f"id,titel\n1,goed\n2,{value}\n".encode())
    assert [(remark.line, remark.where) for remark in report.refused] == [(3, "B3")]


@pytest.mark.parametrize("value", ["-", "-5", "+31", "-1.5", "12%"])
def test_numbers_and_dashes_in_csv_are_no_formulas(value: str) -> None:
    accepted(read(f"id,titel\n1,{value}\n".encode()))


def test_csv_lines_count_through_quoted_line_ends() -> None:
    found = refusals(read(b'id,titel\n1,"twee\nregels"\n1,dubbel\n'))
    assert found == [(4, "Duplicate id (line 2).")]
    assert refusals(read(b'id,titel\n1,"open\n'))[0][1].startswith("Broken CSV")


def test_two_versions_in_one_sheet_are_refused() -> None:
    found = refusals(read(b"id,titel,versie\n1,a,1.0\n2,b,1.1\n"))
    assert found == [(3, "Version 1.0 stands before: one file is one version.")]


def bomb(size: int) -> bytes:
    return rezipped(workbook(HEADER, *ROWS), "xl/worksheets/sheet2.xml", b" " * size)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (lambda: b"PK\x03\x04 geen zip", "damaged"),
        (lambda: workbook(HEADER)[:-200], "damaged"),
        (lambda: bomb(30_000_000), "zip bomb"),
        (lambda: bomb(70_000_000), "Too large when unpacked"),
    ],
    ids=["junk", "cut", "ratio", "total"],
)
def test_broken_and_hostile_zips(content: Callable[[], bytes], reason: str) -> None:
    assert reason in refusals(read(content()))[0][1]


def test_a_zip_of_something_else() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("content.xml", "<x/>")
    assert refusals(read(stream.getvalue())) == [(None, "This is not an XLSX workbook.")]


@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>',
        b"<worksheet><sheetData>",
        b"<a>" * 200 + b"</a>" * 200,
    ],
    ids=["entities", "broken", "deep"],
)
def test_hostile_xml_inside_a_workbook(xml: bytes) -> None:
    content = rezipped(workbook(HEADER, *ROWS), "xl/worksheets/sheet2.xml", xml)
    refusals(read(content))


def test_a_row_far_away_does_not_fill_the_memory() -> None:
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    cells = b'<row r="999999999"><c r="XFD999999999"><v>1</v></c></row>'
    xml = b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (space, cells)
    content = rezipped(workbook(HEADER, *ROWS), "xl/worksheets/sheet2.xml", xml)
    assert "Too many rows or columns." in refusals(read(content))[0][1]


def test_too_many_elements_are_refused_in_time() -> None:
    noise = "".join(f'<a b="{number}"/>' for number in range(2_600_000)).encode()
    content = rezipped(workbook(HEADER), "xl/worksheets/sheet2.xml", b"<x>" + noise + b"</x>")
    started = time.monotonic()
    assert refusals(read(content)) == [(None, "Too many elements.")]
    assert time.monotonic() - started < 10


def test_an_error_value_is_refused() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(HEADER, *ROWS)))
    cell = book["Maatregelen"]["B2"]
    cell.value, cell.data_type = "#REF!", "e"
    stream = io.BytesIO()
    book.save(stream)
    assert refusals(read(stream.getvalue())) == [(2, "This cell holds an error value.")]
