# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Coming in through the provider: who, in which role, into which organisation."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from dijkring.core import clock
from dijkring.core.errors import Forbidden, Refused
from dijkring.identity.models import Identity, IdentityProvider
from dijkring.identity.oidc.roles import Rule
from dijkring.identity.services import providers
from dijkring.identity.tests.makers import in_use, through_provider, way_back
from dijkring.identity.tests.practice import CLIENT_ID, PEOPLE, SECRET, Practice
from dijkring.organisations.models import Membership, User
from dijkring.organisations.services import add_member
from dijkring.tests.harness.people import Acting, ClientOf

TODAY = "/o/dijkerveen/vandaag/"
MINE = "/o/dijkerveen/mijn-aanmelding/"


@pytest.fixture
def provider(practice_provider: Practice, acting: Acting, alice: User) -> IdentityProvider:
    with acting(alice) as actor:
        return in_use(actor, practice_provider)


def roles(acting: Acting, alice: User, user: User) -> list[tuple[str, bool]]:
    with acting(alice):
        rows = Membership.objects.filter(user=user).order_by("id")
        return [(row.role, row.until is None) for row in rows]


def identity_of(acting: Acting, alice: User, subject: str) -> Identity:
    with acting(alice):
        return Identity.objects.select_related("user").get(subject=subject)


def test_a_rule_gives_an_account_and_a_role(
    provider: IdentityProvider, practice_provider: Practice, acting: Acting, alice: User
) -> None:
    anna = through_provider(practice_provider, "dijkerveen", "s-anna")
    assert anna.get(MINE).status_code == 200
    found = identity_of(acting, alice, "s-anna")
    assert found.user.name == "Anna de Boer"
    assert roles(acting, alice, found.user) == [("ciso", True)]
    through_provider(practice_provider, "dijkerveen", "s-anna")
    assert roles(acting, alice, found.user) == [("ciso", True)]


def test_no_rule_no_access(
    provider: IdentityProvider, practice_provider: Practice, acting: Acting, alice: User
) -> None:
    client = Client()
    answer = client.get(way_back(client, practice_provider, "dijkerveen", "s-niemand"))
    assert answer.status_code == 403
    assert client.get(TODAY).status_code == 302
    with acting(alice):
        assert not Identity.objects.filter(subject="s-niemand").exists()


def test_a_role_changes_and_ends_at_login_with_its_date(
    provider: IdentityProvider, practice_provider: Practice, acting: Acting, alice: User
) -> None:
    bert = through_provider(practice_provider, "dijkerveen", "s-bert")
    user = identity_of(acting, alice, "s-bert").user
    assert roles(acting, alice, user) == [("reader", True)]
    practice_provider.order(people={"s-bert": {**PEOPLE["s-bert"], "groups": ["ciso"]}})
    through_provider(practice_provider, "dijkerveen", "s-bert")
    assert roles(acting, alice, user) == [("reader", False), ("ciso", True)]
    practice_provider.order(people={"s-bert": {**PEOPLE["s-bert"], "groups": []}})
    assert bert.get(MINE).status_code == 200
    through_provider(practice_provider, "dijkerveen", "s-bert")
    assert roles(acting, alice, user) == [("reader", False), ("ciso", False)]
    assert bert.get(MINE).status_code == 302, "the other session has ended as well"


@pytest.mark.parametrize("verified", [True, False])
def test_a_lie_about_an_e_mail_address_gains_nothing(
    provider: IdentityProvider,
    practice_provider: Practice,
    acting: Acting,
    alice: User,
    charlie: User,
    verified: bool,
) -> None:
    """The provider of Dijkerveen says that its reader has the address of a CISO elsewhere."""
    for victim in (alice, charlie):
        lie = {"email": victim.email, "email_verified": verified, "groups": ["lezers"]}
        practice_provider.order(people={f"s-{victim.pk}": lie})
        liar = through_provider(practice_provider, "dijkerveen", f"s-{victim.pk}")
        found = identity_of(acting, alice, f"s-{victim.pk}")
        assert found.user_id != victim.pk
        assert found.user.email.endswith("@account.invalid")
        assert liar.get("/o/waterhoek/vandaag/").status_code == 404
        assert liar.get("/o/dijkerveen/inloggen/").status_code == 403, "a reader, not the CISO"


