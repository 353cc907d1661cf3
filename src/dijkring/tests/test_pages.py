# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What holds for every page there is: who may not open it, and that trying changes nothing."""

from collections.abc import Iterator
from typing import Protocol, TypeVar

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from dijkring.core.access import Role, rights, rights_of
from dijkring.core.web import pages
from dijkring.organisations.models import User
from dijkring.tests import objects
from dijkring.tests.harness.database import Clone, kept
from dijkring.tests.harness.people import ClientOf, account, acting_as, actor_of
from dijkring.tests.objects import Arguments
from dijkring.tests.walk import contents, routes

A = TypeVar("A", int, str)

ROUTES = routes()
WRITING = [route for route in ROUTES if route.page and route.writes]
OF_OBJECTS = [route for route in ROUTES if route.arguments]
LACKED = [route for route in ROUTES if route.page and route.right not in rights_of(Role.READER)]


def other_than(answers: dict[str, list[A]], *expected: A) -> dict[str, list[A]]:
    """Return the pages that answered otherwise."""
    return {name: found for name, found in answers.items() if found != list(expected)}


def led_to(client: Client, path: str) -> list[str]:
    answers = client.get(path), client.post(path)
    return [str(getattr(answer, "url", "")).partition("?")[0] for answer in answers]


def not_found(answers: list[int]) -> bool:
    """Tell whether nothing was there; an address may take only a form, or none."""
    return 404 in answers and set(answers) <= {404, 405}


def both(client: Client, path: str) -> list[int]:
    return [client.get(path).status_code, client.post(path).status_code]


@pytest.fixture(scope="module")
def made(
    clone: Clone, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[dict[str, Arguments]]:
    """Make the objects of two organisations once; every test takes back what it does itself."""
    found = {}
    with kept(clone, django_db_blocker):
        for name in ("alice", "charlie"):
            with acting_as(account(name)) as actor:
                found[name] = objects.make(actor)
        yield found


class Unchanged(Protocol):
    def __call__(self) -> None: ...


@pytest.fixture(scope="module")
def unchanged(made: dict[str, Arguments], django_db_blocker: DjangoDbBlocker) -> Unchanged:
    """Give a check that in no organisation anything is other than when the objects were made."""

    def stood() -> dict[str, object]:
        people = [account(name) for name in ("alice", "charlie", "dora")]
        return contents([actor_of(user).organisation_id for user in people])

    with django_db_blocker.unblock():
        before = stood()

    def check() -> None:
        assert stood() == before

    return check


@pytest.fixture
def of_alice(made: dict[str, Arguments]) -> Arguments:
    return made["alice"]


def test_rooms_have_pages() -> None:
    assert len(ROUTES) > 10


def test_page_stands_behind_the_door() -> None:
    assert {route.page for route in ROUTES} <= set(pages.rights)
    assert {route.right for route in ROUTES} <= {right.id for right in rights()}


@pytest.mark.django_db
def test_anonymous_is_led_to_login(client: Client) -> None:
    answers = {route.name: led_to(client, route.path("dijkerveen")) for route in ROUTES}
    assert other_than(answers, *[reverse("account_login")] * 2) == {}


def test_stranger_finds_nothing(client_of: ClientOf, charlie: User, unchanged: Unchanged) -> None:
    client = client_of(charlie)
    answers = {route.name: both(client, route.path("dijkerveen")) for route in ROUTES}
    assert other_than(answers, 404, 404) == {}
    unchanged()


def test_too_little_right_opens_and_changes_nothing(
    client_of: ClientOf, bob: User, unchanged: Unchanged
) -> None:
    client = client_of(bob)
    answers = {route.name: both(client, route.path("dijkerveen")) for route in LACKED}
    assert other_than(answers, 403, 403) == {}
    unchanged()


def test_reader_writes_nothing(
    client_of: ClientOf, bob: User, of_alice: Arguments, unchanged: Unchanged
) -> None:
    """Some pages are open to all who hold one of several rights, and ask for it themselves."""
    client = client_of(bob)
    shut = [route for route in WRITING if not route.for_writers or route in LACKED]
    paths = {route.name: route.path("dijkerveen", of_alice.get(route.name, {})) for route in shut}
    answers = {name: [client.post(path).status_code] for name, path in paths.items()}
    assert other_than(answers, 403) == {}
    unchanged()


def test_writing_needs_a_form_of_our_own(client_of: ClientOf, alice: User) -> None:
    client = client_of(alice)
    client.handler.enforce_csrf_checks = True
    posted = {route.name: [client.post(route.path("dijkerveen")).status_code] for route in WRITING}
    assert other_than(posted, 403) == {}


def test_every_address_with_arguments_is_visited(of_alice: Arguments) -> None:
    """An address that this names is missing in `objects.py`."""
    assert {route.name for route in OF_OBJECTS} - set(of_alice) == set()


def test_objects_of_another_are_not_found(
    client_of: ClientOf, alice: User, made: dict[str, Arguments], unchanged: Unchanged
) -> None:
    """Content that all organisations share is the same for both, and found."""
    client, (ours, theirs) = client_of(alice), (made["alice"], made["charlie"])
    apart = [route for route in OF_OBJECTS if theirs[route.name] != ours[route.name]]
    answers = {one.name: both(client, one.path("dijkerveen", theirs[one.name])) for one in apart}
    assert {name: found for name, found in answers.items() if not not_found(found)} == {}
    unchanged()


def test_address_of_nothing_is_not_found(client_of: ClientOf, alice: User) -> None:
    client = client_of(alice)
    answers = {one.name: client.get(one.path("dijkerveen")).status_code for one in OF_OBJECTS}
    assert {name: found for name, found in answers.items() if found not in {404, 405}} == {}


@pytest.mark.django_db
def test_policy_of_pages_lets_nothing_in_from_elsewhere(client: Client) -> None:
    policy = client.get(reverse("account_login")).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
