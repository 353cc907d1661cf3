# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The landscapes of the region can be recorded through the real services, and hang together."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dijkring.cooperation.tests.conftest import owner_of
from dijkring.core.tenancy import transaction_for
from dijkring.demo import landscaping, region, sharing
from dijkring.landscape.models import Asset, Component, Dependency, Party
from dijkring.landscape.selectors import services, starts, whatif
from dijkring.landscape.services.looking import seen
from dijkring.organisations.models import Organisation
from dijkring.tests.harness.database import Clone

BY_HAND = Path(__file__).parents[4] / "docs" / "gebruik" / "wat-als-natellen.md"


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
    _check_by_hand(story)
    us = Organisation.objects.get(slug="dijkerveen")
    with transaction_for([us.pk]):
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


def _check_by_hand(story: dict[str, Any]) -> None:
    """Compare every kept scenario with the page on which it is reckoned by hand."""
    row = next(one for one in region.content()["agreements"] if "landscape" in one["records"])
    sharing.agree(row, row["givers"][0])
    landscaping.tell_parts()
    assert Component.objects.count() == 12
    text = BY_HAND.read_text(encoding="utf-8")
    for row in story["scenarios"]["kept"]:
        landscaping.keep_scenario(row)
        told = text.split(f"## {row['name']}\n")[1].split("\n## ")[0]
        rows = re.findall(r"^\| (\d+) uur \| ([^|]+) \|", told, re.MULTILINE)
        expected = {name.strip(): int(at) for at, names in rows for name in names.split(";")}
        counts = [int(one) for one in re.findall(r"\d+", told.split("Samen:")[1])[:3]]
        found = _answered(row)
        assert {one.node.name: one.seconds // 3600 for one in found.failing()} == expected
        hindered = len(found.harms) - len(found.failing())
        assert counts == [len(found.failing()), found.tasks(), hindered], row["name"]


def _answered(row: dict[str, Any]) -> whatif.Answer:
    actor = region.in_role(row["of"], "ciso")
    with transaction_for([actor.organisation_id], actor):
        kept = whatif.scenarios(actor.organisation_id).get(name=row["name"])
        known = seen(actor, row["name"])
        hanging = starts.by_kind(known, starts.names(actor.organisation_id, known))
        return whatif.answer(known, starts.chosen(known, hanging, starts.asked_by(kept)))


def _joint() -> int:
    return Organisation.objects.get(slug="samenwerking-it-sluisland").pk
