# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkring.surface.engine.errors import InputError
from dijkring.surface.engine.names import parse_domain


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Dijkerveen.Example", "dijkerveen.example"),
        (" www.dijkerveen.example. ", "www.dijkerveen.example"),
        ("münchen.example", "xn--mnchen-3ya.example"),
        ("xn--mnchen-3ya.example", "xn--mnchen-3ya.example"),
        ("a-b.c3.example", "a-b.c3.example"),
    ],
)
def test_host_names_are_accepted(text: str, name: str) -> None:
    assert parse_domain(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "localhost",
        "https://dijkerveen.example",
        "dijkerveen.example/pad",
        "a@dijkerveen.example",
        "192.0.2.1",
        "2001:db8::1",
        "[2001:db8::1]",
        "1.2.3",
        "*.dijkerveen.example",
        "dijkerveen..example",
        "..",
        "../etc/passwd",
        "-a.example",
        "a-.example",
        "a_b.example",
        "a b.example",
        "a.example:443",
        "a.example\nb.example",
        "xn--a.example",
        "a" * 64 + ".example",
        ".".join(["a" * 60] * 5),
        "x" * 5000,
    ],
)
def test_the_rest_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_domain(text)
    assert "\n" not in str(refused.value)


@given(st.text(max_size=300))
def test_any_text_is_a_name_or_refused(text: str) -> None:
    try:
        name = parse_domain(text)
    except InputError:
        return
    assert parse_domain(name) == name
    assert name.isascii()
