# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The data packs of this room: complete, consistent, bilingual and in our own words."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from dijkring.controls.importers import read

CONTENT = Path(__file__).parents[1] / "content"
POPULATIONS = {
    "surface.web", "surface.mail", "organisation", "landscape.register", "suppliers.register",
    "incidents.register", "incidents.reporting",
}  # fmt: skip
CHECKS = Path(__file__).parents[2] / "surface/engine/content"
OFFICIAL = Path(__file__).parents[5] / "shared/data/bio2/bio2-v1.3-maatregelen.md"
PACKS = sorted(CONTENT.glob("*.yaml"))
SHARED_WORDS = 8
NOWHERE = {"5.25.02"}
Node = dict[str, Any]


@cache
def load(path: Path) -> Node:
    pack = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    assert isinstance(pack, dict)
    return pack


def pack(framework: str) -> Node:
    return next(load(path) for path in PACKS if load(path)["pack"]["id"] == framework)


def requirements(framework: str) -> list[Node]:
    found: list[Node] = pack(framework)["requirements"]
    return found


def all_refs() -> set[str]:
    return {
        f"{load(path)['pack']['id']}:{requirement['ref']}"
        for path in PACKS
        for requirement in load(path).get("requirements", [])
    }


def leaves_under(framework: str, ref: str) -> set[str]:
    by_ref = {requirement["ref"]: requirement for requirement in requirements(framework)}

    def under(node: Node) -> bool:
        return node["ref"] == ref or ("parent" in node and under(by_ref[node["parent"]]))

    return {node["ref"] for node in by_ref.values() if node["leaf"] and under(node)}


def carried(target: str) -> set[str]:
    sources = (
        mapping["source"].split(":")
        for mapping in pack("bio2-cbw")["mappings"]
        if mapping["target"] == target and mapping["kind"] == "carries"
    )
    return {
        f"{framework}:{leaf}" for framework, ref in sources for leaf in leaves_under(framework, ref)
    }


def texts(node: object) -> Iterator[Node]:
    if isinstance(node, dict):
        if "nl" in node or "en" in node:
            yield node
        for value in node.values():
            yield from texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from texts(value)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"<[^>]+>", " ", text.lower()))


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {
        tuple(found[start : start + SHARED_WORDS]) for start in range(len(found) - SHARED_WORDS + 1)
    }


def official_sections() -> dict[str, str]:
    if not OFFICIAL.exists():
        pytest.skip(f"the official text is not here: {OFFICIAL}")
    parts = re.split(r"(?m)^## (\d\.\d\d\.\d\d)\s*$", OFFICIAL.read_text(encoding="utf-8"))
    return dict(zip(parts[1::2], (text.strip() for text in parts[2::2]), strict=True))


def test_bio2_counts() -> None:
    active = [node for node in requirements("bio2") if node.get("status", "active") == "active"]
    kinds = [node["kind"] for node in active]
    leaves = [node for node in active if node["leaf"]]
    assert (kinds.count("group"), kinds.count("control"), kinds.count("measure")) == (4, 93, 117)
    assert sum(node["kind"] == "measure" for node in leaves) == 117
    assert sum(node["kind"] == "control" for node in leaves) == 39


def test_bio2_moved_and_lapsed_ids() -> None:
    by_status: dict[str, list[Node]] = {}
    for node in requirements("bio2"):
        by_status.setdefault(node.get("status", "active"), []).append(node)
    counts = {status: len(nodes) for status, nodes in by_status.items()}
    assert counts == {"active": 214, "moved": 5, "lapsed": 4, "reference": 1}
    assert not any(node["leaf"] for status in counts if status != "active"
                   for node in by_status[status])  # fmt: skip
    refs = {node["ref"] for node in by_status["active"]}
    targets = {node["moved_to"] for node in by_status["moved"] + by_status["reference"]}
    assert targets - refs == NOWHERE


