# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The administrator's pages: set up, test, take in use, rules, duty, break-glass, sessions."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from dijkring.identity.forms import RulesForm, written
from dijkring.identity.models import IdentityProvider, SecondStepDuty
from dijkring.identity.oidc.roles import Rule
from dijkring.identity.services import providers
from dijkring.identity.tests.makers import in_use, through_provider
from dijkring.identity.tests.practice import CLIENT_ID, SECRET, Practice
from dijkring.organisations.models import User
from dijkring.tests.harness.people import PASSWORD, Acting, ClientOf

PLACE = "/o/dijkerveen/inloggen/"
REASON = {"reason": "Afgesproken met de directie."}


def test_from_nothing_to_a_login(
    practice_provider: Practice, acting: Acting, alice: User, client_of: ClientOf
) -> None:
    ciso = client_of(alice)
    values = {"name": "Dijkerveen", "issuer": practice_provider.issuer, "client_id": CLIENT_ID}
    assert ciso.post(f"{PLACE}aanbieder/", {**values, "secret": "fout"}).status_code == 302
    page = ciso.post(f"{PLACE}aanbieder/proberen/", follow=True).content.decode()
    assert "kent dit client-id niet" in page
    assert ciso.post(f"{PLACE}aanbieder/gebruiken/", REASON).status_code == 422
    ciso.post(f"{PLACE}aanbieder/", {**values, "secret": SECRET})
    ciso.post(f"{PLACE}aanbieder/proberen/")
    assert ciso.post(f"{PLACE}aanbieder/gebruiken/", REASON).status_code == 302
    twice = ciso.post(f"{PLACE}aanbieder/gebruiken/", REASON)
    assert (twice.status_code, "Buiten gebruik stellen" in ciso.get(PLACE).content.decode()) == (
        422,
        True,
    )
    ciso.post(f"{PLACE}aanbieder/regels/", {"rules": "groups = ciso -> auditor"})
    anna = through_provider(practice_provider, "dijkerveen", "s-anna")
    assert anna.get("/o/dijkerveen/mijn-aanmelding/").status_code == 200
    page = ciso.get(PLACE).content.decode()
    assert "anna@dijkerveen.example" in page
    assert SECRET not in page
    assert SECRET not in ciso.get(f"{PLACE}aanbieder/").content.decode()


@pytest.mark.parametrize(
    "issuer",
    ["http://login.example", "https://a@b.example", "https://login.example?x=1", "ftp://x"],
)
def test_an_issuer_is_a_plain_https_address(alice: User, client_of: ClientOf, issuer: str) -> None:
    values = {"name": "x", "issuer": issuer, "client_id": "y", "secret": "z"}
    assert client_of(alice).post(f"{PLACE}aanbieder/", values).status_code == 422


def test_an_issuer_inside_our_network_is_found_out(
    practice_provider: Practice,
    acting: Acting,
    alice: User,
    client_of: ClientOf,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("IDENTITY_ALLOWED_NETWORKS")
    with acting(alice) as actor:
        values: Any = {"name": "x", "client_id": "y", "domains": "", "two_steps": False}
        found = providers.set_up(actor=actor, issuer=practice_provider.issuer, **values)
        assert providers.test(actor=actor, provider=found) == "private"


def test_a_provider_that_fails_is_left_alone_for_a_while(
    practice_provider: Practice, acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        in_use(actor, practice_provider)
    cache.clear()
    practice_provider.order(mode="down")
    assert Client().get("/inloggen/bij/dijkerveen/naar/").status_code == 503
    practice_provider.order(mode="honest")
    assert Client().get("/inloggen/bij/dijkerveen/naar/").status_code == 503
    with acting(alice) as actor:
        providers.test(actor=actor, provider=IdentityProvider.objects.get())
    assert Client().get("/inloggen/bij/dijkerveen/naar/").status_code == 302


def test_rules_are_read_line_by_line() -> None:
    form = RulesForm({"rules": "groups = a=b → ciso\n\n realm_access.roles=x -> reader "})
    assert form.is_valid()
    rules = form.cleaned_data["rules"]
    assert rules == [Rule("groups", "a=b", "ciso"), Rule("realm_access.roles", "x", "reader")]
    again = RulesForm({"rules": written(rules)})
    assert again.is_valid()
    assert again.cleaned_data["rules"] == rules


@pytest.mark.parametrize("line", ["groups", "groups = a", "= a → ciso", "groups = a → koning"])
def test_a_line_that_cannot_be_read_is_named(line: str) -> None:
    form = RulesForm({"rules": f"groups = x → reader\n{line}"})
    assert "2" in str(form.errors["rules"])


def test_the_duty_is_set_by_the_page(acting: Acting, alice: User, client_of: ClientOf) -> None:
    ciso = client_of(alice)
    ciso.post(f"{PLACE}tweede-stap/", {"required": "on", "from_at": ""})
    with acting(alice):
        assert SecondStepDuty.objects.get().decided_by == alice
    assert ciso.get(PLACE)["Location"] == "/inloggen/tweede-stap/"


def test_the_envelope_is_shown_once(alice: User, client_of: ClientOf) -> None:
    ciso = client_of(alice)
    values = {"name": "voorzitter", "role": "board", "keeper": "kluis"}
    answer = ciso.post(f"{PLACE}noodtoegang/nieuw/", values)
    found = re.search(r"(?:[A-Z2-9]{5}-){5}[A-Z2-9]{5}", answer.content.decode())
    assert found is not None
    assert answer["Cache-Control"] == "no-store"
    assert found.group() not in ciso.get(PLACE).content.decode()
    place = "/inloggen/bij/dijkerveen/noodtoegang/"
    use = {"code": found.group(), "who": "Pia Vos", "why": "test", **REASON}
    assert Client().post(place, use).status_code == 302


def test_sessions_of_a_colleague_are_ended(
    acting: Acting, alice: User, bob: User, client_of: ClientOf
) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": bob.email, "password": PASSWORD})
    page = client_of(alice).get(PLACE).content.decode()
    found = re.findall(r"inloggen/sessies/(\d+)/", page)
    assert len(found) == 1
    client_of(alice).post(f"{PLACE}sessies/{found[0]}/", REASON)
    assert client.get("/o/dijkerveen/mijn-aanmelding/").status_code == 302


def test_a_reader_sees_only_the_own_login(bob: User, client_of: ClientOf) -> None:
    client = client_of(bob)
    assert client.get(PLACE).status_code == 403
    assert client.get("/o/dijkerveen/mijn-aanmelding/").status_code == 200
