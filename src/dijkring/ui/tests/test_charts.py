# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
import re
from importlib.resources import files
from itertools import pairwise
from typing import get_args
from xml.etree import ElementTree as ET

import pytest

from dijkring.ui.charts import (
    PAINT,
    STATES,
    Bar,
    Bars,
    Chart,
    Column,
    HeatMap,
    Lines,
    Mode,
    Part,
    Series,
    Sparkline,
    StackedBar,
    StackedColumns,
    data_table,
    legend,
    svg,
    swatch,
)
from dijkring.ui.charts.shapes import shortened
from dijkring.ui.charts.tones import TEXTURES

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '</text><script>alert(1)</script> class="chart-met" & \'\x00\x1b\ud800'
STYLES = files("dijkring.ui") / "static/ui"

CHARTS: list[Chart] = [
    Bars(title="Acties", bars=(Bar("Beleid", 3), Bar("Techniek", None), Bar("Mens", 0))),
    StackedBar(
        title="Stand",
        description="Zeven standen",
        parts=tuple(Part(state, 3 + at) for at, state in enumerate(STATES)),
    ),
    StackedColumns(
        title="Verloop",
        columns=tuple(
            Column(f"maand {at}", (Part("met", at), Part("not_met", 12 - at))) for at in range(12)
        ),
    ),
    Lines(
        title="Lijnen",
        labels=("ma", "di", "wo", "do"),
        series=(Series("wij", (1, None, 3, 4)), Series("regio", (0.5, 0.25, 0.75, 1))),
    ),
    HeatMap(
        title="Risico",
        rows=("klein", "groot"),
        columns=("licht", "zwaar"),
        values=((0, 3), (None, 8)),
    ),
    Sparkline(title="Trend", values=(1, 2, None, 4)),
    StackedBar(title="Leeg", parts=()),
    Lines(title="Leeg", labels=(), series=()),
    Sparkline(title="Leeg", values=()),
]


def drawn(chart: Chart, mode: Mode) -> ET.Element:
    return ET.fromstring(svg(chart, mode=mode))  # noqa: S314  our own file


def paint_of(css: str, key: str = "fill") -> str:
    return PAINT[css][key]


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: type(chart).__name__)
def test_a_page_chart_has_classes_and_nothing_that_colours(chart: Chart) -> None:
    for element in drawn(chart, "page").iter():
        assert not {"style", "fill", "stroke", "font-size", "id"} & set(element.attrib)
        assert set(element.attrib.get("class", "").split()) <= {*PAINT, "chart", "chart-narrow"}


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: type(chart).__name__)
def test_a_document_chart_has_colours_and_no_classes(chart: Chart) -> None:
    root = drawn(chart, "document")
    assert root.tag == f"{SVG}svg"
    assert not any("class" in element.attrib for element in root.iter())
    assert float(root.attrib["width"]) > 0


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: type(chart).__name__)
def test_every_chart_is_an_image_with_a_name(chart: Chart) -> None:
    root = drawn(chart, "page")
    assert root.attrib["role"] == "img"
    assert root[0].tag == "title"
    assert root[0].text == chart.title


def test_the_description_goes_along() -> None:
    assert "<desc>Zeven standen</desc>" in svg(CHARTS[1], mode="page")


def test_nothing_is_drawn_outside_the_view() -> None:
    for chart in CHARTS:
        root = drawn(chart, "page")
        _, _, wide, tall = map(float, root.attrib["viewBox"].split())
        for box in root.iter("rect"):
            x, y, w, h = (float(box.attrib[key]) for key in ("x", "y", "width", "height"))
            assert 0 <= x <= x + w <= wide + 0.1
            assert 0 <= y <= y + h <= tall + 0.1
        # What hangs below its line, as a g does, needs room too.
        assert all(float(words.attrib["y"]) + 3 <= tall for words in root.iter("text"))


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: type(chart).__name__)
def test_the_legend_is_text_on_a_page_and_part_of_the_picture_in_a_document(chart: Chart) -> None:
    written = legend(chart)
    root = ET.fromstring(written or "<ul/>")  # noqa: S314
    named = ["".join(item.itertext()).strip() for item in root]
    on_page, in_document = ("".join(drawn(chart, mode).itertext()) for mode in get_args(Mode))
    assert not any(label in on_page for label in named)
    assert all(shortened(label, 500) in in_document for label in named)


def test_a_legend_of_hostile_words_stays_text() -> None:
    parts = (Part("met", 1, HOSTILE), Part("not_met", 2))
    root = ET.fromstring(legend(StackedBar(title="x", parts=parts)))  # noqa: S314
    assert [item.tag for item in root] == ["li", "li"]
    assert "<script>" in "".join(root.itertext())


def test_segments_share_the_bar_by_their_counts() -> None:
    chart = StackedBar(title="Stand", parts=(Part("met", 30), Part("not_met", 10)))
    bars = [r for r in drawn(chart, "page").iter("rect") if r.attrib["height"] == "26"]
    met, not_met = (float(bar.attrib["width"]) for bar in bars)
    assert met / not_met == pytest.approx(3, abs=0.01)


