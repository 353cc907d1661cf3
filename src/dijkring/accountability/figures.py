# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The figures of a report: gathered once, stored, and never typed.

`public` holds counts only, and words of norms and of Dijkring itself: no text that an organisation
wrote can reach it. `annex` holds what the council sees under secrecy.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from dijkring.accountability.selectors import reporting
from dijkring.controls.catalogue import Catalogue, catalogue
from dijkring.controls.models import Framework, Requirement
from dijkring.core.clock import AMSTERDAM
from dijkring.evidence.operation import Operation
from dijkring.evidence.selectors import periods, standings
from dijkring.evidence.selectors.standings import VERDICT_ORDER

FRAMEWORKS = ("bio2", "bio2-isms")
LAW = "cbw"
MEASURED = ("bio2", "5.14.01")
GOOD = ("met", "not_applicable")


@dataclass(frozen=True, slots=True)
class Period:
    """The days of a report, the last one included, as moments in the Netherlands."""

    first: date
    last: date

    @property
    def since(self) -> datetime:
        """The first moment."""
        return datetime.combine(self.first, time(0), AMSTERDAM).astimezone(UTC)

    @property
    def until(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.last + timedelta(days=1), time(0), AMSTERDAM).astimezone(UTC)

    def month_ends(self) -> list[date]:
        """Return the last day of each month in the period, and the last day of all."""
        days, day = [], self.first.replace(day=1)
        while day <= self.last:
            following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
            days.append(min(following - timedelta(days=1), self.last))
            day = following
        return days


def public(organisation_id: int, period: Period, now: datetime) -> dict[str, Any]:
    """Gather the figures that everybody may see."""
    end = min(period.until, now)
    known = catalogue(end)
    frameworks = [f for key in FRAMEWORKS if (f := reporting.of_everybody(key)) is not None]
    return {
        "moment": now.isoformat(),
        "frameworks": [_framework(organisation_id, f, known, period, end) for f in frameworks],
        "law": _law(organisation_id, known, end),
        "operation": _operation(organisation_id, period, end),
        "measured": reporting.measured(organisation_id, end),
        "actions": reporting.actions(organisation_id, period.since, end),
        "deviations": reporting.deviations_count(organisation_id, end),
        "taken_out": reporting.taken_out_count(organisation_id, period.since, end),
    }


def _framework(
    organisation_id: int, framework: Framework, known: Catalogue, period: Period, end: datetime
) -> dict[str, Any]:
    leaves = known.leaves_of(framework.pk)
    at_start = standings.at_moment(organisation_id, period.since, leaves)
    at_end = standings.at_moment(organisation_id, end, leaves)
    return {
        "key": framework.key,
        "version": framework.version,
        "title": framework.title,
        "total": len(leaves),
        "start": counts(leaves, at_start),
        "end": counts(leaves, at_end),
        "better": sum(moved(at_start.get(leaf), at_end.get(leaf)) > 0 for leaf in leaves),
        "worse": sum(moved(at_start.get(leaf), at_end.get(leaf)) < 0 for leaf in leaves),
        "chapters": [_chapter(known, root, at_end) for root in known.roots[framework.pk]],
        "trend": _trend(organisation_id, leaves, period, end),
    }


def counts(leaves: Iterable[int], verdicts: dict[int, str]) -> dict[str, int]:
    """Count leaves per verdict; unknown stays in as not assessed."""
    return dict(Counter(verdicts.get(leaf, "not_assessed") for leaf in leaves))


def moved(before: str | None, after: str | None) -> int:
    """Tell whether a verdict became better (1), worse (-1) or neither.

    To lose sight of something is neither, and so is to declare that it does not apply.
    """
    now, then = after or "not_assessed", before or "not_assessed"
    further = VERDICT_ORDER.index(now) - VERDICT_ORDER.index(then)
    if further > 0:
        return int(now in ("met", "partly"))
    return -int(further < 0 and now in ("not_met", "partly", "show_again"))


def _chapter(known: Catalogue, root: int, verdicts: dict[int, str]) -> dict[str, Any]:
    requirement = Requirement.objects.get(pk=root)
    return {
        "ref": requirement.ref,
        "title": requirement.title,
        "counts": counts(known.leaves_below(root), verdicts),
    }


def _trend(
    organisation_id: int, leaves: Sequence[int], period: Period, end: datetime
) -> list[dict[str, Any]]:
    moments = [min(Period(day, day).until, end) for day in period.month_ends()]
    found = reporting.verdicts_at(organisation_id, leaves, moments)
    days = period.month_ends()
    return [
        {"day": day.isoformat(), "counts": counts(leaves, at)}
        for day, at in zip(days, found, strict=True)
    ]


def _law(organisation_id: int, known: Catalogue, end: datetime) -> list[dict[str, Any]]:
    law = reporting.of_everybody(LAW)
    if law is None:
        return []
    articles = Requirement.objects.filter(framework=law, ref__startswith="21.3.").order_by(
        "position"
    )
    behind = {article: known.leaves_behind(article.pk) for article in articles}
    verdicts = standings.at_moment(
        organisation_id, end, {leaf for leaves in behind.values() for leaf in leaves}
    )
    return [
        {"ref": a.ref, "title": a.title, "counts": counts(leaves, verdicts)}
        for a, leaves in behind.items()
    ]


def _operation(organisation_id: int, period: Period, end: datetime) -> list[dict[str, Any]]:
    framework = reporting.of_everybody(MEASURED[0])
    asked = Requirement.objects.filter(framework=framework, ref=MEASURED[1]).first()
    if asked is None or period.since >= end:
        return []
    rules = catalogue(end).rules.get(asked.pk, ())
    worked = periods.operation_of(organisation_id, asked.pk, period.since, end)
    return [_worked(rule.population, one) for rule, one in zip(rules, worked, strict=True)]


def _worked(kind: str, found: Operation) -> dict[str, Any]:
    mended = [one for one in found.exceptions if one.repaired]
    days = sorted(one.duration.total_seconds() / 86400 for one in mended)
    return {
        "kind": kind,
        "population": found.population,
        "coverage": found.coverage,
        "met": found.met,
        "at_least": found.met_at_least,
        "at_most": found.met_at_most,
        "exceptions": len(found.exceptions),
        "mended": len(mended),
        "median_days": days[len(days) // 2] if days else None,
    }


def annex(organisation_id: int, period: Period, now: datetime) -> dict[str, Any]:
    """Gather what stands in the confidential annex: requirements, subjects, actions and people."""
    end = min(period.until, now)
    return {
        "not_met": reporting.not_met(organisation_id, FRAMEWORKS, end),
        "failing": reporting.failing_facts(organisation_id, end),
        "actions": reporting.open_actions(organisation_id, end),
        "deviations": reporting.deviation_lines(organisation_id, end),
        "taken_out": reporting.taken_out_lines(organisation_id, period.since, end),
    }


def difference(figures: dict[str, Any], previous: dict[str, Any] | None) -> list[dict[str, Any]]:
    """Return per framework what moved since the figures of the last report."""
    if previous is None:
        return []
    before = {one["key"]: one["end"] for one in previous["frameworks"]}
    return [
        {"title": one["title"], "before": before[one["key"]], "after": one["end"]}
        for one in figures["frameworks"]
        if one["key"] in before
    ]
