# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Wrong and hostile YAML, JSON and Markdown: refused with line and reason, and no pack."""

import json
import time

import pytest

from dijkring.controls.importers import read
from dijkring.controls.importers.limits import MAX_REMARKS

from .shared import own_pack, refusals


def only(content: bytes) -> tuple[int | None, str]:
    found = refusals(read(content))
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"", None, "empty"),
        (b"  \n\n ", None, "empty"),
        (b"pack:\n  id: [1,\n", 3, "Broken YAML"),
        (b"pack:\n  id: a\n  id: b\n", 3, "Duplicate key"),
        (b"pack: &a {id: x}\nrequirements: !!python/object:os.system {}\n", 2, "tag not allowed"),
        (b"pack: {<<: {id: x}}\n", 1, "not plain text"),
        (b"pack: &a [*a]\n", 1, "nowhere or to itself"),
        (b"pack: {id: a}\n---\npack: {id: b}\n", 2, "More than one document"),
        (b"pack: " + b"[" * 5000, 1, "Nested too deeply"),
        (b'{"catalog": {', 1, "Broken JSON"),
        (b'{"catalog": {},\n "catalog": {}}', 2, "Duplicate key"),
        (b"[" * 100_000 + b"]" * 100_000, None, "Nested too deeply"),
        (b"[" * 80 + b"]" * 80, None, "Nested too deeply"),
        (b'{"catalog": {"metadata": {"title": "\\ud800", "version": "1"}}}', None, "unprintable"),
        (b'{"profile": {}}', None, "not a catalog"),
        (b"id: 1\nname: x\n", None, "Not a framework"),
        (b"- one\n- two\n", None, "Not a framework"),
        (b"pack:\n  id: a\n  title: \xe9\n", 3, "not UTF-8"),
        (b"pack:\n  id: \0", 2, "not UTF-8"),
        (b"## 5.01.01\nTekst\n## 5.1.2\nTekst\n", 3, "X.YY.ZZ"),
        (b"## 5.01.01\nTekst\n## 5.01.01\nTekst\n", 3, "Duplicate id"),
        (b"## 5.01.01\n\n## 5.01.02\nTekst\n", 1, "no text"),
        (b"\xd0\xcf\x11\xe0 old office", None, "XLSX"),
        (b"Beste lezer,\nhierbij de brief.\n", None, "No header row"),
    ],
)
def test_refused_with_line_and_reason(content: bytes, line: int | None, reason: str) -> None:
    found = refusals(read(content))
    assert any(at == line and reason in why for at, why in found), found


