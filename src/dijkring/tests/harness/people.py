# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The invented people of the tests, and ways to be one of them."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, NamedTuple, Protocol

import pytest
from django.test import Client

from dijkring.core.access import Actor, Role, person_actor
from dijkring.core.tenancy import transaction_for
from dijkring.core.web import memberships_of

if TYPE_CHECKING:
    from dijkring.organisations.models import User

PASSWORD = "een lang wachtwoord voor de proef"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# Hashing a password takes a fifth of a second on purpose; this much makes it a thousand times less.
QUICK_WORK_FACTOR = 2**4


class Person(NamedTuple):
    """Somebody with one role in one organisation."""

    name: str
    slug: str
    role: Role

    @property
    def email(self) -> str:
        return f"{self.name.split()[0].lower()}@{self.slug}.example"


PEOPLE = {
    "alice": Person("Alice Bakker", "dijkerveen", Role.CISO),
    "bob": Person("Bob de Wit", "dijkerveen", Role.READER),
    "erik": Person("Erik Smit", "dijkerveen", Role.AUDITOR),
    "fatima": Person("Fatima Aydin", "dijkerveen", Role.SECRETARY),
    "charlie": Person("Charlie Mulder", "waterhoek", Role.CISO),
    "dora": Person("Dora Visser", "sluisland", Role.READER),
    "ina": Person("Ina Kok", "meldpunt", Role.READER),
}


class ClientOf(Protocol):
    def __call__(self, user: "User") -> Client: ...


class Acting(Protocol):
    def __call__(self, user: "User", slug: str = "") -> AbstractContextManager[Actor]: ...


def account(name: str) -> "User":
    from dijkring.organisations.models import User

    return User.objects.get(email=PEOPLE[name].email)


@pytest.fixture
def alice(db: None) -> "User":
    """CISO of Dijkerveen."""
    return account("alice")


@pytest.fixture
def bob(db: None) -> "User":
    """Reader of Dijkerveen."""
    return account("bob")


@pytest.fixture
def erik(db: None) -> "User":
    """Auditor of Dijkerveen."""
    return account("erik")


@pytest.fixture
def fatima(db: None) -> "User":
    """Municipal secretary of Dijkerveen."""
    return account("fatima")


@pytest.fixture
def charlie(db: None) -> "User":
    """CISO of Waterhoek."""
    return account("charlie")


@pytest.fixture
def dora(db: None) -> "User":
    """Reader of Veiligheidsregio Sluisland."""
    return account("dora")


@pytest.fixture
def ina(db: None) -> "User":
    """Reader of the CSIRT."""
    return account("ina")


def logged_in(user: "User") -> Client:
    """Return a client that is logged in as a person; errors of pages fail the test."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def client_of(db: None) -> ClientOf:
    return logged_in


def actor_of(user: "User", slug: str = "") -> Actor:
    """Return the person in the role of their (first) membership."""
    memberships = memberships_of(user.pk)
    found = next(one for one in memberships if slug in ("", one.slug))
    return person_actor(found.organisation_id, user.pk, str(user), found.role)


@contextmanager
def acting_as(user: "User", slug: str = "") -> Iterator[Actor]:
    """Be a person inside one transaction; gives the actor that services ask for."""
    actor = actor_of(user, slug)
    with transaction_for([actor.organisation_id], actor):
        yield actor


@pytest.fixture
def acting(db: None) -> Acting:
    return acting_as
