# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the register says of the last year, as observations; exercises have been left out before."""

from collections.abc import Sequence
from datetime import timedelta

from dijkring.actions.models import Action
from dijkring.core import clock
from dijkring.evidence.services.rounds import Observation
from dijkring.incidents import facts, measures
from dijkring.incidents.measures import Judged
from dijkring.incidents.models import CustodyRecord, Exhibit, Incident, Intake, Target, Task
from dijkring.incidents.selectors import breaches, clocks, figures, playbooks
from dijkring.incidents.selectors.incidents import category_words
from dijkring.incidents.services.closing import LEARNING

YEAR = timedelta(days=365)
BREACH_DAYS, BOARD_DAYS = 14, 3
COUNCIL = "other.council"
# Our choice: who notices something and knows where to go, says so within a day.
STAFF_TERM = timedelta(days=1)
# The ways by which people report; a form of one's own leaves no intake.
BY_PEOPLE = {Intake.Way.PAGE, Intake.Way.MAIL}


def observations(organisation_id: int, rows: Sequence[Incident]) -> list[Observation]:
    """Return what is to be said of a register now; `rows` are its incidents of the last years."""
    now = clock.now()
    since = now - YEAR
    recent = [row for row in rows if row.reported_at >= since and not row.privacy_only]
    target = figures.target(organisation_id)
    times = [figures.times(row) for row in recent]
    judged = {
        facts.DETECTED: measures.within(times, "occurred", "detected", target.detect_hours, now),
        facts.CONTAINED: measures.within(times, "detected", "contained", target.contain_hours, now),
        facts.RECOVERED: measures.within(times, "detected", "recovered", target.recover_hours, now),
        facts.AVOIDABLE: _avoidable(recent, target),
        facts.LESSONS: _lessons(organisation_id),
        facts.BOARD: _board(recent, target),
        facts.BREACHES: _breaches(organisation_id, target),
        facts.PLAYBOOKS: _playbooks(organisation_id, rows),
        facts.STAFF: _staff(organisation_id, recent),
        facts.LOGS: measures.answered(
            {row.reference: row.logs for row in recent if not row.is_open}, "niet te zien"
        ),
        facts.INTACT: _intact(organisation_id),
    }
    return [
        Observation(kind, facts.MEMBER, state, detail) for kind, (state, detail) in judged.items()
    ]


def _avoidable(rows: Sequence[Incident], target: Target) -> Judged:
    closed = [row for row in rows if not row.is_open]
    yes = [row.reference for row in closed if row.avoidable == Incident.Known.YES]
    unknown = [row.reference for row in closed if row.avoidable == Incident.Known.UNKNOWN]
    return measures.at_most(yes, unknown, target.avoidable)


def _lessons(organisation_id: int) -> Judged:
    """Look at actions that learn from incidents and had to be ready in the last year."""
    today = clock.today()
    rows = Action.objects.filter(
        organisation_id=organisation_id,
        requirements__contains=[LEARNING],
        due_on__lt=today,
        due_on__gte=today - YEAR,
    ).exclude(state=Action.State.CANCELLED)
    undone = {
        f"{row.pk} {row.title}": row.state == Action.State.OPEN
        or (row.closed_at is not None and clock.day_of(row.closed_at) > row.due_on)
        for row in rows
        if row.due_on
    }
    return measures.none_left(undone, "te laat")


def _board(rows: Sequence[Incident], target: Target) -> Judged:
    late = clock.now() - timedelta(days=target.board_days or BOARD_DAYS)
    return measures.none_left(
        {row.reference: not _told(row) for row in rows if is_grave(row) and row.reported_at < late},
        "niet verteld",
    )


def is_grave(row: Incident) -> bool:
    """Tell whether an incident is of the most severe kind, or must be reported under the Cbw."""
    decided = clocks.decision(row, "cbw")
    severe = row.severity == Incident.Severity.CRITICAL
    return severe or (decided is not None and decided.report)


def _told(row: Incident) -> bool:
    return any(
        one.obligation == COUNCIL and one.withdrawn_at is None for one in row.submissions.all()
    )


def _breaches(organisation_id: int, target: Target) -> Judged:
    late = clock.now() - timedelta(days=target.breach_days or BREACH_DAYS)
    rows = breaches.register(organisation_id).filter(reported_at__lt=late)
    undone = {row.reference: bool(breaches.missing(breaches.entry(row))) for row in rows}
    return measures.none_left(undone, "niet volledig")


def _playbooks(organisation_id: int, rows: Sequence[Incident]) -> Judged:
    """Look per kind of incident that there was whether a playbook for it was used, or practised.

    An exercise counts here, and only here: practising is what is asked.
    """
    used = set(
        Task.objects.filter(organisation_id=organisation_id, added_at__gte=clock.now() - YEAR)
        .exclude(playbook="")
        .values_list("playbook", flat=True)
    )
    fitting = [one for one in playbooks.known(organisation_id) if one.key in used]
    covered = {kind for one in fitting for kind in one.categories}
    had = {row.category for row in rows if row.category and not row.privacy_only}
    return measures.none_left(
        {category_words(kind): kind not in covered for kind in sorted(had)}, "zonder draaiboek"
    )


def _staff(organisation_id: int, rows: Sequence[Incident]) -> Judged:
    """Look how soon people said what they noticed; systems and other organisations do not count."""
    ways = dict(
        Intake.objects.filter(organisation_id=organisation_id).values_list("incident_id", "way")
    )
    took = {
        row.reference: row.reported_at - row.detected_at
        for row in rows
        if row.detected_at is not None and _by_people(row, ways.get(row.pk))
    }
    return measures.staff(took, STAFF_TERM)


def _by_people(row: Incident, way: str | None) -> bool:
    return way in BY_PEOPLE or (way is None and row.reported_by_id is not None)


def _intact(organisation_id: int) -> Judged:
    """Look at the last time that each file's hash was reckoned; a year ago is too long ago."""
    kept = Exhibit.objects.filter(organisation_id=organisation_id, incident__exercise=False)
    names = {one.pk: f"{one.incident.reference}, {one}" for one in
             kept.exclude(upload=None).select_related("incident")}  # fmt: skip
    checks = CustodyRecord.objects.filter(exhibit__in=names, equal__isnull=False).order_by("pk")
    last = {one.exhibit_id: one for one in checks}
    since = clock.now() - YEAR
    said = {}
    for pk, name in names.items():
        check = last.get(pk)
        fresh = check is not None and (not check.equal or check.at >= since)
        said[name] = ("yes" if check.equal else "no") if check and fresh else "unknown"
    return measures.answered(said, "niet gaaf")
