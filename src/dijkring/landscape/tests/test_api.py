# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Scenarios with what fails in them, and the software of systems, through the API."""

from datetime import timedelta
from typing import Any

from django.test import Client

from dijkring.core import clock
from dijkring.landscape.services import assets
from dijkring.landscape.services.import_files import Choice
from dijkring.landscape.services.wanted import AssetWanted
from dijkring.landscape.tests.objects import make_assets, make_scenario
from dijkring.landscape.tests.objects_imports import parts, taken
from dijkring.organisations import services
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting


def test_a_scenario_answers_what_fails_and_a_system_its_parts(
    acting: Acting, alice: User, charlie: User
) -> None:
    with acting(alice) as actor:
        _task, centres = make_assets(actor, 1)
        kept = make_scenario(actor, centres, 1)
        system = assets.add(actor=actor, wanted=AssetWanted("Zaaksysteem", "system"))
        taken(actor, parts("openssl", "vue"), Choice(system=system.pk))
    ours, theirs = (_system(acting, one) for one in (alice, charlie))
    (row,) = ours("/scenarios")["items"]
    assert (row["name"], [one["kind"] for one in row["starts"]]) == (kept.name, ["asset"] * 2)
    shown = ours(f"/scenarios/{kept.pk}")
    assert {(one["name"], one["hours"], one["state"]) for one in shown["harms"]} == {
        (one.name, 0.0, "fails") for one in centres
    }
    found = ours("/components", system=system.pk, name="vue")["items"]
    assert [(one["name"], one["system"]) for one in found] == [("vue", system.pk)]
    assert theirs("/components")["items"] == theirs("/scenarios")["items"] == []
    assert theirs(f"/scenarios/{kept.pk}")["status"] == 404


def _system(acting: Acting, user: User) -> Any:
    """Return how an outside system with a token reads a path."""
    ends = clock.now() + timedelta(days=30)
    with acting(user) as actor:
        _row, token = services.create_token(
            actor=actor, name="CMDB", scopes=["landscape:read"], kinds=[], expires_at=ends
        )
    client = Client(headers={"authorization": f"Bearer {token}"})
    return lambda path, **query: client.get(f"/api/v1{path}", query).json()
