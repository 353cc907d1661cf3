# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The partners of the demo municipality can be recorded through the real services."""

from collections.abc import Iterator

import pytest

from dijkring.cooperation.tests.conftest import owner_of
from dijkring.core import clock
from dijkring.core.tenancy import transaction_for
from dijkring.crisis.models.partners import Partner
from dijkring.demo import partnering, region
from dijkring.identity.models import EmergencyAccess
from dijkring.organisations.models import Organisation
from dijkring.tests.harness.database import Clone


@pytest.fixture(scope="module", autouse=True)
def owner(clone: Clone, django_db_setup: None) -> Iterator[None]:
    """Let the owner of the tables do the tests of this module."""
    with owner_of(clone):
        yield


@pytest.mark.django_db
def test_a_municipality_knows_whom_it_calls_at_night() -> None:
    story = partnering.content()
    region.make_organisations()
    for row in region.content()["people"]:
        if row["organisation"] == story["organisation"]:
            region._make_person(row)
    partnering.prepare()
    us = Organisation.objects.get(slug=story["organisation"])
    with transaction_for([us.pk]):
        reviewed = Partner.objects.filter(organisation=us, reviewed_on=clock.today())
        assert {row.function for row in reviewed} == set(story["reviewed"])
        assert EmergencyAccess.objects.filter(organisation=us).exists()
