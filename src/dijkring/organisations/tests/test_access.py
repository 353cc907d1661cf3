# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core import mail
from django.test import Client

from dijkring.core import clock
from dijkring.core.errors import Forbidden, Refused
from dijkring.core.web import memberships_of
from dijkring.organisations import joining, services
from dijkring.organisations.models import ApiToken, Invitation, Membership, User
from dijkring.tests.harness.people import Acting, ClientOf

GOOD = "een lang en goed wachtwoord"
HOME = "/o/dijkerveen/"


def invited(
    acting: Acting, alice: User, email: str = "nieuw@example.org", role: str = "reader"
) -> str:
    with acting(alice) as actor:
        return services.invite(actor=actor, email=email, role=role)[1]


def current(acting: Acting, alice: User, user: User) -> list[str]:
    with acting(alice):
        return list(Membership.objects.filter(user=user, until=None).values_list("role", flat=True))


def test_an_invitation_makes_an_account_with_its_role_once(acting: Acting, alice: User) -> None:
    token = invited(acting, alice, "Nieuw@Example.org", "auditor")
    user = joining.make_account(token=token, name="Nina", password=GOOD)
    assert user is not None
    assert (user.email, user.name) == ("nieuw@example.org", "Nina")
    assert [one.role for one in memberships_of(user.pk)] == ["auditor"]
    with pytest.raises(Refused):
        joining.make_account(token=token, name="Nina", password=GOOD)


def test_only_the_hash_of_an_invitation_is_kept(acting: Acting, alice: User) -> None:
    token = invited(acting, alice)
    with acting(alice):
        kept = Invitation.objects.values_list("token_hash", flat=True).get()
    assert kept == services.hash_token(token) != token


def test_an_invitation_ends_after_two_weeks(acting: Acting, alice: User) -> None:
    token = invited(acting, alice)
    with clock.moved_to(clock.now() + timedelta(days=14, minutes=1)), pytest.raises(Refused):
        joining.make_account(token=token, name="Nina", password=GOOD)


def test_a_withdrawn_invitation_does_not_work(acting: Acting, alice: User) -> None:
    token = invited(acting, alice)
    with acting(alice) as actor:
        found = Invitation.objects.get()
        services.withdraw_invitation(actor=actor, invitation=found, reason="Verkeerd adres.")
    with pytest.raises(Refused):
        joining.make_account(token=token, name="Nina", password=GOOD)


@pytest.mark.parametrize("password", ["kort", "wachtwoord12", "qwerty123456"])
def test_a_weak_password_is_refused(acting: Acting, alice: User, password: str) -> None:
    token = invited(acting, alice, "wachtwoord12@example.org")
    with pytest.raises(Refused) as refused:
        joining.make_account(token=token, name="wachtwoord12", password=password)
    assert refused.value.field == "password"
    assert not User.objects.filter(email="wachtwoord12@example.org").exists()


def test_a_reader_cannot_invite_or_give_tokens(acting: Acting, bob: User) -> None:
    with acting(bob) as actor:
        with pytest.raises(Forbidden):
            services.invite(actor=actor, email="x@example.org", role="ciso")
        with pytest.raises(Forbidden):
            services.create_token(
                actor=actor, name="x", scopes=[], kinds=[], expires_at=clock.now()
            )


def membership(user: User) -> Membership:
    return Membership.objects.get(user=user, until=None)


def test_the_last_who_can_give_access_stays(acting: Acting, alice: User, bob: User) -> None:
    with acting(alice) as actor:
        with pytest.raises(Refused):
            services.end_membership(actor=actor, membership=membership(alice))
        with pytest.raises(Refused):
            services.change_role(actor=actor, membership=membership(alice), role="reader")
        services.change_role(actor=actor, membership=membership(bob), role="administrator")
        services.end_membership(actor=actor, membership=membership(alice))
    assert memberships_of(alice.pk) == []


def test_the_last_who_can_give_access_cannot_be_invited_away(acting: Acting, alice: User) -> None:
    token = invited(acting, alice, alice.email, "reader")
    with pytest.raises(Refused):
        joining.accept_as(token=token, user=alice)
    assert current(acting, alice, alice) == ["ciso"]


def test_another_role_keeps_the_old_one_in_the_history(
    acting: Acting, alice: User, bob: User
) -> None:
    with acting(alice) as actor:
        services.change_role(actor=actor, membership=membership(bob), role="auditor")
        roles = Membership.objects.filter(user=bob).order_by("id").values_list("role", "until")
        assert [(role, until is None) for role, until in roles] == [
            ("reader", False),
            ("auditor", True),
        ]


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_token_lasts_at_most_a_year(acting: Acting, alice: User, days: int) -> None:
    with acting(alice) as actor, pytest.raises(Refused) as refused:
        services.create_token(
            actor=actor,
            name="x",
            scopes=["facts:read"],
            kinds=[],
            expires_at=clock.now() + timedelta(days=days),
        )
    assert refused.value.field == "expires_at"


