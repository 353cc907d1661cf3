# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The duty of a second step: announced, then kept at the door, whatever the way in."""

import subprocess
import sys
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import caches

from dijkring.core import clock
from dijkring.core.errors import Forbidden, Refused
from dijkring.identity.services import duty
from dijkring.identity.tests.makers import in_use, through_provider
from dijkring.identity.tests.practice import PEOPLE, Practice
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting, ClientOf

MINE = "/o/dijkerveen/mijn-aanmelding/"
TODAY = "/o/dijkerveen/vandaag/"


def test_before_the_date_people_are_told(
    acting: Acting, alice: User, bob: User, client_of: ClientOf
) -> None:
    with acting(alice) as actor:
        duty.decide(actor=actor, required=True, from_at=clock.now() + timedelta(days=14))
    page = client_of(bob).get(TODAY)
    assert page.status_code == 200
    assert "/inloggen/tweede-stap/" in page.content.decode()


def test_from_the_date_nobody_comes_in_without(
    acting: Acting, alice: User, bob: User, charlie: User, client_of: ClientOf
) -> None:
    with acting(alice) as actor:
        duty.decide(actor=actor, required=True, from_at=clock.now() + timedelta(days=14))
    with clock.moved_to(clock.now() + timedelta(days=15)):
        for person in (alice, bob):
            answer = client_of(person).get(MINE)
            assert (answer.status_code, answer["Location"]) == (302, "/inloggen/tweede-stap/")
            assert client_of(person).post(f"{MINE}").status_code == 302
        assert client_of(bob).get("/inloggen/tweede-stap/").status_code == 200
        assert client_of(charlie).get("/o/waterhoek/mijn-aanmelding/").status_code == 200


@pytest.mark.parametrize(("kind", "status"), [("totp", 200), ("recovery_codes", 302)])
def test_a_second_step_of_one_s_own_opens_the_door(
    acting: Acting, alice: User, bob: User, client_of: ClientOf, kind: str, status: int
) -> None:
    with acting(alice) as actor:
        duty.decide(actor=actor, required=True)
    Authenticator.objects.create(user=bob, type=kind, data={"secret": "x"})
    assert client_of(bob).get(MINE).status_code == status


@pytest.mark.parametrize(
    ("two_steps", "claims", "status"),
    [
        (False, {}, 403),
        (True, {}, 200),
        (False, {"amr": ["pwd", "mfa"]}, 200),
        (False, {"amr": ["pwd"]}, 403),
        (False, {"amr": "mfa"}, 403),
    ],
)
def test_the_provider_must_have_asked_for_it(
    practice_provider: Practice,
    acting: Acting,
    alice: User,
    two_steps: bool,
    claims: dict[str, object],
    status: int,
) -> None:
    with acting(alice) as actor:
        in_use(actor, practice_provider, two_steps=two_steps)
        duty.decide(actor=actor, required=True)
    practice_provider.order(people={"s-anna": {**PEOPLE["s-anna"], **claims}})
    came = through_provider(practice_provider, "dijkerveen", "s-anna")
    assert came.get(MINE).status_code == status


def test_who_decides_and_when_stands_there(
    acting: Acting, alice: User, bob: User, client_of: ClientOf
) -> None:
    with acting(alice) as actor:
        made = duty.decide(actor=actor, required=True, from_at=clock.now() + timedelta(days=14))
        assert (made.decided_by_id, made.required) == (alice.pk, True)
        with pytest.raises(Refused):
            duty.decide(actor=actor, required=True, from_at=clock.now() + timedelta(days=400))
    with acting(bob) as actor, pytest.raises(Forbidden):
        duty.decide(actor=actor, required=False)
    assert "Alice Bakker" in client_of(alice).get("/o/dijkerveen/inloggen/").content.decode()


def test_what_was_used_or_tried_is_known_to_every_process_of_the_machine() -> None:
    """A code of a second step works once, also when the next request reaches another process."""
    kept = {**settings.CACHES["default"], "LOCATION": str(settings.CACHES["default"]["LOCATION"])}
    look = (
        "from django.conf import settings as s;"
        f"s.configure(CACHES={{'default': {kept!r}}});"
        "from django.core.cache import cache; print(cache.add('used-code', True))"
    )
    assert caches["default"].add("used-code", True)
    done = subprocess.run(  # noqa: S603 -- our own words
        [sys.executable, "-c", look], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
