# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whatever comes in, a report comes out: accepted with a pack, or refused with a reason."""

import json
import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dijkring.controls.importers import Report, read

from .shared import own_pack, real, workbook

KEYS = [
    "pack", "catalog", "metadata", "groups", "controls", "objects", "framework", "urn", "id",
    "requirement_nodes", "requirements", "mappings", "rules", "was_becomes", "title", "version",
    "ref", "parent", "params", "parts", "props", "name", "value", "select", "choice", "prose",
    "translations", "requirement_mapping_sets", "requirement_mappings", "parent_urn", "ref_id",
]  # fmt: skip
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20),
    st.sampled_from([*KEYS, "5.10", "{{ insert: param, id }}", "statement", "withdrawn"]),
)  # fmt: skip
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(KEYS), inner, max_size=6)
    ),
    max_leaves=30,
)
# A workbook holds the moment of its making: made anew, its length differs by a few bytes.
WORKBOOK = workbook(["id", "titel"], ["1", "x"])
FEW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def is_whole(report: Report) -> None:
    assert (report.pack is None) == bool(report.refused)
    assert all(set(remark.reason) == {"nl", "en"} for remark in report.refused)
    if report.pack is not None:
        refs = [one.ref for one in report.pack.requirements]
        assert len(refs) == len(set(refs))
        assert all(refs)
        assert all(one.parent is None or one.parent in refs for one in report.pack.requirements)


@FEW
@given(st.binary(max_size=2000))
def test_random_bytes(content: bytes) -> None:
    is_whole(read(content))


@FEW
@given(st.text(max_size=500), st.sampled_from(["", "pack:\n ", "{", "id,titel\n", "## 5.01.01\n"]))
def test_random_text(text: str, start: str) -> None:
    is_whole(read((start + text).encode("utf-8", "surrogatepass")))


@FEW
@given(TREES, st.sampled_from(["pack", "catalog", "objects"]))
def test_random_trees(tree: object, top: str) -> None:
    whole = {top: tree, "urn": "urn:a:b:library:c"}
    is_whole(read(json.dumps(whole, indent=1).encode()))


@FEW
@given(st.dictionaries(st.sampled_from(KEYS), TREES, max_size=8))
def test_random_lists_in_an_own_pack(lists: dict[str, object]) -> None:
    head = {"id": "x", "version": "1", "title": "X"}
    is_whole(read(json.dumps({**lists, "pack": head}).encode()))


@FEW
@given(st.randoms(use_true_random=False), st.sampled_from(["yaml", "xlsx", "md"]))
def test_damaged_files(chance: random.Random, kind: str) -> None:
    if kind == "md":
        content = bytearray(real("bio2/bio2-v1.3-maatregelen.md").read_bytes()[:4000])
    else:
        content = bytearray(own_pack() if kind == "yaml" else WORKBOOK)
    for _ in range(chance.randint(1, 8)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    is_whole(read(bytes(content)))
