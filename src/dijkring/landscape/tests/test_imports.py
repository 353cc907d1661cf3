# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Taking over a landscape or the parts of a system: whole or not at all, and back again."""

import argparse
import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.incidents.services import touched
from dijkring.incidents.services.touched import Touched
from dijkring.incidents.tests.objects import reported
from dijkring.landscape.exporters import archimate, sheets
from dijkring.landscape.importers import command
from dijkring.landscape.importers.tests.samples import element, model, real, relation
from dijkring.landscape.models import Asset, Component, Dependency
from dijkring.landscape.selectors import components, exchange, starts
from dijkring.landscape.selectors.graph import landscape
from dijkring.landscape.services import assets, dependencies, import_plan, imports, scenarios
from dijkring.landscape.services.import_files import Choice
from dijkring.landscape.services.wanted import AssetWanted, DependencyWanted
from dijkring.landscape.tests.objects_imports import kept, parts, taken
from dijkring.organisations.models import User
from dijkring.portability.tests.test_registers import carried_out, edited, header, looked_at
from dijkring.suppliers.tests.objects import add_line, contract_values, make_supplier
from dijkring.tests.harness.people import Acting
from dijkring.tests.harness.work import DoJobs

SLUG = "dijkerveen"
REASON = "Verkeerde bestand gekozen."


@pytest.fixture
def ciso(acting: Acting, alice: User) -> Iterator[Actor]:
    with acting(alice) as actor:
        yield actor


def counts(actor: Actor, content: bytes, choice: Choice | None = None) -> dict[str, int]:
    """Return what would become of a file."""
    plan = import_plan.plan(actor=actor, imported=kept(actor, content), choice=choice)
    return {status: count for status, count in plan.counts.items() if count}


def test_a_model_comes_in_twice_as_one_and_can_be_undone(ciso: Actor) -> None:
    content = real("archimate/Archisurance.archimate")
    actor = ciso
    before = Asset.objects.filter(retired_at=None).count()
    done = taken(actor, content)
    assert done.counts["new"] == 88 + 121
    assert counts(actor, content) == {"unchanged": 88 + 121}
    renamed = content.replace(b'name="Claim Registration Service"', b'name="Schade melden"')
    again = taken(actor, renamed)
    assert again.counts["changed"] == 1
    assert Asset.objects.get(name="Schade melden").reference
    assert imports.undo(actor=actor, imported=again, reason=REASON) == {"back": 1, "stays": 0}
    assert Asset.objects.filter(name="Claim Registration Service").exists()
    # What came to be needed since has to stay.
    needed = Asset.objects.get(name="CRM System")
    mine = assets.add(actor=actor, wanted=AssetWanted("Balie", "process"))
    dependencies.depend(actor=actor, dependent=mine, needed=[needed], wanted=DependencyWanted())
    told = imports.undo(actor=actor, imported=done, reason=REASON)
    assert told == {"back": 88 + 121 - 1, "stays": 1}
    assert Asset.objects.filter(retired_at=None).count() == before + 2
    with pytest.raises(Refused):
        imports.undo(actor=actor, imported=done, reason=REASON)


def test_undoing_leaves_what_was_worked_on_and_what_others_speak_of(ciso: Actor) -> None:
    names = ("Zaken", "Belasting", "Burger", "Sluis", "Pomp", "Loket")
    done = taken(ciso, "\n".join(["Naam", *names]).encode())
    found = {one.name: one for one in Asset.objects.filter(name__in=names)}
    said = replace(assets.said_of(found["Zaken"]), description="Uitgezocht door de beheerder.")
    assets.change(actor=ciso, asset=found["Zaken"], wanted=said)
    known = landscape(ciso.organisation_id)
    weg = [starts.of_asset(known.nodes[found["Belasting"].pk])]
    scenarios.keep(actor=ciso, name="Belasting weg", starts=weg)
    supplier = make_supplier(ciso, 1)
    delivers = contract_values(1, assets=[found["Burger"].pk])
    add_line(ciso, supplier, "contract", **delivers)
    at = clock.now()
    touched.touch(
        actor=ciso,
        incident=reported(ciso, "Sluis dicht"),
        assets=[found["Sluis"].pk],
        wanted=Touched(at),
    )
    dependencies.depend(
        actor=ciso, dependent=found["Pomp"], needed=[found["Sluis"]], wanted=DependencyWanted()
    )
    told = imports.undo(actor=ciso, imported=done, reason=REASON)
    assert told == {"back": 1, "stays": 5}
    there = Asset.objects.filter(name__in=names, retired_at=None)
    assert set(there.values_list("name", flat=True)) == set(names) - {"Loket"}


