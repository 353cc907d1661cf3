# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The figures of a chart as a table, for whoever cannot or will not read the drawing."""

from __future__ import annotations

from functools import singledispatch

from dijkring.ui.charts.kinds import (
    Bars,
    Chart,
    HeatMap,
    Lines,
    Part,
    Sparkline,
    StackedBar,
    StackedColumns,
)
from dijkring.ui.charts.tones import tone_word
from dijkring.ui.dutch import Language, number_words, percent_words

Rows = list[tuple[str, ...]]

HEADS: dict[Language, dict[str, str]] = {
    "nl": {
        "label": "Onderdeel", "value": "Waarde", "state": "Stand", "count": "Aantal",
        "share": "Aandeel", "moment": "Moment", "place": "Meting", "unknown": "niet gemeten",
    },
    "en": {
        "label": "Item", "value": "Value", "state": "State", "count": "Number",
        "share": "Share", "moment": "Moment", "place": "Measurement", "unknown": "not measured",
    },
}  # fmt: skip


@singledispatch
def data_table(chart: Chart) -> tuple[tuple[str, ...], Rows]:
    """Give header and rows in words; raises TypeError for what is no chart."""
    raise TypeError(f"not a chart: {chart!r}")


@data_table.register
def bars_table(chart: Bars) -> tuple[tuple[str, ...], Rows]:
    head = HEADS[chart.language]
    value = f"{head['value']} ({chart.unit})" if chart.unit else head["value"]
    rows = [(bar.label, _shown(bar.value, chart.decimals, chart.language)) for bar in chart.bars]
    return (head["label"], value), list(rows)


@data_table.register
def stacked_bar_table(chart: StackedBar) -> tuple[tuple[str, ...], Rows]:
    head = HEADS[chart.language]
    whole = sum(part.count for part in chart.parts)
    rows = [_part_row(part, whole, chart.language) for part in chart.parts]
    return (head["state"], head["count"], head["share"]), rows


@data_table.register
def stacked_columns_table(chart: StackedColumns) -> tuple[tuple[str, ...], Rows]:
    tones = list(dict.fromkeys(part.tone for column in chart.columns for part in column.parts))
    named = {part.tone: _part_name(part, chart.language) for c in chart.columns for part in c.parts}
    rows: Rows = []
    for column in chart.columns:
        counts = {part.tone: part.count for part in column.parts}
        figures = (number_words(counts.get(tone, 0), 0, chart.language) for tone in tones)
        rows.append((column.label, *figures))
    return (HEADS[chart.language]["moment"], *(named[tone] for tone in tones)), rows


@data_table.register
def lines_table(chart: Lines) -> tuple[tuple[str, ...], Rows]:
    unit = f" ({chart.unit})" if chart.unit else ""
    header = (HEADS[chart.language]["moment"], *(f"{s.label}{unit}" for s in chart.series))
    rows: Rows = [
        (label, *(_shown(s.values[at], chart.decimals, chart.language) for s in chart.series))
        for at, label in enumerate(chart.labels)
    ]
    return header, rows


@data_table.register
def heat_map_table(chart: HeatMap) -> tuple[tuple[str, ...], Rows]:
    corner = " / ".join(title for title in (chart.row_title, chart.column_title) if title)
    rows: Rows = [
        (name, *(_shown(value, 0, chart.language) for value in values))
        for name, values in zip(chart.rows, chart.values, strict=True)
    ]
    return (corner or HEADS[chart.language]["label"], *chart.columns), rows


@data_table.register
def sparkline_table(chart: Sparkline) -> tuple[tuple[str, ...], Rows]:
    head = HEADS[chart.language]
    rows: Rows = [
        (str(at), _shown(value, 1 if isinstance(value, float) else 0, chart.language))
        for at, value in enumerate(chart.values, start=1)
    ]
    return (head["place"], head["value"]), rows


def _shown(value: float | None, decimals: int, language: Language) -> str:
    return HEADS[language]["unknown"] if value is None else number_words(value, decimals, language)


def _part_name(part: Part, language: Language) -> str:
    return part.label or tone_word(part.tone, language)


def _part_row(part: Part, whole: int, language: Language) -> tuple[str, ...]:
    share = percent_words(part.count / whole, 1, language) if whole else "\u2013"
    return _part_name(part, language), number_words(part.count, 0, language), share
