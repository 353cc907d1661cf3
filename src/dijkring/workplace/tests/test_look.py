# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Colours, contrast, style sheet and logo: plain computing, without a database."""

import re
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dijkring
from dijkring.workplace.look import png, sheet, tokens
from dijkring.workplace.look.contrast import is_colour, luminance, ratio
from dijkring.workplace.tests.objects import chunk, picture

STATIC = Path(dijkring.__file__).parent / "ui" / "static" / "ui"
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
NAME = r"var\(--dijkring-([\w-]+)\)"


def css(*names: str) -> str:
    return "\n".join((STATIC / name).read_text(encoding="utf-8") for name in names)


def declared(text: str) -> dict[str, str]:
    return dict(re.findall(r"--dijkring-([\w-]+): (#[0-9a-f]{6});", text))


# --- contrast -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),  # the well-known grey that just fails
        ("#767676", "#ffffff", 4.54),  # and the one that just passes
        ("#ff0000", "#ffffff", 4.00),
    ],
)
def test_ratio_is_that_of_wcag(one: str, other: str, expected: float) -> None:
    assert ratio(one, other) == pytest.approx(expected, abs=0.005)


@given(COLOURS, COLOURS)
def test_ratio_is_the_same_both_ways_and_within_its_bounds(one: str, other: str) -> None:
    assert ratio(one, other) == ratio(other, one)
    assert 1 <= ratio(one, other) <= 21
    assert 0 <= luminance(one) <= 1


@pytest.mark.parametrize(
    "text", ["red", "#fff", "#12345g", "#123456;", "", "#1234567", "url(#123456)"]
)
def test_only_six_digits_are_a_colour(text: str) -> None:
    assert not is_colour(text)


# --- tokens and the style sheets of the kit -----------------------------------------------------


def test_neutral_look_is_that_of_the_kit() -> None:
    light, _media, dark = css("tokens.css").partition("@media")
    assert declared(light) == {**tokens.LIGHT, **tokens.FIXED_LIGHT}
    assert {**declared(light), **declared(dark)} == {**tokens.DARK, **tokens.FIXED_DARK}


def test_neutral_look_can_be_read() -> None:
    assert sheet.too_faint({}, {}) == []


def test_every_pair_of_the_style_sheets_is_checked() -> None:
    """Where one rule sets ink and ground, the two meet; every ink and ground is known."""
    pairs = {(one, other) for one, other, _least in tokens.PAIRS}
    known = {*tokens.LIGHT, *tokens.FIXED_LIGHT}
    for body in re.findall(r"\{([^{}]*)\}", css("dijkring.css", "charts.css")):
        inks = re.findall(rf"(?<![\w-])(?:color|fill): {NAME}", body)
        grounds = re.findall(rf"background: {NAME}", body)
        assert {(ink, ground) for ink in inks for ground in grounds if ink in known} <= pairs
        inks = [ink for ink in inks if not re.match("heat|line|.*-mist", ink)]
        assert set(inks) <= {one for pair in pairs for one in pair}
        assert set(grounds) <= {ground for _ink, ground in pairs}


def test_every_token_has_words() -> None:
    assert tokens.LABELS.keys() == tokens.LIGHT.keys() == tokens.DARK.keys()
    shown = {name for one, other, _least in tokens.PAIRS for name in (one, other)}
    assert shown <= tokens.LABELS.keys() | tokens.FIXED_LABELS.keys()


# --- the style sheet of an organisation ---------------------------------------------------------


def test_sheet_holds_only_what_differs() -> None:
    text = sheet.style_sheet({"frame": "#5D0B3C", "ink": tokens.LIGHT["ink"]}, {}, "")
    assert "--dijkring-frame: #5d0b3c;" in text
    assert "--dijkring-ink" not in text


def test_light_colour_does_not_pass_into_the_dark() -> None:
    dark = sheet.style_sheet({"paper": "#fffff0"}, {}, "").partition("@media")[2]
    assert f"--dijkring-paper: {tokens.DARK['paper']};" in dark


@pytest.mark.parametrize(
    "colours",
    [
        {"frame": "red;} body { display: none"},
        {"frame": "#5d0b3c;}"},
        {"unknown": "#5d0b3c"},
        {"met": "#ff0000"},
        {"frame": "expression(alert(1))"},
        {"} * {": "#000000"},
    ],
)
def test_what_is_no_colour_of_ours_never_reaches_the_sheet(colours: dict[str, str]) -> None:
    assert sheet.style_sheet(colours, colours, "}") == sheet.style_sheet({}, {}, "")


@given(st.dictionaries(st.sampled_from(list(tokens.LIGHT)), st.text(max_size=30)))
def test_any_text_leaves_the_sheet_whole(colours: dict[str, str]) -> None:
    text = sheet.style_sheet(colours, colours, "")
    assert text.count("{") == text.count("}") == 3
    assert re.fullmatch(r"[\w\s.@():;{}#-]*", text)


def test_faint_pairs_are_found_in_both_modes() -> None:
    faint = sheet.too_faint({"ink": "#999999"}, {"ink": "#444444"})
    assert {one.mode for one in faint} == {"light", "dark"}
    assert ("ink", "paper") in {(one.foreground, one.background) for one in faint}


def test_stamp_changes_with_the_look() -> None:
    looks: list[tuple[dict[str, str], dict[str, str], str, str]] = [
        ({}, {}, "", ""),
        ({"frame": "#5d0b3c"}, {}, "", ""),
        ({}, {}, "arial", ""),
        ({}, {}, "", "x"),
    ]
    assert len({sheet.stamp(*look) for look in looks}) == len(looks)


# --- the logo -----------------------------------------------------------------------------------


def code_of(content: bytes) -> str:
    with pytest.raises(png.BadPicture) as found:
        png.clean(content)
    return found.value.code


def test_picture_passes_without_its_words() -> None:
    words = chunk(b"tEXt", b"Comment\0waar en door wie") + chunk(b"eXIf", b"52.09 N")
    found = png.clean(picture(40, 20, words))
    assert (found.width, found.height) == (40, 20)
    assert found.content == picture(40, 20)


def test_what_follows_the_end_does_not_pass() -> None:
    assert png.clean(picture() + b"<script>alert(1)</script>").content == picture()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "no_png"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "no_png"),
        (b"GIF89a" + b"\0" * 40, "no_png"),
        (picture()[:-4], "broken"),
        (picture().replace(b"IDAT", b"IDAX"), "broken"),
        (picture(8, 8), "size"),
        (picture(2000, 20), "size"),
        (picture(interlaced=1), "interlaced"),
        (picture() + b"\0" * png.LARGEST_FILE, "too_large"),
        (picture(40, 20, chunk(b"IHDR", b"\0" * 13)), "broken"),
        (png.SIGNATURE + chunk(b"IEND", b""), "broken"),
    ],
)
def test_other_files_are_refused(content: bytes, code: str) -> None:
    assert code_of(content) == code


def test_picture_that_grows_without_end_is_refused_early() -> None:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 40, 20, 8, 2, 0, 0, 0))
    bomb = chunk(b"IDAT", zlib.compress(b"\0" * 50_000_000, 9))
    assert code_of(png.SIGNATURE + header + bomb + chunk(b"IEND", b"")) == "broken"


@given(st.binary(max_size=300))
def test_any_bytes_are_a_picture_or_refused(content: bytes) -> None:
    for found in (content, png.SIGNATURE + content):
        with pytest.raises(png.BadPicture):
            png.clean(found)
