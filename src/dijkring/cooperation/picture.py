# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The chain as a picture: who has work done at the left, who does it at the right; plain Python."""

from collections.abc import Mapping, Sequence

from dijkring.cooperation.chain import KINDS, Bundle, Kind, Party, columns
from dijkring.ui.charts.shapes import line, number, path, rect, shortened, text, words

WIDTH, BOX, ROOM, TALL, STEP, TOP = 680.0, 250.0, 234.0, 34.0, 46.0, 26.0
LEGEND_STEP = 22.0
STROKES: dict[Kind, str] = {
    kind: f"chart-line chart-stroke-{at}" for at, kind in enumerate(KINDS, start=1)
}


def svg(edges: Sequence[Bundle], *, own: str, title: str, heads: tuple[str, str],
        legend: Mapping[Kind, str]) -> str:  # fmt: skip
    """Draw the chain for a page as one SVG with classes only; empty without edges.

    `own` is the key of the organisation that looks; `heads` stand above the two columns; `legend`
    gives the words of every kind. Always show the table of the same edges beside it.
    """
    if not edges:
        return ""
    takers, carriers = columns(edges, own)
    kinds = [kind for kind in KINDS if any(edge.kind == kind for edge in edges)]
    below = TOP + STEP * max(len(takers), len(carriers)) + 10
    height = below + LEGEND_STEP * len(kinds)
    markup = (
        _heads(heads)
        + _lines(edges, takers, carriers)
        + _boxes(takers, 0, own)
        + _boxes(carriers, WIDTH - BOX, own)
        + "".join(_entry(kind, legend[kind], below + LEGEND_STEP * at) for at, kind in
                  enumerate(kinds))
    )  # fmt: skip
    view = f'viewBox="0 0 {number(WIDTH)} {number(height)}"'
    return f'<svg class="chart" {view} role="img"><title>{words(title)}</title>{markup}</svg>'


def _heads(heads: tuple[str, str]) -> str:
    return text(0, 14, heads[0], "chart-text-strong") + text(
        WIDTH, 14, heads[1], "chart-text-strong", "end"
    )


def _boxes(parties: Sequence[Party], x: float, own: str) -> str:
    return "".join(
        _box(party, x, TOP + STEP * at, party.key == own) for at, party in enumerate(parties)
    )


def _box(party: Party, x: float, y: float, own: bool) -> str:
    css = "chart-text-strong" if own else "chart-text"
    shade = f"chart-cell chart-heat-{1 if own else 0}"
    return rect(x, y, BOX, TALL, shade) + text(
        x + 10, y + TALL / 2 + 5, shortened(party.name, ROOM), css
    )


def _lines(edges: Sequence[Bundle], takers: Sequence[Party], carriers: Sequence[Party]) -> str:
    return "".join(_curve(edge, takers.index(edge.taker), carriers.index(edge.carrier))
                   for edge in edges)  # fmt: skip


def _curve(edge: Bundle, from_: int, to: int) -> str:
    # Lines of different kinds between the same two run beside each other.
    shift = (KINDS.index(edge.kind) - 1.5) * 5
    begin, end = (TOP + STEP * at + TALL / 2 + shift for at in (from_, to))
    left, right, bend = BOX, WIDTH - BOX, (WIDTH - 2 * BOX) / 2
    data = (
        f"M{number(left)} {number(begin)}C{number(left + bend)} {number(begin)} "
        f"{number(right - bend)} {number(end)} {number(right)} {number(end)}"
    )
    return path(data, STROKES[edge.kind])


def _entry(kind: Kind, label: str, y: float) -> str:
    return line(0, y + 8, 34, y + 8, STROKES[kind]) + text(44, y + 12, label, "chart-text")
