# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a chart shows, without how it is drawn. None is an unknown value: a gap, never a zero."""

from __future__ import annotations

from dataclasses import dataclass

from dijkring.ui.charts.tones import Tone
from dijkring.ui.dutch import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The words around every chart; `description` says in a sentence what is to be seen."""

    title: str
    description: str = ""
    language: Language = "nl"


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    value: float | None
    tone: Tone = "series-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars(Frame):
    """One horizontal bar per label, in the order given; `unit` stands behind each value."""

    bars: tuple[Bar, ...]
    unit: str = ""
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    tone: Tone
    count: int
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StackedBar(Frame):
    """One horizontal bar of counts per state; a part without a label takes its state's word."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StackedColumns(Frame):
    """Counts per state over time, one column per moment, the oldest first."""

    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Series:
    label: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines(Frame):
    """Up to four series over the same labels; the axis starts at zero."""

    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    decimals: int = 0

    def __post_init__(self) -> None:
        if len(self.series) > 4:
            raise ValueError("at most four lines can be told apart in one chart")
        if any(len(line.values) != len(self.labels) for line in self.series):
            raise ValueError("each series needs one value per label")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap(Frame):
    """A grid of numbers; `levels` (0 light to 4 dark) colours by place instead of by value."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[int | None, ...], ...]
    row_title: str = ""
    column_title: str = ""
    levels: tuple[tuple[int, ...], ...] | None = None

    def __post_init__(self) -> None:
        grids: list[tuple[tuple[object, ...], ...]] = [self.values]
        if self.levels is not None:
            grids.append(self.levels)
        if any([len(row) for row in grid] != self._shape() for grid in grids):
            raise ValueError("each row of a heat map needs one value per column")

    def _shape(self) -> list[int]:
        return [len(self.columns)] * len(self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sparkline(Frame):
    """A small line without axes, the oldest value first."""

    values: tuple[float | None, ...]


Chart = Bars | StackedBar | StackedColumns | Lines | HeatMap | Sparkline
