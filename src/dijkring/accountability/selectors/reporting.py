# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a report asks of the rooms below."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    ExpressionWrapper,
    F,
    Max,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from dijkring.accountability.models import Report
from dijkring.actions.models import Action
from dijkring.controls.catalogue import current_framework
from dijkring.controls.models import Framework, Requirement
from dijkring.core import clock
from dijkring.core.rows import fetch
from dijkring.evidence import kinds
from dijkring.evidence.models import Deviation, Fact, PopulationMember, StandingChange
from dijkring.evidence.selectors import lists, standings
from dijkring.surface.selectors.domains import KINDS

HALF_A_YEAR = timedelta(days=182)


def of_everybody(key: str) -> Framework | None:
    """Return the version of a norm in force that everybody has: its words are not somebody's own.

    An organisation that has brought in a version of its own may have written anything in it.
    """
    found = current_framework(key)
    if found is None or found.organisation_id is None:
        return found
    versions = Framework.objects.filter(key=key, organisation=None)
    return max(versions, key=lambda one: one.age, default=None)


def verdicts_at(
    organisation_id: int, leaves: Collection[int], moments: Sequence[datetime]
) -> list[dict[int, str]]:
    """Return the verdict of each leaf at each of some moments, in order; one question for all."""
    rows = list(
        StandingChange.objects.filter(organisation_id=organisation_id, requirement_id__in=leaves)
        .order_by("at", "id")
        .values_list("at", "requirement_id", "verdict")
    )
    found, now, place = [], {}, 0
    for moment in moments:
        while place < len(rows) and rows[place][0] <= moment:
            now[rows[place][1]] = rows[place][2]
            place += 1
        found.append(dict(now))
    return found


def measured(organisation_id: int, at: datetime) -> list[dict[str, Any]]:
    """Return per category of measurement how many observations held which state at a moment.

    One of our own tests of which nothing was there for a name that ought to have it counts as not
    measured; what others see of a name is told only where they looked.
    """
    rows = _facts_at(organisation_id, at).filter(kind__startswith="surface.")
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows.values("kind", "held").annotate(count=Count("id")):
        found[row["kind"].split(".")[1]][row["held"]] += row["count"]
    for kind, count in _never(organisation_id, at):
        found[kind.split(".")[1]]["not_measured"] += count
    return [{"category": name, "states": dict(states)} for name, states in sorted(found.items())]


_NEVER = """
SELECT k.kind, count(*) FROM unnest(%(kinds)s::text[], %(populations)s::text[]) k(kind, population)
JOIN evidence_populationmember m ON m.organisation_id = %(organisation)s
  AND m.population = k.population AND m.since <= %(at)s AND (m.until IS NULL OR m.until > %(at)s)
WHERE NOT EXISTS (SELECT FROM evidence_fact f WHERE f.organisation_id = m.organisation_id
  AND f.kind = k.kind AND f.member = m.member
  AND f.since <= %(at)s AND (f.until IS NULL OR f.until > %(at)s)
  AND NOT EXISTS (SELECT FROM evidence_withdrawal w WHERE w.fact_id = f.id))
GROUP BY k.kind
"""


def _never(organisation_id: int, at: datetime) -> Iterable[tuple[str, int]]:
    asked = {
        "kinds": list(KINDS),
        "populations": [kinds.get(kind).population for kind in KINDS],
        "organisation": organisation_id,
        "at": at,
    }
    return [(kind, count) for kind, count in fetch(_NEVER, asked)]


def _facts_at(organisation_id: int, at: datetime) -> QuerySet[Any]:
    """Return the facts that ran at a moment; `held` is their state, what had lapsed is unknown."""
    until = ExpressionWrapper(
        Coalesce("confirmed_at", "round__observed_at") + F("validity"),
        output_field=DateTimeField(),
    )
    lapsed = When(~Q(state="fail") & Q(holds_until__lte=at), then=Value("not_measured"))
    ongoing = Q(until=None) | Q(until__gt=at)
    rows = Fact.objects.filter(
        ongoing, organisation_id=organisation_id, since__lte=at, withdrawal=None
    )
    return rows.annotate(holds_until=until, held=Case(lapsed, default="state"))


def actions(organisation_id: int, since: datetime, until: datetime) -> dict[str, Any]:
    """Return counts of the actions over a period."""
    rows = Action.objects.filter(organisation_id=organisation_id, opened_at__lt=until)
    still = Q(closed_at=None) | Q(closed_at__gte=until)
    day = clock.day_of(until)
    found = rows.aggregate(
        opened=Count("id", filter=Q(opened_at__gte=since)),
        closed=Count("id", filter=Q(closed_at__gte=since, closed_at__lt=until, state="done")),
        open=Count("id", filter=still),
        late=Count("id", filter=still & Q(due_on__lt=day)),
        unowned=Count("id", filter=still & Q(owner=None)),
        cost=Sum("cost", filter=still),
    )
    return {**found, "cost": str(found["cost"] or Decimal(0))}


