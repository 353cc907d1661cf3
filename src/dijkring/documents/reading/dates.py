# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Dates as people in the Netherlands write them; a month or quarter is a stretch of days."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
_MONTHS = {
    "jan": 1, "feb": 2, "mrt": 3, "maa": 3, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ]\d{2}:\d{2}.*)?")
_NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|'?\d{2})(?: \d{1,2}:\d{2}.*)?")
_WORDS = re.compile(r"(?:[a-z]+\.?,? )?(\d{1,2})[ -]([a-z]+)\.?[ -](\d{4}|'?\d{2})")
_MONTH = re.compile(r"([a-z]+)\.?[ -](\d{4})")
_QUARTER = re.compile(r"(?:q|kwartaal |k)([1-4])[ -/]?(\d{4})|(\d{4})[ -/]?q([1-4])")
_YEAR = re.compile(r"\d{4}")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")


class NoDate(ValueError):
    """What stands there is no date that can be read in one way."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The first and the last day that are meant."""

    first: date
    last: date


def read(text: str, zero: date) -> Stretch:
    """Read a date, month, quarter or year, in Dutch or English.

    A bare number of five digits counts days from `zero`, as spreadsheets do. Raises NoDate for
    everything else, and for days outside 1990-2100.
    """
    words = " ".join(text.strip().casefold().split())
    try:
        found = _serial(words, zero) or _day(words) or _longer(words)
    except (ValueError, OverflowError) as error:
        raise NoDate(text) from error
    if found is None or found.first < EARLIEST or found.last > LATEST:
        raise NoDate(text)
    return found


def _serial(words: str, zero: date) -> Stretch | None:
    if not _SERIAL.fullmatch(words):
        return None
    day = zero + timedelta(days=int(float(words)))
    return Stretch(day, day)


def _day(words: str) -> Stretch | None:
    if found := _ISO.fullmatch(words):
        day = date(int(found[1]), int(found[2]), int(found[3]))
    elif found := _NUMBERS.fullmatch(words):
        day = date(_year(found[3]), int(found[2]), int(found[1]))
    elif (found := _WORDS.fullmatch(words)) and found[2][:3] in _MONTHS:
        day = date(_year(found[3]), _MONTHS[found[2][:3]], int(found[1]))
    else:
        return None
    return Stretch(day, day)


def _year(digits: str) -> int:
    bare = digits.lstrip("'")
    return int(bare) if len(bare) == 4 else 2000 + int(bare)


def _longer(words: str) -> Stretch | None:
    if (found := _MONTH.fullmatch(words)) and found[1][:3] in _MONTHS:
        return _months(int(found[2]), _MONTHS[found[1][:3]], 1)
    if found := _QUARTER.fullmatch(words):
        year, quarter = int(found[2] or found[3]), int(found[1] or found[4])
        return _months(year, 3 * quarter - 2, 3)
    return _months(int(words), 1, 12) if _YEAR.fullmatch(words) else None


def _months(year: int, month: int, count: int) -> Stretch:
    last = month + count - 1
    return Stretch(date(year, month, 1), date(year, last, monthrange(year, last)[1]))
