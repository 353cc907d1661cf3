# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""An actor of Dijkerveen on the first day, and the trial norm."""

from collections.abc import Iterator

import pytest

from dijkring.core.access import Actor
from dijkring.evidence.tests import makers
from dijkring.evidence.tests.makers import Norm
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting


@pytest.fixture
def ciso(acting: Acting, alice: User) -> Iterator[Actor]:
    """Act as the CISO of Dijkerveen during the whole test."""
    with acting(alice) as actor, makers.day(0):
        yield actor


@pytest.fixture
def norm(ciso: Actor) -> Norm:
    return makers.norm(ciso.organisation_id)
