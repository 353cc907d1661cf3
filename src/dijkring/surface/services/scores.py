# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeping the score per day: that of today, and weeks that were missed, reckoned from the facts."""

from datetime import date, datetime, timedelta

from django.db.models import Min

from dijkring.core import clock
from dijkring.evidence.models import Fact
from dijkring.surface.facts import SOURCE
from dijkring.surface.models import ScoreDay
from dijkring.surface.scoring import KINDS_OF_SCORE
from dijkring.surface.selectors import scores

WEEK = timedelta(days=7)
WEEKS_BACK = 53


def keep(organisation_id: int) -> int:
    """Store the score of today as it is now, and of the past year's weeks that have none.

    Returns how many days were stored anew or again. A week that was missed, because no worker ran
    or Dijkring did not keep scores yet, is reckoned from the facts as they were at its end.
    """
    now = clock.now()
    moments = [*_lacking(organisation_id, now), now]
    rows = [row for moment in moments for row in _rows(organisation_id, moment)]
    ScoreDay.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["organisation", "part", "day"],
        update_fields=["percent", "names", "unknown", "complete", "categories", "reckoned_at"],
    )
    return len(moments)


def _rows(organisation_id: int, moment: datetime) -> list[ScoreDay]:
    return [
        ScoreDay(
            organisation_id=organisation_id,
            part=found.part,
            day=_day_of(moment),
            percent=found.percent,
            names=found.names,
            unknown=found.unknown,
            complete=found.complete,
            categories=found.categories,
            reckoned_at=moment,
        )
        for found in scores.at(organisation_id, moment)
    ]


def _day_of(moment: datetime) -> date:
    """Return the day in the Netherlands; midnight belongs to the day that ends."""
    return (moment.astimezone(clock.AMSTERDAM) - timedelta(microseconds=1)).date()


def _lacking(organisation_id: int, now: datetime) -> list[datetime]:
    """Return the ends of the weeks, since the first fact, of which no day was stored."""
    first = Fact.objects.filter(
        organisation_id=organisation_id, source=SOURCE, kind__in=KINDS_OF_SCORE
    ).aggregate(first=Min("since"))["first"]
    if first is None:
        return []
    known = ScoreDay.objects.filter(organisation_id=organisation_id)
    weeks = {_monday(day) for day in known.values_list("day", flat=True)}
    begin = max(_day_of(first), _day_of(now) - WEEKS_BACK * WEEK)
    mondays = [_monday(begin) + WEEK * place for place in range(WEEKS_BACK + 1)]
    ends = [clock.begin_of(monday + WEEK) for monday in mondays if monday not in weeks]
    return [end for end in ends if end < now]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
