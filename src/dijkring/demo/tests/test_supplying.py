# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The suppliers of the region can be kept through the real services, and tell something."""

from collections.abc import Iterator

import pytest

from dijkring.cooperation.tests.conftest import owner_of
from dijkring.core.tenancy import acting_for
from dijkring.demo import landscaping, region, supplying
from dijkring.evidence.models import Fact
from dijkring.suppliers import facts
from dijkring.suppliers.models import Inquiry, Supplier
from dijkring.suppliers.selectors import concentration
from dijkring.tests.harness.database import Clone


@pytest.fixture(scope="module", autouse=True)
def owner(clone: Clone, django_db_setup: None) -> Iterator[None]:
    """Let the owner of the tables do the tests of this module."""
    with owner_of(clone):
        yield


@pytest.mark.django_db
def test_a_municipality_knows_on_whom_it_depends() -> None:
    region.make_organisations()
    for row in region.content()["people"]:
        if row["organisation"] in {"samenwerking-it-sluisland", "dijkerveen", "waterhoek"}:
            region._make_person(row)
    landscaping.provide()
    landscaping.rely("dijkerveen")
    supplying.keep("dijkerveen")
    supplying.keep("waterhoek")
    supplying.answer()
    supplying.ask()
    us = region.in_role("dijkerveen", "ciso").organisation_id
    mine = {"organisation_id": us}
    with acting_for([us]):
        # The owner of the tables sees all rows, so each question names the organisation.
        tiers = dict(Supplier.objects.filter(**mine).values_list("name", "tier_found"))
        assert len(tiers) >= 12
        assert {"critical", "important"} <= set(tiers.values())
        found = Fact.objects.filter(kind=facts.EXIT, until=None, **mine)
        assert {"pass", "fail"} == set(found.values_list("state", flat=True))
        reached = concentration.measure(us).countries_of
        assert (reached["Nimbus Office"], reached["Hanwei Camera's"]) == ("US", "CN")
        assert Inquiry.objects.filter(submitted_at=None, **mine).count() == 1
    assert Inquiry.objects.filter(submitted_at__isnull=False, may_travel=True).count() == 1
