# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A column with systems or processes: a verdict per part comes in as such."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dijkring.evidence.models import Judgement, Scope, Standing
from dijkring.evidence.services import scopes
from dijkring.onboarding.models import TakenOver
from dijkring.onboarding.services import parts
from dijkring.onboarding.tests.conftest import Upload
from dijkring.onboarding.tests.workbooks import many_judgements
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting

BODY = (
    b"Nr;Oordeel;Systeem\n"
    b"5.01.01;voldaan;burgerzaken\n"
    b"5.01.01;niet voldaan;Zaaksysteem\n"
    b"5.01.01;deels;\n"
    b"5.01.02;deels;zaaksysteem\n"
)
Agree = Callable[[str], Any]


@pytest.fixture
def known(acting: Acting, alice: User) -> Scope:
    with acting(alice) as actor:
        return scopes.add(actor=actor, kind="process", name="Burgerzaken")


def reasons(client: Client, address: str) -> dict[int, str]:
    return {one.line: one.reason for one in client.get(address).context["plan"].lines}


def test_a_verdict_per_part_becomes_a_judgement_of_that_part(
    client: Client, upload: Upload, agree: Agree, acting: Acting, alice: User, known: Scope
) -> None:
    address = upload("judgements", BODY, "oordelen.csv")
    told = reasons(client, address)
    assert told[2] == "Wordt apart beoordeeld voor Burgerzaken."
    assert told[3] == "Zaaksysteem wordt toegevoegd als systeem, en apart beoordeeld."
    assert told[4] == ""
    with acting(alice):
        assert Scope.objects.count() == 1, "looking makes nothing"
    assert agree(address).status_code == 302
    with acting(alice):
        made = Scope.objects.get(name="Zaaksysteem")
        rows = list(TakenOver.objects.order_by("line").values_list("scope", flat=True))
        ids = list(TakenOver.objects.values_list("pk", flat=True))
    assert made.kind == "system"
    assert rows == [known.pk, made.pk, None, made.pk]
    given = {"layers": ["design"], "line": "ciso", "reason": "Nagekeken met de eigenaren."}
    chosen = "&".join(f"row={id}" for id in ids)
    client.post(f"/o/dijkerveen/te-bevestigen/bevestigen/?{chosen}", given)
    with acting(alice):
        judged = {(one.scope_id, one.requirement.ref): one.verdict for one in
                  Judgement.objects.select_related("requirement")}  # fmt: skip
        assert judged == {
            (known.pk, "5.01.01"): "met", (made.pk, "5.01.01"): "not_met",
            (None, "5.01.01"): "partly", (made.pk, "5.01.02"): "partly",
        }  # fmt: skip
        assert Standing.every.filter(scope=made, requirement__ref="5.01.01").exists()
    again = upload("judgements", BODY, "oordelen.csv")
    counts = client.get(again).context["plan"].counts
    assert (counts["unchanged"], counts["new"], counts["changed"]) == (4, 0, 0)


def test_names_stay_text_when_somebody_chooses_so(
    client: Client, upload: Upload, acting: Acting, alice: User, known: Scope
) -> None:
    address = upload("judgements", BODY, "oordelen.csv")
    asked = f"{address}?ref=A&verdict=B&about=C&numbering=bio2&parts="
    assert client.get(address).context["form"].initial["parts"] == "system"
    told = reasons(client, asked)
    assert (told[2], told[3]) == ("Wordt apart beoordeeld voor Burgerzaken.", "")
    client.post(asked, {"mark": client.get(asked).context["plan"].mark})
    with acting(alice):
        assert not Scope.objects.filter(name__iexact="zaaksysteem").exists()
        assert TakenOver.objects.filter(scope=known).count() == 1
        assert TakenOver.objects.filter(about__iexact="zaaksysteem", scope=None).count() == 2


def test_taking_back_ends_the_parts_that_it_made(
    client: Client, upload: Upload, agree: Agree, acting: Acting, alice: User, known: Scope
) -> None:
    address = upload("judgements", BODY, "oordelen.csv")
    agree(address)
    client.post(f"{address}terugdraaien/", {"reason": "Het verkeerde bestand gekozen."})
    with acting(alice):
        current = Scope.objects.filter(until=None).values_list("name", flat=True)
        assert list(current) == ["Burgerzaken"]


def test_a_column_with_very_many_names_is_no_list_of_systems(
    client: Client, upload: Upload
) -> None:
    address = upload("judgements", many_judgements(parts.MOST_NEW + 1))
    assert set(reasons(client, address).values()) == {""}
    address = upload("judgements", many_judgements(3))
    assert all("toegevoegd als systeem" in one for one in reasons(client, address).values())


def test_all_in_the_list_is_confirmed_in_one_go(
    client: Client, upload: Upload, agree: Agree, acting: Acting, alice: User
) -> None:
    agree(upload("judgements", BODY, "oordelen.csv"))
    given = {"layers": ["design"], "line": "ciso", "reason": "Nagekeken met de eigenaren."}
    home = "/o/dijkerveen/te-bevestigen/"
    page = client.get(f"{home}?verdict=partly").content.decode()
    assert 'name="all" value="1"' in page
    assert '<input type="hidden" name="verdict" value="partly">' in page
    client.post(f"{home}bevestigen/?verdict=partly&all=1", given)
    with acting(alice):
        assert set(Judgement.objects.values_list("verdict", flat=True)) == {"partly"}
        assert TakenOver.objects.filter(ended_at=None).count() == 2
    client.post(f"{home}bevestigen/?all=1", given)
    with acting(alice):
        assert not TakenOver.objects.filter(ended_at=None).exists()
        assert Judgement.objects.count() == 4
