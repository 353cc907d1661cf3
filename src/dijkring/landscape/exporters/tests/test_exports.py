# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is written can be read again, is well formed, and does no harm in a spreadsheet."""

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from dijkring.landscape.exporters import archimate, graphml, sheets
from dijkring.landscape.importers import Asset, Dependency, fields, read, trees

_ALL = {
    "availability": 3, "integrity": 1, "confidentiality": 2, "mtpd_hours": Decimal("72.00"),
    "rto_hours": Decimal("0.25"), "rpo_hours": Decimal("0.00"), "residents": 61_234,
    "statutory": True, "law": "Wet BRP art. 1.10", "personal_data": "special",
    "algorithm": "high_risk", "lifecycle": "phasing_out", "party": "Zuiderhost & Zn.",
    "jurisdiction": "NL", "place": "Dijkerveen <haven>", "latitude": 51.98, "longitude": -4.5,
    "owner": "a.bakker@dijkerveen.example", "source": "CMDB", "confirmed_on": date(2026, 3, 2),
}  # fmt: skip
ASSETS = [
    *(Asset(f"id-{kind}", kind, f"Naam {kind}", "Regel 1\nregel 2") for kind in fields.KINDS),
    Asset("id-vol", "system", "=Alles \"&' <x>", "", "", _ALL),
]
_KINDS = list(fields.KINDS)
DEPENDENCIES = [
    *(
        Dependency(f"id-{one}", f"id-{other}", "needs", f"d-{one}-{other}")
        for one in _KINDS
        for other in _KINDS
        if one != other
    ),
    Dependency("id-vol", "id-task", "degraded", "d-1", values={"delay_hours": Decimal("8.00")}),
    Dependency("id-vol", "id-data", "group", "d-2", "Een van beide", 1),
    Dependency("id-vol", "id-location", "group", "d-3", "Een van beide", 1,
               {"since": date(2020, 1, 1), "source": "CMDB", "note": "ja", "confirmed_on":
                date(2026, 1, 1)}),
]  # fmt: skip


def bare(ones: list[Asset] | list[Dependency]) -> list[object]:
    """Return without lines and types, which a file adds, in one order."""
    tidy = (replace(one, line=None) for one in ones)
    return sorted((replace(one, source="") if isinstance(one, Asset) else one for one in tidy),
                  key=str)  # fmt: skip


def test_archimate_comes_back_as_it_was() -> None:
    report = read(archimate.write("Dijkerveen", "m-1", ASSETS, DEPENDENCIES))
    assert (report.refused, report.warnings, report.left_out) == ((), (), {})
    assert (report.name, report.key) == ("Dijkerveen", "m-1")
    assert bare(report.assets) == bare(ASSETS)
    assert bare(report.dependencies) == bare(DEPENDENCIES)


def test_the_model_has_the_structure_of_the_exchange_format() -> None:
    root = trees.load(archimate.write("Dijkerveen", "m-1", ASSETS, DEPENDENCIES))
    assert [node.name for node in root.children] == [
        "name", "elements", "relationships", "propertyDefinitions",
    ]  # fmt: skip
    order = {"name": 0, "documentation": 1, "properties": 2}
    ids = [root.get("identifier")]
    defined = {node.get("identifier") for node in root.inside("propertyDefinitions")}
    for node in (*root.inside("elements"), *root.inside("relationships")):
        ids.append(node.get("identifier"))
        places = [order[child.name] for child in node.children]
        assert places == sorted(set(places))
        assert {one.get("propertyDefinitionRef") for one in node.inside("properties")} <= defined
    assert len({*ids, *defined}) == len(ids) + len(defined)
    known = {node.get("identifier") for node in root.inside("elements")}
    for node in root.inside("relationships"):
        assert {node.get("source"), node.get("target")} <= known
    empty = trees.load(archimate.write("Leeg", "m-1", [], []))
    assert [node.name for node in empty.children] == ["name", "propertyDefinitions"]


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=30), st.text(min_size=1, max_size=250))
def test_any_name_and_reference_can_be_written(name: str, key: str) -> None:
    content = archimate.write(name, key, [Asset(key, "role", f"x{name}", name)], [])
    (asset,) = read(content).assets
    assert asset.key == archimate.identifier(key) == archimate.identifier(asset.key)


def test_sheets_come_back_as_they_were() -> None:
    book = read(sheets.workbook(ASSETS, DEPENDENCIES))
    assert book.refused == ()
    assert bare(book.assets) == bare(ASSETS)
    assert bare(book.dependencies) == bare([replace(one, key="") for one in DEPENDENCIES])
    plain = read(sheets.assets_csv(ASSETS))
    assert bare(plain.assets) == bare(ASSETS)


def test_no_cell_is_a_formula() -> None:
    evil = Asset("=1", "role", "=cmd|'/c calc'!A1", "@SUM(A1)", "", {"place": "+1+1"})
    text = sheets.assets_csv([evil]).decode()
    cells = next(csv.reader(text.splitlines()[1:]))
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@")]
    back = read(sheets.assets_csv([evil])).assets[0]
    assert (back.name, back.values["place"]) == (evil.name, "+1+1")


def test_graphml_holds_every_node_and_edge() -> None:
    root = trees.load(graphml.write("Dijkerveen", ASSETS, DEPENDENCIES))
    keys = {node.get("id") for node in root.all("key")}
    (graph,) = root.all("graph")
    nodes = {node.get("id") for node in graph.all("node")}
    assert nodes == {one.key for one in ASSETS}
    edges = list(graph.all("edge"))
    assert {(one.get("source"), one.get("target")) for one in edges} == {
        (one.dependent, one.provider) for one in DEPENDENCIES
    }
    data = [one for place in graph.children for one in place.children]
    assert {one.get("key") for one in data} <= keys
