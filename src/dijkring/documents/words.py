# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The few words that the writers themselves put in a document."""

from __future__ import annotations

from typing import Literal

from dijkring.documents.blocks import NoticeKind, Signature, StateCell, Table
from dijkring.ui.charts import tone_word
from dijkring.ui.dutch import Language, date_words

Word = Literal["page", "of", "role", "name", "day", "status", "approval", "empty"]

WORDS: dict[Language, dict[Word, str]] = {
    "nl": {
        "page": "Pagina", "of": "van", "role": "Rol", "name": "Naam", "day": "Datum",
        "status": "Status", "approval": "Stappen tot vaststelling", "empty": "Geen regels.",
    },
    "en": {
        "page": "Page", "of": "of", "role": "Role", "name": "Name", "day": "Date",
        "status": "Status", "approval": "Steps of approval", "empty": "No rows.",
    },
}  # fmt: skip

NOTICES: dict[Language, dict[NoticeKind, str]] = {
    "nl": {"info": "Toelichting", "warning": "Let op", "secret": "Geheim"},
    "en": {"info": "Note", "warning": "Please note", "secret": "Secret"},
}

REGIONS: dict[Language, str] = {"nl": "NL", "en": "GB"}


def cell_words(cell: str | StateCell, language: Language) -> str:
    """Give the words of a table cell."""
    return tone_word(cell.state, language) if isinstance(cell, StateCell) else cell


def signature_table(signature: Signature, language: Language) -> Table:
    """Give the steps of an approval as a table; what is not known yet stays an empty cell."""
    words = WORDS[language]
    rows = tuple(
        (
            line.role,
            line.name or "",
            date_words(line.day, language) if line.day else "",
            line.status,
        )
        for line in signature.lines
    )
    header = (words["role"], words["name"], words["day"], words["status"])
    return Table(words["approval"], header, rows)


def column_weights(table: Table, language: Language) -> list[int]:
    """Share the width of a page between the columns, by the longest text in each.

    Between 11 and 44 parts each, so that one long text does not squeeze out the others.
    """
    columns = zip(table.header, *table.rows, strict=True)
    longest = (max(len(cell_words(cell, language)) for cell in column) for column in columns)
    return [min(44, max(11, length + 2)) for length in longest]
