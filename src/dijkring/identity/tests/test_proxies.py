# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Behind a proxy every visitor has an address of its own, which nobody can choose."""

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from dijkring.identity.checks import visitors_have_addresses
from dijkring.identity.models import EmergencyUse
from dijkring.identity.tests.test_emergency import PASSWORD as OWN
from dijkring.identity.tests.test_emergency import PLACE, REASON, code_of, set_up
from dijkring.organisations.models import User
from dijkring.tests.harness.people import PASSWORD, Acting, actor_of

PROXY = "127.0.0.1"


@pytest.fixture(autouse=True)
def behind_a_proxy(settings: Settings) -> None:
    """Trust one proxy, and begin without attempts of another test."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    cache.clear()


def visitor(forwarded: str) -> Client:
    return Client(REMOTE_ADDR=PROXY, headers={"X-Forwarded-For": forwarded})


def log_in(client: Client, login: str, password: str) -> int:
    return client.post("/accounts/login/", {"login": login, "password": password}).status_code


def guess(client: Client) -> None:
    for n in range(31):
        log_in(client, f"niemand{n}@example.org", "fout fout fout")


def test_who_guesses_shuts_nobody_else_out(charlie: User) -> None:
    guess(visitor("198.51.100.7"))
    assert log_in(visitor("203.0.113.9"), charlie.email, PASSWORD) == 302


def test_who_guesses_gets_no_new_address_by_claiming_one(charlie: User) -> None:
    guess(visitor("198.51.100.7"))
    claimed = visitor("203.0.113.9, 198.51.100.7")
    assert log_in(claimed, charlie.email, PASSWORD) == 429


def test_without_a_trusted_proxy_nothing_claimed_counts(charlie: User, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    guess(visitor("198.51.100.7"))
    assert log_in(visitor("203.0.113.9"), charlie.email, PASSWORD) == 429


def test_the_use_of_emergency_access_names_the_visitor(
    acting: Acting, alice: User, fatima: User
) -> None:
    with acting(alice) as actor:
        secret, _codes = set_up(actor, actor_of(fatima))
    values = {"login": "fatima-aydin", "password": OWN, "code": code_of(secret)}
    client = visitor("192.0.2.1, 203.0.113.9")
    assert client.post(PLACE, {**values, "why": "crisis", "reason": REASON}).status_code == 302
    with acting(alice):
        assert EmergencyUse.objects.get().address == "203.0.113.9"


@pytest.mark.parametrize(
    ("https", "proxies", "warned"), [(True, 0, True), (True, 1, False), (False, 0, False)]
)
def test_the_operator_is_warned(
    settings: Settings, https: bool, proxies: int, warned: bool
) -> None:
    settings.SESSION_COOKIE_SECURE = https
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert bool(visitors_have_addresses(None)) == warned
