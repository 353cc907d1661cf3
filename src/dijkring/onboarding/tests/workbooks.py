# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Untidy workbooks of two invented municipalities, as they come out of ten years of Excel."""

import io
from datetime import date, datetime
from typing import Any

import openpyxl


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def sheet(*rows: list[Any], title: str = "Blad1") -> bytes:
    """Make a workbook of one sheet."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = title
    for row in rows:
        page.append(row)
    return saved(book)


WATERHOEK: list[list[Any]] = [
    [
        "5.01.01",
        "Beleid",
        "Voldaan",
        "Vastgesteld door college",
        "J. Smit",
        date(2025, 3, 1),
        "31-12-2027",
    ],
    [
        "5.01.02",
        "Herziening",
        "deels",
        "Nog niet jaarlijks",
        "J. Smit",
        "12 maart 2025",
        "december 2027",
    ],
    ["BIO2 5.04.02", "Verplaatst in 1.3", "voldoet", "Zie convenant", "J. Smit", 45717, None],
    [
        "5.10.02 Gedrag",
        "Tekst achter het nummer",
        "Niet voldaan",
        None,
        None,
        "1/4/2025",
        "Q4 2027",
    ],
    ["5.35.01", "Vervallen", "Voldaan", "was goed", None, None, None],
    ["5.99.09", "Bestaat niet", "Voldaan", "typefout", None, None, None],
    ["8.08.01", "Kwetsbaarheden", "misschien", "weet niet", None, None, None],
    ["8.13.04", "Back-up", "n.v.t.", "Uitbesteed", None, "31 februari 2025", None],
    ["8.16.02", "Logging", "Nog niet beoordeeld", None, None, None, None],
    [None, None, None, None, None, None, None],
    ["Nr", "Onderwerp", "Status", "Toelichting", "Beoordelaar", "Datum", "Geldig tot"],
    [
        "5.14.01",
        "Websites",
        "ja",
        "per systeem",
        "M. de Boer",
        datetime(2025, 5, 6, 12, 0),
        None,
    ],
    [None, "Mail", "nee", "tweede regel van hetzelfde nummer", "M. de Boer", None, None],
]


def waterhoek() -> bytes:
    """BIO2 numbers; a cover sheet, three header rows, merged cells, dates in every notation."""
    book = openpyxl.Workbook()
    cover = book.worksheets[0]
    cover.title = "Voorblad"
    cover["B2"] = "Zelfevaluatie informatiebeveiliging gemeente Waterhoek"
    cover["B4"] = "Versie 0.9 concept, niet verspreiden"
    page = book.create_sheet("GAP-analyse")
    page.append(["GAP-analyse BIO2 Waterhoek", None, None, None, None, None, None])
    page.append(["Maatregel", None, "Oordeel 2025", None, None, "Planning", None])
    page.append(["Nr", "Onderwerp", "Status", "Toelichting", "Beoordelaar", "Datum", "Geldig tot"])
    page.merge_cells("A1:G1")
    page.merge_cells("A2:B2")
    page.merge_cells("C2:E2")
    page.merge_cells("F2:G2")
    page.append(["Hoofdstuk 5 Organisatorisch"])
    page.merge_cells("A4:G4")
    for line in WATERHOEK:
        page.append(line)
    page.merge_cells("A16:A17")
    return saved(book)


def dijkerveen() -> bytes:
    """BIO 1.04 numbers, controls and measures, with a header that names them otherwise."""
    return sheet(
        ["BIO 1.04 audit Dijkerveen"],
        ["BIO-nr", "Omschrijving", "Voldoet", "Opmerking"],
        ["5.1.1", "Beleidsregels", "Ja", "Beleid 2024"],
        ["9.2.3", "Speciale rechten", "Nee", "Te veel beheerders"],
        ["9.2.3.1", "Uitgifte", "Deels", "Elk jaar nagekeken"],
        ["12.6.1.1", "Patches binnen een week", "Ja", "Draait"],
        ["18.2.3", "Technische naleving", "Ja", "Pentest gedaan"],
        ["19.1.1", "Bestaat niet", "Ja", "?"],
        title="BIO",
    )


def ciso_assistant() -> bytes:
    """What CISO Assistant writes of an audit: one row per node, also those not judged."""
    head = (
        "urn,assessable,ref_id,name,description,compliance_result,requirement_progress,score,"
        "observations"
    )
    rows = [
        "urn:a:5,,5,Organisatorisch,,,,,",
        "urn:a:1,true,5.01.01,Beleid,Tekst,compliant,done,,In orde",
        "urn:a:2,true,5.01.02,Herziening,Tekst,partially_compliant,in_progress,,Loopt",
        "urn:a:3,true,8.08.01,Kwetsbaarheden,Tekst,non_compliant,done,,Te traag",
        "urn:a:4,true,8.13.04,Back-up,Tekst,not_assessed,to_do,,",
        "urn:a:6,true,5.14.01,Websites,Tekst,not_applicable,done,,Geen",
    ]
    return "\n".join([head, *rows]).encode()


def many_judgements(count: int) -> bytes:
    """A sheet with many verdicts, each about another system."""
    rows = [
        ["5.01.01", "Voldaan", "Toelichting op deze regel", f"systeem {number}", date(2025, 3, 1)]
        for number in range(count)
    ]
    return sheet(["Nr", "Oordeel", "Toelichting", "Systeem", "Datum"], *rows)


ACTIONS = sheet(
    ["Actielijst 2025", None, None, None, None, None, None],
    ["Nr", "Actie", "Actiehouder", "Deadline", "Prio", "Kosten", "Status"],
    ["A-1", "MFA voor beheerders", "Alice Bakker", "Q2 2027", "hoog", "€ 12.500,-", "Lopend"],
    ["A-2", "Patchproces", "vertrokken@dijkerveen.example", 46387, "2", 1500.5, "Open"],
    ["A-3", "Oude actie", "Alice Bakker", "1-1-2024", "laag", None, "Gereed"],
    ["A-4", "Zonder deadline", None, "zsm", "laag", None, "Open"],
)
