# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Search leads to agreements, never past them: what is shared is not found, and no look is made."""

from dijkring.actions import services as actions
from dijkring.core import search
from dijkring.organisations.models import User
from dijkring.sharing.models import Look, Record
from dijkring.sharing.tests.objects import drafted, in_force, secretary
from dijkring.tests.harness.people import Acting, actor_of


def found(acting: Acting, who: User, words: str) -> dict[str, list[str]]:
    with acting(who) as actor:
        groups = search.ask(words, actor=actor)
    return {one.source.kind: [hit.title for hit in one.found.hits] for one in groups}


def test_both_find_an_agreement_in_force(acting: Acting, alice: User, charlie: User) -> None:
    giver, receiver = actor_of(alice).organisation_id, actor_of(charlie).organisation_id
    in_force(secretary(giver, alice.pk), secretary(receiver, charlie.pk))
    for person in (alice, charlie):
        hits = found(acting, person, "waterhoek regeling")["agreements"]
        assert len(hits) == 1
        assert "Waterhoek" in hits[0]
        assert "Dijkerveen" in hits[0]


def test_a_draft_is_found_by_its_maker_only(acting: Acting, alice: User, charlie: User) -> None:
    with acting(alice) as actor:
        drafted(actor, actor_of(charlie).organisation_id, purpose="Proeftuin waterkering.")
    assert "agreements" in found(acting, alice, "proeftuin")
    assert "agreements" not in found(acting, charlie, "proeftuin")


def test_what_is_shared_is_not_found_and_nobody_has_looked(
    acting: Acting, alice: User, charlie: User
) -> None:
    giver, receiver = actor_of(alice).organisation_id, actor_of(charlie).organisation_id
    terms = {"records": [Record.ACTIONS.value], "detail": "fact"}
    in_force(secretary(giver, alice.pk), secretary(receiver, charlie.pk), **terms)
    with acting(alice) as actor:
        actions.open_action(actor=actor, title="Kwetsbaarheid zeldzaamwoord verhelpen")
    assert found(acting, alice, "zeldzaamwoord")
    assert found(acting, charlie, "zeldzaamwoord") == {}
    with acting(alice):
        assert not Look.objects.exists()
