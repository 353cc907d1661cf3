# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes a landscape as sheets that can be edited and read in again. No cell is a formula."""

import io
from collections.abc import Iterator, Sequence

import xlsxwriter

from dijkring.documents import sheets
from dijkring.documents.reading.columns import Field
from dijkring.documents.text import clean
from dijkring.landscape.importers import values
from dijkring.landscape.importers.fields import ASSET, DEPENDENCY
from dijkring.landscape.importers.found import Asset, Dependency


def assets_csv(assets: Sequence[Asset]) -> bytes:
    """Write one line per part of the landscape."""
    return sheets.to_csv("", _columns(ASSET), _asset_rows(assets))


def dependencies_csv(assets: Sequence[Asset], dependencies: Sequence[Dependency]) -> bytes:
    """Write one line per dependency, with the references of both ends."""
    return sheets.to_csv("", _columns(DEPENDENCY), _dependency_rows(dependencies))


def workbook(assets: Sequence[Asset], dependencies: Sequence[Dependency]) -> bytes:
    """Write a workbook of two sheets, in which the whole landscape comes back."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    for title, fields, rows in (
        ("Onderdelen", ASSET, _asset_rows(assets)),
        ("Afhankelijkheden", DEPENDENCY, _dependency_rows(dependencies)),
    ):
        sheet = book.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        for line, row in enumerate([tuple(one.label["nl"] for one in fields), *rows]):
            for place, text in enumerate(row):
                if text:
                    # As text: nothing that a person typed is worked out by a spreadsheet.
                    sheet.write_string(line, place, clean(text))
    book.close()
    return stream.getvalue()


def _columns(fields: Sequence[Field]) -> list[sheets.Column]:
    return [sheets.Column(one.name, one.label["nl"]) for one in fields]


def _asset_rows(assets: Sequence[Asset]) -> Iterator[tuple[str, ...]]:
    for one in assets:
        said = {**one.values, "key": one.key, "name": one.name, "kind": one.kind, "text": one.text}
        yield tuple(values.write(field, said.get(field.name)) for field in ASSET)


def _dependency_rows(dependencies: Sequence[Dependency]) -> Iterator[tuple[str, ...]]:
    for one in dependencies:
        said = {
            **one.values, "dependent": one.dependent, "provider": one.provider, "how": one.how,
            "group": one.group, "least": one.least or None,
        }  # fmt: skip
        yield tuple(values.write(field, said.get(field.name)) for field in DEPENDENCY)
