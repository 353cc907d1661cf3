# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Dates, times and people in the language of the page."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.ui import dutch, tongue

NOTHING = "—"
SOON = timedelta(days=7)


def language() -> dutch.Language:
    """Return the language of this page: English where it is chosen, Dutch otherwise."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"


def date_words(day: date | None) -> str:
    """Write a date in words; a dash for none. A datetime counts by its day in Amsterdam."""
    return NOTHING if day is None else dutch.date_words(day, language())


def time_words(moment: datetime | None) -> str:
    """Write a time in words, on the clock of Europe/Amsterdam; a dash for none."""
    return NOTHING if moment is None else dutch.time_words(moment, language())


def moment_words(moment: datetime | None) -> str:
    """Write a date and time in words, on the clock of Europe/Amsterdam; a dash for none."""
    return NOTHING if moment is None else dutch.moment_words(moment, language())


def time_tag(moment: date | None) -> SafeString | str:
    """Draw a `time` element: a datetime with its time, a date without; a dash for none."""
    return NOTHING if moment is None else _time_tag(moment, moment.isoformat(), language())


@lru_cache(maxsize=4096)
def _time_tag(moment: date, written: str, language: dutch.Language) -> SafeString:
    # A list names the same few dates in many rows. Written differ what are equal to Python: the
    # two times that are half past two when the clocks go back.
    if isinstance(moment, datetime):
        words = dutch.moment_words(moment, language)
    else:
        words = dutch.date_words(moment, language)
    return format_html('<time datetime="{}">{}</time>', written, words)


def days_left(day: date) -> int:
    """Count the days from today in Amsterdam to a day; negative when it has passed."""
    return (day - clock.today()).days


def deadline_words(due: date) -> str:
    """Write what is left until a deadline: a date in whole days, a datetime to the minute."""
    if isinstance(due, datetime):
        return dutch.remaining_words(due - clock.now(), language())
    days = days_left(due)
    near = {-1: _("1 day late"), 0: _("today"), 1: _("tomorrow")}
    return near.get(days) or dutch.remaining_words(timedelta(days=days), language())


def deadline_tone(due: date) -> str:
    """Return `late`, `soon` (within a week) or nothing, the class of a deadline."""
    if isinstance(due, datetime):
        left = due - clock.now()
        return "late" if left < timedelta(0) else "soon" if left <= SOON else ""
    days = days_left(due)
    return "late" if days < 0 else "soon" if days <= SOON.days else ""


def deadline_tag(due: date | None) -> SafeString | str:
    """Draw a deadline as its date with what is left beside it; a dash for none."""
    if due is None:
        return NOTHING
    return format_html(
        '{} <span class="left {}">({})</span>',
        time_tag(due),
        deadline_tone(due),
        deadline_words(due),
    )


def person_words(person: Any) -> str:
    """Write the name of a person (a user, a name), or that there is nobody."""
    if person is None or person == "":
        return _("nobody yet")
    full_name = getattr(person, "get_full_name", None)
    return (full_name() if callable(full_name) else "") or str(person)


def share_words(count: int, total: int) -> str:
    """Write a share with its counts; a share never stands without them."""
    return dutch.share_words(count, total, language())


def percent_words(count: int, total: int) -> str:
    """Write how far work is in whole percents; nothing when the total is not known yet."""
    return dutch.percent_words(count / total, 0, language()) if total else ""


def quantity_words(value: float | Decimal | None) -> str:
    """Write how much or how many with its thousands apart, in its own decimals; a dash for none."""
    if value is None:
        return NOTHING
    exact = Decimal(str(value))
    return dutch.number_words(exact, max(0, -int(exact.as_tuple().exponent)), language())


def shown(value: Any) -> Any:
    """Make any value fit for a page: dates, yes/no and amounts in words, a dash for nothing.

    A whole number stays as it is: it may be a year or a port.
    """
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return time_tag(value)
    if isinstance(value, Decimal):
        return quantity_words(value)
    return str(value) if isinstance(value, Promise) else value


def said(value: Any) -> Any:
    """Mark a stored text that is Dutch, on a page that is not; leaves markup of ours as it is."""
    if type(value) is not str or language() == "nl" or not tongue.looks_dutch(value):
        return value
    return format_html('<span lang="nl">{}</span>', value)


def language_of(value: Any) -> SafeString:
    """Return the `lang` attribute of a stored text in a block of its own, or nothing."""
    dutch_here = language() != "nl" and tongue.looks_dutch(str(value))
    return mark_safe(' lang="nl"' if dutch_here else "")  # noqa: S308 -- both are ours
