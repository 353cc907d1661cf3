# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Dates, times, spans and numbers in words, in Dutch and English, without Django."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from dijkring.core.clock import AMSTERDAM

Language = Literal["nl", "en"]

NO_BREAK_SPACE = "\u00a0"

MONTHS: dict[Language, tuple[str, ...]] = {
    "nl": (
        "januari", "februari", "maart", "april", "mei", "juni",
        "juli", "augustus", "september", "oktober", "november", "december",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip

# singular and plural; in Dutch an hour and a minute after a number: 'uur' stays singular
UNITS: dict[Language, dict[str, tuple[str, str]]] = {
    "nl": {"day": ("dag", "dagen"), "hour": ("uur", "uur"), "minute": ("minuut", "minuten")},
    "en": {"day": ("day", "days"), "hour": ("hour", "hours"), "minute": ("minute", "minutes")},
}

SEASONS: dict[Language, tuple[str, str]] = {
    "nl": ("wintertijd", "zomertijd"),
    "en": ("winter time", "summer time"),
}

HOURS_ONLY_BELOW = timedelta(days=2)
DAYS_ONLY_FROM = timedelta(days=7)


def local(moment: datetime) -> datetime:
    """Give the moment on the clock of Europe/Amsterdam.

    Raises ValueError for a moment without a time zone: guessing one has cost people deadlines.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(AMSTERDAM)


def date_words(day: date, language: Language = "nl") -> str:
    """Write a date as 21 november 2026; a datetime counts by its day in Europe/Amsterdam."""
    if isinstance(day, datetime):
        day = local(day).date()
    return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"


def time_words(moment: datetime, language: Language = "nl") -> str:
    """Write a time as 14.30 uur (English: 14:30), on the clock of Europe/Amsterdam.

    The hour that comes twice when summer time ends says which of the two it is.
    """
    here = local(moment)
    clock = f"{here:%H.%M} uur" if language == "nl" else f"{here:%H:%M}"
    return f"{clock} ({SEASONS[language][bool(here.dst())]})" if _comes_twice(here) else clock


def moment_words(moment: datetime, language: Language = "nl") -> str:
    """Write a date and time as 21 november 2026, 14.30 uur."""
    return f"{date_words(moment, language)}, {time_words(moment, language)}"


def remaining_words(delta: timedelta, language: Language = "nl") -> str:
    """Write what is left: nog 5 uur en 20 minuten; a negative span is late: 2 dagen te laat.

    Below two days in hours and minutes, below a week in days and hours, then in whole days.
    Rounds towards zero, so that nobody is promised a minute that is not there.
    """
    if delta < timedelta(0):
        span = span_words(-delta, language)
        return f"{span} te laat" if language == "nl" else f"{span} late"
    span = span_words(delta, language)
    return f"nog {span}" if language == "nl" else f"{span} left"


def span_words(delta: timedelta, language: Language = "nl") -> str:
    """Write the length of a span: 5 uur en 20 minuten."""
    minutes = int(delta / timedelta(minutes=1))
    if minutes < 1:
        return "minder dan een minuut" if language == "nl" else "less than a minute"
    joint = " en " if language == "nl" else " and "
    return joint.join(_counted(n, unit, language) for n, unit in _parts(delta, minutes) if n)


def number_words(value: int | float | Decimal, decimals: int = 0, language: Language = "nl") -> str:
    """Write a number as 1.234,5 (English: 1,234.5), halves rounded away from zero."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{exact:,f}"
    return text if language == "en" else text.translate(str.maketrans(",.", ".,"))


def percent_words(share: float | Decimal, decimals: int = 1, language: Language = "nl") -> str:
    """Write a share between 0 and 1 as 71,5 % (English: 71.5%), without an idle ',0'.

    A share short of the whole never reads as 100 %, nor one above nothing as 0 %.
    """
    exact = Decimal(str(share)) * 100
    step = Decimal(1).scaleb(-decimals)
    shown = exact.quantize(step, rounding=ROUND_HALF_UP)
    if shown == 100 and exact < 100:
        shown -= step
    if shown == 0 and exact > 0:
        shown += step
    places = 0 if shown == shown.to_integral_value() else decimals
    number = number_words(shown, places, language)
    return f"{number}{NO_BREAK_SPACE}%" if language == "nl" else f"{number}%"


def share_words(count: int, total: int, language: Language = "nl") -> str:
    """Write a share with its counts: 71 van 156 (45,5 %); of nothing there is no share."""
    of = "van" if language == "nl" else "of"
    counts = f"{number_words(count, 0, language)} {of} {number_words(total, 0, language)}"
    if total == 0:
        return counts
    return f"{counts} ({percent_words(Decimal(count) / Decimal(total), 1, language)})"


def _comes_twice(here: datetime) -> bool:
    return here.replace(fold=0).utcoffset() != here.replace(fold=1).utcoffset()


def _parts(delta: timedelta, minutes: int) -> list[tuple[int, str]]:
    days, hours = minutes // 1440, minutes // 60
    if delta < HOURS_ONLY_BELOW:
        return [(hours, "hour"), (minutes % 60, "minute")]
    if delta < DAYS_ONLY_FROM:
        return [(days, "day"), (hours % 24, "hour")]
    return [(days, "day")]


def _counted(number: int, unit: str, language: Language) -> str:
    return f"{number} {UNITS[language][unit][number != 1]}"
