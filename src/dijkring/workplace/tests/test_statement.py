# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The accessibility statement: what it may claim, and who reads it."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from dijkring.core.errors import Forbidden, Refused
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting
from dijkring.workplace.services import statement

PUBLIC = "/o/dijkerveen/toegankelijkheid"
FACTS: dict[str, Any] = {
    "status": "B",
    "tested_on": date(2026, 1, 12),
    "tested_by": "Onderzoeksbureau De Kade",
    "method": "Alle pagina's van de rol CISO, volgens WCAG-EM.",
    "exceptions": "Grafiek: geen beschrijving\n\nKaart: alleen met de muis",
    "contact": "toegankelijk@dijkerveen.example",
    "answer_days": 10,
    "approved_by": "A. Bakker, CISO",
    "approved_on": date(2026, 1, 20),
    "published": True,
}


def read(client: Client, address: str = PUBLIC) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/toegankelijkheid", PUBLIC, "/o/bestaat-niet/toegankelijkheid"]
)
def test_without_a_published_statement_everybody_reads_that_of_dijkring(
    client: Client, address: str
) -> None:
    html = read(client, address)
    assert "axe" in html
    assert "C: " in html


def test_published_statement_is_read_without_login(
    acting: Acting, client: Client, alice: User
) -> None:
    with acting(alice) as actor:
        statement.state(actor=actor, **FACTS)
    html = read(client)
    for words in ("Onderzoeksbureau De Kade", "12 januari 2026", "Kaart: alleen met de muis"):
        assert words in html
    assert html.count("<li>") == 2


def test_statement_that_is_not_published_is_read_by_nobody(
    acting: Acting, client: Client, alice: User
) -> None:
    with acting(alice) as actor:
        statement.state(actor=actor, **FACTS)
        statement.state(actor=actor, **(FACTS | {"published": False}))
    assert "De Kade" not in read(client)


def test_statement_of_one_is_not_that_of_another(
    acting: Acting, client: Client, charlie: User
) -> None:
    with acting(charlie) as actor:
        statement.state(actor=actor, **FACTS)
    assert "De Kade" not in read(client)
    assert "De Kade" in read(client, "/o/waterhoek/toegankelijkheid")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"tested_on": None}, "tested_on"),
        ({"tested_by": ""}, "tested_on"),
        ({"status": "A"}, "status"),
        ({"exceptions": ""}, "exceptions"),
        ({"tested_on": date(2999, 1, 1)}, "tested_on"),
        ({"approved_on": date(2999, 1, 1)}, "approved_on"),
    ],
)
def test_statement_claims_no_more_than_its_facts(
    acting: Acting, alice: User, changed: dict[str, Any], field: str
) -> None:
    with acting(alice) as actor, pytest.raises(Refused) as refused:
        statement.state(actor=actor, **(FACTS | changed))
    assert refused.value.field == field


def test_reader_does_not_keep_the_statement(acting: Acting, bob: User) -> None:
    with acting(bob) as actor, pytest.raises(Forbidden):
        statement.state(actor=actor, **FACTS)


def test_words_of_the_organisation_are_only_words(
    acting: Acting, client: Client, alice: User
) -> None:
    with acting(alice) as actor:
        statement.state(actor=actor, **(FACTS | {"method": "<script>alert(1)</script>"}))
    assert "<script>alert" not in read(client)
