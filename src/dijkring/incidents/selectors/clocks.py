# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The clocks of an incident: by when what must be reported, and how that stands.

The terms are reckoned in `deadlines`; here stands which of them run. They run until a person has
decided otherwise: not to report holds only once a second person has confirmed it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from dijkring.core import clock
from dijkring.incidents import obligations
from dijkring.incidents.deadlines import Case, CaseError, Deadline, Status, deadlines
from dijkring.incidents.guides import NO
from dijkring.incidents.models import Awareness, Breach, HouseRule, Incident, Request, Significance
from dijkring.incidents.obligations import REQUESTED, ContentError, Obligation

ALWAYS = ("cbw", "cbw_others")
PRIVACY = "avg"
# What one regime decides on reporting goes for its companion as well.
DECIDED_IN = {"cbw_others": "cbw"}
# What a weighing may stop beside the whole regime: nobody is told where the risk is not high, or
# where the service to them is not harmed.
SUBJECTS, RECIPIENTS = "avg.subjects", "cbw_others.recipients"
ONLY_IF = {SUBJECTS: "high_risk", RECIPIENTS: "recipients"}
PARTS = ("awareness", "weighings", "submissions", "requests")


class Standing(StrEnum):
    """How an obligation stands, with what people have decided about it."""

    OPEN = "open"
    OVERDUE = "overdue"
    MET = "met"
    LATE = "late"
    WAITING = "waiting"
    CONDITIONAL = "conditional"
    NOT_APPLICABLE = "not_applicable"
    # Decided by two persons: need not be reported.
    DECIDED_NOT = "decided_not"
    FOLLOWS = "follows"


@dataclass(frozen=True, slots=True)
class Clock:
    """One obligation of one incident; `was` is its instant before awareness was amended."""

    incident: Incident
    deadline: Deadline
    standing: Standing
    weighing: Significance | None
    was: datetime | None = None

    @property
    def obligation(self) -> Obligation:
        """The duty to report."""
        return self.deadline.obligation

    @property
    def due(self) -> datetime | None:
        """The latest instant, as far as it is known already."""
        return None if self.standing == Standing.FOLLOWS else self.deadline.due

    @property
    def open(self) -> bool:
        """Whether somebody must do something, before an instant or without delay."""
        return self.standing in (Standing.OPEN, Standing.OVERDUE)

    @property
    def runs(self) -> bool:
        """Whether somebody must do something before an instant, or should have done it."""
        return self.open and self.due is not None

    @property
    def waits_for_second(self) -> bool:
        """Whether it was decided not to report, and nobody has confirmed that yet."""
        return self.weighing is not None and not self.weighing.holds


def known(organisation_id: int) -> list[Obligation]:
    """Return every obligation: ours, and per regime the last house rule of the organisation."""
    found: dict[str, list[Obligation]] = {}
    for rule in HouseRule.objects.filter(organisation_id=organisation_id).order_by("pk"):
        own = read(rule)
        found |= {one.regime: [] for one in own}
        for one in own:
            found[one.regime].append(one)
    return [*obligations.ours(), *(one for rows in found.values() for one in rows)]


def read(rule: HouseRule) -> tuple[Obligation, ...]:
    """Return the obligations of a house rule; none where it cannot be read any more."""
    try:
        return obligations.read(rule.text, rule.name)
    except ContentError:
        # It was right when it was added; what it asks is told on its own page.
        return ()


def latest(incident: Incident, of: str = Awareness.Of.EVENT) -> Awareness | None:
    """Return the statement of awareness that counts: the last one recorded."""
    return next(reversed(statements(incident, of)), None)


def _rows(incident: Incident, part: str) -> Any:
    """Return the rows of a part; what was read for many incidents at once as it lies there.

    To ask the manager would copy it each time, some sixty times per incident.
    """
    kept = getattr(incident, "_prefetched_objects_cache", {}).get(part)
    return getattr(incident, part).all() if kept is None else kept


def statements(incident: Incident, of: str = Awareness.Of.EVENT) -> list[Awareness]:
    """Return the statements of awareness in the order in which they were recorded."""
    return [one for one in _rows(incident, "awareness") if one.of == of]


def decision(incident: Incident, regime: str) -> Significance | None:
    """Return the weighing of a regime that counts: the last one."""
    wanted = DECIDED_IN.get(regime, regime)
    return next(
        (one for one in reversed(_rows(incident, "weighings")) if one.regime == wanted), None
    )


def regimes_of(incident: Incident) -> list[str]:
    """Return the regimes whose clocks run.

    What is only a breach of personal data is no incident under the Cbw.
    """
    always = () if incident.privacy_only else ALWAYS
    privacy = [PRIVACY] if privacy_runs(incident) else []
    return [*always, *privacy, *incident.house_regimes]


