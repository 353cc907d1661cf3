# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes a document as OpenDocument text (ISO/IEC 26300), to be worked on in an office suite."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import singledispatch
from xml.sax.saxutils import escape, quoteattr

from dijkring.documents import odf
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
    Table,
)
from dijkring.documents.text import clean, one_line
from dijkring.documents.typesetting import picture
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

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
TEXT_WIDTH_CM = 16.0
CELL_STYLES: dict[Align, str] = {
    "left": "Cell",
    "right": "Cell_20_right",
    "center": "Cell_20_centre",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What grows while the blocks are written: pictures by path, column styles, a table count."""

    language: Language
    pictures: dict[str, bytes] = field(default_factory=dict)
    column_styles: dict[int, str] = field(default_factory=dict)
    tables: list[str] = field(default_factory=list)


def to_odt(document: Document) -> bytes:
    """Give the document with real headings, table headers, picture texts, language and metadata.

    Charts are pictures with their description; the same document gives the same bytes.
    """
    draft = Draft(document.language)
    body = _front(document, draft) + "".join(_block(block, draft) for block in document.blocks)
    content = odf.text_of("text_content.xml").substitute(
        accent=document.house.accent,
        body=body,
        columns="".join(draft.column_styles.values()),
    )
    parts = {
        "content.xml": content.encode(),
        "styles.xml": _styles(document),
        "meta.xml": _meta(document),
        **draft.pictures,
    }
    return odf.package(MEDIA_TYPE, parts)


def _styles(document: Document) -> bytes:
    words = WORDS[document.language]
    filled = odf.text_of("text_styles.xml").substitute(
        language=document.language,
        country=REGIONS[document.language],
        author=_text(document.author_organisation),
        accent=document.house.accent,
        marking=_text(document.marking),
        title=_text(document.title),
        page=words["page"],
        of=words["of"],
    )
    return filled.encode()


def _meta(document: Document) -> bytes:
    return odf.meta(
        one_line(document.title),
        subject=one_line(document.subtitle),
        author=one_line(document.author_organisation),
        language=f"{document.language}-{REGIONS[document.language]}",
        day=document.date,
    )


def _front(document: Document, draft: Draft) -> str:
    day = date_words(document.date, document.language)
    subtitle = _p("Subtitle", _text(document.subtitle)) if document.subtitle else ""
    origin = _p("Origin", f"{_text(document.author_organisation)} · {day}")
    return _logo(document, draft) + _p("Title", _text(document.title)) + subtitle + origin


def _logo(document: Document, draft: Draft) -> str:
    if not document.house.logo:
        return ""
    draft.pictures["Pictures/logo.png"] = document.house.logo
    wide, tall = document.house.centimetres()
    frame = (
        '<draw:frame draw:style-name="Picture" draw:name="logo" text:anchor-type="as-char"'
        f' svg:width="{wide:.2f}cm" svg:height="{tall:.2f}cm">'
        '<draw:image xlink:href="Pictures/logo.png" xlink:type="simple" xlink:show="embed"'
        ' xlink:actuate="onLoad"/>'
        f"<svg:title>Logo {_text(document.author_organisation)}</svg:title></draw:frame>"
    )
    return _p("Text_20_body", frame)


@singledispatch
def _block(block: Block, draft: Draft) -> str:
    raise TypeError(f"not a block: {block!r}")


@_block.register
def _heading(block: Heading, draft: Draft) -> str:
    return (
        f'<text:h text:style-name="Heading_20_{block.level}" text:outline-level="{block.level}">'
        f"{_text(block.text)}</text:h>"
    )


@_block.register
def _paragraph(block: Paragraph, draft: Draft) -> str:
    return _p("Text_20_body", _lines(block.text))


@_block.register
def _bullets(block: Bullets, draft: Draft) -> str:
    items = (f"<text:list-item>{_p('Bullet', _lines(i))}</text:list-item>" for i in block.items)
    return f'<text:list text:style-name="Bullets">{"".join(items)}</text:list>'


@_block.register
def _facts(block: Facts, draft: Draft) -> str:
    rows = "".join(
        f"<table:table-row>{_cell(_p('Fact_20_name', _text(name)), 'fact')}"
        f"{_cell(_p('Cell', _lines(value)), 'fact')}</table:table-row>"
        for name, value in block.pairs
    )
    columns = (
        f"<table:table-header-columns>{_column(30, draft)}</table:table-header-columns>"
        f"{_column(70, draft)}"
    )
    return _open_table(draft) + columns + rows + "</table:table>" + _p("After_20_table", "")


@_block.register
def _table(block: Table, draft: Draft) -> str:
    first, *others = (_column(weight, draft) for weight in column_weights(block, draft.language))
    columns = f"<table:table-header-columns>{first}</table:table-header-columns>{''.join(others)}"
    head = "".join(
        _cell(_p(f"{CELL_STYLES[side]}_20_head", _text(name)), "head")
        for name, side in zip(block.header, block.alignment(), strict=True)
    )
    header = f"<table:table-row>{head}</table:table-row>"
    rows = "".join(_row(row, block.alignment(), draft.language) for row in block.rows)
    after = "" if block.rows else WORDS[draft.language]["empty"]
    caption = _p("Caption", _text(block.caption))
    opened = _open_table(draft, one_line(block.caption))
    return (
        f"{caption}{opened}{columns}<table:table-header-rows>{header}</table:table-header-rows>"
        f"{rows}</table:table>{_p('After_20_table', after)}"
    )


@_block.register
def _chart(block: Chart, draft: Draft) -> str:
    path = f"Pictures/chart-{len(draft.pictures) + 1}.png"
    draft.pictures[path] = picture(charts.svg(block.chart, mode="document"))
    wide, tall = charts.size(block.chart)
    scale = TEXT_WIDTH_CM / charts.WIDTH
    frame = (
        f'<draw:frame draw:style-name="Picture" draw:name="chart-{len(draft.pictures)}"'
        f' text:anchor-type="as-char" svg:width="{wide * scale:.2f}cm"'
        f' svg:height="{tall * scale:.2f}cm"><draw:image xlink:href="{path}" xlink:type="simple"'
        ' xlink:show="embed" xlink:actuate="onLoad"/>'
        f"<svg:title>{_text(block.chart.title)}</svg:title>"
        f"<svg:desc>{_text(block.alternative())}</svg:desc></draw:frame>"
    )
    said = _p("Text_20_body", _lines(block.description)) if block.description else ""
    caption = _p("Caption", _text(block.caption))
    return caption + _p("Text_20_body", frame) + said + _table(block.table(), draft)


@_block.register
def _notice(block: Notice, draft: Draft) -> str:
    label = NOTICES[draft.language][block.kind]
    strong = f'<text:span text:style-name="Strong">{label}</text:span><text:line-break/>'
    return _p(f"Notice_20_{block.kind}", strong + _lines(block.text))


@_block.register
def _signature(block: Signature, draft: Draft) -> str:
    return _table(signature_table(block, draft.language), draft)


@_block.register
def _break(block: PageBreak, draft: Draft) -> str:
    return _p("New_20_page", "")


def _row(row: tuple[Cell, ...], align: tuple[Align, ...], language: Language) -> str:
    cells = "".join(
        _cell(_p(CELL_STYLES[side], _lines(cell_words(cell, language))), "body")
        for cell, side in zip(row, align, strict=True)
    )
    return f"<table:table-row>{cells}</table:table-row>"


def _open_table(draft: Draft, title: str = "") -> str:
    name = f"table-{len(draft.tables) + 1}"
    draft.tables.append(name)
    said = f"<table:title>{escape(title)}</table:title>" if title else ""
    return f'<table:table table:name={quoteattr(name)} table:style-name="Table">{said}'


def _column(weight: int, draft: Draft) -> str:
    draft.column_styles[weight] = (
        f'<style:style style:name="column-{weight}" style:family="table-column">'
        f'<style:table-column-properties style:rel-column-width="{weight}*"/></style:style>'
    )
    return f'<table:table-column table:style-name="column-{weight}"/>'


def _cell(content: str, style: str) -> str:
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="string">'
        f"{content}</table:table-cell>"
    )


def _p(style: str, markup: str) -> str:
    return f'<text:p text:style-name="{style}">{markup}</text:p>'


def _text(text: str) -> str:
    return escape(one_line(text))


def _lines(text: str) -> str:
    return escape(clean(text)).replace("\n", "<text:line-break/>")
