# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Watching the deadlines: who is told before, at and after each, once; and that this goes on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from dijkring.controls.models import in_language
from dijkring.core import clock
from dijkring.core.access import Role
from dijkring.incidents import told
from dijkring.incidents.models import Incident, Significance, WatchRun
from dijkring.incidents.selectors import clocks
from dijkring.incidents.selectors.clocks import Clock
from dijkring.notices.services import telling, urgent
from dijkring.organisations.services import colleagues
from dijkring.ui import words

HOUR = timedelta(hours=1)
HANDLING = (Role.CISO,)
SECRETARY = (*HANDLING, Role.SECRETARY)
EVERYBODY = (*SECRETARY, Role.BOARD)
CONFIRMING = (*SECRETARY, Role.PRIVACY_OFFICER)


@dataclass(frozen=True, slots=True)
class Stage:
    """A moment around a deadline, and who is told then beside who handles the incident."""

    id: str
    after: timedelta
    roles: tuple[Role, ...]


# The next on the list hears before the deadline, not after it.
STAGES = (
    Stage("day", -24 * HOUR, HANDLING),
    Stage("hours", -4 * HOUR, SECRETARY),
    Stage("hour", -HOUR, EVERYBODY),
    Stage("due", timedelta(0), EVERYBODY),
    Stage("late", HOUR, EVERYBODY),
    Stage("day_late", 24 * HOUR, EVERYBODY),
)


def stage_of(one: Clock, now: datetime) -> Stage | None:
    """Return the last stage that has come; one from before the term began is none."""
    due, began = one.due, one.deadline.anchor_at
    if due is None or began is None:
        return None
    come = [stage for stage in STAGES if began < due + stage.after <= now]
    return come[-1] if come else None


def remind(*, organisation_id: int) -> int:
    """Tell who must know about every deadline that comes near or has passed; each stage once.

    Who was not told in time, because nothing ran, is told only the last stage. Returns how many
    notices were made.
    """
    now = clock.now()
    running = clocks.open_clocks(organisation_id)
    running += clocks.open_clocks(organisation_id, exercises=True)
    stages = [(one, stage) for one in running if (stage := stage_of(one, now))]
    people = colleagues(organisation_id, EVERYBODY) if stages else []
    by_role = [(str(one.role), one.user_id) for one in people]
    return sum(_tell(one, stage, by_role) for one, stage in stages)


def _tell(one: Clock, stage: Stage, people: Iterable[tuple[str, int]]) -> int:
    incident, due = one.incident, one.due
    assert due is not None  # noqa: S101 -- a stage has one
    # An exercise reaches who plays in it, never the board, and never by mail.
    others = {id for role, id in people if role in stage.roles and not incident.exercise}
    chosen = {
        "organisation_id": incident.organisation_id,
        "users": {incident.owner_id, *others} - {None} or _fallback(people),
        "kind": told.kind_of(stage.id),
        "values": {
            "report": in_language(dict(one.obligation.title)),
            "incident": str(incident),
            "due": words.moment_words(due),
        },
        "url_name": "incidents:incident",
        "url_args": [incident.pk],
        "key": f"incident-{incident.pk}-{one.obligation.id}-{due:%Y%m%d%H%M}-{stage.id}"[:120],
    }
    tell = telling.tell if incident.exercise else urgent.tell
    return tell(**chosen)  # type: ignore[arg-type]  # one set of values for both


def _fallback(people: Iterable[tuple[str, int]]) -> set[int]:
    return {id for role, id in people if role in HANDLING}


def on_reported(*, organisation_id: int, incident: int) -> None:
    """Tell the CISO at once that there is a new incident; an exercise only in the page."""
    found = Incident.objects.get(pk=incident)
    people = {one.user_id for one in colleagues(organisation_id, HANDLING)}
    tell = telling.tell if found.exercise else urgent.tell
    tell(
        organisation_id=organisation_id,
        users=people - {found.reported_by_id},
        kind=told.REPORTED,
        values={"who": found.reporter, "incident": str(found)},
        url_name="incidents:incident",
        url_args=[found.pk],
        key=f"incident-reported-{found.pk}",
    )


def on_waits(*, organisation_id: int, weighing: int) -> None:
    """Tell who may confirm, at once, that a decision not to report waits for a second person."""
    found = Significance.objects.select_related("incident", "decided_by").get(pk=weighing)
    people = {one.user_id for one in colleagues(organisation_id, CONFIRMING)}
    tell = telling.tell if found.incident.exercise else urgent.tell
    tell(
        organisation_id=organisation_id,
        users=people - {found.decided_by_id},
        kind=told.WAITS,
        values={"who": str(found.decided_by), "incident": str(found.incident)},
        url_name="incidents:incident",
        url_args=[found.incident_id],
        key=f"incident-waits-{found.pk}",
    )


def has_run() -> None:
    """Write down that the deadlines of everybody have been looked at."""
    if not WatchRun.objects.filter(pk=1).update(at=clock.now()):
        WatchRun.objects.bulk_create([WatchRun(pk=1, at=clock.now())], ignore_conflicts=True)
