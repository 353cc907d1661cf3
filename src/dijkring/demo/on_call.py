# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who is on call in a municipality, with one week that nobody took; and a report by the page."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.tenancy import transaction_for
from dijkring.demo import region
from dijkring.incidents.models import Incident, Intake, Shift
from dijkring.incidents.services import (
    acknowledging,
    clocks,
    closing,
    intake,
    oncall,
    reporting,
    ways_in,
)
from dijkring.incidents.services.closing import Closing
from dijkring.incidents.services.intake import Came
from dijkring.incidents.services.oncall import Wanted
from dijkring.incidents.services.reporting import Reported, Triage

CONTENT = Path(__file__).parent / "content" / "on_call.yaml"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@cache
def content() -> dict[str, Any]:
    """Return the story as it is written down; nobody changes it."""
    found: dict[str, Any] = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))
    return found


@contextmanager
def _acting(role: str = "ciso") -> Iterator[Actor]:
    actor = region.in_role(content()["organisation"], role)
    with transaction_for([actor.organisation_id], actor):
        yield actor


def make_list() -> None:
    """Put people on call, week after week; the week that lacks is seen ahead."""
    with _acting() as actor:
        for row in content()["shifts"]:
            who = region.in_role(content()["organisation"], row["role"])
            since = clock.now() + row["from"] * DAY
            wanted = Wanted(who.user_id or 0, since, clock.now() + row["until"] * DAY, row["rank"])
            oncall.add(actor=actor, wanted=wanted)


def hand_over() -> None:
    """Let the one who is on call hand over to the next, with a note."""
    to = region.in_role(content()["organisation"], content()["handed_to"])
    with _acting() as actor:
        rows = Shift.objects.filter(user_id=actor.user_id or 0, since__lte=clock.now())
        shift = rows.get(until__gt=clock.now(), organisation_id=actor.organisation_id)
        oncall.hand_over(actor=actor, shift=shift, user_id=to.user_id or 0, note=content()["note"])


def report_by_page() -> None:
    """Let a colleague without an account report; it is handled the same afternoon."""
    row, began = content()["report"], clock.now()
    with _acting() as actor:
        way, _token = ways_in.make(actor=actor, kind="page", phone=content()["phone"])
        what = Reported(row["title"], began - HOUR / 2, row["description"], "no")
        came = Came(what, row["name"], row["contact"], key=intake.new_key())
        made = intake.by_way(way=way, came=came, at=Intake.Way.PAGE).incident
        with clock.moved_to(began + HOUR / 4):
            acknowledging.acknowledge(actor=actor, incident=made)
            _take_up(actor, made, row)
        with clock.moved_to(began + 3 * HOUR):
            _finish(actor, made, row)


def _take_up(actor: Actor, made: Incident, row: dict[str, Any]) -> None:
    wanted = Triage(
        row["title"],
        row["description"],
        row["category"],
        "low",
        personal_data="no",
        owner_id=actor.user_id,
        detected_at=made.detected_at,
    )
    reporting.triage(actor=actor, incident=made, wanted=wanted, version=0)
    weighing = clocks.weigh(
        actor=actor,
        incident=made,
        regime="cbw",
        answers=row["answers"],
        report=False,
        reason=row["reason"],
    )
    with _acting("secretary") as second:
        clocks.confirm(actor=second, weighing=weighing, why=row["agreed"])


def _finish(actor: Actor, made: Incident, row: dict[str, Any]) -> None:
    reporting.move(actor=actor, incident=made, to="handling")
    closing.end(actor=actor, incident=made, at=clock.now())
    wanted = Closing(row["cause"], row["avoidable"], row["avoidable_reason"], row["lessons"])
    closing.close(actor=actor, incident=made, wanted=wanted)
