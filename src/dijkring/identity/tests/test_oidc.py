# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The relying party against a real provider: what is genuine comes in, every lie stays out."""

import time
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from dijkring.identity.oidc import fetch, tokens
from dijkring.identity.oidc.client import Client, Errand, errand
from dijkring.identity.oidc.errors import ProviderError
from dijkring.identity.oidc.fetch import Reach
from dijkring.identity.oidc.roles import Rule, role_of, values_of
from dijkring.identity.tests.practice import Practice, client
from dijkring.identity.tests.visiting import answered
from dijkring.lab.provider.state import LIES

BACK = "https://dijkring.example/inloggen/bij/dijkerveen/terug/"


def visit(practice: Practice, us: Client, subject: str = "s-anna") -> tuple[Errand, str]:
    """Be the browser: go to the provider, log in there and bring back the code."""
    mine = errand()
    parts = urlsplit(us.address(mine, BACK))
    form = urlencode([*parse_qsl(parts.query), ("subject", subject)])
    came = parse_qs(urlsplit(answered(practice, form)).query)
    assert came["state"] == [mine.state]
    return mine, came["code"][0]


def test_an_honest_login(practice_provider: Practice, reach: Reach) -> None:
    us = client(practice_provider, reach)
    mine, code = visit(practice_provider, us)
    claims = us.claims(code, mine, BACK)
    assert (claims["iss"], claims["sub"]) == (practice_provider.issuer, "s-anna")


@pytest.mark.parametrize("lie", LIES)
def test_every_lie_stays_out(practice_provider: Practice, reach: Reach, lie: str) -> None:
    us = client(practice_provider, reach)
    us.check()
    practice_provider.order(mode=lie)
    mine, code = visit(practice_provider, us)
    with pytest.raises(ProviderError) as caught:
        us.claims(code, mine, BACK)
    assert caught.value.code == "token"


def test_a_new_key_is_fetched_when_it_is_met(practice_provider: Practice, reach: Reach) -> None:
    us = client(practice_provider, reach)
    us.check()
    practice_provider.order(rotate=True)
    mine, code = visit(practice_provider, us)
    assert us.claims(code, mine, BACK)["sub"] == "s-anna"


def test_a_code_works_once(practice_provider: Practice, reach: Reach) -> None:
    us = client(practice_provider, reach)
    mine, code = visit(practice_provider, us)
    us.claims(code, mine, BACK)
    with pytest.raises(ProviderError, match="refused"):
        us.claims(code, mine, BACK)


def test_a_stolen_code_is_nothing_without_its_verifier(
    practice_provider: Practice, reach: Reach
) -> None:
    us = client(practice_provider, reach)
    mine, code = visit(practice_provider, us)
    thief = Errand(mine.state, mine.nonce, errand().verifier)
    with pytest.raises(ProviderError, match="refused"):
        us.claims(code, thief, BACK)


def test_the_check_knows_a_wrong_secret(practice_provider: Practice, reach: Reach) -> None:
    client(practice_provider, reach).check()
    with pytest.raises(ProviderError, match="client"):
        client(practice_provider, reach, secret="anders").check()


@pytest.mark.parametrize(
    ("mode", "code"),
    [
        ("down", "metadata"),
        ("huge", "too_large"),
        ("redirecting", "metadata"),
        ("other_metadata", "metadata"),
    ],
)
def test_a_provider_in_trouble(
    practice_provider: Practice, reach: Reach, mode: str, code: str
) -> None:
    practice_provider.order(mode=mode)
    with pytest.raises(ProviderError) as caught:
        client(practice_provider, reach).metadata()
    assert caught.value.code == code


def test_a_dripping_provider_is_cut_off(
    practice_provider: Practice, reach: Reach, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "MOST_SECONDS", 1.0)
    practice_provider.order(mode="slow")
    began = time.monotonic()
    with pytest.raises(ProviderError, match="unreachable"):
        client(practice_provider, reach).metadata()
    assert time.monotonic() - began < 3


def test_loopback_is_private_unless_the_operator_allows_it(practice_provider: Practice) -> None:
    with pytest.raises(ProviderError, match="private"):
        client(practice_provider, practice_provider.reach()).metadata()


def test_a_stranger_s_certificate_is_not_trusted(practice_provider: Practice, reach: Reach) -> None:
    with pytest.raises(ProviderError, match="unreachable"):
        client(practice_provider, Reach(reach.allowed)).metadata()


@pytest.mark.parametrize(
    "address",
    [
        "http://login.example",
        "https://",
        "https://user@login.example",
        "https://login.example/#deel",
        "https://login.example:99999",
        "https://lögin.example",
        "file:///etc/passwd",
        "https://login.example/a\r\nHost: b",
    ],
)
def test_only_plain_https_addresses(address: str) -> None:
    with pytest.raises(ProviderError, match="address"):
        fetch.split(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://169.254.169.254/latest",
        "https://10.0.0.1",
        "https://[::1]",
        "https://[::ffff:127.0.0.1]",
        "https://0.0.0.0",
        "https://2130706433",
        "https://localhost:5432",
    ],
)
def test_private_addresses_are_not_dialled(address: str) -> None:
    with pytest.raises(ProviderError) as caught:
        fetch.fetch(address, Reach())
    assert caught.value.code == "private"


def test_a_short_key_counts_as_none() -> None:
    short = rsa.generate_private_key(65537, 1024).public_key()  # noqa: S505 (what is refused)
    key = {**RSAAlgorithm.to_jwk(short, as_dict=True), "alg": "RS256"}
    with pytest.raises(ProviderError, match="1024 bits"):
        tokens.choose([key], None)


def test_without_an_id_two_keys_are_no_key() -> None:
    assert tokens.choose([{"kid": "a"}, {"kid": "b"}], None) is None


CLAIMS = {
    "groups": ["ciso", "lezers", 7],
    "department": "Informatie",
    "realm_access": {"roles": ["beheer"]},
    "https://gemeente.example/rol": "auditor",
}


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("groups", ["ciso", "lezers"]),
        ("department", ["Informatie"]),
        ("realm_access.roles", ["beheer"]),
        ("https://gemeente.example/rol", ["auditor"]),
        ("realm_access", []),
        ("department.naam", []),
        ("nergens", []),
    ],
)
def test_values_of_claims(name: str, values: list[str]) -> None:
    assert values_of(CLAIMS, name) == values


def test_the_first_rule_that_fits_decides() -> None:
    rules = [Rule("groups", "lezers", "reader"), Rule("groups", "ciso", "ciso")]
    assert role_of(CLAIMS, rules) == "reader"
    assert role_of(CLAIMS, rules[::-1]) == "ciso"
    assert role_of({"groups": ["Ciso", "cis"]}, rules) is None
    assert role_of({}, rules) is None
