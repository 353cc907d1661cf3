# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a requirement worked over a period: coverage, exceptions and their repair."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce

from dijkring.controls.catalogue import Rule, catalogue
from dijkring.evidence.models import Fact, PopulationMember
from dijkring.evidence.operation import FactPeriod, MemberPeriod, Operation, operation
from dijkring.evidence.standing import State


def operation_of(
    organisation_id: int, requirement_id: int, since: datetime, until: datetime
) -> list[Operation]:
    """Return how each measuring rule of a requirement worked over a period, one per rule.

    The rules are those at the end of the period. Withdrawn facts do not count.
    """
    rules = catalogue(until).rules.get(requirement_id, ())
    return [_of_rule(organisation_id, rule, since, until) for rule in rules]


def _of_rule(organisation_id: int, rule: Rule, since: datetime, until: datetime) -> Operation:
    members = [
        MemberPeriod(row.member, row.since, row.until)
        for row in _members(organisation_id, rule.population, since, until)
    ]
    periods = [
        part for row, again in _facts(organisation_id, rule, until) for part in _periods(row, again)
    ]
    return operation(periods, members, since, until, rule.repair, kinds=rule.kinds)


def _members(
    organisation_id: int, population: str, since: datetime, until: datetime
) -> list[PopulationMember]:
    rows = PopulationMember.objects.filter(
        Q(until=None) | Q(until__gt=since),
        organisation_id=organisation_id,
        population=population,
        since__lt=until,
    )
    return list(rows)


def _facts(organisation_id: int, rule: Rule, until: datetime) -> list[tuple[Any, datetime]]:
    # Facts from before the period too: they tell since when something fails.
    rows = Fact.objects.filter(
        organisation_id=organisation_id, kind__in=rule.kinds, since__lt=until, withdrawal=None
    )
    rows = rows.annotate(last=Coalesce("confirmed_at", "round__observed_at")).order_by("since")
    return _with_the_next(list(rows), until)


def _with_the_next(rows: list[Any], until: datetime) -> list[tuple[Any, datetime]]:
    """Put beside each fact when the next one about the same subject began, or the end."""
    found, following = [], dict[tuple[str, str], datetime]()
    for row in reversed(rows):
        found.append((row, following.get((row.kind, row.subject), until)))
        following[row.kind, row.subject] = row.since
    return found[::-1]


def _periods(row: Any, again: datetime) -> list[FactPeriod]:
    """Return what a fact held; a subject that went does not apply until it is there `again`."""
    holds = row.last + row.validity
    end = min(holds, row.until or holds)
    periods = [FactPeriod(row.subject, row.kind, State(row.state), row.since, end, row.member)]
    if row.gone and row.until < again:
        periods.append(
            FactPeriod(row.subject, row.kind, State.NOT_APPLICABLE, row.until, again, row.member)
        )
    return periods
