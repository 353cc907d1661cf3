# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The file of an incident as it goes out: on paper, and to a system with a scope for it."""

import html
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.test import Client

from dijkring.core import clock
from dijkring.incidents.models import Incident
from dijkring.incidents.sheets import sheet
from dijkring.incidents.tests import objects, objects_dossier
from dijkring.organisations import services as organisations
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting, ClientOf


def filled(acting: Acting, who: User) -> Incident:
    with acting(who) as actor:
        made = objects.reported(actor, "Vreemde inlog op de mailserver")
        objects_dossier.make(actor, made, 1)
        return made


def system(acting: Acting, who: User, scopes: Sequence[str]) -> Client:
    with acting(who) as actor:
        ends = clock.now() + timedelta(days=1)
        _row, token = organisations.create_token(
            actor=actor, name="Zaaksysteem", scopes=scopes, kinds=[], expires_at=ends
        )
    return Client(headers={"authorization": f"Bearer {token}"})


def test_the_file_stands_on_paper_without_a_byte_of_the_evidence(
    acting: Acting, alice: User, client_of: ClientOf
) -> None:
    made = filled(acting, alice)
    answer = client_of(alice).get(f"/o/dijkerveen/incidenten/{made.pk}/blad.html")
    page = html.unescape(answer.content.decode())
    for text in (
        "Routesysteem 1", "Bel de huisdrukker.", "Het bestuur zat erbij.", "1. Verdachte bijlage 1",
        "factuur.exe", "SHA-256", "Postbus van de balie", "hxxps://kwaad1[.]example/a",
        "Speurders BV", "1.250,00", "PL-1", "Open deze bijlage niet.", "TLP:AMBER",
    ):  # fmt: skip
        assert text in page, text
    assert "https://kwaad1.example" not in page
    assert b"MZ\x90" not in answer.content


def test_each_part_of_an_empty_file_says_so(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        made = objects.reported(actor, "Nog niets bekend")
        told = [str(getattr(one, "text", "")) for one in sheet(made, "Dijkerveen").blocks]
    assert "Er is nog geen bewijs in bewaring genomen." in told


def test_a_system_reads_the_file_only_with_the_scope_for_it(
    acting: Acting, alice: User, charlie: User
) -> None:
    made = filled(acting, alice)
    address = f"/api/v1/incidents/{made.pk}/file"
    reader = system(acting, alice, ["incidents:read", "incidents:write"])
    assert reader.get(address).status_code == 403
    assert system(acting, charlie, ["incidents:file"]).get(address).status_code == 404
    able = system(acting, alice, ["incidents:file"])
    found: dict[str, Any] = able.get(address).json()
    evidence = found["evidence"][0]
    assert evidence["file"] == "factuur.exe"
    assert len(evidence["sha256"]) == 64
    assert [one["act"] for one in evidence["custody"]] == ["taken", "checked"]
    assert [one["name"] for one in found["touched"]] == ["Routesysteem 1"]
    assert {one["value"] for one in found["indicators"]} == {
        "https://kwaad1.example/a",
        "192.0.2.4",
    }
    assert found["costs"][0]["cents"] == 125_000
    assert found["police"]["number"] == "PL-1"
    assert found["contacts"][0]["to"] == "Alle medewerkers"
    assert any("Bel de huisdrukker." in one["words"].values() for one in found["tasks"])
    # Red is for the people who are there, and a system is nobody.
    with acting(alice):
        Incident.objects.filter(pk=made.pk).update(tlp="red")
    assert able.get(address).status_code == 403
    assert able.get(f"/api/v1/incidents/{made.pk}").status_code == 403, "another scope"
    assert reader.get(f"/api/v1/incidents/{made.pk}").json()["title"] == ""
