# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every real file that the importers are made for, with its exact counts."""

import re
from datetime import date

from dijkring.controls.importers import read

from .shared import accepted, real


def test_bio2_markdown_is_the_tree_of_the_facts() -> None:
    report = read(real("bio2/bio2-v1.3-maatregelen.md"))
    pack = accepted(report)
    assert report.format == "bio2-markdown"
    assert report.found == {
        "measure": 117, "no_measure": 39, "moved": 5, "lapsed": 4, "reference": 1,
        "control": 93, "group": 4,
    }  # fmt: skip
    assert (pack.framework_id, pack.version, pack.published) == ("bio2", "1.3", date(2026, 1, 9))
    leaves = [one for one in pack.requirements if one.leaf]
    assert sum(one.kind == "measure" for one in leaves) == 117
    assert sum(one.kind == "control" for one in leaves) == 39
    assert [one.ref for one in pack.requirements if one.parent is None] == ["5", "6", "7", "8"]


def test_bio2_controls_per_chapter() -> None:
    pack = accepted(read(real("bio2/bio2-v1.3-maatregelen.md")))
    chapters = [one.parent for one in pack.requirements if one.kind == "control"]
    assert [chapters.count(chapter) for chapter in "5678"] == [37, 8, 14, 34]


def test_bio2_moved_lapsed_and_reference() -> None:
    report = read(real("bio2/bio2-v1.3-maatregelen.md"))
    by_ref = {one.ref: one for one in accepted(report).requirements}
    moved = {ref: one.moved_to for ref, one in by_ref.items() if one.status == "moved"}
    assert moved == {
        "5.04.02": "5.10.02", "5.04.03": "5.10.03", "5.24.06": "5.21.05", "5.25.01": "5.26.02",
        "5.26.01": "5.25.02",
    }  # fmt: skip
    lapsed = [ref for ref, one in by_ref.items() if one.status == "lapsed"]
    assert lapsed == ["5.21.01", "5.35.01", "7.01.01", "8.24.03"]
    assert by_ref["8.08.06"].status == "reference"
    assert by_ref["8.08.06"].moved_to == "5.24.08"
    assert by_ref["5.25"].leaf
    assert not by_ref["5.10"].leaf
    assert [warning.where for warning in report.warnings] == ["5.26.01"]


def test_bio2_text_keeps_its_lines_and_source_line() -> None:
    pack = accepted(read(real("bio2/bio2-v1.3-maatregelen.md")))
    by_ref = {one.ref: one for one in pack.requirements}
    assert by_ref["5.01.01"].source_line == 21
    assert "\n- " in by_ref["5.01.01"].text["nl"]
    assert all("<br>" not in one.text.get("nl", "") for one in pack.requirements)
    gone = {one.was[1]: one.becomes for one in pack.was_becomes}
    assert gone["5.04.02"] == (("bio2", "5.10.02"),)
    assert gone["5.26.01"] == ()


def test_ciso_assistant_bio2() -> None:
    report = read(real("frameworks/ciso-assistant-bio2.yaml"))
    pack = accepted(report)
    assert report.format == "ciso-assistant"
    assert (pack.framework_id, pack.version) == ("bio2", "1.2")
    assert report.found == {"control": 120}
    assert all(one.leaf and {"nl", "en"} <= one.text.keys() for one in pack.requirements)


def test_ciso_assistant_cbw_has_its_tree() -> None:
    report = read(real("frameworks/ciso-assistant-cbw_nis2.yaml"))
    pack = accepted(report)
    assert (pack.version, pack.locale) == ("1.2", "nl")
    assert report.found == {"group": 20, "control": 27}
    assert sum(one.parent is None for one in pack.requirements) == 3
    by_ref = {one.ref: one for one in pack.requirements}
    assert by_ref["1.1"].parent == "zorgplicht-(art.-21):1"
    assert by_ref["zorgplicht-(art.-21)"].title["en"] == "Duty of care (Art. 21)"


def test_ciso_assistant_nis2_directive() -> None:
    report = read(real("frameworks/ciso-assistant-nis2-directive.yaml"))
    pack = accepted(report)
    assert report.found == {"group": 4, "control": 13}
    assert (pack.framework_id, pack.version) == ("nis2-directive", "3")
    assert {"en", "fr", "de", "es"} <= pack.requirements[1].text.keys()


def test_oscal_catalog() -> None:
    report = read(real("oscal/sp800-53-rev5-low-catalog.json"))
    pack = accepted(report)
    assert report.format == "oscal"
    assert report.found == {"group": 18, "control": 149}
    assert (pack.version, pack.published) == ("5.1.1+u4", date(2024, 2, 13))
    assert pack.framework_id == "nist-special-publication-800-53-low-impact-baseline"
    by_ref = {one.ref: one for one in pack.requirements}
    assert by_ref["ac-1"].parent == "ac"
    assert by_ref["ia-2.1"].parent == "ia-2"
    assert by_ref["ac-1"].source_line is not None


def test_oscal_parameters_are_filled_in() -> None:
    pack = accepted(read(real("oscal/sp800-53-rev5-low-catalog.json")))
    text = next(one.text["en"] for one in pack.requirements if one.ref == "ac-1")
    assert "[one or more: organization-level; mission/business process-level;" in text
    assert "Policy [frequency] and following [events]" in text
    texts = [" ".join(one.text.values()) for one in pack.requirements]
    assert not any(re.search(r"\{\{|_odp|_prm", words) for words in texts)
    assert "assessment" not in text


def test_files_of_other_kinds_are_refused() -> None:
    for path in (
        "archimate/Archisurance.archimate", "archimate/exchange-sample1.xml",
        "cyclonedx/dropwizard.json", "kev/known_exploited_vulnerabilities.json",
    ):  # fmt: skip
        report = read(real(path))
        assert report.pack is None, path
        assert report.refused, path
