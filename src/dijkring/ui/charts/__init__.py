# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Charts as SVG: six kinds, for a page (classes) or a document (colours), each with its table."""

from dijkring.ui.charts.drawing import WIDTH, Mode, legend, size, svg, swatch
from dijkring.ui.charts.kinds import (
    Bar,
    Bars,
    Chart,
    Column,
    HeatMap,
    Lines,
    Part,
    Series,
    Sparkline,
    StackedBar,
    StackedColumns,
)
from dijkring.ui.charts.table import data_table
from dijkring.ui.charts.tones import PAINT, STATES, Tone, tone_class, tone_word

__all__ = [
    "PAINT",
    "STATES",
    "WIDTH",
    "Bar",
    "Bars",
    "Chart",
    "Column",
    "HeatMap",
    "Lines",
    "Mode",
    "Part",
    "Series",
    "Sparkline",
    "StackedBar",
    "StackedColumns",
    "Tone",
    "data_table",
    "legend",
    "size",
    "svg",
    "swatch",
    "tone_class",
    "tone_word",
]
