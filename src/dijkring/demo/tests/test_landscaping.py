# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The landscapes of the region can be recorded through the real services, and hang together."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from dijkring.cooperation.tests.conftest import owner_of
from dijkring.core.tenancy import acting_for
from dijkring.demo import landscaping, region
from dijkring.landscape.models import Asset, Dependency, Party
from dijkring.landscape.selectors import services
from dijkring.organisations.models import Organisation
from dijkring.tests.harness.database import Clone


@pytest.fixture(scope="module", autouse=True)
def owner(clone: Clone, django_db_setup: None) -> Iterator[None]:
    """Let the owner of the tables do the tests of this module."""
    with owner_of(clone):
        yield


@pytest.mark.django_db
def test_a_municipality_relies_on_what_the_joint_body_provides() -> None:
    story = landscaping.content()
    region.make_organisations()
    for row in region.content()["people"]:
        if row["organisation"] in {story["joint"]["slug"], "dijkerveen"}:
            region._make_person(row)
    landscaping.provide()
    landscaping.rely("dijkerveen")
    us = Organisation.objects.get(slug="dijkerveen")
    with transaction.atomic(), acting_for([us.pk]):
        # The owner of the tables sees all rows, so each question names the organisation.
        ours = Asset.objects.filter(organisation=us)
        assert ours.count() == 58 + len(story["joint"]["services"])
        taken = ours.get(name="Serverplatform")
        assert (taken.provider_id, taken.rto_hours) == (_joint(), 4)
        needed = Dependency.objects.filter(organisation=us, needed=taken)
        assert needed.filter(dependent__name="Burgerzakensysteem").exists()
        shown = services.offered(us.pk)
        assert {one.asset_id for one in shown} >= {taken.pk}
        assert Party.objects.get(organisation=us, name="Kaartwerk").jurisdiction == "US"


def _joint() -> int:
    return Organisation.objects.get(slug="samenwerking-it-sluisland").pk
