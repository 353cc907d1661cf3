# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""No clock of the law disappears, and nothing is called done, while it must still be told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from lxml import html  # type: ignore[import-untyped]

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.incidents.models import Incident
from dijkring.incidents.selectors import clocks as selectors
from dijkring.incidents.selectors.clocks import Standing
from dijkring.incidents.services import breaches, clocks, closing, playbooks, reporting, rules
from dijkring.incidents.services.clocks import HandedIn
from dijkring.incidents.services.reporting import Reported, Triage
from dijkring.incidents.tests.objects import reported
from dijkring.incidents.tests.privacy_objects import ENTRY
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting, ClientOf

AUTHORITY, SUBJECTS = "avg.authority", "avg.subjects"
RECIPIENTS, FINAL = "cbw_others.recipients", "cbw.final_report"
NOT_SIGNIFICANT = {"outage": "no", "cost": "no", "harm": "no"}
FOLLOWS_THE_NOTIFICATION = """
obligations:
  - id: provincie.toezicht
    article: afspraak
    title: {nl: Bericht aan de provincie, en: Message to the province}
    anchor: submitted cbw.notification
    weeks: 1
    to: [provincie]
    valid_from: 2020-01-01
"""


@pytest.fixture
def actor(acting: Acting, alice: User) -> Iterator[Actor]:
    with acting(alice) as found:
        yield found


def standings(made: Incident) -> dict[str, Standing]:
    return {name: one.standing for name, one in every_clock(made).items()}


def every_clock(made: Incident) -> dict[str, selectors.Clock]:
    found = Incident.objects.get(pk=made.pk)
    every = selectors.of_incident(found, selectors.known(found.organisation_id))
    return {one.obligation.id: one for one in every}


def judged(actor: Actor, made: Incident, high: str) -> None:
    clocks.weigh(
        actor=actor, incident=made, regime="avg", answers={"risk": "yes", "high_risk": high},
        report=True, reason="Burgerservicenummers op straat.", standing_in="Niet bereikbaar.",
    )  # fmt: skip


def hand_in(actor: Actor, made: Incident, *obligations: str) -> None:
    for one in obligations:
        given = HandedIn(clock.now(), "Alice", "portaal")
        clocks.hand_in(actor=actor, incident=made, obligation=one, wanted=given)


def handled(actor: Actor, made: Incident) -> None:
    for to in ("triage", "handling"):
        if Incident.objects.get(pk=made.pk).state != to:
            reporting.move(actor=actor, incident=made, to=to)
    closing.end(actor=actor, incident=made, at=clock.now())


def close(actor: Actor, made: Incident) -> None:
    wanted = closing.Closing("Onbekend", "no", "Er was niets aan te doen.")
    closing.close(actor=actor, incident=made, wanted=wanted)


def privacy_only(made: Incident) -> None:
    Incident.objects.filter(pk=made.pk).update(privacy_only=True)


def test_a_rule_that_counts_from_what_does_not_run_hides_no_other_clock(actor: Actor) -> None:
    rules.add(actor=actor, name="Provincie", text=FOLLOWS_THE_NOTIFICATION)
    made = reported(actor, "Brief", hours=2)
    privacy_only(made)
    wanted = Triage("Brief", personal_data="yes", house_regimes=["provincie"])
    reporting.triage(actor=actor, incident=made, version=0, wanted=wanted)
    found = every_clock(made)
    assert found[AUTHORITY].runs
    assert (found["provincie.toezicht"].standing, found["provincie.toezicht"].due) == ("open", None)


def test_what_does_not_fit_leaves_the_clocks_running(actor: Actor) -> None:
    made = reported(actor, "Storing", hours=2)
    before = clock.now() - timedelta(days=9)
    Incident.objects.filter(pk=made.pk).update(ended_at=before)
    assert every_clock(made)["cbw.early_warning"].runs


def test_those_concerned_are_still_to_be_told(actor: Actor) -> None:
    made = reported(actor, "Lek", hours=2)
    privacy_only(made)
    judged(actor, made, high="yes")
    hand_in(actor, made, AUTHORITY)
    handled(actor, made)
    with pytest.raises(Refused, match="betrokkenen"):
        close(actor, made)
    hand_in(actor, made, SUBJECTS)
    close(actor, made)


