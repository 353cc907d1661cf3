# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Untidy sheets are read as they were meant, and bombs are not."""

import io
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date

import pytest

from dijkring.documents import reading, sheets
from dijkring.documents.reading.table import EXCEL_ZERO
from dijkring.onboarding.intake import columns, dates, names, rows, values
from dijkring.onboarding.intake.kinds import ACTIONS, DOMAINS, JUDGEMENTS, Kind
from dijkring.onboarding.intake.values import Cell, Wrong
from dijkring.onboarding.tests import workbooks


def choice_of(kind: Kind, content: bytes) -> tuple[columns.Header, columns.Choice]:
    header = columns.header_of(kind, reading.read(content))
    assert header is not None
    found = columns.guess(kind, header)
    return header, columns.Choice(header.table.sheet, header.line, header.depth, found)


def test_three_header_rows_and_merged_cells() -> None:
    header, choice = choice_of(JUDGEMENTS, workbooks.waterhoek())
    assert header.table.sheet == "GAP-analyse"
    assert header.line == 3
    assert choice.columns == {
        "ref": 0, "verdict": 2, "reason": 3, "said_by": 4, "said_on": 5, "valid_until": 6,
    }  # fmt: skip
    found = {one.line: one for one in rows.rows(JUDGEMENTS, header, choice)}
    assert 4 not in found, "a chapter is no line"
    assert 15 not in found, "a repeated header is no line"
    assert found[17].values["ref"] == "5.14.01", "a merged number counts for its lines"
    assert found[7].values["said_on"] == date(2025, 3, 1), "a serial number is a date"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("31-12-2026", date(2026, 12, 31), date(2026, 12, 31)),
        ("1/4/2025", date(2025, 4, 1), date(2025, 4, 1)),
        ("01.04.25", date(2025, 4, 1), date(2025, 4, 1)),
        ("31-12-'25", date(2025, 12, 31), date(2025, 12, 31)),
        ("wo 31 december 2025", date(2025, 12, 31), date(2025, 12, 31)),
        ("3 mrt. 2025", date(2025, 3, 3), date(2025, 3, 3)),
        ("2025-12-31 00:00:00", date(2025, 12, 31), date(2025, 12, 31)),
        ("20251231", date(2025, 12, 31), date(2025, 12, 31)),
        ("46022", date(2025, 12, 31), date(2025, 12, 31)),
        ("december 2025", date(2025, 12, 1), date(2025, 12, 31)),
        ("Q1 2026", date(2026, 1, 1), date(2026, 3, 31)),
        ("4e kwartaal", None, None),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("12/31/2025", None, None),
        ("31-02-2025", None, None),
        ("zsm", None, None),
        ("9999999", None, None),
        ("01-01-0001", None, None),
    ],
)
def test_dates(text: str, first: date | None, last: date | None) -> None:
    if first is None:
        with pytest.raises(dates.NoDate):
            dates.read(text, EXCEL_ZERO)
        return
    found = dates.read(text, EXCEL_ZERO)
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    ("type_", "text", "value"),
    [
        ("verdict", "Voldoet niet", "not_met"),
        ("verdict", "partially_compliant", "partly"),
        ("verdict", "N.v.t.", "not_applicable"),
        ("ref", "BIO2 5.01.01", "5.01.01"),
        ("ref", "5.01.01 – Beleid", "5.01.01"),
        ("money", "€ 12.500,-", "12500.00"),
        ("money", "1.234,56", "1234.56"),
        ("domain", "https://www.waterhoek.example/pad?x", "www.waterhoek.example"),
        ("role", "Teamleider", "process_owner"),
        ("email", "mailto:J.Smit@Waterhoek.example", "j.smit@waterhoek.example"),
    ],
)
def test_values(type_: str, text: str, value: str) -> None:
    assert str(values.read(type_, Cell(text))) == value


@pytest.mark.parametrize(
    ("type_", "text"),
    [("verdict", "misschien"), ("ref", "geen nummer"), ("money", "veel"), ("email", "Jan"),
     ("role", "koning"), ("domain", "geen domein"), ("priority", "ooit"), ("truth", "soms")],
)  # fmt: skip
def test_wrong_values(type_: str, text: str) -> None:
    with pytest.raises(Wrong, match=text):
        values.read(type_, Cell(text))


def test_number_that_lost_its_zero() -> None:
    with pytest.raises(Wrong, match=r"5\.10"):
        values.read("ref", Cell("5.1", number=True))


def test_wrong_column_is_told() -> None:
    header, choice = choice_of(JUDGEMENTS, workbooks.waterhoek())
    wrong = columns.Choice(choice.sheet, choice.header, choice.depth, {"ref": 0, "verdict": 3})
    found = rows.wrong_columns(JUDGEMENTS, header, wrong)
    assert set(found) == {"verdict"}
    assert "D" in found["verdict"]
    assert rows.wrong_columns(JUDGEMENTS, header, choice) == {}


def test_formula_gives_its_kept_value_or_is_refused() -> None:
    content = workbooks.sheet(["Nr", "Oordeel"], ["5.01.01", '=IF(1,"Voldaan","")'])
    header, choice = choice_of(JUDGEMENTS, content)
    (line,) = rows.rows(JUDGEMENTS, header, choice)
    assert "formule" in line.refused
    kept = with_value(content)
    header, choice = choice_of(JUDGEMENTS, kept)
    (line,) = rows.rows(JUDGEMENTS, header, choice)
    assert line.values["verdict"] == "met"


