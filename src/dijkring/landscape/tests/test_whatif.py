# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""From the rows of a landscape to what falls, and a scenario that asks the same again."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.urls import reverse

from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.landscape.models import Asset, DependencyGroup
from dijkring.landscape.selectors import clusters, drawing, starts, weighing, whatif
from dijkring.landscape.selectors.graph import landscape
from dijkring.landscape.services import assets, dependencies, parties, scenarios
from dijkring.landscape.services.wanted import AssetWanted, DependencyWanted
from dijkring.landscape.tests.objects import make_assets
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting, ClientOf

HOUR = 3600


@pytest.fixture
def ciso(acting: Acting, alice: User) -> Iterator[Actor]:
    with acting(alice) as actor:
        yield actor


@pytest.fixture
def task(ciso: Actor) -> Asset:
    """A statutory task that needs one of two data centres, and can do two hours without."""
    made, centres = make_assets(ciso, 7)
    group = DependencyWanted(kind="group", group="Rekencentra", least=1, delay_hours=Decimal(2))
    dependencies.depend(actor=ciso, dependent=made, needed=centres, wanted=group)
    return made


def of_name(known: str, ciso: Actor) -> Asset:
    return Asset.objects.get(organisation_id=ciso.organisation_id, name=known)


def test_both_of_two_take_the_task_along_and_one_does_not(ciso: Actor, task: Asset) -> None:
    north, south = of_name("Rekencentrum Noord 7", ciso), of_name("Rekencentrum Zuid 7", ciso)
    known = landscape(ciso.organisation_id)
    alone = whatif.answer(known, starts.chosen(known, {}, [("asset", str(north.pk))]))
    assert [one.node.name for one in alone.harms] == [north.name]
    hanging = starts.by_kind(known, starts.names(ciso.organisation_id, known))
    supplier = hanging["party"][str(north.party_id)]
    assert set(supplier.assets) >= {north.pk, south.pk}
    found = whatif.answer(known, [supplier])
    [hit] = [one for one in found.harms if one.pk == task.pk]
    assert (hit.seconds, hit.state, hit.period) == (2 * HOUR, "fails", 0)
    assert hit.too_long == (2 + 72) * HOUR
    assert [step.asset for step in hit.path] in ([north.pk, task.pk], [south.pk, task.pk])
    assert (found.tasks(), found.residents()) == (1, 1200)
    assert whatif.callers(found)[0].name == "Zuiderhost"
    weighed = weighing.concentration(known, [supplier, *starts.platforms(known)])
    assert (weighed[0].start, weighed[0].tasks) == (supplier, 1)
    assert not [one for one in weighing.single_points(known) if one.start.assets == (north.pk,)]


def test_what_was_taken_out_is_no_part_and_a_short_group_needs_all_that_is_left(
    ciso: Actor, task: Asset
) -> None:
    DependencyGroup.objects.filter(asset=task).update(needed=2)
    south = of_name("Rekencentrum Zuid 7", ciso)
    Asset.objects.filter(pk=south.pk).update(retired_at=task.added_at)
    known = landscape(ciso.organisation_id)
    assert south.pk not in known.nodes
    assert len(known.short) == 1
    north = of_name("Rekencentrum Noord 7", ciso)
    found = whatif.answer(known, [starts.of_asset(known.nodes[north.pk])])
    assert task.pk in {one.pk for one in found.harms}
    shown = drawing.drawing(known, around=task.pk)
    assert {row.pk for row in shown.rows} == {task.pk, north.pk}
    drawn = drawing.to_draw(shown, task.pk)
    assert [one["y"] for one in drawn["nodes"]] == sorted(one["y"] for one in drawn["nodes"])


@pytest.mark.parametrize("odd", ["²", "9" * 5000])
def test_an_odd_number_in_the_address_is_left_out(
    client_of: ClientOf, alice: User, task: Asset, odd: str
) -> None:
    query = {"asset": [str(task.pk), odd], "period": [odd]}
    answer = client_of(alice).get(reverse("landscape:what_if", args=["dijkerveen"]), query)
    assert answer.status_code == 200
    assert task.name in answer.content.decode()


