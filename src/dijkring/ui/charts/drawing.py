# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Draws each kind of chart as SVG."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import singledispatch
from typing import Literal

from dijkring.ui.charts.kinds import (
    Bar,
    Bars,
    Chart,
    Column,
    HeatMap,
    Lines,
    Part,
    Sparkline,
    StackedBar,
    StackedColumns,
)
from dijkring.ui.charts.shapes import (
    line,
    marker,
    number,
    path,
    rect,
    resolved,
    shortened,
    text,
    toned,
    words,
)
from dijkring.ui.charts.tones import Tone, tone_word
from dijkring.ui.dutch import Language, number_words

Mode = Literal["page", "document"]

WIDTH = 560.0
PLOT_HEIGHT = 190.0
AXIS_WIDTH = 46.0
LEGEND_GAP, LEGEND_LINE = 4.0, 22.0
NO_DATA: dict[Language, str] = {"nl": "geen gegevens", "en": "no data"}


@dataclass(frozen=True, slots=True)
class Drawing:
    """Markup with the size of its view box; the legend, signs with their words, stands apart."""

    width: float
    height: float
    markup: str
    legend: tuple[tuple[str, str], ...] = ()

    def with_legend(self) -> Drawing:
        """Put the legend under the picture, where it cannot stand beside it as text."""
        return _flowed(self) if self.legend else self


def svg(chart: Chart, *, mode: Mode) -> str:
    """Draw the chart as one SVG element.

    Mode "page" uses only classes (static/ui/charts.css colours them, also under a strict
    content-security policy), and the legend comes from `legend`; mode "document" writes the
    colours and the size in the element, with the legend in it.
    """
    drawing = draw(chart) if mode == "page" else draw(chart).with_legend()
    view = f'viewBox="0 0 {number(drawing.width)} {number(drawing.height)}"'
    described = f"<desc>{words(chart.description)}</desc>" if chart.description else ""
    head = f"<title>{words(chart.title)}</title>{described}"
    if mode == "page":
        # A bar without words in it becomes as narrow as a phone; other charts keep to be read.
        css = "chart chart-narrow" if isinstance(chart, StackedBar) else "chart"
        return f'<svg class="{css}" {view} role="img">{head}{drawing.markup}</svg>'
    measure = f'width="{number(drawing.width)}" height="{number(drawing.height)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {measure} {view} role="img">'
        f"{head}{resolved(drawing.markup)}</svg>"
    )


def size(chart: Chart) -> tuple[float, float]:
    """Give width and height of the chart in a document, in CSS pixels."""
    drawing = draw(chart).with_legend()
    return drawing.width, drawing.height


def legend(chart: Chart) -> str:
    """Write the legend of a chart on a page: a list, which wraps on a phone; empty without one."""
    items = "".join(
        f"<li>{_beside('-5 0 24 14', sign)} {words(label)}</li>"
        for sign, label in draw(chart).legend
    )
    return f'<ul class="chart-legend">{items}</ul>' if items else ""


def swatch(tone: Tone, *, mode: Mode) -> str:
    """Draw the small sign of a state for beside its word; hidden from screen readers."""
    markup = toned(1, 1, 12, 12, tone)
    if mode == "page":
        return _beside("0 0 14 14", markup)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="14" height="14" viewBox="0 0 14 14">'
        f"{resolved(markup)}</svg>"
    )


def _beside(view: str, sign: str) -> str:
    return f'<svg class="chart-swatch" viewBox="{view}" aria-hidden="true">{sign}</svg>'


@singledispatch
def draw(chart: Chart) -> Drawing:
    """Draw the chart with classes; raises TypeError for what is no chart."""
    raise TypeError(f"not a chart: {chart!r}")