def test_undoing_leaves_a_dependency_that_was_worked_on(ciso: Actor) -> None:
    content = model(
        element("a", "BusinessProcess", "Balie") + element("b", "ApplicationComponent", "Zaken")
        + element("c", "ApplicationComponent", "Post"),
        relation("r", "Serving", "b", "a") + relation("s", "Serving", "c", "a"),
    )  # fmt: skip
    done = taken(ciso, content)
    edge = Dependency.objects.get(needed__name="Zaken")
    wanted = DependencyWanted(delay_hours=Decimal(4))
    dependencies.change(actor=ciso, dependency=edge, wanted=wanted)
    assert imports.undo(actor=ciso, imported=done, reason=REASON) == {"back": 2, "stays": 2}
    edge.refresh_from_db()
    assert (edge.ended_at, edge.delay_hours) == (None, 4)
    assert set(Asset.objects.filter(retired_at=None).values_list("name", flat=True)) == {
        "Balie", "Zaken",
    }  # fmt: skip


def test_what_goes_out_comes_in_unchanged(ciso: Actor) -> None:
    sheet = (
        "Naam;Soort;RTO (uren);Leverancier;Beschikbaarheid;Laatst bevestigd\n"
        "Balie;proces;0,25;Zuiderhost;hoog;1-2-2026\nHal A;locatie;;;;\nHal B;locatie;;;;\n"
    )
    groups = "".join(relation(f"r{side}", "Serving", side, "j") for side in "xy") + relation(
        "r", "Serving", "j", "z"
    )
    nodes = element("x", "Node", "Noord") + element("y", "Node", "Zuid")
    whole = model(nodes + element("z", "BusinessService", "Loket") + element("j", "OrJunction"),
                  groups)  # fmt: skip
    actor = ciso
    taken(actor, sheet.encode())
    taken(actor, whole)
    plain = exchange.whole(actor.organisation_id, SLUG)
    assert len(plain[0]) >= 6
    total = len(plain[0]) + len(plain[1])
    for content in (
        archimate.write("Dijkerveen", "m", *plain), sheets.workbook(*plain)
    ):  # fmt: skip
        assert counts(actor, content) == {"unchanged": total}
    assert counts(actor, sheets.assets_csv(plain[0])) == {"unchanged": len(plain[0])}
    balie = Asset.objects.get(name="Balie")
    assert (balie.rto_hours, balie.availability, str(balie.party)) == (
        Decimal("0.25"), 3, "Zuiderhost",
    )  # fmt: skip


def test_one_wrong_line_stops_all_of_it(ciso: Actor) -> None:
    table = {
        b"Naam,Eigenaar\nBalie A,Niemand\n": "Niemand",
        b"Naam,Rechtsgebied\nBalie A,QQ\n": "lijst",
        b"Naam,Breedtegraad\nBalie A,52\n": "reedtegraad",
        b"Naam,Laatst bevestigd\nBalie A,31-12-2099\n": "verleden",
    }
    actor = ciso
    for content, reason in table.items():
        found = kept(actor, b"%sBalie B,\n" % content)
        plan = import_plan.plan(actor=actor, imported=found)
        (refused,) = [row for row in plan.rows if row.status == "refused"]
        assert reason in refused.reason
        assert refused.line == 2
        with pytest.raises(Refused):
            imports.take_over(actor=actor, imported=found)
    assert not Asset.objects.filter(name="Balie B").exists()


