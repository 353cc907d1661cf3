# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files that want to do harm, or are broken: a clear refusal, or a bounded and right result."""

import json
import random
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from dijkring.landscape.importers import Report, read

from .samples import element, model, needs, real, refusals, relation

_BOMB = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/">&b;</model>"""
_OUTSIDE = """<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><components>&x;</components></bom>"""
_BOM = '{"bomFormat": "CycloneDX", "specVersion": "1.5", "components": %s}'


def quick(content: bytes) -> Report:
    """Read within a few seconds of computing."""
    begin = time.process_time()
    report = read(content)
    assert time.process_time() - begin < 5
    return report


def test_bombs_and_entities_are_refused_before_they_work() -> None:
    for text in (_BOMB, _OUTSIDE):
        assert refusals(quick(text.encode()))[0][1] == "The XML declares a document type."
        wide = quick(
            b"\xff\xfe" + text.replace('version="1.0"', "version='1.0'").encode("utf-16-le")
        )
        assert wide.refused


def test_what_is_too_large_or_too_deep_is_refused() -> None:
    head = b'<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/">'
    for content, reason in (
        (b"<" + b" " * 50_000_000, "Larger than 20 MB."),
        (head + b"<a>" * 200, "Too large or nested too deeply."),
        (head + b"<views>" + b"<a/>" * 450_000, "Too large or nested too deeply."),
        (b"[" * 100_000, "Nested too deeply."),
        (_BOM.replace("%s", "[" * 80 + "]" * 80).encode(), "Nested too deeply."),
        (b"[" + b"1," * 4_500_000 + b"1]", "Too many parts."),
    ):
        assert refusals(quick(content))[0][1] == reason
    # Text in very many pieces is added up once.
    assert refusals(quick(head + b"<name>" + b"a<!-- -->" * 400_000 + b"</name></model>"))


def test_paths_that_multiply_end() -> None:
    n = 1_500
    elements = "".join(element(f"a{i}", "Node") for i in range(n))
    elements += "".join(element(f"s{i}", "TechnologyService") for i in range(n))
    relations = "".join(
        relation(f"x{i}", "Serving", f"s{i}", f"a{i}")
        + relation(f"y{i}", "Serving", f"s{(i + 1) % n}", f"s{i}")
        + relation(f"z{i}", "Realization", f"a{i}", f"s{i}")
        for i in range(n)
    )
    assert refusals(quick(model(elements, relations)))[0][1] in (
        "Too many paths run through what lies between.", "Too many relations.",
    )  # fmt: skip


def test_circles_are_no_mistake() -> None:
    ring = "abcd"
    relations = "".join(relation(f"r{i}", "Serving", ring[i], ring[(i + 1) % 4]) for i in range(4))
    report = read(model("".join(element(key, "Node") for key in ring), relations))
    assert needs(report) == {(ring[(i + 1) % 4], "needs", ring[i]) for i in range(4)}


def test_twenty_thousand_parts_and_what_stands_twice() -> None:
    parts = [
        {"type": "library", "bom-ref": f"r{i}", "name": f"deel-{i}", "version": "1",
         "purl": f"pkg:npm/deel-{i}@1"}
        for i in range(20_000)
    ]  # fmt: skip
    report = quick((_BOM % json.dumps(parts)).encode())
    assert (len(report.components), report.refused) == (20_000, ())
    again = [*parts[:3], {**parts[1], "bom-ref": "other"}, {**parts[2], "name": "x"}, {"type": "a"}]
    report = read((_BOM % json.dumps(again, indent=0)).encode())
    assert refusals(report) == [
        (32, "Duplicate bom-ref: components[3]."), (None, "The name is missing."),
    ]  # fmt: skip


def test_other_files_say_what_they_are_not() -> None:
    for content, reason in (
        (b"", "The file is empty."),
        (b"<html/>", "This is neither an ArchiMate model nor CycloneDX."),
        (b'{"a": 1}', "This is not CycloneDX."),
        (b'{"a": 1, "a": 2}', "Duplicate key."),
        (b'{"bomFormat": "CycloneDX", "specVersion": "9"}', "Version 9 of CycloneDX is unknown."),
        (_BOM.replace("%s", "[]").encode(), "There are no parts in it."),
        (b'<model xmlns="http://www.opengroup.org/xsd/archimate"/>',
         "This is an older version of ArchiMate. Save the model in version 3."),
        (b"\x00\x01\x02", "This is not text."),
        (model(""), "There is nothing in it that belongs in the landscape."),
    ):  # fmt: skip
        assert refusals(read(content))[0][1] == reason
    line, _reason = refusals(
        read(b'<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/">\n<')
    )[0]
    assert line == 2


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_raise(content: bytes) -> None:
    read(content)
    read(b"<" + content)
    read(b"{" + content)


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_broken_real_files_are_refused_or_read(chance: random.Random) -> None:
    content = bytearray(real(chance.choice(["archimate/exchange-sample1.xml",
                                            "cyclonedx/cern-lhc-vdm-editor.json"])))  # fmt: skip
    for _ in range(chance.randint(1, 5)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    report = read(bytes(content[: chance.randint(1, len(content))]))
    assert report.refused or report.assets or report.components or report.missing
