# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What falls when something falls: small cases reckoned by hand."""

import numpy as np
import pytest

from dijkring.landscape.cascade import Graph, Unusable, build, conflicts, least_changes, what_if
from dijkring.landscape.cascade.ranking import concentration, impact
from dijkring.landscape.tests.naive import Line, columns

HOUR = 3600


def landscape(assets: int, *lines: Line) -> Graph:
    return build(range(1, assets + 1), columns(lines))


def needs(dependent: int, provider: int, hours: float = 0) -> Line:
    return (dependent, provider, "needs", 0, 0, int(hours * HOUR))


def member(dependent: int, provider: int, group: int, required: int, hours: float = 0) -> Line:
    return (dependent, provider, "group", group, required, int(hours * HOUR))


def hinders(dependent: int, provider: int, hours: float = 0) -> Line:
    return (dependent, provider, "degraded", 0, 0, int(hours * HOUR))


def fails(graph: Graph, *starts: int) -> dict[int, float]:
    ids, seconds = what_if(graph, starts).failing()
    return {int(id): second / HOUR for id, second in zip(ids, seconds, strict=True)}


def hindered(graph: Graph, *starts: int) -> dict[int, float]:
    ids, seconds = what_if(graph, starts).only_hindered()
    return {int(id): second / HOUR for id, second in zip(ids, seconds, strict=True)}


