# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The states and series of charts: word, colour and texture, so that colour never speaks alone."""

from __future__ import annotations

from typing import Literal

from dijkring.ui.dutch import Language

State = Literal[
    "met", "partly", "not_met", "show_again", "not_measured", "not_assessed", "not_applicable"
]
Tone = State | Literal["series-1", "series-2", "series-3", "series-4"]
Texture = Literal["plain", "rising", "falling", "rows", "columns", "dots", "cross"]

STATES: dict[State, dict[Language, str]] = {
    "met": {"nl": "voldaan", "en": "met"},
    "partly": {"nl": "deels voldaan", "en": "partly met"},
    "not_met": {"nl": "niet voldaan", "en": "not met"},
    "show_again": {"nl": "opnieuw aan te tonen", "en": "to be shown again"},
    "not_measured": {"nl": "niet gemeten", "en": "not measured"},
    "not_assessed": {"nl": "niet beoordeeld", "en": "not assessed"},
    "not_applicable": {"nl": "niet van toepassing", "en": "not applicable"},
}

TEXTURES: dict[Tone, Texture] = {
    "met": "plain",
    "partly": "rows",
    "not_met": "rising",
    "show_again": "columns",
    "not_measured": "dots",
    "not_assessed": "falling",
    "not_applicable": "plain",
    "series-1": "plain",
    "series-2": "rising",
    "series-3": "dots",
    "series-4": "rows",
}

FONT = "Libertinus Serif, Georgia, serif"
INK, MUTED, GRID, PAPER = "#14242f", "#4a5e6c", "#d9e1e7", "#ffffff"

# What static/ui/charts.css and tokens.css give on light paper, for files without a style sheet.
PAINT: dict[str, dict[str, str]] = {
    "chart-text": {"fill": INK, "font-family": FONT, "font-size": "13"},
    "chart-text-muted": {"fill": MUTED, "font-family": FONT, "font-size": "12"},
    "chart-text-strong": {
        "fill": INK, "font-family": FONT, "font-size": "13", "font-weight": "bold",
    },
    "chart-text-on-dark": {"fill": PAPER, "font-family": FONT, "font-size": "13"},
    "chart-grid": {"stroke": GRID, "stroke-width": "1"},
    "chart-axis": {"stroke": MUTED, "stroke-width": "1"},
    "chart-track": {"fill": "#eaeff3"},
    "chart-texture": {"stroke": PAPER, "stroke-width": "1.4", "fill": "none"},
    "chart-met": {"fill": "#2b8a57"},
    "chart-partly": {"fill": "#b87a14"},
    "chart-not-met": {"fill": "#c93a36"},
    "chart-show-again": {"fill": "#8459b8"},
    "chart-not-measured": {"fill": "#5f7485"},
    "chart-not-assessed": {"fill": "#798b98"},
    "chart-not-applicable": {"fill": PAPER, "stroke": "#82909b", "stroke-width": "1.2"},
    "chart-series-1": {"fill": "#0b5384"},
    "chart-series-2": {"fill": "#b4641b"},
    "chart-series-3": {"fill": "#3d7f72"},
    "chart-series-4": {"fill": "#7c4a8f"},
    "chart-line": {"fill": "none", "stroke-width": "2", "stroke-linejoin": "round"},
    "chart-stroke-1": {"stroke": "#0b5384"},
    "chart-stroke-2": {"stroke": "#b4641b", "stroke-dasharray": "7 3"},
    "chart-stroke-3": {"stroke": "#3d7f72", "stroke-dasharray": "2 3"},
    "chart-stroke-4": {"stroke": "#7c4a8f", "stroke-dasharray": "8 3 2 3"},
    "chart-cell": {"stroke": "#647a8a", "stroke-width": "1"},
    "chart-heat-none": {"fill": PAPER},
    "chart-heat-0": {"fill": "#eef4f8"},
    "chart-heat-1": {"fill": "#c3d9e8"},
    "chart-heat-2": {"fill": "#84b2d1"},
    "chart-heat-3": {"fill": "#2f6f9f"},
    "chart-heat-4": {"fill": "#0b3c5d"},
}  # fmt: skip


def tone_class(tone: Tone) -> str:
    """Give the CSS class of a state or series, such as chart-not-met."""
    return f"chart-{tone.replace('_', '-')}"


def tone_word(tone: Tone, language: Language = "nl") -> str:
    """Give the word of a state; a series has none of its own and gets the empty string."""
    for state, words in STATES.items():
        if state == tone:
            return words[language]
    return ""