# --- the pages ----------------------------------------------------------------------------------


def secret_on(page: str) -> str:
    found = re.search(r'id="secret" value="([^"]+)"', page)
    assert found, page
    return found[1]


def test_inviting_somebody_from_page_to_first_login(
    client_of: ClientOf, client: Client, alice: User
) -> None:
    values = {"email": "nina@example.org", "role": "auditor"}
    answer = client_of(alice).post(f"{HOME}toegang/uitnodigen/", values)
    assert answer.headers["Cache-Control"] == "no-store"
    address = secret_on(answer.content.decode()).removeprefix("http://testserver")
    assert "nina@example.org" in client_of(alice).get(f"{HOME}toegang/").content.decode()
    assert client.get(address).status_code == 200
    made = client.post(address, {"name": "Nina", "password": GOOD})
    assert made.headers["Location"] == f"/accounts/login/?{urlencode({'next': address})}"
    values = {"login": "nina@example.org", "password": GOOD, "next": address}
    came = client.post("/accounts/login/", values, follow=True)
    assert came.redirect_chain[0] == (address, 302), "back at the invitation, which is accepted"
    assert came.redirect_chain[-1] == ("/o/dijkerveen/vandaag/", 302)
    assert client.get(f"{HOME}toegang/").status_code == 200
    assert client.get(f"{HOME}toegang/uitnodigen/").status_code == 403


def test_an_unknown_invitation_is_not_found(client: Client, db: None) -> None:
    answer = client.get("/invitation/verzonnen/")
    assert answer.status_code == 404
    assert "<form" not in answer.content.decode().split("<main", 1)[1]


def test_an_invitation_is_mailed_where_there_is_a_mail_server(
    client_of: ClientOf, alice: User, settings: Any
) -> None:
    values = {"email": "nina@example.org", "role": "auditor"}
    client_of(alice).post(f"{HOME}toegang/uitnodigen/", values)
    assert mail.outbox == []
    settings.EMAIL_HOST = "mail.example.org"
    page = client_of(alice).post(f"{HOME}toegang/uitnodigen/", values).content.decode()
    assert [one.to for one in mail.outbox] == [["nina@example.org"]]
    assert "/invitation/" in mail.outbox[0].body
    assert secret_on(page) not in mail.outbox[0].body, "who invites does not see the mailed link"


def test_a_mail_server_that_is_away_keeps_the_invitation(
    client_of: ClientOf, alice: User, settings: Any
) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    values = {"email": "nina@example.org", "role": "auditor"}
    page = client_of(alice).post(f"{HOME}toegang/uitnodigen/", values)
    assert page.status_code == 200
    assert joining.find_invitation(secret_on(page.content.decode()).split("/")[-2])


def test_a_token_is_shown_once_and_kept_as_a_hash(
    client_of: ClientOf, acting: Acting, alice: User
) -> None:
    client = client_of(alice)
    values = {"name": "scanner", "scopes": ["facts:read"], "expires_at": "2000-01-01"}
    assert client.post(f"{HOME}api-tokens/nieuw/", values).status_code == 422
    values["expires_at"] = f"{clock.now() + timedelta(days=30):%Y-%m-%d}"
    token = secret_on(client.post(f"{HOME}api-tokens/nieuw/", values).content.decode())
    listed = client.get(f"{HOME}api-tokens/").content.decode()
    assert "scanner" in listed
    assert token not in listed
    with acting(alice):
        assert ApiToken.objects.get().token_hash == services.hash_token(token)


def test_posting_facts_needs_a_kind_of_fact(client_of: ClientOf, alice: User) -> None:
    day = f"{clock.now() + timedelta(days=30):%Y-%m-%d}"
    values = {"name": "scanner", "scopes": ["facts:write"], "expires_at": day}
    answer = client_of(alice).post(f"{HOME}api-tokens/nieuw/", values)
    assert answer.status_code == 422
    assert "id_kinds" in answer.content.decode()


def test_ended_access_closes_the_door_at_once(
    client_of: ClientOf, acting: Acting, alice: User, bob: User
) -> None:
    with acting(alice):
        address = f"{HOME}toegang/{membership(bob).pk}/beeindigen/"
    assert client_of(alice).post(address, {"reason": "kort"}).status_code == 422
    assert client_of(bob).get(f"{HOME}toegang/").status_code == 200
    client_of(alice).post(address, {"reason": "Werkt hier niet meer."})
    assert client_of(bob).get(f"{HOME}toegang/").status_code == 404
    history = client_of(alice).get(f"{HOME}geschiedenis/").content.decode()
    assert "Werkt hier niet meer." in history


def test_a_reader_sees_who_has_access_and_no_buttons(client_of: ClientOf, bob: User) -> None:
    page = client_of(bob).get(f"{HOME}toegang/").content.decode()
    assert "Alice Bakker" in page
    assert "beeindigen" not in page
    assert "uitnodigen" not in page
