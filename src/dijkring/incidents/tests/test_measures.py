# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the register says of a year: targets, facts, the own figures and those of a group."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import transaction

from dijkring.core import clock
from dijkring.core.access import Actor, Role, person_actor
from dijkring.core.errors import Forbidden, Refused
from dijkring.core.tenancy import acting_for
from dijkring.evidence.models import Fact
from dijkring.evidence.services import uploads
from dijkring.incidents import facts, measures
from dijkring.incidents.measures import FAIL, NOT_APPLICABLE, NOT_MEASURED, PASS, Times
from dijkring.incidents.models import IncidentCount
from dijkring.incidents.selectors import figures, incidents
from dijkring.incidents.selectors.together import together
from dijkring.incidents.services import (
    breaches,
    closing,
    counting,
    exhibits,
    measuring,
    recording,
    reporting,
)
from dijkring.incidents.services.closing import Closing
from dijkring.incidents.services.exhibits import Taken
from dijkring.incidents.services.reporting import Reported, Triage
from dijkring.incidents.tests.objects import reported
from dijkring.organisations.models import Organisation, User
from dijkring.sharing.tests.objects import in_force
from dijkring.tests.harness.people import Acting, actor_of

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_what_still_goes_on_is_over_as_soon_as_it_takes_longer() -> None:
    done = Times("done", None, NOON, NOON + timedelta(hours=1), None, ended=True)
    rows = [done, Times("open", None, NOON, None, None, ended=False)]
    for hours, state in ((3, PASS), (5, FAIL)):
        now = NOON + timedelta(hours=hours)
        assert measures.within(rows, "detected", "contained", 4, now)[0] == state


def times(name: str, hours: float | None) -> Times:
    found = None if hours is None else NOON + timedelta(hours=hours)
    return Times(name, NOON, found, None, None, ended=True)


def test_a_target_is_met_by_nine_in_ten_and_never_by_silence() -> None:
    quick = [times(str(number), 1) for number in range(9)]
    cases: list[tuple[list[Times], int | None, str]] = [
        ([], 4, NOT_APPLICABLE),
        (quick, None, NOT_MEASURED),
        ([times("a", None)], 4, NOT_MEASURED),
        (quick, 4, PASS),
        ([*quick, times("slow", 5)], 4, PASS),
        ([*quick[:8], times("slow", 5)], 4, FAIL),
        ([times("crossed", -1)], 4, NOT_MEASURED),
        ([times("a", 1), times("b", None)], 4, NOT_MEASURED),
    ]
    for rows, target, state in cases:
        assert measures.within(rows, "occurred", "detected", target, NOON)[0] == state
    assert (
        measures.hours([times("a", 1), times("b", 4), times("c", None)], "occurred", "detected")
        == 2.5
    )


def test_avoidable_incidents_and_what_nobody_judged() -> None:
    cases = [
        ([], [], None, NOT_MEASURED),
        (["a"], [], 1, PASS),
        (["a", "b"], [], 1, FAIL),
        (["a"], ["b"], 1, NOT_MEASURED),
        ([], [], 0, PASS),
    ]
    for avoidable, undecided, target, state in cases:
        assert measures.at_most(avoidable, undecided, target)[0] == state


def test_reports_of_staff_and_what_everyone_was_asked() -> None:
    day = timedelta(days=1)
    quick = {str(number): timedelta(hours=2) for number in range(9)}
    for took, state in [
        ({}, NOT_MEASURED),
        (quick, PASS),
        (quick | {"late": 2 * day}, PASS),
        ({"quick": day, "late": 2 * day}, FAIL),
    ]:
        assert measures.staff(took, day)[0] == state
    for said, state in [
        ({}, NOT_APPLICABLE),
        ({"a": "yes"}, PASS),
        ({"a": "yes", "b": "unknown"}, NOT_MEASURED),
        ({"a": "unknown", "b": "no"}, FAIL),
    ]:
        assert measures.answered(said, "niet te zien")[0] == state


def looked(actor: Actor) -> dict[str, tuple[str, Any]]:
    """Return what is to be observed now; what cannot be measured replaces no fact."""
    rows = list(incidents.incidents(actor.organisation_id))
    found = measuring.observations(actor.organisation_id, rows)
    return {one.kind: (one.state, one.detail) for one in found}


def test_staff_logs_and_evidence_are_looked_at_and_those_of_an_exercise_not(
    acting: Acting, alice: User
) -> None:
    file = ("log.txt", BytesIO(b"regel"))
    taken = Taken("Log", NOON, "F. Aydin", "Mailserver")
    with acting(alice) as actor, clock.moved_to(NOON):
        # Before the Cbw and without personal data no report is due, so it can be closed.
        wanted = Reported("Vreemde mail", NOON - timedelta(hours=30), personal_data="no")
        late = reporting.report(actor=actor, wanted=wanted)
        exercise = reported(actor, "Oefening", hours=90, exercise=True)
        lost = exhibits.take(actor=actor, incident=exercise, wanted=taken, file=file)
        uploads.path_of(actor.organisation_id, lost.sha256).unlink()
        exhibits.check(actor=actor, exhibit=lost)
        found = looked(actor)
        assert found[facts.STAFF][1]["later gemeld"] == [late.reference]
        assert (found[facts.LOGS][0], found[facts.INTACT][0]) == (NOT_APPLICABLE, NOT_APPLICABLE)
        file[1].seek(0)
        kept = exhibits.take(actor=actor, incident=late, wanted=taken, file=file)
        assert looked(actor)[facts.INTACT][0] == NOT_MEASURED
        exhibits.check(actor=actor, exhibit=kept)
        assert looked(actor)[facts.INTACT][0] == PASS
        reporting.move(actor=actor, incident=late, to="triage")
        closing.end(actor=actor, incident=late, at=NOON)
        done = Closing("Onbekend.", "no", "Niets had geholpen.", logs="no")
        closing.close(actor=actor, incident=late, wanted=done)
        assert looked(actor)[facts.LOGS][1]["niet te zien"] == [late.reference]
        with clock.moved_to(NOON + timedelta(days=400)):
            # A year on nobody knows whether it still is as it was, and nobody reported anything.
            found = looked(actor)
            assert (found[facts.INTACT][0], found[facts.STAFF][0]) == (NOT_MEASURED, NOT_MEASURED)
        uploads.path_of(actor.organisation_id, kept.sha256).unlink()
        exhibits.check(actor=actor, exhibit=kept)
        assert looked(actor)[facts.INTACT][0] == FAIL


