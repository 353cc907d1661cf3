# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The register of breaches, through the services: what it keeps, refuses and decides."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from dijkring.core import clock
from dijkring.core.access import Actor, Role, person_actor
from dijkring.core.errors import Forbidden, Refused
from dijkring.core.tenancy import transaction_for
from dijkring.incidents import breach_content, breach_words, guides
from dijkring.incidents.models import Breach, Incident
from dijkring.incidents.selectors import breaches as selectors
from dijkring.incidents.selectors import clocks as clock_selectors
from dijkring.incidents.selectors.clocks import Standing
from dijkring.incidents.services import breaches, clocks
from dijkring.incidents.services.reporting import Overtaken
from dijkring.incidents.tests.objects import reported, weighed
from dijkring.incidents.tests.privacy_objects import ENTRY
from dijkring.organisations.models import User
from dijkring.organisations.services import add_member
from dijkring.tests.harness.people import Acting, actor_of

AUTHORITY, SUBJECTS = selectors.AUTHORITY, selectors.SUBJECTS
HEAVY = dict.fromkeys(breach_content.lines("criteria"), guides.YES)


def line(actor: Actor, made: Incident) -> selectors.Entry:
    return selectors.entry(selectors.register(actor.organisation_id).get(pk=made.pk))


def standings(made: Incident) -> dict[str, Standing]:
    found = Incident.objects.get(pk=made.pk)
    rows = clock_selectors.of_incident(found, clock_selectors.known(made.organisation_id))
    return {one.obligation.id: one.standing for one in rows}


def judged(actor: Actor, made: Incident, level: str, **more: Any) -> Any:
    values = {"answers": HEAVY, "level": level, "reason": "Een vreemde heeft de brief.", **more}
    return breaches.judge(actor=actor, incident=made, **values)


@pytest.fixture
def officer(fatima: User) -> Iterator[Actor]:
    """The privacy officer of Dijkerveen."""
    found = actor_of(fatima)
    actor = person_actor(found.organisation_id, fatima.pk, found.name, Role.PRIVACY_OFFICER)
    with transaction_for([actor.organisation_id], actor):
        yield actor


def test_an_incident_with_personal_data_stands_in_the_register_by_itself(officer: Actor) -> None:
    actor = officer
    made = reported(actor, "Map kwijt")
    reported(actor, "Oefening", exercise=True)
    assert selectors.missing(line(actor, made)) == ["entry"]
    assert [row.pk for row in selectors.register(actor.organisation_id)] == [made.pk]
    row = breaches.write(actor=actor, incident=made, wanted=ENTRY, version=None)
    assert selectors.missing(line(actor, made)) == ["risk"]
    with pytest.raises(Overtaken):
        breaches.write(actor=actor, incident=made, wanted=ENTRY, version=None)
    breaches.write(actor=actor, incident=made, wanted=ENTRY, version=row.version)
    assert breach_content.marks(ENTRY.data) == {"bsn"}


def test_what_cannot_stand_in_the_register(officer: Actor) -> None:
    soon = clock.now() + timedelta(hours=1)
    wrong = {
        "persons_least": {"persons_least": 0, "persons_most": 4},
        "persons_most": {"persons_least": 9, "persons_most": 4},
        "records_most": {"records_least": 3},
        "data": {"data": ["nonsense"]},
        "processor_told_at": {"processor": "Zuiderhost"},
        "others": {"own_role": Breach.OwnRole.PROCESSOR},
        "others_told_at": {"others_told_at": soon},
        "not_told_reason": {"not_told": Breach.NotTold.EFFORT},
        "announced_at": {"announced_at": clock.now()},
    }
    actor = officer
    made = reported(actor, "Map kwijt")
    for field, values in wrong.items():
        wanted = replace(ENTRY, **values)  # type: ignore[arg-type]
        with pytest.raises(Refused) as refused:
            breaches.write(actor=actor, incident=made, wanted=wanted, version=None)
        assert refused.value.field == field
    row = breaches.write(actor=actor, incident=made, wanted=ENTRY, version=None)
    row.persons_least = 0
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save()
    assert breach_words.margin(None, None) in ("not known", "niet bekend")


def test_too_much_effort_spares_those_concerned_once_it_was_announced(officer: Actor) -> None:
    made = reported(officer, "Map kwijt")
    wanted = replace(ENTRY, not_told=Breach.NotTold.EFFORT, not_told_reason="Adressen onbekend.")
    breaches.write(actor=officer, incident=made, wanted=wanted, version=None)
    judged(officer, made, selectors.HIGH)
    entry = line(officer, made)
    assert (standings(made)[SUBJECTS], selectors.missing(entry)) == (Standing.OPEN, ["told"])
    assert breach_words.persons_told(entry).endswith("nog niet")
    wanted = replace(wanted, announced_at=clock.now())
    breaches.write(actor=officer, incident=made, wanted=wanted, version=1)
    entry = line(officer, made)
    assert (standings(made)[SUBJECTS], selectors.missing(entry)) == (Standing.DECIDED_NOT, [])
    assert not breach_words.persons_told(entry).endswith("nog niet")


