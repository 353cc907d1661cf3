# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from dijkring.ui.dutch import (
    date_words,
    moment_words,
    number_words,
    percent_words,
    remaining_words,
    share_words,
    time_words,
)


def test_a_date_in_words() -> None:
    assert date_words(date(2026, 11, 21)) == "21 november 2026"
    assert date_words(date(2026, 3, 1), "en") == "1 March 2026"


def test_a_moment_counts_by_its_day_in_amsterdam() -> None:
    late = datetime(2026, 7, 31, 22, 30, tzinfo=UTC)
    assert moment_words(late) == "1 augustus 2026, 00.30 uur"
    assert moment_words(late, "en") == "1 August 2026, 00:30"


def test_winter_and_summer_time() -> None:
    assert time_words(datetime(2026, 1, 5, 13, 30, tzinfo=UTC)) == "14.30 uur"
    assert time_words(datetime(2026, 7, 5, 13, 30, tzinfo=UTC)) == "15.30 uur"


def test_the_hour_that_comes_twice_says_which_one_it_is() -> None:
    assert time_words(datetime(2026, 10, 25, 0, 30, tzinfo=UTC)) == "02.30 uur (zomertijd)"
    assert time_words(datetime(2026, 10, 25, 1, 30, tzinfo=UTC)) == "02.30 uur (wintertijd)"
    assert time_words(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "en") == "02:30 (winter time)"
    assert time_words(datetime(2026, 10, 25, 2, 0, tzinfo=UTC)) == "03.00 uur"


def test_the_hour_that_never_comes_is_not_shown() -> None:
    assert time_words(datetime(2026, 3, 29, 0, 59, tzinfo=UTC)) == "01.59 uur"
    assert time_words(datetime(2026, 3, 29, 1, 0, tzinfo=UTC)) == "03.00 uur"


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        time_words(datetime(2026, 1, 1, 12, 0))


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(hours=5, minutes=20), "nog 5 uur en 20 minuten"),
        (timedelta(hours=1, minutes=1, seconds=59), "nog 1 uur en 1 minuut"),
        (timedelta(hours=47, minutes=59), "nog 47 uur en 59 minuten"),
        (timedelta(days=2), "nog 2 dagen"),
        (timedelta(days=3, hours=4, minutes=59), "nog 3 dagen en 4 uur"),
        (timedelta(days=6, hours=23), "nog 6 dagen en 23 uur"),
        (timedelta(days=30, hours=23), "nog 30 dagen"),
        (timedelta(seconds=59), "nog minder dan een minuut"),
        (timedelta(0), "nog minder dan een minuut"),
        (-timedelta(hours=2), "2 uur te laat"),
        (-timedelta(days=10, hours=3), "10 dagen te laat"),
    ],
)
def test_what_is_left(left: timedelta, words: str) -> None:
    assert remaining_words(left) == words


def test_what_is_left_in_english() -> None:
    assert remaining_words(timedelta(hours=1, minutes=20), "en") == "1 hour and 20 minutes left"
    assert remaining_words(-timedelta(days=3), "en") == "3 days late"


def test_numbers() -> None:
    assert number_words(1234567.25, 1) == "1.234.567,3"
    assert number_words(1234.5, 1, "en") == "1,234.5"
    assert number_words(Decimal("0.125"), 2) == "0,13"
    assert number_words(-1500) == "-1.500"


def test_shares() -> None:
    assert percent_words(0.715) == "71,5\u00a0%"
    assert percent_words(0.715, language="en") == "71.5%"
    assert percent_words(0.25) == "25\u00a0%"
    assert share_words(71, 156) == "71 van 156 (45,5\u00a0%)"
    assert share_words(0, 0) == "0 van 0"


def test_nearly_all_is_not_all_and_nearly_nothing_is_not_nothing() -> None:
    assert percent_words(0.9999) == "99,9\u00a0%"
    assert percent_words(0.0001) == "0,1\u00a0%"
    assert percent_words(1) == "100\u00a0%"
    assert percent_words(0) == "0\u00a0%"
