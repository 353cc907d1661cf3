# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The score of an organisation at any moment, from its facts as they were, and its course.

Facts keep their own history, so a past score is exact. Reckoning one reads every fact that counts;
pages therefore read what was stored per day, and only that of now is reckoned anew.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from dijkring.core import clock
from dijkring.core.rows import fetch
from dijkring.surface.engine.checks.model import Check
from dijkring.surface.engine.score import (
    PARTS,
    SCORED,
    Part,
    Score,
    percent,
    score,
    worst_states,
)
from dijkring.surface.facts import MAIL, SOURCE, WEB
from dijkring.surface.models import ScoreDay
from dijkring.surface.scoring import KINDS_OF_SCORE
from dijkring.surface.selectors.domains import KINDS

POPULATIONS: dict[Part, str] = {"web": WEB, "mail": MAIL}
AS_DAYS = timedelta(days=42)
YEAR = timedelta(days=366)
States = Mapping[str, Mapping[str, set[Any]]]


@dataclass(frozen=True, slots=True)
class PartAt:
    """The score of websites or mail at a moment: the plain mean of the names that have one.

    `percent` is None where no name has a score; `unknown` names could not be measured at all.
    """

    part: Part
    percent: int | None
    names: int
    unknown: int
    complete: bool
    categories: dict[str, int | None]


# A name of which nothing was confirmed lately has no score: what is left of it are old failures.
_STATES = """
SELECT f.member, f.kind, CASE WHEN f.state IN ('pass', 'not_applicable')
  AND coalesce(f.confirmed_at, r.observed_at) + f.validity <= %(at)s
  THEN 'not_measured' ELSE f.state END,
  bool_or(coalesce(f.confirmed_at, r.observed_at) + f.validity > %(at)s
    AND f.state <> 'not_measured')
FROM evidence_fact f LEFT JOIN evidence_round r ON r.id = f.round_id
WHERE f.organisation_id = %(organisation)s AND f.kind = ANY(%(kinds)s) AND f.source = %(source)s
  AND f.since <= %(at)s AND (f.until IS NULL OR f.until > %(at)s)
  AND NOT EXISTS (SELECT FROM evidence_withdrawal w WHERE w.fact_id = f.id)
GROUP BY 1, 2, 3
"""
_NAMES = """
SELECT population, member FROM evidence_populationmember
WHERE organisation_id = %(organisation)s AND population = ANY(%(populations)s)
  AND since <= %(at)s AND (until IS NULL OR until > %(at)s)
"""


@dataclass(frozen=True, slots=True)
class _Seen:
    """The names that counted at a moment, and the states of what was looked at lately on them."""

    names: dict[Part, list[str]]
    states: States


def at(organisation_id: int, moment: datetime) -> list[PartAt]:
    """Return the scores as they were at an aware moment, over the names that counted then.

    A part without any name is left out. Two questions, however many names there are.
    """
    seen = _seen(organisation_id, moment)
    return [_part(part, names, seen.states) for part, names in seen.names.items()]


def _seen(organisation_id: int, moment: datetime) -> _Seen:
    asked: dict[str, Any] = {
        "organisation": organisation_id,
        "at": moment,
        "kinds": KINDS_OF_SCORE,
        "source": SOURCE,
        "populations": list(POPULATIONS.values()),
    }
    names: dict[str, list[str]] = defaultdict(list)
    for population, name in fetch(_NAMES, asked):
        names[population].append(name)
    states: dict[str, dict[str, set[Any]]] = defaultdict(lambda: defaultdict(set))
    fresh = set()
    for name, kind, state, lately in fetch(_STATES, asked):
        states[name][KINDS[kind].id].add(state)
        if lately:
            fresh.add((name, _side(KINDS[kind].id)))
    found = {
        name: {check: known for check, known in of_name.items() if (name, _side(check)) in fresh}
        for name, of_name in states.items()
    }
    return _Seen({p: names[POPULATIONS[p]] for p in PARTS if names[POPULATIONS[p]]}, found)


def _side(check: str) -> str:
    """Return the part that a check belongs to, from its id."""
    return check.partition("-")[0]


def _part(part: Part, names: Iterable[str], states: States) -> PartAt:
    all_of_them = [score(states.get(name, {}), part) for name in names]
    found = [one for one in all_of_them if one.percent is not None]
    return PartAt(
        part,
        percent([Fraction(one.percent or 0, 100) for one in found]),
        len(found),
        len(all_of_them) - len(found),
        len(found) == len(all_of_them) and all(one.complete for one in found),
        _categories(found),
    )


def _categories(scores: Iterable[Score]) -> dict[str, int | None]:
    shares: dict[str, list[Fraction | None]] = defaultdict(list)
    for found in scores:
        for category in found.categories:
            shares[category.category].append(category.share)
    return {category: percent(parts) for category, parts in shares.items()}


# --- the course over time -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Course:
    """Scores over time, the oldest first; None where nothing was reckoned or measured."""

    days: list[date]
    percents: dict[str, list[int | None]]
    categories: dict[str, list[int | None]]


def course(organisation_id: int) -> Course:
    """Return the stored scores of a year: per day for the first weeks, later the last of each week.

    A week without any is a gap: it stands there with None.
    """
    since = clock.today() - YEAR
    rows = list(ScoreDay.objects.filter(organisation_id=organisation_id, day__gte=since))
    days = _days(rows[0].day, rows[-1].day) if rows else []
    at_day = {(row.part, row.day): row for row in rows}
    kept = {part: [_last(at_day, part, span) for span in days] for part in PARTS}
    known = dict.fromkeys(category for row in rows for category in row.categories)
    return Course(
        [span[-1] for span in days],
        {
            part: [row.percent if row else None for row in found]
            for part, found in kept.items()
            if any(found)
        },
        {category: _of_category(kept, category) for category in known},
    )


def _days(first: date, last: date) -> list[list[date]]:
    """Return the spans of the course, each with its days in order; weeks end on Sunday."""
    every = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    if last - first <= AS_DAYS:
        return [[day] for day in every]
    weeks: dict[tuple[int, int], list[date]] = defaultdict(list)
    for day in every:
        weeks[day.isocalendar()[:2]].append(day)
    return list(weeks.values())


def _last(rows: dict[tuple[str, date], ScoreDay], part: str, days: list[date]) -> ScoreDay | None:
    return next((rows[part, day] for day in reversed(days) if (part, day) in rows), None)


def _of_category(kept: dict[Part, list[ScoreDay | None]], category: str) -> list[int | None]:
    part: Part = "mail" if category.startswith("mail") else "web"
    return [row.categories.get(category) if row else None for row in kept[part]]


# --- what costs the most ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cost:
    """A test that costs points on some names; `points` are those of all names together."""

    check: Check
    names: int

    @property
    def points(self) -> int:
        """What mending it everywhere gives back."""
        return self.names * self.check.weight


def costs(organisation_id: int, most: int = 8) -> list[Cost]:
    """Return the tests that cost the most points now, the dearest first.

    What has nothing to be judged by, because something before it fails, costs its points as well.
    """
    seen = _seen(organisation_id, clock.now())
    lost = Counter(
        check
        for part, names in seen.names.items()
        for name in names
        for check, state in worst_states(seen.states.get(name, {})).items()
        if state == "fail" and check in SCORED and check.startswith(part)
    )
    found = [Cost(SCORED[check], count) for check, count in lost.items()]
    return sorted(found, key=lambda one: (-one.points, one.check.id))[:most]
