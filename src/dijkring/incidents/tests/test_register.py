# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The register with its clocks, through the services: what people do, decide and get wrong."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from dijkring.actions.models import Action
from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Forbidden, Refused
from dijkring.evidence.models import Fact
from dijkring.incidents import facts, tasks
from dijkring.incidents.forms.fields import MomentField
from dijkring.incidents.models import Awareness, Incident, WatchRun
from dijkring.incidents.selectors import clocks as selectors
from dijkring.incidents.selectors import incidents, watch
from dijkring.incidents.selectors.clocks import Standing
from dijkring.incidents.services import clocks, closing, recording, reporting, rules, watching
from dijkring.incidents.services.clocks import HandedIn
from dijkring.incidents.services.closing import Closing
from dijkring.incidents.services.reporting import Reported, Triage
from dijkring.incidents.tests.objects import RULE, weighed
from dijkring.notices.models import Notice
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting

# Saturday 14.30 in summer; the clock goes back in the night that follows.
NOTICED = datetime(2026, 10, 24, 12, 30, tzinfo=UTC)
EARLY, NOTIFICATION = "cbw.early_warning", "cbw.notification"


@contextmanager
def hours_later(hours: float) -> Iterator[None]:
    with clock.moved_to(NOTICED + timedelta(hours=hours)):
        yield


def report(actor: Actor, **values: Any) -> Incident:
    with hours_later(1):
        wanted = Reported("Bestanden onleesbaar", NOTICED, personal_data="no", **values)
        return reporting.report(actor=actor, wanted=wanted)


def standing(made: Incident) -> dict[str, tuple[Standing, datetime | None]]:
    found = incidents.everything(made.organisation_id).get(pk=made.pk)
    every = selectors.known(made.organisation_id)
    rows = selectors.of_incident(found, every)
    return {one.obligation.id: (one.standing, one.due) for one in rows}


def hand_in(actor: Actor, made: Incident, obligation: str) -> Any:
    given = HandedIn(clock.now(), "F. Aydin", "Meldpunt")
    return clocks.hand_in(actor=actor, incident=made, obligation=obligation, wanted=given)


def aware(actor: Actor, made: Incident, at: datetime, reason: str = "Blijkt uit het log.") -> Any:
    return clocks.become_aware(
        actor=actor, incident=made, of="event", at=at, who="Beheer", evidence="Log", reason=reason
    )


def test_the_clocks_run_from_what_the_employee_noticed(acting: Acting, bob: User) -> None:
    with acting(bob) as actor:
        made = report(actor)
        with hours_later(2):
            found = standing(made)
        assert found[EARLY] == (Standing.OPEN, NOTICED + timedelta(hours=24))
        assert found[NOTIFICATION] == (Standing.OPEN, NOTICED + timedelta(hours=72))
        # That it is about nobody's data is not for who reports it to find.
        assert found["avg.authority"] == (Standing.OPEN, NOTICED + timedelta(hours=72))
        assert found["cbw.interim_report"] == (Standing.WAITING, None)