def test_a_promise_breaks_on_a_slower_one_and_the_least_change_mends_it(
    ciso: Actor, task: Asset
) -> None:
    for name, hours in (("Noord", 48), ("Zuid", 30)):
        rows = Asset.objects.filter(pk=of_name(f"Rekencentrum {name} 7", ciso).pk)
        rows.update(rto_hours=Decimal(hours))
    known = landscape(ciso.organisation_id)
    [broken] = [one for one in weighing.conflicts(known) if one.pk == task.pk]
    assert (broken.conflict.promised, broken.conflict.possible) == (24 * HOUR, 28 * HOUR)
    assert (broken.cause.name, broken.together) == ("Rekencentrum Zuid 7", True)
    ways = weighing.ways_out(known, task.pk)
    assert [(one.kind, one.seconds) for one in ways["promises"]] == [("promise", 26 * HOUR)]
    assert len(ways["any"]) == len(ways["buffers"]) == 1


def test_a_place_is_one_in_any_spelling_and_counts_each_asset_once(ciso: Actor) -> None:
    said = [("Hal A", "Noorddijk"), ("Hal B", "NOORDDIJK"), ("Sluis", "sluis")]
    made = {
        name: assets.add(actor=ciso, wanted=AssetWanted(name, Asset.Kind.LOCATION, place=place)).pk
        for name, place in said
    }
    known = landscape(ciso.organisation_id)
    places = starts.by_kind(known, starts.names(ciso.organisation_id, known))["place"]
    assert (places["noorddijk"].name, set(places["noorddijk"].assets)) == (
        "Noorddijk", {made["Hal A"], made["Hal B"]},
    )  # fmt: skip
    assert places["sluis"].assets == (made["Sluis"],)
    weighed = weighing.concentration(known, [places["sluis"], places["noorddijk"]])
    assert {one.start.name: (one.own, one.others) for one in weighed} == {
        "Sluis": (1, 0), "Noorddijk": (2, 0),
    }  # fmt: skip


def test_a_scenario_asks_the_same_again(ciso: Actor, task: Asset) -> None:
    parties.keep(actor=ciso, name="Vrije Wolk", jurisdiction="US")
    assets.retire(actor=ciso, asset=of_name("Rekencentrum Zuid 7", ciso), reason="Gesloten.")
    known = landscape(ciso.organisation_id)
    hanging = starts.by_kind(known, starts.names(ciso.organisation_id, known))
    chosen = [starts.of_asset(known.nodes[task.pk]), *hanging["party"].values()]
    kept = scenarios.keep(actor=ciso, name="  Alles  weg ", starts=chosen)
    assert kept.name == "Alles weg"
    assert starts.chosen(known, hanging, starts.asked_by(kept)) == chosen
    for name in ("Alles weg", " "):
        with pytest.raises(Refused):
            scenarios.keep(actor=ciso, name=name, starts=chosen)
    with pytest.raises(Refused):
        scenarios.keep(actor=ciso, name="Niets", starts=[])
    with pytest.raises(Refused):
        scenarios.retire(actor=ciso, scenario=kept, reason=" ")
    scenarios.retire(actor=ciso, scenario=kept, reason="Niet meer nodig.")
    assert not whatif.scenarios(ciso.organisation_id).exists()


def test_what_is_too_large_to_read_is_drawn_together_with_counts(ciso: Actor, task: Asset) -> None:
    known = landscape(ciso.organisation_id)
    shown = drawing.drawing(known)
    parties = {one.party_id: "Zuiderhost" for one in known.nodes.values() if one.party_id}
    found = clusters.together(shown, "kind", {"task": "Taken"}, parties)
    assert {(one.name, one.count, one.value) for one in found.clusters} == {
        ("Taken", 1, "task"), ("location", 2, "location"),
    }  # fmt: skip
    assert list(found.lines.values()) == [2]
    drawn = clusters.to_draw(found, "kind", "/tekening/", [("supplier", "Zuider host")])
    assert drawn["nodes"][0]["url"] == "/tekening/?supplier=Zuider+host&kind=task"
    by_supplier = clusters.together(shown, "supplier", {"": "zonder"}, parties)
    assert {(one.name, one.count) for one in by_supplier.clusters} == {
        ("zonder", 1), ("Zuiderhost", 2),
    }  # fmt: skip
    alone = drawing.drawing(known, of=[task.pk])
    assert len(alone.rows) == 3