def deviations_count(organisation_id: int, at: datetime) -> int:
    """Return how many accepted deviations ran at a moment."""
    return int(_deviations_at(organisation_id, at).count())


def _deviations_at(organisation_id: int, at: datetime) -> QuerySet[Deviation]:
    running = Q(ended_at=None) | Q(ended_at__gt=at)
    rows = Deviation.objects.filter(running, organisation_id=organisation_id)
    return rows.filter(accepted_at__lte=at, ends_at__gt=at)


def taken_out_count(organisation_id: int, since: datetime, until: datetime) -> int:
    """Return how many subjects were taken out of the count in a period."""
    return _taken_out(organisation_id, since, until).count()


def _taken_out(
    organisation_id: int, since: datetime, until: datetime
) -> QuerySet[PopulationMember]:
    return PopulationMember.objects.filter(
        organisation_id=organisation_id, until__gte=since, until__lt=until
    )


def not_met(
    organisation_id: int, frameworks: Collection[str], at: datetime
) -> list[dict[str, Any]]:
    """Return the requirements that were not met, partly met or due to be shown again."""
    leaves = Requirement.objects.filter(
        framework__key__in=frameworks, leaf=True, status="active"
    ).select_related("framework")
    verdicts = standings.at_moment(organisation_id, at, [leaf.pk for leaf in leaves])
    return [
        {
            "framework": leaf.framework.title,
            "ref": leaf.ref,
            "title": leaf.title,
            "verdict": verdicts[leaf.pk],
        }
        for leaf in leaves
        if verdicts.get(leaf.pk) in standings.VERDICT_ORDER[:3]
    ]


def failing_facts(organisation_id: int, at: datetime) -> list[dict[str, Any]]:
    """Return the facts that failed, with what was seen."""
    rows = _facts_at(organisation_id, at).filter(state="fail").order_by("kind", "subject")
    return [
        {
            "label": kinds.get(row.kind).label,
            "subject": row.subject,
            "since": row.state_since.isoformat(),
            "text": lists.reason_of(row),
            "source": row.source,
        }
        for row in rows
        if kinds.get(row.kind).level == "mandatory"
    ]


def proposed_period(organisation_id: int) -> dict[str, date]:
    """Return the period of the next report: from the day after the last that the council got."""
    today = clock.today()
    sent = Report.objects.filter(organisation_id=organisation_id, status=Report.Status.COUNCIL)
    last = sent.aggregate(day=Max("period_to"))["day"]
    first = last + timedelta(days=1) if last else today - HALF_A_YEAR
    return {"first": min(first, today), "last": today}


def open_actions(organisation_id: int, at: datetime) -> list[dict[str, Any]]:
    """Return the actions that were open at a moment, with owner and date."""
    still = Q(closed_at=None) | Q(closed_at__gte=at)
    rows = Action.objects.filter(still, organisation_id=organisation_id, opened_at__lt=at)
    line_open = Q(lines__closed_at=None) | Q(lines__closed_at__gte=at)
    return [
        {
            "title": row.title,
            "owner": str(row.owner or ""),
            "due_on": row.due_on.isoformat() if row.due_on else "",
            "responsible": row.responsible,
            "lines": row.open_lines,
        }
        for row in rows.select_related("owner")
        .annotate(open_lines=Count("lines", filter=line_open & Q(lines__opened_at__lt=at)))
        .order_by("due_on", "id")
    ]


def deviation_lines(organisation_id: int, at: datetime) -> list[dict[str, Any]]:
    """Return the accepted deviations that ran at a moment, in words."""
    rows = _deviations_at(organisation_id, at).select_related("requirement", "accepted_by")
    return [
        {
            "about": str(row.requirement)
            if row.requirement
            else f"{lists.kind_label(row.kind)}: {row.subject}",
            "reason": row.reason,
            "by": str(row.accepted_by or ""),
            "ends": row.ends_at.isoformat(),
        }
        for row in rows.order_by("ends_at", "id")
    ]


def taken_out_lines(organisation_id: int, since: datetime, until: datetime) -> list[dict[str, Any]]:
    """Return the subjects taken out of the count, with reason and both persons."""
    rows = _taken_out(organisation_id, since, until).select_related("taken_out_by", "confirmed_by")
    return [
        {
            "member": row.member,
            "reason": row.reason,
            "by": str(row.taken_out_by or ""),
            "confirmed": str(row.confirmed_by or ""),
        }
        for row in rows
    ]
