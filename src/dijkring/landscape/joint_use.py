# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who uses what of whom, as a picture: who provides, the services, who takes; plain Python."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dijkring.ui.charts.shapes import line, number, path, rect, shortened, text, words

WIDTH, TALL, STEP, TOP = 720.0, 32.0, 42.0, 26.0
# Where the three columns begin, and how wide each is.
COLUMNS = ((0.0, 190.0), (262.0, 196.0), (530.0, 190.0))
LEGEND_STEP = 22.0
# How an edge is drawn: both work with it, or it was only shown.
STROKES = {"uses": "chart-line chart-stroke-1", "shown": "chart-line chart-stroke-3"}


@dataclass(frozen=True, slots=True)
class Use:
    """One service from who provides it to who takes it; `how` is uses or shown.

    `state` says how the service runs, in words; empty while it runs.
    """

    provider: str
    service: str
    taker: str
    how: str
    state: str = ""


def svg(
    uses: Sequence[Use], *, own: str, title: str, heads: Sequence[str], legend: Mapping[str, str]
) -> str:
    """Draw the uses for a page as one SVG with classes only; empty without uses.

    `own` is the name of the organisation that looks; `heads` stand above the three columns. Always
    show the lists of the same services beside it.
    """
    if not uses:
        return ""
    rows = _columns(uses)
    longest = max(len(column) for column in rows)
    # A short column stands in the middle of the longest one.
    tops = [TOP + STEP * (longest - len(column)) / 2 for column in rows]
    below = TOP + STEP * longest + 10
    hows = [how for how in STROKES if any(use.how == how for use in uses)]
    height = below + LEGEND_STEP * len(hows)
    troubled = {(use.provider, use.service): use.state for use in uses}
    above = zip((x for x, _wide in COLUMNS), heads, strict=True)
    markup = (
        "".join(text(x, 14, head, "chart-text-strong") for x, head in above)
        + _lines(uses, rows, tops)
        + "".join(
            _box(name, 0, tops[0] + STEP * at, name == own) for at, name in enumerate(rows[0])
        )
        + "".join(_service(of, troubled[of], tops[1] + STEP * at) for at, of in enumerate(rows[1]))
        + "".join(
            _box(name, 2, tops[2] + STEP * at, name == own) for at, name in enumerate(rows[2])
        )
        + "".join(_entry(how, legend[how], below + LEGEND_STEP * at) for at, how in enumerate(hows))
    )
    view = f'viewBox="0 0 {number(WIDTH)} {number(height)}"'
    return f'<svg class="chart" {view} role="img"><title>{words(title)}</title>{markup}</svg>'


def _columns(uses: Sequence[Use]) -> tuple[list[str], list[tuple[str, str]], list[str]]:
    """Return who stands in each column: services beside who provides them, takers by name."""
    services = sorted({(use.provider, use.service) for use in uses})
    return (
        sorted({use.provider for use in uses}),
        services,
        sorted({use.taker for use in uses}),
    )


def _lines(
    uses: Sequence[Use], rows: tuple[list[str], list[tuple[str, str]], list[str]],
    tops: Sequence[float],
) -> str:  # fmt: skip
    drawn = {
        (0, rows[0].index(use.provider), rows[1].index((use.provider, use.service)), "uses")
        for use in uses
    }
    drawn |= {
        (1, rows[1].index((use.provider, use.service)), rows[2].index(use.taker), use.how)
        for use in uses
    }
    return "".join(
        _curve(column, tops[column] + STEP * from_, tops[column + 1] + STEP * to, how)
        for column, from_, to, how in sorted(drawn)
    )


def _curve(column: int, from_: float, to: float, how: str) -> str:
    (begin_x, wide), (end_x, _width) = COLUMNS[column], COLUMNS[column + 1]
    left = begin_x + wide
    begin, end = from_ + TALL / 2, to + TALL / 2
    bend = (end_x - left) / 2
    data = (
        f"M{number(left)} {number(begin)}C{number(left + bend)} {number(begin)} "
        f"{number(end_x - bend)} {number(end)} {number(end_x)} {number(end)}"
    )
    return path(data, STROKES[how])


def _box(name: str, column: int, y: float, own: bool) -> str:
    x, wide = COLUMNS[column]
    css = "chart-text-strong" if own else "chart-text"
    shade = f"chart-cell chart-heat-{1 if own else 0}"
    return rect(x, y, wide, TALL, shade) + text(x + 8, y + 21, shortened(name, wide - 16), css)


def _service(of: tuple[str, str], state: str, y: float) -> str:
    x, wide = COLUMNS[1]
    box = rect(x, y, wide, TALL, "chart-cell chart-heat-none")
    if not state:
        return box + text(x + 8, y + 21, shortened(of[1], wide - 16))
    return (
        box
        + text(x + 8, y + 14, shortened(of[1], wide - 16))
        + text(x + 8, y + 27, shortened(state, wide - 16), "chart-text-muted")
    )


def _entry(how: str, label: str, y: float) -> str:
    return line(0, y + 8, 34, y + 8, STROKES[how]) + text(44, y + 12, label, "chart-text")
