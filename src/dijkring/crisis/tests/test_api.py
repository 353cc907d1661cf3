# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Crises for other systems: what they read, and that they write in the log once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from dijkring.core import clock
from dijkring.crisis.models import LogLine
from dijkring.crisis.services import crises, decisions, sitreps
from dijkring.crisis.services.decisions import Said
from dijkring.crisis.tests.crises_objects import approved, asked, opened
from dijkring.incidents.models import Incident
from dijkring.incidents.tests.objects import reported
from dijkring.organisations.models import User
from dijkring.organisations.services import create_token
from dijkring.tests.harness.people import Acting

Ask = Callable[..., Any]


@pytest.fixture
def ask(acting: Acting, alice: User) -> Ask:
    with acting(alice) as actor:
        _row, secret = create_token(
            actor=actor, name="Meldkamer", scopes=["crises:read", "crises:write"], kinds=[],
            expires_at=clock.now() + timedelta(days=1),
        )  # fmt: skip
    client = Client(headers={"authorization": f"Bearer {secret}"})

    def asked_for(path: str, body: Any = None, key: str = "een", **query: Any) -> Any:
        if body is None:
            return client.get(f"/api/v1/crises{path}", query)
        headers = {"idempotency-key": key}
        return client.post(f"/api/v1/crises{path}", body, "application/json", headers=headers)

    return asked_for


def test_a_system_reads_log_decisions_and_reports(acting: Acting, alice: User, ask: Ask) -> None:
    with acting(alice) as actor:
        made = opened(actor, "Storing")
        drill = opened(actor, "Spel", exercise=True)
        question = asked(actor, made)
        said = Said("decided", "Alles af", "De dader is binnen.", "Secretaris", clock.now())
        decisions.rule(actor=actor, decision=question, wanted=said)
        report = approved(actor, made, "Alles ligt stil.")
        sitreps.send(actor=actor, sitrep=report, to="Regio", channel="LCMS", at=clock.now())
        sitreps.draft(actor=actor, crisis=made, sections={})
    assert [row["id"] for row in ask("").json()["items"]] == [made.pk]
    assert [row["id"] for row in ask("", exercise="true").json()["items"]] == [drill.pk]
    assert ask("", open="false").json()["items"] == []
    shown = ask(f"/{made.pk}").json()
    lines = ask(f"/{made.pk}/log").json()["items"]
    assert [row["serial"] for row in lines] == list(range(1, shown["version"] + 1))
    rest = ask(f"/{made.pk}/log", after=shown["version"] - 1).json()["items"]
    assert rest == lines[-1:]
    (decision,) = ask(f"/{made.pk}/decisions").json()["items"]
    assert [one["text"] for one in decision["options"]] == ["Wel", "Niet"]
    assert [(one["kind"], one["by"]) for one in decision["rulings"]] == [("decided", "Secretaris")]
    (sitrep,) = ask(f"/{made.pk}/situation-reports", approved="true").json()["items"]
    assert (sitrep["number"], sitrep["approvedBy"]) == (1, "Alice Bakker")
    assert (sitrep["picture"], sitrep["sent"][0]["channel"]) == ("Alles ligt stil.", "LCMS")
    (draft,) = ask(f"/{made.pk}/situation-reports", approved="false").json()["items"]
    assert (draft["number"], draft["approvedAt"], draft["version"]) == (2, None, 0)


def test_a_system_writes_a_line_once(acting: Acting, alice: User, ask: Ask) -> None:
    with acting(alice) as actor:
        made = opened(actor, "Storing")
    place, line = f"/{made.pk}/log", {"text": "Stroom terug\nin wijk 3", "source": "Meldkamer"}
    answers = [ask(place, line), ask(place, line)]
    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["recordedBy"] == "Meldkamer"
    soon = (clock.now() + timedelta(hours=1)).isoformat()
    wrong: list[dict[str, Any]] = [
        {"text": ""}, {"text": "x", "at": soon}, {"text": "x", "kind": "decision"}, {"text": "\x00"}
    ]  # fmt: skip
    for n, one in enumerate(wrong):
        assert ask(place, one, f"fout-{n}").status_code == 400, one
    with acting(alice) as actor:
        assert LogLine.objects.filter(crisis=made, text__startswith="Stroom").count() == 1
        crises.end(actor=actor, crisis=made, reason="Voorbij.")
    assert ask(place, line, "te laat").status_code == 400


def test_what_is_for_people_in_the_room_no_system_gets(
    acting: Acting, alice: User, ask: Ask
) -> None:
    with acting(alice) as actor:
        incident = reported(actor, "Lek")
        made = opened(actor, "Storing", incident=incident.pk)
        Incident.objects.filter(pk=incident.pk).update(tlp=Incident.Tlp.RED)
    assert ask("").json()["total"] == 0
    for part in ("", "/log", "/decisions", "/situation-reports"):
        assert ask(f"/{made.pk}{part}").status_code == 403
    assert ask(f"/{made.pk}/log", {"text": "x"}).status_code == 403