def test_a_control_is_a_leaf_exactly_when_it_has_no_active_measure() -> None:
    nodes = requirements("bio2")
    with_measures = {
        node["parent"] for node in nodes
        if node["kind"] == "measure" and node.get("status", "active") == "active"
    }  # fmt: skip
    for node in nodes:
        if node["kind"] == "control":
            assert node["leaf"] is (node["ref"] not in with_measures), node["ref"]


def test_bio2_ids_are_those_of_the_official_text() -> None:
    sections = official_sections()
    ours = {node["ref"]: node for node in requirements("bio2") if node["kind"] == "measure"}
    for ref, text in sections.items():
        status = _official_status(text)
        if status == "none":
            assert ref not in ours
            continue
        assert ours[ref].get("status", "active") == status, ref
        if status in {"moved", "reference"}:
            assert ours[ref]["moved_to"] in text
    assert ours.keys() <= sections.keys()


def _official_status(text: str) -> str:
    starts = {"Geen overheidsmaatregel": "none", "Verplaatst": "moved", "Vervallen": "lapsed",
              "Zie overheidsmaatregel": "reference"}  # fmt: skip
    return next((status for start, status in starts.items() if text.startswith(start)), "active")


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.name)
def test_no_run_of_words_is_taken_from_the_official_text(path: Path) -> None:
    theirs = set().union(*(runs(text) for text in official_sections().values()))
    for text in texts(load(path)):
        assert not runs(text["nl"]) & theirs, text["nl"]


def test_outside_the_duty_are_two_controls_and_one_measure() -> None:
    outside = {node["ref"] for node in requirements("bio2") if node.get("outside_duty")}
    assert outside == {"5.32", "5.33.01", "5.34"}


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.name)
def test_every_text_is_dutch_and_english(path: Path) -> None:
    found = list(texts(load(path)))
    assert found
    for text in found:
        assert text.keys() == {"nl", "en"}
        assert text["nl"].strip()
        assert text["en"].strip()


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.name)
def test_requirements_have_short_titles_known_parents_and_unique_refs(path: Path) -> None:
    nodes = load(path).get("requirements", [])
    refs = [node["ref"] for node in nodes]
    assert len(refs) == len(set(refs))
    for node in nodes:
        assert max(len(title) for title in node["title"].values()) <= 90, node["ref"]
        assert node["text"].keys() == {"nl", "en"}
        assert node.get("parent") is None or node["parent"] in refs


def test_titles_of_leaves_are_distinct() -> None:
    for language in ("nl", "en"):
        titles = [node["title"][language] for node in requirements("bio2") if node["leaf"]]
        assert len(titles) == len(set(titles))


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.name)
def test_every_pack_says_where_it_comes_from(path: Path) -> None:
    head = load(path)["pack"]
    assert path.read_text(encoding="utf-8").startswith("# SPDX-FileCopyrightText: ")
    assert head["source"].startswith("https://")
    assert head["licence"].startswith("EUPL-1.2")
    assert head["issuer"]
    assert isinstance(head["version"], str)


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.name)
def test_the_reader_takes_every_pack_whole(path: Path) -> None:
    report = read(path)
    assert report.refused == ()
    assert report.pack is not None
    for part in ("requirements", "mappings", "rules", "was_becomes"):
        assert len(getattr(report.pack, part)) == len(load(path).get(part, []))
    assert not [remark for remark in report.warnings if "Unknown field" in remark.reason["en"]]


def test_mappings_and_rules_point_to_what_exists() -> None:
    known = all_refs()
    mappings = pack("bio2-cbw")["mappings"]
    ends = [(mapping["source"], mapping["target"]) for mapping in mappings]
    assert {end for pair in ends for end in pair} <= known
    assert len(ends) == len(set(ends))
    assert {rule["requirement"] for rule in pack("bio2-rules")["rules"]} <= known


