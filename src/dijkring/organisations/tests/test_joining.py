# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Accepting an invitation: only as the person it is for, and what proves a mailbox."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from dijkring.core import clock
from dijkring.core.access import system_actor
from dijkring.core.errors import Refused
from dijkring.core.tenancy import transaction_for
from dijkring.core.web import memberships_of
from dijkring.identity.services import emergency
from dijkring.identity.services.sessions import OPENED, PROVIDER
from dijkring.identity.tests.test_emergency import set_up
from dijkring.notices.models import Feed
from dijkring.notices.selectors import feed
from dijkring.notices.services import feeds
from dijkring.organisations import joining, services
from dijkring.organisations.models import User
from dijkring.tests.harness.people import PASSWORD, Acting, ClientOf, actor_of

NEW = "een nieuw lang wachtwoord 12"
MAYOR = "burgemeester@waterhoek.example"


@pytest.fixture(autouse=True)
def unhurried() -> None:
    """Begin every test without attempts of another."""
    cache.clear()


def shown(acting: Acting, by: User, email: str, role: str = "reader") -> str:
    """Invite somebody; returns the link that who invites sees."""
    with acting(by) as actor:
        return f"/invitation/{services.invite(actor=actor, email=email, role=role)[1]}/"


def mailed(client_of: ClientOf, by: User, slug: str, email: str, settings: Settings) -> str:
    """Invite somebody by the page; returns the link that only the mailbox gets."""
    settings.EMAIL_HOST = "mail.example.org"
    mail.outbox.clear()
    values = {"email": email, "role": "reader"}
    assert client_of(by).post(f"/o/{slug}/toegang/uitnodigen/", values).status_code == 200
    found = re.search(r"http://testserver(/invitation/\S+)", str(mail.outbox[0].body))
    assert found
    return found[1]


def token_of(link: str) -> str:
    return link.split("/")[-2]


def slugs(user: User) -> set[str]:
    return {one.slug for one in memberships_of(user.pk)}


def made_by_another(acting: Acting, alice: User) -> User:
    """Return an account of the mayor that who invited made with the link on the page."""
    link = shown(acting, alice, MAYOR)
    user = joining.make_account(token=token_of(link), name="Burgemeester", password=PASSWORD)
    assert user is not None
    return user


def log_in(client: Client, email: str, password: str, link: str = "") -> str:
    """Log in by the page; returns where it leads."""
    values = {"login": email, "password": password, "next": link}
    return client.post("/accounts/login/", values).headers.get("Location", "")


# --- accepting as oneself -----------------------------------------------------------------------


def test_who_has_an_account_logs_in_and_accepts_with_one_button(
    acting: Acting, alice: User, charlie: User
) -> None:
    link, client = shown(acting, alice, charlie.email), Client()
    login = f"/accounts/login/?{urlencode({'next': link})}"
    assert login in client.get(link).content.decode()
    assert log_in(client, charlie.email, PASSWORD, link) == link
    page = client.get(link).content.decode()
    assert "Dijkerveen nodigt u uit" in page
    assert 'type="password"' not in page
    assert slugs(charlie) == {"waterhoek"}, "looking accepts nothing"
    done = client.post(link, follow=True)
    assert done.redirect_chain[0] == ("/o/dijkerveen/", 302)
    assert slugs(charlie) == {"dijkerveen", "waterhoek"}
    assert client.get(link)["Location"] == "/", "once"


def test_the_second_step_is_asked_before_accepting(
    acting: Acting, alice: User, charlie: User
) -> None:
    TOTP.activate(charlie, generate_totp_secret())
    link, client = shown(acting, alice, charlie.email), Client()
    assert log_in(client, charlie.email, PASSWORD, link).startswith("/accounts/2fa/authenticate/")
    client.post(link, {"name": "x", "password": PASSWORD})
    assert slugs(charlie) == {"waterhoek"}


def test_somebody_else_cannot_accept(
    acting: Acting, alice: User, bob: User, charlie: User, client_of: ClientOf
) -> None:
    for email in (charlie.email, "niemand@example.org"):
        link, client = shown(acting, alice, email, "ciso"), client_of(bob)
        assert client.get(link).status_code == 403
        assert email not in client.get(link).content.decode()
        assert client.post(link, {"name": "x", "password": NEW}).status_code == 403
        with pytest.raises(Refused):
            joining.accept_as(token=token_of(link), user=bob)
    assert [one.role for one in memberships_of(bob.pk)] == ["reader"]
    left = client.post("/accounts/logout/", {"next": link})
    assert left["Location"] == link


