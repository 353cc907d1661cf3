# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The cascade says the same as networkx and as trying everything, on random small landscapes."""

from itertools import pairwise
from typing import Any

import networkx
import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dijkring.landscape.cascade import build, conflicts, impact, least_changes, what_if
from dijkring.landscape.cascade.conflicts import returns
from dijkring.landscape.cascade.ranking import impact_of_sets
from dijkring.landscape.cascade.settling import settle, start
from dijkring.landscape.tests.naive import INFINITE, Line, Naive, columns

FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def landscapes(draw: Any, most: int = 8, kinds: bool = True) -> Naive:
    """Draw any landscape: cycles, groups of every k, delays and none, the same line twice."""
    n = draw(st.integers(2, most))
    lines: list[Line] = []
    pair = st.tuples(st.integers(1, n), st.integers(1, n)).filter(lambda two: two[0] != two[1])
    for dependent, provider in draw(st.lists(pair, max_size=2 * n)):
        kind = draw(st.sampled_from(["needs", "needs", "degraded"])) if kinds else "needs"
        lines.append((dependent, provider, kind, 0, 0, draw(st.integers(0, 3))))
    for group in range(draw(st.integers(0, 3)) if kinds else 0):
        owner = draw(st.integers(1, n))
        others = [one for one in range(1, n + 1) if one != owner]
        members = draw(st.lists(st.sampled_from(others), min_size=1, max_size=4, unique=True))
        required = draw(st.integers(1, len(members)))
        for one in members:
            lines.append((owner, one, "group", group, required, draw(st.integers(0, 3))))
    return Naive(list(range(1, n + 1)), draw(st.permutations(lines)))


@FEW
@given(landscapes(), st.data())
def test_the_moments_are_those_of_trying_everything(naive: Naive, data: Any) -> None:
    graph = build(naive.assets, columns(naive.lines))
    starts = data.draw(st.lists(st.sampled_from(naive.assets), min_size=1, max_size=3, unique=True))
    outcome = what_if(graph, starts)
    fails = naive.fails(dict.fromkeys(starts, 0.0))
    hindered = naive.hindered(fails)
    ids, seconds = outcome.failing()
    assert dict(zip(ids.tolist(), seconds.tolist(), strict=True)) == _finite(fails)
    ids, seconds = outcome.only_hindered()
    only = {one: when for one, when in _finite(hindered).items() if fails[one] == INFINITE}
    assert dict(zip(ids.tolist(), seconds.tolist(), strict=True)) == only
    for asset in naive.assets:
        _explains(naive, outcome.path(asset), hindered[asset], set(starts), asset)


def _finite(moments: dict[int, float]) -> dict[int, float]:
    return {asset: moment for asset, moment in moments.items() if moment < INFINITE}


def _explains(naive: Naive, path: list[Any], moment: float, starts: set[int], asset: int) -> None:
    """A path begins at a start, follows lines that exist, adds up, and meets nothing twice."""
    if moment == INFINITE:
        assert path == []
        return
    assert path[0].asset in starts
    assert (path[-1].asset, path[-1].seconds) == (asset, moment)
    assert len({(step.asset, step.state) for step in path}) == len(path)
    for before, step in pairwise(path):
        dependent, provider, _kind, _group, _required, delay = naive.lines[step.line]
        assert (dependent, provider) == (step.asset, before.asset)
        assert step.seconds == before.seconds + delay


@FEW
@given(landscapes(kinds=False), st.data())
def test_needs_alone_are_the_shortest_paths_of_networkx(naive: Naive, data: Any) -> None:
    graph = build(naive.assets, columns(naive.lines))
    begin = data.draw(st.sampled_from(naive.assets))
    other = networkx.DiGraph()
    other.add_nodes_from(naive.assets)
    for dependent, provider, _kind, _group, _required, delay in naive.lines:
        known = other.get_edge_data(provider, dependent, {"delay": INFINITE})["delay"]
        other.add_edge(provider, dependent, delay=min(known, delay))
    ids, seconds = what_if(graph, [begin]).failing()
    lengths = networkx.single_source_dijkstra_path_length(other, begin, weight="delay")
    assert dict(zip(ids.tolist(), seconds.tolist(), strict=True)) == lengths
    counts = impact(graph, np.ones((len(graph), 1), np.int64))[:, 0]
    reach = [len(networkx.descendants(other, one)) + 1 for one in naive.assets]
    assert counts.tolist() == reach