@draw.register
def draw_bars(chart: Bars) -> Drawing:
    if not chart.bars:
        return _nothing(chart.language)
    known = [bar.value for bar in chart.bars if bar.value is not None]
    longest = max([0.0, *known]) or 1.0
    rows = [_bar(chart, bar, at * 42.0, longest) for at, bar in enumerate(chart.bars)]
    return Drawing(WIDTH, len(rows) * 42.0, "".join(rows))


@draw.register
def draw_stacked_bar(chart: StackedBar) -> Drawing:
    if not any(part.count for part in chart.parts):
        return _nothing(chart.language)
    bar = _stack(chart.parts)
    entries = [(part.tone, _counted(part, chart.language)) for part in chart.parts]
    return Drawing(WIDTH, 40.0, bar, _tone_signs(entries))


@draw.register
def draw_stacked_columns(chart: StackedColumns) -> Drawing:
    highest = max((_total(column) for column in chart.columns), default=0)
    if highest == 0:
        return _nothing(chart.language)
    top = _ceiling(highest)
    room = (WIDTH - AXIS_WIDTH) / len(chart.columns)
    bodies = [
        _column(column, AXIS_WIDTH + at * room, room, top)
        for at, column in enumerate(chart.columns)
    ]
    places = [AXIS_WIDTH + (at + 0.5) * room for at in range(len(chart.columns))]
    axes = _axis(top, "", 0, chart.language) + _labels([c.label for c in chart.columns], places)
    tones = dict.fromkeys(part.tone for column in chart.columns for part in column.parts)
    named = {p.tone: p.label for column in chart.columns for p in column.parts}
    entries = [(tone, named[tone] or tone_word(tone, chart.language)) for tone in tones]
    return Drawing(WIDTH, PLOT_HEIGHT + 38, axes + "".join(bodies), _tone_signs(entries))


@draw.register
def draw_lines(chart: Lines) -> Drawing:
    known = [value for each in chart.series for value in each.values if value is not None]
    if not known:
        return _nothing(chart.language)
    top = _ceiling(max(known))
    places = _spread(len(chart.labels), AXIS_WIDTH + 8, WIDTH - 10)
    strokes = [
        _line_with_points(list(zip(places, _heights(each.values, top), strict=True)), n)
        for n, each in enumerate(chart.series)
    ]
    axes = _axis(top, chart.unit, chart.decimals, chart.language) + _labels(chart.labels, places)
    named = _line_signs([each.label for each in chart.series])
    return Drawing(WIDTH, PLOT_HEIGHT + 38, axes + "".join(strokes), named)


@draw.register
def draw_heat_map(chart: HeatMap) -> Drawing:
    left, top, tall = 150.0, 42.0, 40.0
    wide = (WIDTH - left) / max(1, len(chart.columns))
    heads = [
        text(left + (at + 0.5) * wide, top - 8, shortened(name, wide), "chart-text-muted", "middle")
        for at, name in enumerate(chart.columns)
    ]
    sides = [
        text(0, top + at * tall + 25, shortened(name, left - 8))
        for at, name in enumerate(chart.rows)
    ]
    cells = [
        _cell(chart, down, across, (left + across * wide, top + down * tall, wide, tall))
        for down in range(len(chart.rows))
        for across in range(len(chart.columns))
    ]
    titles = text(0, top - 8, shortened(chart.row_title, left - 8), "chart-text-strong") + text(
        WIDTH, 14, chart.column_title, "chart-text-strong", "end"
    )
    markup = "".join([titles, *heads, *sides, *cells])
    return Drawing(WIDTH, top + tall * len(chart.rows) + 4, markup)


@draw.register
def draw_sparkline(chart: Sparkline) -> Drawing:
    wide, tall = 120.0, 28.0
    known = [value for value in chart.values if value is not None]
    if not known:
        return Drawing(wide, tall, line(4, tall / 2, wide - 4, tall / 2, "chart-grid"))
    low, high = min(known), max(known)
    span = (high - low) or 1.0
    places = _spread(len(chart.values), 5, wide - 6)
    scale = (tall - 10) / span
    heights = [None if v is None else tall - 5 - (v - low) * scale for v in chart.values]
    points = list(zip(places, heights, strict=True))
    last = [(x, y) for x, y in points if y is not None][-1]
    return Drawing(wide, tall, _strokes(points, 0) + marker(last[0], last[1], 0))


