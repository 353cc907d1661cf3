# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Searching what others share: what the agreement names, nothing more, and seen by the giver."""

from typing import Any

import pytest

from dijkring.actions import services as actions
from dijkring.core import clock, search
from dijkring.core.access import Actor, Role, person_actor
from dijkring.core.tenancy import acting_for
from dijkring.evidence.tests.makers import count, see
from dijkring.organisations.models import User
from dijkring.sharing.models import Look
from dijkring.sharing.services import agreements
from dijkring.sharing.tests.objects import in_force
from dijkring.tests.harness.people import PEOPLE, Acting, ClientOf, actor_of

ADDRESS = f"/o/{PEOPLE['dora'].slug}/zoeken/"
SITE = "zeldzaam.dijkerveen.example"


@pytest.fixture
def giver(fatima: User, acting: Acting, alice: User) -> Actor:
    """Dijkerveen, that has an action and a failing fact to be found."""
    with acting(alice) as actor:
        title, today = "Zeldzame bruggen nalopen", clock.today()
        actions.open_action(actor=actor, title=title, due_on=today, subjects=["a"])
        count(actor, SITE)
        see(actor, SITE, "fail")
    return actor_of(fatima)


@pytest.fixture
def receiver(dora: User) -> Actor:
    found = actor_of(dora)
    return person_actor(found.organisation_id, dora.pk, str(dora), Role.BOARD)


def found(receiver: Actor, words: str = "zeldza", *, shared: bool = True) -> dict[str, list[str]]:
    with acting_for([receiver.organisation_id], receiver):
        groups = search.ask(words, actor=receiver, shared=shared)
    return {group.source.kind: [hit.title for hit in group.found.hits] for group in groups}


def looks(giver: Actor) -> set[Any]:
    with acting_for([giver.organisation_id], giver):
        return set(Look.objects.values_list("what", flat=True))


def test_only_what_the_agreement_names_is_found(giver: Actor, receiver: Actor) -> None:
    assert found(receiver) == {}
    made = in_force(giver, receiver, records=["actions"], detail="fact")
    assert found(receiver) == {"shared_actions": ["Zeldzame bruggen nalopen"]}
    in_force(giver, receiver, records=["norms"], detail="fact")
    both = found(receiver)
    assert set(both) == {"shared_actions", "shared_facts"}
    assert SITE in both["shared_facts"][0]
    with acting_for([giver.organisation_id], giver):
        agreements.end(actor=giver, agreement=made, reason="Niet meer nodig.")
    assert set(found(receiver)) == {"shared_facts"}


def test_counts_alone_are_no_ground_to_search(giver: Actor, receiver: Actor) -> None:
    in_force(giver, receiver, records=["norms", "exposure"], detail="aggregate")
    assert found(receiver) == {}
    assert looks(giver) == set()


def test_the_giver_sees_that_was_searched_also_when_nothing_was_found(
    giver: Actor, receiver: Actor
) -> None:
    in_force(giver, receiver, records=["actions"], detail="fact")
    assert found(receiver, shared=False) == {}
    assert looks(giver) == set()
    assert found(receiver, "bestaatniet") == {}
    assert looks(giver) == {"actions"}


def test_page_searches_elsewhere_only_when_asked(
    client_of: ClientOf, dora: User, giver: Actor, receiver: Actor
) -> None:
    in_force(giver, receiver, records=["actions"], detail="fact")
    client = client_of(dora)
    own = client.get(ADDRESS, {"q": "zeldza"}).content.decode()
    assert "Zeldzame bruggen" not in own
    assert "shared=1" in own
    assert looks(giver) == set()
    both = client.get(ADDRESS, {"q": "zeldza", "shared": "1"}).content.decode()
    assert "Zeldzame bruggen nalopen" in both
    assert "Dijkerveen" in both
    list_page = ADDRESS.replace("zoeken", "gedeeld/dijkerveen/acties")
    hit = f"{list_page}?search=Zeldzame+bruggen+nalopen"
    assert hit in both
    assert "Zeldzame bruggen nalopen" in client.get(hit).content.decode()