def test_only_the_kinds_that_were_chosen(ciso: Actor) -> None:
    content = model(
        element("a", "ApplicationComponent", "Zaken") + element("b", "BusinessObject", "Zaak"),
        relation("r", "Access", "a", "b"),
    )
    actor = ciso
    assert counts(actor, content) == {"new": 3}
    assert counts(actor, content, Choice(kinds=("system",))) == {"new": 1}
    found = kept(actor, content)
    mark = import_plan.plan(actor=actor, imported=found).mark
    assets.add(actor=actor, wanted=AssetWanted("Zaken", "system"))
    with pytest.raises(Refused, match=r"Something has changed|Er is iets veranderd"):
        imports.take_over(actor=actor, imported=found, mark=mark)


def test_a_group_is_never_left_asking_more_than_there_is(ciso: Actor) -> None:
    actor = ciso
    one, *halls = (
        assets.add(actor=actor, wanted=AssetWanted(name, kind, reference=name))
        for name, kind in (("P", "process"), ("H1", "location"), ("H2", "location"))
    )
    wanted = DependencyWanted("group", "Hallen", 2)
    dependencies.depend(actor=actor, dependent=one, needed=halls, wanted=wanted)
    content = model(
        element("P", "BusinessProcess") + element("H1", "Location"),
        relation("r", "Aggregation", "H1", "P"),
    )
    assert counts(actor, content) == {"unchanged": 2, "changed": 1, "refused": 1}


def test_parts_of_a_system_follow_its_latest_list(ciso: Actor) -> None:
    actor = ciso
    system = assets.add(actor=actor, wanted=AssetWanted("Zaaksysteem SBOM", "system"))
    choice = Choice(system=system.pk)

    def names() -> list[str]:
        return [str(one) for one in components.of_system(system)]

    with pytest.raises(Refused):
        imports.take_over(actor=actor, imported=kept(actor, parts("log4j", "guava")))
    first = taken(actor, parts("log4j", "guava"), choice)
    second = taken(actor, parts("log4j", "jackson"), choice)
    assert second.counts == {"refused": 0, "new": 1, "changed": 0, "gone": 1, "unchanged": 1}
    assert names() == ["jackson 1", "log4j 1"]
    with pytest.raises(Refused):
        imports.undo(actor=actor, imported=first, reason=REASON)
    imports.undo(actor=actor, imported=second, reason=REASON)
    assert names() == ["guava 1", "log4j 1"]
    imports.undo(actor=actor, imported=first, reason=REASON)
    assert not Component.objects.filter(system=system).exists()
    process = assets.add(actor=actor, wanted=AssetWanted("Geen systeem", "process"))
    with pytest.raises(Refused):
        taken(actor, parts("log4j"), Choice(system=process.pk))


