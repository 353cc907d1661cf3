# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""ArchiMate models: what needs what, what is passed through, and what is told apart."""

import io
import zipfile

from dijkring.landscape.importers import read

from .samples import element, model, needs, real, refusals, relation, said


def test_every_relation_knows_who_needs_whom() -> None:
    table = {
        "Serving": ("B", "needs", "A"),
        "Realization": ("B", "needs", "A"),
        "Assignment": ("B", "needs", "A"),
        "Composition": ("A", "needs", "B"),
        "Access": ("A", "needs", "B"),
        "Aggregation": ("A", "degraded", "B"),
        "Triggering": ("B", "degraded", "A"),
        "Flow": ("B", "degraded", "A"),
        "Specialization": None,
        "Association": None,
        "Influence": None,
    }
    elements = element("A", "ApplicationComponent") + element("B", "BusinessProcess")
    for kind, expected in table.items():
        report = read(model(elements, relation("r", kind, "A", "B")))
        assert needs(report) == ({expected} if expected else set()), kind
        assert report.left_out == ({} if expected else {kind: 1})


def test_what_lies_in_a_place_needs_the_place() -> None:
    elements = element("Hal", "Location") + element("Server", "Node")
    for kind in ("Composition", "Aggregation", "Assignment"):
        assert needs(read(model(elements, relation("r", kind, "Hal", "Server")))) == {
            ("Server", "needs", "Hal")
        }


def test_functions_and_services_are_followed_to_what_lies_behind() -> None:
    elements = "".join(
        element(key, kind)
        for key, kind in {
            "Balie": "BusinessProcess", "dienst": "ApplicationService",
            "functie": "ApplicationFunction", "Zaaksysteem": "ApplicationComponent",
            "Doel": "Goal",
        }.items()
    )  # fmt: skip
    relations = (
        relation("1", "Serving", "dienst", "Balie")
        + relation("2", "Realization", "functie", "dienst")
        + relation("3", "Assignment", "Zaaksysteem", "functie")
        + relation("4", "Realization", "Balie", "Doel")
        # A circle between what is passed through ends.
        + relation("5", "Serving", "dienst", "functie")
    )
    report = read(model(elements, relations))
    assert needs(report) == {("Balie", "needs", "Zaaksysteem")}
    assert report.through == {"ApplicationService": 1, "ApplicationFunction": 1}
    assert report.left_out == {"Goal": 1, "Realization": 1}


def test_an_or_junction_is_a_group_and_an_and_junction_is_not() -> None:
    elements = "".join(element(key, "Node") for key in ("X", "Y")) + element(
        "Dienst", "BusinessService"
    )
    relations = (
        relation("1", "Serving", "X", "j")
        + relation("2", "Serving", "Y", "j")
        + relation("3", "Serving", "j", "Dienst")
    )
    report = read(model(elements + element("j", "OrJunction"), relations))
    assert needs(report) == {("Dienst", "group", "X"), ("Dienst", "group", "Y")}
    assert {(one.group, one.least) for one in report.dependencies} == {("X / Y", 1)}
    report = read(model(elements + element("j", "AndJunction"), relations))
    assert needs(report) == {("Dienst", "needs", "X"), ("Dienst", "needs", "Y")}
    # Who needs one of them for sure has no choice.
    both = relations + relation("4", "Serving", "X", "Dienst")
    report = read(model(elements + element("j", "OrJunction"), both))
    assert ("Dienst", "needs", "X") in needs(report)
    assert ("Dienst", "needs", "Y") not in needs(report)


def test_the_classification_of_gemma_is_read() -> None:
    values = said(t="Referentiecomponent", b="Hoog", i="2 - Midden", v="onbekend", o="x")
    report = read(
        model(
            element("z", "ApplicationComponent", "Zaakregistratie", values),
            t="GEMMA type", b="Beschikbaarheid", i="Integriteit", v="Vertrouwelijkheid",
            o="Object ID",
        )
    )  # fmt: skip
    (asset,) = report.assets
    assert asset.reference
    assert asset.values == {"availability": 3, "integrity": 2}
    assert [one.where for one in report.warnings] == ["Vertrouwelijkheid"]
    assert report.unread == {"GEMMA type": 1, "Object ID": 1}
    four = read(
        model(element("z", "Node", "", said(b="hoog")), b="Beschikbaarheid"),
        levels=("geen", "laag", "midden", "hoog"),
    )
    assert four.assets[0].values == {"availability": 4}


def test_what_others_call_a_type_makes_nothing_a_part() -> None:
    elements = element("g", "Goal", "", said(t="systeem")) + element(
        "n", "Node", "", said(t="anders", s="netwerk")
    )
    report = read(model(elements + element("h", "Goal", "", said(s="wat")), t="Type", s="Soort"))
    assert [(one.key, one.kind) for one in report.assets] == [("n", "network")]
    assert (report.left_out, report.unread) == ({"Goal": 2}, {"Type": 1})


def test_what_points_nowhere_or_stands_twice_is_refused_with_its_line() -> None:
    report = read(
        model(
            element("A", "Node") + element("A", "Node") + element("B", "Node"),
            relation("r", "Serving", "A", "weg") + relation("s", "Serving", "", "B"),
        )
    )
    assert refusals(report) == [
        (4, "Duplicate identifier (line 3)."),
        (6, "This relation points to weg, which is not there."),
        (7, "This relation points to nothing, which is not there."),
    ]


def test_itself_a_relation_on_a_relation_and_the_same_name() -> None:
    report = read(
        model(
            element("a", "Node", "Server") + element("b", "Device", "server"),
            relation("1", "Serving", "a", "a")
            + relation("2", "Serving", "a", "b")
            + relation("3", "Serving", "a", "2"),
        )
    )
    assert not report.refused
    assert needs(report) == {("server (2)", "needs", "Server")}
    assert report.left_out == {"Serving (relatie)": 1}
    assert [one.reason["en"][:20] for one in report.warnings] == [
        "This name stands the", "This part needs itse",
    ]  # fmt: skip


def test_the_real_files() -> None:
    report = read(real("archimate/Archisurance.archimate"))
    assert (report.format, report.name, report.refused) == ("archi", "Archisurance", ())
    assert report.counts == {
        "process": 17, "data": 14, "service": 6, "role": 25, "system": 10, "network": 3,
        "platform": 13, "dependency": 121,
    }  # fmt: skip
    assert ("Claims Payment Service", "needs", "Pay") in needs(report)
    assert report.left_out["Association"] == 28
    report = read(real("archimate/exchange-sample1.xml"))
    assert needs(report) == {("Sell Product", "needs", "Sales Person")}


def test_archi_may_be_a_zip_and_older() -> None:
    text = (
        '<archimate:model xmlns:archimate="http://www.archimatetool.com/archimate" name="Oud" '
        'id="m" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><folder type="technology">'
        '<element xsi:type="archimate:Network" id="n" name="Glasring"/>'
        '<element xsi:type="archimate:Node" id="s" name="Server"><property key="RTO" '
        'value="4 uur"/>'
        '</element></folder><folder type="relations"><element '
        'xsi:type="archimate:UsedByRelationship" id="r" source="n" target="s"/></folder>'
        '<folder type="diagrams"><element id="n" '
        'xsi:type="archimate:ArchimateDiagramModel"/></folder></archimate:model>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("model.xml", text)
    report = read(stream.getvalue())
    assert (report.format, report.name) == ("archi", "Oud")
    assert needs(report) == {("Server", "needs", "Glasring")}
    assert str(report.assets[1].values["rto_hours"]) == "4.00"
