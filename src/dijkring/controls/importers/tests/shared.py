# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the real files are, and small makers of workbooks and packs."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from dijkring.controls.importers import Pack, Report

DATA = Path(__file__).resolve().parents[6] / "shared" / "data"


def real(path: str) -> Path:
    """Give a file of the shared data, or skip the test with a clear message."""
    file = DATA / path
    if not file.is_file():
        pytest.skip(f"the shared data file {path} is not on this machine")
    return file


def accepted(report: Report) -> Pack:
    """Give the pack of a report that must have been accepted."""
    assert report.refused == ()
    assert report.pack is not None
    return report.pack


def refusals(report: Report) -> list[tuple[int | None, str]]:
    """Give line and English reason of a report that must have been refused."""
    assert report.pack is None
    assert report.refused
    assert all(remark.reason["nl"] and remark.reason["en"] for remark in report.refused)
    return [(remark.line, remark.reason["en"]) for remark in report.refused]


def workbook(*rows: list[object], sheet: str = "Maatregelen", before: int = 0) -> bytes:
    """Make an XLSX with one filled sheet after an empty cover sheet."""
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Voorblad"
    page = book.create_sheet(sheet)
    for _ in range(before):
        page.append(["Normenkader van een gemeente"])
    for row in rows:
        page.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rezipped(content: bytes, member: str, replacement: bytes) -> bytes:
    """Give the same zip with one member replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, replacement if name == member else old.read(name))
    return stream.getvalue()


def own_pack(rest: str = "") -> bytes:
    """Make a pack of our own with one control and its measure."""
    return f"""
pack: {{id: huis, version: "1.0", title: {{nl: Huisregels, en: House rules}}}}
requirements:
  - {{ref: "5.10", kind: control, title: {{nl: Sleutels, en: Keys}}}}
  - {{ref: "5.10.01", parent: "5.10", kind: measure, title: {{nl: Sleutelplan, en: Key plan}}}}
{rest}""".encode()
