# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""By when a change must stand in the national register of the Cbw: plain dates, no database."""

from datetime import date, timedelta

# Cbw art. 98: within a month after it came into force on 15 August 2026.
FIRST_DUE = date(2026, 9, 15)
TWO_WEEKS = timedelta(weeks=2)
DAY = timedelta(days=1)
SUNDAY = 6


def change_due(changed_on: date) -> date:
    """Return the last day to report a change: two weeks after it (Cbw art. 44).

    A term that ends on a Saturday, a Sunday or a public holiday goes on until the next day that is
    none of these (Algemene termijnenwet art. 1).
    """
    day = changed_on + TWO_WEEKS
    while day.weekday() > 4 or day in holidays(day.year):
        day += DAY
    return day


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
