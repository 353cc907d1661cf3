# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A list as a file: exactly the columns, filters and order on the page, all pages of it.

The writers lie on a higher floor, so the settings name them: SHEET_WRITERS maps a kind (csv, xlsx,
ods) to the dotted path of a function (title, columns, rows) -> bytes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.http import HttpResponse
from django.utils.module_loading import import_string
from django.utils.text import slugify

from dijkring.core import clock
from dijkring.ui.tables import Table

Writer = Callable[[str, list["Column"], list[list[Any]]], bytes]
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its key, its label and what its values are."""

    key: str
    label: str
    kind: str


def kinds() -> list[str]:
    """Return the kinds of file that this installation can write."""
    return [kind for kind in CONTENT_TYPES if kind in _writers()]


def _writers() -> dict[str, str]:
    return cast(dict[str, str], getattr(settings, "SHEET_WRITERS", {}))


def sheet_response(table: Table, title: str, kind: str) -> HttpResponse:
    """Return the table as a download; KeyError for a kind that cannot be written."""
    columns = [column for column in table.columns if not column.column.exclude_from_export]
    heads = [Column(c.name, str(c.header), getattr(c.column, "kind", "text")) for c in columns]
    rows = [[row.get_cell_value(column.name) for column in columns] for row in table.rows]
    writer: Writer = import_string(_writers()[kind])
    response = HttpResponse(writer(title, heads, rows), content_type=CONTENT_TYPES[kind])
    name = f"{slugify(title)}-{clock.now().astimezone(clock.AMSTERDAM):%Y-%m-%d}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
