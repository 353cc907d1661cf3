# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Public holidays and working days in the Netherlands: plain dates, no database."""

from datetime import date, timedelta
from functools import cache

DAY = timedelta(days=1)
SUNDAY = 6


def is_working_day(day: date) -> bool:
    """Tell whether a day is no Saturday, Sunday or public holiday (Termijnenwet art. 1)."""
    return day.weekday() < 5 and day not in holidays(day.year)


def working_day_from(day: date) -> date:
    """Return the day itself, or the first working day after it (Algemene termijnenwet art. 1)."""
    while not is_working_day(day):
        day += DAY
    return day


@cache
def holidays(year: int) -> frozenset[date]:
    """Return the public holidays of a year (Algemene termijnenwet art. 3), Good Friday included."""
    easter = easter_of(year)
    kings_day = date(year, 4, 27)
    if kings_day.weekday() == SUNDAY:
        kings_day -= DAY
    fixed = {date(year, month, day) for month, day in ((1, 1), (5, 5), (12, 25), (12, 26))}
    # Good Friday, Easter Monday, Ascension Day, Whit Monday.
    moving = {easter + timedelta(days=days) for days in (-2, 1, 39, 50)}
    return frozenset({*fixed, *moving, kings_day})


def easter_of(year: int) -> date:
    """Return Easter Sunday of a year, by the Gregorian reckoning of Meeus."""
    century, rest = divmod(year, 100)
    shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * (year % 19) + century - century // 4 - shift + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    correction = (year % 19 + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)
