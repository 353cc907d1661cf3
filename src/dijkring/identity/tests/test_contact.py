# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who comes in through a provider gets mail only at an address that they confirmed themselves."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from dijkring.core import clock
from dijkring.core.leaving import Leaving, carry_out
from dijkring.identity.models import Identity
from dijkring.identity.services import breaking
from dijkring.identity.tests.makers import in_use, through_provider
from dijkring.identity.tests.practice import Practice
from dijkring.notices.models import Contact, Preference
from dijkring.notices.services import contacts, digests
from dijkring.notices.tests.conftest import Post, address_in
from dijkring.notices.tests.conftest import post as post  # the fixture
from dijkring.organisations.models import Membership, User
from dijkring.tests.harness.people import Acting, ClientOf, actor_of

PREFERENCES = "/o/dijkerveen/meldingen/instellingen/"
PLACE = "/o/dijkerveen/meldingen/adres/"
MINE = "b.kool@elders.example"
NONE_YET = "U krijgt nog geen e-mail"
DoJobs = Callable[[], int]


@pytest.fixture
def bert(practice_provider: Practice, acting: Acting, alice: User) -> tuple[Client, User]:
    with acting(alice) as actor:
        in_use(actor, practice_provider)
    client = through_provider(practice_provider, "dijkerveen", "s-bert")
    with acting(alice):
        return client, Identity.objects.select_related("user").get(subject="s-bert").user


def wants(client: Client, do_jobs: DoJobs, email: str = MINE) -> None:
    assert client.post(PLACE, {"email": email}).status_code == 302
    do_jobs()


def test_the_page_says_that_no_mail_comes_and_a_link_mends_it(
    bert: tuple[Client, User], post: Post, do_jobs: DoJobs
) -> None:
    client, user = bert
    assert NONE_YET in client.get(PREFERENCES).content.decode()
    assert contacts.mail_address(user) == ""
    wants(client, do_jobs)
    assert post.only()["To"] == MINE
    assert NONE_YET in client.get(PREFERENCES).content.decode(), "until it is confirmed"
    link = address_in(post.only())
    assert client.get(link).status_code == 200
    assert contacts.mail_address(user) == "", "a GET changes nothing"
    assert client.post(link).status_code == 302
    assert contacts.mail_address(user) == MINE
    assert f"Uw e-mail gaat naar {MINE}" in client.get(PREFERENCES).content.decode()
    assert client.get(link).status_code == 404, "it works once"


def test_the_digest_waits_for_the_confirmation(
    bert: tuple[Client, User], post: Post, do_jobs: DoJobs
) -> None:
    client, user = bert
    past = clock.now() - timedelta(minutes=1)
    Preference.objects.create(user=user, next_at=past)
    assert user.pk not in digests.due()
    wants(client, do_jobs)
    assert user.pk not in digests.due()
    client.post(address_in(post.only()))
    assert user.pk in digests.due()


def test_a_link_in_the_hands_of_another_confirms_nothing(
    bert: tuple[Client, User], post: Post, do_jobs: DoJobs, client_of: ClientOf, bob: User
) -> None:
    client, user = bert
    wants(client, do_jobs, "verkeerd@elders.example")
    link = address_in(post.only())
    assert Client().post(link).status_code == 302, "to the login"
    assert client_of(bob).post(link).status_code == 404
    assert contacts.mail_address(user) == ""


def test_a_link_ends_after_a_day(bert: tuple[Client, User], post: Post, do_jobs: DoJobs) -> None:
    client, user = bert
    wants(client, do_jobs)
    Contact.objects.update(asked_at=clock.now() - timedelta(hours=25))
    assert client.post(address_in(post.only())).status_code == 404
    assert contacts.mail_address(user) == ""


def test_an_old_address_stays_until_the_new_one_is_confirmed(
    bert: tuple[Client, User], post: Post, do_jobs: DoJobs
) -> None:
    client, user = bert
    wants(client, do_jobs)
    client.post(address_in(post.taken[0]))
    wants(client, do_jobs, "nieuw@elders.example")
    assert contacts.mail_address(user) == MINE
    client.post(address_in(post.taken[1]))
    assert contacts.mail_address(user) == "nieuw@elders.example"


def test_nobodys_mailbox_is_filled_from_here(
    bert: tuple[Client, User], post: Post, do_jobs: DoJobs
) -> None:
    client, _user = bert
    for _time in range(contacts.MOST_A_DAY):
        wants(client, do_jobs)
    assert client.post(PLACE, {"email": MINE}).status_code == 422
    do_jobs()
    assert len(post.taken) == contacts.MOST_A_DAY


def test_an_account_with_an_address_keeps_it(
    client_of: ClientOf, alice: User, post: Post, do_jobs: DoJobs
) -> None:
    assert NONE_YET not in client_of(alice).get(PREFERENCES).content.decode()
    assert client_of(alice).post(PLACE, {"email": MINE}).status_code == 422
    assert contacts.mail_address(alice) == alice.email


def test_an_envelope_gets_no_address(acting: Acting, alice: User, post: Post) -> None:
    with acting(alice) as actor:
        _account, code = breaking.make(actor=actor, name="voorzitter", role="board", keeper="kluis")
    client = Client()
    client.post(
        "/inloggen/bij/dijkerveen/noodtoegang/",
        {"code": code, "who": "Pia Vos", "why": "test", "reason": "De proef van dit jaar."},
    )
    assert client.post(PLACE, {"email": MINE}).status_code == 403
    assert not Contact.objects.exists()


def test_who_leaves_is_forgotten(
    bert: tuple[Client, User], post: Post, do_jobs: DoJobs, acting: Acting, alice: User
) -> None:
    client, user = bert
    wants(client, do_jobs)
    client.post(address_in(post.only()))
    with acting(alice):
        Membership.objects.filter(user=user, until=None).update(until=clock.now())
        carry_out(Leaving(actor_of(alice), user.pk))
    assert not Contact.objects.filter(user=user).exists()


@pytest.mark.parametrize("query", ["", "?export=csv"])
def test_an_account_without_an_address_shows_none(
    acting: Acting, alice: User, client_of: ClientOf, query: str
) -> None:
    with acting(alice) as actor:
        breaking.make(actor=actor, name="voorzitter", role="board", keeper="kluis")
    page = client_of(alice).get(f"/o/dijkerveen/toegang/{query}")
    assert "voorzitter" in page.content.decode()
    assert alice.email in page.content.decode()
    assert ".invalid" not in page.content.decode()
