# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Emergency access: in without the provider and without mail, with two steps, never quietly."""

import re
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from dijkring.core import clock, due
from dijkring.core.access import Actor
from dijkring.core.errors import Forbidden, Refused
from dijkring.core.leaving import Leaving
from dijkring.identity.models import EmergencyAccess, EmergencyUse, Identity
from dijkring.identity.services import emergency
from dijkring.identity.services.emergency import Given
from dijkring.identity.tests.makers import in_use, through_provider
from dijkring.identity.tests.practice import Practice
from dijkring.notices.models import Notice
from dijkring.notices.services.urgent import NotTaken
from dijkring.notices.tests.conftest import free_port
from dijkring.organisations.models import User
from dijkring.organisations.services import add_member
from dijkring.portability.whole.tables import tables
from dijkring.tests.harness.people import Acting, ClientOf, actor_of

PASSWORD = "dijk en duin om drie uur"
REASON = "De aanbieder ligt eruit en wij moeten melden."
PLACE, MINE = "/inloggen/bij/dijkerveen/persoonlijk/", "/o/dijkerveen/mijn-aanmelding/"
ENROL, TODAY = "/o/dijkerveen/mijn-aanmelding/noodtoegang/", "/o/dijkerveen/vandaag/"
DoJobs = Callable[[], int]


@pytest.fixture(autouse=True)
def unhurried() -> None:
    """Begin every test without attempts of another."""
    cache.clear()