def with_value(content: bytes) -> bytes:
    """Give the formula of a workbook the value that Excel would have kept beside it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for name in old.namelist():
            body = old.read(name)
            if name.endswith("sheet1.xml"):
                body = body.replace(b'<c r="B2">', b'<c r="B2" t="str">')
                body = body.replace(b"</f><v></v>", b"</f><v>Voldaan</v>")
                body = body.replace(b"</f><v />", b"</f><v>Voldaan</v>")
                body = body.replace(b"</f><v/>", b"</f><v>Voldaan</v>")
            new.writestr(name, body)
    return stream.getvalue()


def test_ods_is_read_like_xlsx() -> None:
    columns_ = [sheets.Column("a", "Nr"), sheets.Column("b", "Oordeel"),
                sheets.Column("c", "Datum", "date")]  # fmt: skip
    body = sheets.to_ods("x", columns_, [["5.01.01", "Voldaan", date(2025, 3, 1)]])
    header, choice = choice_of(JUDGEMENTS, body)
    (line,) = rows.rows(JUDGEMENTS, header, choice)
    assert line.values == {"ref": "5.01.01", "verdict": "met", "said_on": date(2025, 3, 1)}


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return stream.getvalue()


ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x xmlns:table="t">&b;</x>'
)


def ods(content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", ODS_TYPE)
        archive.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


REPEATED = (
    b'<o xmlns:table="t" xmlns:office="o" xmlns:text="x"><table:table table:name="a">'
    b'<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
    b'office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
    b"</table:table></o>"
)


MANY = (
    b'<table:table-cell table:number-columns-repeated="999"><text:p>x</text:p></table:table-cell>'
)
WIDE = (
    b'<o xmlns:table="t" xmlns:office="o" xmlns:text="x"><table:table table:name="a">'
    b"<table:table-row>" + MANY * 2_000 + b"</table:table-row></table:table></o>"
)


def test_cells_that_repeat_are_refused_before_they_fill_the_memory() -> None:
    body = ods(WIDE)
    tracemalloc.start()
    with pytest.raises(reading.Refused, match="Too many"):
        reading.read(body)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "leeg"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 100, "XLSX"),
        (b"a\0b", "geen tekst"),
        (lambda: zipped({"xl/workbook.xml": b" " * 30_000_000}), "zipbom"),
        (zipped({"xl/workbook.xml": LAUGHS}), "documenttype"),
        (zipped({"iets.txt": b"x"}), "geen XLSX"),
        (ods(LAUGHS), "documenttype"),
        (ods(REPEATED), "Te veel rijen"),
        (lambda: ods(b" " * 30_000_000), "zipbom"),
        (workbooks.ACTIONS[:2000], "beschadigd"),
    ],
)
def test_harmful_files_are_refused(content: bytes | Callable[[], bytes], words: str) -> None:
    with pytest.raises(reading.Refused) as refused:
        reading.read(content if isinstance(content, bytes) else content())
    assert words in refused.value.remark.reason["nl"]


ZONE = b"""$ORIGIN waterhoek.example.
$TTL 3600
@   IN SOA ns1.waterhoek.example. beheer.waterhoek.example. ( 1 2 3 4 5 )
    IN NS ns1
    IN MX 10 mail
    IN A 192.0.2.1
www IN A 192.0.2.1
mail IN A 192.0.2.2
_dmarc IN TXT "v=DMARC1; p=reject"
*.wild IN A 192.0.2.3
"""


def test_zone_file() -> None:
    found = names.tables(ZONE)
    assert found is not None
    assert sorted(row.cells[0] for row in found[0].rows[1:]) == [
        "mail.waterhoek.example", "waterhoek.example", "www.waterhoek.example",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        (b"$GENERATE 1-99999999 host$ A 192.0.2.1\n$ORIGIN x.example.\n", "GENERATE"),
        (b"$INCLUDE /etc/passwd\n", "INCLUDE"),
        (b"www IN A 192.0.2.1\nmail IN A 192.0.2.2\n", "$ORIGIN"),
        (b"$ORIGIN x.example.\n@ IN SOA onzin\n", "klopt niet"),
    ],
)
def test_bad_zone_files_are_refused(zone: bytes, words: str) -> None:
    with pytest.raises(reading.Refused) as refused:
        names.tables(zone)
    assert words in refused.value.remark.reason["nl"]


def test_bare_list_of_names() -> None:
    found = names.tables(b"waterhoek.example\n\n# oud\nwww.waterhoek.example\n")
    assert found is not None
    header = columns.header_of(DOMAINS, found)
    assert header is not None
    assert columns.guess(DOMAINS, header) == {"name": 0}
    assert [row.line for row in found[0].rows] == [0, 1, 4]


def test_actions_with_money_and_quarters() -> None:
    header, choice = choice_of(ACTIONS, workbooks.ACTIONS)
    found = {one.line: one for one in rows.rows(ACTIONS, header, choice)}
    assert str(found[3].values["cost"]) == "12500.00"
    assert found[3].values["due_on"] == date(2027, 6, 30)
    assert found[4].values["due_on"] == date(2026, 12, 31)
    assert "zsm" in found[6].refused