def test_from_a_shell(
    acting: Acting, alice: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    sheet, listed = tmp_path / "blad.csv", tmp_path / "sbom.json"
    sheet.write_text("Naam,Soort\nZaaksysteem Schelp,systeem\n", encoding="utf-8")
    listed.write_bytes(parts("log4j"))

    def run(*words: str) -> tuple[int, list[dict[str, Any]]]:
        asked = [*words, "--json", "--organisation", "dijkerveen"]
        code = command.run(parser.parse_args(asked))
        return code, json.loads(capsys.readouterr().out)

    code, found = run(str(sheet))
    assert (code, found[0]["stored"]["new"]) == (0, 1)
    code, found = run(str(sheet))
    assert (code, found[0]["stored"]["unchanged"]) == (0, 1)
    code, found = run(str(listed))
    assert (code, found[0]["ok"]) == (1, False)
    code, found = run(str(listed), "--system", "Bestaat niet")
    assert "Bestaat niet" in found[0]["refused"][0]["reason"]
    code, found = run(str(listed), "--system", "zaaksysteem schelp")
    assert (code, found[0]["stored"]["new"]) == (0, 1)
    sheet.write_text("Naam,Rechtsgebied\nBalie,QQ\n", encoding="utf-8")
    code, found = run(str(sheet))
    assert (code, found[0]["refused"][0]["line"]) == (1, 2)
    with acting(alice) as actor:
        (one,) = components.components(actor.organisation_id).filter(name="log4j")
        assert str(one.system) == "Zaaksysteem Schelp"


def test_the_same_short_reference_in_another_model_is_another_part(ciso: Actor) -> None:
    first = model(element("id-1", "Node", "Server A"))
    taken(ciso, first)
    other = first.replace(b'identifier="m"', b'identifier="n"')
    assert counts(ciso, first.replace(b"Server A", b"Server B")) == {"changed": 1}
    renamed = other.replace(b"Server A", b"Server B")
    assert counts(ciso, other) == {"unchanged": 1}
    taken(ciso, renamed)
    found = Asset.objects.filter(name__in=("Server A", "Server B")).order_by("name")
    assert [one.reference for one in found] == ["id-1", ""]
    assert counts(ciso, renamed) == {"unchanged": 1}


def test_much_becomes_a_job_of_who_agreed(acting: Acting, alice: User, do_jobs: DoJobs) -> None:
    with acting(alice) as actor:
        system = assets.add(actor=actor, wanted=AssetWanted("Groot systeem", "system"))
        found = kept(actor, parts(*(f"deel-{i}" for i in range(imports.AT_ONCE + 1))))
        choice = Choice(system=system.pk)
        job = imports.take_over(actor=actor, imported=found, choice=choice)
        assert job is not None
        with pytest.raises(Refused, match="wordt al overgenomen"):
            imports.take_over(actor=actor, imported=found, choice=choice)
    do_jobs()
    with acting(alice):
        # What failed late does not take back what another has done.
        imports.give_up(imported=found)
        found.refresh_from_db()
        assert (found.state, found.counts["new"]) == ("done", imports.AT_ONCE + 1)
        assert components.of_system(system).count() == imports.AT_ONCE + 1


def test_writing_much_tells_how_far_it_is(acting: Acting, alice: User) -> None:
    told: list[tuple[int, int]] = []
    with acting(alice) as actor:
        system = assets.add(actor=actor, wanted=AssetWanted("Groot systeem", "system"))
        found = kept(actor, parts(*(f"deel-{i}" for i in range(1_500))))
        found.choice = Choice(system=system.pk).kept()
        found.save()
        imports.carry_out(actor=actor, imported=found, wrote=lambda *far: told.append(far))
    assert told == [(1_000, 1_500), (1_500, 1_500)]


def test_a_list_of_the_landscape_comes_back_whole_or_not_at_all(
    acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        names = ("Bijstand", "Rioolgemaal")
        made = [assets.add(actor=actor, wanted=AssetWanted(one, "ot")) for one in names]

        def bring(level: str) -> dict[str, Any]:
            def change(line: dict[str, str]) -> None:
                line[header("landscape", "description")] = "Nagekeken."
                if line["id"] == str(made[1].pk):
                    line[header("landscape", "availability")] = level

            sheet = edited(actor, "landscape", change)
            transfer, _entries = looked_at(actor, "landscape", sheet)
            return carried_out(actor, transfer)

        wrong = bring("9")
        assert (wrong["counts"], wrong["nothing"]) == ({"refused": 1}, True)
        assert not Asset.objects.filter(description="Nagekeken.").exists()
        assert bring("2")["counts"] == {"changed": 2}
        assert Asset.objects.filter(description="Nagekeken.").count() == 2