def test_a_provider_opens_its_own_organisation_only(
    provider: IdentityProvider,
    practice_provider: Practice,
    acting: Acting,
    alice: User,
    charlie: User,
) -> None:
    """Somebody with two organisations, who came in through the provider of one."""
    with acting(charlie) as actor:
        add_member(organisation_id=actor.organisation_id, user=alice, role="reader")
    own = Client()
    own.force_login(alice, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert own.get("/o/waterhoek/mijn-aanmelding/").status_code == 200
    own.get(way_back(own, practice_provider, "dijkerveen", "s-anna", connect=True))
    assert own.post("/inloggen/bij/dijkerveen/koppelen/").status_code == 302
    came = through_provider(practice_provider, "dijkerveen", "s-anna")
    assert came.get(MINE).context["user"] == alice
    assert came.get("/o/waterhoek/mijn-aanmelding/").status_code == 404
    assert "waterhoek" not in came.get(MINE).content.decode()
    for path in ("meldingen/agenda/", "meldingen/instellingen/"):
        assert came.get(f"/o/dijkerveen/{path}").status_code == 403
    for path in ("password/change/", "2fa/webauthn/add/", "2fa/totp/activate/", "sessions/"):
        assert came.get(f"/accounts/{path}").status_code == 403
    assert came.post("/accounts/password/set/", {"password1": "x"}).status_code == 403


def test_connecting_asks_first(
    provider: IdentityProvider,
    practice_provider: Practice,
    acting: Acting,
    alice: User,
    bob: User,
    client_of: ClientOf,
) -> None:
    client = client_of(bob)
    client.get(way_back(client, practice_provider, "dijkerveen", "s-bert", connect=True))
    with acting(alice):
        assert not Identity.objects.exists()
    page = client.get("/inloggen/bij/dijkerveen/koppelen/")
    assert "bert@dijkerveen.example" in page.content.decode()
    client.post("/inloggen/bij/dijkerveen/koppelen/")
    assert identity_of(acting, alice, "s-bert").user_id == bob.pk
    assert client.post("/inloggen/bij/dijkerveen/koppelen/").status_code == 400


def test_a_login_belongs_to_one_account(
    provider: IdentityProvider,
    practice_provider: Practice,
    alice: User,
    bob: User,
    client_of: ClientOf,
) -> None:
    through_provider(practice_provider, "dijkerveen", "s-bert")
    client = client_of(bob)
    client.get(way_back(client, practice_provider, "dijkerveen", "s-bert", connect=True))
    assert client.post("/inloggen/bij/dijkerveen/koppelen/").status_code == 403


def test_who_has_no_access_cannot_connect(
    provider: IdentityProvider, practice_provider: Practice, charlie: User, client_of: ClientOf
) -> None:
    client = client_of(charlie)
    client.get(way_back(client, practice_provider, "dijkerveen", "s-anna", connect=True))
    assert client.post("/inloggen/bij/dijkerveen/koppelen/").status_code == 403


def test_a_visit_counts_once(provider: IdentityProvider, practice_provider: Practice) -> None:
    client = Client()
    back = way_back(client, practice_provider, "dijkerveen", "s-anna")
    assert client.get(back).status_code == 302
    assert client.get(back).status_code == 400


def test_somebody_else_s_way_back_is_refused(
    provider: IdentityProvider, practice_provider: Practice
) -> None:
    attacker, victim = Client(), Client()
    back = way_back(attacker, practice_provider, "dijkerveen", "s-anna")
    way_back(victim, practice_provider, "dijkerveen", "s-bert")
    assert victim.get(back).status_code == 400
    assert Client().get(back).status_code == 400


def test_a_visit_does_not_wait_for_ever(
    provider: IdentityProvider, practice_provider: Practice
) -> None:
    client = Client()
    back = way_back(client, practice_provider, "dijkerveen", "s-anna")
    with clock.moved_to(clock.now() + timedelta(minutes=11)):
        assert client.get(back).status_code == 400


def test_another_issuer_in_the_answer_is_refused(
    provider: IdentityProvider, practice_provider: Practice
) -> None:
    client = Client()
    back = way_back(client, practice_provider, "dijkerveen", "s-anna")
    head, _iss, _rest = back.partition("iss=")
    assert client.get(f"{head}iss=https%3A%2F%2Felders.example&code=x").status_code == 400


@pytest.mark.parametrize(("mode", "status"), [("down", 503), ("denying", 403)])
def test_trouble_has_a_page_with_other_ways_in(
    provider: IdentityProvider, practice_provider: Practice, mode: str, status: int
) -> None:
    client = Client()
    practice_provider.order(mode=mode)
    if mode == "down":
        cache.clear()
        answer = client.get("/inloggen/bij/dijkerveen/naar/")
    else:
        answer = client.get(way_back(client, practice_provider, "dijkerveen", "s-anna"))
    assert answer.status_code == status
    assert 'href="/accounts/login/"' in answer.content.decode()


@pytest.mark.parametrize("lie", ["wrong_audience", "stranger_key", "other_nonce"])
def test_what_is_not_genuine_has_a_page(
    provider: IdentityProvider, practice_provider: Practice, lie: str
) -> None:
    client = Client()
    practice_provider.order(mode=lie)
    answer = client.get(way_back(client, practice_provider, "dijkerveen", "s-anna"))
    assert answer.status_code == 400
    assert client.get(TODAY).status_code == 302


def test_without_rules_membership_decides(
    practice_provider: Practice, acting: Acting, alice: User, bob: User, client_of: ClientOf
) -> None:
    with acting(alice) as actor:
        in_use(actor, practice_provider, rules=[])
    client = client_of(bob)
    client.get(way_back(client, practice_provider, "dijkerveen", "s-bert", connect=True))
    client.post("/inloggen/bij/dijkerveen/koppelen/")
    assert through_provider(practice_provider, "dijkerveen", "s-bert").get(MINE).status_code == 200
    stranger = Client()
    answer = stranger.get(way_back(stranger, practice_provider, "dijkerveen", "s-anna"))
    assert answer.status_code == 403


def test_the_last_manager_keeps_the_role_but_does_not_come_in(
    practice_provider: Practice, acting: Acting, alice: User, client_of: ClientOf
) -> None:
    with acting(alice) as actor:
        in_use(actor, practice_provider)
    client = client_of(alice)
    client.get(way_back(client, practice_provider, "dijkerveen", "s-anna", connect=True))
    client.post("/inloggen/bij/dijkerveen/koppelen/")
    practice_provider.order(people={"s-anna": {"groups": []}})
    came = Client()
    assert came.get(way_back(came, practice_provider, "dijkerveen", "s-anna")).status_code == 403
    assert roles(acting, alice, alice) == [("ciso", True)]


def test_a_provider_out_of_use_ends_its_sessions(
    provider: IdentityProvider, practice_provider: Practice, acting: Acting, alice: User
) -> None:
    anna = through_provider(practice_provider, "dijkerveen", "s-anna")
    with acting(alice) as actor:
        providers.switch(actor=actor, provider=provider, active=False, reason="Wij stoppen.")
    assert anna.get(MINE).status_code == 302
    assert Client().get("/inloggen/bij/dijkerveen/naar/").status_code == 404


def test_another_issuer_needs_its_secret_and_a_test(
    provider: IdentityProvider, acting: Acting, alice: User, bob: User
) -> None:
    values: Any = {"name": "x", "client_id": CLIENT_ID, "domains": "", "two_steps": False}
    with acting(alice) as actor:
        changed = providers.set_up(actor=actor, issuer="https://elders.example", **values)
        assert (changed.sealed_secret, changed.active) == ("", False)
        with pytest.raises(Refused):
            providers.switch(actor=actor, provider=changed, active=True)
        with pytest.raises(Refused):
            providers.set_up(actor=actor, issuer="http://elders.example", **values)
    with acting(bob) as actor, pytest.raises(Forbidden):
        providers.set_up(actor=actor, issuer="https://elders.example", **values)


def test_the_secret_is_sealed(provider: IdentityProvider, settings: object) -> None:
    assert SECRET not in provider.sealed_secret
    assert providers.client_of(provider).secret == SECRET
    settings.SECRET_KEY = "another key of another installation"  # type: ignore[attr-defined]
    with pytest.raises(Exception, match="sealed with another key"):
        providers.client_of(provider)


def test_rules_cannot_name_unknown_roles(
    provider: IdentityProvider, acting: Acting, alice: User
) -> None:
    with acting(alice) as actor, pytest.raises(Refused):
        providers.set_rules(actor=actor, provider=provider, rules=[Rule("a", "b", "superuser")])