def test_an_amendment_recomputes_and_the_old_stays_beside_it(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        made = report(actor)
        with hours_later(20):
            hand_in(actor, made, EARLY)
        with hours_later(30):
            # A met deadline becomes missed: they knew six hours earlier.
            aware(actor, made, NOTICED - timedelta(hours=6))
            row = incidents.everything(made.organisation_id).get(pk=made.pk)
            every = selectors.known(made.organisation_id)
            first = selectors.of_incident(row, every)[0]
        assert (first.standing, first.was) == (Standing.LATE, NOTICED + timedelta(hours=24))
        assert first.due == NOTICED + timedelta(hours=18)
        assert [one.at for one in selectors.statements(row)] == [
            NOTICED,
            NOTICED - timedelta(hours=6),
        ]
        with pytest.raises(DatabaseError), transaction.atomic():
            Awareness.objects.filter(incident=made).update(at=NOTICED)


def test_not_to_report_waits_for_a_second_person(acting: Acting, alice: User, fatima: User) -> None:
    with acting(alice) as actor:
        made = report(actor)
        with hours_later(3):
            weighing = weighed(actor, made)
            watching.on_waits(organisation_id=made.organisation_id, weighing=weighing.pk)
            asked = Notice.objects.filter(key=f"incident-waits-{weighing.pk}")
            assert [one.user_id for one in asked] == [fatima.pk]
            assert standing(made)[EARLY][0] == Standing.OPEN
            with pytest.raises(Refused):
                clocks.confirm(actor=actor, weighing=weighing, why="Ik ben het met mijzelf eens.")
    with acting(fatima) as second, hours_later(26):
        # It came too late for the first deadline, and that stays no secret until it is confirmed.
        assert standing(made)[EARLY][0] == Standing.OVERDUE
        clocks.confirm(actor=second, weighing=weighing, why="Geen dienst lag stil.")
        found = standing(made)
        assert {found[EARLY][0], found["cbw_others.recipients"][0]} == {Standing.DECIDED_NOT}
        assert Incident.objects.filter(pk=made.pk, state="reported").exists()
        assert selectors.open_clocks(made.organisation_id) == []


def test_the_final_report_follows_what_was_handed_in(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        made = report(actor)
        with hours_later(40):
            hand_in(actor, made, EARLY)
            given = hand_in(actor, made, NOTIFICATION)
            with pytest.raises(Refused, match=r"already|al "):
                hand_in(actor, made, NOTIFICATION)
            found = standing(made)
            # 26 October 04.30 by the clock; a calendar month later by the same clock.
            assert given.at == datetime(2026, 10, 26, 4, 30, tzinfo=UTC)
            assert found["cbw.final_report"][1] == datetime(2026, 11, 26, 4, 30, tzinfo=UTC)
            clocks.call_back(actor=actor, submission=given, reason="Verkeerde knop.")
            assert standing(made)[NOTIFICATION][0] == Standing.OPEN
            hand_in(actor, made, NOTIFICATION)
        with hours_later(24 * 30):
            hand_in(actor, made, "cbw.progress_report")
        with hours_later(24 * 40):
            assert standing(made)["cbw.final_report"][0] == Standing.FOLLOWS
            move_on(actor, made)
            closing.end(actor=actor, incident=made, at=clock.now())
            # Ended on 3 December at 13.30 by the clock.
            found = standing(made)
            assert found["cbw.final_report"] == (
                Standing.OPEN,
                datetime(2027, 1, 3, 12, 30, tzinfo=UTC),
            )


def move_on(actor: Actor, made: Incident) -> None:
    for state in ("triage", "handling"):
        reporting.move(actor=actor, incident=made, to=state)


def test_a_request_starts_a_clock_and_the_next_one_another(acting: Acting, alice: User) -> None:
    def ask(hours: float) -> None:
        due = clock.now() + timedelta(hours=hours)
        clocks.ask(
            actor=actor,
            incident=made,
            obligation="cbw.interim_report",
            asked_by="NCSC",
            asked_at=clock.now(),
            due_at=due,
        )

    with acting(alice) as actor:
        made = report(actor)
        with hours_later(5):
            ask(10)
            assert standing(made)["cbw.interim_report"] == (Standing.OPEN, NOTICED + H(15))
        with hours_later(6):
            hand_in(actor, made, "cbw.interim_report")
            assert standing(made)["cbw.interim_report"][0] == Standing.MET
        with hours_later(7):
            ask(2)
            assert standing(made)["cbw.interim_report"] == (Standing.OPEN, NOTICED + H(9))
            with pytest.raises(Refused):
                clocks.ask(
                    actor=actor,
                    incident=made,
                    obligation=EARLY,
                    asked_by="NCSC",
                    asked_at=clock.now(),
                    due_at=clock.now(),
                )


def H(hours: float) -> timedelta:
    return timedelta(hours=hours)


def test_what_cannot_be_is_refused_in_words(acting: Acting, alice: User, bob: User) -> None:
    with acting(alice) as actor:
        made = report(actor)
        naive = datetime(2026, 10, 24, 14, 30)
        with hours_later(2):
            later, before = clock.now() + H(1), NOTICED - H(1)
            given = HandedIn(before, "F. Aydin", "Meldpunt")
            wrong: list[Callable[[], Any]] = [
                lambda: reporting.report(actor=actor, wanted=Reported("x", later)),
                lambda: reporting.report(actor=actor, wanted=Reported("x", naive)),
                lambda: reporting.report(actor=actor, wanted=Reported(" ", NOTICED)),
                lambda: aware(actor, made, later),
                lambda: aware(actor, made, before, reason=" "),
                lambda: clocks.hand_in(actor=actor, incident=made, obligation=EARLY, wanted=given),
                lambda: hand_in(actor, made, "avg.authority"),
                lambda: closing.end(actor=actor, incident=made, at=before),
                lambda: reporting.move(actor=actor, incident=made, to="closed"),
                lambda: weighed(actor, made, "huis"),
            ]
            for attempt in wrong:
                with pytest.raises(Refused), transaction.atomic():
                    attempt()
            hand_in(actor, made, EARLY)
            with pytest.raises(Refused):
                aware(actor, made, NOTICED + H(2.5))
    with acting(bob) as reader, pytest.raises(Forbidden):
        aware(reader, made, NOTICED)


def test_two_people_triage_and_nothing_is_lost(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        made = report(actor)
        reporting.triage(
            actor=actor, incident=made, wanted=Triage("Gijzelsoftware", severity="high"), version=0
        )
        with pytest.raises(reporting.Overtaken) as overtaken:
            reporting.triage(actor=actor, incident=made, wanted=Triage("Storing"), version=0)
        assert "Gijzelsoftware" in overtaken.value.message
        saved = reporting.triage(
            actor=actor, incident=made, wanted=Triage("Storing"), version=overtaken.value.version
        )
        assert (saved.title, saved.state) == ("Storing", "triage")


def test_closing_needs_every_report_and_its_lessons_become_actions(
    acting: Acting, alice: User
) -> None:
    done = Closing("Wachtwoord hergebruikt", "yes", "Met een sleutel was dit niet gebeurd.",
                   improvements=["Sleutels voor beheer", "Oefenen"])  # fmt: skip
    with acting(alice) as actor:
        made = report(actor)
        move_on(actor, made)
        with hours_later(10):
            closing.end(actor=actor, incident=made, at=clock.now())
            with pytest.raises(Refused):
                closing.close(actor=actor, incident=made, wanted=done)
            for obligation in (EARLY, NOTIFICATION, "cbw.final_report"):
                hand_in(actor, made, obligation)
            with pytest.raises(Refused, match="afnemers"):
                closing.close(actor=actor, incident=made, wanted=done)
            hand_in(actor, made, "cbw_others.recipients")
            closing.close(actor=actor, incident=made, wanted=done)
        made.refresh_from_db()
        assert (made.state, made.avoidable) == ("closed", "yes")
        titles = Action.objects.filter(requirements__contains=["bio2:5.27"])
        assert set(titles.values_list("title", flat=True)) == {"Sleutels voor beheer", "Oefenen"}


def test_reminders_come_once_and_climb(acting: Acting, alice: User, fatima: User) -> None:
    with acting(alice) as actor:
        made = report(actor)
        told = Notice.objects.filter(key__contains=EARLY).order_by("pk")
        for hours, count in ((2, 0), (20.5, 2), (20.6, 2), (23.5, 4), (30, 6), (31, 6)):
            with hours_later(hours):
                watching.remind(organisation_id=made.organisation_id)
            assert told.count() == count, hours
        assert {one.user_id for one in told} == {alice.pk, fatima.pk}
        with hours_later(32):
            hand_in(actor, made, EARLY)
            watching.remind(organisation_id=made.organisation_id)
        assert told.count() == 6


def test_an_exercise_stays_apart(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        made = report(actor, exercise=True)
        assert made.reference == "OEF-2026-001"
        assert report(actor).reference == "2026-001"
        Incident.objects.filter(exercise=False).update(exercise=True, number=2)
        with hours_later(100):
            assert selectors.open_clocks(made.organisation_id) == []
            assert incidents.due(made.organisation_id, clock.now() + H(999)) == []
            recording.look(organisation_id=made.organisation_id)
        assert not Fact.objects.filter(kind__startswith="incidents.").exists()


def test_the_facts_of_a_register(acting: Acting, alice: User, fatima: User) -> None:
    def state(kind: str) -> list[str]:
        rows = Fact.objects.filter(kind=kind, until=None, organisation_id=made.organisation_id)
        return list(rows.values_list("state", flat=True))

    with acting(alice) as actor:
        made = report(actor)
        with hours_later(2):
            recording.look(organisation_id=made.organisation_id)
            assert (state(facts.KEPT), state(facts.IN_TIME)) == (["pass"], [])
            hand_in(actor, made, EARLY)
        with hours_later(3):
            recording.look(organisation_id=made.organisation_id)
            assert state(facts.IN_TIME) == ["pass"]
            handed_in = made.submissions.get()
            clocks.call_back(actor=actor, submission=handed_in, reason="Nooit verzonden.")
        with hours_later(4):
            recording.look(organisation_id=made.organisation_id)
            assert state(facts.IN_TIME) == ["not_measured"]
        with hours_later(80):
            recording.look(organisation_id=made.organisation_id)
        assert (state(facts.KEPT), state(facts.IN_TIME)) == (["fail"], ["fail"])


def test_a_house_rule_runs_where_triage_chose_it(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        for wrong in ("x", RULE.format(n=1).replace("digid1", "cbw"),
                      RULE.format(n=1).replace("aware", "submitted digid1.nergens")):  # fmt: skip
            with pytest.raises(Refused):
                rules.add(actor=actor, name="DigiD", text=wrong)
        rules.add(actor=actor, name="DigiD", text=RULE.format(n=1))
        made = report(actor)
        assert "digid1.operator" not in standing(made)
        chosen = Triage("Storing", personal_data="no", house_regimes=["digid1"])
        reporting.triage(actor=actor, incident=made, wanted=chosen, version=0)
        assert standing(made)["digid1.operator"][1] == NOTICED + H(24)


def test_who_watches_is_watched(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        made = report(actor)
        # It is one row for everybody, which another test in this process may have kept.
        WatchRun.objects.all().delete()
        with hours_later(2):
            assert watch.asleep_since(made.organisation_id) == (True, None)
            watching.has_run()
            assert not watch.asleep_since(made.organisation_id)[0]
        with hours_later(3):
            assert watch.asleep_since(made.organisation_id) == (True, NOTICED + H(2))


@pytest.mark.django_db
def test_the_watch_runs_for_everybody_and_says_so() -> None:
    tasks.watch(0)
    assert not watch.asleep_since(0)[0]


def test_a_time_that_comes_twice_can_be_typed() -> None:
    first, last = MomentField(), MomentField(last=True)
    assert first.clean("2026-10-25T02:30").astimezone(UTC).hour == 0
    assert last.clean("2026-10-25T02:30").astimezone(UTC).hour == 1
    with pytest.raises(Exception, match=r"clock|klok"):
        first.clean("2026-03-29T02:30")