def test_a_state_that_occurs_is_seen_however_small() -> None:
    chart = StackedBar(title="Stand", parts=(Part("met", 100_000), Part("not_met", 1)))
    bars = [r for r in drawn(chart, "page").iter("rect") if r.attrib["height"] == "26"]
    assert float(bars[1].attrib["width"]) > 3


def test_an_unknown_value_is_a_gap_in_the_line() -> None:
    chart = Lines(title="x", labels=tuple("abcd"), series=(Series("s", (1, 2, None, 3)),))
    line = next(p for p in drawn(chart, "page").iter("path") if "chart-line" in p.attrib["class"])
    assert line.attrib["d"].count("M") == 2


def test_an_unknown_value_is_a_word_in_the_table() -> None:
    header, rows = data_table(CHARTS[0])
    assert header == ("Onderdeel", "Waarde")
    assert rows == [("Beleid", "3"), ("Techniek", "niet gemeten"), ("Mens", "0")]


def test_the_table_of_states_gives_counts_and_shares() -> None:
    chart = StackedBar(
        title="x", language="en", parts=(Part("met", 3), Part("not_met", 1, "failed"))
    )
    assert data_table(chart) == (
        ("State", "Number", "Share"),
        [("met", "3", "75%"), ("failed", "1", "25%")],
    )


def test_the_table_of_columns_has_one_row_per_moment() -> None:
    header, rows = data_table(CHARTS[2])
    assert header == ("Moment", "voldaan", "niet voldaan")
    assert rows[3] == ("maand 3", "3", "9")


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: type(chart).__name__)
def test_every_row_of_a_table_fills_its_header(chart: Chart) -> None:
    header, rows = data_table(chart)
    assert all(len(row) == len(header) for row in rows)


def test_hostile_labels_stay_text() -> None:
    chart = Bars(title=HOSTILE, description=HOSTILE, bars=(Bar(HOSTILE, 1),), unit=HOSTILE)
    for mode in ("page", "document"):
        root = ET.fromstring(svg(chart, mode=mode))  # noqa: S314
        assert not any(element.tag.endswith("script") for element in root.iter())
        assert "<script>" in "".join(root.itertext())


def test_more_than_four_lines_are_refused() -> None:
    with pytest.raises(ValueError, match="four"):
        Lines(title="x", labels=("a",), series=(Series("s", (1,)),) * 5)


def test_a_ragged_heat_map_is_refused() -> None:
    with pytest.raises(ValueError, match="column"):
        HeatMap(title="x", rows=("a",), columns=("b", "c"), values=((1,),))


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_graphics_stand_out_from_paper() -> None:
    for css, paint in PAINT.items():
        if css.startswith(("chart-series", "chart-stroke")) or css == "chart-cell":
            assert contrast(paint.get("fill", paint.get("stroke", "")), "#ffffff") >= 3, css
    for state in STATES:
        paint = PAINT[f"chart-{state.replace('_', '-')}"]
        assert contrast(paint.get("stroke", paint["fill"]), "#ffffff") >= 3, state


def test_text_stands_out_from_what_is_behind_it() -> None:
    for css in ("chart-text", "chart-text-muted", "chart-text-strong"):
        assert contrast(paint_of(css), "#ffffff") >= 4.5
    for level in range(5):
        css = "chart-text-on-dark" if level >= 3 else "chart-text"
        assert contrast(paint_of(css), paint_of(f"chart-heat-{level}")) >= 4.5


def test_no_two_states_share_colour_and_texture() -> None:
    looks = {(TEXTURES[s], swatch(s, mode="document")) for s in STATES}
    assert len(looks) == len(STATES)
    solid = [s for s in STATES if TEXTURES[s] == "plain"]
    assert solid == ["met", "not_applicable"]  # one filled, the other an outline


def test_the_style_sheet_knows_every_class_and_gives_the_same_colours() -> None:
    sheet = (STYLES / "charts.css").read_text("utf-8")
    tokens = (STYLES / "tokens.css").read_text("utf-8").split("@media")[0]
    values = dict(re.findall(r"(--[\w-]+):\s*(#[0-9a-f]{6})", tokens))
    for css, paint in PAINT.items():
        rule = re.search(rf"\.{css} {{([^}}]*)}}", sheet)
        assert rule, css
        for key in {"fill", "stroke"} & set(paint):
            token = re.search(rf"(?<![\w-]){key}: (?:var\(([\w-]+)\)|(none))", rule[1])
            assert token, css
            assert values.get(token[1], "none") == paint[key], css


def test_lines_of_a_texture_stay_inside_their_rectangle() -> None:
    chart = StackedBar(title="x", parts=tuple(Part(s, n) for n, s in enumerate(STATES, start=1)))
    for box, texture in pairwise(drawn(chart, "page").iter()):
        if texture.attrib.get("class") != "chart-texture" or "width" not in box.attrib:
            continue
        left, top = float(box.attrib["x"]), float(box.attrib["y"])
        right, low = left + float(box.attrib["width"]), top + float(box.attrib["height"])
        for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", texture.attrib["d"]):
            assert left - 0.02 <= float(x) <= right + 0.02
            assert top - 0.02 <= float(y) <= low + 0.02
