# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The plain Python of this room: sovereignty, levels, how things are spread, sets of demands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkring.suppliers import countries, demands, sovereignty
from dijkring.suppliers.concentration import Weighed, spread
from dijkring.suppliers.tiering import Fallen, tier

IDS = [one.id for one in sovereignty.objectives()]
NEWEST, OLDER = sovereignty.versions()


def everything(seal: int, score: int) -> dict[str, dict[str, int]]:
    return {id: {"seal": seal, "score": score} for id in IDS}


def test_both_versions_weigh_eight_objectives_to_a_hundred() -> None:
    assert (NEWEST.id, OLDER.id, len(IDS)) == ("2026", "1.2.1", 8)
    for version in (NEWEST, OLDER):
        assert list(version.weights) == IDS
        assert sum(version.weights.values()) == 100
        assert len(version.levels) == 5
    # The guidance of 1 June 2026 moved weight from the supply chain to strategy and security.
    moved = {id: NEWEST.weights[id] - OLDER.weights[id] for id in IDS}
    assert {id: by for id, by in moved.items() if by} == {"SOV-1": 5, "SOV-5": -10, "SOV-7": 5}


def test_what_is_not_known_makes_a_range_and_never_a_level() -> None:
    nothing = sovereignty.outcome({}, NEWEST)
    assert (nothing.at_least, nothing.at_most, nothing.level) == (0, 100, None)
    whole = sovereignty.outcome(everything(3, 500), NEWEST)
    assert (whole.at_least, whole.at_most, whole.level, whole.level_sure) == (50, 50, 3, True)
    partly = everything(3, 1000) | {"SOV-1": {"seal": 1, "score": 0}}
    del partly["SOV-5"]
    found = sovereignty.outcome(partly, OLDER)
    assert (found.at_least, found.at_most, found.without_score) == (65, 85, ("SOV-5",))
    assert (found.level, found.level_sure) == (None, False)
    newest = sovereignty.outcome(partly, NEWEST)
    assert (newest.level, newest.level_sure) == (1, False)


@given(st.dictionaries(st.sampled_from(IDS), st.integers(0, 1000)))
def test_knowing_more_never_widens_the_range(scores: dict[str, int]) -> None:
    rows = {id: {"score": score} for id, score in scores.items()}
    for version in (NEWEST, OLDER):
        found = sovereignty.outcome(rows, version)
        assert 0 <= found.at_least <= found.at_most <= 100
        unknown = sum(version.weights[id] for id in found.without_score)
        assert found.at_most - found.at_least == pytest.approx(unknown)


def test_the_level_of_a_supplier_by_what_falls() -> None:
    cases: list[tuple[list[Fallen] | None, str | None]] = [
        (None, None),
        ([], "ordinary"),
        ([Fallen("Wiki", 0, residents=10)], "ordinary"),
        ([Fallen("Paspoorten", 24, statutory=True)], "critical"),
        ([Fallen("Paspoorten", 24.5, statutory=True)], "important"),
        ([Fallen("Paspoorten", 73, statutory=True)], "ordinary"),
        ([Fallen("Balie", 60, service=True)], "important"),
        ([Fallen("Site", 1, residents=10_000)], "critical"),
        ([Fallen("Site", 1, residents=9_999)], "important"),
        ([Fallen("Site", 1, residents=999)], "ordinary"),
        ([Fallen("Sluis", 2, misses=24)], "critical"),
        ([Fallen("Dossiers", 200, highest=True)], "important"),
    ]
    for fallen, expected in cases:
        assert tier(fallen)[0] == expected, fallen
    level, why = tier([Fallen("B", 9, statutory=True), Fallen("A", 2, statutory=True)])
    assert (level, [one.name for one in why]) == ("critical", ["A", "B"])


def test_what_is_not_known_stands_apart_from_the_shares() -> None:
    found = spread([Weighed("US", 30), Weighed("NL", 10), Weighed("US", None), Weighed("", 60)])
    assert [(one.key, one.count, one.percent) for one in found.shares] == [
        ("US", 2, 30.0), ("NL", 1, 10.0),
    ]  # fmt: skip
    assert (found.without_key, found.without_weight, found.total) == (1, 1, 100)
    assert spread([]).shares == ()


def test_every_demand_is_bilingual_with_a_source_and_an_id_of_its_own() -> None:
    assert {one.pack for one in demands.current()} == {
        "open-standards", "common-ground", "haven", "security", "sovereignty",
    }  # fmt: skip
    kept = [row for one in demands.current() for row in one.kept()]
    assert len({row["id"] for row in kept}) == len(kept) > 40
    assert all(row["nl"] and row["en"] and row["source"] for row in kept)
    assert demands.get("haven@2026.1") is not None
    assert demands.get("haven@1") is None
    assert "DNSSEC" in demands.standards()


def test_thirty_countries_belong_to_the_eea() -> None:
    assert len(countries.EEA) == 30
    assert [countries.in_eea(one) for one in ("NO", "CH", "GB", "US", "")] == [
        True, False, False, False, None,
    ]  # fmt: skip