def privacy_runs(incident: Incident) -> bool:
    """Tell whether the clocks of the AVG run: until somebody found that no personal data is in it.

    That does not stop what was treated as a breach already; not to report that takes two persons.
    """
    return incident.personal_data != Incident.Known.NO or is_breach(incident)


def is_breach(incident: Incident) -> bool:
    """Tell whether an incident was weighed, written down or reported as a breach."""
    weighing = decision(incident, PRIVACY)
    handed_in = (
        row.withdrawn_at is None and row.obligation.startswith(f"{PRIVACY}.")
        for row in _rows(incident, "submissions")
    )
    return weighing is not None or breach_of(incident) is not None or any(handed_in)


def breach_of(incident: Incident) -> Breach | None:
    """Return what the register of breaches says of an incident, if anything."""
    return getattr(incident, "breach", None)


def of_incident(
    incident: Incident, every: Sequence[Obligation], now: datetime | None = None
) -> list[Clock]:
    """Return the clocks of an incident, in the order of the obligations; none without awareness.

    The incident has its `PARTS` prefetched, and its breach, where there are many.
    """
    said, now = statements(incident), now or clock.now()
    if not said:
        return []
    found = _deadlines(incident, every, said[-1].at, now)
    before = _deadlines(incident, every, said[-2].at, now) if said[1:] else []
    was = {one.obligation.id: one.due for one in before}
    return [_clock(incident, one, was.get(one.obligation.id)) for one in found]


def _deadlines(
    incident: Incident, every: Sequence[Obligation], aware: datetime, now: datetime
) -> list[Deadline]:
    names = {one.regime for one in every}
    wanted = [one for one in regimes_of(incident) if one in names]
    held = obligations.of_regimes(every, wanted, clock.day_of(aware))
    try:
        return deadlines(case_of(incident, held, aware), held, now)
    except CaseError:
        # What was done does not fit with this moment, as with one that was amended since: rather
        # every clock as if nothing had been done than none.
        return deadlines(Case(aware), held, now)


def case_of(incident: Incident, held: Iterable[Obligation], aware: datetime) -> Case:
    """Return what the clocks run on: the reports that count, and the requests that stand."""
    submitted, requested = {}, {}
    for one in held:
        given = [row.at for row in _rows(incident, "submissions")
                 if row.obligation == one.id and row.withdrawn_at is None]  # fmt: skip
        if one.anchor == REQUESTED and (asked := _asked(incident, one.id, given)):
            requested[one.id] = asked.due_at
            given = [at for at in given if at >= asked.asked_at]
        if given:
            submitted[one.id] = min(given)
    return Case(aware, submitted, requested, incident.ended_at)


def _asked(incident: Incident, obligation: str, given: Sequence[datetime]) -> Request | None:
    """Return the request that counts: the most urgent unanswered one, else the last."""
    asked: list[Request] = [
        one for one in _rows(incident, "requests") if one.obligation == obligation
    ]
    unanswered = [one for one in asked if not any(at >= one.asked_at for at in given)]
    if unanswered:
        return min(unanswered, key=lambda one: one.due_at)
    return asked[-1] if asked else None


def _clock(incident: Incident, found: Deadline, was: datetime | None) -> Clock:
    weighing = decision(incident, found.obligation.regime)
    standing = Standing(found.status)
    done = found.status in (Status.MET, Status.LATE)
    if not done and _decided_not(incident, weighing, found.obligation.id):
        standing = Standing.DECIDED_NOT
    return Clock(incident, found, standing, weighing, was if was != found.due else None)


def _decided_not(incident: Incident, weighing: Significance | None, obligation: str) -> bool:
    if obligation == SUBJECTS and (breach := breach_of(incident)) and breach.spares_subjects:
        return True
    if weighing is None or not weighing.holds:
        return False
    asked = ONLY_IF.get(obligation)
    return not weighing.report or (asked is not None and weighing.answers.get(asked) == NO)


def next_of(clocks: Iterable[Clock]) -> Clock | None:
    """Return the clock that asks for something first."""
    return min((one for one in clocks if one.runs), key=lambda one: one.due, default=None)  # type: ignore[arg-type,return-value]  # what runs is due


def open_clocks(organisation_id: int, *, exercises: bool = False) -> list[Clock]:
    """Return every clock that runs in the organisation, the most urgent first.

    In a fixed number of queries; exercises stand apart.
    """
    rows = Incident.objects.filter(organisation_id=organisation_id, exercise=exercises)
    rows = rows.exclude(state=Incident.State.CLOSED).select_related("owner", "breach")
    every = known(organisation_id)
    found = [
        one for row in rows.prefetch_related(*PARTS) for one in of_incident(row, every) if one.runs
    ]
    return sorted(found, key=lambda one: (one.due, one.incident.pk))