def test_a_session_that_a_provider_opened_accepts_nothing(
    acting: Acting, alice: User, charlie: User, client_of: ClientOf
) -> None:
    link, client = shown(acting, alice, charlie.email), client_of(charlie)
    session = client.session
    session[OPENED] = {
        "by": PROVIDER,
        "organisation": memberships_of(charlie.pk)[0].organisation_id,
        "slug": "waterhoek",
        "name": "Waterhoek",
        "two_steps": True,
    }
    session.save()
    assert client.post(link).status_code == 403
    assert slugs(charlie) == {"waterhoek"}


def test_an_invitation_that_ended_says_so(
    acting: Acting, alice: User, charlie: User, client_of: ClientOf
) -> None:
    link, client = shown(acting, alice, charlie.email), client_of(charlie)
    with clock.moved_to(clock.now() + timedelta(days=15)):
        assert "Deze uitnodiging is verlopen" in client.get(link, follow=True).content.decode()
    assert slugs(charlie) == {"waterhoek"}


def test_no_password_is_tried_on_the_page_of_an_invitation(
    acting: Acting, alice: User, charlie: User
) -> None:
    link, client = shown(acting, alice, charlie.email), Client()
    for password in (NEW, PASSWORD):
        client.post(link, {"name": "x", "password": password})
        assert slugs(charlie) == {"waterhoek"}
    charlie.refresh_from_db()
    assert charlie.check_password(PASSWORD)
    assert charlie.name == "Charlie Mulder"


@pytest.mark.parametrize("password", ["kort", "wachtwoord1234", NEW])
def test_the_page_does_not_tell_who_has_an_account(
    acting: Acting, alice: User, charlie: User, password: str
) -> None:
    told = []
    for email in (charlie.email, "niemand@example.org"):
        link, client = shown(acting, alice, email), Client()
        first = client.get(link)
        answer = client.post(link, {"name": "x", "password": password})
        then = answer if answer.status_code != 302 else client.get(answer["Location"])
        pages = [one.content.decode().replace(link, "") for one in (first, then)]
        pages = [re.sub(r"csrfmiddlewaretoken\S* value=\S+|%2F\S+?%2F\"", "", one) for one in pages]
        told.append([answer.status_code, *(re.sub(r"invitation\S+", "", one) for one in pages)])
    assert told[0] == told[1]


# --- whose mailbox it is ------------------------------------------------------------------------


def test_the_shown_link_proves_nothing(acting: Acting, alice: User) -> None:
    assert made_by_another(acting, alice).address_proven_at is None


def test_a_new_account_by_the_mailed_link_is_proven(
    client_of: ClientOf, alice: User, settings: Settings
) -> None:
    link, client = mailed(client_of, alice, "dijkerveen", MAYOR, settings), Client()
    client.post(link, {"name": "Burgemeester", "password": NEW})
    assert User.objects.get(email=MAYOR).address_proven_at is not None
    assert log_in(client, MAYOR, NEW, link) == link


def keep_ways_in(acting: Acting, alice: User, user: User) -> tuple[str, Client]:
    """Do as the person, and keep ways in; returns the secret of the calendar and a session."""
    with acting(user) as actor:
        secret = feeds.renew(actor=actor)
    with acting(alice) as actor:
        set_up(actor, actor_of(user))
    session = Client()
    log_in(session, user.email, PASSWORD)
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "of alice"})
    assert session.get("/o/dijkerveen/vandaag/").status_code == 200
    return secret, session


def check_all_ways_ended(acting: Acting, user: User, secret: str, session: Client) -> None:
    user.refresh_from_db()
    assert user.address_proven_at is not None
    assert not Authenticator.objects.filter(user=user).exists()
    assert feed.calendar_of(secret) is None
    assert session.get("/o/dijkerveen/vandaag/").status_code == 302
    assert not user.check_password(PASSWORD)
    with acting(user, "dijkerveen") as actor:
        access = emergency.own(actor)
    assert access is not None
    assert (access.enrolled_at, access.password, access.sealed_totp) == (None, "", "")


