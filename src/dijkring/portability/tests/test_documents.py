# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What docs/uitwisselen.md tells about the formats is so."""

import re
from pathlib import Path

from dijkring.core import registers
from dijkring.portability.oscal.results import STATUS
from dijkring.portability.oscal.shapes import NAMESPACE, OSCAL_VERSION
from dijkring.portability.whole import layout

TEXT = (Path(__file__).resolve().parents[4] / "docs" / "uitwisselen.md").read_text()


def rows(head: str) -> list[list[str]]:
    """Return the rows of the table under a header."""
    table = TEXT.partition(f"| {head} |")[2].partition("\n\n")[0]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines()[2:]]


def test_every_list_is_told_with_whether_it_comes_back() -> None:
    told = {row[0].strip("`"): row for row in rows("list | may be edited | new lines")}
    known = {one.id: one for one in registers.registers()}
    assert set(told) <= set(known)
    for id, row in told.items():
        assert row[1].startswith("nothing") == (known[id].change is None), id
        assert row[2].startswith("yes") == (known[id].add is not None), id
        assert row[1].count(",") + 1 == len(known[id].editable) or known[id].change is None, id


def test_every_verdict_is_told_as_it_is_written() -> None:
    told = {
        verdict.strip(): (row[1], row[2].partition(",")[0])
        for row in rows("verdict | state | reason")
        for verdict in row[0].split(",")
    }
    assert told == STATUS
    assert NAMESPACE in TEXT
    assert f"OSCAL {OSCAL_VERSION}" in TEXT


def test_the_files_of_an_archive_are_told() -> None:
    names = {re.sub(r"[`*]", "", row[0]) for row in rows("in the ZIP | what")}
    assert {layout.MANIFEST, layout.PEOPLE, layout.CONTENT} <= names
    assert f"`{layout.FORMAT}`, version {layout.VERSION}" in TEXT