@FEW
@given(landscapes())
def test_the_ranking_is_that_of_one_failure_after_another(naive: Naive) -> None:
    graph = build(naive.assets, columns(naive.lines))
    weights = np.array([[1, asset * asset] for asset in naive.assets], np.int64)
    one_by_one = []
    for asset in naive.assets:
        fallen = list(_finite(naive.fails({asset: 0.0})))
        one_by_one.append([len(fallen), sum(one * one for one in fallen)])
    assert impact(graph, weights).tolist() == one_by_one
    pair = naive.assets[:2]
    fallen = list(_finite(naive.fails(dict.fromkeys(pair, 0.0))))
    assert impact_of_sets(graph, [pair, []], weights)[:, 0].tolist() == [len(fallen), 0]


@FEW
@given(landscapes(), st.data())
def test_conflicts_are_those_of_the_longest_chains(naive: Naive, data: Any) -> None:
    graph = build(naive.assets, columns(naive.lines))
    promised = data.draw(st.dictionaries(st.sampled_from(naive.assets), st.integers(0, 9)))
    alone = naive.possible(promised, groups=False)
    together = naive.possible(promised)
    expected = {
        asset: (alone[asset], False) if alone[asset] > own else (together[asset], True)
        for asset, own in promised.items()
        if together[asset] > own
    }
    found = conflicts(graph, promised)
    assert {one.asset: (one.possible, one.together) for one in found} == expected
    assert [one.asset for one in found[:1]] == [one.asset for one in conflicts(graph, promised, 1)]
    for one in found:
        delays = [naive.lines[line][5] for line in one.lines]
        assert promised[one.cause] - sum(delays) == one.possible
        assert returns(graph, promised).promised[graph.places([one.asset])[0]] == one.promised


@settings(FEW, max_examples=30)
@given(landscapes(most=5), st.data())
def test_no_smaller_set_of_changes_will_do(naive: Naive, data: Any) -> None:
    graph = build(naive.assets, columns(naive.lines[:7])) if _whole(naive) else None
    if graph is None:
        return
    short = Naive(naive.assets, naive.lines[:7])
    promised = data.draw(st.dictionaries(st.sampled_from(naive.assets), st.integers(0, 9)))
    for one in conflicts(graph, promised, 1):
        for promises, buffers in ((True, True), (True, False), (False, True)):
            fewest = short.fewest_changes(promised, one.asset, promises=promises, buffers=buffers)
            changes = least_changes(graph, promised, one.asset, promises=promises, buffers=buffers)
            assert len(changes) == fewest
            _mends(short, promised, one.asset, changes)


def _whole(naive: Naive) -> bool:
    """Tell whether no group is cut off by keeping few lines."""
    return not {line[3] for line in naive.lines[7:] if line[2] == "group"}


def _mends(naive: Naive, promised: dict[int, int], asset: int, changes: list[Any]) -> None:
    better, lines = dict(promised), list(naive.lines)
    for change in changes:
        if change.kind == "promise":
            assert change.seconds < better[change.asset]
            better[change.asset] = change.seconds
        else:
            assert change.seconds > lines[change.line][5]
            lines[change.line] = (*lines[change.line][:5], change.seconds)
    assert Naive(naive.assets, lines).possible(better)[asset] <= promised[asset]


def test_a_hub_of_a_larger_country_is_the_same_as_its_naive_cascade() -> None:
    """Groups of many sizes in many waves: large enough for the quick ways of reckoning."""
    from dijkring.benchmarks.landscape_world import country

    world = country(600, 3_000, 5)
    graph = build(np.arange(600), world.dependencies)
    told = world.dependencies
    names = ("needs", "group", "degraded")
    lines: list[Line] = [
        (int(d), int(p), names[k], int(g), int(r), int(s))
        for d, p, k, g, r, s in zip(
            told.dependent, told.provider, told.kind, told.group, told.required, told.seconds,
            strict=True,
        )
    ]  # fmt: skip
    naive = Naive(list(range(600)), lines)
    counts = impact(graph, np.ones((600, 1), np.int64))[:, 0]
    for hub in np.argsort(-counts)[:3].tolist():
        moments = settle(graph, start(graph, np.array([hub])), np.array([hub])) >> 20
        fails = naive.fails({hub: 0.0})
        assert {n: int(moments[n]) for n in _finite(fails)} == _finite(fails)
        assert counts[hub] == len(_finite(fails))
