# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the people of the region do can really be done: together, and with their own register."""

from collections.abc import Iterator
from typing import Any

import pytest

from dijkring.actions import services
from dijkring.actions.models import Action
from dijkring.cooperation.models import CbwTest, Cooperation, Involvement, TaskTaker
from dijkring.cooperation.selectors import cbw_tests
from dijkring.cooperation.tests.conftest import owner_of
from dijkring.core.tenancy import acting_for, transaction_for
from dijkring.demo import cooperating, handing_over, internet, region
from dijkring.organisations.models import Organisation
from dijkring.surface.models import System
from dijkring.tests.harness.database import Clone

BODY = "samenwerking-it-sluisland"


@pytest.fixture(scope="module", autouse=True)
def owner(clone: Clone, django_db_setup: None) -> Iterator[None]:
    """Let the owner of the tables do the tests of this module."""
    with owner_of(clone):
        yield


def _act(row: dict[str, Any]) -> None:
    ciso = region.in_role(row["sender"], "ciso")
    with transaction_for([ciso.organisation_id], ciso):
        services.open_action(actor=ciso, title=row["action"])


@pytest.mark.django_db
def test_the_story_of_the_region_can_be_lived() -> None:
    story = region.content()
    region.make_organisations()
    region.make_organisations()
    for row in story["people"]:
        if row["organisation"] in {BODY, "dijkerveen", "waterhoek"}:
            region._make_person(row)
    for row in story["involvements"]:
        cooperating.record(row)
    for row in story["cbw_tests"]:
        cooperating.do_cbw_test(row)
    for row in story["systems"]:
        internet.add_system(row)
    for row in story["registrations"]:
        internet.record_registration(row)
    placed = System.objects.filter(belongings__domain__isnull=False).distinct().count()
    assert placed == len(story["systems"])
    handed = next(row for row in story["handed_over"] if row["accepted"])
    _act(handed)
    handing_over.hand_over(handed)
    handing_over.accept(handed)
    theirs = Action.objects.get(organisation__slug=BODY)
    assert (theirs.title, theirs.handed_over_by) == (handed["title"], "Gemeente Dijkerveen")
    found = Cooperation.objects.get(body__slug=BODY)
    outcomes = CbwTest.objects.order_by("pk").values_list("outcome", flat=True)
    assert list(outcomes) == ["cannot_be_said", "not_government"]
    assert Involvement.objects.count() == len(story["involvements"])
    assert TaskTaker.objects.filter(task__cooperation=found).count() == 4 * 3 + 3
    with acting_for([Organisation.objects.get(slug="oudersluis").pk]):
        assert cbw_tests.told()[found.pk].outcome == "not_government"
