# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Leaving is one act: memberships, tokens, sessions and what the person owned."""

from datetime import timedelta

from django.test import Client

from dijkring.actions.models import Action
from dijkring.actions.services import open_action
from dijkring.core import clock
from dijkring.organisations.models import ApiToken, Membership, User
from dijkring.organisations.services import add_member, create_token
from dijkring.tests.harness.people import PASSWORD, Acting, ClientOf

MEMBERS = "/o/dijkerveen/toegang/"


def logged_in_for_real(user: User) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client


def membership(acting: Acting, alice: User, user: User) -> Membership:
    with acting(alice):
        return Membership.objects.get(user=user, until=None)


def leave(
    client_of: ClientOf, acting: Acting, alice: User, leaver: User, successor: str = ""
) -> str:
    pk = membership(acting, alice, leaver).pk
    answer = client_of(alice).post(
        f"{MEMBERS}{pk}/beeindigen/",
        {"reason": "Werkt hier niet meer.", "successor": successor},
        follow=True,
    )
    return answer.content.decode()


def owned(acting: Acting, alice: User, owner: User) -> Action:
    with acting(alice) as actor:
        return open_action(actor=actor, title="Back-up", owner_id=owner.pk)


def test_the_successor_gets_what_was_owned(
    acting: Acting, alice: User, bob: User, erik: User, client_of: ClientOf
) -> None:
    action = owned(acting, alice, erik)
    leave(client_of, acting, alice, erik, str(membership(acting, alice, bob).pk))
    with acting(alice):
        action.refresh_from_db()
        assert action.owner_id == bob.pk


def test_without_successor_it_stays_without_owner(
    acting: Acting, alice: User, erik: User, client_of: ClientOf
) -> None:
    action = owned(acting, alice, erik)
    leave(client_of, acting, alice, erik)
    with acting(alice):
        action.refresh_from_db()
        assert action.owner_id is None


def test_a_successor_must_stay_and_be_a_colleague(
    acting: Acting, alice: User, erik: User, charlie: User, client_of: ClientOf
) -> None:
    with acting(charlie):
        stranger = Membership.objects.get(user=charlie)
    for wrong in (stranger.pk, membership(acting, alice, erik).pk):
        leave(client_of, acting, alice, erik, str(wrong))
        assert membership(acting, alice, erik).until is None


def test_tokens_and_sessions_end(
    acting: Acting, alice: User, fatima: User, client_of: ClientOf
) -> None:
    with acting(alice) as actor:
        add_member(organisation_id=actor.organisation_id, user=fatima, role="ciso")
    with acting(fatima) as actor:
        token, _text = create_token(
            actor=actor,
            name="koppeling",
            scopes=["facts:read"],
            kinds=[],
            expires_at=clock.now() + timedelta(days=9),
        )
    session = logged_in_for_real(fatima)
    assert session.get("/o/dijkerveen/mijn-aanmelding/").status_code == 200
    leave(client_of, acting, alice, fatima)
    with acting(alice):
        assert ApiToken.objects.get(pk=token.pk).withdrawn_at is not None
    assert session.get("/o/dijkerveen/mijn-aanmelding/").status_code == 302


def test_a_session_that_opens_more_goes_on(
    acting: Acting, alice: User, charlie: User, erik: User, client_of: ClientOf
) -> None:
    with acting(charlie) as actor:
        add_member(organisation_id=actor.organisation_id, user=erik, role="reader")
    session = logged_in_for_real(erik)
    leave(client_of, acting, alice, erik)
    assert session.get("/o/dijkerveen/mijn-aanmelding/").status_code == 404
    assert session.get("/o/waterhoek/mijn-aanmelding/").status_code == 200
