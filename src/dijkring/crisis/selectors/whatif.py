# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What fails when, of what the incident of a crisis touches."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.crisis.models import Crisis
from dijkring.incidents.selectors import touched
from dijkring.incidents.selectors.touched import Coming, Consequences
from dijkring.ui import dutch, words

# In the picture, of each period; the incident itself shows them all.
MOST_SHOWN = 12
MOST_NAMES = 8
# The periods in which a crisis team thinks, by their end in hours from now.
ENDS = (0, 4, 24, 72)


@dataclass(frozen=True, slots=True)
class Fall:
    """What fails: its name, when, and from when on it is missed for longer than it can be."""

    name: str
    when: str
    too_long: str


@dataclass(frozen=True, slots=True)
class Period:
    """What happens in a period: its words, what fails in it, and the names of what is hindered.

    Where that is too much to read, the heaviest, and how many more there are.
    """

    words: str
    fails: Sequence[Fall]
    more_fail: int
    hindered: Sequence[str]
    more_hindered: int


def failing(crisis: Crisis) -> Consequences | None:
    """Return what fails with what is touched; None where nothing is, as far as is known."""
    if crisis.incident is None:
        return None
    return touched.consequences(crisis.organisation_id, touched.of_incident(crisis.incident))


def periods(found: Consequences, now: datetime | None = None) -> list[Period]:
    """Return what happens in each period, counted from now; what fails already comes first."""
    begin = now or clock.now()
    names = [
        _("already"), _("within 4 hours"), _("within a day"), _("within 3 days"),
        _("after 3 days"),
    ]  # fmt: skip
    rows: list[list[Coming]] = [[] for _name in names]
    for one in found.coming:
        rows[sum(one.at > begin + timedelta(hours=end) for end in ENDS)].append(one)
    return [_period(name, row, begin) for name, row in zip(names, rows, strict=True) if row]


def _period(name: str, row: Sequence[Coming], now: datetime) -> Period:
    fails = [one for one in row if one.fails]
    hindered = [one for one in row if not one.fails]
    return Period(
        name,
        [_fall(one, now) for one in _heaviest(fails)],
        max(0, len(fails) - MOST_SHOWN),
        [one.node.name for one in _heaviest(hindered)],
        max(0, len(hindered) - MOST_SHOWN),
    )


def _heaviest(row: Sequence[Coming]) -> list[Coming]:
    """Return what weighs most, in the order in which it came: what residents and the law ask."""
    if len(row) <= MOST_SHOWN:
        return list(row)
    weights = sorted(row, key=_weight, reverse=True)[:MOST_SHOWN]
    kept = {one.node.pk for one in weights}
    return [one for one in row if one.node.pk in kept]


def _weight(one: Coming) -> tuple[bool, bool, int]:
    return bool(one.node.statutory), one.node.kind in touched.SERVED, one.node.residents


def _fall(one: Coming, now: datetime) -> Fall:
    return Fall(one.node.name, _when(one.at, now), _too_long(one.too_long_at, now))


def _when(at: datetime, now: datetime) -> str:
    said = _("for %(span)s now") if at <= now else _("in %(span)s")
    return said % {"span": dutch.span_words(abs(at - now), words.language())}


def _too_long(at: datetime | None, now: datetime) -> str:
    if at is None:
        return ""
    said = _("down too long since %(at)s") if at <= now else _("down too long from %(at)s")
    return said % {"at": words.moment_words(at)}


def at_stake(found: Consequences | None) -> Iterable[str]:
    """Return in words what is at stake."""
    if found is None:
        return
    said = _(
        "Residents affected by what fails: %(number)s (whoever misses two services counts twice)"
    )
    yield said % {"number": _number(found.residents())}
    yield _("Statutory tasks that fail: %(number)s") % {"number": _number(found.tasks())}


def _number(value: int) -> str:
    return dutch.number_words(value, 0, words.language())


def course(found: Consequences | None) -> Iterable[str]:
    """Return in words what fails when."""
    for one in periods(found) if found else []:
        names = ", ".join(fall.name for fall in one.fails[:MOST_NAMES])
        more = len(one.fails) + one.more_fail - MOST_NAMES
        rest = _(" and %(number)s more") % {"number": more} if more > 0 else ""
        if names:
            yield _("Fails %(when)s: %(what)s") % {"when": one.words, "what": names + rest}
