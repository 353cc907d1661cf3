# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes a document as HTML: a page that stands alone, or a fragment for inside another page."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import singledispatch
from html import escape
from importlib.resources import files

from dijkring.documents.blocks import (
    Align,
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
from dijkring.documents.house import ACCENT
from dijkring.documents.text import clean, one_line
from dijkring.documents.words import NOTICES, WORDS, cell_words, signature_table
from dijkring.ui import charts
from dijkring.ui.charts import Mode
from dijkring.ui.dutch import Language, date_words

PIXELS_PER_CM = 96 / 2.54
STYLE = (files("dijkring.documents") / "static/documents/document.css").read_text("utf-8")


@dataclass(frozen=True, slots=True)
class Setting:
    """How a block is to be written: `title_level` is the HTML level of the document's title."""

    language: Language
    title_level: int
    mode: Mode


def to_html(document: Document) -> str:
    """Give a whole page with its own style sheet and no script; it loads nothing from elsewhere.

    Its content-security policy allows exactly that one style sheet, and a logo inside the file.
    """
    style = _style(document)
    return (
        f'<!DOCTYPE html>\n<html lang="{document.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(document, style)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="author" content="{_text(document.author_organisation)}">\n'
        f"<title>{_text(document.title)}</title>\n<style>{style}</style>\n</head>\n"
        f'<body class="document-page">\n<main>\n{_logo(document)}'
        f"{_article(document, 1, 'document')}"
        "</main>\n</body>\n</html>\n"
    )


def _style(document: Document) -> str:
    accent = document.house.accent
    own = f".document-page {{ --dijkring-water-deep: {accent}; }}\n" if accent != ACCENT else ""
    return STYLE + own


def _policy(document: Document, style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    pictures = "img-src data:; " if document.house.logo else ""
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; {pictures}base-uri 'none'; "
        "form-action 'none'"
    )


def _logo(document: Document) -> str:
    if not document.house.logo:
        return ""
    alternative = f"Logo {_text(document.author_organisation)}"
    wide, tall = document.house.centimetres()
    return (
        f'<img class="document-logo" src="{document.house.data_address()}" alt="{alternative}"'
        f' width="{wide * PIXELS_PER_CM:.0f}" height="{tall * PIXELS_PER_CM:.0f}">\n'
    )


def to_fragment(document: Document, *, title_level: int = 1) -> str:
    """Give the document as one article, for in a page with a strict content-security policy.

    The page links static documents/document.css and ui/charts.css. `title_level` (1 to 2) is the
    HTML level of the title; the headings of the document follow below it.
    """
    return _article(document, title_level, "page")


def _article(document: Document, title_level: int, mode: Mode) -> str:
    setting = Setting(document.language, title_level, mode)
    body = "".join(f"{_block(block, setting)}\n" for block in document.blocks)
    return (
        f'<article class="document" lang="{document.language}">\n'
        f"{_head(document, title_level)}{body}</article>\n"
    )


def _head(document: Document, level: int) -> str:
    marking = _paragraph_of("document-marking", document.marking)
    subtitle = _paragraph_of("document-subtitle", document.subtitle)
    day = date_words(document.date, document.language)
    origin = (
        f'<p class="document-origin">{_text(document.author_organisation)} · '
        f'<time datetime="{document.date.isoformat()}">{day}</time></p>'
    )
    title = f"<h{level}>{_text(document.title)}</h{level}>"
    return f'<header class="document-head">{marking}{title}{subtitle}{origin}</header>\n'


@singledispatch
def _block(block: Block, setting: Setting) -> str:
    raise TypeError(f"not a block: {block!r}")


@_block.register
def _heading(block: Heading, setting: Setting) -> str:
    level = min(6, setting.title_level + block.level)
    return f"<h{level}>{_text(block.text)}</h{level}>"


@_block.register
def _paragraph(block: Paragraph, setting: Setting) -> str:
    return f"<p>{_lines(block.text)}</p>"


@_block.register
def _bullets(block: Bullets, setting: Setting) -> str:
    return f"<ul>{''.join(f'<li>{_lines(item)}</li>' for item in block.items)}</ul>"


@_block.register
def _facts(block: Facts, setting: Setting) -> str:
    pairs = (
        f"<div><dt>{_text(name)}</dt><dd>{_lines(value)}</dd></div>" for name, value in block.pairs
    )
    return f'<dl class="document-facts">{"".join(pairs)}</dl>'


@_block.register
def _table(block: Table, setting: Setting) -> str:
    align = block.alignment()
    head = "".join(
        f'<th scope="col"{_align(side)}>{_text(name)}</th>'
        for name, side in zip(block.header, align, strict=True)
    )
    body = "".join(_row(row, align, setting) for row in block.rows)
    empty = f"<p>{WORDS[setting.language]['empty']}</p>" if not block.rows else ""
    caption = _text(block.caption)
    return (
        f'<div class="document-table" role="group" aria-label="{caption}" tabindex="0"><table>'
        f"<caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
        f"</table>{empty}</div>"
    )


@_block.register
def _chart(block: Chart, setting: Setting) -> str:
    drawing = charts.svg(block.chart, mode=setting.mode)
    if setting.mode == "page":
        drawing += charts.legend(block.chart)
    said = f"<p>{_lines(block.description)}</p>" if block.description else ""
    small = " document-small" if charts.size(block.chart)[0] < charts.WIDTH else ""
    return (
        f'<figure class="document-chart{small}"><figcaption>{_text(block.caption)}</figcaption>'
        f"{drawing}</figure>{said}{_table(block.table(), setting)}"
    )


@_block.register
def _notice(block: Notice, setting: Setting) -> str:
    label = NOTICES[setting.language][block.kind]
    return (
        f'<div class="document-notice document-notice-{block.kind}" role="note">'
        f"<p><strong>{label}</strong></p><p>{_lines(block.text)}</p></div>"
    )


@_block.register
def _signature(block: Signature, setting: Setting) -> str:
    return _table(signature_table(block, setting.language), setting)


@_block.register
def _break(block: PageBreak, setting: Setting) -> str:
    return '<div class="document-break"></div>'


def _row(row: tuple[Cell, ...], align: tuple[Align, ...], setting: Setting) -> str:
    first, *others = (_cell(cell, setting) for cell in row)
    cells = "".join(
        f"<td{_align(side)}>{content}</td>" for content, side in zip(others, align[1:], strict=True)
    )
    return f'<tr><th scope="row"{_align(align[0])}>{first}</th>{cells}</tr>'


def _cell(cell: Cell, setting: Setting) -> str:
    words = _lines(cell_words(cell, setting.language))
    if not isinstance(cell, StateCell):
        return words
    sign = charts.swatch(cell.state, mode=setting.mode)
    return f'<span class="document-state">{sign} {words}</span>'


def _align(side: Align) -> str:
    return "" if side == "left" else f' class="document-{side}"'


def _paragraph_of(css: str, text: str) -> str:
    return f'<p class="{css}">{_text(text)}</p>' if text else ""


def _text(text: str) -> str:
    return escape(one_line(text))


def _lines(text: str) -> str:
    return escape(clean(text)).replace("\n", "<br>")