def test_the_page_says_who_must_still_be_told(
    client_of: ClientOf, acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        made = reported(actor, "Lek", hours=2)
        privacy_only(made)
        judged(actor, made, high="yes")
        hand_in(actor, made, AUTHORITY)
    said = page(client_of(alice), made)
    assert "Zonder vertraging, als het van toepassing is:Bericht aan de betrokkenen" in said
    assert "Er hoeft nu niets gemeld te worden" not in said


def page(client: Client, made: Incident) -> str:
    answer = client.get(f"/o/dijkerveen/incidenten/{made.pk}/")
    return " ".join(html.document_fromstring(answer.content.decode()).text_content().split())


def test_a_ground_of_the_law_spares_those_concerned(actor: Actor) -> None:
    made = reported(actor, "Lek", hours=2)
    judged(actor, made, high="yes")
    keeper = replace(actor, rights=actor.rights | {breaches.KEEP})
    for ground, standing in (("not_high", Standing.OPEN), ("unreadable", Standing.DECIDED_NOT)):
        wanted = replace(ENTRY, not_told=ground, not_told_reason="Versleuteld.")
        version = 1 if ground == "unreadable" else None
        breaches.write(actor=keeper, incident=made, wanted=wanted, version=version)
        assert standings(made)[SUBJECTS] == standing


@pytest.mark.parametrize("harmed", ["yes", "unknown", "no"])
def test_who_uses_the_service_is_told_unless_it_does_not_harm_them(
    actor: Actor, harmed: str
) -> None:
    made = reported(actor, "Storing", hours=2)
    answers = {**NOT_SIGNIFICANT, "outage": "yes", "recipients": harmed}
    clocks.weigh(
        actor=actor, incident=made, regime="cbw", answers=answers, report=True, reason="Ligt stil."
    )
    expected = Standing.DECIDED_NOT if harmed == "no" else Standing.OPEN
    assert standings(made)[RECIPIENTS] == expected


def test_one_person_does_not_end_what_was_a_breach(
    acting: Acting, alice: User, fatima: User
) -> None:
    with acting(alice) as actor:
        made = reported(actor, "Lek", hours=80, personal_data="yes")
        with pytest.raises(Refused, match="tweede persoon"):
            triaged(actor, made, "no")
        assert standings(made)[AUTHORITY] == Standing.OVERDUE
        weighing = clocks.weigh(
            actor=actor, incident=made, regime="avg", answers={"risk": "no", "high_risk": "no"},
            report=False, reason="Het waren verzonnen gegevens.", standing_in="Niet bereikbaar.",
        )  # fmt: skip
    with acting(fatima) as other:
        clocks.confirm(actor=other, weighing=weighing, why="Eens.")
    with acting(alice) as actor:
        triaged(actor, made, "no")
        assert standings(made)[AUTHORITY] == Standing.DECIDED_NOT


def triaged(actor: Actor, made: Incident, personal_data: str) -> None:
    found = Incident.objects.get(pk=made.pk)
    wanted = Triage("Lek", personal_data=personal_data)
    reporting.triage(actor=actor, incident=found, version=found.version, wanted=wanted)


def test_what_was_judged_a_breach_stays_one(actor: Actor) -> None:
    made = reported(actor, "Lek", hours=2)
    judged(actor, made, high="no")
    with pytest.raises(Refused, match="tweede persoon"):
        triaged(actor, made, "no")


def test_no_of_who_only_reports_is_not_known_until_the_triage(
    acting: Acting, alice: User, bob: User
) -> None:
    with acting(bob) as reporter:
        made = reported(reporter, "Storing", hours=2, personal_data="no")
        assert standings(made)[AUTHORITY] == Standing.OPEN
        assert made.entries.filter(text__contains="geen persoonsgegevens").exists()
    with acting(alice) as actor:
        triaged(actor, made, "no")
        assert AUTHORITY not in standings(made)


def test_when_the_processor_told_it_the_controller_was_aware(actor: Actor) -> None:
    made = reported(actor, "Lek bij leverancier", hours=2)
    told = clock.now() - timedelta(hours=50)
    keeper = replace(actor, rights=actor.rights | {breaches.KEEP})
    before = every_clock(made)[AUTHORITY].due
    wanted = replace(ENTRY, processor="Hoster BV", processor_told_at=told)
    breaches.write(actor=keeper, incident=made, wanted=wanted, version=None)
    found = every_clock(made)[AUTHORITY]
    assert (found.due, found.was) == (told + timedelta(hours=72), before)


def test_what_is_due_while_handling_goes_on(actor: Actor) -> None:
    start = datetime(2026, 9, 1, 7, tzinfo=UTC)
    with clock.moved_to(start):
        made = reporting.report(actor=actor, wanted=Reported("Storing", start))
    with clock.moved_to(start + timedelta(days=1)):
        hand_in(actor, made, "cbw.early_warning", "cbw.notification")
    with clock.moved_to(start + timedelta(days=40)):
        assert standings(made)["cbw.progress_report"] == Standing.OVERDUE
        found = every_clock(made)[FINAL]
        assert (found.standing, found.due) == (Standing.FOLLOWS, None)
        hand_in(actor, made, "cbw.progress_report")
        handled(actor, made)
        hand_in(actor, made, FINAL)
        assert standings(made)[FINAL] == Standing.MET
        closing.take_up_again(actor=actor, incident=made, reason="Toch nog een server.")
        assert standings(made)[FINAL] == Standing.MET


def test_a_task_is_not_due_after_the_report_that_it_prepares(actor: Actor) -> None:
    made = reported(actor, "Gijzelsoftware", hours=40)
    tasks = playbooks.start(actor=actor, incident=made, key="ransomware", counted_from=clock.now())
    due = every_clock(made)[AUTHORITY].due
    assert due is not None
    prepares = [one for one in tasks if AUTHORITY in one.obligations]
    assert prepares
    assert all(one.due_at and one.due_at <= due for one in prepares)


def test_one_person_does_not_end_a_breach_in_two_steps(actor: Actor) -> None:
    made = reported(actor, "Lek", hours=80, personal_data="yes")
    assert standings(made)[AUTHORITY] == Standing.OVERDUE
    triaged(actor, made, "unknown")
    with pytest.raises(Refused):
        triaged(actor, made, "no")
    assert standings(made)[AUTHORITY] == Standing.OVERDUE


def test_what_counts_from_a_report_that_is_not_due_keeps_nothing_open(actor: Actor) -> None:
    rules.add(actor=actor, name="Provincie", text=FOLLOWS_THE_NOTIFICATION)
    made = reported(actor, "Lek", hours=2)
    Incident.objects.filter(pk=made.pk).update(privacy_only=True, house_regimes=["provincie"])
    judged(actor, made, high="no")
    hand_in(actor, made, AUTHORITY)
    handled(actor, made)
    close(actor, made)
    assert Incident.objects.get(pk=made.pk).state == Incident.State.CLOSED


@pytest.mark.parametrize("right", [timedelta(hours=1), None])
def test_when_a_processor_told_is_put_right(actor: Actor, right: timedelta | None) -> None:
    made = reported(actor, "Lek bij leverancier", hours=2)
    keeper = replace(actor, rights=actor.rights | {breaches.KEEP})
    due = every_clock(made)[AUTHORITY].due
    year = clock.now() - timedelta(days=365)
    wrong = replace(ENTRY, processor="Hoster BV", processor_told_at=year)
    breaches.write(actor=keeper, incident=made, wanted=wrong, version=None)
    assert every_clock(made)[AUTHORITY].due != due
    told = clock.now() - right if right else None
    put_right = replace(wrong, processor="Hoster BV" if told else "", processor_told_at=told)
    breaches.write(actor=keeper, incident=made, wanted=put_right, version=1)
    assert every_clock(made)[AUTHORITY].due == due


def test_an_early_progress_report_takes_no_date_away(actor: Actor) -> None:
    start = datetime(2026, 9, 1, 7, tzinfo=UTC)
    with clock.moved_to(start):
        made = reporting.report(actor=actor, wanted=Reported("Storing", start))
    with clock.moved_to(start + timedelta(days=1)):
        hand_in(actor, made, "cbw.early_warning", "cbw.notification", "cbw.progress_report")
        found = every_clock(made)[FINAL]
        assert found.standing == Standing.OPEN
        assert found.due is not None
    with clock.moved_to(start + timedelta(days=40)):
        assert standings(made)[FINAL] == Standing.FOLLOWS
