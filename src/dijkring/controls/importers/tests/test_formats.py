# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The parts of the formats that the real files do not show."""

import json

from dijkring.controls.importers import read

from .shared import accepted, own_pack, refusals

LIBRARY = """
urn: urn:example:risk:library:test
locale: en
ref_id: test
name: Test
version: 3
objects:
  framework:
    urn: urn:example:risk:framework:test
    ref_id: Test
    name: Test
    requirement_nodes:
    - {urn: 'urn:example:risk:req_node:test:a.1', assessable: true, ref_id: A.1}
    - {urn: 'urn:example:risk:req_node:test:a.2', assessable: true, ref_id: A.2}
  requirement_mapping_sets:
  - urn: urn:example:risk:req_mapping_set:test-to-nis2
    source_framework_urn: urn:example:risk:framework:test
    target_framework_urn: urn:example:risk:framework:nis2
    requirement_mappings:
"""


def mapped(source: str, target: str, relationship: str) -> str:
    node = "urn:example:risk:req_node"
    return (
        f"    - source_requirement_urn: {node}:{source}\n"
        f"      target_requirement_urn: {node}:{target}\n"
        f"      relationship: {relationship}\n"
    )


def catalog(**control: object) -> bytes:
    metadata = {"title": "Test catalog version 2.1", "version": "2.1"}
    inside = {"metadata": metadata, "controls": [{"id": "c-1", "title": "One", **control}]}
    return json.dumps({"catalog": inside}).encode()


def test_own_pack_keeps_ids_as_text_and_fills_in_defaults() -> None:
    pack = accepted(read(own_pack().replace(b'"1.0"', b"1.10")))
    control, measure = pack.requirements
    assert pack.version == "1.10"
    assert (control.ref, control.leaf, control.layers) == ("5.10", False, ())
    assert (measure.leaf, measure.layers) == (True, ("design", "existence", "operation"))
    assert (measure.source_line, measure.order) == (5, 1)


def test_own_pack_reads_every_list() -> None:
    rest = """
mappings: [{source: "5.10", target: "cbw:21", kind: carries, reason: omdat, official: ja}]
rules:
  - {requirement: "5.10.01", layer: operation, decides: true, kinds: [a.b, c.d],
     population: surface.web, tolerance: 2, repair_days: 7, reason: {nl: zo, en: so}}
was_becomes: [{was: "5.9", becomes: ["5.10", "5.10.01"], note: gesplitst}]
"""
    pack = accepted(read(own_pack(rest)))
    mapping, rule, was = pack.mappings[0], pack.rules[0], pack.was_becomes[0]
    assert (mapping.source, mapping.target) == (("huis", "5.10"), ("cbw", "21"))
    assert mapping.official
    assert mapping.reason == {"nl": "omdat"}
    assert (rule.requirement, rule.kinds) == (("huis", "5.10.01"), ("a.b", "c.d"))
    assert (rule.tolerance, rule.repair_days, rule.decides) == (2, 7, True)
    assert was.becomes == (("huis", "5.10"), ("huis", "5.10.01"))


def test_a_misspelt_field_is_told() -> None:
    report = read(own_pack('  - {ref: "6", stauts: lapsed}'))
    assert accepted(report).requirements[2].status == "active"
    assert [(remark.line, remark.where) for remark in report.warnings] == [(6, "6 stauts")]


def test_markup_stays_plain_text() -> None:
    script = "<script>alert(1)</script>"
    pack = accepted(read(own_pack(f'  - {{ref: "6", title: "{script}"}}')))
    assert pack.requirements[2].title == {"nl": script}


def test_relationships_of_mapping_sets() -> None:
    rows = [
        mapped("test:a.1", "nis2:21.1", "equal"), mapped("test:a.2", "nis2:21.2", "superset"),
        mapped("test:a.1", "nis2:21.3", "subset"), mapped("test:a.2", "nis2:21.4", "intersect"),
        mapped("test:a.1", "nis2:21.5", "not_related"),
    ]  # fmt: skip
    report = read((LIBRARY + "".join(rows)).encode())
    pack = accepted(report)
    kinds = {one.target[1]: one.kind for one in pack.mappings}
    assert kinds == {
        "21.1": "carries", "21.2": "carries", "21.3": "contributes", "21.4": "contributes",
    }  # fmt: skip
    assert pack.mappings[0].source == ("test", "A.1")
    assert report.warnings[0].where == "nis2"


def test_a_mapping_set_to_nowhere_or_in_a_circle_is_refused() -> None:
    nowhere = (LIBRARY + mapped("test:a.9", "nis2:21", "equal")).encode()
    assert refusals(read(nowhere)) == [(20, "The mapping points to a.9, which does not exist.")]
    inside = LIBRARY.replace("framework:nis2", "framework:test")
    ring = mapped("test:a.1", "test:a.2", "equal") + mapped("test:a.2", "test:a.1", "superset")
    found = refusals(read((inside + ring).encode()))
    assert found == [(20, "This mapping runs in a circle."), (23, "This mapping runs in a circle.")]


def test_duplicate_nodes_of_a_library_are_refused() -> None:
    twice = LIBRARY.replace("test:a.2', assessable: true, ref_id: A.2", "test:a.1', ref_id: A.1")
    assert refusals(read(twice.encode()))[0] == (14, "Duplicate id (line 13).")


def test_oscal_withdrawn_controls() -> None:
    withdrawn = [{"name": "status", "value": "withdrawn"}]
    lapsed = accepted(read(catalog(props=withdrawn))).requirements[0]
    assert (lapsed.status, lapsed.leaf) == ("lapsed", False)
    links = [{"rel": "moved-to", "href": "#c-2"}]
    moved = accepted(read(catalog(props=withdrawn, links=links))).requirements[0]
    assert (moved.status, moved.moved_to) == ("moved", "c-2")


def test_oscal_edition_is_no_part_of_the_id() -> None:
    pack = accepted(read(catalog()))
    assert (pack.framework_id, pack.version) == ("test-catalog", "2.1")


def test_oscal_duplicate_and_missing_ids_are_refused() -> None:
    text = catalog(controls=[{"id": "c-1"}, {"title": "none"}]).decode().replace(", ", ",\n")
    found = refusals(read(text.encode()))
    assert found == [(None, "The id is missing."), (5, "Duplicate id (line 3).")]


def test_oscal_item_labels_and_depth() -> None:
    label = [{"name": "label", "value": "a."}]
    item = {"name": "item", "props": label, "prose": "Do {{ insert: param, p }}.", "id": "c-1.a"}
    parts = [{"name": "statement", "prose": "First:", "parts": [item]}]
    params = [{"id": "p", "select": {"choice": ["this", "that"]}}]
    pack = accepted(read(catalog(parts=parts, params=params)))
    assert pack.requirements[0].text == {"en": "First:\na. Do [this; that]."}


def test_markdown_in_another_edition() -> None:
    measure = "## 5.01.01 \r\nDoe dit.<br><br>\r\nEn dat.\r\n\r\n"
    text = f"# BIO2 versie 2.0\n\n{measure}# Bijlage\r\nWeg\r\n"
    report = read(text.encode())
    pack = accepted(report)
    assert (pack.version, pack.published) == ("2.0", None)
    assert pack.requirements[-1].text == {"nl": "Doe dit.\n\nEn dat."}
    assert report.warnings[0].where == "versie"
