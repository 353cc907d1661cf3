# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a report asks of the rooms below."""

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum

from dijkring.actions.models import Action
from dijkring.controls.models import Requirement
from dijkring.evidence import kinds
from dijkring.evidence.models import Deviation, Fact, PopulationMember, StandingChange
from dijkring.evidence.selectors import lists, standings
from dijkring.evidence.services.follow_up import reason_of


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
    """Return per category of measurement how many observations held which state at a moment."""
    rows = (
        _facts_at(organisation_id, at).filter(kind__startswith="surface.").values("kind", "state")
    )
    found: dict[str, dict[str, int]] = {}
    for row in rows.annotate(count=Count("id")):
        category = row["kind"].split(".")[1]
        states = found.setdefault(category, {})
        states[row["state"]] = states.get(row["state"], 0) + row["count"]
    return [{"category": category, "states": states} for category, states in sorted(found.items())]


def _facts_at(organisation_id: int, at: datetime) -> Any:
    ongoing = Q(until=None) | Q(until__gt=at)
    return Fact.objects.filter(ongoing, organisation_id=organisation_id, since__lte=at)


def actions(organisation_id: int, since: datetime, until: datetime) -> dict[str, Any]:
    """Return counts of the actions over a period."""
    rows = Action.objects.filter(organisation_id=organisation_id, opened_at__lt=until)
    still = Q(closed_at=None) | Q(closed_at__gte=until)
    day = until.date()
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
    """Return how many accepted deviations run."""
    return _deviations(organisation_id, at).count()


def _deviations(organisation_id: int, at: datetime) -> Any:
    return Deviation.objects.filter(
        organisation_id=organisation_id, accepted_at__lte=at, ends_at__gt=at, ended_at=None
    )


def taken_out_count(organisation_id: int, since: datetime, until: datetime) -> int:
    """Return how many subjects were taken out of the count in a period."""
    return _taken_out(organisation_id, since, until).count()


def _taken_out(organisation_id: int, since: datetime, until: datetime) -> Any:
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
            "text": reason_of(row),
            "source": row.source,
        }
        for row in rows
        if kinds.get(row.kind).level == "mandatory"
    ]


def open_actions(organisation_id: int) -> list[dict[str, Any]]:
    """Return the open actions with owner and date."""
    rows = Action.objects.filter(organisation_id=organisation_id, state="open").select_related(
        "owner"
    )
    return [
        {
            "title": row.title,
            "owner": str(row.owner or ""),
            "due_on": row.due_on.isoformat() if row.due_on else "",
            "responsible": row.responsible,
            "lines": row.open_lines,
        }
        for row in rows.annotate(
            open_lines=Count("lines", filter=Q(lines__closed_at=None))
        ).order_by("due_on", "id")
    ]


def deviation_lines(organisation_id: int) -> list[dict[str, Any]]:
    """Return the accepted deviations in words."""
    return [
        {
            "about": str(row.requirement)
            if row.requirement
            else f"{lists.kind_label(row.kind)}: {row.subject}",
            "reason": row.reason,
            "by": str(row.accepted_by or ""),
            "ends": row.ends_at.isoformat(),
        }
        for row in standings.deviations(organisation_id)
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