def test_yaml_bomb_is_measured_and_not_unfolded() -> None:
    levels = [b"a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for level in range(1, 10):
        aliases = b", ".join([b"*a%d" % (level - 1)] * 10)
        levels.append(b"a%d: &a%d [%s]" % (level, level, aliases))
    started = time.monotonic()
    line, reason = only(b"\n".join(levels))
    assert reason == "Too many nodes."
    assert line == 6
    assert time.monotonic() - started < 1


def test_many_aliases_are_refused() -> None:
    aliases = b"\n".join(b"- *a" for _ in range(101))
    assert only(b"pack: &a x\nlist:\n" + aliases) == (103, "More than 100 aliases.")


@pytest.mark.parametrize("junk", [b"\x00", b"[", b"a", b'"\\', b"a: 1\n", b"- ", b"x,y\n", b"\xff"])
def test_fifty_megabytes_of_nonsense_is_refused_at_once(junk: bytes) -> None:
    started = time.monotonic()
    refusals(read(junk * (50_000_000 // len(junk))))
    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    "junk", [b"[", b"a", b'{"a":', b'"\\', b"a: 1\n", b"- ", b"x,y\n", b"# x\n", b"a: &a [*a,"]
)
def test_nonsense_below_the_limit_is_refused_in_time(junk: bytes) -> None:
    started = time.monotonic()
    refusals(read(junk * (4_000_000 // len(junk))))
    assert time.monotonic() - started < 10


def test_large_file_on_disk_is_not_read_whole(tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("large") / "sparse.yaml"
    with file.open("wb") as stream:
        stream.truncate(3_000_000_000)
    assert refusals(read(file)) == [(None, "Larger than 20 MB.")]


def test_duplicate_ids_name_both_lines() -> None:
    content = own_pack('  - {ref: "5.10", kind: control, title: Nog eens}\n')
    assert only(content) == (6, "Duplicate id (line 4).")


@pytest.mark.parametrize(
    ("rest", "line", "reason"),
    [
        ('  - {ref: "", title: x}', 6, "This field is empty."),
        ("  - {title: x}", 6, "This field is empty."),
        ('  - {ref: "6", parent: "7"}', 6, "Parent 7 does not exist."),
        ('  - {ref: "6", parent: "6"}', 6, "Parent 6 runs in a circle or hangs loose."),
        ('  - {ref: "6", kind: wens}', 6, "Must be one of: group,"),
        ('  - {ref: "6", leaf: misschien}', 6, "Yes or no expected."),
        ('  - {ref: "6", layers: [opzet]}', 6, "Must be among: design,"),
        ('  - {ref: "6", title: {nl: x, klingon: y}}', 6, "Not a language code."),
        ('  - {ref: "6", title: [x]}', 6, "Text expected."),
        ('  - {ref: "6\\n7"}', 6, "An id stands on one line."),
        ('  - {ref: "6", text: "a\\u0000b"}', 6, "Contains an unprintable character."),
        ('  - {ref: "6", title: "' + "x" * 1001 + '"}', 6, "Too long: 1001 characters"),
        ("  - gewone tekst", None, "This item has no fields."),
        ('mappings:\n  - {source: "huis:9.99", target: "cbw:21"}', 7, "points to 9.99"),
        ('mappings:\n  - {target: "cbw:21"}', 7, "This field is empty."),
        ('mappings:\n  - {source: "5.10", target: "5.10", kind: carries}', 7, "in a circle"),
        ("rules: [{requirement: '9', layer: design, kinds: x, population: y}]", 6, "belongs to"),
        ("rules: [{requirement: '5.10', layer: x, kinds: x, population: y}]", 6, "Must be one of"),
    ],
)
def test_own_pack_is_refused_per_line(rest: str, line: int | None, reason: str) -> None:
    found = refusals(read(own_pack(rest)))
    assert any((line is None or at == line) and reason in why for at, why in found), found


def test_mappings_in_a_long_circle_are_refused_and_others_not() -> None:
    ring = [("a:1", "b:1"), ("b:1", "c:1"), ("c:1", "a:1")]
    tail = [("x:1", "a:1"), ("c:1", "y:1")]
    items = "".join(
        f'  - {{source: "{source}", target: "{target}", kind: carries}}\n'
        for source, target in ring + tail
    )
    report = read(own_pack("mappings:\n" + items))
    assert [remark.where for remark in report.refused] == [f"{a} -> {b}" for a, b in ring]
    softer = items.replace("carries", "contributes")
    assert read(own_pack("mappings:\n" + softer)).pack is not None


def test_everything_wrong_is_listed_up_to_a_bound() -> None:
    wrong = "".join(f'  - {{ref: "x{n}", parent: "nergens"}}\n' for n in range(1000))
    report = read(own_pack(wrong))
    assert len(report.refused) == MAX_REMARKS + 1
    assert report.refused[-1].reason["en"] == "And 800 more lines."
    assert report.found == {"control": 1001, "measure": 1}


def test_a_deep_chain_of_parents_is_refused_without_recursion() -> None:
    chain = "".join(f'  - {{ref: "{n}", parent: "{n - 1 or "5.10"}"}}\n' for n in range(1, 3000))
    assert (25, "Tree too deep.") in refusals(read(own_pack(chain)))


def test_oscal_parameters_that_multiply_or_ask_for_themselves() -> None:
    params: list[dict[str, object]] = [
        {"id": f"p{n}", "label": f"{{{{ insert: param, p{n + 1} }}}}" * 10} for n in range(9)
    ]
    params.append({"id": "p9", "label": "x" * 100})
    params.append({"id": "self", "values": ["again {{ insert: param, self }}"]})
    parts = [{"name": "statement", "prose": "{{ insert: param, p0 }} {{ insert: param, self }}"}]
    control = {"id": "c", "title": "C", "params": params, "parts": parts}
    catalog = {"metadata": {"title": "T", "version": "1"}, "controls": [control]}
    found = refusals(read(json.dumps({"catalog": catalog}).encode()))
    assert {why for _, why in found} == {"The text grows too long."}
