# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Playbooks: what comes with Dijkring, what is refused from outside, and the tasks they make."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.datastructures import MultiValueDict

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Forbidden, Refused
from dijkring.core.leaving import Leaving
from dijkring.incidents import obligations, playbooks
from dijkring.incidents.forms.playbooks import PlaybookForm
from dijkring.incidents.models import Incident
from dijkring.incidents.obligations import ContentError
from dijkring.incidents.selectors import playbooks as selectors
from dijkring.incidents.services import playbooks as services
from dijkring.incidents.services import reporting
from dijkring.incidents.services.reporting import Reported
from dijkring.incidents.tests.objects_dossier import PLAYBOOK
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting, actor_of

NOTICED = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
OWN = PLAYBOOK.format(n=1)
STEP = "{id: papier, role: owner, do: Begin met het papieren formulier., why: Dan kan het door.}"


def report(actor: Actor, *, exercise: bool = False) -> Incident:
    wanted = Reported("Bestanden onleesbaar", NOTICED, "", "no", exercise)
    return reporting.report(actor=actor, wanted=wanted)


def sent(name: str, content: bytes) -> PlaybookForm:
    files: MultiValueDict[str, UploadedFile[Any]] = MultiValueDict(
        {"file": [SimpleUploadedFile(name, content)]}
    )
    return PlaybookForm({}, files)


def test_ours_are_complete_and_know_their_reports() -> None:
    found = {one.key: one for one in playbooks.ours()}
    kinds = {"ransomware", "data_leak", "supplier_incident", "ddos", "account_takeover"}
    assert set(found) == kinds | {"ot_disturbance", "online_disorder", "political_outage"}
    reports = {one.id for one in obligations.ours()}
    for one in found.values():
        assert {step.phase for step in one.steps} == set(playbooks.PHASES), one.key
        assert {id for step in one.steps for id in step.obligations} <= reports, one.key
        for step in one.steps:
            assert step.do["nl"] != step.do["en"], step.id


def test_what_is_refused_from_outside() -> None:
    wrong = {
        "geen YAML": "id: [",
        "niet": "id: x9\nversion: 1\nmonitor: personen",
        "id": OWN.replace("id: balie1", "id: Balie 1"),
        "version": OWN.replace("version: 1", "version: true"),
        "phases": OWN.replace("phases:", "phases: []\nnote: x\nwhen:").replace("when: De", "x: De"),
        "role": OWN.replace("role: owner", "role: hacker"),
        "twee keer": OWN.rstrip() + f"\n    - {STEP}\n",
        "zichzelf": "a: &a [x]\nb: *a",
        "tekst": OWN.replace("when: De balie kan niet werken.", "when: 12"),
        "stappen": OWN.split("phases:")[0] + "phases: {contain: []}",
    }
    for words, text in wrong.items():
        with pytest.raises(ContentError):
            playbooks.read(text, words)
    for bomb in (
        "[" * 50_000,
        "a: " * 30_000,
        "- " * 50_000,
        "? " * 50_000,
        "x" * (playbooks.MOST_BYTES + 1),
    ):
        with pytest.raises(ContentError):
            playbooks.read(bomb, "bomb")
    files = {"te groot": b"x" * (playbooks.MOST_BYTES + 1), "geen tekst": b"\xff\xfe\x00"}
    for content in files.values():
        assert "file" in sent("eigen.yaml", content).errors
    assert not sent("eigen.exe", b"id: x").is_valid()
    assert sent("eigen.yml", OWN.encode()).is_valid()


def test_tasks_count_from_the_moment_and_know_who_ended_them(
    acting: Acting, alice: User, fatima: User, bob: User
) -> None:
    with acting(alice) as actor, clock.moved_to(NOTICED + timedelta(hours=3)):
        made = report(actor)
        rows = services.start(actor=actor, incident=made, key="ransomware", counted_from=NOTICED)
        by_step = {one.step: one for one in rows}
        assert by_step["early_warning"].due_at == NOTICED + timedelta(hours=24)
        assert by_step["warn_board"].assignee_id == alice.pk
        assert by_step["way_in"].due_at is None
        with pytest.raises(Refused):
            services.start(actor=actor, incident=made, key="ransomware", counted_from=NOTICED)
        with pytest.raises(Forbidden):
            services.end(actor=actor_of(bob), task=rows[0], state="done")
        with pytest.raises(Refused):
            services.end(actor=actor, task=rows[0], state="skipped")
        services.end(actor=actor, task=rows[1], state="skipped", reason="Was al gedaan.")
        services.end(actor=actor, task=rows[0], state="done")
        # Who comes second does not take the place of who did it.
        done = services.end(actor=actor_of(fatima), task=rows[0], state="done")
        assert done.ended_by_id == alice.pk
        own = services.add(actor=actor, incident=made, text="Bel de drukker.", phase="detect")
        found = list(selectors.tasks(made))
        assert found.index(own) == 3
        assert selectors.progress(found) == selectors.Progress(1, 1, len(rows) + 1)
        services.assign(actor=actor, task=own, assignee_id=fatima.pk, due_at=None)
        services.leave(Leaving(actor, alice.pk, fatima.pk))
        assert not selectors.tasks(made).filter(assignee=alice, state="open").exists()


def test_what_is_due_stands_in_the_calendar_and_exercises_do_not(
    acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        for exercise in (False, True):
            made = report(actor, exercise=exercise)
            services.start(actor=actor, incident=made, key="ddos", counted_from=NOTICED)
        items = selectors.due(actor.organisation_id, NOTICED + timedelta(hours=3))
        assert {one.at - NOTICED for one in items} == {timedelta(hours=1), timedelta(hours=2)}
        assert len(items) == 3


def test_ones_own_takes_the_place_of_the_last_and_not_of_ours(
    acting: Acting, alice: User, fatima: User, charlie: User
) -> None:
    with acting(alice) as actor:
        services.keep(actor=actor, text=OWN)
        services.keep(actor=actor, text=OWN.replace("version: 1", "version: 2"))
        [first, *rest] = selectors.known(actor.organisation_id)
        assert (first.key, first.version, first.own) == ("balie1", 2, True)
        assert not any(one.own for one in rest)
        with pytest.raises(Refused):
            services.keep(actor=actor, text=OWN.replace("id: balie1", "id: ransomware"))
        with pytest.raises(Forbidden):
            services.keep(actor=actor_of(fatima), text=OWN)
        made = report(actor)
        services.start(actor=actor, incident=made, key="balie1", counted_from=NOTICED)
        services.retire(actor=actor, key="balie1", reason="Vervangen door een ander.")
        assert selectors.find(actor.organisation_id, "balie1") is None
        assert made.tasks.count() == 1
    with acting(charlie) as theirs:
        assert selectors.find(theirs.organisation_id, "balie1") is None