def _nothing(language: Language) -> Drawing:
    box = rect(1, 1, WIDTH - 2, 34, "chart-track")
    return Drawing(WIDTH, 36, box + text(12, 23, NO_DATA[language], "chart-text-muted"))


def _bar(chart: Bars, bar: Bar, y: float, longest: float) -> str:
    label = text(0, y + 14, shortened(bar.label, WIDTH - 130))
    track = rect(0, y + 20, WIDTH, 12, "chart-track")
    if bar.value is None:
        unknown = tone_word("not_measured", chart.language)
        return label + text(WIDTH, y + 14, unknown, "chart-text-muted", "end") + track
    figure = _figure(bar.value, chart.unit, chart.decimals, chart.language)
    value = text(WIDTH, y + 14, figure, "chart-text-strong", "end")
    length = max(0.0, bar.value) / longest * WIDTH
    body = toned(0, y + 20, length, 12, bar.tone) if length else ""
    return label + value + track + body


def _stack(parts: Iterable[Part]) -> str:
    shown = [part for part in parts if part.count > 0]
    whole = sum(part.count for part in shown)
    room = WIDTH - 2 - 2 * (len(shown) - 1)
    # a state that occurs is seen, however small its share; the figures stand in the legend
    raw = [max(4.0, part.count / whole * room) for part in shown]
    scale = room / sum(raw)
    markup, x = "", 1.0
    for part, wide in zip(shown, raw, strict=True):
        markup += toned(x, 4, wide * scale, 26, part.tone)
        x += wide * scale + 2
    return markup


def _counted(part: Part, language: Language) -> str:
    return f"{number_words(part.count, 0, language)} {part.label or tone_word(part.tone, language)}"


def _total(column: Column) -> int:
    return sum(part.count for part in column.parts)


def _column(column: Column, x: float, room: float, top: float) -> str:
    wide = min(34.0, room * 0.7)
    markup, used = "", 0
    for part in (part for part in column.parts if part.count > 0):
        upper, lower = _height(used + part.count, top), _height(used, top)
        tall = max(1.0, lower - upper - 1)
        markup += toned(x + (room - wide) / 2, upper, wide, tall, part.tone)
        used += part.count
    return markup


def _height(value: float, top: float) -> float:
    return 12 + (1 - value / top) * PLOT_HEIGHT


def _heights(values: Iterable[float | None], top: float) -> list[float | None]:
    return [None if value is None else _height(value, top) for value in values]


def _axis(top: float, unit: str, decimals: int, language: Language) -> str:
    step = _step(top)
    markup = ""
    for at in range(round(top / step) + 1):
        y = 12 + (1 - at * step / top) * PLOT_HEIGHT
        places = max(decimals, 0 if step >= 1 else math.ceil(-math.log10(step)))
        figure = _figure(at * step, unit, places, language)
        markup += line(AXIS_WIDTH, y, WIDTH, y, "chart-axis" if at == 0 else "chart-grid")
        markup += text(AXIS_WIDTH - 8, y + 4, figure, "chart-text-muted", "end")
    return markup


def _figure(value: float, unit: str, decimals: int, language: Language) -> str:
    return f"{number_words(value, decimals, language)}\u00a0{unit}".rstrip("\u00a0")


def _step(top: float) -> float:
    rough = top / 4
    power: float = 10 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough - 1e-9)


def _ceiling(highest: float) -> float:
    if highest <= 0:
        return 1.0
    step = max(_step(highest), 1.0) if highest >= 1 else _step(highest)
    return math.ceil(highest / step - 1e-9) * step


