# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A document as plain text: for systems that take nothing else, such as the national LCMS."""

from collections.abc import Iterator
from textwrap import wrap

from dijkring.documents.blocks import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Notice,
    Paragraph,
    StateCell,
    Table,
)
from dijkring.documents.text import clean

WIDTH = 78


def to_text(document: Document) -> str:
    """Write a document as plain text of at most 78 columns, with its marking on both ends.

    A long word (an address) stays whole. Charts and signatures are left out.
    """
    lines = [document.marking.upper(), document.title, document.subtitle]
    lines += [document.author_organisation, ""]
    for block in document.blocks:
        lines += [*_lines(block), ""]
    return clean("\n".join([*lines, document.marking.upper()])) + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(level=level, text=text):
            yield from (text.upper() if level == 1 else text, "-" * min(len(text), WIDTH))
        case Paragraph(text=text) | Notice(text=text):
            yield from _wrapped(text)
        case Bullets(items=items):
            for item in items:
                yield from _wrapped(item, "- ")
        case Facts(pairs=pairs):
            for name, value in pairs:
                yield from _wrapped(f"{name}: {value}")
        case Table():
            yield from _table(block)
        case _:
            return


def _table(table: Table) -> Iterator[str]:
    yield table.caption
    for row in table.rows:
        cells = [str(one.state) if isinstance(one, StateCell) else one for one in row]
        said = [f"{name}: {cell}" for name, cell in zip(table.header, cells, strict=True) if cell]
        yield from _wrapped("; ".join(said), "- ")


def _wrapped(text: str, start: str = "") -> Iterator[str]:
    for line in text.splitlines() or [""]:
        yield from wrap(
            line,
            WIDTH,
            initial_indent=start,
            subsequent_indent=" " * len(start),
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
