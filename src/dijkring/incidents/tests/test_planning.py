# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A tick looks only where there can be something to tell, and never misses what changed."""

from datetime import datetime, timedelta

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.rows import fetch
from dijkring.core.tenancy import transaction_for
from dijkring.incidents.models import Incident, WatchPlan
from dijkring.incidents.selectors import clocks as selectors
from dijkring.incidents.services import acknowledging, oncall, planning, reporting
from dijkring.incidents.services.ladder import STAGES
from dijkring.incidents.services.oncall import Wanted
from dijkring.incidents.tests.objects import reported
from dijkring.notices.models import Notice
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting

STARTED = datetime(2026, 9, 7, 8, tzinfo=clock.AMSTERDAM)
EVERY = timedelta(minutes=5)


def plan_at(actor: Actor) -> datetime:
    return WatchPlan.objects.get(organisation_id=actor.organisation_id).at


def due(actor: Actor) -> bool:
    found = fetch("SELECT * FROM door_watch_due(%s)", [clock.now()])
    return actor.organisation_id in {row[0] for row in found}


def look(actor: Actor) -> int:
    with transaction_for([actor.organisation_id]):
        return planning.look(organisation_id=actor.organisation_id)


def test_a_tick_that_looks_only_when_it_must_tells_the_same(acting: Acting, alice: User) -> None:
    """Every moment at which a stage begins is looked at by the first tick after it."""
    with acting(alice) as actor:
        with clock.moved_to(STARTED):
            made = reported(actor, "Map kwijt", hours=0)
            reporting.move(actor=actor, incident=made, to="triage")
            look(actor), look(actor)
        running = [
            one
            for one in selectors.open_clocks(actor.organisation_id)
            if one.incident.pk == made.pk
        ]
        begins = {one.due + stage.after for one in running if one.due for stage in STAGES}
        looked, at = [], STARTED
        while at < STARTED + timedelta(days=4):
            at += EVERY
            with clock.moved_to(at):
                if due(actor):
                    looked.append(at)
                    look(actor)
        for moment in begins:
            if STARTED < moment < at - EVERY:
                assert any(moment <= one <= moment + EVERY for one in looked)
        assert len(looked) < timedelta(days=4) / EVERY / 2
        assert Notice.objects.filter(key__startswith=f"incident-{made.pk}-").exists()


def test_a_change_lets_the_next_tick_look(acting: Acting, alice: User) -> None:
    with acting(alice) as actor, clock.moved_to(STARTED + timedelta(hours=1)):
        made = reported(actor, "Map kwijt", hours=1)
        reporting.move(actor=actor, incident=made, to="triage")
        look(actor)
        look(actor)
        assert plan_at(actor) > clock.now()
        assert not due(actor)
        Incident.objects.filter(pk=made.pk).update(title="Map gevonden")
        assert due(actor)


def quiet(actor: Actor) -> Incident:
    """Return an incident of which is told all that there is to tell now."""
    made = reported(actor, "Map kwijt", hours=0)
    reporting.move(actor=actor, incident=made, to="triage")
    look(actor), look(actor)
    assert not due(actor)
    return made


def heard(stage: str) -> list[int]:
    rows = Notice.objects.filter(key__contains="cbw.early_warning", key__endswith=f"-{stage}")
    return list(rows.order_by("pk").values_list("user_id", flat=True))


def test_another_list_of_who_is_on_call_lets_the_next_tick_look(
    acting: Acting, alice: User, fatima: User
) -> None:
    span = (STARTED, STARTED + timedelta(days=2))
    with acting(alice) as actor, clock.moved_to(STARTED):
        made = quiet(actor)
        shift = oncall.add(actor=actor, wanted=Wanted(alice.pk, *span))
        assert due(actor)
        look(actor)
        assert not due(actor)
        later = oncall.hand_over(actor=actor, shift=shift, user_id=fatima.pk, note="Niets open.")
        assert due(actor)
        look(actor)
        acknowledging.acknowledge(actor=actor, incident=made)
        assert due(actor)
        look(actor)
        oncall.end(actor=actor, shift=later)
        assert due(actor)


def test_who_is_on_call_from_now_on_hears_what_goes_on_with_the_first_tick(
    acting: Acting, alice: User, fatima: User
) -> None:
    """The list turns by itself, in the middle of a stage: nothing is written at that moment."""
    turn = STARTED + timedelta(hours=20, minutes=2)
    with acting(alice) as actor:
        with clock.moved_to(STARTED):
            oncall.add(actor=actor, wanted=Wanted(alice.pk, STARTED, turn))
            oncall.add(actor=actor, wanted=Wanted(fatima.pk, turn, turn + timedelta(days=1)))
            quiet(actor)
        for minutes in (1200, 1201):
            with clock.moved_to(STARTED + timedelta(minutes=minutes)):
                look(actor)
                assert heard("hours") == [alice.pk]
        with clock.moved_to(turn):
            assert due(actor)
            look(actor)
            assert heard("hours") == [alice.pk, fatima.pk]