def test_the_judgement_of_risk_is_the_decision_of_the_avg(
    officer: Actor, acting: Acting, alice: User, erik: User
) -> None:
    actor = officer
    made = reported(actor, "Map kwijt")
    with pytest.raises(Refused):
        judged(actor, made, selectors.RISK)
    breaches.write(actor=actor, incident=made, wanted=ENTRY, version=None)
    judged(actor, made, selectors.RISK)
    assert standings(made)[AUTHORITY] == Standing.OPEN
    assert standings(made)[SUBJECTS] == Standing.DECIDED_NOT
    judged(actor, made, selectors.HIGH)
    assert standings(made)[SUBJECTS] == Standing.OPEN
    assert selectors.missing(line(actor, made)) == ["told"]
    given: Any = {"at": clock.now(), "count": 3, "how": "brief"}
    breaches.told(actor=actor, incident=made, **given)
    breaches.told(actor=actor, incident=made, **given)
    assert line(actor, made).told == 6
    assert standings(made)[SUBJECTS] == Standing.MET
    assert selectors.missing(line(actor, made)) == []
    last = judged(actor, made, selectors.UNLIKELY, answers=dict.fromkeys(HEAVY, guides.NO))
    assert not last.weighing.holds
    assert standings(made)[AUTHORITY] == Standing.OPEN
    with acting(erik) as auditor, pytest.raises(Forbidden):
        judged(auditor, made, selectors.RISK)
    with acting(alice) as other:
        clocks.confirm(actor=other, weighing=last.weighing, why="Eens.")
        assert standings(made)[AUTHORITY] == Standing.DECIDED_NOT


def test_another_than_the_privacy_officer_stands_in_with_a_reason_and_is_confirmed_by_her(
    acting: Acting, alice: User, fatima: User
) -> None:
    light = dict.fromkeys(HEAVY, guides.NO)
    with acting(alice) as actor:
        made = reported(actor, "Map kwijt")
        breaches.write(actor=actor, incident=made, wanted=ENTRY, version=None)
        # There is no privacy officer, so nobody's place is taken.
        assert judged(actor, made, selectors.RISK).weighing.standing_in == ""
    with acting(fatima) as secretary:
        with pytest.raises(Forbidden):
            judged(secretary, made, selectors.RISK)
        with pytest.raises(Forbidden):
            weighed(secretary, made, "avg")
        sanne = User.objects.create(email="sanne@dijkerveen.example", name="Sanne Prins")
        add_member(organisation_id=made.organisation_id, user=sanne, role=Role.PRIVACY_OFFICER)
    with acting(alice) as actor:
        for without_reason in (
            lambda: judged(actor, made, selectors.RISK),
            lambda: weighed(actor, made, "avg"),
        ):
            with pytest.raises(Refused) as refused:
                without_reason()
            assert refused.value.field == "standing_in"
        low = judged(
            actor, made, selectors.UNLIKELY, answers=light, standing_in="Met verlof.",
            advice="Geen risico.",
        )  # fmt: skip
        assert ("Advice of the FG", "Geen risico.") in [
            (str(label), value) for label, value in in_english(line(actor, made))
        ]
    with acting(fatima) as secretary, pytest.raises(Refused):
        clocks.confirm(actor=secretary, weighing=low.weighing, why="Eens.")
    officer = person_actor(made.organisation_id, sanne.pk, "Sanne", Role.PRIVACY_OFFICER)
    with transaction_for([made.organisation_id], officer):
        clocks.confirm(actor=officer, weighing=low.weighing, why="Eens, de map was leeg.")
        assert standings(made)[AUTHORITY] == Standing.DECIDED_NOT
        own = judged(officer, made, selectors.UNLIKELY, answers=light)
        assert own.weighing.standing_in == ""
    with acting(fatima) as secretary:
        clocks.confirm(actor=secretary, weighing=own.weighing, why="Eens.")


def in_english(entry: selectors.Entry) -> list[tuple[Any, Any]]:
    with translation.override("en"):
        return breach_words.rows(entry)


def test_what_is_only_a_breach_runs_only_the_clocks_of_the_avg(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        row = breaches.add(actor=actor, title="Brief", noticed_at=clock.now(), facts="Verkeerd.")
        made = Incident.objects.get(pk=row.incident_id)
        assert set(standings(made)) == {AUTHORITY, SUBJECTS}
        breaches.also_an_incident(actor=actor, incident=made, reason="De postkamer is gekraakt.")
        assert standings(made)["cbw.early_warning"] == Standing.OPEN
        with pytest.raises(Refused):
            breaches.also_an_incident(actor=actor, incident=made, reason="Nog eens.")
