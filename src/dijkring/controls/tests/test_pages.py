# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of norms and laws, for who may and who may not."""

import pytest
from django.test import Client

from dijkring.controls.catalogue import current_framework
from dijkring.controls.models import Framework, Requirement
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting, ClientOf

BASE = "/o/dijkerveen/normen/"


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def bio2() -> Framework:
    found = current_framework("bio2")
    assert found is not None
    return found


def leaf(ref: str) -> Requirement:
    return Requirement.objects.get(framework=bio2(), ref=ref)


def test_list_shows_which_version_a_law_names(client_of: ClientOf, bob: User) -> None:
    page = text(client_of(bob), BASE)
    assert "Cyberbeveiligingswet" in page
    assert page.count("in force") + page.count("geldt nu") == 2
    assert "normen/importeren" not in page


def test_tree_shows_every_number_and_where_moved_ones_went(
    client_of: ClientOf, alice: User
) -> None:
    page = text(client_of(alice), f"{BASE}{bio2().pk}/")
    for row in bio2().requirements.all():
        assert f"eisen/{row.pk}/" in page
    moved = page[page.index(f"eisen/{leaf('5.04.02').pk}/") :][:900]
    assert f"eisen/{leaf('5.10.02').pk}/" in moved
    assert f"standen/{leaf('5.14.01').pk}/" in page


def test_tree_can_be_searched(client_of: ClientOf, alice: User) -> None:
    page = text(client_of(alice), f"{BASE}{bio2().pk}/?q=internet.nl")
    assert f"eisen/{leaf('5.14.01').pk}/" in page
    assert f"eisen/{leaf('5.14').pk}/" in page
    assert f"eisen/{leaf('8.13.04').pk}/" not in page
    assert "eisen/" not in text(client_of(alice), f"{BASE}{bio2().pk}/?q=bestaatniet")


def test_requirement_shows_both_ends_of_a_mapping(client_of: ClientOf, alice: User) -> None:
    client = client_of(alice)
    letter = Requirement.objects.get(framework__key="cbw", ref="21.3.j")
    source = letter.carried_by.filter(valid_until=None).first()
    assert source is not None
    assert f"eisen/{source.source_id}/" in text(client, f"{BASE}eisen/{letter.pk}/")
    page = text(client, f"{BASE}eisen/{source.source_id}/")
    assert f"eisen/{letter.pk}/" in page
    assert "our proposal" in page or "voorstel" in page
    assert letter.link.replace("&", "&amp;") in text(client, f"{BASE}eisen/{letter.pk}/")


def test_moved_requirement_says_where_it_went(client_of: ClientOf, bob: User) -> None:
    page = text(client_of(bob), f"{BASE}eisen/{leaf('5.04.02').pk}/")
    assert f"eisen/{leaf('5.10.02').pk}/" in page
    assert "5.04.02" in text(client_of(bob), f"{BASE}eisen/{leaf('5.10.02').pk}/")


@pytest.mark.parametrize("ref", ["5", "5.01", "5.14.01", "5.21.01", "5.26.01"])
def test_every_sort_of_requirement_has_a_page(
    client_of: ClientOf, acting: Acting, bob: User, ref: str
) -> None:
    assert ref in text(client_of(bob), f"{BASE}eisen/{leaf(ref).pk}/")
