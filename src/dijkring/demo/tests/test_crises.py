# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The crisis of the demonstration can be led through the real services, and is an exercise."""

from collections.abc import Iterator

import pytest

from dijkring.cooperation.tests.conftest import owner_of
from dijkring.core.tenancy import acting_for
from dijkring.crisis.models import Crisis, Sitrep
from dijkring.crisis.selectors.picture import stand
from dijkring.demo import crises, region
from dijkring.tests.harness.database import Clone


@pytest.fixture(scope="module", autouse=True)
def owner(clone: Clone, django_db_setup: None) -> Iterator[None]:
    """Let the owner of the tables do the tests of this module."""
    with owner_of(clone):
        yield


@pytest.mark.django_db
def test_a_night_is_exercised() -> None:
    region.make_organisations()
    for row in region.content()["people"]:
        if row["organisation"] == "dijkerveen":
            region._make_person(row)
    crises.live_through()
    us = region.in_role("dijkerveen", "ciso").organisation_id
    with acting_for([us]):
        made = Crisis.objects.get()
        now = stand(made)
        assert made.exercise
        assert made.level == "Tactisch crisisteam"
        assert [one.card for one in now.pending] == ["benefits", "ransom"]
        assert len(now.here) == 3
        assert Sitrep.objects.exclude(approved_at=None).count() == 2
