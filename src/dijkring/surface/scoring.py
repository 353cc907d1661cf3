# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The score of a name, from the facts as they hold now; `selectors.scores` has that of all."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dijkring.surface.engine.checks.model import Check
from dijkring.surface.engine.score import (
    GATES,
    PARTS,
    SCORED,
    CategoryScore,
    Part,
    Score,
    percent,
    score,
    worst_states,
)
from dijkring.surface.facts import SOURCE, kind_of
from dijkring.surface.models import Domain
from dijkring.surface.selectors.domains import KINDS, facts

KINDS_OF_SCORE = [kind_of(check) for check in {*SCORED, *GATES}]
States = Mapping[str, set[Any]]


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """A category of a score, with the subtests that cost points or could not be measured."""

    score: CategoryScore
    lost: list[Check]
    unknown: list[Check]

    @property
    def percent(self) -> int | None:
        """Whole percents, rounded down."""
        return percent([self.score.share])


@dataclass(frozen=True, slots=True)
class PartScore:
    """What a page shows of one part: website or mail; `names` is how many names it is about."""

    part: Part
    percent: int
    complete: bool
    names: int = 1
    categories: tuple[CategoryLine, ...] = ()


def of_domain(domain: Domain) -> list[PartScore]:
    """Return the scores of what a domain carries, each with its categories."""
    found = _states(domain.organisation_id, domain.name).get(domain.name, {})
    scores = [score(found, part) for part in _carried(domain)]
    return [
        PartScore(one.part, one.percent, one.complete, 1, _lines(one, found))
        for one in scores
        if one.percent is not None
    ]


def _carried(domain: Domain) -> list[Part]:
    carries = {"web": domain.carries_web, "mail": domain.carries_mail}
    return [part for part in PARTS if carries[part]]


def _lines(found: Score, states: States) -> tuple[CategoryLine, ...]:
    worst = worst_states(states)
    return tuple(
        CategoryLine(
            one,
            _with_state(one.category, worst, "fail"),
            _with_state(one.category, worst, "not_measured"),
        )
        for one in found.categories
        if one.maximum or one.not_measured
    )


def _with_state(category: str, worst: Mapping[str, str], state: str) -> list[Check]:
    checks = (check for check in SCORED.values() if check.category == category)
    return [check for check in checks if worst.get(check.id) == state]


def _states(organisation_id: int, member: str = "") -> dict[str, dict[str, set[Any]]]:
    """Return, per name and check, the states that its addresses have now."""
    rows: Any = facts(organisation_id).filter(source=SOURCE, kind__in=KINDS_OF_SCORE)
    rows = rows.filter(member=member) if member else rows
    found: dict[str, dict[str, set[Any]]] = defaultdict(lambda: defaultdict(set))
    for name, kind, state in rows.order_by().values_list("member", "kind", "shown").distinct():
        found[name][KINDS[kind].id].add(state)
    return found
