# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What of the evidence stands in the calendar."""

from datetime import datetime, timedelta

from dijkring.controls.models import Requirement
from dijkring.core import clock, due
from dijkring.core.access import Actor
from dijkring.core.due import DueItem
from dijkring.evidence.services import deviations, judgements
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting


def leaf() -> Requirement:
    return Requirement.objects.get(framework__key="bio2", ref="5.01.01")


def judge(actor: Actor, layer: str, valid_until: datetime) -> None:
    judgements.judge(
        actor=actor,
        requirement=leaf(),
        layer=layer,
        line="owner",
        verdict="met",
        reason="Vastgesteld door de directie.",
        valid_until=valid_until,
    )


def items(actor: Actor, days: int) -> list[DueItem]:
    found = due.items(actor.organisation_id, clock.now() + timedelta(days=days), actor.can)
    return [one for one in found if one.kind in ("judgement", "deviation", "standing")]


def test_what_ends_on_one_requirement_is_one_item_at_the_first_end(
    acting: Acting, alice: User
) -> None:
    first, last = (clock.now() + timedelta(days=days) for days in (100, 200))
    with acting(alice) as actor:
        judge(actor, "existence", last)
        judge(actor, "design", first)
        assert items(actor, 99) == []
        (item,) = items(actor, 300)
    assert (item.kind, item.at, item.owner) == ("judgement", first, "Alice Bakker")
    assert (item.url_name, item.args) == ("evidence:requirement", (leaf().pk,))
    assert "5.01.01" in item.title


def test_a_judgement_that_has_ended_stays_due_until_it_is_renewed(
    acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        judge(actor, "design", clock.now() + timedelta(days=100))
        with clock.moved_to(clock.now() + timedelta(days=130)):
            assert [item.kind for item in items(actor, 7)] == ["judgement"]
            judge(actor, "design", clock.now() + timedelta(days=365))
            assert items(actor, 7) == []


def test_a_deviation_is_due_until_it_ends(acting: Acting, alice: User) -> None:
    end = clock.now() + timedelta(days=30)
    with acting(alice) as actor:
        made = deviations.accept(
            actor=actor, reason="Wordt in mei vervangen.", ends_at=end, requirement=leaf()
        )
        assert [(item.kind, item.at) for item in items(actor, 40)] == [("deviation", end)]
        with clock.moved_to(end + timedelta(hours=1)):
            assert items(actor, 40) == []
        deviations.end(actor=actor, deviation=made)
        assert items(actor, 40) == []


def test_nobody_sees_what_is_due_at_the_neighbours(
    acting: Acting, alice: User, charlie: User
) -> None:
    with acting(alice) as actor:
        judge(actor, "design", clock.now() + timedelta(days=100))
    with acting(charlie) as actor:
        assert items(actor, 300) == []
