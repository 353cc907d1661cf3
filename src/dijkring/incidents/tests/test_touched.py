# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an incident touches, what comes next, and what the landscape proposes at the weighing."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Forbidden, Refused
from dijkring.incidents.hints import proposals
from dijkring.incidents.models import Incident
from dijkring.incidents.selectors import touched as selectors
from dijkring.incidents.services import closing, reporting, touched
from dijkring.incidents.services.reporting import Reported
from dijkring.incidents.services.touched import Touched
from dijkring.landscape.models import Asset
from dijkring.landscape.services import assets, dependencies
from dijkring.landscape.services.wanted import AssetWanted, DependencyWanted
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting, ClientOf, actor_of

NOTICED = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)


def report(actor: Actor, *, exercise: bool = False) -> Incident:
    wanted = Reported("Bestanden onleesbaar", NOTICED, "", "yes", exercise)
    return reporting.report(actor=actor, wanted=wanted)


def add(actor: Actor, name: str, kind: str, **values: object) -> Asset:
    wanted = AssetWanted(name, kind, **values)  # type: ignore[arg-type]  # as the form does
    return assets.add(actor=actor, wanted=wanted)


def town(actor: Actor) -> tuple[Asset, Asset, Asset]:
    """Make a task that needs one of two systems six hours long, with residents."""
    task = add(
        actor,
        "Paspoorten afgeven",
        "task",
        residents=20_000,
        statutory=True,
        mtpd_hours=Decimal(24),
    )
    one = add(actor, "Zaaksysteem", "system", personal_data="special", rto_hours=Decimal(8))
    other = add(actor, "Noodsysteem", "system")
    group = DependencyWanted(kind="group", group="Loketten", least=1, delay_hours=Decimal(6))
    dependencies.depend(actor=actor, dependent=task, needed=[one, other], wanted=group)
    return task, one, other


def coming(made: Incident) -> dict[str, datetime]:
    rows = selectors.of_incident(made)
    found = selectors.consequences(made.organisation_id, rows)
    return {one.node.name: one.at for one in found.coming} if found else {}


def test_what_comes_next_counts_from_what_fell_last(acting: Acting, alice: User) -> None:
    with acting(alice) as actor, clock.moved_to(NOTICED + timedelta(hours=3)):
        made = report(actor)
        _task, one, other = town(actor)
        assert coming(made) == {}
        touched.touch(actor=actor, incident=made, assets=[one.pk], wanted=Touched(NOTICED))
        assert coming(made) == {"Zaaksysteem": NOTICED}
        later = Touched(NOTICED + timedelta(hours=2), "confirmed")
        [row] = touched.touch(actor=actor, incident=made, assets=[other.pk], wanted=later)
        found = selectors.consequences(made.organisation_id, selectors.of_incident(made))
        assert found is not None
        assert coming(made)["Paspoorten afgeven"] == NOTICED + timedelta(hours=8)
        assert (found.tasks(), found.residents(), found.expected) == (1, 20_000, None)
        assert found.served()[0].too_long_at == NOTICED + timedelta(hours=32)
        # What works again, or was never touched, brings nothing down.
        for gone in (
            Touched(NOTICED, until=NOTICED + timedelta(hours=1)),
            Touched(NOTICED, "cleared"),
        ):
            touched.change(actor=actor, touched=row, wanted=gone)
            assert coming(made) == {"Zaaksysteem": NOTICED}


def test_a_promise_that_is_over_is_no_promise(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        made = report(actor)
        counter = add(actor, "Burgerzaken", "task", residents=900, rto_hours=Decimal(3))
        touched.touch(actor=actor, incident=made, assets=[counter.pk], wanted=Touched(NOTICED))
        for minutes, words in (
            (170, "binnen 3 uur"),
            (190, "voorbij"),
            (250, "vier uur of langer"),
        ):
            with clock.moved_to(NOTICED + timedelta(minutes=minutes)):
                assert words in proposals(made, "cbw")["outage"]


def test_the_landscape_proposes_and_never_answers(
    acting: Acting, alice: User, client_of: ClientOf
) -> None:
    with acting(alice) as actor:
        made = report(actor)
        _task, one, other = town(actor)
        wanted = Touched(NOTICED, "confirmed")
        touched.touch(actor=actor, incident=made, assets=[one.pk, other.pk], wanted=wanted)
        with clock.moved_to(NOTICED + timedelta(hours=7)):
            soon = proposals(made, "cbw")["outage"]
        with clock.moved_to(NOTICED + timedelta(hours=11)):
            long = proposals(made, "cbw")["outage"]
        assert "Paspoorten afgeven" in soon
        assert soon != long
        assert "Zaaksysteem" in proposals(made, "avg")["risk"]
        assert "Noodsysteem" not in proposals(made, "avg")["risk"]
    client = client_of(alice)
    page = client.get(f"/o/dijkerveen/incidenten/{made.pk}/weging/cbw/").content.decode()
    assert "Paspoorten afgeven" in page
    assert "checked" not in page
    asset = client.get(f"/o/dijkerveen/landschap/{one.pk}/").content.decode()
    assert made.reference in asset
    asked = client.get(
        f"/o/dijkerveen/landschap/wat-als/?asset={one.pk}&asset={other.pk}"
    ).content.decode()
    assert "Paspoorten afgeven" in asked
    assert "72" in asked


def test_what_is_refused(acting: Acting, alice: User, bob: User, charlie: User) -> None:
    with acting(charlie) as actor:
        theirs = add(actor, "Systeem van een ander", "system")
    with acting(alice) as actor:
        made, mine = report(actor), add(actor, "Zaaksysteem", "system")
        wrong = [
            ([], Touched(NOTICED)),
            ([theirs.pk], Touched(NOTICED)),
            ([mine.pk], Touched(clock.now() + timedelta(hours=1))),
            ([mine.pk], Touched(NOTICED, until=NOTICED - timedelta(hours=1))),
            ([mine.pk], Touched(NOTICED, "perhaps")),
        ]
        for chosen, wanted in wrong:
            with pytest.raises(Refused):
                touched.touch(actor=actor, incident=made, assets=chosen, wanted=wanted)
        with pytest.raises(Forbidden):
            touched.touch(
                actor=actor_of(bob), incident=made, assets=[mine.pk], wanted=Touched(NOTICED)
            )
        assert not made.touched.exists()


def test_an_exercise_does_not_stand_on_the_real_asset(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        mine = add(actor, "Zaaksysteem", "system")
        for exercise in (True, False):
            made = report(actor, exercise=exercise)
            wanted = Touched(NOTICED)
            touched.touch(actor=actor, incident=made, assets=[mine.pk], wanted=wanted)
        [row] = selectors.open_on(mine)
        assert row.incident == made
        reporting.move(actor=actor, incident=made, to="triage")
        closing.end(actor=actor, incident=made, at=clock.now())
        assert selectors.open_on(mine).count() == 1
