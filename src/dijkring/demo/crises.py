# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A crisis that is exercised: one night with calls, decisions and two situation reports."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.tenancy import transaction_for
from dijkring.crisis import prepared
from dijkring.crisis.models import Crisis, Decision, Participant
from dijkring.crisis.selectors import sitreps as known
from dijkring.crisis.services import crises, decisions, log, people, sitreps, telling
from dijkring.crisis.services.crises import Opening
from dijkring.crisis.services.decisions import Question, Said
from dijkring.crisis.services.people import Called
from dijkring.crisis.services.telling import Line
from dijkring.demo import region
from dijkring.incidents.models import Incident
from dijkring.incidents.services import touched
from dijkring.incidents.services.touched import Touched
from dijkring.landscape.models import Asset

CONTENT = Path(__file__).parent / "content" / "crisis.yaml"
Row = dict[str, Any]


@cache
def content() -> Row:
    """Return the crisis as it is written down; nobody changes it."""
    found: Row = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))
    return found


def live_through() -> None:
    """Lead the exercise that was begun in the register as a crisis; some hours pass inside it."""
    story = content()
    began = clock.now() - timedelta(minutes=story["lasts"])
    actors = {role: region.in_role(story["organisation"], role) for role in ("ciso", "secretary")}
    with _at(began, actors["ciso"]):
        made = _open(actors["ciso"], story)
    for step in story["steps"]:
        actor = actors[step["who"]]
        with _at(began + timedelta(minutes=step["after"]), actor):
            STEPS[step["do"]](actor, made, step)


@contextmanager
def _at(moment: datetime, actor: Actor) -> Iterator[None]:
    with clock.moved_to(moment), transaction_for([actor.organisation_id], actor):
        yield


def _open(actor: Actor, story: Row) -> Crisis:
    rows = Incident.objects.filter(organisation_id=actor.organisation_id, exercise=True)
    incident = rows.order_by("-pk").first()
    if incident is not None:
        _touch(actor, incident, story["touched"])
    wanted = Opening(
        story["title"],
        story["level"],
        story["reason"],
        story["summary"],
        incident.pk if incident else None,
        exercise=True,
    )
    return crises.open_crisis(actor=actor, wanted=wanted)


def _touch(actor: Actor, incident: Incident, names: list[str]) -> None:
    rows = Asset.objects.filter(organisation_id=actor.organisation_id, name__in=names)
    if assets := list(rows.values_list("pk", flat=True)):
        wanted = Touched(clock.now(), "confirmed")
        touched.touch(actor=actor, incident=incident, assets=assets, wanted=wanted)


def _write(actor: Actor, made: Crisis, step: Row) -> None:
    log.write(actor=actor, crisis=made, text=step["text"], source=step["source"])


def _tick(actor: Actor, made: Crisis, step: Row) -> None:
    said = {name: step[name] for name in ("item", "answer", "note")}
    telling.tick(actor=actor, crisis=made, **said)


def _person(made: Crisis, step: Row) -> Participant:
    return Participant.objects.get(crisis=made, function=step["function"])


def _call(actor: Actor, made: Crisis, step: Row) -> None:
    person = people.name_person(
        actor=actor, person=_person(made, step), name=step["name"], phone=step["phone"]
    )
    again = clock.now() + timedelta(minutes=step["again"]) if "again" in step else None
    wanted = Called(step["reached"], clock.now(), step.get("note", ""), again)
    people.call(actor=actor, person=person, wanted=wanted)


def _here(actor: Actor, made: Crisis, step: Row) -> None:
    people.arrive(actor=actor, person=_person(made, step))


def _task(actor: Actor, made: Crisis, step: Row) -> None:
    due = clock.now() + timedelta(minutes=step["within"])
    given = {name: step[name] for name in ("text", "given_to")}
    log.give_task(actor=actor, crisis=made, due_at=due, **given)


def _put(actor: Actor, made: Crisis, step: Row) -> None:
    card = prepared.dilemmas("nl")[step["dilemma"]]
    due = clock.now() + timedelta(minutes=step["within"])
    wanted = Question(card.question, card.asked, card.dilemma, card.options, due, card.key)
    decisions.put(actor=actor, crisis=made, wanted=wanted)


def _rule(actor: Actor, made: Crisis, step: Row) -> None:
    first = Decision.objects.filter(crisis=made, settled_at=None).earliest("number")
    said = Said("decided", step["text"], step["reason"], step["by"], clock.now())
    decisions.rule(actor=actor, decision=first, wanted=said)


def _level(actor: Actor, made: Crisis, step: Row) -> None:
    said = {name: step[name] for name in ("ladder", "key", "reason")}
    crises.change_level(actor=actor, crisis=made, **said)


def _sitrep(actor: Actor, made: Crisis, step: Row) -> None:
    """Draft with what is known, write the picture, let the secretary approve, and give it."""
    begun = {**known.start(made), "picture": step["picture"]}
    draft = sitreps.draft(actor=actor, crisis=made, sections=begun)
    secretary = region.in_role(content()["organisation"], "secretary")
    approved = sitreps.approve(actor=secretary, sitrep=draft)
    for to in step["to"]:
        sitreps.send(actor=actor, sitrep=approved, to=to, channel="uitgedeeld", at=clock.now())


def _message(actor: Actor, made: Crisis, step: Row) -> None:
    line = Line(*(step[name] for name in ("group", "text", "channel", "spokesperson")))
    message = telling.prepare(actor=actor, crisis=made, wanted=line)
    if step.get("sent"):
        telling.sent(actor=actor, message=message, at=clock.now())


STEPS: dict[str, Callable[[Actor, Crisis, Row], None]] = {
    "write": _write,
    "tick": _tick,
    "call": _call,
    "here": _here,
    "task": _task,
    "put": _put,
    "rule": _rule,
    "level": _level,
    "sitrep": _sitrep,
    "message": _message,
}
