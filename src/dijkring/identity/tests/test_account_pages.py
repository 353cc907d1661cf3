# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of one's own account: those that are used work, and no other is open."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core import mail
from django.core.cache import cache
from django.test import Client

from dijkring.organisations.models import User
from dijkring.tests.harness.people import PASSWORD, ClientOf, logged_in

NEW = "een nieuw lang wachtwoord 12"
MAYOR = "burgemeester@waterhoek.example"
NOT_OPEN = ["email/", "confirm-email/", "confirm-email/MQ:1abc/", "login/code/", "3rdparty/"]
OPEN = [
    "login/",
    "inactive/",
    "password/reset/",
    "password/reset/done/",
    "password/reset/key/done/",
    "password/reset/key/1-onbekend/",
]
OWN = [
    "password/change/",
    "reauthenticate/",
    "2fa/",
    "2fa/reauthenticate/",
    "2fa/totp/activate/",
    "2fa/recovery-codes/generate/",
    "2fa/webauthn/",
    "2fa/webauthn/add/",
    "sessions/",
]
WITH_SECOND_STEP = ["2fa/totp/deactivate/", "2fa/recovery-codes/", "2fa/recovery-codes/download/"]


@pytest.fixture(autouse=True)
def unhurried() -> None:
    """Begin every test without attempts of another."""
    cache.clear()


def log_in(user: User, password: str = PASSWORD) -> Client:
    """Return a client that came in by the login page, so that it need not prove itself again."""
    client = Client()
    answer = client.post("/accounts/login/", {"login": user.email, "password": password})
    assert answer.status_code == 302
    client.post("/accounts/reauthenticate/", {"password": password})
    return client


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


@pytest.mark.parametrize("path", NOT_OPEN)
def test_no_page_changes_or_confirms_an_address(bob: User, path: str) -> None:
    client = log_in(bob)
    for action in ("action_add", "action_primary"):
        answer = client.post(f"/accounts/{path}", {action: "", "email": MAYOR})
        assert answer.status_code == 404
    assert client.get(f"/accounts/{path}").status_code == 404
    bob.refresh_from_db()
    assert bob.email != MAYOR


@pytest.mark.parametrize("path", OPEN)
def test_pages_without_login_answer(client: Client, db: None, path: str) -> None:
    assert client.get(f"/accounts/{path}").status_code == 200


def test_own_pages_answer_before_and_after_proving_to_be_there(bob: User) -> None:
    """Also those that send on to another page; what needs a second step is not there without."""
    clients = (logged_in(bob), log_in(bob))
    for path in OWN:
        for client in clients:
            assert client.get(f"/accounts/{path}", follow=True).status_code == 200, path
    for path in WITH_SECOND_STEP:
        for client in clients:
            assert client.get(f"/accounts/{path}", follow=True).status_code == 404, path
    TOTP.activate(bob, generate_totp_secret())
    RecoveryCodes.activate(bob)
    for path in OWN + WITH_SECOND_STEP:
        for client in clients:
            assert client.get(f"/accounts/{path}", follow=True).status_code == 200, path


def test_signing_up_leads_to_the_login(client: Client, db: None) -> None:
    assert client.get("/accounts/signup/")["Location"] == "/accounts/login/"
    client.post("/accounts/signup/", {"email": MAYOR, "password1": NEW, "password2": NEW})
    assert not User.objects.filter(email=MAYOR).exists()


def test_a_new_password_by_mail(client: Client, bob: User) -> None:
    client.post("/accounts/password/reset/", {"email": bob.email})
    found = re.search(r"http://testserver(/\S+)", str(mail.outbox[0].body))
    assert found
    form = client.get(found[1])["Location"]
    done = client.post(form, {"password1": NEW, "password2": NEW}, follow=True)
    assert done.status_code == 200
    assert log_in(bob, NEW).get("/o/dijkerveen/vandaag/").status_code == 200


def test_asking_for_an_unknown_address_looks_the_same(client: Client, bob: User) -> None:
    answers = [
        client.post("/accounts/password/reset/", {"email": email}, follow=True)
        for email in (bob.email, "niemand@example.org")
    ]
    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].redirect_chain == answers[1].redirect_chain
    assert [one.to for one in mail.outbox] == [[bob.email], ["niemand@example.org"]]
    assert "signup" not in mail.outbox[1].body
    assert "Met dit adres is er geen account" in mail.outbox[1].body


def test_who_has_no_password_sets_one(bob: User, client_of: ClientOf) -> None:
    bob.set_unusable_password()
    bob.save()
    client = client_of(bob)
    assert client.get("/accounts/password/change/", follow=True).status_code == 200
    done = client.post("/accounts/password/set/", {"password1": NEW, "password2": NEW}, follow=True)
    assert done.status_code == 200


def test_changing_the_password(bob: User) -> None:
    values = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert log_in(bob).post("/accounts/password/change/", values, follow=True).status_code == 200
    assert log_in(bob, NEW).get("/o/dijkerveen/vandaag/").status_code == 200


def test_a_second_step_from_setting_up_to_taking_away(bob: User) -> None:
    client = log_in(bob)
    page = client.get("/accounts/2fa/totp/activate/")
    assert page.status_code == 200
    code = code_of(page.context["form"].secret)
    done = client.post("/accounts/2fa/totp/activate/", {"code": code}, follow=True)
    assert done.status_code == 200
    assert Authenticator.objects.filter(user=bob, type="totp").exists()
    asked = Client().post(
        "/accounts/login/", {"login": bob.email, "password": PASSWORD}, follow=True
    )
    assert asked.redirect_chain[-1][0].startswith("/accounts/2fa/authenticate/")
    assert asked.status_code == 200
    assert client.post("/accounts/2fa/totp/deactivate/", follow=True).status_code == 200
    assert not Authenticator.objects.filter(user=bob, type="totp").exists()


def test_a_closed_account_is_turned_away(bob: User) -> None:
    bob.is_active = False
    bob.save()
    answer = Client().post(
        "/accounts/login/", {"login": bob.email, "password": PASSWORD}, follow=True
    )
    assert answer.status_code == 200
    assert not answer.context["user"].is_authenticated