def state_of(actor: Actor, kind: str) -> tuple[str, Any]:
    recording.look(organisation_id=actor.organisation_id)
    rows = Fact.objects.filter(organisation_id=actor.organisation_id, kind=kind, until=None)
    [found] = rows
    return found.state, found.detail


def test_the_register_leaves_facts_of_the_last_year(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        with clock.moved_to(NOON):
            made = reported(actor, "Map kwijt", hours=30)
            reported(actor, "Oefening", exercise=True)
            wanted = Triage(
                "Map kwijt",
                category="lost_device",
                severity="critical",
                personal_data="yes",
                occurred_at=NOON - timedelta(hours=40),
                detected_at=NOON - timedelta(hours=30),
            )
            reporting.triage(actor=actor, incident=made, wanted=wanted, version=made.version)
        with clock.moved_to(NOON + timedelta(days=20)):
            assert state_of(actor, facts.DETECTED)[0] == NOT_MEASURED
            counting.aim(actor=actor, wanted={"detect_hours": 4, "avoidable": 0})
        with clock.moved_to(NOON + timedelta(days=21)):
            state, detail = state_of(actor, facts.DETECTED)
            assert (state, detail["langer"]) == (FAIL, [made.reference])
            assert state_of(actor, facts.AVOIDABLE)[0] == PASS
            assert state_of(actor, facts.BOARD)[0] == FAIL
            assert state_of(actor, facts.BREACHES)[0] == FAIL
            assert state_of(actor, facts.PLAYBOOKS)[0] == FAIL
            assert state_of(actor, facts.LESSONS)[0] == NOT_APPLICABLE


def test_the_end_has_its_moments_in_order(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        made = reported(actor, "Map kwijt", hours=5)
        reporting.move(actor=actor, incident=made, to="triage")
        now = clock.now()
        early = now - timedelta(hours=6)
        with pytest.raises(Refused) as refused:
            closing.end(actor=actor, incident=made, at=now, contained_at=early)
        assert refused.value.field == "contained_at"
        at = now - timedelta(hours=2)
        closing.end(actor=actor, incident=made, at=now, contained_at=at, recovered_at=now)
        breaches.add(actor=actor, title="Brief", noticed_at=now, facts="Verkeerd adres.")
        reported(actor, "Oefening", exercise=True)
        [year] = figures.years(actor.organisation_id)
        assert (year.incidents, year.breaches) == (1, 2)
        assert year.contained == pytest.approx(3, abs=0.01)


def test_only_the_ciso_sets_targets(acting: Acting, bob: User, alice: User) -> None:
    with acting(bob) as actor, pytest.raises(Forbidden):
        counting.aim(actor=actor, wanted={})
    with acting(alice) as actor, pytest.raises(Refused):
        counting.aim(actor=actor, wanted={"detect_hours": -1})


def counted(organisation_id: int, category: str, incidents: int, late: int = 0) -> None:
    with acting_for([organisation_id]):
        IncidentCount.objects.create(
            organisation_id=organisation_id,
            month=clock.today().replace(day=1),
            category=category,
            incidents=incidents,
            in_time=incidents - late,
            late=late,
            avoidable=1,
            unavoidable=1,
        )


def test_a_group_shows_nobody_apart(charlie: User, alice: User) -> None:
    receiver = person_actor(actor_of(charlie).organisation_id, charlie.pk, "S", Role.SECRETARY)
    givers = Organisation.objects.filter(kind="safety_region").order_by("pk")[:7]
    with transaction.atomic():
        for place, giver in enumerate(givers):
            board = person_actor(giver.pk, alice.pk, "S", Role.SECRETARY)
            # Six agree to it, the seventh to something else.
            records = ["figures"] if place < 6 else ["norms"]
            in_force(board, receiver, records=records, detail="aggregate")
            counted(giver.pk, "fraud", 4, late=1)
            counted(giver.pk, "intrusion", 2)
            counted(giver.pk, "availability", 9)
        counted_alone(givers[0].pk)
        with acting_for([receiver.organisation_id], receiver):
            found = together()
        with acting_for([givers[1].pk]):
            assert together().organisations is None
    assert found.organisations == 5
    # The kind of one is held back together with the next rarest.
    names = {one.name: one for one in found.kinds}
    assert set(names) == {"fraud", "availability"}
    assert (names["fraud"].incidents, names["fraud"].in_time) == (25, 75)
    assert [one.incidents for one in found.months] == [90]


def counted_alone(organisation_id: int) -> None:
    """Give one of them a kind of which nobody else had any."""
    counted(organisation_id, "lost_device", 1)
