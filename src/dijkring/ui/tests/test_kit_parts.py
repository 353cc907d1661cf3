# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template

from dijkring.ui import assets, icons, panels, states
from dijkring.ui.links import link

CSS = Path(assets.__file__).parent / "static" / "ui"


@pytest.fixture
def slot() -> Iterator[str]:
    yield "kit.slot"
    panels._slots.pop("kit.slot", None)


def test_panels_hang_in_a_slot_once_and_in_order(slot: str) -> None:
    def first(request: object, object: Any) -> list[panels.Panel]:
        return [panels.Facts(f"Van {object}", [])]

    def second(request: object, object: Any) -> list[panels.Panel]:
        return []

    for factory in (first, second, first):
        panels.extend(slot, factory)
    found = panels.for_slot(slot, SimpleNamespace(), "x")  # type: ignore[arg-type]
    assert found == [panels.Facts("Van x", [])]
    assert panels.for_slot("kit.empty", SimpleNamespace(), "x") == []  # type: ignore[arg-type]


@pytest.mark.usefixtures("kit_settings")
def test_a_long_page_has_a_menu_to_every_part_that_holds_something() -> None:
    parts = [
        panels.Part("nu", "Nu", [panels.Facts("Wie het heeft", [("Wie", "Alice")])]),
        panels.Part("leeg", "Leeg", []),
        panels.Part("dossier", "Dossier", [panels.Facts("Kosten", [("Samen", "12 euro")])]),
    ]
    drawn = str(panels.draw_parts(SimpleNamespace(), parts))  # type: ignore[arg-type]
    menu = re.findall(r'<a href="#(\w+)">', drawn)
    assert menu == ["nu", "dossier"]
    assert menu == re.findall(r'<section class="part" id="(\w+)"', drawn)
    # All of it is on the page, so paper and a browser without style show it.
    assert drawn.index("Alice") < drawn.index("12 euro")


@pytest.mark.usefixtures("kit_settings")
def test_links_stay_in_the_organisation() -> None:
    inside: Any = SimpleNamespace(organisation=SimpleNamespace(slug="dijkerveen"))
    assert link(inside, "kit:detail", 3) == "/o/dijkerveen/kit/detail/3/"
    outside: Any = SimpleNamespace(organisation=None)
    assert link(outside, "set_language") == "/language/"


def test_tags_escape_what_they_are_given() -> None:
    source = (
        "{% load ui %}{% panel t %}{{ t }}{% endpanel %}{% notice %}{{ t }}{% endnotice %}"
        "{% explain %}{{ t }}{% endexplain %}{% figure t t '#' of=t %}{% state_badge t %}"
    )
    drawn = Template(source).render(Context({"t": "<script>"}))
    assert "<script>" not in drawn
    assert drawn.count("&lt;script&gt;") == 8


def test_every_state_has_an_icon_of_the_set() -> None:
    assert {state.icon for state in states.STATES.values()} <= icons.NAMES


def test_every_style_sheet_is_there() -> None:
    if not assets.NODE_MODULES.exists():
        pytest.skip("npm has not installed the design system here")
    finder = assets.NpmFinder()
    assert finder.check() == []
    own = [name for name in assets.STYLESHEETS if name.startswith("ui/")]
    assert all(finders.find(name) for name in own)
    assert all(finder.find(name) for name in assets.STYLESHEETS if name not in own)
    listed = dict(finder.list(None))
    assert all(storage.open(name).read(1) for name, storage in listed.items())
    assert finder.find("../package.json") == []


def test_icons_that_templates_name_exist() -> None:
    folder = Path(assets.__file__).parent / "templates"
    named = {
        name
        for path in folder.rglob("*.html")
        for name in re.findall(r'{% icon "([\w-]+)" %}', path.read_text())
    }
    assert named
    assert named <= icons.NAMES


def luminance(colour: str) -> float:
    """Return the relative luminance of a #rrggbb colour (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def palettes() -> dict[str, dict[str, str]]:
    """Return the colours for light and for dark devices."""
    light, dark = (CSS / "tokens.css").read_text().split("@media screen")
    found = [
        dict(re.findall(r"--dijkring-([\w-]+): (#[0-9a-f]{6})", text)) for text in (light, dark)
    ]
    return {"light": found[0], "dark": found[0] | found[1]}


SIGNALS = ("met", "partly", "not-met", "show-again", "unknown")
TEXT = [
    *((name, "paper") for name in ("ink", "ink-soft", "water", "water-deep", *SIGNALS)),
    *((name, "mist") for name in ("ink", "ink-soft", "water", "not-met", "partly")),
    *((name, f"{name}-mist") for name in SIGNALS),
    ("paper", "water"),
    ("paper", "not-met"),
    ("ink", "water-mist"),
    ("frame-text", "frame-deep"),
    ("frame-text", "frame"),
    ("frame-muted", "frame"),
]


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_can_be_read(mode: str, front: str, back: str) -> None:
    palette = palettes()[mode]
    assert contrast(palette[front], palette[back]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_charts_borders_and_focus_can_be_seen(mode: str) -> None:
    palette = palettes()[mode]
    drawn = [name for name in palette if name.startswith("chart-")]
    assert len(drawn) == 11
    for name in [*drawn, "line-strong", "focus"]:
        assert contrast(palette[name], palette["paper"]) >= 3, name
    assert contrast(palette["frame-focus"], palette["frame"]) >= 3
