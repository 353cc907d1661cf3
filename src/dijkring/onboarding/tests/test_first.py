# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The first account: one code, once, and only while nobody has an account."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from dijkring.core.access import Role
from dijkring.core.web import memberships_of
from dijkring.onboarding.models import FirstCode
from dijkring.onboarding.services import first
from dijkring.organisations.models import User

pytestmark = pytest.mark.django_db
GIVEN = {
    "organisation": "waterhoek",
    "name": "Anna de Vries",
    "email": "Anna@Waterhoek.example",
    "password": "een lang wachtwoord voor de proef",
}


@pytest.fixture
def empty(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the people of the tests not count: the first account is about a new database."""
    known = set(User.objects.values_list("pk", flat=True))
    monkeypatch.setattr(first, "is_empty", lambda: not User.objects.exclude(pk__in=known).exists())


def test_no_code_while_there_are_accounts(db: None) -> None:
    with pytest.raises(CommandError):
        call_command("first_code")
    assert Client().get("/begin/").status_code == 404


def test_first_visitor_becomes_ciso(empty: None) -> None:
    code = first.new_code()
    client = Client()
    assert client.get("/").headers["Location"] == "/begin/"
    assert "no-store" in client.get("/begin/").headers["Cache-Control"]
    assert len([one for one in first.municipalities() if one[0] == "waterhoek"]) == 1
    response = client.post("/begin/", {**GIVEN, "code": code.lower()})
    assert response.headers["Location"] == "/o/waterhoek/eerste-uur/"
    assert client.get("/o/waterhoek/eerste-uur/").status_code == 200
    user = User.objects.get(email="anna@waterhoek.example")
    assert [one.role for one in memberships_of(user.pk)] == [Role.CISO]
    assert Client().get("/begin/").status_code == 404
    assert Client().post("/begin/", {**GIVEN, "code": code}).status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        {"code": "AAAAA-AAAAA-AAAAA-AAAAA-AAAAA"},
        {"code": ""},
        {"password": "kort"},
        {"organisation": "sluisland"},
        {"organisation": "nergens"},
        {"email": "geen adres"},
    ],
)
def test_what_is_wrong_makes_no_account(empty: None, change: dict[str, str]) -> None:
    before = User.objects.count()
    code = first.new_code()
    assert Client().post("/begin/", {**GIVEN, "code": code, **change}).status_code == 422
    assert User.objects.count() == before
    assert FirstCode.objects.get().used_at is None, "a mistake does not use up the code"


def test_new_code_ends_the_one_before(empty: None) -> None:
    old, new = first.new_code(), first.new_code()
    assert Client().post("/begin/", {**GIVEN, "code": old}).status_code == 422
    assert Client().post("/begin/", {**GIVEN, "code": new}).status_code == 302


def test_only_the_hash_is_kept(empty: None) -> None:
    code = first.new_code()
    row = FirstCode.objects.get()
    assert code.replace("-", "") not in str(row.code_hash)
    assert len(row.code_hash) == 64


@pytest.fixture
def alone(db: None, empty: None) -> Client:
    """The only person of an installation, who just chose a municipality."""
    User.objects.update(is_active=False)
    client = Client()
    client.post("/begin/", {**GIVEN, "code": first.new_code()})
    return client


def test_a_wrong_municipality_is_put_right(alone: Client) -> None:
    address = "/o/waterhoek/eerste-uur/gemeente/"
    assert address in alone.get("/o/waterhoek/eerste-uur/").content.decode()
    assert alone.post(address, {"organisation": "sluisland"}).status_code == 422
    response = alone.post(address, {"organisation": "dijkerveen"})
    assert response.headers["Location"] == "/o/dijkerveen/eerste-uur/"
    user = User.objects.get(email="anna@waterhoek.example")
    assert [one.slug for one in memberships_of(user.pk)] == ["dijkerveen"]
    assert alone.get("/o/waterhoek/eerste-uur/").status_code in (403, 404)
    assert alone.get("/o/dijkerveen/eerste-uur/").status_code == 200


def test_a_municipality_with_work_or_colleagues_stays(alone: Client) -> None:
    address = "/o/waterhoek/eerste-uur/gemeente/"
    alone.post("/o/waterhoek/internetmeting/aanmelden/", {"names": "a.example", "carries": "web"})
    page = alone.post(address, {"organisation": "dijkerveen"}).content.decode()
    assert "Er is al iets vastgelegd" in page
    assert "dijkring manage organisation invite" in page
    User.objects.filter(email="charlie@waterhoek.example").update(is_active=True)
    page = alone.post(address, {"organisation": "dijkerveen"}).content.decode()
    assert "werken al anderen" in page
    user = User.objects.get(email="anna@waterhoek.example")
    assert [one.slug for one in memberships_of(user.pk)] == ["waterhoek"]
