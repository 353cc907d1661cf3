# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A region of invented co-operations as content, which only the owner of the tables can write."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import connections, transaction
from django.utils import translation
from pytest_django import DjangoDbBlocker

from dijkring.config.settings import _database as database_settings
from dijkring.cooperation.models import Cooperation
from dijkring.cooperation.services import content
from dijkring.organisations.models import Organisation
from dijkring.organisations.services import register_organisation
from dijkring.tests.harness.database import Clone

SINCE = date(2021, 1, 1)


@pytest.fixture
def english() -> Iterator[None]:
    """Speak English, as the sources do, where a test reads what a service answers."""
    with translation.override("en"):
        yield


@contextmanager
def owner_of(clone: Clone) -> Iterator[None]:
    """Let the owner of the tables work; the role of the pages takes over after."""
    default = connections["default"]
    before = dict(default.settings_dict)
    default.close()
    default.settings_dict.update(database_settings(clone.owner_url))
    try:
        yield
    finally:
        default.close()
        default.settings_dict.update(before)


def described(**more: Any) -> dict[str, Any]:
    """Return the IT co-operation of two participants as it is written down."""
    return {
        "body": "it-sluisland",
        "legal_form": "operational",
        "purpose": "Werkplekken en e-mail voor de deelnemers.",
        "basis": "Regeling Samenwerking IT Sluisland",
        "since": SINCE,
        "participants": [
            {"organisation": "dijkerveen", "since": SINCE},
            {"organisation": "waterhoek", "since": SINCE},
        ],
        "seats": [{"organ": "chair", "filled_by": "waterhoek", "function": "wethouder"}],
        "tasks": [
            {"name": "Werkplekken beheren", "takers": ["dijkerveen", "waterhoek"]},
            {"name": "Website hosten", "takers": ["dijkerveen"]},
        ],
        **more,
    }


def make_it() -> Cooperation:
    """Make the IT co-operation; as the owner of the tables."""
    register_organisation(kind="joint_body", name="IT Sluisland", slug="it-sluisland")
    return content.describe(described())


@pytest.fixture(scope="module")
def loaded(
    clone: Clone, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[int]:
    """Load the IT co-operation once for a module; every test takes back what it does itself."""
    with django_db_blocker.unblock():
        with owner_of(clone), transaction.atomic():
            made = make_it()
        yield made.pk
        connections.close_all()
    clone.renew()


@pytest.fixture
def it(loaded: int, db: None) -> Cooperation:
    """Return the IT co-operation of Dijkerveen and Waterhoek, which is content."""
    return Cooperation.objects.select_related("body").get(pk=loaded)


@pytest.fixture
def body(it: Cooperation) -> Organisation:
    assert it.body is not None
    return it.body
