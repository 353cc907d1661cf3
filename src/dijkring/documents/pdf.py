# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes a document as accessible PDF (ISO 14289-1, PDF/UA-1)."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from functools import singledispatch
from importlib.resources import files
from typing import Any

from dijkring.documents.blocks import (
    Block,
    Bullets,
    Cell,
    Chart,
    Document,
    Facts,
    Heading,
    Notice,
    PageBreak,
    Paragraph,
    Signature,
    StateCell,
    Table,
)
from dijkring.documents.text import clean, one_line
from dijkring.documents.typesetting import accessible_pdf, displayable
from dijkring.documents.words import (
    NOTICES,
    REGIONS,
    WORDS,
    cell_words,
    column_weights,
    signature_table,
)
from dijkring.ui import charts
from dijkring.ui.dutch import Language, date_words

Data = dict[str, Any]

TEMPLATE = (files("dijkring.documents") / "report.typ").read_bytes()
LONG_WORD = re.compile(r"\S{25,}")


def to_pdf(document: Document) -> bytes:
    """Typeset the document as tagged PDF/UA-1; the same document gives the same bytes.

    A sign that the built-in fonts do not have is written out as [its name]. Reads nothing but
    the template: the typesetter gets an empty folder as its whole world.
    """
    content = json.dumps(_shown(_document(document)), ensure_ascii=True)
    moment = datetime(document.date.year, document.date.month, document.date.day, tzinfo=UTC)
    logo = json.dumps(list(document.house.logo))
    return accessible_pdf(TEMPLATE, {"document": content, "logo": logo}, moment)


def _document(document: Document) -> Data:
    language, day = document.language, document.date
    return {
        "title": one_line(document.title),
        "subtitle": one_line(document.subtitle),
        "author": one_line(document.author_organisation),
        "accent": document.house.accent,
        "compact": document.compact,
        "logo": _logo(document),
        "marking": one_line(document.marking),
        "language": language,
        "region": REGIONS[language],
        "date": date_words(day, language),
        "year": day.year,
        "month": day.month,
        "day": day.day,
        "words": WORDS[language],
        "blocks": [part for block in document.blocks for part in _parts(block, language)],
    }


def _logo(document: Document) -> Data | None:
    if not document.house.logo:
        return None
    wide, tall = document.house.centimetres()
    alternative = f"Logo {one_line(document.author_organisation)}"
    return {"wide": round(wide, 3), "tall": round(tall, 3), "alt": alternative}


@singledispatch
def _parts(block: Block, language: Language) -> list[Data]:
    raise TypeError(f"not a block: {block!r}")


@_parts.register
def _heading(block: Heading, language: Language) -> list[Data]:
    return [{"kind-of": "heading", "level": block.level, "text": _unbound(one_line(block.text))}]


@_parts.register
def _paragraph(block: Paragraph, language: Language) -> list[Data]:
    return [{"kind-of": "paragraph", "text": clean(block.text)}]


@_parts.register
def _bullets(block: Bullets, language: Language) -> list[Data]:
    return [{"kind-of": "bullets", "items": [clean(item) for item in block.items]}]


@_parts.register
def _facts(block: Facts, language: Language) -> list[Data]:
    pairs = [[one_line(name), clean(value)] for name, value in block.pairs]
    return [{"kind-of": "facts", "pairs": pairs}]


@_parts.register
def _table(block: Table, language: Language) -> list[Data]:
    data = {
        "kind-of": "table",
        "caption": one_line(block.caption),
        "header": [one_line(name) for name in block.header],
        "weights": column_weights(block, language),
        "align": list(block.alignment()),
        "rows": [[_cell(cell, language) for cell in row] for row in block.rows],
    }
    return [data] if block.rows else [data, _note(WORDS[language]["empty"])]


@_parts.register
def _chart(block: Chart, language: Language) -> list[Data]:
    drawn = {
        "kind-of": "chart",
        "caption": one_line(block.caption),
        "alt": one_line(block.alternative()),
        "svg": charts.svg(block.chart, mode="document"),
        "share": min(1.0, charts.size(block.chart)[0] / charts.WIDTH),
    }
    return [drawn, *_note_of(block), *_table(block.table(), language)]


@_parts.register
def _notice(block: Notice, language: Language) -> list[Data]:
    label = NOTICES[language][block.kind]
    return [{"kind-of": "notice", "kind": block.kind, "label": label, "text": clean(block.text)}]


@_parts.register
def _signature(block: Signature, language: Language) -> list[Data]:
    return _table(signature_table(block, language), language)


@_parts.register
def _break(block: PageBreak, language: Language) -> list[Data]:
    return [{"kind-of": "new-page"}]


def _note(text: str) -> Data:
    return {"kind-of": "paragraph", "text": text}


def _note_of(block: Chart) -> list[Data]:
    return [_note(clean(block.description))] if block.description else []


def _cell(cell: Cell, language: Language) -> Data:
    sign = charts.swatch(cell.state, mode="document") if isinstance(cell, StateCell) else None
    return {"text": _unbound(clean(cell_words(cell, language))), "sign": sign}


def _unbound(text: str) -> str:
    """Let a word without end (an address, a key) break inside a narrow column."""
    return LONG_WORD.sub(_with_breaks, text)


def _with_breaks(word: re.Match[str]) -> str:
    return "\u200b".join(word[0][at : at + 12] for at in range(0, len(word[0]), 12))


def _shown(data: Any) -> Any:
    """Replace every sign that the fonts lack, however deep in the data."""
    if isinstance(data, str):
        return displayable(data)
    if isinstance(data, dict):
        return {key: _shown(value) for key, value in data.items()}
    return [_shown(each) for each in data] if isinstance(data, list) else data