def code_of(secret: str, steps: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def set_up(actor: Actor, person: Actor) -> tuple[str, list[str]]:
    """Give somebody emergency access and set it up, some time ago; returns secret and codes."""
    assert person.user_id is not None
    emergency.give(actor=actor, user_id=person.user_id, purpose="voorzitter crisisteam")
    secret = generate_totp_secret()
    with time_machine.travel(time.time() - 300):
        code = code_of(secret)
        return secret, emergency.enrol(actor=person, password=PASSWORD, secret=secret, code=code)


def come(code: str, login: str = "bob-de-wit", password: str = PASSWORD, **more: str) -> Client:
    client = Client()
    given = {"login": login, "password": password, "code": code, "why": "crisis", "reason": REASON}
    client.answer = client.post(PLACE, {**given, **more})  # type: ignore[attr-defined]
    return client


def is_in(client: Client) -> bool:
    return client.get(MINE).status_code == 200


def test_a_night_without_provider_and_without_mail(
    practice_provider: Practice,
    acting: Acting,
    alice: User,
    client_of: ClientOf,
    do_jobs: DoJobs,
    settings: Settings,
) -> None:
    with acting(alice) as actor:
        in_use(actor, practice_provider)
    anna = through_provider(practice_provider, "dijkerveen", "s-bert")
    assert anna.get(ENROL).status_code == 403
    with acting(alice) as actor:
        user_id = Identity.objects.get(subject="s-bert").user_id
        emergency.give(actor=actor, user_id=user_id, purpose="IT-piket")
    secret = re.search(r"<strong>([A-Z2-7]{32})</strong>", anna.get(ENROL).content.decode())
    assert secret is not None
    with time_machine.travel(time.time() - 300):
        values = {"password": PASSWORD, "again": PASSWORD, "code": code_of(secret[1])}
        sheet = anna.post(ENROL, values)
    assert len(re.findall(r"<li><strong>[A-Z2-9-]{17}</strong>", sheet.content.decode())) == 8
    assert "no-store" in sheet["Cache-Control"]
    practice_provider.order(mode="down")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", free_port(), 1
    cache.clear()
    failed = Client().get("/inloggen/bij/dijkerveen/naar/")
    assert failed.status_code == 503
    assert PLACE in failed.content.decode()
    begun = time.monotonic()
    client = come(code_of(secret[1]), "bert-kool")
    assert is_in(client)
    assert time.monotonic() - begun < 5, "nothing waited for the mail server"
    with pytest.raises(NotTaken):
        do_jobs()
    with acting(alice):
        assert [one.user_id for one in Notice.objects.filter(kind="emergency.crisis")] == [alice.pk]
    assert "Bert Kool" in client_of(alice).get(TODAY).content.decode()


def test_nothing_less_than_both_steps_opens_anything(
    acting: Acting, alice: User, bob: User, charlie: User
) -> None:
    with acting(alice) as actor:
        secret, codes = set_up(actor, actor_of(bob))
        row = EmergencyAccess.objects.get()
        kept = f"{row.password} {row.sealed_totp} {row.code_hashes}"
        assert not [one for one in (PASSWORD, secret, *codes) if one in kept]
    wrong = [
        come(code_of(secret), password="iets heel anders toch"),
        come("000000" if code_of(secret) != "000000" else "111111"),
        come(code_of(secret, -10)),
        come("", password=PASSWORD),
        come(code_of(secret), "niemand-hier"),
    ]
    words = {re.sub(r"\s+", " ", one.answer.content.decode()) for one in wrong[:3]}  # type: ignore[attr-defined]
    assert [one.answer.status_code for one in wrong] == [422] * 5  # type: ignore[attr-defined]
    assert not any(is_in(one) for one in wrong)
    assert all("klopt niet" in one for one in words)
    given = Given("bob-de-wit", PASSWORD, code_of(secret), "crisis", REASON)
    with pytest.raises(Refused):
        emergency.enter(organisation_id=actor_of(charlie).organisation_id, given=given)


def test_no_secret_leaves_with_an_export_of_the_organisation() -> None:
    left_out = tables()["identity_emergencyaccess"].left_out
    assert {"password", "sealed_totp", "code_hashes"} <= set(left_out)


def test_every_code_works_once(acting: Acting, alice: User, bob: User) -> None:
    with acting(alice) as actor:
        secret, codes = set_up(actor, actor_of(bob))
    code = code_of(secret)
    assert is_in(come(code))
    assert not is_in(come(code)), "a code that was looked at over the shoulder"
    typed = codes[0].lower().replace("-", " ")
    assert is_in(come(typed))
    assert not is_in(come(codes[0]))
    with acting(alice):
        steps = EmergencyUse.objects.order_by("pk").values_list("step", flat=True)
        assert list(steps) == ["code", "recovery"]
        assert len(EmergencyAccess.objects.get().code_hashes) == emergency.CODES - 1


def test_it_opens_this_organisation_for_four_hours_and_nothing_lasting(
    acting: Acting, alice: User, bob: User, charlie: User
) -> None:
    with acting(charlie) as actor:
        add_member(organisation_id=actor.organisation_id, user=bob, role="reader")
    with acting(alice) as actor:
        secret, _codes = set_up(actor, actor_of(bob, "dijkerveen"))
    client = come(code_of(secret))
    assert is_in(client)
    assert client.session.get_expiry_age() <= 4 * 60 * 60
    assert client.get("/o/waterhoek/mijn-aanmelding/").status_code == 404
    assert client.get("/accounts/2fa/webauthn/add/").status_code == 403
    assert client.get(ENROL).status_code == 403, "a code from paper makes no lasting way in"


def test_who_guesses_is_held_off_and_others_are_not(acting: Acting, alice: User, bob: User) -> None:
    with acting(alice) as actor:
        secret, _codes = set_up(actor, actor_of(bob))
    for _n in range(6):
        come("123456", password="raden maar weer")
    assert not is_in(come(code_of(secret)))
    client = Client(REMOTE_ADDR="192.0.2.7")
    given = {"login": "bob-de-wit", "password": PASSWORD, "code": code_of(secret)}
    client.post(PLACE, {**given, "why": "crisis", "reason": REASON})
    assert is_in(client)


def test_it_ends_with_the_access_and_can_be_withdrawn(
    acting: Acting, alice: User, bob: User
) -> None:
    with acting(alice) as actor:
        secret, codes = set_up(actor, actor_of(bob))
    client = come(code_of(secret))
    with acting(alice) as actor:
        found = EmergencyAccess.objects.get()
        emergency.withdraw(actor=actor, access=found, reason="Andere functie.")
    assert not is_in(client)
    assert come(codes[0]).answer.status_code in {404, 422}  # type: ignore[attr-defined]
    with acting(alice) as actor:
        _secret, codes = set_up(actor, actor_of(bob))
        emergency.leave(Leaving(actor, bob.pk))
        assert not emergency.live(actor.organisation_id).exists()
    assert not is_in(come(codes[0]))


def test_what_is_due_and_who_looks(acting: Acting, alice: User, bob: User) -> None:
    with acting(alice) as actor:

        def days() -> list[int]:
            until = clock.now() + timedelta(days=400)
            items = due.items(actor.organisation_id, until, actor.can)
            rows = [one.moment for one in items if one.kind == "emergency"]
            return [(moment - clock.now()).days + 1 for moment in rows]

        emergency.give(actor=actor, user_id=bob.pk, purpose="IT-piket")
        assert days() == [30]
        with pytest.raises(Refused):
            emergency.give(actor=actor, user_id=bob.pk, purpose="nog eens")
        with pytest.raises(Refused):
            emergency.give(actor=actor, user_id=alice.pk, purpose=" ")
        secret, person = generate_totp_secret(), actor_of(bob)
        with pytest.raises(Forbidden):
            emergency.give(actor=person, user_id=alice.pk, purpose="zelf")
        for password, code in (("kort", code_of(secret)), (PASSWORD, "000")):
            with pytest.raises(Refused):
                emergency.enrol(actor=person, password=password, secret=secret, code=code)
        with pytest.raises(Forbidden):
            emergency.enrol(actor=actor, password=PASSWORD, secret=secret, code=code_of(secret))
        with time_machine.travel(time.time() - 300):
            code = code_of(secret)
            emergency.enrol(actor=person, password=PASSWORD, secret=secret, code=code)
        assert days() == [366]
    assert is_in(come(code_of(secret), why="test"))
    with acting(alice) as actor:
        assert days() == [7, 366]
        use = EmergencyUse.objects.get()
        emergency.review(actor=actor, use=use, text="Jaarlijkse test, in orde.")
        assert days() == [366]


def attempt(client: Client, login: str) -> bool:
    """Try a wrong code; tells whether the attempt was taken."""
    values = {"login": login, "password": PASSWORD, "code": "000000"}
    answer = client.post(PLACE, {**values, "why": "crisis", "reason": REASON})
    assert answer.status_code == 422
    return "Te veel pogingen" not in answer.content.decode()


def test_another_way_of_writing_a_name_gives_no_more_attempts(
    acting: Acting, alice: User, fatima: User
) -> None:
    with acting(alice) as actor:
        set_up(actor, actor_of(fatima))
    names = ("fatima-aydin", "Fatima-aydin", " fAtima-aydin ", "FATIMA-AYDIN")
    taken = [attempt(Client(), name) for name in names * 2]
    assert taken == [True] * 5 + [False] * 3


def test_one_account_takes_no_endless_attempts_from_many_places(
    acting: Acting, alice: User, bob: User, fatima: User, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"emergency": "3/h/key"}
    with acting(alice) as actor:
        set_up(actor, actor_of(fatima))
        set_up(actor, actor_of(bob))
    places = [Client(REMOTE_ADDR=f"192.0.2.{n}") for n in range(1, 6)]
    assert [attempt(one, "fatima-aydin") for one in places] == [True] * 3 + [False] * 2
    assert attempt(places[0], "bob-de-wit"), "others are not held up"
