# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The CISO of Dijkerveen on the first day, and a member of the board."""

from collections.abc import Iterator

import pytest

from dijkring.core.access import Actor, Role
from dijkring.evidence.tests import makers
from dijkring.organisations.models import User
from dijkring.organisations.services import add_member
from dijkring.tests.harness.people import Acting


@pytest.fixture
def ciso(acting: Acting, alice: User) -> Iterator[Actor]:
    """Act as the CISO of Dijkerveen during the whole test."""
    with acting(alice) as actor, makers.day(0):
        yield actor


@pytest.fixture
def greet(acting: Acting, alice: User) -> User:
    """Member of the board of Dijkerveen."""
    user = User.objects.create_user("greet@dijkerveen.example", name="Greet Jansen")
    with acting(alice) as actor:
        add_member(organisation_id=actor.organisation_id, user=user, role=Role.BOARD)
    return user
