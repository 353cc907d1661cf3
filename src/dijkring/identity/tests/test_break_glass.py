# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Break-glass: comes in without anything else, once, loudly, and counts as tested."""

from datetime import timedelta

import pytest
from django.test import Client

from dijkring.core import clock, due
from dijkring.core.errors import Forbidden, Refused
from dijkring.evidence.models import Fact
from dijkring.identity import selectors
from dijkring.identity.models import BreakGlass, BreakGlassUse
from dijkring.identity.services import breaking, duty
from dijkring.organisations.models import Membership, User
from dijkring.organisations.services import hash_token
from dijkring.tests.harness.people import Acting, ClientOf, actor_of

PLACE = "/inloggen/bij/dijkerveen/noodtoegang/"
MINE = "/o/dijkerveen/mijn-aanmelding/"
REASON = "De aanbieder ligt eruit en er is een datalek."


@pytest.fixture
def made(acting: Acting, alice: User) -> tuple[BreakGlass, str]:
    with acting(alice) as actor:
        return breaking.make(
            actor=actor, name="voorzitter crisisteam", role="board", keeper="kluis griffie"
        )


def break_in(code: str, why: str = "crisis") -> tuple[Client, int]:
    client = Client()
    answer = client.post(PLACE, {"code": code, "who": "Pia Vos", "why": why, "reason": REASON})
    return client, answer.status_code


def test_it_needs_the_code_and_nothing_else(made: tuple[BreakGlass, str], alice: User) -> None:
    client, status = break_in(made[1])
    assert status == 302
    page = client.get(MINE)
    assert page.status_code == 200
    assert client.get("/o/waterhoek/vandaag/").status_code == 404
    assert client.get("/accounts/2fa/webauthn/add/").status_code == 403
    assert client.session.get_expiry_age() <= 4 * 60 * 60


def test_the_code_works_once_and_however_it_is_typed(made: tuple[BreakGlass, str]) -> None:
    typed = made[1].lower().replace("-", " ")
    assert break_in(typed)[1] == 302
    assert break_in(made[1])[1] in {404, 422}


def test_only_its_hash_is_kept(made: tuple[BreakGlass, str], acting: Acting, alice: User) -> None:
    account, code = made
    with acting(alice):
        account.refresh_from_db()
        assert account.code_hash == hash_token(breaking.plain(code))
        assert code not in str(vars(account))
    assert len(breaking.plain(code)) == 30


def test_a_wrong_code_lets_nobody_in(made: tuple[BreakGlass, str]) -> None:
    client, status = break_in("AAAAA-AAAAA-AAAAA-AAAAA-AAAAA-AAAAA")
    assert status == 422
    assert client.get(MINE).status_code == 302


def test_a_code_of_another_organisation_does_not_work(
    made: tuple[BreakGlass, str], charlie: User
) -> None:
    place = actor_of(charlie).organisation_id
    with pytest.raises(Refused):
        breaking.break_seal(
            organisation_id=place, code=made[1], why="crisis", who="x", reason="y", address=None
        )


def test_the_use_is_loud_until_somebody_looked(
    made: tuple[BreakGlass, str], acting: Acting, alice: User, bob: User, client_of: ClientOf
) -> None:
    emergency, _status = break_in(made[1])
    for person in (alice, bob):
        assert "Pia Vos" in client_of(person).get("/o/dijkerveen/vandaag/").content.decode()
    with acting(alice) as actor:
        use = BreakGlassUse.objects.get()
        assert (use.who, use.reason, use.address) == ("Pia Vos", REASON, "127.0.0.1")
        items = due.items(actor.organisation_id, clock.now() + timedelta(days=8), actor.can)
        assert [one.kind for one in items if one.kind == "break_glass"] == ["break_glass"]
        breaking.review(actor=actor, use=use, text="Terecht gebruikt, alles nagelopen.")
        assert selectors.to_review(actor.organisation_id) == []
    assert emergency.get(MINE).status_code == 302, "its session has ended"
    assert "Pia Vos" not in client_of(bob).get("/o/dijkerveen/vandaag/").content.decode()


def test_a_reader_cannot_look_it_off(
    made: tuple[BreakGlass, str], acting: Acting, alice: User, bob: User
) -> None:
    break_in(made[1])
    with acting(bob) as actor, pytest.raises(Forbidden):
        breaking.review(actor=actor, use=BreakGlassUse.objects.get(), text="Niets aan de hand.")


def test_the_test_of_the_year_is_a_fact(
    made: tuple[BreakGlass, str], acting: Acting, alice: User, do_jobs: object
) -> None:
    break_in(made[1], why="test")
    do_jobs()  # type: ignore[operator]
    with acting(alice):
        fact = Fact.objects.get(kind="identity.break_glass", until=None)
        assert (fact.state, fact.source) == ("pass", "identity")
        made[0].refresh_from_db()
        assert made[0].tested_at is not None


def test_sealing_again_ends_the_old_code(
    made: tuple[BreakGlass, str], acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        made[0].refresh_from_db()
        renewed = breaking.seal(actor=actor, account=made[0])
    assert break_in(made[1])[1] == 422
    assert break_in(renewed)[1] == 302


def test_withdrawing_ends_code_access_and_session(
    made: tuple[BreakGlass, str], acting: Acting, alice: User
) -> None:
    client, _status = break_in(made[1])
    with acting(alice) as actor:
        account = BreakGlass.objects.get()
        breaking.withdraw(actor=actor, account=account, reason="Niet meer nodig.")
        assert not Membership.objects.filter(user=account.user, until=None).exists()
        with pytest.raises(Refused):
            breaking.seal(actor=actor, account=account)
    assert client.get(MINE).status_code == 302


def test_it_passes_the_duty_of_a_second_step(
    made: tuple[BreakGlass, str], acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        duty.decide(actor=actor, required=True)
    client, _status = break_in(made[1])
    assert client.get(MINE).status_code == 200
