# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The guide reads from the facts how far the first hour is; nobody ticks anything."""

import pytest
from django.test import Client

from dijkring.onboarding import selectors
from dijkring.onboarding.tests.conftest import Upload
from dijkring.organisations.models import User
from dijkring.surface.services import domains
from dijkring.tests.harness.people import Acting

pytestmark = pytest.mark.django_db


def done(acting: Acting, user: User) -> set[str]:
    with acting(user) as actor:
        steps = selectors.steps(actor.organisation_id, "Dijkerveen")
    return {one.id for one in steps if one.done}


def test_steps_follow_the_facts(client: Client, acting: Acting, alice: User) -> None:
    before = done(acting, alice)
    assert "domains" not in before
    with acting(alice) as actor:
        domain = domains.register_domain(actor=actor, name="eerste-uur.example")
    assert done(acting, alice) - before == {"domains"}
    given = {
        "domains": [domain.pk],
        "name": "F. Aydin",
        "function": "secretaris",
        "text": "Wij mogen dit laten meten.",
    }
    client.post("/o/dijkerveen/eerste-uur/bevoegdheid/", given)
    assert done(acting, alice) - before == {"domains", "authority"}
    with acting(alice) as actor:
        other = domains.register_domain(actor=actor, name="nog-een.example")
        assert other.pk != domain.pk
    assert "authority" not in done(acting, alice), "a new name without proof takes the step back"


def test_page_leads_to_every_step(client: Client) -> None:
    page = client.get("/o/dijkerveen/eerste-uur/").content.decode()
    for part in ("inbrengen/nieuw/domains/", "inbrengen/nieuw/judgements/", "raad/nieuw/?title=",
                 "te-bevestigen/", "eerste-uur/bevoegdheid/"):  # fmt: skip
        assert f"/o/dijkerveen/{part}" in page, part
    report = client.get("/o/dijkerveen/raad/nieuw/?title=Nulmeting+Dijkerveen")
    assert 'value="Nulmeting Dijkerveen"' in report.content.decode()


def test_taking_back_undoes_the_step(
    client: Client, upload: Upload, acting: Acting, alice: User
) -> None:
    address = upload("judgements", b"Nr;Oordeel\n5.01.01;ja\n", "een.csv")
    client.post(address, {"mark": client.get(address).context["plan"].mark})
    assert "judgements" in done(acting, alice)
    client.post(f"{address}terugdraaien/", {"reason": "Het verkeerde bestand gekozen."})
    assert "judgements" not in done(acting, alice)