def _labels(labels: Sequence[str], places: Sequence[float]) -> str:
    every = max(1, math.ceil(len(labels) / 7))
    last = len(labels) - 1
    # counted from the last, so that the newest moment always has its label
    shown = [at for at in range(len(labels)) if (last - at) % every == 0]
    room = (WIDTH - AXIS_WIDTH) / max(1, len(shown))
    return "".join(_label(labels[at], places[at], room, at == last) for at in shown)


def _label(label: str, x: float, room: float, last: bool) -> str:
    ends = last and x > WIDTH - 30
    y = PLOT_HEIGHT + 30
    short = shortened(label, room)
    return text(WIDTH if ends else x, y, short, "chart-text-muted", "end" if ends else "middle")


def _spread(count: int, first: float, last: float) -> list[float]:
    if count == 1:
        return [(first + last) / 2]
    return [first + at * (last - first) / (count - 1) for at in range(count)]


def _strokes(points: Iterable[tuple[float, float | None]], place: int) -> str:
    data, pen = "", "M"
    for x, y in points:
        if y is None:
            pen = "M"
            continue
        data += f"{pen}{number(x)} {number(y)}"
        pen = "L"
    return path(data, f"chart-line chart-stroke-{place + 1}") if data else ""


def _line_with_points(points: list[tuple[float, float | None]], place: int) -> str:
    known = [(x, y) for x, y in points if y is not None]
    # a crowd of points would hide the line; a lonely one would be lost without its mark
    marked = known if len(known) <= 14 else [*_lonely(points), known[-1]]
    return _strokes(points, place) + "".join(marker(x, y, place) for x, y in marked)


def _lonely(points: Sequence[tuple[float, float | None]]) -> list[tuple[float, float]]:
    """Return the points with a gap on both sides, to which no line leads; the last one apart."""
    heights = [None, *(y for _x, y in points), None]
    return [
        (x, y)
        for at, (x, y) in enumerate(points[:-1])
        if y is not None and heights[at] is None and heights[at + 2] is None
    ]


def _cell(chart: HeatMap, down: int, across: int, box: tuple[float, float, float, float]) -> str:
    x, y, wide, tall = box
    value = chart.values[down][across]
    level = _level(chart, down, across)
    shade = "none" if level is None else str(level)
    css = "chart-text-on-dark" if level is not None and level >= 3 else "chart-text"
    figure = "\u2013" if value is None else number_words(value, 0, chart.language)
    return rect(x + 1, y + 1, wide - 2, tall - 2, f"chart-cell chart-heat-{shade}") + text(
        x + wide / 2, y + tall / 2 + 5, figure, css, "middle"
    )


def _level(chart: HeatMap, down: int, across: int) -> int | None:
    if chart.levels is not None:
        return chart.levels[down][across]
    value = chart.values[down][across]
    if value is None:
        return None
    highest = max(each for row in chart.values for each in row if each is not None)
    return math.ceil(4 * value / highest) if highest > 0 else 0


def _tone_signs(entries: Sequence[tuple[Tone, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((toned(0, 0, 13, 13, tone), label) for tone, label in entries)


def _line_signs(labels: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (line(-4, 6.5, 17, 6.5, f"chart-line chart-stroke-{at + 1}") + marker(6.5, 6.5, at), label)
        for at, label in enumerate(labels)
    )


def _flowed(drawing: Drawing) -> Drawing:
    markup, x, y = drawing.markup, 4.0, drawing.height + LEGEND_GAP
    for sign, label in drawing.legend:
        wide = 26 + len(label) * 6.7 + 16
        if x > 4 and x + wide > WIDTH:
            x, y = 4.0, y + LEGEND_LINE
        label_text = text(21, 11.5, shortened(label, WIDTH - 30))
        markup += f'<g transform="translate({number(x)} {number(y)})">{sign}{label_text}</g>'
        x += wide
    return Drawing(drawing.width, y + LEGEND_LINE, markup)
