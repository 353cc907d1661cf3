# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Obligations as content: ours are whole, and a wrong file of house rules is refused."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dijkring.incidents.obligations import (
    MOST_BYTES,
    ContentError,
    of_regimes,
    ours,
    read,
    read_file,
)

GOOD = """obligations:
- id: house.one
  article: rule 1
  title: {nl: Een, en: One}
  anchor: aware
  hours: 4
  valid_from: 2026-01-01
"""


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def test_ours_are_whole() -> None:
    assert [one.id for one in of_regimes(ours(), ["cbw", "avg"], date(2026, 9, 1))] == [
        "cbw.early_warning",
        "cbw.notification",
        "cbw.interim_report",
        "cbw.final_report",
        "cbw.progress_report",
        "avg.authority",
        "avg.subjects",
    ]
    assert all(one.link and one.content["nl"] and one.content["en"] for one in ours())


def test_a_law_does_not_hold_before_its_day() -> None:
    assert of_regimes(ours(), ["cbw"], date(2026, 8, 14)) == []
    assert len(of_regimes(ours(), ["cbw"], date(2026, 8, 15))) == 5


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no list"),
        ("obligations: []", "no list"),
        ("[1, 2", "is not YAML"),
        ("a: &a [*a]", "refers to itself"),
        (changed("hours: 4", "hours: -4"), "house.one: hours is a whole number from 1"),
        (changed("hours: 4", "hours: 99999"), "hours is a whole number"),
        (changed("hours: 4", "hours: yes"), "hours is a whole number"),
        (changed("hours: 4", "hours: 4\n  months: 1"), "more than one term"),
        (changed("  hours: 4\n", ""), "has no term"),
        (changed("anchor: aware", "anchor: lunch"), "anchor is"),
        (changed("anchor: aware", "anchor: submitted house.one"), "counts from itself"),
        (changed("2026-01-01", "soon"), "'valid_from' is not a date"),
        (changed("{nl: Een, en: One}", "Een"), "'title' lacks nl and en"),
        (changed("article: rule 1", "artikel: 1"), "does not know 'artikel'"),
        (changed("house.one", "one"), "regime.name"),
        (changed("- id: house.one\n  article", "- article"), "has no id"),
    ],
)
def test_what_is_wrong_is_named(text: str, words: str) -> None:
    with pytest.raises(ContentError) as error:
        read(text, "rules.yaml")
    assert words in error.value.english
    assert error.value.dutch.startswith("rules.yaml")


def test_a_file_that_is_too_large_or_no_text(tmp_path: Path) -> None:
    for content in (b"#" * (MOST_BYTES + 1), b"\xff\xfe\x00"):
        (tmp_path / "rules.yaml").write_bytes(content)
        with pytest.raises(ContentError):
            read_file(tmp_path / "rules.yaml")


def test_one_id_may_change_in_time_but_not_hold_twice() -> None:
    later = changed("hours: 4", "hours: 8").replace("2026-01-01", "2026-06-01")
    both = GOOD + later.removeprefix("obligations:\n")
    with pytest.raises(ContentError):
        of_regimes(read(both, "x"), ["house"], date(2026, 7, 1))
    first = "valid_from: 2026-01-01"
    rules = read(both.replace(first, first + "\n  valid_until: 2026-05-31"), "x")
    held = [of_regimes(rules, ["house"], date(2026, month, 1)) for month in (5, 6)]
    assert [[one.duration and one.duration.number for one in rows] for rows in held] == [[4], [8]]


@settings(max_examples=60)
@given(st.text(max_size=200))
@example("obligations:\n- id: a.b\n  term: 1")
@example("2026-99-99")
def test_only_the_declared_error_is_raised(text: str) -> None:
    try:
        read(text, "x")
    except ContentError as error:
        told = error.dutch and error.english
        assert told
