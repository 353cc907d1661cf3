# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Watching the deadlines: who is told before, at and after each, once; and that this goes on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from dijkring.controls.models import in_language
from dijkring.core import clock
from dijkring.core.access import Role
from dijkring.incidents import told
from dijkring.incidents.models import Acknowledgement, Incident, Significance, WatchRun
from dijkring.incidents.selectors import clocks, oncall, still
from dijkring.incidents.selectors.clocks import Clock
from dijkring.incidents.services import ladder, webhooks
from dijkring.incidents.services.ladder import MINUTE, Call, Stage
from dijkring.notices.services import telling, urgent
from dijkring.organisations.services import colleagues
from dijkring.ui import words

HANDLING = (Role.CISO,)
CONFIRMING = (Role.CISO, Role.SECRETARY, Role.PRIVACY_OFFICER)
ABOVE = (Role.CISO, Role.SECRETARY, Role.BOARD)
# From the report until somebody takes it up; after two days it is in the facts.
TAKE_UP = Stage("reported", timedelta(0), 20 * MINUTE, 120 * MINUTE)
TAKEN_UP_BY = timedelta(days=2)
Held = tuple[int, datetime]


@dataclass(frozen=True, slots=True)
class People:
    """Who can be told in one organisation: on call since when, per role, who has what, systems.

    Who is on call stands there in the order in which they are called.
    """

    on_call: dict[int, datetime] = field(default_factory=dict)
    by_role: list[set[int]] = field(default_factory=list)
    held: dict[int, Held] = field(default_factory=dict)
    hooked: bool = False

    def first(self, incident: Incident) -> set[int]:
        """Return who hears first: who handles it, who said so, who is on call, else the CISO."""
        if incident.owner_id:
            return {incident.owner_id}
        if incident.pk in self.held:
            return {self.held[incident.pk][0]}
        return set(list(self.on_call)[:1]) or self.by_role[0]

    def rungs(self, incident: Incident, stage: Stage) -> list[frozenset[int]]:
        """Return who hears after whom; of an exercise only who plays in it."""
        if incident.exercise:
            return ladder.rungs(self.first(incident), [], [])
        above = self.by_role if stage.to_board else self.by_role[:1]
        return ladder.rungs(self.first(incident), list(self.on_call), above)

    def should(self, call: Call, incident: Incident) -> datetime:
        """Return when somebody should have been told: not before they came on call."""
        came = [self.on_call[one] for one in call.who if one in self.on_call]
        own = incident.owner_id in call.who
        return max([call.at, *came]) if len(call.who) == 1 and not own else call.at

    def held_at(self, incident: Incident) -> datetime | None:
        """Return when somebody last said 'I have it'."""
        return self.held[incident.pk][1] if incident.pk in self.held else None


def people_of(organisation_id: int, incidents: Iterable[int]) -> People:
    """Return who can be told of some incidents, in a fixed number of queries."""
    members = colleagues(organisation_id, ABOVE)
    said = Acknowledgement.objects.filter(incident_id__in=list(incidents)).order_by("at", "pk")
    return People(
        oncall.on_call_since(organisation_id),
        [{one.user_id for one in members if one.role == role} for role in ABOVE],
        {one.incident_id: (one.user_id, one.at) for one in said},
        webhooks.in_use(organisation_id).exists(),
    )


def remind(*, organisation_id: int) -> int:
    """Tell who must know about every deadline that comes near or has passed; each stage once.

    Who was not told in time, because nothing ran, is told only the last stage, and that it comes
    late. Returns how many notices were made.
    """
    running = clocks.open_clocks(organisation_id)
    running += clocks.open_clocks(organisation_id, exercises=True)
    return remind_of(organisation_id, running, clock.now())


def remind_of(organisation_id: int, running: Sequence[Clock], now: datetime) -> int:
    """Do so for the clocks that run, and for what nobody took up."""
    stages = [(one, stage) for one in running if (stage := _stage_of(one, now))]
    waiting = not_taken_up(organisation_id, now)
    if not stages and not waiting:
        return 0
    people = people_of(organisation_id, {*(one.incident.pk for one, _ in stages),
                                         *(one.pk for one in waiting)})  # fmt: skip
    count = sum(_climb(one, stage, people, now) for one, stage in stages)
    return count + sum(_tell_reported(one, people, now) for one in waiting)


def _stage_of(one: Clock, now: datetime) -> Stage | None:
    due, began = one.due, one.deadline.anchor_at
    return ladder.stage_of(due, began, now) if due and began else None