def reset(client: Client, email: str) -> str:
    """Choose a new password by mail; returns the page that says it is done."""
    mail.outbox.clear()
    client.post("/accounts/password/reset/", {"email": email})
    found = re.search(r"http://testserver(/accounts/\S+)", str(mail.outbox[0].body))
    assert found
    values = {"password1": NEW, "password2": NEW}
    return client.post(client.get(found[1])["Location"], values, follow=True).content.decode()


def test_who_invites_keeps_no_way_in_after_a_new_password_by_mail(
    acting: Acting, alice: User, charlie: User
) -> None:
    user = made_by_another(acting, alice)
    secret, session = keep_ways_in(acting, alice, user)
    client = Client()
    page = reset(client, MAYOR)
    check_all_ways_ended(acting, user, secret, session)
    for words in ("toegangssleutels", "codes van een app", "agenda", "noodtoegang", "1 sessie"):
        assert words in page
    link = shown(acting, charlie, MAYOR, "ciso")
    assert log_in(client, MAYOR, NEW, link) == link
    client.post(link)
    assert slugs(user) == {"dijkerveen", "waterhoek"}


def test_who_invites_keeps_no_way_in_after_accepting_by_the_mailed_link(
    acting: Acting, alice: User, charlie: User, client_of: ClientOf, settings: Settings
) -> None:
    user = made_by_another(acting, alice)
    secret, session = keep_ways_in(acting, alice, user)
    link = mailed(client_of, charlie, "waterhoek", MAYOR, settings)
    client = client_of(user)
    assert 'name="password"' in client.get(link).content.decode()
    for password in ("", "kort", PASSWORD):
        assert client.post(link, {"password": password}).status_code == 422
    assert slugs(user) == {"dijkerveen"}
    done = client.post(link, {"password": NEW}, follow=True)
    assert slugs(user) == {"dijkerveen", "waterhoek"}
    check_all_ways_ended(acting, user, secret, session)
    assert "toegangssleutels verwijderd" in done.content.decode()
    assert client.get("/o/waterhoek/vandaag/").status_code == 200, "this session goes on"
    assert client.get("/accounts/sessions/").status_code == 200


def test_an_unproven_account_takes_no_access_by_the_shown_link_where_mail_works(
    acting: Acting, alice: User, charlie: User, client_of: ClientOf, settings: Settings
) -> None:
    user = made_by_another(acting, alice)
    link, client = shown(acting, charlie, MAYOR, "ciso"), client_of(user)
    settings.EMAIL_HOST = "mail.example.org"
    assert client.post(link).status_code == 422
    assert slugs(user) == {"dijkerveen"}
    settings.EMAIL_HOST = ""
    assert client.post(link).status_code == 302, "without mail nobody could ever prove it"
    assert slugs(user) == {"dijkerveen", "waterhoek"}
    user.refresh_from_db()
    assert user.address_proven_at is None


def test_a_second_proof_ends_nothing(
    acting: Acting, alice: User, charlie: User, client_of: ClientOf, settings: Settings
) -> None:
    User.objects.filter(pk=alice.pk).update(address_proven_at=clock.now())
    TOTP.activate(alice, generate_totp_secret())
    with acting(alice) as actor:
        feeds.renew(actor=actor)
    link = mailed(client_of, charlie, "waterhoek", alice.email, settings)
    assert client_of(alice).post(link).status_code == 302
    assert slugs(alice) == {"dijkerveen", "waterhoek"}
    reset(Client(), alice.email)
    assert Authenticator.objects.filter(user=alice).exists()
    assert Feed.objects.filter(user=alice).exists()


def test_a_link_of_the_operator_makes_a_proven_account(alice: User) -> None:
    (ours,) = memberships_of(alice.pk)
    operator = system_actor(ours.organisation_id)
    with transaction_for([ours.organisation_id], operator):
        _made, token = services.invite(actor=operator, email=MAYOR, role="ciso")
    made = joining.make_account(token=token, name="Burgemeester", password=NEW)
    assert made is not None
    made.refresh_from_db()
    assert made.address_proven_at is not None


def test_who_is_not_proven_comes_in_as_ever(bob: User) -> None:
    assert bob.address_proven_at is None
    client = Client()
    assert log_in(client, bob.email, PASSWORD) == "/"
    assert client.get("/o/dijkerveen/vandaag/").status_code == 200
