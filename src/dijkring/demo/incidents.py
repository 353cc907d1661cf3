# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""An incident that was reported in time and closed, and an exercise that goes on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.tenancy import transaction_for
from dijkring.demo import dossier, region, reporting_out
from dijkring.incidents.models import Incident
from dijkring.incidents.selectors.clocks import RECIPIENTS
from dijkring.incidents.services import clocks, closing, recording, reporting
from dijkring.incidents.services.clocks import HandedIn
from dijkring.incidents.services.closing import Closing
from dijkring.incidents.services.reporting import Reported, Triage

CONTENT = Path(__file__).parent / "content" / "incidents.yaml"
Step = Callable[[Actor, Incident, Any], None]
HOUR, MONTH = timedelta(hours=1), timedelta(days=30)


@cache
def content() -> dict[str, Any]:
    """Return the incidents as they are written down; nobody changes them."""
    found: dict[str, Any] = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))
    return found


@contextmanager
def _acting() -> Iterator[Actor]:
    actor = region.in_role(content()["organisation"], "ciso")
    with transaction_for([actor.organisation_id], actor):
        yield actor


def live_through() -> None:
    """Report, handle and close an incident; nine days pass inside it."""
    row, began = content()["real"], clock.now()
    with _acting() as actor:
        made = _report(actor, row, exercise=False)
        steps: list[tuple[timedelta, Step, Any]] = [
            (HOUR, _triage, row),
            (1.25 * HOUR, dossier.say_touched, row),
            (1.5 * HOUR, _weigh, row),
            (row["told"]["hours"] * HOUR, _tell, row),
            (7 * HOUR, dossier.say_mended, row),
            (9 * HOUR, dossier.fill, row),
        ]
        steps += [(one["hours"] * HOUR, _enter, one) for one in row["entries"]]
        steps += [(at * HOUR, _hand_in, id) for id, at in row["handed_in"].items()]
        steps += [(row["ended_hours"] * HOUR, _end, row), (210 * HOUR, _close, row)]
        for after, do, given in sorted(steps, key=lambda step: step[0]):
            with clock.moved_to(began + after):
                do(actor, made, given)


def exercise() -> None:
    """Begin an exercise that goes on, and look at the register as happens each day."""
    with _acting() as actor:
        made = _report(actor, content()["exercise"], exercise=True)
        reporting_out.begin(actor, made, "cbw.early_warning")
        dossier.practise(actor, made, content()["exercise"])
        recording.look(organisation_id=actor.organisation_id)


def _report(actor: Actor, row: dict[str, Any], *, exercise: bool) -> Incident:
    noticed = clock.now() - row["noticed_hours"] * HOUR
    wanted = Reported(row["title"], noticed, row["description"], "no", exercise)
    return reporting.report(actor=actor, wanted=wanted)


def _triage(actor: Actor, made: Incident, row: dict[str, Any]) -> None:
    wanted = Triage(
        row["title"],
        row["description"],
        row["category"],
        row["severity"],
        personal_data="no",
        owner_id=actor.user_id,
        detected_at=made.detected_at,
    )
    reporting.triage(actor=actor, incident=made, wanted=wanted, version=0)
    reporting.move(actor=actor, incident=made, to="handling")


def _weigh(actor: Actor, made: Incident, row: dict[str, Any]) -> None:
    clocks.weigh(
        actor=actor,
        incident=made,
        regime="cbw",
        answers=row["answers"],
        report=True,
        reason=row["reason"],
    )


def _enter(actor: Actor, made: Incident, one: dict[str, Any]) -> None:
    reporting.enter(
        actor=actor, incident=made, at=clock.now(), text=one["text"], source=one["source"]
    )


def _hand_in(actor: Actor, made: Incident, obligation: str) -> None:
    second = region.in_role(content()["organisation"], "secretary")
    reporting_out.hand_in(actor, second, made, obligation, content()["real"]["reports"])


def _tell(actor: Actor, made: Incident, row: dict[str, Any]) -> None:
    given = HandedIn(clock.now(), actor.name, row["told"]["how"])
    clocks.hand_in(actor=actor, incident=made, obligation=RECIPIENTS, wanted=given)


def _end(actor: Actor, made: Incident, _row: dict[str, Any]) -> None:
    closing.end(actor=actor, incident=made, at=clock.now())


def _close(actor: Actor, made: Incident, row: dict[str, Any]) -> None:
    ready: date = clock.today() + MONTH
    wanted = Closing(
        row["cause"],
        row["avoidable"],
        row["avoidable_reason"],
        row["lessons"],
        row["improvements"],
        ready,
    )
    closing.close(actor=actor, incident=made, wanted=wanted)