def test_article_21_is_carried_officially_by_all_of_bio2_but_three_leaves() -> None:
    everything = {f"bio2:{node['ref']}" for node in requirements("bio2") if node["leaf"]}
    assert carried("cbw:21") == everything - {"bio2:5.32", "bio2:5.33.01", "bio2:5.34"}
    for mapping in pack("bio2-cbw")["mappings"]:
        whole = mapping["target"] == "cbw:21" and mapping["kind"] == "carries"
        assert mapping["official"] is whole
        assert whole == ("art. 5" in mapping["origin"])


@pytest.mark.parametrize("letter", "abcdefghij")
def test_each_letter_is_carried_by_part_of_what_carries_the_article(letter: str) -> None:
    found = carried(f"cbw:21.3.{letter}")
    assert found
    assert {leaf for leaf in found if leaf.startswith("bio2:")} < carried("cbw:21")


def test_the_management_system_carries_policy_and_effectiveness() -> None:
    from_isms = [
        mapping for mapping in pack("bio2-cbw")["mappings"]
        if mapping["source"].startswith("bio2-isms:") and mapping["kind"] == "carries"
    ]  # fmt: skip
    assert {mapping["target"] for mapping in from_isms} == {"cbw:21.3.a", "cbw:21.3.f"}
    assert 18 <= sum(node["leaf"] for node in requirements("bio2-isms")) <= 24


def test_law_has_no_leaves_but_links_and_names_the_version_of_bio2() -> None:
    law = pack("cbw")
    refs = {node["ref"] for node in law["requirements"]}
    assert refs == {
        "21", *(f"21.3.{letter}" for letter in "abcdefghij"), "24", "24.1", "24.2", "24.4",
        "24.5", "25", "26", "27", "28", "29", "30", "43",
    }  # fmt: skip
    for node in law["requirements"]:
        assert node["leaf"] is False
        assert f"&artikel={node['ref'].split('.')[0]}&" in node["link"]
    named = law["pack"]["names_versions"]
    assert named == {key: pack(key)["pack"]["version"] for key in ("bio2", "bio2-isms")}


def test_5_14_01_is_decided_by_the_mandatory_tests_only() -> None:
    deciding = {
        rule["population"]: set(rule["kinds"]) for rule in pack("bio2-rules")["rules"]
        if rule["requirement"] == "bio2:5.14.01"
    }  # fmt: skip
    checks = load(CHECKS / "checks.yaml")["checks"] | load(CHECKS / "tls.yaml")["checks"]
    # What we test beside Internet.nl (-extra) can be mandatory by another norm only.
    mandatory = [
        check
        for check, row in checks.items()
        if row["level"] == "mandatory" and "-extra." not in check
    ]
    assert deciding == {
        f"surface.{kind}": {f"surface.{check}" for check in mandatory if check.startswith(kind)}
        for kind in ("web", "mail")
    }


def test_rules_speak_on_a_layer_that_the_requirement_asks_for() -> None:
    asked = {f"bio2:{node['ref']}": node for node in requirements("bio2")}
    for rule in pack("bio2-rules")["rules"]:
        requirement = asked[rule["requirement"]]
        assert requirement["leaf"]
        assert rule["layer"] in requirement.get("layers", ["design", "existence", "operation"])
        assert rule["population"] in POPULATIONS
        assert isinstance(rule["decides"], bool)


def test_was_becomes_covers_every_id_that_is_no_longer_active() -> None:
    gone = {f"bio2:{node['ref']}": node for node in requirements("bio2") if "status" in node}
    listed = {row["was"]: row["becomes"] for row in pack("bio2-was-becomes")["was_becomes"]}
    assert listed.keys() == gone.keys()
    known = all_refs()
    for was, becomes in listed.items():
        moved_to = gone[was].get("moved_to")
        expected = [f"bio2:{moved_to}"] if moved_to and f"bio2:{moved_to}" in known else []
        assert becomes == expected
