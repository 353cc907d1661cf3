# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The incidents of the demonstration can be handled to their end through the real services."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from dijkring.cooperation.tests.conftest import owner_of
from dijkring.core import clock
from dijkring.core.tenancy import acting_for
from dijkring.demo import incidents, joint, on_call, privacy, region
from dijkring.incidents.models import Incident
from dijkring.incidents.selectors import clocks
from dijkring.organisations.models import Organisation
from dijkring.tests.harness.database import Clone


@pytest.fixture(scope="module", autouse=True)
def owner(clone: Clone, django_db_setup: None) -> Iterator[None]:
    """Let the owner of the tables do the tests of this module."""
    with owner_of(clone):
        yield


@pytest.mark.django_db
def test_incidents_are_handled_to_their_end() -> None:
    region.make_organisations()
    for row in region.content()["people"]:
        region._make_person(row)
    with clock.moved_to(clock.now() - timedelta(days=30)):
        for live in (incidents.live_through, joint.live_through, on_call.report_by_page):
            live()
        privacy.letter_astray()
    ids = Organisation.objects.filter(slug__in=["dijkerveen", "waterhoek"])
    with acting_for(ids.values_list("pk", flat=True)):
        found = Incident.objects.filter(privacy_only=False)
        assert {one.state for one in found} == {"closed"}
        assert len(found) >= 4
        letter = Incident.objects.get(privacy_only=True)
        every = clocks.known(letter.organisation_id)
        assert [one for one in clocks.of_incident(letter, every) if one.open] == []
