# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A document as a list of blocks. All text is plain text: no writer reads markup in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dijkring.documents.house import NEUTRAL, House
from dijkring.ui import charts
from dijkring.ui.charts.tones import State
from dijkring.ui.dutch import Language

Align = Literal["left", "right", "center"]
NoticeKind = Literal["info", "warning", "secret"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4; the title of the document stands above level 1."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; a newline is a line break."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a name and what is known about it."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class StateCell:
    """A table cell that shows a state by its sign and its word."""

    state: State


Cell = str | StateCell


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row; the first cell of each row names the row.

    `align` may stay empty (all left). Raises ValueError when a row has another number of cells
    than the header.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    align: tuple[Align, ...] = ()

    def __post_init__(self) -> None:
        lengths = {len(row) for row in self.rows} | ({len(self.align)} if self.align else set())
        if not self.header or lengths - {len(self.header)}:
            raise ValueError("each row of a table needs one cell per column")

    def alignment(self) -> tuple[Align, ...]:
        """Give the alignment of every column."""
        left: Align = "left"
        return self.align or (left,) * len(self.header)


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart; every writer puts the table of its figures right behind it."""

    chart: charts.Chart
    caption: str
    description: str = ""

    def alternative(self) -> str:
        """Say in words what the drawing shows, for who cannot see it."""
        said = self.description or self.chart.description or self.caption
        return f"{self.chart.title}. {said}" if said != self.chart.title else said

    def table(self) -> Table:
        """Give the figures of the chart as a table."""
        header, rows = charts.data_table(self.chart)
        right: Align = "right"
        align: tuple[Align, ...] = ("left", *((right,) * (len(header) - 1)))
        prefix = "Cijfers bij" if self.chart.language == "nl" else "Figures of"
        return Table(f"{prefix}: {self.caption}", header, tuple(rows), align)


@dataclass(frozen=True, slots=True)
class Notice:
    kind: NoticeKind
    text: str


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One step of the approval; name and day stay empty until it is done. `status` is a word."""

    role: str
    name: str | None
    day: date | None
    status: str


@dataclass(frozen=True, slots=True)
class Signature:
    lines: tuple[SignatureLine, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Begins a new page on paper."""


Block = Heading | Paragraph | Bullets | Facts | Table | Chart | Notice | Signature | PageBreak


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole document.

    `date` is the day in Europe/Amsterdam that the document speaks of; `marking` (such as Openbaar
    or Geheim with its ground) stands on every page; `house` is the look of the organisation whose
    document it is; `compact` is a card of one page, in smaller type on paper. Raises ValueError
    without a title, and for headings that skip a level: readers who hear the document would lose
    their way (WCAG 1.3.1, PDF/UA-1 7.4.2).
    """

    title: str
    subtitle: str
    language: Language
    author_organisation: str
    date: date
    marking: str
    blocks: tuple[Block, ...]
    house: House = NEUTRAL
    compact: bool = False

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError("a document needs a title")
        previous = 0
        for heading in self._headings():
            if not 1 <= heading.level <= min(4, previous + 1):
                raise ValueError(f"heading {heading.text!r} skips a level")
            previous = heading.level

    def _headings(self) -> Iterator[Heading]:
        return (block for block in self.blocks if isinstance(block, Heading))