def not_taken_up(organisation_id: int, now: datetime) -> list[Incident]:
    """Return what was reported not long ago and nobody took up."""
    rows = Incident.objects.filter(organisation_id=organisation_id, exercise=False)
    rows = rows.filter(state=Incident.State.REPORTED, reported_at__gt=now - TAKEN_UP_BY)
    return list(rows.select_related("owner"))


def _climb(one: Clock, stage: Stage, people: People, now: datetime) -> int:
    incident, due = one.incident, one.due
    assert due is not None  # noqa: S101 -- a stage has one
    values = {
        "report": in_language(dict(one.obligation.title)),
        "incident": _named(incident),
        "due": words.moment_words(due),
    }
    key = f"{still.key_of(one)}-{stage.id}"
    rungs = people.rungs(incident, stage)
    calls = ladder.calls(stage, due, rungs, people.held_at(incident), now)
    if calls and people.hooked and not incident.exercise:
        more = {"obligation": one.obligation.id, "due": due.isoformat(), "stage": stage.id}
        webhooks.queue(incident=incident, event="deadline", key=key, more=more)
    calls = [replace(call, at=people.should(call, incident)) for call in calls]
    return sum(_tell(call, incident, told.kind_of(stage.id), values, key, now) for call in calls)


def _named(incident: Incident) -> str:
    return f"{told.EXERCISE} {incident}" if incident.exercise else str(incident)


def _tell(
    call: Call, incident: Incident, kind: str, values: dict[str, Any], key: str, now: datetime
) -> int:
    # An exercise is told in the page, never by mail.
    tell = telling.tell if incident.exercise else urgent.tell
    late = call.is_late(now)
    return tell(
        organisation_id=incident.organisation_id,
        users=call.who,
        kind=told.late(kind) if late else kind,
        values={**values, "should": words.moment_words(call.at)} if late else values,
        url_name="incidents:incident",
        url_args=[incident.pk],
        key=key,
    )


def on_reported(*, organisation_id: int, incident: int) -> None:
    """Tell who is on call at once that there is a new incident; an exercise only in the page."""
    found = Incident.objects.select_related("owner").get(pk=incident)
    _tell_reported(found, people_of(organisation_id, [incident]), clock.now())


def _tell_reported(found: Incident, people: People, now: datetime) -> int:
    """Tell of a new incident, and climb until somebody takes it up; who reported it knows."""
    key, reporter = f"incident-reported-{found.pk}", {found.reported_by_id}
    rungs = [one - reporter for one in people.rungs(found, TAKE_UP)]
    # Who can handle it and reported it themselves has it already.
    knows = found.reported_by_id in {*people.on_call, *people.by_role[0]}
    held = found.reported_at if knows else people.held_at(found)
    calls = ladder.calls(TAKE_UP, found.reported_at, rungs, held, now)
    if people.hooked and not found.exercise:
        webhooks.queue(incident=found, event="reported", key=key)
    values = {"who": found.reporter, "incident": _named(found)}
    return sum(_tell(call, found, told.REPORTED, values, key, now) for call in calls)


def on_waits(*, organisation_id: int, weighing: int) -> None:
    """Tell who may confirm, at once, that a decision not to report waits for a second person."""
    found = Significance.objects.select_related("incident", "decided_by").get(pk=weighing)
    people = {one.user_id for one in colleagues(organisation_id, CONFIRMING)}
    tell = telling.tell if found.incident.exercise else urgent.tell
    tell(
        organisation_id=organisation_id,
        users=people - {found.decided_by_id},
        kind=told.WAITS,
        values={"who": str(found.decided_by), "incident": _named(found.incident)},
        url_name="incidents:incident",
        url_args=[found.incident_id],
        key=f"incident-waits-{found.pk}",
    )


def has_run() -> None:
    """Write down that the deadlines of everybody have been looked at."""
    if not WatchRun.objects.filter(pk=1).update(at=clock.now()):
        WatchRun.objects.bulk_create([WatchRun(pk=1, at=clock.now())], ignore_conflicts=True)


def tell_slept(*, organisation_id: int, since: datetime) -> int:
    """Shout that nobody watched since a moment: to who is on call, by every channel there is."""
    people = people_of(organisation_id, [])
    values = {"since": words.moment_words(since), "until": words.moment_words(clock.now())}
    key = f"incident-slept-{since:%Y%m%d%H%M%S}"
    webhooks.queue_plain(organisation_id=organisation_id, event="slept", key=key,
                         more={"since": since.isoformat()})  # fmt: skip
    return urgent.tell(
        organisation_id=organisation_id,
        users={*people.on_call, *people.by_role[0]},
        kind=told.SLEPT,
        values=values,
        url_name="incidents:clocks",
        key=key,
    )
