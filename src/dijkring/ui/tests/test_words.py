# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from dijkring.core import clock
from dijkring.ui import states, words

LATE_EVENING_UTC = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)  # 2 July, half past midnight here


@pytest.mark.parametrize(
    ("due", "said", "tone"),
    [
        (date(2026, 7, 1), "1 dag te laat", "late"),
        (date(2026, 7, 2), "vandaag", "soon"),
        (date(2026, 7, 3), "morgen", "soon"),
        (date(2026, 7, 10), "nog 8 dagen", ""),
        (datetime(2026, 7, 2, 3, 50, tzinfo=UTC), "nog 5 uur en 20 minuten", "soon"),
    ],
)
def test_deadline_counts_days_as_people_here_do(due: date, said: str, tone: str) -> None:
    with clock.moved_to(LATE_EVENING_UTC), translation.override("nl"):
        assert words.deadline_words(due) == said
        assert words.deadline_tone(due) == tone


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=clock.AMSTERDAM)
    with translation.override("nl"):
        summer, winter = str(words.time_tag(first)), str(words.time_tag(first.replace(fold=1)))
    assert "+02:00" in summer
    assert "+01:00" in winter
    assert summer.partition(">")[2] != winter.partition(">")[2]


def test_words_follow_the_language_of_the_page() -> None:
    with translation.override("en"):
        assert words.date_words(date(2026, 11, 21)) == "21 November 2026"
    with translation.override("nl"):
        assert words.date_words(date(2026, 11, 21)) == "21 november 2026"
        assert words.shown(True) == "ja"


def test_a_share_stands_with_its_counts() -> None:
    with translation.override("nl"):
        assert words.share_words(71, 142) == "71 van 142 (50\xa0%)"


@pytest.mark.parametrize(
    ("value", "dutch", "english"),
    [
        (26_062, "26.062", "26,062"),
        (Decimal("76000.00"), "76.000,00", "76,000.00"),
        (Decimal("-1234.5"), "-1.234,5", "-1,234.5"),
        (Decimal("1E+3"), "1.000", "1,000"),
        (0, "0", "0"),
        (1.5, "1,5", "1.5"),
        (None, "—", "—"),
    ],
)
def test_an_amount_stands_with_its_thousands_apart(value: Any, dutch: str, english: str) -> None:
    with translation.override("nl"):
        assert words.quantity_words(value) == dutch
    with translation.override("en"):
        assert words.quantity_words(value) == english


def test_a_sum_is_an_amount_and_a_year_is_not() -> None:
    with translation.override("nl"):
        assert words.shown(Decimal("1500.00")) == "1.500,00"
        assert words.shown(2026) == 2026


def test_nothing_is_a_dash_and_nobody_is_said() -> None:
    with translation.override("nl"):
        assert words.shown("") == "—"
        assert words.person_words(None) == "nog niemand"


@pytest.mark.parametrize("key", sorted(states.STATES))
def test_every_state_is_a_word_with_an_icon(key: str) -> None:
    with translation.override("nl"):
        badge = states.badge(key, note="2 in <herstel>")
        assert str(states.STATES[key].word) in badge
    assert '<svg class="icon"' in badge
    assert "2 in &lt;herstel&gt;" in badge


def test_an_unknown_state_is_shown_in_its_own_words() -> None:
    assert "concept" in states.badge("concept")