def test_a_chain_adds_its_delays_and_the_quickest_way_counts() -> None:
    graph = landscape(4, needs(1, 2, 4), needs(2, 4, 2), needs(1, 3, 1), needs(3, 4, 8))
    assert fails(graph, 4) == {4: 0, 2: 2, 1: 6, 3: 8}
    path = what_if(graph, [4]).path(1)
    assert [(step.asset, step.seconds // HOUR, step.line) for step in path] == [
        (4, 0, -1), (2, 2, 1), (1, 6, 0)
    ]  # fmt: skip


def test_a_group_falls_with_the_member_that_is_one_too_many() -> None:
    two_of_three = (member(1, 2, 7, 2), member(1, 3, 7, 2, 5), member(1, 4, 7, 2, 1))
    graph = landscape(5, *two_of_three, needs(4, 5, 3))
    assert fails(graph, 2) == {2: 0}
    assert fails(graph, 2, 5) == {2: 0, 5: 0, 4: 3, 1: 4}
    assert fails(graph, 2, 3) == {2: 0, 3: 0, 1: 5}
    last = what_if(graph, [2, 5]).path(1)[-1]
    assert (last.how, last.line, last.rank, last.size) == ("group", 2, 2, 3)


def test_a_cycle_never_fails_by_itself_and_is_no_reason_for_itself() -> None:
    graph = landscape(4, needs(1, 2), needs(2, 1), needs(2, 3), needs(1, 4, 1))
    assert fails(graph, 4) == {4: 0, 1: 1, 2: 1}
    assert [step.asset for step in what_if(graph, [4]).path(2)] == [4, 1, 2]
    both = landscape(3, needs(1, 2), member(2, 1, 1, 1), member(2, 3, 1, 1))
    assert fails(both, 3) == {3: 0}


def test_a_group_is_not_explained_by_what_it_brought_down_itself() -> None:
    """1 falls by 4; that 3 falls by 1 fills its group at the same moment, and is no reason."""
    graph = landscape(
        4, member(1, 2, 9, 1), member(1, 3, 9, 1), needs(3, 1), needs(1, 4), needs(2, 4)
    )
    assert fails(graph, 4) == {4: 0, 1: 0, 2: 0, 3: 0}
    assert [step.how for step in what_if(graph, [4]).path(1)] == ["start", "needs"]


def test_hindered_passes_on_what_is_needed_until_it_fails() -> None:
    lines = (hinders(2, 3, 1), needs(1, 2, 4), needs(2, 4, 2), hinders(5, 2))
    graph = landscape(5, *lines)
    assert fails(graph, 3) == {3: 0}
    assert hindered(graph, 3) == {2: 1, 1: 5}  # 5 has its help from 2, which still works
    assert hindered(graph, 4) == {5: 2}
    outcome = what_if(graph, [3, 4])
    assert [(step.asset, step.state) for step in outcome.path(1)] == [
        (3, "fails"), (2, "hindered"), (1, "hindered")
    ]  # fmt: skip
    assert outcome.path(5)[-1].how == "hindered"


def test_what_is_not_touched_has_no_path() -> None:
    graph = landscape(3, needs(1, 2))
    assert what_if(graph, [2]).path(3) == []
    assert [step.asset for step in what_if(graph, [2]).path(2)] == [2]


def test_impact_is_not_additive_with_a_member_to_spare() -> None:
    graph = landscape(4, member(1, 2, 1, 1), member(1, 3, 1, 1), needs(3, 4), needs(2, 4))
    weights = np.array([[1, 900, 1], [1, 0, 0], [1, 50, 0], [1, 0, 0]])
    assert impact(graph, weights).tolist() == [[1, 900, 1], [1, 0, 0], [1, 50, 0], [4, 950, 1]]
    shares = concentration(graph, {"North": [2, 3], "South": [3]}, weights)
    assert [(one.name, one.falls) for one in shares] == [
        ("North", (3, 950, 1)),
        ("South", (1, 50, 0)),
    ]
    assert shares[0].parts == (0.75, 1.0, 1.0)


def promises(**hours: float) -> dict[int, int]:
    return {int(name[1:]): int(value * HOUR) for name, value in hours.items()}


def test_four_hours_on_a_platform_of_a_day_is_a_conflict_unless_the_buffer_bridges_it() -> None:
    promised = promises(a1=4, a3=24)
    [found] = conflicts(landscape(3, needs(1, 2), needs(2, 3)), promised)
    assert (found.asset, found.promised, found.possible) == (1, 4 * HOUR, 24 * HOUR)
    assert (found.path, found.lines, found.together) == ((3, 2, 1), (1, 0), False)
    [found] = conflicts(landscape(3, needs(1, 2, 12), needs(2, 3)), promised)
    assert found.excess == 8 * HOUR
    assert conflicts(landscape(3, needs(1, 2, 20), needs(2, 3)), promised) == []


def test_a_spare_member_makes_a_conflict_only_when_both_fall_together() -> None:
    graph = landscape(3, member(1, 2, 1, 1), member(1, 3, 1, 1))
    [found] = conflicts(graph, promises(a1=4, a2=24, a3=48))
    assert (found.possible, found.path, found.together) == (24 * HOUR, (2, 1), True)
    assert conflicts(graph, promises(a1=4, a2=4, a3=48)) == []
    assert conflicts(graph, promises(a1=4, a3=48)) == []  # 2 promises nothing: unknown


def test_the_least_set_of_changes() -> None:
    graph = landscape(4, needs(1, 2, 1), needs(2, 3), needs(2, 4))
    promised = promises(a1=4, a3=24, a4=48)
    [change] = least_changes(graph, promised, 1)
    assert (change.kind, change.asset, change.line, change.seconds) == ("buffer", 1, 0, 44 * HOUR)
    by_promise = least_changes(graph, promised, 1, buffers=False)
    assert [(one.kind, one.asset, one.seconds) for one in by_promise] == [
        ("promise", 3, 5 * HOUR), ("promise", 4, 5 * HOUR)
    ]  # fmt: skip
    with pytest.raises(Unusable, match="no conflict"):
        least_changes(graph, promised, 3)
    with pytest.raises(Unusable, match="nothing that may be changed"):
        least_changes(graph, promised, 1, promises=False, buffers=False)


def test_what_cannot_be_is_refused_in_words() -> None:
    cases: list[tuple[str, list[Line]]] = [
        ("dependency 2 depends on itself", [needs(1, 2), needs(3, 3)]),
        ("dependency 1 has a negative time", [needs(1, 2, -1)]),
        ("dependency 1 has a delay of more than a hundred years", [needs(1, 2, 10**6)]),
        ("unknown asset 9", [needs(1, 9)]),
        (
            "group 5 asks more members than it has (3 of 2)",
            [member(1, 2, 5, 3), member(1, 3, 5, 3)],
        ),
        ("group 5 asks for none of its members", [member(1, 2, 5, 0)]),
        ("an asset stands twice in one group", [member(1, 2, 5, 1), member(1, 2, 5, 1)]),
        ("two dependents, or asks for two", [member(1, 2, 5, 1), member(3, 2, 5, 1)]),
        ("two dependents, or asks for two", [member(1, 2, 5, 1), member(1, 3, 5, 2)]),
    ]
    for words, lines in cases:
        with pytest.raises(Unusable) as refused:
            landscape(3, *lines)
        assert words in str(refused.value)
    graph = landscape(2, needs(1, 2))
    with pytest.raises(Unusable, match="twice"):
        build([1, 1], columns([]))
    with pytest.raises(Unusable, match="nothing fails"):
        what_if(graph, [])
    with pytest.raises(Unusable, match="unknown asset 3"):
        what_if(graph, [3])
    with pytest.raises(Unusable, match="negative time"):
        conflicts(graph, {1: -5})
    with pytest.raises(Unusable, match="unknown asset"):
        what_if(build([], columns([])), [1])
